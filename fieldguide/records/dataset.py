"""Data sets: what each download below data/ holds, column by column, and where in a record the values stand.

A download is data/<name>.csv and data/<name>.json; data/<name>.schema.json describes the second. Its
rows, its schema and the tables on the page about machines are made from the same columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from fieldguide.records.company import COMPANIES, Company
from fieldguide.records.field import Ages, Field, Qualifier, Sourced
from fieldguide.records.hardware import Scope
from fieldguide.records.model import Access, Domain
from fieldguide.records.price import PER_MILLION, Price, Role
from fieldguide.text.names import LAYERS
from fieldguide.text.numbers import whole

REASONS = ("not-disclosed", "not-applicable", "not-checked")
"""What stands in place of a value that is not there for a known reason; null means that nobody has looked,
`not-checked` that looking found no copy to read.
"""
REUSE = "about/cite-this.md#reuse"
OWN = "scaling-runs"
"""The data set of the guide's own runs, which are no records: `Book.runs`."""
QUALIFIERS = get_args(Qualifier)
ColumnKind = Literal[
    "text", "date", "number", "whole number", "number or text", "yes or no", "list of texts", "list of events"
]


@dataclass(frozen=True)
class DataColumn:
    """One key of a row: what it holds, its unit, whether it may be null or a reason, and the only values it
    takes, if they are few.
    """

    name: str
    kind: ColumnKind
    holds: str
    unit: str = ""
    null: bool = False
    reasons: bool = False
    values: tuple[str, ...] = ()
    path: str = ""
    """The attributes that lead from what a row is made of to the value, "moat.claim"; the column's own name
    unless given.
    """

    def value(self, item: object) -> object:
        """The value in the row of `item`: a field's value or the reason why there is none; whole numbers
        without ".0"; None where an attribute on the path is None.
        """
        for name in (self.path or self.name).split("."):
            item = None if item is None else getattr(item, name)
        if isinstance(item, Field):
            item = item.status or item.value
        return whole(item() if callable(item) else item)


@dataclass(frozen=True)
class Dataset:
    """A download. `version` is that of its shape, not of its rows."""

    page: str
    description: str
    columns: Sequence[DataColumn]
    version: str = "1.0"
    credit: str = ""
    """Whom else to name for what of it, where values are under a license that asks for it."""


SOURCES = DataColumn(
    "sources", "list of texts", "keys of the sources, each an anchor in the references", path="source_keys"
)
EPOCH = (
    "values whose sources include epochmodels: Epoch AI, Data on AI Models, https://epoch.ai/data/ai-models,"
    " CC BY 4.0"
)
"""The credit that Epoch AI's data asks for."""
MODEL_ID = "id of the record; the row’s anchor on the page"

DATASETS: dict[str, Dataset] = {
    "models": Dataset(
        "data/models.md",
        "Models with release date, size, training data, compute, context, access and license, and the sources"
        " of each.",
        [
            DataColumn("id", "text", MODEL_ID, path="slug"),
            DataColumn("name", "text", "name of the model"),
            DataColumn("lab", "text", "its maker"),
            DataColumn("country", "text", "the maker’s country"),
            DataColumn("family", "text", "the family it belongs to"),
            DataColumn("domain", "text", "what it is for", values=get_args(Domain)),
            DataColumn("modality", "text", "what it takes and gives"),
            DataColumn("architecture", "text", "kind of network", null=True),
            DataColumn("access", "text", "how you can get it", values=get_args(Access)),
            DataColumn("released", "date", "day, month or year of release"),
            DataColumn("parameters", "number", "parameters in all", "parameters", null=True, reasons=True),
            DataColumn(
                "active", "number", "parameters used for one token", "parameters", null=True, reasons=True
            ),
            DataColumn("tokens", "number", "tokens read in training", "tokens", null=True, reasons=True),
            DataColumn(
                "tokens_qualifier",
                "text",
                "what the source says about that number",
                null=True,
                values=QUALIFIERS,
                path="tokens.qualifier",
            ),
            DataColumn("compute", "number", "arithmetic of training", "FLOP", null=True, reasons=True),
            DataColumn(
                "compute_kind",
                "text",
                "whether the maker disclosed it, it follows from disclosed values, or a third party"
                " estimates it",
                null=True,
                values=("disclosed", "derived", "estimate"),
                path="compute.kind",
            ),
            DataColumn(
                "compute_low",
                "number",
                "low end of the estimate’s interval",
                "FLOP",
                null=True,
                path="compute.low",
            ),
            DataColumn(
                "compute_high",
                "number",
                "high end of the estimate’s interval",
                "FLOP",
                null=True,
                path="compute.high",
            ),
            DataColumn("context", "number", "context window", "tokens", null=True, reasons=True),
            DataColumn("license", "text", "license of the weights, or a reason", null=True),
            SOURCES,
        ],
        version="1.1",
        credit=EPOCH,
    ),
    "companies": Dataset(
        COMPANIES,
        "Companies, networks and projects of the stack: what each sells and buys, a moat claim with its"
        " answer, and dated events.",
        [
            DataColumn("id", "text", MODEL_ID, path="slug"),
            DataColumn("name", "text", "name of the company, network or project"),
            DataColumn("layer", "text", "layer or rail of the stack", values=LAYERS),
            DataColumn("place", "text", "id of its place on the map of the stack", null=True, path="node"),
            DataColumn("sells", "text", "what it sells", path="what"),
            DataColumn("unit", "text", "the unit it sells in"),
            DataColumn("main_cost", "text", "what it mainly pays for", path="cost"),
            DataColumn("buys_from", "list of texts", "ids of companies, or kinds of suppliers", path="buys"),
            DataColumn(
                "sells_to", "list of texts", "ids of companies, or kinds of customers", path="supplies"
            ),
            DataColumn("moat_claim", "text", "what a backer would say keeps rivals out", path="moat.claim"),
            DataColumn("moat_answer", "text", "what a skeptic would answer", path="moat.counter"),
            DataColumn("products", "list of texts", "products that stand on the map under their own names"),
            DataColumn(
                "events", "list of events", "dated events, oldest first; each has date, what and source"
            ),
            SOURCES,
            DataColumn("checked", "date", "day on which the record was last checked"),
        ],
    ),
    "prices": Dataset(
        "data/prices.md",
        "Dated list prices of tokens and of accelerator hours, one row per seller, thing and period, with the"
        " days for which a source shows the price.",
        [
            DataColumn(
                "id", "text", "id of the record; several rows share it, one per period", path="price.slug"
            ),
            DataColumn(
                "sells",
                "text",
                "what is sold",
                values=get_args(Price.model_fields["sells"].annotation),
                path="price.sells",
            ),
            DataColumn("model", "text", "the model as sold; tokens only", null=True, path="price.model"),
            DataColumn("model_id", "text", "its id in the models", null=True, path="price.record"),
            DataColumn(
                "accelerator", "text", "id in the hardware; hours only", null=True, path="price.accelerator"
            ),
            DataColumn(
                "terms",
                "text",
                "terms of a rental",
                null=True,
                values=("on demand", "reserved", "marketplace", "spot"),
                path="price.terms",
            ),
            DataColumn("provider", "text", "the seller", path="price.provider"),
            DataColumn("company", "text", "its id in the companies", null=True, path="price.company"),
            DataColumn(
                "role",
                "text",
                "what the seller is to the thing sold",
                values=get_args(Role),
                path="price.role",
            ),
            DataColumn("from", "date", "first day on which a source shows the price", path="period.from_"),
            DataColumn("until", "date", "day from which it no longer held", null=True, path="period.until"),
            DataColumn(
                "until_by",
                "yes or no",
                "whether that is only the day by which a list, dated by its own edits, showed the next price",
            ),
            DataColumn("as_of", "date", "last day on which a source shows it", path="period.as_of"),
            DataColumn(
                "input_usd_per_million",
                "number",
                "price of tokens read",
                PER_MILLION,
                null=True,
                path="period.input",
            ),
            DataColumn(
                "cached_input_usd_per_million",
                "number",
                "price of tokens read again from a cache",
                PER_MILLION,
                null=True,
                path="period.cached",
            ),
            DataColumn(
                "output_usd_per_million",
                "number",
                "price of tokens written",
                PER_MILLION,
                null=True,
                path="period.output",
            ),
            DataColumn(
                "batch_percent",
                "number",
                "price in a batch as a share of the usual price",
                "%",
                null=True,
                path="period.batch",
            ),
            DataColumn(
                "usd_per_gpu_hour",
                "number",
                "price of one accelerator for one hour",
                "USD per GPU-hour",
                null=True,
                path="period.hour",
            ),
            DataColumn("newest", "yes or no", "whether it is the newest period of its record"),
            DataColumn(
                "note", "text", "what the price does not say by itself", null=True, path="period.note"
            ),
            SOURCES,
        ],
        version="1.1",
    ),
    "hardware": Dataset(
        "data/hardware.md",
        "Accelerators with memory, bandwidth, dense peak rates at three precisions and power.",
        [
            DataColumn("id", "text", MODEL_ID, path="slug"),
            DataColumn("name", "text", "name of the accelerator"),
            DataColumn("vendor", "text", "id in the companies"),
            DataColumn("year", "whole number", "year of release"),
            DataColumn("scope", "text", "what the numbers describe", values=get_args(Scope)),
            DataColumn("memory_type", "text", "kind of memory"),
            DataColumn("memory_gb", "number", "memory", "GB", null=True, reasons=True, path="memory"),
            DataColumn(
                "bandwidth_tb_per_s",
                "number",
                "memory bandwidth",
                "TB/s",
                null=True,
                reasons=True,
                path="bandwidth",
            ),
            DataColumn(
                "bf16_dense_tflop_per_s",
                "number",
                "dense peak rate at 16 bits",
                "TFLOP/s",
                null=True,
                reasons=True,
                path="bf16",
            ),
            DataColumn(
                "fp8_dense_tflop_per_s",
                "number",
                "dense peak rate at 8 bits",
                "TFLOP/s",
                null=True,
                reasons=True,
                path="fp8",
            ),
            DataColumn(
                "fp4_dense_tflop_per_s",
                "number",
                "dense peak rate at 4 bits",
                "TFLOP/s",
                null=True,
                reasons=True,
                path="fp4",
            ),
            DataColumn(
                "power_w",
                "number",
                "power at full load, as the vendor states it",
                "W",
                null=True,
                reasons=True,
                path="power",
            ),
            SOURCES,
        ],
    ),
    OWN: Dataset(
        "data/scaling-runs.md",
        "Training runs of the guide’s own scaling law: size, tokens read, FLOP, seed and the loss on held-out"
        " text, one row per run.",
        [
            DataColumn(
                "id",
                "text",
                "name of the run: its planned budget and its width; the row’s anchor on the page",
                path="run",
            ),
            DataColumn("budget", "number", "arithmetic planned", "FLOP"),
            DataColumn("width", "whole number", "numbers that stand for a token inside the model"),
            DataColumn("layers", "whole number", "layers"),
            DataColumn("heads", "whole number", "attention heads per layer"),
            DataColumn("vocabulary", "whole number", "ids of the tokenizer"),
            DataColumn(
                "parameters", "whole number", "parameters, including the tied table of tokens", "parameters"
            ),
            DataColumn("tokens", "whole number", "tokens predicted in training", "tokens"),
            DataColumn("epochs", "number", "how often each line of the training text was read"),
            DataColumn("steps", "whole number", "steps of the optimizer"),
            DataColumn("peak_rate", "number", "highest learning rate of the run"),
            DataColumn("seed", "whole number", "seed of the first weights and of the order of reading"),
            DataColumn("flop", "number", "arithmetic spent, 6 × parameters × tokens", "FLOP"),
            DataColumn("loss", "number", "loss on held-out lines, word and definition", "nats per token"),
            DataColumn("definition_loss", "number", "the same, of the definitions alone", "nats per token"),
            DataColumn("bits_per_byte", "number", "loss on held-out lines by the byte", "bits per byte"),
            DataColumn(
                "training_loss",
                "number",
                "loss on what was read in the last steps, smoothed",
                "nats per token",
            ),
            DataColumn(
                "seconds",
                "number",
                "time of the run on one thread beside other work, so it does not measure speed",
                "s",
            ),
            DataColumn("finished", "date", "day on which the run ended"),
            SOURCES,
        ],
    ),
    "claims": Dataset(
        "data/claims.md",
        "Every checked number of the published pages: value, unit, date, sources, shelf life and the pages"
        " that state it.",
        [
            DataColumn("id", "text", "record and field"),
            DataColumn("record", "text", "id of the record", path="record.slug"),
            DataColumn("field", "text", "the field of the record", path="name"),
            DataColumn("subject", "text", "what the record is about"),
            DataColumn("value", "number or text", "the value; a range, a date or words as text"),
            DataColumn("unit", "text", "its unit", path="field.unit"),
            DataColumn("shown", "text", "the value as the ledger shows it"),
            DataColumn(
                "qualifier",
                "text",
                "what the source says about the value",
                null=True,
                values=QUALIFIERS,
                path="field.qualifier",
            ),
            DataColumn(
                "low", "number", "low end of the interval that the source gives", null=True, path="field.low"
            ),
            DataColumn("high", "number", "high end of that interval", null=True, path="field.high"),
            DataColumn("as_of", "date", "day for which it holds", null=True, path="field.as_of"),
            DataColumn("read", "date", "day on which the source was read", null=True, path="field.seen"),
            DataColumn(
                "was", "list of texts", "values that it had before, each with the day on which it changed"
            ),
            DataColumn(
                "current_until",
                "date",
                "day from which it may have changed; empty where the value does not age",
                null=True,
                path="life.until",
            ),
            DataColumn(
                "ages",
                "text",
                "kind of number, which decides its shelf life",
                null=True,
                values=get_args(Ages),
                path="life.ages",
            ),
            DataColumn(
                "kind",
                "text",
                "whether the source states it, it follows from other values, a third party estimates it, or"
                " we counted or chose it",
                values=("disclosed", "derived", "estimate", "ours"),
            ),
            DataColumn(
                "formula", "text", "name of the formula that computes it", null=True, path="field.computed"
            ),
            DataColumn("inputs", "list of texts", "ids of the claims or fields that the formula takes"),
            SOURCES,
            DataColumn("where", "text", "the place in the source", null=True),
            DataColumn(
                "copy",
                "text",
                "address of the copy in which the source was read, where the record names one for this value",
                null=True,
                path="field.via",
            ),
            DataColumn("stakes", "list of texts", "interests that the sources have in the answer"),
            DataColumn(
                "note", "text", "what the number does not say by itself", null=True, path="field.note"
            ),
            DataColumn("pages", "list of texts", "addresses of the pages that state it"),
            DataColumn("address", "text", "address of its own page"),
            DataColumn("badge", "text", "address of its badge, an SVG"),
        ],
        version="2.1",
        credit=EPOCH,
    ),
}


def newest(records: Iterable[Sourced | Company], fallback: str) -> str:
    """The newest day (ISO) on which a record of the data set was read or checked, or `fallback` where no
    record has a day.
    """
    return max((day for record in records for day in _days(record)), default=fallback)


def _days(record: Sourced | Company) -> list[str]:
    return (
        [record.checked]
        if isinstance(record, Company)
        else [field.seen for field in record.own_fields().values() if field.seen]
    )
