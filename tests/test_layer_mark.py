"""The marks of the layers."""

from xml.etree import ElementTree as ET

import pytest

from fieldguide.page.layer_mark import layer_mark
from fieldguide.text.names import LAYERS


@pytest.mark.parametrize("layer", LAYERS)
def test_every_layer_has_a_mark(layer: str) -> None:
    assert ET.fromstring(layer_mark(layer)).get("viewBox") == "0 0 16 12"
