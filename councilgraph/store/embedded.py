"""The embedded store: an Oxigraph database in a folder, read-only for those who ask.

The folder holds builds, each whole, and a file ``CURRENT`` that names the one in force.
A new build is made beside the old one and put in force by replacing that one small file,
which the operating system does in one step: a build that is killed at any moment leaves
the old one whole. The build before stays until the next one, and as long as somebody reads it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from zlib import crc32

import pyoxigraph

from councilgraph.errors import QueryError, StoreError
from councilgraph.store.holding import Hold, hold
from councilgraph.store.watching import watch

TYPE_CHECKING = False  # the import of typing alone would cost a tenth of the start-up time
if TYPE_CHECKING:
    from typing import Any

    Row = tuple[Any, ...]

# Raised when the layout of the folder or the meaning of the manifest changes.
FORMAT = 2
# The digests of a build's files, in the form of sha256sum (see `councilgraph.store.digests`).
SUMS = "SHA256SUMS"
# What the engine says where a file of it is damaged.
_DAMAGE = ("Corruption", "IO error", "No such file")


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
        return names, map(tuple, self._read(solutions))

    def select_stored(self, sparql: str) -> tuple[list[str], Iterator[Row]]:
        """As ``select``, for a stored query, whose answer may be kept with the build."""
        return self.select(sparql)

    def ask(self, sparql: str) -> bool:
        """The answer of an ASK query."""
        return bool(self._run(sparql, pyoxigraph.QueryBoolean, "ASK"))

    def construct(self, sparql: str) -> Iterator[pyoxigraph.Triple]:
        """The triples of a CONSTRUCT or DESCRIBE query, one by one."""
        return self._read(self._run(sparql, pyoxigraph.QueryTriples, "CONSTRUCT or DESCRIBE"))

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
            raise self._failed(error) from None

    def graph_ntriples(self, graph: str) -> bytes:
        """One named graph as N-Triples."""
        try:
            data = self.graph.dump(
                format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=pyoxigraph.NamedNode(graph)
            )
        except (OSError, RuntimeError) as error:
            raise self._failed(error) from None
        return data or b""

    def quads(self) -> Iterator[pyoxigraph.Quad]:
        """Every statement with its graph; the order is the database's own, always the same."""
        return self._read(self.graph.quads_for_pattern(None, None, None, None))

    def _read(self, found: Iterable[Any]) -> Iterator[Any]:
        """What the engine gives, piece by piece: a damaged file is met only where it is read."""
        try:
            yield from found
        except (OSError, RuntimeError) as error:
            raise self._failed(error) from None

    def _failed(self, error: Exception) -> QueryError | StoreError:
        """Why the engine gave no answer: its files are damaged, or the query asks too much."""
        if any(word in str(error) for word in _DAMAGE):
            return damaged(self.place, _first_line(error))
        return QueryError(f"The query could not be run: {error}", where=self.place)

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

    def __init__(self, place: str, build: str, held: Hold | None = None) -> None:
        super().__init__(None, place)
        self.build = build
        self.held = held  # the build is not removed as long as this is there

    @property
    def graph(self) -> pyoxigraph.Store:
        """The database.

        Raises:
            StoreError: it is damaged.
        """
        if self._graph is None:
            try:
                self._graph = pyoxigraph.Store.read_only(os.path.join(self.build, "graph"))
            except (OSError, RuntimeError) as error:
                raise damaged(self.build, _first_line(error)) from None
            watch(self, damaged)
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
        try:
            data = solutions.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
        except (OSError, RuntimeError) as error:
            raise self._failed(error) from None
        if len(data) <= LONGEST_KEPT:
            new = f"{kept}.{os.getpid()}"
            try:
                if not os.path.isdir(os.path.dirname(kept)):
                    os.mkdir(os.path.dirname(kept))  # never the build itself, if it was removed
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
    """Open the build in force and hold it: no later build removes it while it is open.

    Raises:
        StoreError: there is no store, it is damaged, or it was made by another version.
    """
    while True:
        build = current_build(place)
        if build is None:
            raise no_store(place)
        held = hold(build)
        # Between the two lines another build may have been put in force and this one removed.
        if current_build(place) == build and (held is None or held.is_of(build)):
            break
    if not os.path.isdir(os.path.join(build, "graph")):
        raise damaged(build, "its database is not there")
    return EmbeddedStore(place, build, held)


def no_store(place: str) -> StoreError:
    """There is none here yet, or nothing says any more which build is in force."""
    cure = "Run 'councilgraph build' first, or name another store with --store."
    try:
        if os.listdir(os.path.join(place, "builds")):
            cure += " If there was one: 'councilgraph check --repair' puts its last build in force again."
    except OSError:
        pass
    return StoreError("There is no store here yet.", where=os.path.abspath(place), cure=cure)


def _rows(data: bytes) -> tuple[list[str], Iterator[Row]]:
    solutions = pyoxigraph.parse_query_results(data, format=pyoxigraph.QueryResultsFormat.JSON)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return [v.value for v in solutions.variables], (tuple(s) for s in solutions)


def current_build(place: str) -> str | None:
    """The folder of the build in force; None where nothing was ever built.

    Raises:
        StoreError: the store is damaged, or another version of councilgraph made it.
    """
    named = named_build(place)
    if named is None:
        return None
    made_with, name = named
    if made_with != str(FORMAT):
        raise other_format(place, made_with)
    return os.path.join(place, "builds", name)


def named_build(place: str) -> tuple[str, str] | None:
    """What the file CURRENT says: the format of the store, and the name of its build; None without one.

    Raises:
        StoreError: it cannot be read, or names nothing that could be a build.
    """
    try:
        with open(os.path.join(place, "CURRENT"), encoding="ascii") as file:
            made_with, name = file.read().split()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError):
        raise damaged(place, "its file CURRENT cannot be read") from None
    if os.path.basename(name) != name or name.startswith("."):
        raise damaged(place, "its file CURRENT names no build")
    return made_with, name


def read_manifest(build: str) -> dict[str, Any]:
    """The manifest of a build, as it was written: it is compared with its digest.

    Raises:
        StoreError: it is missing or damaged.
    """
    import json  # only who changes or checks a store needs it

    from councilgraph.store.digests import is_as_written

    try:
        with open(os.path.join(build, "manifest.json"), "rb") as file:
            data = file.read()
        manifest = dict(json.loads(data.decode("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise damaged(build, f"its manifest cannot be read: {_first_line(error)}") from None
    if not is_as_written(build, "manifest.json", data):
        raise damaged(build, "its manifest is not as it was written")
    return manifest


def other_format(place: str, made_with: str) -> StoreError:
    """Another version made the store: which one is newer, and what can be done with either."""
    newer = made_with.isdigit() and int(made_with) > FORMAT
    first = "Use the version that made it" if newer else "Run 'councilgraph build' with the same reports"
    return StoreError(
        f"The store was made by another version of councilgraph (format {made_with[:20]}, here {FORMAT}).",
        where=os.path.abspath(place),
        cure=f"{first}, or let 'councilgraph check --repair' make it anew from its N-Quads files; "
        "the old one stays until then"
        + (" ('councilgraph build' with your reports does it too)." if newer else "."),
    )


def damaged(where: str, why: str) -> StoreError:
    """The store is damaged: why, where, and the two ways out."""
    return StoreError(
        f"The store is damaged: {why}.",
        where=where,
        cure="'councilgraph check' says what is damaged, 'councilgraph check --repair' makes the store anew "
        "from its N-Quads files; 'councilgraph build' with your reports does so too.",
    )


def _first_line(error: Exception) -> str:
    """What the engine or the system says, without the full stop at its end."""
    told = str(error.strerror or error) if isinstance(error, OSError) else str(error)
    return " ".join((told or type(error).__name__).split())[:300].rstrip(".")
