"""The weekly link check, with a stand-in for the network."""

from __future__ import annotations

from email.message import Message
from types import SimpleNamespace
from urllib.error import HTTPError, URLError
from urllib.request import Request

import pytest

from fieldguide.commands.source_links import AGENT, TIMEOUT, ask, report
from tests.conftest import SOURCE, Project

URL = "https://example.org/paper"


class Network:
    """Answers by method from a script; remembers what was asked."""

    def __init__(self, **answers: object) -> None:
        self.answers = answers
        self.asked: list[tuple[str, str]] = []

    def __call__(self, request: Request, timeout: float) -> SimpleNamespace:
        assert timeout == TIMEOUT
        assert request.get_header("User-agent") == AGENT
        method = request.get_method()
        self.asked.append((method, request.full_url))
        answer = self.answers[method]
        if isinstance(answer, int):
            raise HTTPError(request.full_url, answer, "no", Message(), None)
        if isinstance(answer, Exception):
            raise answer
        return SimpleNamespace(status=200, url=answer or request.full_url, close=lambda: None)


def test_an_address_that_answers_its_head_is_asked_once() -> None:
    network = Network(HEAD="")
    answer = ask("key", URL, network)
    assert (answer.status, answer.detail) == ("ok", "200")
    assert network.asked == [("HEAD", URL)]


def test_where_the_head_is_refused_the_page_is_asked() -> None:
    network = Network(HEAD=405, GET="")
    assert ask("key", URL, network).status == "ok"
    assert [method for method, _ in network.asked] == ["HEAD", "GET"]


@pytest.mark.parametrize(
    ("answer", "status", "detail"),
    [
        (404, "gone", "404"),
        (410, "gone", "410"),
        (403, "refused", "403"),
        (429, "refused", "429"),
        (500, "error", "500"),
        (URLError("name not known"), "error", "name not known"),
        (TimeoutError("timed out"), "error", "timed out"),
        ("https://elsewhere.org/paper", "moved", "https://elsewhere.org/paper"),
    ],
)
def test_each_answer_has_its_status(answer: object, status: str, detail: str) -> None:
    found = ask("key", URL, Network(HEAD=answer, GET=answer))
    assert (found.status, found.detail) == (status, detail)


@pytest.mark.parametrize(
    "same", ["http://example.org/paper", "https://www.example.org/paper", "https://example.org/paper/"]
)
def test_another_spelling_of_the_address_is_no_move(same: str) -> None:
    assert ask("key", URL, Network(HEAD=same)).status == "ok"


def test_the_report_names_every_source_and_gates_nothing(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write("data/sources/other2020.yml", SOURCE.replace("2203.15556", "2001.08361"))
    network = Network(HEAD=404, GET=404)
    assert report(project.root, opener=network) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2] == "| gone | `hoffmann2022` | <https://arxiv.org/abs/2203.15556> | 404 |"
    assert "`other2020`" in lines[3]
    assert lines[-1].startswith("- 2 gone: ")
    assert report(project.root, strict=True, opener=network) == 1
    assert report(project.root, strict=True, opener=Network(HEAD=403, GET=403)) == 0
