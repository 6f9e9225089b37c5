"""A thing, a vocabulary or a whole named graph as RDF, for programs that follow an IRI."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any

from councilgraph.explorer import entity
from councilgraph.explorer.naming import names_of
from councilgraph.explorer.negotiation import JSON_LD, N_TRIPLES, TURTLE, Form
from councilgraph.iris import BASE, IRIS
from councilgraph.notice import LICENCE
from councilgraph.results.graph import PREFIXES
from councilgraph.terms import DCTERMS, FOAF, RDF, RDFS, SKOS
from councilgraph.writing.catalog import VOID

if TYPE_CHECKING:
    import pyoxigraph

    from councilgraph.explorer.snapshot import Snapshot

FORMS = (TURTLE, JSON_LD, N_TRIPLES)
LINKS = 1_000  # links to a thing in one document; the next page is named in it
IN_MEMORY = 1024 * 1024  # bytes of an answer; a longer one waits on disk until it is sent
_HYDRA = "http://www.w3.org/ns/hydra/core#"
_NAMES = (SKOS + "prefLabel", RDFS + "label")


def of_thing(snapshot: Snapshot, iri: str, document: str, page: int = 1) -> Iterator[pyoxigraph.Triple]:
    """What is said of a thing, one page of the links to it, names of what it names, and the source.

    ``document`` is the address of this description; the links of ``page`` (from 1 on) come with it.
    """
    from pyoxigraph import NamedNode, Triple

    graph: pyoxigraph.Store = snapshot.graph.store.graph
    thing = NamedNode(iri)
    named: set[str] = set()
    for quad in graph.quads_for_pattern(thing, None, None, None):
        yield quad.triple
        if isinstance(quad.object, NamedNode):
            named.add(quad.object.value)
    for subject, by in entity.links(snapshot, iri, start=(page - 1) * LINKS, most=LINKS):
        yield Triple(NamedNode(subject), NamedNode(by), thing)
        named.add(subject)
    for other in sorted(named):
        for by in _NAMES:
            for quad in graph.quads_for_pattern(NamedNode(other), NamedNode(by), None, None):
                yield quad.triple
    yield from _source(snapshot, iri, document, page)


def _source(snapshot: Snapshot, iri: str, document: str, page: int) -> Iterator[pyoxigraph.Triple]:
    """The document itself: what it is about, its licence, and where the links go on."""
    from pyoxigraph import Literal, NamedNode, Triple

    total = sum(one.count for one in entity.pointing(snapshot, iri))
    here = document if page == 1 else f"{document}?page={page}"
    about: list[tuple[str, Any]] = [
        (RDF + "type", NamedNode(FOAF + "Document")),
        (FOAF + "primaryTopic", NamedNode(iri)),
        (DCTERMS + "license", NamedNode(LICENCE)),
        (DCTERMS + "title", Literal(names_of(snapshot).of(iri))),
        (VOID + "inDataset", NamedNode(IRIS.thing("dataset", "councilgraph"))),
        (_HYDRA + "totalItems", Literal(total)),
    ]
    if page * LINKS < total:
        about.append((_HYDRA + "next", NamedNode(f"{document}?page={page + 1}")))
        first, last = (page - 1) * LINKS + 1, page * LINKS
        said = (
            f"Of {total} links to the thing this document holds {first} to {last}; hydra:next names the next."
        )
        about.append((RDFS + "comment", Literal(said)))
    for property, value in about:
        yield Triple(NamedNode(here), NamedNode(property), value)


def pages(snapshot: Snapshot, iri: str) -> int:
    """How many documents the links to a thing fill."""
    total = sum(one.count for one in entity.pointing(snapshot, iri))
    return max(1, -(-total // LINKS))


def of_ontology(snapshot: Snapshot) -> Iterator[pyoxigraph.Triple]:
    """Every class and property of ours, and the ontology that declares them."""
    heads = (BASE + "def#", BASE + "ontology")
    for quad in _named_graph(snapshot, IRIS.graph("ontology")):
        if str(quad.subject.value).startswith(heads):
            yield quad.triple


def of_scheme(snapshot: Snapshot, scheme: str) -> Iterator[pyoxigraph.Triple]:
    """A concept scheme with all its concepts."""
    head = f"{BASE}scheme/{scheme}"
    for quad in _named_graph(snapshot, IRIS.graph("ontology")):
        subject = str(quad.subject.value)
        if subject == head or subject.startswith(head + "/"):
            yield quad.triple


def of_graph(snapshot: Snapshot, graph: str) -> Iterator[pyoxigraph.Triple]:
    """Every statement of a named graph, in the order of the database."""
    return (quad.triple for quad in _named_graph(snapshot, graph))


def written(triples: Iterable[pyoxigraph.Triple], form: Form, *, whole: bool = False) -> IO[bytes]:
    """The triples in a form, as a file to be read from its start and closed by the caller.

    ``whole`` is for named graphs: they are written as they come, since a report's graph is
    in order already and the largest would not fit in memory twice.
    """
    import pyoxigraph

    from councilgraph import results

    out: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
    if whole:
        format = {
            TURTLE: pyoxigraph.RdfFormat.TURTLE,
            JSON_LD: pyoxigraph.RdfFormat.JSON_LD,
            N_TRIPLES: pyoxigraph.RdfFormat.N_TRIPLES,
        }[form]
        prefixes = {name: space for name, space in PREFIXES.items() if name != "id" or form is TURTLE}
        pyoxigraph.serialize(triples, out, format, prefixes=prefixes)
    else:
        name = {TURTLE: "turtle", JSON_LD: "jsonld", N_TRIPLES: "nt"}[form]
        results.write(results.Triples(triples), name, out)  # type: ignore[arg-type]
    out.seek(0)
    return out


def _named_graph(snapshot: Snapshot, graph: str) -> Iterator[Any]:
    from pyoxigraph import NamedNode

    store: pyoxigraph.Store = snapshot.graph.store.graph
    return iter(store.quads_for_pattern(None, None, None, NamedNode(graph)))
