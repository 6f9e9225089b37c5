"""The process in which queries of strangers run. Started by `councilgraph.service.process`.

It opens one build for reading and then answers one query after the other, from standard
input to standard output. It trusts its input in nothing but the form of the frames.
"""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from typing import IO, Any, BinaryIO, cast

import pyoxigraph

from councilgraph.service import frames, sealing
from councilgraph.service.clauses import asks_others, check_others, names_its_graphs, no_others
from councilgraph.service.counting import row_counter
from councilgraph.service.failures import RefusedError
from councilgraph.service.forms import GRAPHS, TABLES
from councilgraph.terms import PREFIXES

PIECE = 64 * 1024  # bytes of an answer in one frame


class _LimitError(Exception):
    """The answer is larger or longer than it may be."""


class _Refusal(Exception):
    """The query is not run, or has no answer; ``error`` names the reason to the pool."""

    def __init__(self, error: str, what: str, cure: str = "") -> None:
        super().__init__(what)
        self.error, self.what, self.cure = error, what, cure


class _Sink(io.RawIOBase):
    """Takes an answer in small writes, sends it in larger frames, and stops at its limits.

    ``reached`` names the limit that stopped it: the engine wraps the error of a stream in
    errors of its own.
    """

    def __init__(self, out: BinaryIO, size: int, rows: int) -> None:
        self._out, self._left, self._rows, self._held = out, size, rows, bytearray()
        self.count: Callable[[bytes], int] | None = None
        self.reached = ""

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: Any) -> int:
        """Take some bytes."""
        length = len(data)
        self._left -= length
        if self._left < 0:
            self.reached = "size"
        elif self.count is not None and self.count(bytes(data)) > self._rows:
            self.reached = "rows"
        if self.reached:
            raise _LimitError
        self._held += data
        if len(self._held) >= PIECE:
            self.pass_on()
        return length

    def pass_on(self) -> None:
        """Send what is held."""
        if self._held:
            frames.send(self._out, frames.DATA, bytes(self._held))
            self._held.clear()


def main() -> None:
    """Open the store that the first argument names and answer until the input ends.

    The argument is JSON: ``graph`` (folder of the database), ``memory`` (bytes that a query
    may take), ``sealed`` (give up connections first).
    """
    options = json.loads(sys.argv[1])
    source, out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a stray word on standard output must not be taken for a frame
    sealed = sealing.seal() if options["sealed"] else False
    sealing.no_dumps()
    store = pyoxigraph.Store.read_only(options["graph"])
    base = sealing.size_of_process()
    sealing.limit_memory(options["memory"])
    frames.send(out, frames.READY, {"sealed": sealed})
    while (asked := frames.receive(source)) is not None:
        question = json.loads(asked[1])
        sealing.limit_processor_time(question["seconds"] + 1)
        answer(store, question, sealed, out)
        now = sealing.size_of_process()
        # Memory that is not given back would be missing to the next query.
        fit = base is None or now is None or now - base < options["memory"] // 4
        frames.send(out, frames.END, {"fit": fit})


def answer(store: pyoxigraph.Store, question: dict[str, Any], sealed: bool, out: BinaryIO) -> None:
    """Send head and data of one answer, or a failure.

    ``question``: ``query``, ``default_graphs`` and ``named_graphs`` (lists of IRIs or None),
    ``forms`` (kind of answer to the name of its form), ``size`` (bytes), ``rows``, ``hosts``
    (that SERVICE may name), ``seconds``.
    """
    sink = _Sink(out, question["size"], question["rows"])
    try:
        _check_services(question["query"], question["hosts"], sealed)
        _run(store, question, sink, out)
        sink.pass_on()
    except BrokenPipeError:
        raise SystemExit(0) from None  # whoever asked has ended
    except Exception as error:
        frames.send(out, frames.FAILED, _failure(error, sink.reached))


def _check_services(query: str, hosts: list[str], sealed: bool) -> None:
    if not asks_others(query, strictly=not sealed):
        return
    if not hosts:
        raise no_others()
    check_others(query, hosts)
    if sealed:
        raise _Refusal("unseal", "")  # to be asked again of a process that has connections


def _run(store: pyoxigraph.Store, question: dict[str, Any], sink: _Sink, out: BinaryIO) -> None:
    query: str = question["query"]
    result = store.query(query, **_dataset(query, question["default_graphs"], question["named_graphs"]))
    kind = (
        "solutions"
        if isinstance(result, pyoxigraph.QuerySolutions)
        else "boolean"
        if isinstance(result, pyoxigraph.QueryBoolean)
        else "graph"
    )
    form = question["forms"][kind]
    frames.send(out, frames.HEAD, {"kind": kind, "form": form})
    stream = cast("IO[bytes]", sink)
    if isinstance(result, pyoxigraph.QueryTriples):
        pyoxigraph.serialize(_once(result), stream, GRAPHS[form], prefixes=PREFIXES)
    else:
        if kind == "solutions":
            sink.count = row_counter(form)
        result.serialize(stream, format=TABLES[form])


def _dataset(query: str, default: list[str] | None, named: list[str] | None) -> dict[str, Any]:
    """What the query is asked of: the protocol's graphs, else its own, else all graphs as one.

    The engine's union of all graphs would silently win over FROM, so it is asked for only
    where the query has none.
    """
    if default is None and named is None:
        return {"use_default_graph_as_union": not names_its_graphs(query)}
    return {
        "default_graph": [_graph(one) for one in default or ()],
        "named_graphs": [_graph(one) for one in named or ()],
    }


def _graph(iri: str) -> pyoxigraph.NamedNode:
    try:
        return pyoxigraph.NamedNode(iri)
    except ValueError:
        raise _Refusal("request", f"{iri!r} is not the IRI of a graph.", "Give a whole IRI.") from None


def _once(triples: pyoxigraph.QueryTriples) -> Iterator[pyoxigraph.Triple]:
    """Each triple once: the union of graphs gives it for each graph that holds it."""
    seen = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            yield triple


def _failure(error: Exception, reached: str) -> dict[str, str]:
    if reached:
        return {"error": reached, "what": "", "cure": ""}
    if isinstance(error, MemoryError):
        return {"error": "memory", "what": "", "cure": ""}
    if isinstance(error, _Refusal):
        return {"error": error.error, "what": error.what, "cure": error.cure}
    if isinstance(error, RefusedError):
        return {"error": "refused", "what": error.what, "cure": error.cure}
    name = "syntax" if isinstance(error, SyntaxError) else "engine"
    return {"error": name, "what": str(error), "cure": ""}


if __name__ == "__main__":
    main()
