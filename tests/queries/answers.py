"""The stored queries' answers on the mini graph, and how to write them anew.

``python -m tests.queries.answers`` rewrites every expected file; read the difference before
it is committed. The tests never write.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph

from councilgraph.catalogue import Catalogue, Query, bind
from councilgraph.parameters import resolve
from councilgraph.results import Result, Triples, write

HERE = Path(__file__).parent
QUERIES = HERE.parent.parent / "queries"
EXPECTED = HERE / "expected"
FAULTS = HERE / "faults"
CATALOGUE = Catalogue(QUERIES)
CASES: dict[str, dict[str, dict[str, str]]] = tomllib.loads((HERE / "cases.toml").read_text("utf-8"))


def mini_graph(*more: Path) -> pyoxigraph.Store:
    """The mini graph in memory with its outside tables, and other files added."""
    store = pyoxigraph.Store()
    for path in (HERE / "mini-graph.trig", HERE / "outside.trig", *more):
        store.load(path=path, format=pyoxigraph.RdfFormat.TRIG)
    return store


def runner(store: pyoxigraph.Store) -> Any:
    """The ``run`` that parameters are resolved with."""

    def run(sparql: str) -> Iterable[tuple[Any, ...]]:
        found: Any = store.query(sparql, use_default_graph_as_union=True)
        return (tuple(row) for row in found)

    return run


def answer(store: pyoxigraph.Store, query: Query, given: dict[str, str]) -> Result | Triples:
    """The answer of a query to parameters as a user types them."""
    terms, limit = resolve(query, given, runner(store))
    found: Any = store.query(bind(query, terms, limit), use_default_graph_as_union=True)
    if query.form == "CONSTRUCT":
        return Triples(found, query.name)
    names = [variable.value for variable in found.variables]
    return Result.of_terms(names, (tuple(row) for row in found), query.columns, query.name)


def text(found: Result | Triples) -> str:
    """An answer as it stands in its expected file."""
    out = io.BytesIO()
    write(found, "nt" if isinstance(found, Triples) else "csv", out)
    return out.getvalue().decode()


def cases() -> Iterator[tuple[Query, str, dict[str, str]]]:
    """Every query with each of its cases."""
    for query in CATALOGUE:
        for case, given in CASES.get(query.name, {"": {}}).items():
            yield query, case, given


def expected(query: Query, case: str) -> Path:
    """The file of a case's answer."""
    ending = "nt" if query.form == "CONSTRUCT" else "csv"
    return EXPECTED / ".".join(part for part in (query.name, case, ending) if part)


def fault(query: Query) -> Path:
    """The file that adds to the mini graph what a check must find."""
    return FAULTS / f"{query.name}.trig"


def regenerate() -> None:
    """Write every expected file anew and remove those of no case."""
    for old in EXPECTED.iterdir():
        old.unlink()
    store = mini_graph()
    for query, case, given in cases():
        expected(query, case).write_text(text(answer(store, query, given)), encoding="utf-8")
        if query.kind == "check":
            found = answer(mini_graph(fault(query)), query, {})
            expected(query, "fault").write_text(text(found), encoding="utf-8")


if __name__ == "__main__":
    regenerate()
