"""The metrics of the page on diligence."""

import pytest

from fieldguide.drawing.hooks.business import CohortQuarters
from fieldguide.labs.calculator import calculator
from fieldguide.labs.data import preset_values
from tests.figures.published import published


def test_the_metrics_describe_the_product_and_the_cohort_of_the_other_figures() -> None:
    book = published("diligence-metrics", "cost-of-goods", "cohort-quarters")
    inputs = {
        name: item["inputs"] for name, item in book.figures["diligence-metrics"].inputs["worked"].items()
    }
    record = book.labs["unit-economics"]
    chapter = next(preset for preset in record.presets if preset.id == "chapter")
    values = preset_values(book, record, chapter)
    found = calculator(book, record).work(values)
    _, review, model, free, *_ = found["costs"]
    cohort = CohortQuarters.model_validate(book.figures["cohort-quarters"].inputs)
    assert inputs["margin"] == {"revenue": found["revenue"], "cost": found["cost"]}
    assert inputs["task"]["cost"] == pytest.approx((model + review) / found["talks"])
    assert inputs["retention"] == {
        "part": cohort.quarters[-1].seats * values["price"],
        "whole": cohort.quarters[0].seats * values["price"],
    }
    assert inputs["coverage"]["whole"] == found["talks"]
    assert inputs["supplier"]["whole"] == pytest.approx(model + free)
    assert inputs["heavy"]["whole"] == values["seats"]
    assert inputs["heavy"]["part"] == pytest.approx(values["seats"] * found["losing"] / 100, abs=0.5)
