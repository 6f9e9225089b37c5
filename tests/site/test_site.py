"""The static site holds what the explorer shows, and every link in it leads somewhere."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path

import lxml.etree
import lxml.html
import pytest

from councilgraph.errors import StoreError
from councilgraph.explorer.pages import kinds
from councilgraph.explorer.snapshot import Snapshots
from councilgraph.site import Site, walking, write_site
from tests.support import rich


@pytest.fixture(scope="module")
def pages(written: Site) -> dict[str, lxml.html.HtmlElement]:
    folder = Path(written.folder)
    parser = lxml.html.HTMLParser(encoding="utf-8")
    return {
        str(file.relative_to(folder)): lxml.html.parse(str(file), parser).getroot()
        for file in folder.rglob("*.html")
    }


def test_every_kind_of_page_is_there_as_often_as_the_explorer_has_it(written: Site, rich_store: Path) -> None:
    snapshot = Snapshots(str(rich_store)).current()
    assert snapshot.earlier
    snapshot.earlier.found(None)
    wanted: dict[str, int] = {}
    for kind, _ in walking.addresses(snapshot):
        wanted[kind.name] = wanted.get(kind.name, 0) + 1
    wanted.pop("search", None)
    assert {name: n for name, n in written.pages.items() if name not in ("contents", "absent")} == wanted
    assert wanted.keys() == {kind.name for kind in kinds()} - {"search"}


def test_no_link_is_broken(written: Site) -> None:
    assert written.broken == ()


def test_hardly_a_link_leads_to_what_a_site_cannot_have(written: Site) -> None:
    """Where a page links to something with a server behind it, the template should leave it out."""
    lost = {address: n for (address, how), n in written.elsewhere.items() if how == "not in this copy"}
    assert not lost
    narrowed = {address for (address, how) in written.elsewhere if how == "without its filter"}
    assert not narrowed


def test_links_work_from_a_folder_without_a_server(pages: dict[str, lxml.html.HtmlElement]) -> None:
    for name, tree in pages.items():
        for link in map(str, tree.xpath("//@href | //@src")):
            assert not link.startswith(("/", "file:")), (name, link)


def test_no_page_offers_what_needs_a_server(pages: dict[str, lxml.html.HtmlElement]) -> None:
    for name, tree in pages.items():
        assert not tree.xpath("//form"), name


def test_pages_are_reached_from_the_home_page(written: Site, pages: dict[str, lxml.html.HtmlElement]) -> None:
    seen, queue = {"index.html"}, ["index.html"]
    while queue:
        page = queue.pop()
        for link in map(str, pages[page].xpath("//a/@href")):
            target = link.partition("#")[0]
            if not target or ":" in target:
                continue
            found = (Path("/x") / page).parent / target
            name = str(Path(*_resolved(found))) if target else page
            if name in pages and name not in seen:
                seen.add(name)
                queue.append(name)
    # It is there for addresses that somebody keeps from the explorer.
    assert set(pages) - seen <= {"not-in-this-copy.html"}


def _resolved(path: Path) -> list[str]:
    parts: list[str] = []
    for part in path.parts[2:]:
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return parts


def test_downloads_hold_what_the_page_shows(written: Site) -> None:
    folder = Path(written.folder)
    with (folder / "councils.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    document = json.loads((folder / "councils.json").read_text(encoding="utf-8"))
    table = next(iter(document["tables"].values()))
    assert len(rows) == table["count"] == len(table["rows"]) > 100
    assert document["version"] == written.version


def test_search_engines_are_told_of_every_page(
    written: Site, pages: dict[str, lxml.html.HtmlElement]
) -> None:
    root = lxml.etree.parse(Path(written.folder) / "sitemap.xml").getroot()
    base = "https://evidence.example/care/"
    found = {str(one.text) for one in root.iter("{*}loc")}
    assert found == {base + name for name in pages}


def test_the_same_store_gives_the_same_bytes(written: Site, rich_store: Path, tmp_path: Path) -> None:
    previous = str(rich.build_before(rich_store))
    again = write_site(
        str(rich_store), str(tmp_path), base="https://evidence.example/care/", previous=previous
    )
    assert digests(Path(again.folder)) == digests(Path(written.folder))


def digests(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_without_a_store_there_is_an_error_and_no_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError):
        write_site(str(tmp_path / "none"), str(tmp_path / "site"))
    assert not (tmp_path / "site").exists()
