"""Chromium, one for each worker, and where it finds the built site."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests import built, workers
from tests.chromium import find
from tests.serving import serve


@pytest.fixture(scope="session")
def browser(pytestconfig: pytest.Config) -> Iterator[Browser]:
    """It asks this worker's own server for everything at SERVED; a test that needs no built site does not wait for it."""
    folder = built.GIVEN or workers.shared_folder(pytestconfig) / "site"
    with serve(folder, urlsplit(built.SERVED).path) as root, sync_playwright() as playwright:
        rule = f"--host-resolver-rules=MAP {built.HOST}:80 {urlsplit(root).netloc}"
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox", rule])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address(site: object) -> str:
    """Where Chromium finds the built site."""
    return built.SERVED
