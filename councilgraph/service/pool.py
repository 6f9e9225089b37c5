"""Workers that are kept ready on the build in force, and the queue before them."""

from __future__ import annotations

import tempfile
import threading
import time
import weakref
from typing import IO

from councilgraph.errors import StoreError
from councilgraph.service.failures import BusyError, StoppedError
from councilgraph.service.process import Bounds, NeedsConnections, Question, Worker
from councilgraph.store import is_address
from councilgraph.store.embedded import EmbeddedStore, open_embedded

IN_MEMORY = 256 * 1024  # bytes of an answer that are held in memory; the rest goes to a temporary file
# Answers that are being sent, as a multiple of the largest one: slow readers must not fill the disk.
MOST_HELD = 16


class Answer:
    """An answer that is whole. ``file`` stands at its beginning and is freed with the object."""

    def __init__(self, kind: str, form: str, file: IO[bytes], size: int) -> None:
        self.kind, self.form, self.file, self.size = kind, form, file, size

    def __del__(self) -> None:
        # A client that leaves before its answer is sent leaves the file behind as well.
        self.file.close()


class Ticket:
    """Lets whoever asked end the query: a client that has gone needs no answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self.stopped = False

    def stop(self) -> None:
        """End the query, wherever it stands."""
        with self._lock:
            self.stopped = True
            if self._worker is not None:
                self._worker.kill()

    def hold(self, worker: Worker | None) -> None:
        """The worker that answers now, None when it is done.

        Raises:
            StoppedError: the query was ended before it began.
        """
        with self._lock:
            self._worker = worker
            if self.stopped and worker is not None:
                self._worker = None
                raise StoppedError("The query was ended.")


class Pool:
    """At most ``workers`` queries at a time, and ``queue`` more that wait; the rest is sent away.

    Its methods may be called from any thread; they block.
    """

    def __init__(self, place: str, bounds: Bounds, *, workers: int = 2, queue: int = 64) -> None:
        if is_address(place):
            raise StoreError(
                "This service reads a store folder, not an endpoint.",
                where=place,
                cure="Send your queries to that endpoint.",
            )
        self.place, self.bounds, self.workers, self.queue = place, bounds, workers, queue
        self._changed = threading.Condition()
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._running = 0
        self._waiting = 0
        self._starting = False
        self._answers: weakref.WeakSet[Answer] = weakref.WeakSet()
        self._closed = False

    def answer(self, question: Question, ticket: Ticket | None = None) -> Answer:
        """Run a query to its end.

        Raises:
            BusyError: the queue is full, or the turn did not come in time.
            StoreError: there is no store.
            CouncilgraphError: see `Worker.ask`.
        """
        ticket = ticket or Ticket()
        self._enter(ticket)
        try:
            store = open_embedded(self.place)  # held until it is answered, also where others build
            try:
                return self._ask(self._take(store), question, ticket)
            except NeedsConnections:
                # A process of its own, which ends with the query.
                worker = Worker(store.build, self.bounds, sealed=False, held=store.held)
                return self._ask(worker, question, ticket, keep=False)
        finally:
            self._leave()

    def warm(self) -> None:
        """Start workers until the pool is full, so that nobody waits for them.

        Raises:
            StoreError: there is no store, or it cannot be opened.
        """
        store = open_embedded(self.place)
        while True:
            with self._changed:
                old = self._outdated(store.build)
                enough = self._closed or len(self._idle) + self._running >= self.workers
            _close(old)
            if enough:
                return
            self._put_back(Worker(store.build, self.bounds, held=store.held))

    def warm_beside(self) -> None:
        """As ``warm``, in a thread of its own; an error is left for the next query to meet."""
        with self._changed:
            if self._starting or self._closed:
                return
            self._starting = True

        def start() -> None:
            try:
                self.warm()
            except StoreError:
                pass  # the next query meets it and reports it
            finally:
                with self._changed:
                    self._starting = False

        threading.Thread(target=start, name="sparql-worker-start", daemon=True).start()

    def close(self) -> None:
        """End all workers, also those that answer just now."""
        with self._changed:
            self._closed = True
            idle, self._idle = self._idle, []
            for worker in self._busy:
                worker.kill()  # whoever asked it closes it
            self._changed.notify_all()
        _close(idle)

    def _enter(self, ticket: Ticket) -> None:
        """Wait for a place among those that run."""
        until = time.monotonic() + self.bounds.seconds
        with self._changed:
            held = sum(answer.size for answer in self._answers)
            if self._waiting >= self.queue or held > MOST_HELD * self.bounds.size:
                raise BusyError(self._pause)
            self._waiting += 1
            try:
                while self._running >= self.workers and not self._closed:
                    left = until - time.monotonic()
                    if left <= 0:
                        raise BusyError(self._pause)
                    # Looked at again and again: a client that left must not keep its place.
                    self._changed.wait(min(0.5, left))
                    if ticket.stopped:
                        raise StoppedError("The query was ended.")
                if self._closed:
                    raise StoppedError("The service is ending.")
            finally:
                self._waiting -= 1
            self._running += 1

    def _leave(self) -> None:
        with self._changed:
            self._running -= 1
            self._changed.notify()

    @property
    def _pause(self) -> int:
        return max(1, round(self.bounds.seconds))

    def _take(self, store: EmbeddedStore) -> Worker:
        """A worker on the build: a warm one, or a new one."""
        with self._changed:
            old = self._outdated(store.build)
            worker = self._idle.pop() if self._idle else None
        _close(old)
        return worker or Worker(store.build, self.bounds, held=store.held)

    def _outdated(self, build: str) -> list[Worker]:
        """Takes out the idle workers that are on another build or have ended."""
        old = [worker for worker in self._idle if worker.build != build or not worker.fit]
        self._idle = [worker for worker in self._idle if worker not in old]
        return old

    def _ask(self, worker: Worker, question: Question, ticket: Ticket, *, keep: bool = True) -> Answer:
        file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (freed with the answer)
        with self._changed:
            self._busy.add(worker)
        try:
            ticket.hold(worker)
            said = worker.ask(question, file)
        except BaseException:
            file.close()
            raise
        finally:
            ticket.hold(None)
            with self._changed:
                self._busy.discard(worker)
            if keep and worker.fit:
                self._put_back(worker)
            else:
                worker.close()
                if keep:
                    self.warm_beside()
        size = file.tell()
        file.seek(0)
        answer = Answer(said["kind"], said["form"], file, size)
        with self._changed:
            self._answers.add(answer)
        return answer

    def _put_back(self, worker: Worker) -> None:
        with self._changed:
            if not self._closed and len(self._idle) < self.workers:
                self._idle.append(worker)
                return
        worker.close()


def _close(workers: list[Worker]) -> None:
    for worker in workers:
        worker.close()
