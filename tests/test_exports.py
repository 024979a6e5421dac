"""The cache of files that are slow to make."""

from pathlib import Path

from fieldguide.outputs.exports import FOLDER, made_once


def test_a_file_is_made_again_only_when_its_inputs_change(tmp_path: Path) -> None:
    made = []

    def make() -> bytes:
        made.append(1)
        return b"data %d" % len(made)

    assert made_once(tmp_path, "one.png", "a", make) == b"data 1"
    assert made_once(tmp_path, "one.png", "a", make) == b"data 1"
    assert made_once(tmp_path, "one.png", "b", make) == b"data 2"
    assert len(list((tmp_path / FOLDER).iterdir())) == 1, "the older version is gone"


def test_files_with_one_beginning_do_not_delete_each_other(tmp_path: Path) -> None:
    made_once(tmp_path, "one.png", "a", lambda: b"1")
    made_once(tmp_path, "one-dark.png", "a", lambda: b"2")
    made_once(tmp_path, "one.png", "b", lambda: b"3")
    assert made_once(tmp_path, "one-dark.png", "a", lambda: b"made again") == b"2"
