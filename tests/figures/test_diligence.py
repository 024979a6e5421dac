"""The metrics of the page on diligence."""

import pytest

from fieldguide.drawing.pictures.cohort_quarters import Data as Cohort
from fieldguide.drawing.pictures.cost_of_goods import Scenario, lines
from tests.figures.published import published


def test_the_metrics_describe_the_product_and_the_cohort_of_the_other_figures() -> None:
    book = published("diligence-metrics", "cost-of-goods", "cohort-quarters")
    inputs = {name: item["inputs"] for name, item in book.figures["diligence-metrics"].inputs["worked"].items()}
    product = Scenario.model_validate(book.figures["cost-of-goods"].data["scenario"])
    costs = {line.key: line.amount for line in lines(product)}
    cohort = Cohort.model_validate(book.figures["cohort-quarters"].data)
    talks = product.seats * product.conversations
    assert inputs["margin"] == {"revenue": product.revenue, "cost": sum(costs.values())}
    assert inputs["task"]["cost"] == pytest.approx((costs["model"] + costs["review"]) / talks)
    assert inputs["retention"] == {"part": cohort.quarters[-1].seats * product.price, "whole": cohort.quarters[0].seats * product.price}
    assert inputs["coverage"]["whole"] == talks
    assert inputs["supplier"]["whole"] == pytest.approx(costs["model"] + costs["free"])
    assert inputs["heavy"]["whole"] == product.seats
