"""Where a picture gets its facts: a graph that was opened, or a snapshot of the explorer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from councilgraph.results.values import Value

Record = dict[str, Value]


class Source(Protocol):
    """What answers stored queries and says what things are called."""

    def records(self, name: str, **parameters: object) -> list[Record]:
        """The rows of a stored query; parameters as a user types them, None left out."""

    def label(self, type: str, value: str) -> str:
        """What the value of a parameter is called: ("region", "west-midlands") gives "West Midlands".

        Raises:
            UsageError: it is unknown or ambiguous.
        """

    def code(self, council: str) -> str:
        """The register code of the council that is meant.

        Raises:
            UsageError: it is unknown or ambiguous.
        """


class GraphSource:
    """A `councilgraph.api.Graph`, or an explorer's snapshot, which keeps its answers."""

    def __init__(self, graph: Any) -> None:
        self._asked = graph
        self._store = getattr(graph, "graph", graph).store
        self._things: dict[tuple[str, str], tuple[str, str]] = {}

    def records(self, name: str, **parameters: object) -> list[Record]:
        """See `Source`."""
        given = {key: value for key, value in parameters.items() if value is not None and value != ""}
        if hasattr(self._asked, "records"):
            rows: list[Record] = self._asked.records(name, **given)
            return rows
        found: list[Record] = self._asked.query(name, **given).records()
        return found

    def label(self, type: str, value: str) -> str:
        """See `Source`."""
        return self._thing(type, value)[1]

    def code(self, council: str) -> str:
        """See `Source`."""
        return self._thing("authority", council)[0].rsplit("/", 1)[-1]

    def _thing(self, type: str, value: str) -> tuple[str, str]:
        """IRI and label; a picture asks for the same thing several times."""
        from councilgraph.parameters import thing_of

        if (type, value) not in self._things:
            thing, label = thing_of(type, value, self._rows)
            self._things[type, value] = thing.value, label
        return self._things[type, value]

    def _rows(self, sparql: str) -> Iterable[tuple[Any, ...]]:
        rows: Iterable[tuple[Any, ...]]
        if hasattr(self._asked, "once"):
            # The names of all councils, regions ...: one list of each for a build, whoever asks.
            rows = self._asked.once(
                f"names: {sparql}", lambda held: tuple(held.graph.store.select(sparql)[1])
            )
        else:
            rows = self._store.select(sparql)[1]
        return rows
