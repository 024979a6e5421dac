"""The build: the whole site by MkDocs into a folder beside the old one, which it replaces only when it is
whole.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from fieldguide.text.paths import check_target


def build(root: Path, site: Path) -> int:
    """Build the project at `root` strictly into `site` and return MkDocs's exit status; unless it is 0, the
    former `site` stays as it was.

    Raises ValueError when that would remove what people write.
    """
    check_target(root, site)
    fresh, former = (site.with_name(f".{site.name}.{word}") for word in ("new", "old"))
    for folder in (fresh, former):
        shutil.rmtree(folder, ignore_errors=True)
    status = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(fresh.resolve())],
        cwd=root,
        check=False,
    ).returncode
    if status == 0:
        if site.exists():
            site.rename(former)
        fresh.rename(site)
    for folder in (fresh, former):
        shutil.rmtree(folder, ignore_errors=True)
    return status
