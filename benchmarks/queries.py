"""Every stored query over one store: one side, in a process of its own (see ``asker``).

    python -m benchmarks.queries SIDE STORE [ADDRESS]

A query is bound to the same values on every side; its rows are read to the end and counted, so
that sides that answer differently are seen.
"""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pyoxigraph import RdfFormat

from benchmarks.asker import Answer, OverLimitError, answer_orders, timed
from councilgraph import resources
from councilgraph.api import Answer as Table
from councilgraph.api import Graph
from councilgraph.catalogue import EXAMPLES, Catalogue, Query, bind
from councilgraph.parameters import resolve
from councilgraph.store.embedded import open_embedded
from councilgraph.store.endpoint import Endpoint
from councilgraph.store.memory import MemoryStore

AGAIN = 0.5  # seconds after which a limit is told once more to who has passed over it


@dataclass(frozen=True, slots=True)
class Question:
    """A stored query with what is given for its parameters, and the text that comes of it."""

    query: Query
    given: Mapping[str, str]
    text: str

    def count(self, found: Iterable[Any]) -> int:
        """How many rows there are; a graph is a set, and some engines tell a triple twice."""
        return len(set(found)) if self.query.form == "CONSTRUCT" else sum(1 for _ in found)


@dataclass(frozen=True, slots=True)
class Side:
    """``store`` is asked what values mean; ``ask`` gives the number of rows, in so many seconds."""

    store: Any
    ask: Callable[[Question, float], int]


def memory(place: str, _: str) -> Side:
    """pyoxigraph in memory, the text alone: how exports and pages ask."""
    return _bare(MemoryStore(open_embedded(place)))


def disk(place: str, _: str) -> Side:
    """pyoxigraph on disk, the text alone: how the command ``query`` asks what it was not asked before."""
    return _bare(open_embedded(place))


def _bare(store: Any) -> Side:
    return Side(store, lambda question, _: question.count(store.query(question.text)))


def package(place: str, _: str) -> Side:
    """The Python interface over a store in memory: a name and words in, records or triples out."""
    store = MemoryStore(open_embedded(place))
    graph = Graph(store)

    def ask(question: Question, _: float) -> int:
        answer = graph.ask(question.query.id or question.query.name, question.given)
        return len(answer.records()) if isinstance(answer, Table) else question.count(answer.triples)

    return Side(store, ask)


def rdflib(place: str, _: str) -> Side:
    """rdflib: one flat graph in memory (a Dataset is slower), each text parsed at each call."""
    import rdflib as library

    store = open_embedded(place)
    graph = library.Graph()
    triples = store.query("CONSTRUCT WHERE { ?s ?p ?o }").serialize(format=RdfFormat.N_TRIPLES)
    graph.parse(data=triples, format="nt")

    def ask(question: Question, limit: float) -> int:
        with within(limit):
            return question.count(graph.query(question.text))

    return Side(store, ask)


def http(place: str, address: str) -> Side:
    """A server, by the client of the package; ``address`` is that of its queries."""
    server = Endpoint(address)

    def ask(question: Question, _: float) -> int:
        if question.query.form == "CONSTRUCT":
            return question.count(server.construct(question.text))
        return question.count(server.select_stored(question.text)[1])

    return Side(open_embedded(place), ask)


@contextlib.contextmanager
def within(seconds: float) -> Iterator[None]:
    """What is done here takes no more of the processor: Python is interrupted, an engine is not.

    Raises:
        OverLimitError: it would have.
    """

    def stop(*_: object) -> None:
        raise OverLimitError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


SIDES: dict[str, Callable[[str, str], Side]] = {
    side.__name__: side for side in (memory, disk, package, rdflib, http)
}


def stored() -> dict[str, Query]:
    """The stored queries about our own data, by kind and id."""
    found = Catalogue(resources.path("queries"))
    return {f"{one.kind} {one.id or one.name}": one for one in found if one.kind != "link"}


def main(arguments: list[str]) -> int:
    """Answer orders: ``query``, ``repetitions`` and ``limit``."""
    name, place, address = (*arguments, "")[:3]
    side, queries = SIDES[name](place, address), stored()

    def work(order: Answer) -> Answer:
        query = queries[order["query"]]
        given = {one.name: EXAMPLES[one.type] for one in query.parameters if one.required}
        terms, limit = resolve(query, given, lambda text: side.store.select(text)[1])
        question = Question(query, given, bind(query, terms, limit))
        return timed(lambda: side.ask(question, order["limit"]), order)

    return answer_orders({"queries": list(queries)}, work)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
