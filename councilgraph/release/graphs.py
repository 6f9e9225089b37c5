"""The named graphs of a release: each as N-Quads in one order, as its source was when it was built."""

from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pyoxigraph

from councilgraph.build.sources import DocumentRef, Source, statements_digest
from councilgraph.errors import StoreError
from councilgraph.iris import IRIS
from councilgraph.model import LoadWarning
from councilgraph.release.folder import Folder
from councilgraph.store.embedded import EmbeddedStore
from councilgraph.terms import OA, cg

_AGAIN = "Run 'councilgraph build' again with your reports, then make the release."
_CATALOG = "catalog"
_TRIPLES = pyoxigraph.NamedNode("http://rdfs.org/ns/void#triples")
_OURS = pyoxigraph.NamedNode(IRIS.thing("dataset", "councilgraph"))
_SELECTORS = IRIS.thing("selector", "")
# Where the words of a report stand, beside its selectors. Names of bodies and titles are facts, and stay.
_WORDS = frozenset(
    pyoxigraph.NamedNode(iri)
    for iri in (f"{OA}hasSelector", *(cg(name).strip("<>") for name in ("counts", "covers", "verdict")))
)


def write_graphs(
    store: Any, sources: Iterable[Source], out: Folder, *, sentences: bool = True
) -> list[Source]:
    """Write ``<name>.nq.gz`` for each source; what the manifest of the release says of them, by name.

    Every statement stands once, the lines in the order of their bytes, so the same graph gives
    the same file whatever store it comes out of. Memory is that of the largest graph.

    Raises:
        StoreError: a file of the store is missing or is not what its manifest says.
    """
    made: list[Source] = []
    # The catalogue counts the statements of all others, so it comes last.
    for source in sorted(sources, key=lambda one: (one.name == _CATALOG, one.name)):
        quads: Iterable[pyoxigraph.Quad] = _quads(store, source)
        if not sentences:
            quads = _wordless(quads) if source.name.startswith("report/") else quads
            if source.name == _CATALOG:
                quads = _counting(quads, sum(one.triples for one in made))
        lines = _sorted_lines(quads)
        name = f"{source.name.replace('/', '_')}.nq.gz"
        # Neither name nor time in the packed file: the same graph, the same bytes.
        with out.open(name) as file, gzip.GzipFile("", "wb", 9, fileobj=file, mtime=0) as packed:
            packed.write(b"".join(lines))
        made.append(_told(source, name, lines, sentences=sentences))
    return sorted(made, key=lambda one: one.name)


def _quads(store: Any, source: Source) -> Iterator[pyoxigraph.Quad]:
    graph = pyoxigraph.NamedNode(source.graph)
    try:
        if isinstance(store, EmbeddedStore):
            quads = pyoxigraph.parse(path=_file(store, source), format=pyoxigraph.RdfFormat.N_QUADS)
        else:
            data = store.graph_ntriples(source.graph)
            if (n := len(set(data.splitlines()) - {b""})) != source.triples:
                raise _not_whole(store, f"the graph {source.name} has {n}, not {source.triples} statements")
            quads = pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_TRIPLES)
        for quad in quads:
            yield pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, graph)
    except (SyntaxError, OSError) as error:
        raise _not_whole(store, f"the graph {source.name} cannot be read ({error})") from None


def _file(store: EmbeddedStore, source: Source) -> str:
    """The N-Quads file that the graph was filled from: the durable form of it."""
    path = os.path.join(store.place, "sources", source.file)
    try:
        whole = statements_digest(path, source.graph) == source.digest
    except FileNotFoundError:
        raise _not_whole(store, f"{source.file} is not there any more") from None
    if not whole:
        raise _not_whole(store, f"{source.file} is not as it was built")
    return path


def _sorted_lines(quads: Iterable[pyoxigraph.Quad]) -> list[bytes]:
    data = pyoxigraph.serialize(quads, format=pyoxigraph.RdfFormat.N_QUADS)
    assert data is not None
    return sorted(set(data.splitlines(keepends=True)))


def _wordless(quads: Iterable[pyoxigraph.Quad]) -> Iterator[pyoxigraph.Quad]:
    """Without selectors, as where a report is not at hand: the place and the digest of a sentence stay."""
    for quad in quads:
        selector = isinstance(quad.subject, pyoxigraph.NamedNode) and quad.subject.value.startswith(
            _SELECTORS
        )
        if not selector and quad.predicate not in _WORDS:
            yield quad


def _counting(quads: Iterable[pyoxigraph.Quad], statements: int) -> Iterator[pyoxigraph.Quad]:
    """The catalogue with the number of statements that the release has."""
    for quad in quads:
        if quad.predicate == _TRIPLES and quad.subject == _OURS:
            yield pyoxigraph.Quad(
                quad.subject, quad.predicate, pyoxigraph.Literal(statements), quad.graph_name
            )
        else:
            yield quad


def _told(source: Source, file: str, lines: list[bytes], *, sentences: bool) -> Source:
    """The source as the manifest of a release tells it: nothing of the machine that it was built on."""
    warnings = [LoadWarning(w.code, w.message, _last(w.where)) for w in source.warnings]
    results = source.results
    if not sentences:  # a message quotes the line that it is about
        warnings = [LoadWarning(w.code, "", w.where) for w in warnings]
        results = tuple(replace(one, value=None) for one in results)
    return replace(
        source,
        file=file,
        digest=source.digest if sentences else hashlib.sha256(b"".join(lines)).hexdigest(),
        triples=len(lines),
        documents=tuple(DocumentRef(d.name, d.name, d.sha256, d.address, d.role) for d in source.documents),
        warnings=tuple(warnings),
        results=results,
    )


def _last(where: str) -> str:
    return where if "://" in where else where.replace("\\", "/").rsplit("/", 1)[-1]


def _not_whole(store: Any, why: str) -> StoreError:
    return StoreError(f"The store is not whole: {why}.", where=os.fspath(store.place), cure=_AGAIN)
