"""A SPARQL 1.1 endpoint as the store, read and written through SPARQLWrapper.

The server must treat all its named graphs as one by default, as Virtuoso does and
``oxigraph serve --union-default-graph`` too; it is asked once, because every answer would
be silently empty otherwise.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import pyoxigraph

from councilgraph.errors import QueryError, StoreError
from councilgraph.store.dialect import portable
from councilgraph.store.engines import refuse
from councilgraph.store.publishing import CONTENTS, Lines, Publication, contents_lines
from councilgraph.store.transport import Transport, addresses
from councilgraph.terms import cg

__all__ = ["CONTENTS", "Endpoint", "addresses"]


class Endpoint:
    """A store behind an address. Rows come as pyoxigraph terms, as from the embedded store."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.transport = Transport(place)
        self._checked = False

    def select(self, sparql: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """The names of the variables, and the rows as tuples of terms or None.

        Raises:
            QueryError: the server refuses the text. StoreError: it does not answer.
        """
        self._check()
        solutions = self._results(sparql, pyoxigraph.QuerySolutions, "SELECT")
        return [v.value for v in solutions.variables], (tuple(s) for s in solutions)

    def select_stored(self, sparql: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """As ``select``: a server's data may change at any time, so no answer is kept.

        Raises:
            QueryError: the server is of a kind that is known to answer this query wrongly.
        """
        self._check()
        refuse(self.transport.engine, sparql, self.place)
        return self.select(portable(sparql))

    def select_patiently(self, sparql: str) -> Iterator[tuple[Any, ...]]:
        """Rows of what a server holds of ours, whatever its default graph; waits while it is away."""
        solutions = self._results(sparql, pyoxigraph.QuerySolutions, "SELECT", patient=True)
        return (tuple(s) for s in solutions)

    def ask(self, sparql: str) -> bool:
        """The answer of an ASK query."""
        self._check()
        return bool(self._results(sparql, pyoxigraph.QueryBoolean, "ASK"))

    def construct(self, sparql: str) -> Iterator[pyoxigraph.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query."""
        self._check()
        refuse(self.transport.engine, sparql, self.place)
        data = self._send(portable(sparql), "CONSTRUCT")
        try:
            return (
                pyoxigraph.Triple(q.subject, q.predicate, q.object)
                for q in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_TRIPLES)
            )
        except SyntaxError as error:
            raise QueryError(f"The endpoint's answer is no N-Triples: {error}", where=self.place) from None

    def manifest(self) -> dict[str, Any]:
        """What the store was made from; empty where nothing was ever built there."""
        rows = self.select_patiently(
            f"SELECT ?part ?text WHERE {{ GRAPH <{CONTENTS}> {{ ?part {cg('manifest')} ?text }} }}"
        )
        text = "".join(text for _, text in sorted((row[0].value, row[1].value) for row in rows))
        return dict(json.loads(text)) if text else {}

    def graph_ntriples(self, graph: str) -> bytes:
        """One named graph as N-Triples."""
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        return self._send(text, "CONSTRUCT")

    def quads(self) -> Iterator[pyoxigraph.Quad]:
        """Every statement of our graphs, graph by graph."""
        for graph in sorted(self.content_digests()):
            data = self.graph_ntriples(graph)
            for quad in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_TRIPLES):
                yield pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, pyoxigraph.NamedNode(graph))

    def content_digests(self) -> dict[str, str]:
        """The digest of what was last written to each of our graphs."""
        rows = self.select_patiently(
            f"SELECT ?graph ?digest WHERE {{ GRAPH <{CONTENTS}> {{ ?graph {cg('contentDigest')} ?digest }} }}"
        )
        return {row[0].value: row[1].value for row in rows}

    def publish(
        self,
        digests: dict[str, str],
        manifest: dict[str, Any],
        changed: dict[str, tuple[int, Lines]],
        advance: Callable[[], None],
    ) -> None:
        """Make the endpoint hold the graphs of ``digests`` and no others, in one step.

        ``changed`` gives, for each graph that it does not hold in that form, the number of its
        statements and its N-Triples lines, which are read while they are sent.

        Raises:
            StoreError: it cannot be written, keeps less than it is given, or another build
            took over. What was in force still is.
        """
        self._check(patient=True)
        gone = sorted(self.content_digests().keys() - digests.keys())
        contents = contents_lines(digests, json.dumps(manifest, ensure_ascii=True))
        digest = hashlib.sha256("".join(contents).encode()).hexdigest()
        graphs = {graph: (digests[graph], *told) for graph, told in changed.items()}
        graphs[CONTENTS] = (digest, len(contents), lambda: iter(contents))
        Publication(self).run(graphs, gone, advance)
        if self.content_digests() != digests:
            raise StoreError(
                "Another build has written to this endpoint meanwhile.",
                where=self.place,
                cure="Wait until it is done, then run yours again.",
            )

    def _check(self, *, patient: bool = False) -> None:
        """Does the server take all named graphs as one? Asked once."""
        if not self._checked:
            self.require_union("?s a ?type", patient=patient)
            self._checked = True

    def require_union(self, pattern: str, *, patient: bool = False) -> None:
        """See that a pattern which matches in a named graph matches without its name too.

        Raises:
            StoreError: it does not: the server keeps its graphs apart.
        """
        kind = pyoxigraph.QueryBoolean
        named = self._results(f"ASK {{ GRAPH ?g {{ {pattern} }} }}", kind, "ASK", patient=patient)
        merged = self._results(f"ASK {{ {pattern} }}", kind, "ASK", patient=patient)
        if named and not merged:
            raise StoreError(
                "The endpoint does not take its named graphs as one graph.",
                where=self.place,
                cure="Make the union of all graphs its default ('oxigraph serve --union-default-graph').",
            )

    def _results(self, sparql: str, kind: type, name: str, *, patient: bool = False) -> Any:
        data = self._send(sparql, "SELECT", "application/sparql-results+json", patient=patient)
        try:
            result = pyoxigraph.parse_query_results(data, format=pyoxigraph.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise QueryError(
                f"The endpoint's answer is no SPARQL result: {error}",
                where=self.place,
                cure="Check that the address is that of a SPARQL 1.1 query endpoint.",
            ) from None
        if not isinstance(result, kind):
            raise QueryError(f"This is no {name} query.", cure="Use the command for that form of query.")
        return result

    def _send(
        self, sparql: str, form: str, accept: str = "application/n-triples", *, patient: bool = False
    ) -> bytes:
        return self.transport.ask(sparql, form, accept, patient=patient)
