"""What was drawn last, kept within a number of bytes: drawing again costs more than keeping."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from councilgraph.errors import StoreError

T = TypeVar("T")


class Kept(Generic[T]):
    """Things by their key, the last used ones within ``most`` bytes; safe to share between threads.

    ``size`` tells the bytes of one. No more than ``at_once`` are made at a time and ``waiting``
    more wait for their turn: a hundred readers who ask for a hundred large drawings would
    otherwise take all memory, and every thread from those who ask for a page.
    """

    def __init__(self, most: int, size: Callable[[T], int], at_once: int = 2, waiting: int = 12) -> None:
        self.most, self.size, self.held = most, size, 0
        self._turns = threading.BoundedSemaphore(at_once + waiting)
        self._things: OrderedDict[Hashable, T] = OrderedDict()
        self._lock = threading.Lock()
        self._making = threading.BoundedSemaphore(at_once)

    def of(self, key: Hashable, make: Callable[[], T]) -> T:
        """The thing of that key, made if it is not there; what ``make`` raises is not kept.

        Raises:
            StoreError: too many wait already.
        """
        found = self._get(key)
        if found is not None:
            return found
        if not self._turns.acquire(blocking=False):
            raise StoreError(
                "Too many pictures are being drawn just now.", cure="Try again in half a minute."
            )
        try:
            with self._making:
                # Somebody who waited here may find that another has made it meanwhile.
                found = self._get(key)
                if found is None:
                    found = make()
                    self._put(key, found)
        finally:
            self._turns.release()
        return found

    def _get(self, key: Hashable) -> T | None:
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return self._things[key]
        return None

    def _put(self, key: Hashable, thing: T) -> None:
        size = self.size(thing)
        if size > self.most // 4:
            return  # one must not drive out all others
        with self._lock:
            self._things[key] = thing
            self.held += size
            while self.held > self.most:
                self.held -= self.size(self._things.popitem(last=False)[1])
