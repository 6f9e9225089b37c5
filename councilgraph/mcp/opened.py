"""The build in force, opened anew when another one has taken its place."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from councilgraph.api import Answer, Graph, Statements
from councilgraph.results.values import Value
from councilgraph.store import is_address, location
from councilgraph.store.embedded import EmbeddedStore, current_build, open_embedded
from councilgraph.version import __version__

# Answers kept in memory, counted in cells of about a hundred bytes.
MOST_CELLS = 500_000
_Key = tuple[str, tuple[tuple[str, str], ...]]


class Opened:
    """A store that is asked for a long time: a folder, whose builds change, or an endpoint.

    Raises:
        StoreError: there is none, or it cannot be read.
    """

    def __init__(self, store: str | None) -> None:
        self._place = location(store)
        self._lock = threading.Lock()
        self._graph: Graph | None = None
        self._build = ""
        self.current()

    def current(self) -> Graph:
        """The graph in force; one answer asks once and keeps to it."""
        with self._lock:
            if is_address(self._place):
                from councilgraph.store.endpoint import Endpoint

                self._graph = self._graph or Graph(Endpoint(self._place))
                return self._graph
            build = current_build(self._place)
            if self._graph is None or build != self._build:
                store = open_embedded(self._place)
                self._graph, self._build = (
                    _Held(_Unwritten(store.place, store.build, store.held)),
                    store.build,
                )
            return self._graph


def version(graph: Graph) -> dict[str, str]:
    """Which software and which build answered."""
    build = getattr(graph.store, "build", "")
    return {"councilgraph": __version__, "build": os.path.basename(build) or graph.store.place}


class _Held(Graph):
    """A build that never changes, so that its newest answers can be kept.

    Who reads a long answer part by part would otherwise wait for the whole of it at each part.
    """

    def __init__(self, store: EmbeddedStore) -> None:
        super().__init__(store)
        self._answers: OrderedDict[_Key, list[tuple[Value, ...]]] = OrderedDict()
        self._lock = threading.Lock()

    def ask(self, name: str, parameters: Mapping[str, str]) -> Answer | Statements:
        """As ``Graph.ask``."""
        query = self.catalogue.get(name)
        key = (query.name, tuple(sorted(parameters.items())))
        with self._lock:
            kept = self._answers.get(key)
            if kept is not None:
                self._answers.move_to_end(key)
                return Answer(query.columns, kept, query.question)
        answer = super().ask(name, parameters)
        if isinstance(answer, Statements):
            return answer
        return Answer(answer.columns, self._keeping(key, answer.rows), answer.title)

    def _keeping(self, key: _Key, rows: Iterable[tuple[Value, ...]]) -> Iterator[tuple[Value, ...]]:
        """The rows as they are read; they are kept when the last of not too many was."""
        seen: list[tuple[Value, ...]] = []
        room = MOST_CELLS
        for row in rows:
            room -= len(row)
            if room > 0:
                seen.append(row)
            yield row
        if room <= 0:
            return
        with self._lock:
            self._answers[key] = seen
            while sum(len(one) * len(one[0]) for one in self._answers.values() if one) > MOST_CELLS:
                self._answers.popitem(last=False)


class _Unwritten(EmbeddedStore):
    """A build beside which no answer is kept.

    A program asks with more values than a person thinks of, and every answer would be a file.
    """

    def select_stored(self, sparql: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
        """As ``select``."""
        return self.select(sparql)
