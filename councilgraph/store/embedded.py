"""The embedded store: an Oxigraph database in a folder, read-only for those who ask.

The folder holds builds, each whole, and a file ``CURRENT`` that names the one in force.
A new build is made beside the old one and put in force by replacing that one small file,
which the operating system does in one step: a build that is killed at any moment leaves
the old one whole. The build before stays until the next one, for those who still read it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from zlib import crc32

import pyoxigraph

from councilgraph.errors import QueryError, StoreError

TYPE_CHECKING = False  # the import of typing alone would cost a tenth of the start-up time
if TYPE_CHECKING:
    from typing import Any

    Row = tuple[Any, ...]

# Raised when the layout of the folder or the meaning of the manifest changes.
FORMAT = 1


# A longer answer is not kept: writing and reading it would cost as much as asking again.
LONGEST_KEPT = 1_000_000  # bytes


class OxigraphReader:
    """Queries on an Oxigraph database; ``select`` and ``construct`` stream their results."""

    def __init__(self, graph: pyoxigraph.Store | None, place: str) -> None:
        self._graph = graph
        self.place = place

    @property
    def graph(self) -> pyoxigraph.Store:
        """The database."""
        assert self._graph is not None
        return self._graph

    def select(self, sparql: str) -> tuple[list[str], Iterator[Row]]:
        """The names of the variables, and the rows as tuples of terms or None.

        Raises:
            QueryError: the text is no SPARQL, or no SELECT query.
        """
        solutions = self._run(sparql, pyoxigraph.QuerySolutions, "SELECT")
        names = [v.value for v in solutions.variables]
        return names, (tuple(s) for s in solutions)

    def select_stored(self, sparql: str) -> tuple[list[str], Iterator[Row]]:
        """As ``select``, for a stored query, whose answer may be kept with the build."""
        return self.select(sparql)

    def ask(self, sparql: str) -> bool:
        """The answer of an ASK query."""
        return bool(self._run(sparql, pyoxigraph.QueryBoolean, "ASK"))

    def construct(self, sparql: str) -> pyoxigraph.QueryTriples:
        """The triples of a CONSTRUCT or DESCRIBE query, one by one."""
        triples: pyoxigraph.QueryTriples = self._run(sparql, pyoxigraph.QueryTriples, "CONSTRUCT or DESCRIBE")
        return triples

    def query(self, sparql: str) -> Any:
        """Any query: the engine's own result object.

        Raises:
            QueryError: the text is no SPARQL query.
        """
        try:
            return self.graph.query(sparql, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise QueryError(
                f"The query is not valid SPARQL: {error}",
                cure="Correct the text; 'councilgraph questions' lists queries that work.",
            ) from None
        except (ValueError, OSError, RuntimeError) as error:
            raise QueryError(f"The query could not be run: {error}", where=self.place) from None

    def graph_ntriples(self, graph: str) -> bytes:
        """One named graph as N-Triples."""
        data = self.graph.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.NamedNode(graph))
        return data or b""

    def quads(self) -> Iterator[pyoxigraph.Quad]:
        """Every statement with its graph; the order is the database's own, always the same."""
        return iter(self.graph.quads_for_pattern(None, None, None, None))

    def _run(self, sparql: str, kind: type, name: str) -> Any:
        result = self.query(sparql)
        if not isinstance(result, kind):
            raise QueryError(f"This is no {name} query.", cure="Use the command for that form of query.")
        return result


class EmbeddedStore(OxigraphReader):
    """The build in force of a store folder.

    The database is opened at the first question that needs it. A build never changes, so
    the answer of a stored query is kept beside it, and asked again costs a file's reading.
    """

    def __init__(self, place: str, build: str) -> None:
        super().__init__(None, place)
        self.build = build

    @property
    def graph(self) -> pyoxigraph.Store:
        """The database.

        Raises:
            StoreError: it is damaged.
        """
        if self._graph is None:
            try:
                self._graph = pyoxigraph.Store.read_only(os.path.join(self.build, "graph"))
            except OSError as error:
                raise _damaged(self.build, str(error)) from None
        return self._graph

    def select_stored(self, sparql: str) -> tuple[list[str], Iterator[Row]]:
        """As ``select``; the answer is kept if it is not too long and the folder can be written."""
        # The text stands before its answer, so that two texts with one checksum are told apart
        # without a cryptographic library, whose import would take longer than the answer. The
        # answer's own checksum tells a damaged one: it would be read as a shorter answer.
        text = sparql.encode() + b"\0"
        kept = os.path.join(self.build, "answers", f"{crc32(text):08x}")
        try:
            with open(kept, "rb") as file:
                data = file.read()
            head = len(text) + 8
            if data.startswith(text) and data[len(text) : head] == b"%08x" % crc32(data[head:]):
                return _rows(data[head:])
        except (OSError, SyntaxError, ValueError):
            pass  # not asked before, or damaged: ask
        solutions = self._run(sparql, pyoxigraph.QuerySolutions, "SELECT")
        data = solutions.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
        if len(data) <= LONGEST_KEPT:
            new = f"{kept}.{os.getpid()}"
            try:
                os.makedirs(os.path.dirname(kept), exist_ok=True)
                with open(new, "wb") as file:
                    file.write(text + b"%08x" % crc32(data) + data)
                os.replace(new, kept)
            except OSError:
                pass  # a store that may only be read answers all the same
        return _rows(data)

    def manifest(self) -> dict[str, Any]:
        """What the store was made from (see ``councilgraph.build``)."""
        return read_manifest(self.build)


def open_embedded(place: str) -> EmbeddedStore:
    """Open the build in force.

    Raises:
        StoreError: there is no store, it is damaged, or it was made by another version.
    """
    build = current_build(place)
    if build is None:
        raise StoreError(
            "There is no store here yet.",
            where=os.path.abspath(place),
            cure="Run 'councilgraph build' first, or name another store with --store.",
        )
    if not os.path.isdir(os.path.join(build, "graph")):
        raise _damaged(build, "its database is not there")
    return EmbeddedStore(place, build)


def _rows(data: bytes) -> tuple[list[str], Iterator[Row]]:
    solutions = pyoxigraph.parse_query_results(data, format=pyoxigraph.QueryResultsFormat.JSON)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return [v.value for v in solutions.variables], (tuple(s) for s in solutions)


def current_build(place: str) -> str | None:
    """The folder of the build in force; None where nothing was ever built.

    Raises:
        StoreError: the store is damaged, or another version of councilgraph made it.
    """
    try:
        with open(os.path.join(place, "CURRENT"), encoding="ascii") as file:
            made_with, name = file.read().split()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError):
        raise _damaged(place, "its file CURRENT cannot be read") from None
    if made_with != str(FORMAT):
        raise StoreError(
            f"The store was made by another version of councilgraph (format {made_with}, here {FORMAT}).",
            where=os.path.abspath(place),
            cure="Run 'councilgraph build' again with the same reports; the old one stays until then.",
        )
    if os.path.basename(name) != name or name.startswith("."):
        raise _damaged(place, "its file CURRENT names no build")
    return os.path.join(place, "builds", name)


def read_manifest(build: str) -> dict[str, Any]:
    """The manifest of a build.

    Raises:
        StoreError: it is missing or damaged.
    """
    import json  # only who changes or checks a store needs it

    try:
        with open(os.path.join(build, "manifest.json"), encoding="utf-8") as file:
            return dict(json.load(file))
    except (OSError, ValueError, TypeError) as error:
        raise _damaged(build, str(error)) from None


def _damaged(where: str, why: str) -> StoreError:
    return StoreError(
        f"The store is damaged: {why}.",
        where=where,
        cure="Run 'councilgraph build' again with your reports; it makes the store anew from the files.",
    )
