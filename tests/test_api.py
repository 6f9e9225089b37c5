"""The Python interface: records, frames, graphs, search."""

from __future__ import annotations

import builtins
from pathlib import Path

import pytest

import councilgraph
from councilgraph.errors import QueryError, StoreError, UsageError


def test_a_stored_query_gives_records(store: Path) -> None:
    with councilgraph.open(store) as graph:
        records = graph.query("Q01", region="E12000901").records()
    assert [r["authority"] for r in records] == ["Eastvale Borough Council", "Northmoor County Council"]
    assert records[1]["safeguarding"] == 3 and records[0]["rating"] is None


def test_a_stored_query_gives_a_frame(store: Path) -> None:
    with councilgraph.open(store) as graph:
        frame = graph.query("compare-scores").frame()
    assert list(frame.columns[:2]) == ["authority", "gss"]
    assert frame["equity"].sum() == 5


def test_without_pandas_the_message_says_how_to_get_it(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def refuse(name: str, *arguments: object, **options: object) -> object:
        if name == "pandas":
            raise ImportError(name)
        return original(name, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", refuse)
    with councilgraph.open(store) as graph, pytest.raises(UsageError, match="pandas is not installed"):
        graph.query("Q01").frame()


def test_parameters_may_be_numbers_and_none(store: Path) -> None:
    with councilgraph.open(store) as graph:
        assert len(graph.query("Q01", limit=1, region=None).records()) == 1


def test_graphs_and_tables_are_not_mixed_up(store: Path) -> None:
    with councilgraph.open(store) as graph:
        assert len(list(graph.construct("council-context", authority="northmoor").triples)) > 10
        with pytest.raises(UsageError, match="gives a graph"):
            graph.query("council-context", authority="northmoor")
        with pytest.raises(UsageError, match="gives a table"):
            graph.construct("Q01")


def test_sparql_of_your_own(store: Path) -> None:
    with councilgraph.open(store) as graph:
        assert graph.sparql("ASK { ?s ?p ?o }") is True
        # A word of another form in a comment or an IRI does not decide what the query is.
        answer = graph.sparql("# ASK nothing\nSELECT (<http://x/ASK> AS ?x) {}")
        assert not isinstance(answer, bool)
        with pytest.raises(QueryError, match="not valid SPARQL"):
            graph.sparql("SELECT WHERE")


def test_search_gives_hits_with_their_places(store: Path) -> None:
    with councilgraph.open(store) as graph:
        (hit,) = graph.search('"hill farmers"', authority="northmoor")
        assert (hit.section, hit.place) == ("Equity in experience and outcomes", "1.1")
        assert graph.search('"hill farmers"', authority="saltmarsh") == []


def test_no_store_is_an_error_that_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no store here yet"):
        councilgraph.open(tmp_path)
