"""Data sets: what each download below data/ holds, key by key, and its JSON Schema.

A download is data/<name>.csv and data/<name>.json; data/<name>.schema.json describes the second. The tables
on the page about
machines are drawn from the same descriptions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from fieldguide.records.accelerator import Scope
from fieldguide.records.company import COMPANIES, Company
from fieldguide.records.field import Sourced
from fieldguide.records.model import Access, Domain
from fieldguide.records.price import PER_MILLION, Price, Role
from fieldguide.text.names import LAYERS

REASONS = ("not-disclosed", "not-applicable", "not-checked")
"""What stands in place of a value that is not there for a known reason; null means that nobody has looked,
`not-checked` that looking found no copy to read.
"""
REUSE = "about/cite-this.md#reuse"
OWN = "scaling-runs"
"""The data set of the guide's own runs, which are no records: `Book.runs`."""
QUALIFIERS = ("about", "at least", "at most", "more than")
Kind = Literal[
    "text", "date", "number", "whole number", "number or text", "yes or no", "list of texts", "list of events"
]


@dataclass(frozen=True)
class Entry:
    """One key of a row: what it holds, its unit, whether it may be null or a reason, and the only values it
    takes, if they are few.
    """

    name: str
    kind: Kind
    holds: str
    unit: str = ""
    null: bool = False
    reasons: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dataset:
    """A download. `version` is that of its shape, not of its rows."""

    page: str
    description: str
    entries: Sequence[Entry]
    version: str = "1.0"


SOURCES = Entry("sources", "list of texts", "keys of the sources, each an anchor in the references")
MODEL_ID = "id of the record; the row’s anchor on the page"

DATASETS: dict[str, Dataset] = {
    "models": Dataset(
        "data/models.md",
        "Models with release date, size, training data, compute, context, access and license, and the sources"
        " of each.",
        [
            Entry("id", "text", MODEL_ID),
            Entry("name", "text", "name of the model"),
            Entry("lab", "text", "its maker"),
            Entry("country", "text", "the maker’s country"),
            Entry("family", "text", "the family it belongs to"),
            Entry("domain", "text", "what it is for", values=get_args(Domain)),
            Entry("modality", "text", "what it takes and gives"),
            Entry("architecture", "text", "kind of network", null=True),
            Entry("access", "text", "how it can be had", values=get_args(Access)),
            Entry("released", "date", "day, month or year of release"),
            Entry("parameters", "number", "parameters in all", "parameters", null=True, reasons=True),
            Entry("active", "number", "parameters used for one token", "parameters", null=True, reasons=True),
            Entry("tokens", "number", "tokens read in training", "tokens", null=True, reasons=True),
            Entry(
                "tokens_qualifier",
                "text",
                "what the source says of that number",
                null=True,
                values=QUALIFIERS,
            ),
            Entry("compute", "number", "arithmetic of training", "FLOP", null=True, reasons=True),
            Entry(
                "compute_kind",
                "text",
                "whether the maker disclosed it, it follows from disclosed values, or a third party"
                " estimates it",
                null=True,
                values=("disclosed", "derived", "estimate"),
            ),
            Entry("compute_low", "number", "low end of the estimate’s interval", "FLOP", null=True),
            Entry("compute_high", "number", "high end of the estimate’s interval", "FLOP", null=True),
            Entry("context", "number", "context window", "tokens", null=True, reasons=True),
            Entry("license", "text", "license of the weights, or a reason", null=True),
            SOURCES,
        ],
        version="1.1",
    ),
    "companies": Dataset(
        COMPANIES,
        "Companies, networks and projects of the stack: what each sells and buys, a moat claim with its"
        " answer, and dated events.",
        [
            Entry("id", "text", MODEL_ID),
            Entry("name", "text", "name of the company, network or project"),
            Entry("layer", "text", "layer or rail of the stack", values=LAYERS),
            Entry("place", "text", "id of its place on the map of the stack", null=True),
            Entry("sells", "text", "what it sells"),
            Entry("unit", "text", "the unit it sells in"),
            Entry("main_cost", "text", "what it mainly pays for"),
            Entry("buys_from", "list of texts", "ids of companies, or kinds of suppliers"),
            Entry("sells_to", "list of texts", "ids of companies, or kinds of customers"),
            Entry("moat_claim", "text", "what a backer would say keeps rivals out"),
            Entry("moat_answer", "text", "what a skeptic would answer"),
            Entry("products", "list of texts", "products that stand on the map under their own names"),
            Entry("events", "list of events", "dated events, oldest first; each has date, what and source"),
            SOURCES,
            Entry("checked", "date", "day on which the record was last checked"),
        ],
    ),
    "prices": Dataset(
        "data/prices.md",
        "Dated list prices of tokens and of accelerator hours, one row a seller, thing and period, with the"
        " days for which a source shows the price.",
        [
            Entry("id", "text", "id of the record; several rows share it, one a period"),
            Entry("sells", "text", "what is sold", values=get_args(Price.model_fields["sells"].annotation)),
            Entry("model", "text", "the model as sold; tokens only", null=True),
            Entry("model_id", "text", "its id in the models", null=True),
            Entry("accelerator", "text", "id in the hardware; hours only", null=True),
            Entry(
                "terms",
                "text",
                "terms of a rental",
                null=True,
                values=("on demand", "reserved", "marketplace", "spot"),
            ),
            Entry("provider", "text", "the seller"),
            Entry("company", "text", "its id in the companies", null=True),
            Entry("role", "text", "what the seller is to the thing sold", values=get_args(Role)),
            Entry("from", "date", "first day on which a source shows the price"),
            Entry("until", "date", "day from which it no longer held", null=True),
            Entry(
                "until_by",
                "yes or no",
                "whether that is only the day by which a list, dated by its own edits, showed the next price",
            ),
            Entry("as_of", "date", "last day on which a source shows it"),
            Entry("input_usd_per_million", "number", "price of tokens read", PER_MILLION, null=True),
            Entry(
                "cached_input_usd_per_million",
                "number",
                "price of tokens read again from a cache",
                PER_MILLION,
                null=True,
            ),
            Entry("output_usd_per_million", "number", "price of tokens written", PER_MILLION, null=True),
            Entry(
                "batch_percent", "number", "price in a batch as a share of the usual price", "%", null=True
            ),
            Entry(
                "usd_per_gpu_hour",
                "number",
                "price of one accelerator for one hour",
                "USD per GPU-hour",
                null=True,
            ),
            Entry("newest", "yes or no", "whether it is the newest period of its record"),
            Entry("note", "text", "what the price does not say by itself", null=True),
            SOURCES,
        ],
        version="1.1",
    ),
    "hardware": Dataset(
        "data/hardware.md",
        "Accelerators with memory, bandwidth, dense peak rates at three precisions and power.",
        [
            Entry("id", "text", MODEL_ID),
            Entry("name", "text", "name of the accelerator"),
            Entry("vendor", "text", "id in the companies"),
            Entry("year", "whole number", "year of release"),
            Entry("scope", "text", "what the numbers describe", values=get_args(Scope)),
            Entry("memory_type", "text", "kind of memory"),
            Entry("memory_gb", "number", "memory", "GB", null=True, reasons=True),
            Entry("bandwidth_tb_per_s", "number", "memory bandwidth", "TB/s", null=True, reasons=True),
            Entry(
                "bf16_dense_tflop_per_s",
                "number",
                "dense peak rate at 16 bits",
                "TFLOP/s",
                null=True,
                reasons=True,
            ),
            Entry(
                "fp8_dense_tflop_per_s",
                "number",
                "dense peak rate at 8 bits",
                "TFLOP/s",
                null=True,
                reasons=True,
            ),
            Entry(
                "fp4_dense_tflop_per_s",
                "number",
                "dense peak rate at 4 bits",
                "TFLOP/s",
                null=True,
                reasons=True,
            ),
            Entry(
                "power_w",
                "number",
                "power at full load, as the vendor states it",
                "W",
                null=True,
                reasons=True,
            ),
            SOURCES,
        ],
    ),
    OWN: Dataset(
        "data/scaling-runs.md",
        "Training runs of the guide’s own scaling law: size, tokens read, FLOP, seed and the loss on held-out"
        " text, one row a run.",
        [
            Entry(
                "id",
                "text",
                "name of the run: its planned budget and its width; the row’s anchor on the page",
            ),
            Entry("budget", "number", "arithmetic planned", "FLOP"),
            Entry("width", "whole number", "numbers that stand for a token inside the model"),
            Entry("layers", "whole number", "layers"),
            Entry("heads", "whole number", "heads of attention a layer"),
            Entry("vocabulary", "whole number", "ids of the tokenizer"),
            Entry("parameters", "whole number", "parameters, the tied table of tokens counted", "parameters"),
            Entry("tokens", "whole number", "tokens predicted in training", "tokens"),
            Entry("epochs", "number", "how often each line of the training text was read"),
            Entry("steps", "whole number", "steps of the optimizer"),
            Entry("peak_rate", "number", "highest learning rate of the run"),
            Entry("seed", "whole number", "seed of the first weights and of the order of reading"),
            Entry("flop", "number", "arithmetic spent, 6 × parameters × tokens", "FLOP"),
            Entry("loss", "number", "loss on held-out lines, word and definition", "nats per token"),
            Entry("definition_loss", "number", "the same, of the definitions alone", "nats per token"),
            Entry("bits_per_byte", "number", "loss on held-out lines by the byte", "bits per byte"),
            Entry(
                "training_loss",
                "number",
                "loss on what was read in the last steps, smoothed",
                "nats per token",
            ),
            Entry(
                "seconds",
                "number",
                "time of the run on one thread beside other work, so no measure of speed",
                "s",
            ),
            Entry("finished", "date", "day on which the run ended"),
            SOURCES,
        ],
    ),
    "claims": Dataset(
        "data/claims.md",
        "Every checked number of the published pages: value, unit, date, sources, review date and the pages"
        " that state it.",
        [
            Entry("id", "text", "record and field"),
            Entry("record", "text", "id of the record"),
            Entry("field", "text", "the field of the record"),
            Entry("subject", "text", "what the record is about"),
            Entry("value", "number or text", "the value; a range, a date or words as text"),
            Entry("unit", "text", "its unit"),
            Entry("shown", "text", "the value as the ledger shows it"),
            Entry("qualifier", "text", "what the source says of the value", null=True, values=QUALIFIERS),
            Entry("low", "number", "low end of the interval that the source gives", null=True),
            Entry("high", "number", "high end of that interval", null=True),
            Entry("as_of", "date", "day for which it holds", null=True),
            Entry("read", "date", "day on which the source was read", null=True),
            Entry("review_by", "date", "day by which it is to be read again"),
            Entry(
                "kind",
                "text",
                "whether the source states it, it follows from other values, a third party estimates it, or"
                " we counted or chose it",
                values=("disclosed", "derived", "estimate", "ours"),
            ),
            Entry("formula", "text", "name of the formula that computes it", null=True),
            Entry("inputs", "list of texts", "ids of the claims or fields that the formula takes"),
            SOURCES,
            Entry("where", "text", "the place in the source", null=True),
            Entry(
                "copy",
                "text",
                "address of the copy in which the source was read, where the record names one for this value",
                null=True,
            ),
            Entry("stakes", "list of texts", "interests that the sources have in the answer"),
            Entry("note", "text", "what the number does not say by itself", null=True),
            Entry("pages", "list of texts", "addresses of the pages that state it"),
            Entry("address", "text", "address of its own page"),
            Entry("badge", "text", "address of its badge, an SVG"),
        ],
        version="1.3",
    ),
}


def newest(records: Iterable[Sourced | Company], fallback: str) -> str:
    """The newest day on which one of the records of a data set was read or checked, ISO, or `fallback` where
    no record says.
    """
    return max((day for record in records for day in _days(record)), default=fallback)


def _days(record: Sourced | Company) -> list[str]:
    return (
        [record.checked]
        if isinstance(record, Company)
        else [field.seen for field in record.own_fields().values() if field.seen]
    )
