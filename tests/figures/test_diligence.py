"""The metrics and the sheets of the page on diligence."""

import pytest

from fieldguide.drawing.pictures.cohort_quarters import Data as Cohort
from fieldguide.drawing.pictures.cost_of_goods import Scenario, lines
from tests.figures.published import published
from tests.figures.reading import book_with, cells, drawn

METRICS = "diligence-metrics"
SHEETS = ("diligence-seed", "diligence-series-a")


def test_each_metric_is_worked_from_its_inputs() -> None:
    rows = cells(drawn(METRICS, book_with(METRICS)).html)[1:]
    assert [row[2].rsplit(" = ", 1)[1] for row in rows] == ["43%", "$0.13", "112%", "80%", "12 days", "90%", "6%"]


def test_the_metrics_describe_the_product_and_the_cohort_of_the_other_figures() -> None:
    inputs = {item["name"]: item["inputs"] for item in book_with(METRICS).figures[METRICS].data["metrics"]}
    product = Scenario.model_validate(published("cost-of-goods").figures["cost-of-goods"].data["scenario"])
    costs = {line.key: line.amount for line in lines(product)}
    cohort = Cohort.model_validate(published("cohort-quarters").figures["cohort-quarters"].data)
    talks = product.seats * product.conversations
    assert inputs["Gross margin after inference"] == {"revenue": product.revenue, "cost": sum(costs.values())}
    assert inputs["Cost per completed task"]["cost"] == pytest.approx((costs["model"] + costs["review"]) / talks)
    assert inputs["Net revenue retention"] == {"part": cohort.quarters[-1].seats * product.price, "whole": cohort.quarters[0].seats * product.price}
    assert inputs["Evaluation coverage"]["whole"] == talks
    assert inputs["Share of largest supplier"]["whole"] == pytest.approx(costs["model"] + costs["free"])
    assert inputs["Heavy-seat share"]["whole"] == product.seats


def test_arithmetic_that_does_not_show_its_inputs_is_refused() -> None:
    book = book_with(METRICS)
    book.figures[METRICS].data["metrics"][0]["inputs"]["cost"] = 9000
    with pytest.raises(ValueError, match="does not show 9000"):
        drawn(METRICS, book)


@pytest.mark.parametrize("slug", SHEETS)
def test_a_sheet_numbers_its_questions_and_cites_their_reasons(slug: str) -> None:
    book = book_with(slug)
    questions = [item for stage in book.figures[slug].data["stages"] for item in stage["questions"]]
    for at, (row, item) in enumerate(zip(cells(drawn(slug, book).html)[1:], questions, strict=True), 1):
        assert row[0].startswith(f"{at}. {item['ask']}") and row[2:] == [item["good"], item["bad"]]
        assert all(f"{{{{cite:{key}}}}}" in row[1] for key in item.get("sources", []))


@pytest.mark.parametrize("slug", SHEETS)
def test_an_unknown_source_is_refused(slug: str) -> None:
    book = book_with(slug)
    book.figures[slug].data["stages"][0]["questions"][0]["sources"] = ["nobody2020"]
    with pytest.raises(KeyError):
        drawn(slug, book)
