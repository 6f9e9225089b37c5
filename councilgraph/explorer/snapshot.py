"""One build of the store, open for reading: what every page of a request is made from."""

from __future__ import annotations

import logging
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import pyoxigraph

from councilgraph.api import Graph
from councilgraph.errors import CouncilgraphError, UsageError
from councilgraph.explorer.changed import earlier
from councilgraph.explorer.page import Table
from councilgraph.results.values import Value
from councilgraph.store import is_address
from councilgraph.store.embedded import EmbeddedStore, current_build, open_embedded
from councilgraph.store.memory import in_memory
from councilgraph.terms import DCTERMS, RDFS, SKOS

T = TypeVar("T")

# Answers kept in memory, counted in cells; a cell takes about a hundred bytes.
MOST_CELLS = 1_000_000
_LABELS = [pyoxigraph.NamedNode(one) for one in (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title")]


class Snapshot:
    """One build, immutable; safe to share between threads.

    ``version`` is the key of the build: a page that was made from it never changes. ``earlier``
    is the build that it is compared with, None where there is none.
    """

    def __init__(
        self,
        store: EmbeddedStore,
        queries: str | None = None,
        *,
        memory: bool = True,
        previous: str | None = None,
    ) -> None:
        self.version = os.path.basename(store.build)
        self.build = store.build
        self.earlier = earlier(store.build, previous)
        self.manifest: dict[str, Any] = store.manifest()
        held = _ReadOnly(store.place, store.build, store.held)
        if memory:
            held.keep(in_memory(store, self.manifest))
        self.graph = Graph(held, queries)
        self._answers: OrderedDict[object, Table] = OrderedDict()
        self._cells = 0
        self._once: dict[str, Any] = {}
        self._lock = threading.RLock()
        assert self.graph.store.graph is not None  # a damaged database is found now, not at the first page

    def table(self, name: str, **parameters: object) -> Table:
        """The answer of a stored query; parameters as on the command line, None and "" left out.

        Raises:
            UsageError: no such query or parameter, or an unknown value.
        """
        given = {k: str(v) for k, v in parameters.items() if v is not None and v != ""}
        key = (name, tuple(sorted(given.items())))
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                return self._answers[key]
        answer = self.graph.query(name, **given)
        table = Table(self.graph.catalogue.get(name).name, answer.title, answer.columns, tuple(answer.rows))
        self._keep(key, table)
        return table

    def records(self, name: str, **parameters: object) -> list[dict[str, Value]]:
        """As ``table``, one dictionary a row: column name to value, None where nothing was found."""
        return self.table(name, **parameters).records()

    def once(self, name: str, make: Callable[[Snapshot], T]) -> T:
        """What ``make`` gives, made once for this build; for what many pages look up.

        Only for what no visitor's input goes into: it is kept as long as the snapshot.
        """
        with self._lock:
            if name not in self._once:
                self._once[name] = make(self)
            found: T = self._once[name]
            return found

    def forget(self) -> None:
        """Let go of the answers that are kept; what is asked next costs what it cost at first."""
        with self._lock:
            self._answers.clear()
            self._cells = 0

    def label(self, iri: str) -> str:
        """What a thing is called; the last part of its IRI where nothing says it."""
        graph: pyoxigraph.Store = self.graph.store.graph
        try:
            thing = pyoxigraph.NamedNode(iri)
        except ValueError:
            return iri
        for by in _LABELS:
            names = sorted(
                str(getattr(quad.object, "value", ""))
                for quad in graph.quads_for_pattern(thing, by, None, None)
            )
            if names:
                return str(names[0])
        return iri.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]

    def has(self, iri: str) -> bool:
        """Is anything said of that thing?"""
        graph: pyoxigraph.Store = self.graph.store.graph
        try:
            thing = pyoxigraph.NamedNode(iri)
        except ValueError:
            return False
        return next(iter(graph.quads_for_pattern(thing, None, None, None)), None) is not None

    def _keep(self, key: object, table: Table) -> None:
        cells = _cells(table)
        if cells > MOST_CELLS // 4:
            return  # one answer must not drive out all others
        with self._lock:
            if key in self._answers:
                return
            self._answers[key] = table
            self._cells += cells
            while self._cells > MOST_CELLS:
                _, old = self._answers.popitem(last=False)
                self._cells -= _cells(old)


class Snapshots:
    """The build in force, opened anew when another one has taken its place.

    A request asks once for ``current`` and keeps to what it got. With ``memory`` the build is
    copied into memory, where queries take a fifth to an eighth of the time; that takes four
    seconds and 350 MB for a million statements, so a new build is read beside the old one,
    which answers until then. ``warm`` is run on it before it answers. ``previous`` is the place
    of an earlier build to compare with: None for the build before, "" for none.
    """

    def __init__(
        self,
        place: str,
        queries: str | None = None,
        *,
        memory: bool = True,
        warm: Callable[[Snapshot], None] | None = None,
        previous: str | None = None,
    ) -> None:
        if is_address(place):
            raise UsageError(
                "The explorer reads a store folder, not an endpoint.",
                where=place,
                cure="Name a folder that 'councilgraph build' made with --store.",
            )
        self.place, self.memory, self._queries = place, memory, queries
        self._lock = threading.Lock()
        self._held: Snapshot | None = None
        self._reading: threading.Thread | None = None
        self._warm = warm
        self._previous = previous

    def current(self) -> Snapshot:
        """The snapshot of the build in force.

        Raises:
            StoreError: there is no store, or it cannot be read.
        """
        held = self._held
        if held is None:
            with self._lock:
                if self._held is None:
                    self._held = self._open()
                return self._held
        build = current_build(self.place)
        if build is not None and build != held.build:
            self._read_anew()
            return self._held or held
        return held

    def _open(self) -> Snapshot:
        store = open_embedded(self.place)
        made = Snapshot(store, self._queries, memory=self.memory, previous=self._previous)
        if self._warm and self.memory:
            self._warm(made)
        return made

    def _read_anew(self) -> None:
        with self._lock:
            if self._reading is not None and self._reading.is_alive():
                return
            if not self.memory:
                self._held = self._open()
                return
            self._reading = threading.Thread(target=self._replace, name="new build", daemon=True)
            self._reading.start()

    def _replace(self) -> None:
        try:
            self._held = self._open()
        except CouncilgraphError as error:
            # The old build answers on; the next request tries again.
            logging.getLogger("councilgraph.explorer").error("The new build cannot be read: %s", error)


class _ReadOnly(EmbeddedStore):
    """A build whose folder is never written to.

    The command line keeps answers beside the build; visitors could fill the disk that way,
    with one answer for every number they can think of.
    """

    def select_stored(self, sparql: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """As ``select``."""
        return self.select(sparql)

    def keep(self, graph: pyoxigraph.Store) -> None:
        """Answer from this copy of the build."""
        self._graph = graph


def _cells(table: Table) -> int:
    return len(table.rows) * max(len(table.columns), 1) + 10
