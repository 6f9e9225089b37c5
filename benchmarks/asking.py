"""The stored queries at about 100,000, 1,000,000 and 10,000,000 triples, and the same on other engines.

All sides of a size stand ready at once, each a process of its own (``queries``), and each query is
asked of all of them in turn; at ten million triples, where that takes longest and no side is divided
by another, they are asked at the same time, each on a core of its own. What a side answers slower
than the limit counts as the limit.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from benchmarks.asked import rows
from benchmarks.asked_section import section
from benchmarks.asker import Answer, Asker
from benchmarks.measure import NotMeasuredError, Options
from benchmarks.queries import stored
from benchmarks.servers import ENGINES, Server, ServerError
from benchmarks.stores import Built, built, served

__all__ = ["NAME", "measure", "rows", "section"]

NAME = "queries"
# Full reports, of about 10,700 triples each, beside tables of 25,000.
REPORTS = {"small": 7, "middle": 92, "large": 930}
QUICK = {"small": 2, "middle": 4, "large": 2}
SIDES = {
    "small": ("memory", "disk", "rdflib"),
    "middle": ("memory", "disk", "package", *ENGINES),
    "large": ("memory", "disk"),
}
# Seconds for one run: of rdflib, which needs minutes for many; on disk at ten million triples, where
# many need more than the two seconds that are judged; of a server; and of all else.
RDFLIB, DISK, SERVER, LIMIT, QUICK_LIMIT = 20.0, 5.0, 10.0, 30.0, 0.2
SHARED = 2  # processes of rdflib, each with a part of the queries: half an hour otherwise


def measure(work: Path, options: Options) -> dict[str, Any]:
    """Rows and milliseconds of each stored query by size and side.

    Raises:
        NotMeasuredError: no store of any size could be built.
    """
    found: dict[str, Any] = {}
    for size, reports in (QUICK if options.quick else REPORTS).items():
        try:
            with built(work / size, reports, options.seed) as store:
                found[size] = _of(size, store, work, options)
        except NotMeasuredError as error:
            found[size] = {"reports": reports, "reason": str(error)}
    if not any("sides" in one for one in found.values()):
        raise NotMeasuredError(found["small"]["reason"])
    return found


def _of(size: str, store: Built, work: Path, options: Options) -> dict[str, Any]:
    """All sides of one size; a server that is not to be had is told of, and the others stay."""
    names, repetitions = list(stored()), 1 if options.quick else options.repetitions
    sides: dict[str, dict[str, Any]] = {name: {} for name in SIDES[size]}
    limits = {name: _limit(size, name, options) for name in sides}
    label = f"{store.triples:,} triples"
    with ExitStack() as stack:
        askers: dict[str, Asker] = {}
        for name in sides:
            if name == "rdflib":
                continue
            try:
                server = stack.enter_context(served(name, work / name, store)) if name in ENGINES else None
            except NotMeasuredError as error:
                sides[name] = {"reason": str(error)}
                continue
            askers[name] = one = _asker(name, store, limits[name], server)
            stack.callback(one.end)
        groups = [{name: one} for name, one in askers.items()] if size == "large" else [askers]
        with ThreadPoolExecutor(len(groups)) as pool:
            for found in pool.map(lambda group: in_turn(group, names, repetitions, label), groups):
                for name, answers in found.items():
                    sides[name] = {"limit": limits[name], "queries": answers}
    if limit := limits.get("rdflib"):
        answers = shared(lambda: _asker("rdflib", store, limit), names, repetitions, SHARED)
        sides["rdflib"] = {"limit": limit, "queries": answers}
    return {"reports": store.reports, "triples": store.triples, "sides": sides}


def _limit(size: str, side: str, options: Options) -> float:
    if side == "rdflib":
        return QUICK_LIMIT if options.quick else RDFLIB
    if side in ENGINES:
        return SERVER
    return DISK if (size, side) == ("large", "disk") else LIMIT


def _asker(side: str, store: Built, limit: float, server: Server | None = None) -> Asker:
    if server:
        address = ("http", str(store.place), server.place)
        return Asker("benchmarks.queries", *address, limit=limit, afresh=lambda: _restart(server))
    # The engine cannot be interrupted, so its process is killed; rdflib, whose graph takes long to
    # read, interrupts itself, by the clock of the processor.
    patience = 4 * limit + 60 if side == "rdflib" else limit
    return Asker("benchmarks.queries", side, str(store.place), limit=limit, patience=patience)


def _restart(server: Server) -> None:
    try:
        server.stop()
        server.start()
    except ServerError as error:  # the queries that follow say that nobody answers
        print(error, file=sys.stderr)


def in_turn(
    askers: Mapping[str, Asker], names: Iterable[str], repetitions: int, label: str
) -> dict[str, dict[str, Answer]]:
    """Each query of all sides, one after the other."""
    found: dict[str, dict[str, Answer]] = {side: {} for side in askers}
    for name in names:
        for side, asker in askers.items():
            found[side][name] = asker.ask({"query": name, "repetitions": repetitions})
        told = ", ".join(f"{side} {answers[name].get('ms', '-')}" for side, answers in found.items())
        print(f"{label}, {name}, ms: {told}", file=sys.stderr, flush=True)
    return found


def shared(
    make: Callable[[], Asker], names: Sequence[str], repetitions: int, processes: int
) -> dict[str, Answer]:
    """The queries shared out among processes of one side, whose clock is the processor's."""
    left: SimpleQueue[str] = SimpleQueue()
    for name in names:
        left.put(name)
    found: dict[str, Answer] = {}

    def work(_: int) -> None:
        asker = make()
        try:
            while True:
                name = left.get_nowait()
                found[name] = asker.ask({"query": name, "repetitions": repetitions})
                print(f"{name}, ms: {found[name].get('ms', '-')}", file=sys.stderr, flush=True)
        except Empty:
            return
        finally:
            asker.end()

    with ThreadPoolExecutor(processes) as pool:
        list(pool.map(work, range(processes)))
    return {name: found[name] for name in names}
