"""A real browser before a real explorer: four generated reports over the project's own registers."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visiting import Visitor
from tests.support import rich
from tests.support.chromium import ARGUMENTS
from tests.support.serving import served


@pytest.fixture(scope="session")
def rich_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one report of each layout, so that no page is empty; not to be changed."""
    return rich.rich_store(tmp_path_factory.mktemp("browser"))


@pytest.fixture(scope="session")
def explorer(rich_store: Path) -> Iterator[str]:
    """The address of an explorer over that store."""
    with served(rich_store) as address:
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The system's Chromium; the tests need it and fail without it.

    Of one module: while it is open, its event loop runs in this thread, and no test of another
    module could run one of its own.
    """
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert program, "Chromium is not installed: apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium: Browser, explorer: str) -> Iterator[Visitor]:
    """Somebody at a desk."""
    with Visitor(chromium, explorer) as one:
        yield one


@pytest.fixture
def on_a_phone(chromium: Browser, explorer: str) -> Iterator[Visitor]:
    """Somebody with the narrowest screen that WCAG asks for (1.4.10)."""
    with Visitor(chromium, explorer, width=320, height=640) as one:
        yield one


@pytest.fixture
def without_script(chromium: Browser, explorer: str) -> Iterator[Visitor]:
    """Somebody whose browser runs no JavaScript."""
    with Visitor(chromium, explorer, script=False) as one:
        yield one
