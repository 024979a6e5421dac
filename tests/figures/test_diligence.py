"""The metrics of the page on diligence."""

import pytest

from fieldguide.drawing.hooks.business import CohortQuarters, scenario_of
from tests.figures.published import published


def test_the_metrics_describe_the_product_and_the_cohort_of_the_other_figures() -> None:
    book = published("diligence-metrics", "cost-of-goods", "cohort-quarters")
    inputs = {name: item["inputs"] for name, item in book.figures["diligence-metrics"].inputs["worked"].items()}
    product = scenario_of(book, "cost-of-goods")
    costs = product.costs
    cohort = CohortQuarters.model_validate(book.figures["cohort-quarters"].inputs)
    talks = product.seats * product.conversations
    assert inputs["margin"] == {"revenue": product.revenue, "cost": sum(costs.values())}
    assert inputs["task"]["cost"] == pytest.approx((costs["model"] + costs["review"]) / talks)
    assert inputs["retention"] == {"part": cohort.quarters[-1].seats * product.price, "whole": cohort.quarters[0].seats * product.price}
    assert inputs["coverage"]["whole"] == talks
    assert inputs["supplier"]["whole"] == pytest.approx(costs["model"] + costs["free"])
    assert inputs["heavy"]["whole"] == product.seats
