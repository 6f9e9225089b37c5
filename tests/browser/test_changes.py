"""The page that ``councilgraph diff`` writes, in a real browser: at a desk and on a telephone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from councilgraph.diff import compared, opened_side
from councilgraph.diff.forms import written
from tests.browser.visiting import Visitor
from tests.support.rich import build_before


@pytest.fixture(scope="module")
def page(rich_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What changed in the store of the other tests, as one file."""
    with opened_side(str(build_before(rich_store))) as old, opened_side(str(rich_store)) as new:
        made = written(compared(old, new), "html", quiet=True)
    file = tmp_path_factory.mktemp("diff") / "changes.html"
    file.write_bytes(made)
    return file


@pytest.mark.parametrize("width", [1280, 320])
def test_the_page_of_a_comparison_has_no_barrier_and_asks_for_nothing(
    chromium: Browser, page: Path, width: int
) -> None:
    with Visitor(chromium, page.as_uri(), width=width, height=800) as visitor:
        visitor.page.goto(page.as_uri())
        assert visitor.page.locator("ol.changes > li").count() > 50
        assert not visitor.barriers()
        assert not visitor.overflow()
        assert not visitor.troubles
