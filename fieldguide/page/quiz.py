"""Quiz questions: `/// quiz` blocks, a question and options that each explain themselves."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from fieldguide.page.context import Context
from fieldguide.records.page import Page
from fieldguide.text.problems import Problem
from fieldguide.text.tree import E, move_children, text_of


@dataclass
class Option:
    right: bool
    label: ET.Element
    why: ET.Element


def read_options(block: ET.Element, page: Page) -> tuple[list[Option], list[Problem]]:
    """The options of a quiz block: list items that begin with [ ] or [x] and explain themselves after the
    first ": ".
    """
    options: list[Option] = []
    problems: list[Problem] = []
    question = " ".join(text_of(child) for child in block if child.tag == "p").strip()
    items = [item for child in block if child.tag == "ul" for item in child]
    near = question[:40]
    if not question:
        problems.append(
            page.problem("a quiz without a question", "write the question as its first paragraph", "/// quiz")
        )
    for item in items:
        body = item[0] if len(item) and item[0].tag == "p" else item
        mark = (body.text or "")[:4]
        if mark not in ("[ ] ", "[x] "):
            problems.append(
                page.problem(
                    f"a quiz option without a mark: “{text_of(body)[:50]}”",
                    "begin it with `[ ] ` or `[x] `",
                    near,
                )
            )
            continue
        body.text = (body.text or "")[4:]
        label, why = _split(body)
        if why is None or not text_of(why).strip():
            problems.append(
                page.problem(
                    f"a quiz option without its explanation: “{text_of(label)[:50]}”",
                    "write `option: explanation`",
                    text_of(label)[:30] or near,
                )
            )
            continue
        options.append(Option(mark == "[x] ", label, why))
    if not any(option.right for option in options) and not problems:
        problems.append(
            page.problem(
                f"a quiz without a right answer: “{question[:60]}”", "mark one option with `[x]`", near
            )
        )
    if len(items) < 2:
        problems.append(
            page.problem(f"a quiz with {len(items)} options: “{question[:60]}”", "write at least two", near)
        )
    return options, problems


def _split(body: ET.Element) -> tuple[ET.Element, ET.Element | None]:
    """Cut an option's inline content at its first ": "."""
    label, why = ET.Element("span"), ET.Element("p")
    current: ET.Element = label
    cut = False

    def add(text: str | None) -> None:
        nonlocal current, cut
        if not text:
            return
        if not cut and ": " in text:
            before, after = text.split(": ", 1)
            _append(label, before)
            current, cut = why, True
            _append(why, after[:1].upper() + after[1:])
        else:
            _append(current, text)

    add(body.text)
    for child in list(body):
        tail, child.tail = child.tail, None
        current.append(child)
        add(tail)
    return label, why if cut else None


def _append(element: ET.Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def render_quiz(block: ET.Element, options: list[Option], number: int) -> None:
    """Turn the block, in place, into a fieldset of radio rows whose answers open by CSS alone.

    The rows stand in an order that follows from their words, so that the right one is not where its author
    likes to put it.
    """
    legend = E("legend")
    asked = "".join(text_of(child) for child in block if child.tag == "p")
    options = sorted(
        options, key=lambda option: hashlib.sha256(f"{asked}{text_of(option.label)}".encode()).digest()
    )
    for child in list(block):
        if child.tag == "p":
            move_children(child, legend)
    block.clear()
    block.tag = "fieldset"
    block.set("class", "fg-quiz")
    block.append(legend)
    for index, option in enumerate(options, 1):
        uid = f"quiz-{number}-{index}"
        label = E("label", {"for": uid})
        move_children(option.label, label)
        verdict = E("p", {"class": "fg-option__verdict"}, "Yes" if option.right else "Not this one")
        block.append(
            E(
                "div",
                {"class": f"fg-option fg-option--{'right' if option.right else 'wrong'}"},
                E("input", {"type": "radio", "name": f"quiz-{number}", "id": uid}),
                label,
                E(
                    "div",
                    {"class": "fg-option__answer", "aria-live": "polite"},
                    E("div", {"class": "fg-option__why"}, verdict, option.why),
                ),
            )
        )


def render_quizzes(context: Context, root: ET.Element) -> None:
    found = [item for item in root.iter("fieldset") if item.get("data-quiz") is not None]
    for at, child in enumerate(root):
        if found and child.tag == "h2" and text_of(child).strip() == "Test yourself":
            child.set("class", "fg-next__heading")
            root.insert(at + 1, E("p", {"class": "fg-score", "role": "status"}))  # filled by kept.mjs
            break
    for number, element in enumerate(found, 1):
        element.attrib.pop("data-quiz")
        options, problems = read_options(element, context.page)
        context.problems += problems
        render_quiz(element, options, number)
