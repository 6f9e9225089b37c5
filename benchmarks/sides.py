"""The sides of the figures. Each runs alone in a fresh process and prints one line of JSON.

    python -m benchmarks.sides NAME EVIDENCE

What a side needs is made before its clock starts: here evidence objects are unpickled, the other
side's triples are in ``rdflib_sides``. The clock is that of the processor (all threads together):
on a shared machine the clock on the wall moved one and the same ratio from 5.5 to 8.8.
"""

from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks.measure import peak_mib
from benchmarks.rdflib_sides import (
    RULES,
    Result,
    rdflib_add,
    rdflib_add_cached,
    rdflib_pyshacl,
    rdflib_pyshacl_tuned,
)
from councilgraph import resources
from councilgraph.iris import IRIS
from councilgraph.model import Evidence
from councilgraph.writing.assessments import header_of
from councilgraph.writing.report import write_report


def main(arguments: list[str]) -> int:
    """Run one side."""
    name, pickled = arguments[0], Path(arguments[1])
    with pickled.open("rb") as file:
        evidence: list[Evidence] = pickle.load(file)
    result = SIDES[name](evidence)
    result["rss_mib"] = peak_mib()
    print(json.dumps(result))
    return 0


def ours(evidence: list[Evidence]) -> Result:
    """councilgraph: objects to N-Triples text to a queryable store in memory."""
    import pyoxigraph

    start = process_time()
    store = pyoxigraph.Store()
    for one in evidence:
        _load(store, one, write_report(one, RULES), lenient=True)
    seconds = process_time() - start
    return {"seconds": seconds, "triples": _count(store)}


def ours_text_only(evidence: list[Evidence]) -> Result:
    """councilgraph: objects to N-Triples text, no store."""
    start = process_time()
    triples = 0
    for one in evidence:
        triples += write_report(one, RULES).count("\n")
    return {"seconds": process_time() - start, "triples": triples}


def bare_load(evidence: list[Evidence]) -> Result:
    """pyoxigraph: ready N-Triples text, one load a report, default settings (everything is checked)."""
    return _bare(evidence, lenient=False)


def bare_load_lenient(evidence: list[Evidence]) -> Result:
    """pyoxigraph: the same without checks of IRIs and language tags."""
    return _bare(evidence, lenient=True)


def _bare(evidence: list[Evidence], *, lenient: bool) -> Result:
    import pyoxigraph

    texts = [(one, write_report(one, RULES)) for one in evidence]
    start = process_time()
    store = pyoxigraph.Store()
    for one, text in texts:
        _load(store, one, text, lenient=lenient)
    seconds = process_time() - start
    return {"seconds": seconds, "triples": _count(store)}


def bare_load_at_once(evidence: list[Evidence]) -> Result:
    """pyoxigraph: ready N-Triples text of all reports in one load, default settings."""
    import pyoxigraph

    text = "".join(write_report(one, RULES) for one in evidence)
    start = process_time()
    store = pyoxigraph.Store()
    store.load(text, format=pyoxigraph.RdfFormat.N_TRIPLES)
    seconds = process_time() - start
    return {"seconds": seconds, "triples": _count(store)}


def ours_validated(evidence: list[Evidence]) -> Result:
    """councilgraph: objects to text, every report validated with the fast engine, and loaded."""
    import pyoxigraph

    from councilgraph.validation.fast import FastEngine
    from councilgraph.validation.shapes import read_shapes

    engine = FastEngine(read_shapes(resources.path("ontology", "shapes")))
    engine.validate(b"")  # the shapes are compiled once a build
    violations = 0
    start = process_time()
    store = pyoxigraph.Store()
    for one in evidence:
        text = write_report(one, RULES)
        violations += engine.validate(text.encode()).count("Violation")
        _load(store, one, text, lenient=True)
    seconds = process_time() - start
    _refuse(violations)
    return {"seconds": seconds, "triples": _count(store)}


def _load(store: Any, one: Evidence, text: str, *, lenient: bool) -> None:
    import pyoxigraph

    graph = pyoxigraph.NamedNode(IRIS.graph("report", header_of(one).key))
    store.load(text, format=pyoxigraph.RdfFormat.N_TRIPLES, to_graph=graph, lenient=lenient)


def _count(store: Any) -> int:
    """The number of triples, by a query: the store must be ready to be asked."""
    solutions = store.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", use_default_graph_as_union=True)
    return int(next(iter(solutions))["n"].value)


def _refuse(violations: int) -> None:
    if violations:
        raise SystemExit(
            f"{violations} violations in generated reports: the shapes or the writer have changed"
        )


SIDES: dict[str, Callable[[list[Evidence]], Result]] = {
    side.__name__: side
    for side in (
        ours,
        ours_text_only,
        bare_load,
        bare_load_lenient,
        bare_load_at_once,
        rdflib_add,
        rdflib_add_cached,
        ours_validated,
        rdflib_pyshacl,
        rdflib_pyshacl_tuned,
    )
}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
