"""The rdflib sides: the same triples added one by one, and validated by pySHACL.

The triples are tuples of plain strings before the clock starts, so that nobody pays for parsing.
"""

from __future__ import annotations

from collections.abc import Iterable
from time import process_time
from typing import TYPE_CHECKING, Any

from councilgraph import resources
from councilgraph.model import Evidence
from councilgraph.writing.report import write_report

if TYPE_CHECKING:
    from rdflib import Graph

RULES = "0.0.0+benchmark"
SAMPLE = 3  # reports that pyshacl validates; the rest is in proportion
Row = tuple[str, str, str, str, str]  # subject, predicate, kind of object, object, language or datatype
Result = dict[str, Any]


def rdflib_add(evidence: list[Evidence]) -> Result:
    """rdflib: Graph.add one by one; predicates and datatypes are constants, other terms made at use."""
    from rdflib import Graph

    rows = [row for one in evidence for row in _rows(one)]
    constants = _constants(rows)
    start = process_time()
    graph = Graph()
    _add_all(graph, rows, constants)
    seconds = process_time() - start
    return {"seconds": seconds, "triples": len(graph)}


def rdflib_add_cached(evidence: list[Evidence]) -> Result:
    """rdflib: the same, tuned: every IRI made once and kept, literals not normalised."""
    from rdflib import Graph, Literal, URIRef

    rows = [row for one in evidence for row in _rows(one)]
    start = process_time()
    graph = Graph()
    known: dict[str, URIRef] = {}

    def iri(value: str) -> URIRef:
        if value not in known:
            known[value] = URIRef(value)
        return known[value]

    for subject, predicate, kind, value, more in rows:
        if kind == "iri":
            graph.add((iri(subject), iri(predicate), iri(value)))
        elif kind == "lang":
            graph.add((iri(subject), iri(predicate), Literal(value, lang=more, normalize=False)))
        else:
            datatype = iri(more) if more else None
            graph.add((iri(subject), iri(predicate), Literal(value, datatype=datatype, normalize=False)))
    seconds = process_time() - start
    return {"seconds": seconds, "triples": len(graph)}


def rdflib_pyshacl(evidence: list[Evidence]) -> Result:
    """rdflib and pySHACL: a Graph filled by Graph.add for each report, each validated.

    All graphs are filled; ``SAMPLE`` of them, spread over the set, are validated and that time is
    scaled to all. The shapes are parsed beforehand and the graph is handed over as it is.
    """
    return _pyshacl(evidence, remember=False)


def rdflib_pyshacl_tuned(evidence: list[Evidence]) -> Result:
    """rdflib and pySHACL: the same, each SPARQL constraint parsed once, not once a report.

    It gains little: a report has six such queries, and most of the time goes to ``sh:or`` and ``sh:closed``.
    """
    return _pyshacl(evidence, remember=True)


def _pyshacl(evidence: list[Evidence], *, remember: bool) -> Result:
    import pyshacl
    from rdflib import Graph

    from councilgraph.validation.shapes import read_shapes

    shapes = Graph().parse(data=read_shapes(resources.path("ontology", "shapes")).turtle, format="turtle")
    rows = [_rows(one) for one in evidence]
    constants = _constants(row for report in rows for row in report)
    sample = {n * len(rows) // SAMPLE for n in range(SAMPLE)}
    prepared: dict[str, Any] = {}
    adding = validating = 0.0
    triples = 0
    for n, report in enumerate(rows):
        start = process_time()
        graph = Graph()
        _add_all(graph, report, constants)
        adding += process_time() - start
        triples += len(graph)
        if n in sample:
            if remember:
                _remember_queries(graph, prepared)
            start = process_time()
            pyshacl.validate(graph, shacl_graph=shapes, inplace=True)
            validating += process_time() - start
    scaled = validating * len(rows) / len(sample)
    parts = {"adding": adding, "validating_scaled": scaled, "validating_one": validating / len(sample)}
    return {"seconds": adding + scaled, "triples": triples, "parts": parts}


def _remember_queries(graph: Graph, prepared: dict[str, Any]) -> None:
    from rdflib.plugins.sparql import prepareQuery

    plain = graph.query

    def query(text: Any, *args: Any, **kwargs: Any) -> Any:
        if text not in prepared:
            prepared[text] = prepareQuery(text)
        return plain(prepared[text], *args, **kwargs)

    graph.query = query  # type: ignore[method-assign, assignment]


def _rows(one: Evidence) -> list[Row]:
    """The triples of one report as plain strings."""
    import pyoxigraph

    rows: list[Row] = []
    for triple in pyoxigraph.parse(write_report(one, RULES), format=pyoxigraph.RdfFormat.N_TRIPLES):
        subject, predicate, value = triple.subject.value, triple.predicate.value, triple.object
        if isinstance(value, pyoxigraph.NamedNode):
            rows.append((subject, predicate, "iri", value.value, ""))
        elif value.language:
            rows.append((subject, predicate, "lang", value.value, value.language))
        else:
            plain = value.datatype.value.endswith("#string")
            rows.append((subject, predicate, "typed", value.value, "" if plain else value.datatype.value))
    return rows


def _constants(rows: Iterable[Row]) -> dict[str, Any]:
    """Predicates and datatypes as terms: in hand-written code they are constants of a namespace."""
    from rdflib import URIRef

    names = {name for row in rows for name in (row[1], row[4] if row[2] == "typed" else "")}
    return {"": None, **{name: URIRef(name) for name in names if name}}


def _add_all(graph: Graph, rows: Iterable[Row], constants: dict[str, Any]) -> None:
    from rdflib import Literal, URIRef

    for subject, predicate, kind, value, more in rows:
        if kind == "iri":
            graph.add((URIRef(subject), constants[predicate], URIRef(value)))
        elif kind == "lang":
            graph.add((URIRef(subject), constants[predicate], Literal(value, lang=more)))
        else:
            graph.add((URIRef(subject), constants[predicate], Literal(value, datatype=constants[more])))
