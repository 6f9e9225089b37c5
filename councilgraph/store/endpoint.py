"""A SPARQL 1.1 endpoint as the store, read and written through SPARQLWrapper.

The server must treat all its named graphs as one by default, as Virtuoso does and
``oxigraph serve --union-default-graph`` too; it is asked once, because every answer would
be silently empty otherwise.
"""

from __future__ import annotations

import http.client
import os
import warnings
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit

import pyoxigraph
from SPARQLWrapper import POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed, SPARQLWrapperException

from councilgraph.errors import QueryError, StoreError
from councilgraph.iris import IRIS
from councilgraph.store import without_login
from councilgraph.terms import cg
from councilgraph.version import AGENT
from councilgraph.writing.ntriples import plain

TIMEOUT = 300  # seconds; a bulk insert on a busy server takes long, a hung one must end
# The graph that says what an endpoint holds: a digest for each graph, and the manifest.
CONTENTS = IRIS.graph("provenance", "contents")
BATCH = 2_000  # statements in one INSERT DATA: below the limits of the servers tried


class Endpoint:
    """A store behind an address. Rows come as pyoxigraph terms, as from the embedded store."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.query_address, self.update_address = addresses(place)
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
        """As ``select``: a server's data may change at any time, so no answer is kept."""
        return self.select(sparql)

    def ask(self, sparql: str) -> bool:
        """The answer of an ASK query."""
        self._check()
        return bool(self._results(sparql, pyoxigraph.QueryBoolean, "ASK"))

    def construct(self, sparql: str) -> Iterator[pyoxigraph.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query."""
        self._check()
        data = self._send(sparql, "CONSTRUCT", accept="application/n-triples")
        try:
            return (
                pyoxigraph.Triple(q.subject, q.predicate, q.object)
                for q in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_TRIPLES)
            )
        except SyntaxError as error:
            raise QueryError(f"The endpoint's answer is no N-Triples: {error}", where=self.place) from None

    def manifest(self) -> dict[str, Any]:
        """What the store was made from; empty where nothing was ever built there."""
        import json

        solutions = self._results(
            f"SELECT ?manifest WHERE {{ GRAPH <{CONTENTS}> {{ <{CONTENTS}> {cg('manifest')} ?manifest }} }}",
            pyoxigraph.QuerySolutions,
            "SELECT",
        )
        for row in solutions:
            return dict(json.loads(row[0].value))
        return {}

    def write_manifest(self, manifest: dict[str, Any]) -> None:
        """Replace the manifest."""
        import json

        subject = f"<{CONTENTS}> {cg('manifest')}"
        self._update(f"DELETE WHERE {{ GRAPH <{CONTENTS}> {{ {subject} ?manifest }} }}")
        stored = plain(json.dumps(manifest, ensure_ascii=True))
        self._update(f"INSERT DATA {{ GRAPH <{CONTENTS}> {{ {subject} {stored} }} }}")

    def graph_ntriples(self, graph: str) -> bytes:
        """One named graph as N-Triples."""
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        return self._send(text, "CONSTRUCT", accept="application/n-triples")

    def quads(self) -> Iterator[pyoxigraph.Quad]:
        """Every statement of our graphs, graph by graph."""
        for graph in sorted(self.content_digests()):
            data = self.graph_ntriples(graph)
            for quad in pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_TRIPLES):
                yield pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, pyoxigraph.NamedNode(graph))

    def content_digests(self) -> dict[str, str]:
        """The digest of what was last written to each of our graphs."""
        solutions = self._results(
            f"SELECT ?graph ?digest WHERE {{ GRAPH <{CONTENTS}> "
            f"{{ ?graph {cg('contentDigest')} ?digest }} }}",
            pyoxigraph.QuerySolutions,
            "SELECT",
        )
        return {row[0].value: row[1].value for row in solutions}

    def replace_graph(self, graph: str, ntriples: str, digest: str) -> None:
        """Put a graph's new statements in the place of the old ones, and note its digest.

        The digest is taken back first and noted last, so that a write that was cut off is
        seen and done again the next time.
        """
        mark = f"<{graph}> {cg('contentDigest')}"
        self._update(f"DELETE WHERE {{ GRAPH <{CONTENTS}> {{ {mark} ?digest }} }}")
        self._update(f"DROP SILENT GRAPH <{graph}>")
        if not ntriples:
            return
        lines = ntriples.splitlines(keepends=True)
        for start in range(0, len(lines), BATCH):
            self._update(f"INSERT DATA {{ GRAPH <{graph}> {{\n{''.join(lines[start : start + BATCH])}}} }}")
        self._update(f'INSERT DATA {{ GRAPH <{CONTENTS}> {{ {mark} "{digest}" }} }}')

    def remove_graphs(self, graphs: Iterable[str]) -> None:
        """Remove graphs with all that they hold."""
        for graph in graphs:
            self.replace_graph(graph, "", "")

    def _check(self) -> None:
        """Does the server take all named graphs as one? Asked once."""
        if self._checked:
            return
        some = "?s a ?type"
        named = self._results(f"ASK {{ GRAPH ?g {{ {some} }} }}", pyoxigraph.QueryBoolean, "ASK")
        merged = self._results(f"ASK {{ {some} }}", pyoxigraph.QueryBoolean, "ASK")
        if named and not merged:
            raise StoreError(
                "The endpoint does not take its named graphs as one graph.",
                where=self.place,
                cure="Make the union of all graphs its default ('oxigraph serve --union-default-graph').",
            )
        self._checked = True

    def _results(self, sparql: str, kind: type, name: str) -> Any:
        data = self._send(sparql, "SELECT", accept="application/sparql-results+json")
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

    def _send(self, sparql: str, form: str, accept: str) -> bytes:
        wrapper = self._wrapper(self.query_address)
        wrapper.addCustomHttpHeader("Accept", accept)
        return self._call(wrapper, sparql, form)

    def _update(self, sparql: str) -> None:
        self._call(self._wrapper(self.update_address), sparql, "INSERT")

    def _wrapper(self, address: str) -> SPARQLWrapper:
        wrapper = SPARQLWrapper(address, agent=AGENT)
        wrapper.setMethod(POST)
        wrapper.setTimeout(TIMEOUT)
        user = os.environ.get("COUNCILGRAPH_USER")
        if user:
            wrapper.setHTTPAuth(os.environ.get("COUNCILGRAPH_AUTH", "BASIC").upper())
            wrapper.setCredentials(user, os.environ.get("COUNCILGRAPH_PASSWORD", ""))
        return wrapper

    def _call(self, wrapper: SPARQLWrapper, sparql: str, form: str) -> bytes:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns when its guess at the form fails
            wrapper.setQuery(sparql)
        # SPARQLWrapper guesses the form from the first such word, comments included, and
        # would send a question about "load" to the update address.
        wrapper.queryType = form
        try:
            data: bytes = wrapper.query().response.read()
            return data
        except QueryBadFormed as error:
            raise QueryError(f"The endpoint refuses the query: {_short(error)}", where=self.place) from None
        except http.client.InvalidURL:
            # Its words are a part of the address of a proxy, and that may be the password.
            raise StoreError(
                "The way to the endpoint has an address that cannot be understood.",
                where=self.place,
                cure="Check the variables http_proxy and https_proxy; write a / in a password as %2F.",
            ) from None
        except (SPARQLWrapperException, http.client.HTTPException, URLError, OSError, ValueError) as error:
            raise StoreError(
                f"The endpoint does not answer: {_short(error)}",
                where=self.place,
                cure="Check the address, and that the server runs and may be written to.",
            ) from None


def addresses(place: str) -> tuple[str, str]:
    """The query and the update address of an endpoint.

    A server's bare address means ``/query`` and ``/update`` (Oxigraph); ``.../query`` has
    ``.../update`` beside it; any other address serves both. ``COUNCILGRAPH_UPDATE`` names
    another update address.

    Raises:
        UsageError: one of them has a login in it.
    """
    parts = urlsplit(without_login(place))
    path = parts.path.rstrip("/")
    query = path or "/query"
    update = f"{query.removesuffix('/query')}/update" if query.endswith("/query") else query
    first, second = (
        urlunsplit((parts.scheme, parts.netloc, one, parts.query, "")) for one in (query, update)
    )
    return first, without_login(os.environ.get("COUNCILGRAPH_UPDATE", second))


def _short(error: Exception) -> str:
    text = " ".join(str(getattr(error, "reason", None) or error).split())
    return text if len(text) <= 300 else text[:297] + "..."
