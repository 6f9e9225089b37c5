"""Every job of a build, on every core."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from councilgraph.build.reports import Job, Refusal, Workshop
from councilgraph.build.sources import Source
from councilgraph.errors import CouncilgraphError

# More than this many reports waiting for a worker would only fill the memory.
WAITING_PER_WORKER = 4
# Below this many reports, starting workers costs more than they save.
WORTH_WORKERS = 8


def do_all(workshop: Workshop, jobs: Sequence[Job], workers: int) -> Iterator[Source | Refusal]:
    """Every job's outcome, as they come; the order is that of finishing."""
    if workers <= 1 or len(jobs) < WORTH_WORKERS:
        yield from map(workshop.do, jobs)
        return
    starting = (workshop, os.getpid())
    with told_when_killed(), ProcessPoolExecutor(workers, initializer=_start, initargs=starting) as pool:
        waiting: set[Future[Source | Refusal]] = set()
        try:
            for job in jobs:
                waiting.add(pool.submit(_do, job))
                if len(waiting) >= workers * WAITING_PER_WORKER:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in done)
            for future in waiting:
                yield future.result()
        finally:
            pool.shutdown(cancel_futures=True)


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
    """Say what it means that a worker was ended from outside.

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
