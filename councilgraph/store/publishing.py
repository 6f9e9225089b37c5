"""New graphs for an endpoint: sent beside the old ones, then put in force by one request.

Whoever asks sees all named graphs as one, those in which new statements are gathered too. So
a staged statement carries another predicate than its own until it is in force: no stored
query matches it. A journal on the server says what has arrived, so that a build that was cut
off, on either side, goes on where it was. The last request moves everything at once.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from councilgraph.errors import StoreError
from councilgraph.iris import IRIS
from councilgraph.store.transport import COMMIT_TIMEOUT
from councilgraph.terms import cg
from councilgraph.writing.ntriples import plain

if TYPE_CHECKING:
    from councilgraph.store.endpoint import Endpoint

# The graph that says what an endpoint holds: a digest for each graph, and the manifest.
CONTENTS = IRIS.graph("provenance", "contents")
JOURNAL = IRIS.graph("staging")
# Private to this module: none of it is ever a statement of the graph.
STAGED = "urn:councilgraph:staged:"
_CHUNK, _BECOMES, _REPLACED, _WRITER = (
    f"<urn:councilgraph:staging:{name}>" for name in ("chunk", "becomes", "replaced", "writer")
)
# Virtuoso 7.2 refuses INSERT DATA of about 5,000 statements, and takes seconds over a literal of
# a megabyte. What is changed here changes what a chunk's number means: raise the form with it.
STATEMENTS, BYTES, PIECE, FORM = 1_000, 200_000, 20_000, 1

Lines = Callable[[], Iterator[str]]
Advance = Callable[[], None]


class Publication:
    """One change of an endpoint. ``graphs`` are read only while they are sent."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._update = endpoint.transport.update
        self._token = secrets.token_hex(8)
        self._wanted: dict[str, tuple[str, int]] = {}

    def run(
        self, graphs: Mapping[str, tuple[str, int, Lines]], gone: Iterable[str], advance: Advance
    ) -> None:
        """Send graphs (IRI to digest, number of statements, lines), then put them in force.

        Raises:
            StoreError: the server cannot be written, or keeps less than it is given.
        """
        self.begin(digest for digest, _, _ in graphs.values())
        todo = list(graphs)
        for _ in range(3):
            for graph in todo:
                self.stage(graph, *graphs[graph])
                advance()
            todo = self.short()
            if not todo:
                return self.commit(gone)
        raise StoreError(
            f"The server does not keep what it is sent: {len(todo)} graphs are not whole.",
            where=f"{self._endpoint.place}, {todo[0]}",
            cure="See that no other build writes there and that its disk has room, then run it again.",
        )

    def begin(self, digests: Iterable[str]) -> None:
        """Take the journal over; what was gathered for another change than this is dropped.

        ``digests`` are those of the graphs that will be sent.

        Raises:
            StoreError: the server keeps its graphs apart; one that was empty shows it only now.
        """
        wanted = {staging_graph(digest) for digest in digests}
        update = self._update
        kinds = " ".join((_BECOMES, _REPLACED, _WRITER))
        update(
            f"DELETE {{ GRAPH <{JOURNAL}> {{ ?a ?kind ?b }} }} WHERE "
            f"{{ GRAPH <{JOURNAL}> {{ ?a ?kind ?b }} VALUES ?kind {{ {kinds} }} }} ;\n"
            f'INSERT DATA {{ GRAPH <{JOURNAL}> {{ <{JOURNAL}> {_WRITER} "{self._token}" }} }}'
        )
        self._endpoint.require_union(f"<{JOURNAL}> {_WRITER} ?token", patient=True)
        self._arrived = self._journal()
        for graph in sorted(self._arrived.keys() - wanted):
            self._forget(graph)

    def stage(self, graph: str, digest: str, statements: int, lines: Lines) -> int:
        """Send a graph's N-Triples lines; how many chunks were sent, 0 where all had arrived.

        Raises:
            StoreError: the server does not answer for longer than it is waited for.
        """
        staged = staging_graph(digest)
        self._wanted[graph] = (staged, statements)
        sent = 0
        for number, chunk in enumerate(_chunks(lines())):
            if number >= self._arrived.get(staged, 0):
                self._update(
                    f"INSERT DATA {{ GRAPH <{staged}> {{\n{chunk}}}\n"
                    f"GRAPH <{JOURNAL}> {{ <{staged}> {_CHUNK} {number} }} }}"
                )
                sent += 1
        return sent

    def short(self) -> list[str]:
        """Graphs of which the server does not hold what was sent; they are to be staged again.

        A server that was killed may have lost what it had acknowledged, and another build may
        have swept the journal.
        """
        rows = self._endpoint.select_patiently(
            f"SELECT ?staged (COUNT(*) AS ?n) WHERE {{ GRAPH <{JOURNAL}> {{ ?staged {_CHUNK} 0 }} "
            "GRAPH ?staged { ?s ?p ?o } } GROUP BY ?staged"
        )
        held = {row[0].value: int(row[1].value) for row in rows}
        short = [g for g, (staged, count) in self._wanted.items() if held.get(staged, 0) != count]
        for graph in short:
            self._forget(self._wanted[graph][0])
        return short

    def commit(self, gone: Iterable[str]) -> None:
        """Put what was staged in force and take ``gone`` out of it, in one request."""
        plan = [f"<{JOURNAL}> {_REPLACED} <{g}> .\n" for g in (*gone, *self._wanted)]
        plan += [f"<{staged}> {_BECOMES} <{g}> .\n" for g, (staged, _) in self._wanted.items()]
        for start in range(0, len(plan), STATEMENTS):
            self._update(
                f"INSERT DATA {{ GRAPH <{JOURNAL}> {{ {''.join(plan[start : start + STATEMENTS])} }} }}"
            )
        # Another build that began meanwhile has put its own name there: then nothing matches.
        mine = f'<{JOURNAL}> {_WRITER} "{self._token}" .'
        self._update(
            "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE "
            f"{{ GRAPH <{JOURNAL}> {{ {mine} <{JOURNAL}> {_REPLACED} ?g }} GRAPH ?g {{ ?s ?p ?o }} }} ;\n"
            "INSERT { GRAPH ?g { ?s ?p ?o } } WHERE "
            f"{{ GRAPH <{JOURNAL}> {{ {mine} ?staged {_BECOMES} ?g }} GRAPH ?staged {{ ?s ?q ?o }} "
            f'BIND(IRI(STRAFTER(STR(?q), "{STAGED}")) AS ?p) }} ;\n'
            "DELETE { GRAPH ?staged { ?s ?q ?o } } WHERE "
            f"{{ GRAPH <{JOURNAL}> {{ {mine} ?staged {_BECOMES} ?g }} GRAPH ?staged {{ ?s ?q ?o }} }} ;\n"
            f"DELETE {{ GRAPH <{JOURNAL}> {{ ?a ?b ?c }} }} WHERE "
            f"{{ GRAPH <{JOURNAL}> {{ {mine} ?a ?b ?c }} }}",
            COMMIT_TIMEOUT,
        )

    def _journal(self) -> dict[str, int]:
        """How many chunks of each staging graph have arrived."""
        rows = self._endpoint.select_patiently(
            f"SELECT ?staged (MAX(?n) AS ?last) WHERE {{ GRAPH <{JOURNAL}> {{ ?staged {_CHUNK} ?n }} }} "
            "GROUP BY ?staged"
        )
        return {row[0].value: int(row[1].value) + 1 for row in rows if row[0] is not None}

    def _forget(self, staged: str) -> None:
        self._update(
            f"DROP SILENT GRAPH <{staged}> ;\n"
            f"DELETE WHERE {{ GRAPH <{JOURNAL}> {{ <{staged}> {_CHUNK} ?n }} }}"
        )
        self._arrived.pop(staged, None)


def staging_graph(digest: str) -> str:
    """Where a graph of that content is gathered: the same content goes to the same place."""
    return IRIS.graph("staging", f"{FORM}-{digest[:40]}")


def contents_lines(digests: Mapping[str, str], manifest: str) -> list[str]:
    """The graph ``CONTENTS``: a digest for each graph, the manifest in pieces."""
    lines = [f'<{graph}> {cg("contentDigest")} "{digest}" .\n' for graph, digest in sorted(digests.items())]
    for n, start in enumerate(range(0, len(manifest), PIECE)):
        piece = plain(manifest[start : start + PIECE])
        lines.append(f"<{CONTENTS}/{n:06}> {cg('manifest')} {piece} .\n")
    return lines


def _chunks(lines: Iterable[str]) -> Iterator[str]:
    """Staged statements in pieces that a server takes in one request."""
    chunk: list[str] = []
    size = 0
    for line in lines:
        subject, predicate, rest = line.split(" ", 2)
        staged = f"{subject} <{STAGED}{predicate[1:]} {rest}"
        if chunk and (len(chunk) == STATEMENTS or size + len(staged) > BYTES):
            yield "".join(chunk)
            chunk, size = [], 0
        chunk.append(staged)
        size += len(staged)
    if chunk:
        yield "".join(chunk)
