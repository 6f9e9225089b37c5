"""What is loaded in many pieces and indexed by many processes is what is loaded and indexed at once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from councilgraph.build.ahead import ahead
from councilgraph.build.run import Builder
from councilgraph.errors import CouncilgraphError
from councilgraph.search.entries import labelled
from councilgraph.store.embedded import open_embedded
from tests.conftest import REPORTS


def test_a_store_filled_in_pieces_is_the_store_filled_at_once(
    tmp_path: Path, store: Path, invented_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("councilgraph.store.pieces.PIECE", 1)
    monkeypatch.setattr("councilgraph.build.indexing.WORTH_WORKERS", 0)
    Builder(str(tmp_path / "store"), invented_data, jobs=2).build([REPORTS])
    whole, pieces = (open_embedded(str(place)) for place in (store, tmp_path / "store"))
    assert sorted(map(str, pieces.quads())) == sorted(map(str, whole.quads()))
    assert sorted(labelled(f"{pieces.build}/search.sqlite")) == sorted(
        labelled(f"{whole.build}/search.sqlite")
    )


def test_results_come_in_their_order_and_few_are_begun_before_they_are_taken() -> None:
    begun: list[int] = []

    def things() -> object:
        for n in range(-100, 0):
            begun.append(n)
            yield n

    results = ahead(abs, things(), 2)  # type: ignore[arg-type, var-annotated]
    assert next(results) == 100
    assert len(begun) < 20
    assert list(results) == list(range(99, 0, -1))


def test_a_worker_that_is_ended_from_outside_is_told(
    tmp_path: Path, data: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "store"
    Builder(str(place), data, jobs=1).build([])
    before = (place / "CURRENT").read_text()
    monkeypatch.setattr("councilgraph.build.indexing.WORTH_WORKERS", 0)
    monkeypatch.setattr("councilgraph.build.indexing.rows", lambda *given: os._exit(1))
    with pytest.raises(CouncilgraphError, match="ended from outside") as told:
        Builder(str(place), data, jobs=2).build([reports])
    assert "--jobs 1" in told.value.cure
    assert (place / "CURRENT").read_text() == before
