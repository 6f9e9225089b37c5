"""Every job of a build, on every core."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from councilgraph.build.reports import Job, Refusal, Workshop, fatal
from councilgraph.build.sources import Source
from councilgraph.errors import CouncilgraphError

# More than this many reports waiting for a worker would only fill the memory.
WAITING_PER_WORKER = 4
# Below this many reports, starting workers costs more than they save.
WORTH_WORKERS = 8

Outcomes = Iterator[Source | Refusal]


def do_all(workshop: Workshop, jobs: Sequence[Job], workers: int) -> Outcomes:
    """Every job's outcome, as they come; the order is that of finishing.

    A report that ends its worker is refused, and everything else is done: nobody can tell which
    of those in work it was, so each of them is tried again with a worker of its own.
    """
    if workers <= 1 or len(jobs) < WORTH_WORKERS:
        yield from map(workshop.do, jobs)
        return
    left: Iterator[Job] = iter(jobs)
    while True:
        suspects: list[Job] = []
        yield from _until_broken(workshop, left, workers, suspects)
        if not suspects:
            return
        for job in suspects:
            alone: list[Job] = []
            yield from _until_broken(workshop, iter([job]), 1, alone)
            yield from map(fatal, alone)


def _until_broken(workshop: Workshop, jobs: Iterator[Job], workers: int, suspects: list[Job]) -> Outcomes:
    """The outcomes until a worker ends; ``suspects`` are then the jobs that were in work."""
    with ProcessPoolExecutor(workers, initializer=_start, initargs=(workshop, os.getpid())) as pool:
        waiting: dict[Future[Source | Refusal], Job] = {}
        try:
            for job in jobs:
                try:
                    waiting[pool.submit(_do, job)] = job
                except BrokenProcessPool:
                    suspects.append(job)
                    break
                if len(waiting) >= workers * WAITING_PER_WORKER:
                    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from _finished({future: waiting.pop(future) for future in done}.items(), suspects)
                    if suspects:
                        break
            yield from _finished(waiting.items(), suspects)
        finally:
            pool.shutdown(cancel_futures=True)


def _finished(futures: Iterable[tuple[Future[Source | Refusal], Job]], suspects: list[Job]) -> Outcomes:
    for future, job in futures:
        try:
            yield future.result()
        except BrokenProcessPool:
            suspects.append(job)


_WORKSHOP: list[Workshop] = []  # the one of a worker process


def _start(workshop: Workshop, parent: int) -> None:
    """Set up a worker process."""
    _WORKSHOP.append(workshop)
    die_with_parent(parent)


def _do(job: Job) -> Source | Refusal:
    return _WORKSHOP[-1].do(job)


def die_with_parent(parent: int) -> None:
    """End this worker when its parent is gone.

    A worker whose parent was killed would wait for work for ever, and hold the parent's lock on
    the store as long.
    """
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()


@contextmanager
def told_when_killed() -> Iterator[None]:
    """Say what it means that a worker was ended from outside, where no report is to blame.

    Raises:
        CouncilgraphError: one was.
    """
    try:
        yield
    except BrokenProcessPool:
        raise CouncilgraphError(
            "A worker process was ended from outside; most often the memory had run out.",
            cure="Run it again with fewer workers (--jobs 1). The store in force is as it was.",
        ) from None


def _die_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
