"""PDFs: which documents a built site has."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldguide.commands.pdf_parts import load_documents
from tests.guide import ROOT


def test_an_unknown_name_is_answered_with_those_there_are(site: Path) -> None:
    with pytest.raises(
        ValueError, match=r"no PDF is called stacks; there are foundations, .*for-newcomers, .*guide"
    ):
        next(load_documents(site, ROOT, ["stacks"]))
