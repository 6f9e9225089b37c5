"""What is told of the explorer's pages is what was measured."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from benchmarks.bare import bare_seconds
from benchmarks.explorer import FIGURES, rows, section
from benchmarks.figures import verdict
from benchmarks.pages import by_kind, milliseconds, pooled, processor_seconds
from councilgraph.explorer.snapshot import Snapshots


def visit(turn: str, ms: float, **more: Any) -> dict[str, Any]:
    usual = {"kind": "question", "page": "/q", "processor": ms / 2000, "bytes": 2000, "status": 200}
    return {"turn": turn, "wall": ms / 1000, **usual, **more}


VISITS = [visit("first", ms) for ms in range(1, 101)] + [visit("again", 3, bytes=9000, status=503)]


def test_median_and_95th_percentile_are_values_that_were_measured() -> None:
    assert milliseconds([0.001 * n for n in range(1, 101)], 0.95) == 96
    assert milliseconds([0.003, 0.001, 0.002], 0.5) == 2
    assert milliseconds([], 0.5) == 0


def test_first_and_later_visits_are_told_apart() -> None:
    row = pooled(VISITS)
    assert (row["first_wall_ms"], row["first_processor_p95_ms"]) == (51, 48)
    assert (row["again_wall_ms"], row["addresses"]) == (3, 100)
    assert (row["largest_kb"], row["not_200"]) == (9, 1)


def test_a_page_is_compared_with_its_own_queries() -> None:
    rows = by_kind([*VISITS, visit("first", 4, kind="about", page="/a")], {"/q": 0.005, "/a": 0.0})
    assert (rows["question"]["bare_ms"], rows["question"]["times_bare"]) == (5, 5.05)
    assert "times_bare" not in rows["about"]


def told(errors: int) -> dict[str, Any]:
    crowd = {"readers": 100, "requests": 500, "errors": errors, "requests_a_second": 80.0}
    return {
        "kinds": by_kind(VISITS, {"/q": 0.005}),
        "all": pooled(VISITS),
        "crowd": {**crowd, "median_ms": 900.0, "p95_ms": 1500.0},
    }


def test_one_failed_request_misses_the_target() -> None:
    found = {row["key"]: row for row in rows(told(1))}
    assert len(found) == len(FIGURES)
    assert (found["g-errors"]["met"], verdict(found["g-errors"])) == (False, "missed")
    assert verdict({row["key"]: row for row in rows(told(0))}["g-errors"]) == "met"
    assert verdict(found["g-wall-median"]) == "missed by 2%"


def test_the_section_has_a_row_for_each_kind_and_the_crowd() -> None:
    text = "\n".join(section(told(0)))
    assert "| question | 100 | 26 (51) | 48 (96) | 2 (3) | 9 | 5.0 | 5.05 |" in text
    assert "500 requests in all: 0 failed" in text


def test_the_queries_of_a_page_are_found_and_run(store: Path) -> None:
    snapshot = Snapshots(str(store)).current()
    assert bare_seconds(snapshot, ["/questions/Q02"]) > 0


def test_the_processor_is_counted() -> None:
    before = processor_seconds(os.getpid())
    sum(n * n for n in range(300_000))
    assert processor_seconds(os.getpid()) > before
