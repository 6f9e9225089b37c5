"""A store with evidence of every kind: the mini graph of the stored queries, as a build would hold it.

The invented reports have no strategies, no reviews and one report with a score; what the pages
of statements, themes, bodies, strategies and laws say is tested on this one.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph

from councilgraph.iris import IRIS
from councilgraph.search.index import write_index
from councilgraph.store.embedded import OxigraphReader
from councilgraph.store.newbuild import NewBuild, writing
from tests.conftest import ROOT
from tests.queries.answers import mini_graph


def evidence_store(place: Path) -> Path:
    """Make the store; its manifest tells of one warning and of one result of a shape."""
    store = mini_graph()
    ontology = pyoxigraph.NamedNode(IRIS.graph("ontology"))
    # The mini graph has labels of its own for some concepts; the pages are tested with those in use.
    store.clear_graph(ontology)
    for file in sorted((ROOT / "ontology").glob("*.ttl")) + sorted((ROOT / "ontology/schemes").glob("*.ttl")):
        store.load(path=file, format=pyoxigraph.RdfFormat.TURTLE, to_graph=ontology)
    # In a build every report says itself whose it is; the mini graph says it once, with the scores.
    reports = [graph for graph in store.named_graphs() if "/graph/report/" in graph.value]
    for name in ("assessedCouncil", "publishedMonth"):
        by = pyoxigraph.NamedNode(f"https://w3id.org/councilgraph/def#{name}")
        for quad in list(store.quads_for_pattern(None, by, None, None)):
            for graph in reports:
                if graph.value.rsplit("/", 1)[-1] == quad.subject.value.rsplit("/", 1)[-1]:
                    store.remove(quad)
                    store.add(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, graph))
    with writing(str(place)):
        build = NewBuild(str(place), "mini")
        quads = place / "sources" / "all.nq"
        quads.write_bytes(store.dump(format=pyoxigraph.RdfFormat.N_QUADS) or b"")
        build.load_all([str(quads)])
        assert build.graph is not None
        reader = OxigraphReader(build.graph, str(place))
        write_index(build.search_index, reader.select, sorted(graph.value for graph in reports))
        del reader  # it would keep the database open, which is closed before it is put in force
        build.publish({"councilgraph": "test", "inputs": "", "refused": 1, "sources": list(SOURCES)})
    return place


def source(name: str, **told: object) -> dict[str, object]:
    """A source as a manifest tells it."""
    empty: dict[str, object] = {"documents": [], "cited": [], "bodies": [], "warnings": [], "results": []}
    return {"name": name, "file": "all.nq", **empty, **told}


SOURCES = (
    source("ontology"),
    source(
        "report/EVB-2025-01",
        warnings=[
            {
                "code": "unknown-line",
                "message": "'<script>' is left out.",
                "where": "/home/someone/secret/eastvale.txt:7",
            }
        ],
    ),
    source(
        "report/KNG-2025-03",
        results=[
            {
                "focus": IRIS.thing("judgement", "KNG-2025-03", "equity"),
                "path": None,
                "value": '"5"',
                "component": "MaxInclusiveConstraintComponent",
                "shape": "https://w3id.org/councilgraph/shapes#Judgement-score",
                "severity": "Warning",
                "message": "A score lies outside 1 to 4.",
            }
        ],
    ),
)
