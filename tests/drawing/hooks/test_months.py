"""Months and years of dated cases."""

from pathlib import Path

import pytest

from fieldguide.drawing.hooks.months import Inputs, fill
from tests.drawing.fixtures import book


def test_a_date_is_its_own_month_and_another_value_has_that_of_its_day(tmp_path: Path) -> None:
    made = book(tmp_path, opened={"value": "2031-03-04", "unit": "date"}, sold={"value": 5, "as_of": "2030-12-31"}, year={"value": "2029", "unit": "date"})
    texts = {"opened": "sales.opened", "sold": "sales.sold", "year": "sales.year"}
    assert fill(Inputs.model_validate({"texts": texts}), made) == {"texts": {"opened": "Mar 2031", "sold": "Dec 2030", "year": "2029"}}

    years = {"opened": "sales.opened", "sold": "sales.sold"}
    assert fill(Inputs.model_validate({"years": years}), made) == {"texts": {"opened": "2031", "sold": "2030"}}


def test_an_unknown_field_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="nothing"):
        fill(Inputs.model_validate({"texts": {"a": "sales.nothing"}}), book(tmp_path, sold=5))
