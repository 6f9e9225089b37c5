"""A function over many things on every core, in their order, with little of it in memory."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

from councilgraph.build.pool import die_with_parent, told_when_killed

T = TypeVar("T")
R = TypeVar("R")

# Results that may wait for their turn; with more, a slow reader of them would fill the memory.
_PER_WORKER = 4


def ahead(function: Callable[[T], R], things: Iterable[T], workers: int) -> Iterator[R]:
    """The results in the order of the things, worked out a few ahead of who takes them.

    Raises:
        CouncilgraphError: a worker was ended from outside.
    """
    starting = (os.getpid(),)
    with told_when_killed(), ProcessPoolExecutor(workers, None, die_with_parent, starting) as pool:
        waiting: deque[Future[R]] = deque()
        try:
            for thing in things:
                waiting.append(pool.submit(function, thing))
                if len(waiting) >= workers * _PER_WORKER:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)
