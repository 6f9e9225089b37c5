"""The pages and the feed of what changed: true to the comparison, and never in the way of other pages."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import lxml.html
import pytest
from starlette.testclient import TestClient

from councilgraph.build.run import Builder
from councilgraph.cli import main
from councilgraph.diff import compared, opened_side
from councilgraph.errors import StoreError
from councilgraph.explorer import changed
from councilgraph.explorer.app import create_app
from councilgraph.explorer.changed import Earlier, before
from councilgraph.explorer.pages.changes import KINDS
from councilgraph.explorer.settings import Settings
from councilgraph.explorer.snapshot import Snapshots
from councilgraph.site import write_site
from tests.conftest import INVENTED, REPORTS
from tests.diff.test_causes import edit

ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "Nobody counted <script>alert(1)</script> the boats & nets."


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two builds: a sentence reworded, a hostile one put in, a score corrected."""
    place = tmp_path_factory.mktemp("changed")
    data = shutil.copytree(INVENTED / "data", place / "data")
    reports = shutil.copytree(REPORTS, place / "reports")
    Builder(str(place / "store"), data, jobs=1).build([reports])
    page = reports / "northmoor" / "equity.txt"
    edit(page, "nine markets", "ten markets")
    edit(page, "Hill farmers were", f"{HOSTILE}\n\nHill farmers were")
    edit(data / "assessments" / "scores.csv", "EVB,2024-08,,2,2", "EVB,2024-08,,2,3")
    Builder(str(place / "store"), data, jobs=1).build([reports])
    return place / "store"


@pytest.fixture(scope="module")
def reader(rebuilt: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(store=str(rebuilt), memory=False))) as made:
        yield made


def test_the_page_tells_what_the_command_tells(reader: TestClient, rebuilt: Path) -> None:
    with opened_side(before(current(rebuilt))) as old, opened_side(current(rebuilt)) as new:
        found = compared(old, new)
    told = reader.get("/changes.json").json()["tables"]
    rows = {row["authority"]: row for row in told["councils"]["rows"]}
    assert {one.name: len(one.changes) for one in found.councils if one.name} == {
        name: row["changes"] for name, row in rows.items() if row["authority-page"] != "/changes/elsewhere"
    }
    assert rows["Northmoor County Council"]["because-of"] == "source document"
    assert rows["Eastvale Borough Council"]["because-of"] == "register or table"
    assert len(told["changes"]["rows"]) == len(found.changes) > 3
    assert len(told["graphs"]["rows"]) == len(found.graphs)
    page = reader.get("/changes").text
    assert "2 councils changed" in page and 'href="/changes/NMR"' in page


def current(store: Path) -> str:
    return str(store / "builds" / (store / "CURRENT").read_text(encoding="ascii").split()[1])


def test_the_page_of_a_council_tells_each_change_with_old_and_new(reader: TestClient) -> None:
    answer = reader.get("/changes/NMR")
    tree = lxml.html.document_fromstring(answer.text)
    items = [" ".join(one.text_content().split()) for one in tree.xpath("//ol[@class='changes']/li")]
    (reworded,) = [one for one in items if "reworded" in one]
    assert "nine markets" in reworded and "ten markets" in reworded and "source document" in reworded
    assert any("Nobody counted" in one for one in items)
    assert "<script>alert" not in answer.text
    score = reader.get("/changes/evb").text
    assert "<del>2" in score and "<ins>3" in score
    assert "Nothing of this council has changed" in reader.get("/changes/SLM").text
    assert reader.get("/changes/elsewhere").status_code == 200
    assert reader.get("/changes/XXX").status_code == 404
    assert 'href="/changes/NMR"' in reader.get("/councils/NMR").text
    assert 'href="/changes"' in reader.get("/").text


def test_what_only_moved_is_counted_and_listed_on_request(reader: TestClient) -> None:
    few, all_ = (reader.get("/changes/NMR" + more).text for more in ("", "?quiet=yes"))
    assert "moved</span>" not in few and "moved</span>" in all_
    assert "not listed" in few and "not listed" not in all_


def test_the_feed_has_an_entry_for_each_council_and_no_word_of_a_report(reader: TestClient) -> None:
    answer = reader.get("/changes.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)
    entries = {str(one.findtext(ATOM + "title")).partition(":")[0]: one for one in feed.iter(ATOM + "entry")}
    assert {"Northmoor County Council", "Eastvale Borough Council"} <= entries.keys()
    link = entries["Northmoor County Council"].find(ATOM + "link")
    assert link is not None and str(link.get("href")).endswith("/changes/NMR")
    assert feed.findtext(ATOM + "updated") == "2025-05-16T00:00:00Z"
    assert b"markets" not in answer.content and b"boats" not in answer.content
    assert reader.get("/changes.atom").content == answer.content


def test_without_an_earlier_build_the_page_says_so(client: TestClient) -> None:
    assert "There is no earlier build" in client.get("/changes").text
    assert client.get("/changes/NMR").status_code == client.get("/changes.atom").status_code == 404
    assert "/changes" not in client.get("/").text + client.get("/councils/NMR").text


def test_another_build_can_be_named(rebuilt: Path, store: Path, tmp_path: Path) -> None:
    release = tmp_path / "release.nq"
    assert main(["export", "rdf", "--store", str(store), "-o", str(release)]) == 0
    with TestClient(create_app(Settings(store=str(rebuilt), previous=str(release), memory=False))) as one:
        assert "2 councils changed" in one.get("/changes").text


def test_an_earlier_build_that_is_not_there_is_told(
    rebuilt: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(store=str(rebuilt), previous=str(tmp_path / "none"), memory=False)
    with TestClient(create_app(settings)) as one:
        answer = one.get("/changes")
        assert answer.status_code == 503 and "no such place" in answer.text
        assert one.get("/councils").status_code == 200
    assert main(["serve", "--store", str(rebuilt), "--previous", str(tmp_path / "none")]) == 2
    assert "no such earlier build" in capsys.readouterr().err


def test_the_builds_are_compared_once_and_nobody_waits_for_ever(
    rebuilt: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = [], threading.Event()

    def slowly(*sides: object) -> object:
        begun.append(sides)
        assert go_on.wait(60)
        return compared(*sides)  # type: ignore[arg-type]

    monkeypatch.setattr(changed, "compared", slowly)
    earlier = Earlier(before(current(rebuilt)), current(rebuilt))
    for _ in range(3):
        with pytest.raises(StoreError, match="still being compared"):
            earlier.found(0.01)
    assert not earlier.ready
    go_on.set()
    assert not earlier.found(60).same and earlier.found(None) is earlier.found(None)
    assert earlier.ready and len(begun) == 1


def test_a_build_that_was_killed_is_none_to_compare_with(rebuilt: Path) -> None:
    now = current(rebuilt)
    old = before(now)
    assert old and before(old) == ""
    half = rebuilt / "builds" / "ffffffffffffffff"
    half.mkdir()
    try:
        assert before(now) == old
        (half / "manifest.json").touch()
        later = (Path(now) / "manifest.json").stat().st_mtime_ns + 10**9
        os.utime(half / "manifest.json", ns=(later, later))
        assert before(now) == old  # made since: it is no earlier one
    finally:
        shutil.rmtree(half)


def test_a_site_tells_it_where_an_earlier_build_is_named(rebuilt: Path, tmp_path: Path) -> None:
    plain = write_site(str(rebuilt), str(tmp_path / "plain"), base="https://evidence.example")
    assert not [name for name in plain.pages if "changes" in name] and not plain.broken
    old = before(current(rebuilt))
    told = write_site(
        str(rebuilt), str(tmp_path / "told"), base="https://evidence.example/care/", previous=old
    )
    assert told.pages["changes"] == 1 and told.pages["council-changes"] == 2 and not told.broken
    assert told.pages.keys() - plain.pages.keys() == {kind.name for kind in KINDS}
    feed = ET.parse(tmp_path / "told" / "changes.atom").getroot()
    for link in feed.iter(ATOM + "link"):
        path = str(link.get("href")).removeprefix("https://evidence.example/care/")
        assert (tmp_path / "told" / path).is_file(), link.get("href")


def test_addresses_do_not_wait_for_the_comparison(rebuilt: Path) -> None:
    snapshot = Snapshots(str(rebuilt), memory=False).current()
    overview, council = KINDS
    assert list(overview.addresses(snapshot)) == ["/changes"] and not list(council.addresses(snapshot))
    assert snapshot.earlier
    snapshot.earlier.found(None)
    assert list(council.addresses(snapshot)) == ["/changes/EVB", "/changes/NMR"]
