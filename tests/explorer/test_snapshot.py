"""One build, one snapshot: what a request sees, and what a new build changes."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from councilgraph.build.run import Builder
from councilgraph.errors import StoreError, UsageError
from councilgraph.explorer import snapshot as module
from councilgraph.explorer.app import create_app
from councilgraph.explorer.findings import findings
from councilgraph.explorer.settings import Settings
from councilgraph.explorer.snapshot import Snapshot, Snapshots
from councilgraph.iris import IRIS, concept


def build(place: Path, data: Path, *reports: Path) -> None:
    assert not Builder(str(place), data, jobs=1).build(reports).refused


def files(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("memory", [True, False])
def test_a_new_build_is_taken_up_and_the_old_snapshot_answers_on(
    tmp_path: Path, data: Path, reports: Path, memory: bool
) -> None:
    place = tmp_path / "store"
    build(place, data)
    held = Snapshots(str(place), memory=memory)
    old = held.current()
    assert held.current() is old
    assert findings(old).entries == ()
    build(place, data, reports / "northmoor")
    end = time.monotonic() + 60  # the new build is read beside the old one
    while (new := held.current()) is old:
        assert time.monotonic() < end, "the new build was not taken up"
        time.sleep(0.05)
    assert new.version != old.version
    assert findings(new).entries
    assert old.records("Q01")
    assert findings(old).entries == ()


def test_a_new_build_that_cannot_be_read_leaves_the_old_one_in_force(
    tmp_path: Path, data: Path, caplog: pytest.LogCaptureFixture
) -> None:
    place = tmp_path / "store"
    build(place, data)
    held = Snapshots(str(place))
    old = held.current()
    (place / "builds" / "broken").mkdir()
    (place / "CURRENT").write_text("2 broken\n")
    end = time.monotonic() + 60
    while "cannot be read" not in caplog.text:
        assert held.current() is old
        assert time.monotonic() < end
        time.sleep(0.05)


def test_visitors_leave_nothing_in_the_store(explorer_store: Path, tmp_path: Path) -> None:
    place = Path(shutil.copytree(explorer_store, tmp_path / "store"))
    before = files(place)
    for memory in (True, False):
        with TestClient(create_app(Settings(store=str(place), memory=memory))) as client:
            for address in ("/", "/councils", "/councils/NMR", "/councils/NMR.xlsx"):
                assert client.get(address).status_code == 200
    assert files(place) == before


def test_memory_and_disk_answer_alike(explorer_store: Path, snapshot: Snapshot) -> None:
    disk = Snapshots(str(explorer_store), memory=False).current()
    for query in ("Q01", "Q30", "Q32", "councils", "scores-of-councils"):
        assert disk.table(query).rows == snapshot.table(query).rows
    assert findings(disk).entries == findings(snapshot).entries


def test_a_snapshot_is_made_from_the_database_where_a_source_file_has_gone(
    explorer_store: Path, tmp_path: Path, snapshot: Snapshot
) -> None:
    place = Path(shutil.copytree(explorer_store, tmp_path / "store"))
    next((place / "sources").iterdir()).unlink()
    assert Snapshots(str(place)).current().records("Q01") == snapshot.records("Q01")


def test_answers_are_kept_but_not_without_bound(
    explorer_store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Snapshots(str(explorer_store)).current()
    assert one.table("Q02") is one.table("Q02")
    assert one.table("Q02", region="") is one.table("Q02")
    monkeypatch.setattr(module, "MOST_CELLS", 400)
    first = one.table("councils", limit=1)
    for limit in range(2, 40):
        one.table("councils", limit=limit)
    assert one.table("councils", limit=1) is not first
    assert one.table("councils", limit=1).rows == first.rows
    assert one._cells <= 400


def test_records_can_be_changed_without_changing_the_answer(snapshot: Snapshot) -> None:
    snapshot.records("Q01")[0]["authority"] = "changed"
    assert snapshot.records("Q01")[0]["authority"] != "changed"


def test_things_are_called_by_their_labels(snapshot: Snapshot) -> None:
    assert snapshot.label(IRIS.council("NMR")) == "Northmoor County Council"
    assert snapshot.label(concept("quality-statement", "equity")) == "Equity in experience and outcomes"
    assert snapshot.label("https://example.org/things#last") == "last"
    assert snapshot.label("no iri at all <>") == "no iri at all <>"
    assert snapshot.has(IRIS.council("NMR"))
    assert not snapshot.has(IRIS.council("XXX"))
    assert not snapshot.has("no iri at all <>")


def test_an_endpoint_is_refused_and_no_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not an endpoint"):
        Snapshots("https://example.org/sparql")
    with pytest.raises(StoreError, match="no store here"):
        Snapshots(str(tmp_path)).current()
