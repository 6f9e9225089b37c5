"""The index of findings: its labels, its version, and going on from an earlier one."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from councilgraph.errors import StoreError
from councilgraph.search.entries import labelled
from councilgraph.search.index import usable, write_index
from councilgraph.store.embedded import OxigraphReader
from tests.queries.answers import mini_graph


@pytest.fixture(scope="module")
def reader() -> OxigraphReader:
    return OxigraphReader(mini_graph(), "memory")


def test_an_index_of_another_version_is_not_gone_on_from(tmp_path: Path, reader: OxigraphReader) -> None:
    path = tmp_path / "search.sqlite"
    assert not usable(str(path))
    write_index(str(path), reader.select, [])
    assert usable(str(path))
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 1")
    db.close()
    assert not usable(str(path))
    path.write_bytes(b"no database at all" * 100)
    assert not usable(str(path))


def test_going_on_gives_the_index_that_a_new_one_would_be(store: Path, tmp_path: Path) -> None:
    from councilgraph.store.embedded import open_embedded

    held = open_embedded(str(store))
    graphs = sorted(s["name"] for s in held.manifest()["sources"] if s["name"].startswith("report/"))
    iris = [f"https://w3id.org/councilgraph/graph/{name}" for name in graphs]
    assert len(iris) == 2
    whole, grown = tmp_path / "whole.sqlite", tmp_path / "grown.sqlite"
    write_index(str(whole), held.select, iris)
    shutil.copy(whole, tmp_path / "old.sqlite")
    write_index(str(grown), held.select, iris[:1], start_from=str(tmp_path / "old.sqlite"), without=iris[:1])
    assert sorted(labelled(str(grown))) == sorted(labelled(str(whole)))
    write_index(str(grown), held.select, [], start_from=str(whole), without=iris)
    assert list(labelled(str(grown))) == []
    with sqlite3.connect(grown) as db:
        assert db.execute("SELECT count(*) FROM term").fetchone() == (0,), "no label is kept for nothing"
    db.close()


def test_a_damaged_index_is_told_with_its_cure(tmp_path: Path) -> None:
    path = tmp_path / "search.sqlite"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError) as caught:
        list(labelled(str(path)))
    assert "councilgraph build" in caught.value.cure
