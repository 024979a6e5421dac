"""The lab that follows one request, without scripts: each heading of its text becomes a step with a number, a
picture and the lines of its sum.

The page's script updates the words and bars of these elements; elements that it creates have the same markup
as here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET

from fieldguide.labs.calculator import SteppedCalculator, percents
from fieldguide.page.box import render_tables
from fieldguide.page.context import Context
from fieldguide.page.mini_map import PARTS, mini_map
from fieldguide.records.lab import FOLDER, Lab
from fieldguide.records.sentences import PATH, START, Sentence
from fieldguide.text.tree import E, parse, text_of

STEPS = {
    "tokens": ("model", "in the model", "Tokens"),
    "model": ("model", "in the model", "Next token"),
    "machine": ("infrastructure", "on the machine", "Read, write"),
    "batch": ("infrastructure", "on the machine", "Sharing"),
    "rent": ("infrastructure", "at the host", "Rent"),
    "price": ("infrastructure", "at the host", "List price"),
    "seat": ("application", "in the application", "Seat price"),
    "dollar": ("", "all layers", "Who is paid"),
}
"""{step: (layer highlighted on the map, where it happens, its name on the rail)}; the last step highlights
all layers.
"""
LIT = {"machine": "machines", "batch": "machines", "rent": "machines", "price": "host"}
"""{step: the part of the infrastructure it is about}."""
LIKELY = 6
"""The number of likely tokens shown."""
TALL, HALF, APART = 4.0, 32, 4
"""The strip of numbers: the value at its edge, half its height, and the distance between two numbers."""
GIVES = {
    "batch": ("wait", "gpu"),
    "rent": ("month_rented", "month_gpu"),
    "price": ("month_charge", "month_host"),
    "seat": ("", "month_kept"),
    "dollar": ("month_kept", ""),
}
"""{step: (result that its number shows, result that the words beside it show)}."""
FOLDS = {"model": "Look inside our small model"}
"""{step: the title of its fold, where that is not the usual one}."""
FOLD = "Show the calculation"
Uncertain = Collection[str]
"""The names of results that depend on an estimate or an assumption."""
Tree = Sequence[Any]
"""An element as pictures.mjs has it: its tag, its attributes, and its children."""


def add_steps(context: Context, inner: ET.Element, lab: Lab, calculator: SteppedCalculator) -> None:
    """Turn each heading of the lab's text, with the content that follows, into a step: the first paragraph,
    a number and a picture, and a fold with the lines of its sum and the rest of the content. A rail above
    them leads to each step; the last step ends with links to other labs that open with the numbers of this
    case.
    """
    place = next((index for index, child in enumerate(inner) if child.tag == "h2"), len(inner))
    content = list(inner)[place:]
    if sum(child.tag == "h2" for child in content) != len(STEPS):
        context.problem(
            f"the lab `{lab.slug}` does not have {len(STEPS)} headings",
            f"write a heading for each of {', '.join(STEPS)}",
            lab.slug,
        )
        return
    if not context.book.sentences or context.book.tokenizer is None:
        context.problem(f"the lab `{lab.slug}` has no sentences", f"write {PATH}: make experiments", lab.slug)
        return
    for child in content:
        inner.remove(child)
    box = E("div", {"class": "fg-steps"}, _rail())
    worked, lines, uncertain = calculator.steps(), calculator.lines(), calculator.uncertain()
    for slug, (heading, idea, *rest) in zip(STEPS, _by_heading(content), strict=True):
        step = worked.get(slug)
        _check_heading(context, lab, text_of(heading).strip(), step)
        words = E(
            "div",
            {"class": "fg-step__words"},
            _where(slug),
            heading,
            idea,
            _number(slug, uncertain, *_number_and_name(context, slug, worked)),
            *_note(step),
        )
        picture = E("div", {"class": "fg-step__picture"}, *_picture(context, slug, step, uncertain))
        more = E("div", {"class": "fg-step__more"}, *rest)
        for table in more.iterfind("table"):
            table.set("data-stacks", "")
        render_tables(more)
        fold = E(
            "details",
            {"class": "fg-fold fg-step__fold"},
            E("summary", {}, FOLDS.get(slug, FOLD)),
            more,
            *_calculation(context, slug, [line for line in lines if line["step"] == slug], uncertain),
        )
        layer = STEPS[slug][0]
        box.append(
            E(
                "section",
                {
                    "class": "fg-step",
                    "id": anchor(slug),
                    "data-step": slug,
                    **({"data-layer": layer} if layer else {}),
                },
                E("div", {"class": "fg-step__seen"}, words, picture),
                fold,
                *([_onward(context, calculator)] if slug == "dollar" else []),
            )
        )
    inner.insert(place, box)


def anchor(slug: str) -> str:
    """The anchor of a step, which stays when its heading is reworded."""
    return f"step-{list(STEPS).index(slug) + 1}"


def _by_heading(content: Sequence[ET.Element]) -> Iterator[list[ET.Element]]:
    """Each heading with the elements that follow it."""
    found: list[list[ET.Element]] = []
    for child in content:
        if child.tag == "h2":
            found.append([])
        found[-1].append(child)
    return iter(found)


def _rail() -> ET.Element:
    """Links to the eight steps, which stay in sight beside or above them."""
    return E(
        "nav",
        {"class": "fg-rail", "aria-label": "Steps"},
        E(
            "ol",
            {"class": "fg-rail__steps"},
            *(
                E(
                    "li",
                    {"data-layer": layer} if layer else {},
                    E("a", {"href": f"#{anchor(slug)}"}, E("b", {}, str(place)), " ", E("span", {}, name)),
                )
                for place, (slug, (layer, _, name)) in enumerate(STEPS.items(), 1)
            ),
        ),
    )


def _check_heading(context: Context, lab: Lab, heading: str, worked: Mapping[str, Any] | None) -> None:
    if worked is not None and heading != worked["heading"]:
        context.problem(
            f"the lab `{lab.slug}` has a step “{heading}”, and its example says “{worked['heading']}”",
            "write what the example says",
            lab.slug,
        )


def _where(slug: str) -> ET.Element:
    layer = STEPS[slug][0]
    highlighted = {layer, LIT.get(slug, "")} if layer else {*(step[0] for step in STEPS.values()), *PARTS}
    return E(
        "div",
        {"class": "fg-step__where"},
        E("p", {"class": "fg-kicker"}, f"{list(STEPS).index(slug) + 1} of {len(STEPS)}, {STEPS[slug][1]}"),
        parse(mini_map(highlighted)),
    )


def _number_and_name(context: Context, slug: str, worked: Mapping[str, Mapping[str, Any]]) -> tuple[str, str]:
    if slug == "model":
        _, text, share = context.book.sentences[0].bars[0]
        (percent,) = percents(context.book.root, [share])
        return percent, f"is the chance of “{following(text)}”, the likeliest next token"
    return worked[slug]["number"], worked[slug]["name"]


def _number(slug: str, uncertain: Uncertain, number: str, name: str) -> ET.Element:
    number_result, name_result = GIVES.get(slug, ("", ""))
    return E(
        "p",
        {"class": "fg-step__number"},
        E("b", _mark(number_result, uncertain), number),
        " ",
        E("span", _mark(name_result, uncertain), name),
    )


def _note(worked: Mapping[str, Any] | None) -> Iterator[ET.Element]:
    """The note on the numbers of a step, if there is one."""
    if worked is not None:
        yield E("p", {"class": "fg-step__given"}, worked["note"])


def _mark(gives: str, uncertain: Uncertain) -> dict[str, str]:
    """Attributes with the name of the result shown, and with a ring if it depends on an estimate or an
    assumption.
    """
    return {"data-gives": gives, **({"data-mark": "ring"} if gives in uncertain else {})} if gives else {}


def _picture(
    context: Context, slug: str, worked: Mapping[str, Any] | None, uncertain: Uncertain
) -> Iterator[ET.Element]:
    first = context.book.sentences[0]
    if slug == "tokens":
        yield E(
            "ol",
            {"class": "fg-step__tokens", "aria-label": "Tokens, each with its id"},
            *(
                E("li", {}, E("span", {}, shown(text)), E("small", {}, str(token)))
                for token, text in zip(first.ids, first.tokens, strict=True)
                if token != START
            ),
        )
    if slug == "model":
        yield _likely(context, first)
    if worked is not None:
        drawn = E("div", {"class": "fg-step__drawn"}, *(grow(tree) for tree in worked["picture"]))
        for element in drawn.iter():
            if element.get("data-gives") in uncertain:
                element.set("data-mark", "ring")
        yield drawn


def grow(tree: Tree) -> ET.Element:
    """The element of a tree of pictures.mjs."""
    tag, attributes, *children = tree
    return E(
        tag,
        {name: str(value) for name, value in attributes.items()},
        *(child if isinstance(child, str) else grow(child) for child in children),
    )


def _calculation(
    context: Context, slug: str, lines: Sequence[Mapping[str, Any]], uncertain: Uncertain
) -> Iterator[ET.Element]:
    """What the fold of a step has besides its text."""
    if slug == "tokens":
        yield E(
            "table",
            {"class": "fg-step__bars fg-step__texts"},
            E("thead", {}, E("tr", {}, E("th", {}, "sentence"), E("th", {}, "tokens"))),
            E(
                "tbody",
                {},
                *(
                    E("tr", {}, E("td", {}, sentence.text), E("td", {}, str(sentence.count)))
                    for sentence in context.book.sentences
                ),
            ),
        )
    if slug == "model":
        yield from _inside(context, context.book.sentences[0])
    if lines:
        yield E(
            "table",
            {"class": "fg-step__lines"},
            E("caption", {}, "Line by line"),
            E(
                "tbody",
                {},
                *(
                    E(
                        "tr",
                        {},
                        E("th", {"scope": "row"}, E("span", _mark(line["gives"], uncertain), line["name"])),
                        E("td", {}, line["how"]),
                        E("td", {}, line["text"]),
                    )
                    for line in lines
                ),
            ),
        )


def bar(share: float, layer: str) -> ET.Element:
    """A bar of `share` percent of its room."""
    return E(
        "svg",
        {"class": "fg-amount", "width": "100%", "height": "12", "aria-hidden": "true"},
        E("rect", {"width": f"{share:.2f}%", "height": "12", **({"data-layer": layer} if layer else {})}),
    )


def shown(text: str) -> str:
    """A token with “␣” in place of the space before it; the token that begins a text is shown as a word."""
    return text.replace(" ", "␣") or "start"


def following(text: str) -> str:
    """A next token; "end" for the token that ends a text."""
    return shown(text) if text else "end"


# What our model makes of it ------------------------------------------------------------


def _likely(context: Context, sentence: Sentence) -> ET.Element:
    likely = sentence.bars[:LIKELY]
    percentages = percents(context.book.root, [share for _, _, share in likely])
    return E(
        "table",
        {"class": "fg-step__bars fg-step__likely"},
        E("caption", {}, "The likeliest next tokens; a full bar is 100%"),
        E(
            "tbody",
            {},
            *(
                E(
                    "tr",
                    {},
                    E("th", {"scope": "row"}, following(text)),
                    E("td", {}, bar(100 * share, "model")),
                    E("td", {}, percentage),
                )
                for (_, text, share), percentage in zip(likely, percentages, strict=True)
            ),
        ),
    )


def _inside(context: Context, sentence: Sentence) -> Iterator[ET.Element]:
    place = max(range(len(sentence.tokens)), key=lambda index: len(sentence.tokens[index]))
    shares = mean(sentence.attention[-1])
    yield E(
        "p",
        {"class": "fg-step__head"},
        f"The {len(sentence.rows[place])} numbers of “{shown(sentence.tokens[place])}”",
    )
    yield E("div", {"class": "fg-step__strip"}, strip(sentence.rows[place]))
    yield E(
        "p",
        {"class": "fg-step__head"},
        f"How much attention the last token pays to each token, in layer {len(sentence.attention)} of"
        f" {len(sentence.attention)}, averaged over {len(sentence.attention[-1])} heads",
    )
    yield E(
        "ol",
        {"class": "fg-step__attention"},
        *(
            E("li", {}, _column(share), E("span", {}, shown(text)), E("small", {}, percentage))
            for text, share, percentage in zip(
                sentence.tokens, shares, percents(context.book.root, shares), strict=True
            )
        ),
    )


def mean(heads: Sequence[Sequence[float]]) -> list[float]:
    """The average of several heads for each token."""
    return [sum(column) / len(heads) for column in zip(*heads, strict=True)]


def _column(share: float) -> ET.Element:
    """A vertical bar; `share` of 1 fills its room."""
    return E(
        "svg",
        {"width": "100%", "height": "40", "aria-hidden": "true"},
        E("rect", {"width": "100%", "y": f"{100 - 100 * share:.1f}%", "height": f"{100 * share:.1f}%"}),
    )


def strip(row: Sequence[float]) -> ET.Element:
    """A line for each number, up or down."""
    drawn = "".join(
        f"M{index * APART + 2} {HALF}V{HALF - round(HALF * max(-1.0, min(1.0, value / TALL)))}"
        for index, value in enumerate(row)
    )
    wide = APART * len(row)
    return E(
        "svg",
        {
            "class": "fg-step__row",
            "viewBox": f"0 0 {wide} {2 * HALF}",
            "role": "img",
            "aria-label": f"{len(row)} numbers from {min(row):.2f} to {max(row):.2f}, each a line up or down",
        },
        E("path", {"class": "fg-step__zero", "d": f"M0 {HALF}H{wide}"}),
        E("path", {"d": drawn}),
    )


# The ways on ------------------------------------------------------------


def _onward(context: Context, calculator: SteppedCalculator) -> ET.Element:
    names = {
        "serving-cost": "What does serving cost with these numbers?",
        "unit-economics": "What should you charge for this seat?",
    }
    labs = context.book.labs
    ways = [
        (slug, labs[slug].fragment(values))
        for slug, values in calculator.onward().items()
        if slug in labs and context.has_page(f"{FOLDER}/{slug}.md")
    ]
    return E(
        "p",
        {"class": "fg-step__onward"},
        *(
            E(
                "a",
                {
                    "class": "fg-action",
                    "href": f"{context.href(f'{FOLDER}/{slug}.md')}#{state}",
                    "data-lab": slug,
                },
                names[slug],
            )
            for slug, state in ways
        ),
    )
