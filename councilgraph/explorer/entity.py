"""One thing of the graph: what is said of it, and what points to it, with counts.

Counted and paged by the engine: a polarity has 17,000 findings behind it, a review state
100,000, and a page that read them all would take seconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from councilgraph.explorer.naming import Names, names_of
from councilgraph.terms import RDF

if TYPE_CHECKING:
    from councilgraph.explorer.snapshot import Snapshot

# The engine wants a value that is put in to stand among the results.
_COUNTS = """SELECT ?thing ?by (COUNT(*) AS ?count)
WHERE { GRAPH ?graph { ?subject ?by ?thing } } GROUP BY ?thing ?by"""
# No ORDER BY: sorting 95,000 rows to show a hundred takes seconds. The order of the database stays
# the same as long as the server has the build open; a list that is read across a restart can differ.
_LINKS = """SELECT ?thing ?by ?subject
WHERE { GRAPH ?graph { ?subject ?by ?thing } } OFFSET %d LIMIT %d"""

# Counting 95,000 links takes a tenth of a second, and every page of their list states the count.
_WORTH_KEEPING, _KEPT = 1_000, 500
_HELD = """SELECT ?graph ?class (COUNT(?thing) AS ?count)
WHERE { GRAPH ?graph { ?thing a ?class } } GROUP BY ?graph ?class"""
_SIZE = """SELECT ?graph (COUNT(*) AS ?count)
WHERE { GRAPH ?graph { ?subject ?by ?object } } GROUP BY ?graph"""


@dataclass(frozen=True, slots=True)
class Value:
    """One value: a thing by IRI and name, or text with its language or datatype.

    ``graph`` is the named graph that says so.
    """

    text: str
    iri: str
    language: str
    datatype: str
    graph: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one property says of a thing."""

    property: str
    label: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Pointing:
    """How many things point to this one by one property."""

    property: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing: its name, its classes as (IRI, name), what is said of it, and what points to it.

    ``graphs`` are the named graphs that say something of it, as (IRI, number of statements).
    """

    iri: str
    name: str
    types: tuple[tuple[str, str], ...]
    said: tuple[Said, ...]
    pointing: tuple[Pointing, ...]
    graphs: tuple[tuple[str, int], ...]

    @property
    def links(self) -> int:
        """How many links point here."""
        return sum(one.count for one in self.pointing)


def known(snapshot: Snapshot, iri: str) -> bool:
    """Whether the graph says anything of the thing, or points to it."""
    import pyoxigraph

    try:
        node = pyoxigraph.NamedNode(iri)
    except ValueError:
        return False
    graph = _graph(snapshot)
    said = next(iter(graph.quads_for_pattern(node, None, None, None)), None)
    return said is not None or next(iter(graph.quads_for_pattern(None, None, node, None)), None) is not None


def read(snapshot: Snapshot, iri: str) -> Thing:
    """Everything about a thing but the things that point to it, which ``links`` gives page by page."""
    import pyoxigraph

    names = names_of(snapshot)
    said: dict[str, list[Value]] = {}
    graphs: dict[str, int] = {}
    for quad in _graph(snapshot).quads_for_pattern(pyoxigraph.NamedNode(iri), None, None, None):
        said.setdefault(quad.predicate.value, []).append(_value(quad, names))
        graphs[quad.graph_name.value] = graphs.get(quad.graph_name.value, 0) + 1
    listed = [
        Said(by, names.of(by), tuple(sorted(values, key=lambda one: (one.text.casefold(), one.iri))))
        for by, values in said.items()
    ]
    return Thing(
        iri,
        names.of(iri),
        tuple(names.types(iri)),
        # Its class first, then by the name of the property, as people look for it.
        tuple(sorted(listed, key=lambda one: (one.property != RDF + "type", one.label.casefold()))),
        tuple(pointing(snapshot, iri)),
        tuple(sorted(graphs.items())),
    )


def pointing(snapshot: Snapshot, iri: str) -> list[Pointing]:
    """How many things point to this one, by property, the most first."""
    counted: dict[str, list[Pointing]] = snapshot.once("pointing", lambda _: {})
    if iri in counted:
        return counted[iri]
    names = names_of(snapshot)
    rows = _select(snapshot, _COUNTS, iri)
    found = [Pointing(row["by"].value, names.of(row["by"].value), int(row["count"].value)) for row in rows]
    found.sort(key=lambda one: (-one.count, one.label.casefold()))
    if sum(one.count for one in found) > _WORTH_KEEPING:
        if len(counted) >= _KEPT:
            counted.clear()
        counted[iri] = found
    return found


def links(
    snapshot: Snapshot, iri: str, by: str | None = None, *, start: int = 0, most: int = 100
) -> list[tuple[str, str]]:
    """Things that point to this one: IRI and property, at most so many from place ``start`` on.

    The order is the same as long as the snapshot is open.
    """
    rows = _select(snapshot, _LINKS % (start, most), iri, by)
    return [(row["subject"].value, row["by"].value) for row in rows]


def graph_counts(snapshot: Snapshot, iri: str) -> tuple[int, list[tuple[str, int]]]:
    """How many statements a named graph holds, and how many things of each class, the most first.

    0 and nothing where there is no such graph.
    """
    import pyoxigraph

    try:
        given = {pyoxigraph.Variable("graph"): pyoxigraph.NamedNode(iri)}
    except ValueError:
        return 0, []
    sizes = _graph(snapshot).query(_SIZE, substitutions=given)
    held = _graph(snapshot).query(_HELD, substitutions=given)
    classes = [(row["class"].value, int(row["count"].value)) for row in held]
    total = sum(int(row["count"].value) for row in sizes)
    return total, sorted(classes, key=lambda one: (-one[1], one[0]))


def _select(snapshot: Snapshot, sparql: str, iri: str, by: str | None = None) -> Iterator[Any]:
    """Rows of a query; the IRIs are handed over as terms, never written into its text."""
    import pyoxigraph

    given = {pyoxigraph.Variable("thing"): pyoxigraph.NamedNode(iri)}
    if by is not None:
        given[pyoxigraph.Variable("by")] = pyoxigraph.NamedNode(by)
    return iter(_graph(snapshot).query(sparql, substitutions=given))


def _value(quad: Any, names: Names) -> Value:
    graph = str(quad.graph_name.value)
    term: Any = quad.object
    if type(term).__name__ == "NamedNode":
        return Value(names.of(term.value), term.value, "", "", graph)
    datatype = term.datatype.value if term.language is None else ""
    return Value(term.value, "", term.language or "", datatype, graph)


def _graph(snapshot: Snapshot) -> Any:
    """The database; every graph of ours has a name and no blank nodes, which its types allow for."""
    return snapshot.graph.store.graph
