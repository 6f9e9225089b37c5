"""The static site opened from a disk: no server, no request anywhere, no barrier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from councilgraph.site import write_site
from tests.browser.visiting import Visitor

PAGES = ("index.html", "search.html", "not-in-this-copy.html", "councils.html", "statements/equity.html")


@pytest.fixture(scope="module")
def home(rich_store: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    site = write_site(str(rich_store), str(tmp_path_factory.mktemp("static") / "site"))
    return f"file://{site.folder}/"


@pytest.fixture
def reader(chromium: Browser, home: str) -> Iterator[Visitor]:
    with Visitor(chromium, home) as one:
        yield one


@pytest.mark.parametrize("page", PAGES)
def test_a_file_is_a_whole_page(page: str, reader: Visitor) -> None:
    reader.open(page)
    assert not reader.shape()
    assert not reader.barriers(), reader.barriers()
    assert not reader.troubles, reader.troubles
    # The style arrived: without it the heading would be black.
    assert reader.page.locator("h1").evaluate("h => getComputedStyle(h).color") != "rgb(0, 0, 0)"


def test_a_council_is_found_through_the_list_of_all_pages(reader: Visitor) -> None:
    reader.open("index.html")
    reader.page.get_by_role("navigation", name="Main").get_by_role("link", name="Search").click()
    reader.page.get_by_role("link", name="Dorset Council", exact=True).first.click()
    reader.page.wait_for_url("**/councils/DST.html")
    assert reader.page.locator("h1").inner_text() == "Dorset Council"
    with reader.page.expect_download() as saved:
        reader.page.locator("main .downloads a[href$='.csv']").first.click()
    assert saved.value.suggested_filename.endswith(".csv")
    assert not reader.troubles
