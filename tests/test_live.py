"""The live pictures as the build draws them: what they say is what the formulas, records and chapters say."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from fieldguide.labs.live import FOLDER, LIKELIEST, WIDTHS, LiveError, LivePicture, live_picture
from fieldguide.records import definer
from fieldguide.records.formulas.size import softmax
from tests.conftest import Project
from tests.guide import ROOT, guide_book
from tests.guide import formulas as f

SLUGS = sorted(path.stem for path in (ROOT / "docs" / FOLDER).glob("*.mjs"))
MODULE = """export const title = 'One';
export const facts = { size: 'FACT' };
export const controls = () => [{ id: 'size', label: 'Size', low: 1, high: 3, step: 1, start: 2 }];
export const picture = ({ size }, data, width) => [['p', {}, `${size} in ${width}`, ['b', {}, '!']]];
export const sentence = ({ size }) => `It is ${size}.`;
"""


def said(slug: str, **values: Any) -> str:
    return live_picture(guide_book(), slug, values).sentence


def numbers(text: str) -> list[float]:
    return [float(number.replace(",", "")) for number in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


@pytest.mark.parametrize("slug", SLUGS)
def test_each_picture_stands_in_one_chapter_and_is_drawn_in_both_widths(slug: str) -> None:
    picture = live_picture(guide_book(), slug)
    assert picture.title and picture.sentence.endswith(".") and picture.controls
    assert picture.drawings.keys() == WIDTHS.keys() and all(picture.drawings.values())
    assert len(json.dumps(picture.data)) < 4000, "it stands in the page"
    pages = [page for page in guide_book().pages.values() if f"/// live | {slug}\n" in page.body]
    assert [page.meta.type for page in pages if page.meta.type != "term"] in (["concept"], ["guide"])


def test_the_odds_are_the_softmax_of_the_stored_scores() -> None:
    book = guide_book()
    stored = json.loads((ROOT / definer.FOLDER / "logits.json").read_text(encoding="utf-8"))[0]
    for temperature in (0.2, 1.0, 1.7):
        odds = sorted(softmax(stored["logits"], temperature), reverse=True)
        drawn = bars_of(live_picture(book, "odds", {"temperature": temperature}))
        shares = [*odds[:LIKELIEST], sum(odds[LIKELIEST:])]
        assert [numbers(words)[0] for words in drawn] == [
            pytest.approx(100 * share, abs=0.5 if share > 0.0995 else 0.05) for share in shares
        ]


def bars_of(picture: LivePicture) -> list[str]:
    """The words at the bars, in order."""
    return [row[-1][2] for row in picture.drawings["wide"][-1][2:]]


def test_attention_is_that_of_the_stored_sentence() -> None:
    stored = guide_book().sentences[2]
    for layer, head in ((1, 1), (5, 2), (6, 4)):
        shares = stored.attention[layer - 1][head - 1]
        first, second = sorted(shares, reverse=True)[:2]
        assert numbers(said("attention", layer=layer, head=head)) == [
            layer,
            head,
            pytest.approx(100 * first, abs=0.5),
            pytest.approx(100 * second, abs=0.5),
        ]


def test_tokens_are_those_of_our_tokenizer() -> None:
    tokenizer = guide_book().tokenizer
    assert tokenizer is not None
    picture = live_picture(guide_book(), "tokens")
    text = "If the bill is overdue, remind the customer."
    assert numbers(picture.sentence) == [len(text), len(tokenizer.encode(text))]
    assert "".join(piece for piece in picture.data["pieces"]) == text


def test_the_loss_is_that_of_the_refit() -> None:
    fit = [
        guide_book().find(f"chinchilla-fits.refit-{name}") for name in ("floor", "a", "b", "alpha", "beta")
    ]
    constants = [one.field.value for one in fit]
    for exponent in (18, 22, 26):
        now, after = (f.optimal_loss(10.0**power, *constants) for power in (exponent, exponent + 1))
        assert numbers(said("loss", exponent=exponent).partition("loss of ")[2])[:2] == [
            pytest.approx(now, abs=0.0051),
            pytest.approx(now - after, abs=0.00051),
        ]
    assert "Both are forecasts" in said("loss", exponent=23) and "The second is" in said("loss", exponent=22)
    assert "forecast" not in said("loss", exponent=21)


def test_the_bill_is_that_of_the_loop() -> None:
    prices = {
        name: live_picture(guide_book(), "bill").data[name]
        for name in ("input", "output", "cached", "stored")
    }
    for calls, growth in ((1, 1000), (40, 1000), (100, 5000)):
        read, again = f.agent_input_tokens(calls, 2000, growth), f.agent_resent_tokens(calls, 2000, growth)
        writing = calls * 500 * prices["output"]
        plain = (read * prices["input"] + writing) / 1e6
        kept = ((read - again) * prices["stored"] + again * prices["cached"] + writing) / 1e6
        words = bars_of(live_picture(guide_book(), "bill", {"calls": calls, "growth": growth}))
        assert [numbers(text)[0] for text in words] == [
            pytest.approx(plain, rel=0.06),
            pytest.approx(kept, rel=0.06),
        ]
    assert "costs more than it saves" in said("bill", calls=1) and "cuts the bill by 80%" in said("bill")


def test_users_get_what_nvidia_measured() -> None:
    for users in (1, 5, 25, 50):
        match = guide_book().find(f"nim-llama-70b.total-{users}")
        together, each = bars_of(live_picture(guide_book(), "users", {"users": users}))
        assert numbers(together)[0] == pytest.approx(match.field.value, rel=0.02)
        assert numbers(each)[0] == pytest.approx(match.field.value / users, rel=0.04)
    assert "$1.84" in said("users", users=50)


def test_the_first_values_are_those_of_the_chapters() -> None:
    chapter = (ROOT / "docs/investing/token-economics.md").read_text(encoding="utf-8")
    for number in re.findall(r"[\d,.]+\d", said("emission")):
        assert number in chapter, number
    chapter = (ROOT / "docs/business/unit-economics.md").read_text(encoding="utf-8")
    assert "$12.90" in said("margin") and "43%" in said("margin")
    assert "$12.90" in chapter and "43%" in chapter
    assert "nobody" not in said("margin") and "even if nobody uses it" in said("margin", price=5)
    assert "no new tokens" in said("emission", paid=1.2)


def test_dilution_is_that_of_the_formula() -> None:
    words = said("emission", paid=0.0, price=0.5)
    issued, diluted = numbers(words.partition("receive ")[2])[0], numbers(words)[-1]
    assert "million" in words and issued == 1.75
    assert diluted == pytest.approx(f.dilution(1_752_000, 10_000_000), abs=0.5)


# ---- in a project of the tests' own


def test_a_live_block_becomes_the_picture_with_its_controls_room_and_caption(project: Project) -> None:
    project.write(
        "docs/labs/live/one.mjs",
        MODULE.replace("export const facts = { size: 'FACT' };", ""),
    )
    html = project.html("/// live | one\nA **caption**.\n///")
    assert project.problems() == []
    assert '<x-live data-values="{}" name="one">' in html and 'data-count="1"' in html
    assert "It is 2." in html and "in 600" in html and "in 320" in html
    assert "<strong>caption</strong>" in html and "assets/js/live.mjs" in html


@pytest.mark.parametrize(
    ("slug", "text", "problem"),
    [
        ("two", MODULE, "unknown live picture `two`"),
        ("one", MODULE, "correct `facts` in docs/labs/live/one.mjs"),
        ("one", "export const title = ;", "docs/labs/live/one.mjs"),
        ("one", "export const title = 'One';", "needs `controls`, which the module does not export"),
    ],
)
def test_what_cannot_be_drawn_is_a_problem_of_the_page(
    project: Project, slug: str, text: str, problem: str
) -> None:
    project.write("docs/labs/live/one.mjs", text)
    project.page(f"/// live | {slug}\n///")
    assert any(problem in found for found in map(str, project.problems())), project.problems()


def test_a_picture_stands_once_on_a_page(project: Project) -> None:
    project.write("docs/labs/live/one.mjs", MODULE.replace("export const facts = { size: 'FACT' };", ""))
    project.page("/// live | one\nOnce.\n///\n\n/// live | one\nTwice.\n///")
    assert any("the id `live-one` stands twice in the page" in problem for problem in project.problems())


def test_an_unknown_picture_has_a_cure() -> None:
    with pytest.raises(LiveError, match="unknown live picture `los`") as error:
        live_picture(guide_book(), "los")
    assert "loss" in error.value.hint
