"""The cache of files that are slow to make."""

import functools
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldguide.outputs.cards import files as cards
from fieldguide.outputs.decks import files as decks
from fieldguide.outputs.exports import FOLDER, Export, make_ahead
from fieldguide.outputs.slides import files as slides
from tests.guide import ROOT


def test_a_file_is_made_again_only_when_its_inputs_change(tmp_path: Path) -> None:
    made = []

    def make() -> bytes:
        made.append(1)
        return b"data %d" % len(made)

    first, again, other = (
        Export(tmp_path, "one.png", lambda inputs=inputs: inputs, make) for inputs in ("a", "a", "b")
    )
    assert not first.is_cached()
    assert first() == b"data 1"
    assert first() == again() == b"data 1" and again.is_cached()
    assert not other.is_cached() and other() == b"data 2"
    assert len(list((tmp_path / FOLDER).iterdir())) == 1, "the older version is gone"


def test_files_with_one_beginning_do_not_delete_each_other(tmp_path: Path) -> None:
    Export(tmp_path, "one.png", lambda: "a", lambda: b"1")()
    Export(tmp_path, "one-dark.png", lambda: "a", lambda: b"2")()
    Export(tmp_path, "one.png", lambda: "b", lambda: b"3")()
    assert Export(tmp_path, "one-dark.png", lambda: "a", lambda: b"made again")() == b"2"


@pytest.mark.parametrize("count", [3, 9], ids=["few", "many"])
def test_files_made_ahead_are_what_they_would_be_when_asked_for(tmp_path: Path, count: int) -> None:
    files = [
        Export(tmp_path, f"{at}.txt", lambda at=at: f"inputs {at}", lambda at=at: b"made %d" % at)
        for at in range(count)
    ]
    files[0]()
    make_ahead([*files, lambda: b"quick"])
    assert [file.is_cached() for file in files[1:]] == [count > 8] * (count - 1), (
        "a few are not worth another process"
    )
    assert [file() for file in files] == [b"made %d" % at for at in range(count)]


def test_files_of_a_group_are_made_by_one_process_in_their_order(tmp_path: Path) -> None:
    def make(name: str) -> bytes:
        before = (
            sorted(path.name[0] for path in (tmp_path / FOLDER).glob("*"))
            if (tmp_path / FOLDER).exists()
            else []
        )
        return f"{os.getpid()} {name} {''.join(before)}".encode()

    files = [
        Export(tmp_path, f"{name}{at}.txt", lambda name=name: name, functools.partial(make, name), str(at))
        for name in "abc"
        for at in range(4)
    ]
    make_ahead(files)
    made = [file().decode().split() for file in files]
    for at in range(4):
        group = made[at::4]
        assert len({process for process, *_ in group}) == 1 and str(os.getpid()) not in group[0]
        assert "a" in group[1][2] and "b" in group[2][2]


def read_by(work: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> set[Path]:
    """The files whose bytes `work` reads."""
    found, read = set(), Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: found.add(path) or read(path))
    work()
    return found


@pytest.mark.parametrize(
    ("start", "stamp"),
    [("slides.files", slides.slide_stamp), ("cards.files", cards._stamp), ("decks.files", decks._stamp)],
)
def test_a_picture_is_made_again_when_a_module_changes_that_makes_it(
    start: str, stamp: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = ROOT / "fieldguide" / "outputs"
    apart = {"exports", "downloads.write"}  # how files are kept, and a figure's data
    wanted, open_ = set(), {start}
    while open_ - wanted:
        name = (open_ - wanted).pop()
        wanted.add(name)
        text = outputs.joinpath(*name.split(".")).with_suffix(".py").read_text(encoding="utf-8")
        open_ |= set(re.findall(r"^from fieldguide\.outputs\.([\w.]+) import", text, flags=re.M)) - apart
    slides.slide_stamp.cache_clear()  # the others hold it
    stamp.cache_clear()
    found = read_by(stamp, monkeypatch)
    assert len(wanted) > 3
    assert {outputs.joinpath(*name.split(".")).with_suffix(".py") for name in wanted} - found == set()
