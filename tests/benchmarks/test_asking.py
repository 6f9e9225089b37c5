"""Stored queries are asked alike of all sides, and what differs, fails or takes too long is told."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks import asking
from benchmarks.asked import above, ratios, rows
from benchmarks.asked_section import section
from benchmarks.asker import Asker, OverLimitError
from benchmarks.asking import in_turn, measure, shared
from benchmarks.measure import NotMeasuredError, Options
from benchmarks.queries import SIDES, stored, within
from benchmarks.servers import ENGINES
from benchmarks.stores import Built, served
from councilgraph import resources
from councilgraph.store.embedded import open_embedded
from councilgraph.store.endpoint import Endpoint

# Tables, one of them of what is asked for by name, a check and a graph.
SOME = ("question Q02", "question Q10", "check C03", "view V10", "view V12")
STATEMENTS = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(STRSTARTS(STR(?g), '%s')) }"
GRAPHS = "https://w3id.org/councilgraph/graph/"

Found = dict[str, Any]


def took(rows: int | None, ms: float, **more: Any) -> dict[str, Any]:
    return {"rows": rows, "ms": ms * 2, "processor_ms": ms, **more}


@pytest.fixture
def found() -> Found:
    """What an invented run has found: four queries, one of them answered otherwise by everybody else."""
    over = {"rows": None, "ms": 20_000.0, "processor_ms": 20_000.0, "over": True}

    def side(*answers: dict[str, Any], limit: float = 20.0) -> dict[str, Any]:
        return {"limit": limit, "queries": dict(zip(("Q1", "Q2", "Q3", "Q4"), answers, strict=True))}

    memory = side(took(5, 10), took(7, 100), took(0, 250), took(9, 1))
    return {
        "small": {
            "reports": 7,
            "triples": 99_871,
            "sides": {
                "memory": memory,
                "disk": side(took(5, 50), took(7, 500), took(0, 900), took(9, 8)),
                "rdflib": side(took(5, 400), over, {"error": "Exception: a | b"}, took(8, 70)),
            },
        },
        "middle": {
            "reports": 92,
            "triples": 1_012_345,
            "sides": {
                "memory": memory,
                "disk": side(took(5, 60), took(7, 700), took(0, 800), took(9, 8)),
                "package": side(took(5, 20), took(7, 200), took(0, 500), took(9, 2)),
                "oxigraph": {"reason": "oxigraph: it does not start"},
                "virtuoso": side(took(5, 2), took(7, 100), took(0, 1000), took(8, 0.1)),
            },
        },
        "large": {"reports": 930, "reason": "the disk is full"},
    }


def by_key(found: Found) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in rows(found)}


def text(found: Found) -> str:
    return "\n".join(section(found))


def test_a_differing_row_count_is_told_and_in_no_ratio(found: Found) -> None:
    assert set(ratios(found["middle"], "memory", "virtuoso", "ms")) == {"Q1", "Q2", "Q3"}
    assert "| Q4 | Virtuoso, HTTP | 8 rows instead of 9 |" in text(found)
    assert "| Q4 | rdflib | 8 rows instead of 9 |" in text(found)


def test_a_query_that_fails_is_told_and_in_no_ratio(found: Found) -> None:
    assert "Q3" not in ratios(found["small"], "rdflib", "memory", "processor_ms")
    assert "| Q3 | rdflib | not answered: Exception: a / b |" in text(found)


def test_a_query_over_the_limit_counts_as_the_limit(found: Found) -> None:
    assert ratios(found["small"], "rdflib", "memory", "processor_ms") == {"Q1": 40, "Q2": 200}
    row = by_key(found)["q-rdflib"]
    assert row["value"] == pytest.approx((40 * 200) ** 0.5, rel=1e-3)
    assert row["met"] is True
    assert "at least: 1 of 2" in row["title"]
    assert "- rdflib: not waited for after 20 s: 1 (" in text(found)
    assert "| > 20,000 |" in text(found)


def test_what_neither_side_was_waited_for_says_nothing(found: Found) -> None:
    found["small"]["sides"]["memory"]["queries"]["Q2"] = {**took(None, 9), "over": True}
    assert set(ratios(found["small"], "rdflib", "memory", "processor_ms")) == {"Q1"}


def test_the_slowest_and_the_number_above_the_limit(found: Found) -> None:
    figures = by_key(found)
    assert (figures["q-million"]["value"], figures["q-million"]["met"]) == (250, False)
    assert figures["q-million-above"]["value"] == 1
    assert above(found["middle"], "memory", 5) == ["Q3", "Q2", "Q1"]
    assert "Above 200 ms in memory: Q3." in text(found)


def test_ratios_to_a_server_are_those_of_the_clock(found: Found) -> None:
    figures = by_key(found)
    assert figures["q-virtuoso"]["value"] == 5
    assert figures["q-virtuoso"]["met"] is True
    assert (figures["q-virtuoso-disk"]["value"], figures["q-virtuoso-disk"]["met"]) == (30, False)
    assert figures["q-virtuoso-disk-above"]["value"] == 2
    assert "disk / Virtuoso, HTTP: geometric mean 5.52 of 3 queries; greatest: Q1 30, Q2 7, Q3 0.8." in text(
        found
    )


def test_a_side_or_a_size_that_is_missing_gives_its_reason_and_the_others_stay(found: Found) -> None:
    figures = by_key(found)
    assert figures["q-oxigraph"]["value"] is None
    assert figures["q-oxigraph"]["reason"] == "oxigraph: it does not start"
    assert figures["q-ten-million"]["reason"] == "the disk is full"
    assert figures["q-package"]["value"] == 2
    told = text(found)
    assert "- Oxigraph, HTTP: not measured: oxigraph: it does not start" in told
    assert "Not measured: the disk is full" in told


def test_every_stored_query_about_our_own_data_is_asked() -> None:
    files = [one for one in Path(resources.path("queries")).glob("*/*.rq") if one.parent.name != "links"]
    assert len(stored()) == len(files) > 80


def test_the_sides_of_one_process_answer_alike(store: Path) -> None:
    askers = {
        side: Asker("benchmarks.queries", side, str(store), limit=60.0) for side in SIDES if side != "http"
    }
    try:
        answers = in_turn(askers, SOME, 2, "some")
    finally:
        for one in askers.values():
            one.end()
    assert answers["memory"].keys() == set(SOME)
    assert sum(told["rows"] for told in answers["memory"].values()) > 0
    counts = {side: {name: one.get("rows") for name, one in told.items()} for side, told in answers.items()}
    assert all(one == counts["memory"] for one in counts.values()), counts


@pytest.mark.parametrize("engine", list(ENGINES))
def test_a_server_holds_and_answers_what_the_store_does(engine: str, store: Path, tmp_path: Path) -> None:
    manifest = open_embedded(str(store)).manifest()
    triples = sum(source["triples"] for source in manifest["sources"])
    with served(engine, tmp_path / engine, Built(store, 0, triples)) as server:
        held = next(Endpoint(server.place).select(STATEMENTS % GRAPHS)[1])
        askers = {
            "memory": Asker("benchmarks.queries", "memory", str(store), limit=60.0),
            engine: Asker("benchmarks.queries", "http", str(store), server.place, limit=60.0),
        }
        try:
            answers = in_turn(askers, SOME, 1, engine)
        finally:
            for one in askers.values():
                one.end()
    assert int(held[0].value) == triples
    ours, theirs = ({name: one["rows"] for name, one in told.items()} for told in answers.values())
    assert ours == theirs
    assert not (tmp_path / engine).exists()


@pytest.fixture
def asker() -> Iterator[Asker]:
    one = Asker("tests.benchmarks.orders", limit=20.0)
    yield one
    one.end()


def test_one_that_takes_too_long_is_killed_and_the_next_is_asked(asker: Asker) -> None:
    restarted = []
    asker = Asker("tests.benchmarks.orders", limit=1.5, afresh=lambda: restarted.append(1))
    first = asker.ask({"query": "first", "repetitions": 1})
    assert asker.ask({"query": "sleeps", "repetitions": 1}) == {
        "rows": None,
        "ms": 1500,
        "processor_ms": 1500,
        "over": True,
    }
    asker.limit = 60.0
    after = asker.ask({"query": "after", "repetitions": 1})
    asker.end()
    assert (first["rows"], after["rows"]) == (5, 5)
    assert first["process"] != after["process"]
    assert restarted == [1]


def test_one_that_fails_or_dies_does_not_end_the_side(asker: Asker) -> None:
    assert asker.ask({"query": "fails", "repetitions": 1}) == {"error": "ValueError: a query that fails"}
    assert asker.ask({"query": "dies", "repetitions": 1}) == {"error": "what it died of"}
    assert asker.ask({"query": "after", "repetitions": 3})["runs"] == 3


def test_a_side_that_does_not_start_says_why() -> None:
    with pytest.raises(NotMeasuredError, match="no-such-side"):
        Asker("benchmarks.queries", "no-such-side", "nowhere", limit=1.0).ready()


def test_queries_shared_among_processes_are_asked_once_each_and_stay_in_order() -> None:
    names = [f"q{'x' * n}" for n in range(12)]
    found = shared(lambda: Asker("tests.benchmarks.orders", limit=20.0), names, 1, 2)
    assert list(found) == names
    assert [told["rows"] for told in found.values()] == [len(name) for name in names]


def test_a_limit_is_met_by_who_passes_over_exceptions() -> None:
    def stubborn() -> None:
        while True:
            with contextlib.suppress(Exception):
                sum(range(1000))

    with pytest.raises(OverLimitError), within(0.05):
        stubborn()


def test_a_run_without_virtuoso_keeps_all_else(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextlib.contextmanager
    def tiny(folder: Path, reports: int, seed: int) -> Iterator[Built]:
        if folder.name == "small":
            raise NotMeasuredError("it cannot be built")
        yield Built(store, reports, 1_000)

    monkeypatch.setattr(asking, "built", tiny)
    monkeypatch.setattr(asking, "stored", lambda: dict.fromkeys(SOME[:2]))
    monkeypatch.setenv("PATH", str(tmp_path))
    found = measure(tmp_path, Options(quick=True))
    figures = by_key(json.loads(json.dumps(found)))
    assert "virtuoso-t is not installed" in figures["q-virtuoso"]["reason"]
    assert figures["q-rdflib"]["reason"] == "it cannot be built"
    assert all(figures[key]["value"] is not None for key in ("q-million", "q-oxigraph", "q-package"))
    assert "virtuoso-t is not installed" in text(found)
