"""Quiz questions: `/// quiz` blocks with a question and options, each with an explanation that quiz.css shows
when the option is chosen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from fieldguide.page.context import Context
from fieldguide.records.page import Page
from fieldguide.text.problems import Problem
from fieldguide.text.tree import E, heading_index, move_children, text_of

QUESTIONS = "Test yourself"


@dataclass
class Option:
    right: bool
    label: ET.Element
    why: ET.Element


def read_options(block: ET.Element, page: Page) -> tuple[list[Option], list[Problem]]:
    """(options of a quiz block, problems). Options are list items that begin with [ ] or [x]; their
    explanation follows the first ": ".
    """
    options: list[Option] = []
    problems: list[Problem] = []
    question = " ".join(text_of(child) for child in block if child.tag == "p").strip()
    items = [item for child in block if child.tag == "ul" for item in child]

    def report(message: str, hint: str, near: str = question[:40]) -> None:
        problems.append(page.problem(message, hint, near))

    if not question:
        report("a quiz without a question", "write the question as its first paragraph", "/// quiz")
    for item in items:
        body = item[0] if len(item) and item[0].tag == "p" else item
        mark = (body.text or "")[:4]
        if mark not in ("[ ] ", "[x] "):
            report(f"a quiz option without a mark: “{text_of(body)[:50]}”", "begin it with `[ ] ` or `[x] `")
            continue
        body.text = (body.text or "")[4:]
        label, why = _split(body)
        words = text_of(label)
        if why is None or not text_of(why).strip():
            message = f"a quiz option without its explanation: “{words[:50]}”"
            report(message, "write `option: explanation`", words[:30] or question[:40])
            continue
        options.append(Option(mark == "[x] ", label, why))
    if not any(option.right for option in options) and not problems:
        report(f"a quiz without a right answer: “{question[:60]}”", "mark one option with `[x]`")
    if len(items) < 2:
        report(f"a quiz with {len(items)} options: “{question[:60]}”", "write at least two")
    return options, problems


def _split(body: ET.Element) -> tuple[ET.Element, ET.Element | None]:
    """(words of an option, explanation), cut at the first ": " of its text; the explanation is None if there
    is no ": ".
    """
    label, why = ET.Element("span"), ET.Element("p")
    texts = [body.text or "", *(child.tail or "" for child in body)]
    index = next((index for index, text in enumerate(texts) if ": " in text), None)
    if index is None:
        move_children(body, label)
        return label, None
    before, after = texts[index].split(": ", 1)
    children = list(body)
    label.text, why.text = body.text, after[:1].upper() + after[1:]
    label.extend(children[:index])
    why.extend(children[index:])
    if index:
        children[index - 1].tail = before
    else:
        label.text = before
    return label, why


def render_quiz(block: ET.Element, options: list[Option], number: int) -> None:
    """Turn the block, in place, into a fieldset of radio buttons whose explanations open with CSS alone. The
    order of the rows is derived from their words, so that the right answer is not in its author's favorite
    position.
    """
    questions = [child for child in block if child.tag == "p"]
    asked = "".join(map(text_of, questions))
    options = sorted(
        options, key=lambda option: hashlib.sha256(f"{asked}{text_of(option.label)}".encode()).digest()
    )
    legend = E("legend")
    for question in questions:
        move_children(question, legend)
    block.clear()
    block.tag = "fieldset"
    block.set("class", "fg-quiz")
    block.append(legend)
    for index, option in enumerate(options, 1):
        uid = f"quiz-{number}-{index}"
        label = E("label", {"for": uid})
        move_children(option.label, label)
        verdict = E("p", {"class": "fg-option__verdict"}, "Yes" if option.right else "Not this one")
        why = E("div", {"class": "fg-option__why"}, verdict, option.why)
        block.append(
            E(
                "div",
                {"class": f"fg-option fg-option--{'right' if option.right else 'wrong'}"},
                E("input", {"type": "radio", "name": f"quiz-{number}", "id": uid}),
                label,
                E("div", {"class": "fg-option__answer", "aria-live": "polite"}, why),
            )
        )


def render_quizzes(context: Context, root: ET.Element) -> None:
    blocks = [item for item in root.iter("fieldset") if item.get("data-quiz") is not None]
    heading = heading_index(root, QUESTIONS)
    if blocks and heading is not None:
        root[heading].set("class", "fg-next__heading")
        root.insert(heading + 1, E("p", {"class": "fg-score", "role": "status"}))  # filled by kept.mjs
    for number, block in enumerate(blocks, 1):
        block.attrib.pop("data-quiz")
        options, problems = read_options(block, context.page)
        context.problems += problems
        render_quiz(block, options, number)
