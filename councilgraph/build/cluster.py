"""Every job of a build on a Dask cluster: texts are sent, graphs come back.

Workers need councilgraph and nothing else of ours: no shared folder, no data folder, no
store. Only what is needed next is on its way, so the scheduler and this process hold a few
reports each, however many there are.
"""

from __future__ import annotations

import time
import uuid
import warnings
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from distributed import KilledWorker

from councilgraph.build.clusterclient import KEPT, connected, gone, stranger, without
from councilgraph.build.clusterwork import Bench, Done, Stranger, do, identity
from councilgraph.build.reports import Job, Refusal, Sent, Workshop, fatal
from councilgraph.build.sources import Source, SourceFolder
from councilgraph.datafolder import DataFolder
from councilgraph.errors import CouncilgraphError, InputError, StoreError

# More than this many reports on their way to a worker would only fill the scheduler's memory.
WAITING_PER_WORKER = 4
# Seconds without any worker until a build gives up: a nanny starts a worker anew in a few.
PATIENCE = 60
_LOOK = 1.0  # seconds between two looks at whether the cluster is still there


def do_all_on(address: str, workshop: Workshop, jobs: Sequence[Job]) -> Iterator[Source | Refusal]:
    """Every job's outcome, as they come; the order is that of finishing.

    A worker that ends in mid-work is replaced by Dask, which gives its reports to others. A
    report that ends one worker after another is tried once more alone, and then refused.

    Raises:
        UsageError: the address is none. StoreError: there is no
        scheduler or no worker, one of them is another version, or they are gone.
    """
    with connected(address) as client:
        work = _Work(client, address, workshop)
        try:
            suspects: list[Job] = []
            yield from work.outcomes(iter(jobs), suspects, alone=False)
            for job in suspects:
                again: list[Job] = []
                yield from work.outcomes(iter([job]), again, alone=True)
                yield from map(fatal, again)
        finally:
            work.end()


class _Work:
    """The jobs of one build on a cluster."""

    def __init__(self, client: Any, address: str, workshop: Workshop) -> None:
        self._client = client
        self._address = address
        self._workshop = workshop
        self._expected = (identity(), workshop.rules)
        self._token = uuid.uuid4().hex  # two builds may share a cluster
        self._workers = 0
        self._looked = self._seen = time.monotonic()
        self._number = 0
        self._done: SimpleQueue[Any] = SimpleQueue()
        self._greet()

    def outcomes(
        self, jobs: Iterator[Job], suspects: list[Job], *, alone: bool
    ) -> Iterator[Source | Refusal]:
        """Outcomes as they come; ``suspects`` get the jobs that ended one worker after another."""
        waiting: dict[Any, Job] = {}
        left = True
        while left or waiting:
            most = 1 if alone else max(1, self._workers) * WAITING_PER_WORKER
            while left and len(waiting) < most:
                job = next(jobs, None)
                if job is None:
                    left = False
                    break
                sent = self._packed(job)
                if isinstance(sent, Refusal):
                    yield sent
                else:
                    waiting[self._submitted(job, sent)] = job
            for future in self._finished() if waiting else ():
                outcome = self._outcome(future, waiting.pop(future), suspects)
                if outcome is not None:
                    yield outcome

    def end(self) -> None:
        """Take what was laid out for this build from the workers, if they can still be asked."""
        if self._client.status == "running":
            with suppress(Exception):
                self._client.unregister_worker_plugin(self._token)

    def _greet(self) -> None:
        """Meet the workers, and lay out on each what all jobs need.

        Raises: StoreError, as ``do_all_on``.
        """
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise StoreError(
                f"The cluster has had no worker for {PATIENCE} seconds.",
                where=self._address,
                cure=f"Start some with 'dask worker {self._address} --nthreads 1'.",
            ) from None
        try:
            self._judge(self._client.run(identity))
            self._client.register_plugin(Bench(self._token, _alone(self._workshop)), name=self._token)
        except CouncilgraphError:
            raise
        except ImportError as error:
            raise without(self._address, error) from None
        except Exception as error:
            self._alive()
            raise StoreError(
                f"A worker cannot take part: {type(error).__name__}: {error}",
                where=self._address,
                cure=f"Look at the log of the workers. {KEPT}",
            ) from error
        self._look()

    def _judge(self, told: Mapping[str, str]) -> None:
        for worker, theirs in sorted(told.items()):
            if theirs != identity():
                raise stranger(worker, theirs, identity())

    def _packed(self, job: Job) -> Sent | Refusal:
        try:
            contents = {page.path: page.path.read_bytes() for page in job.pages}
        except OSError as error:
            return Refusal(
                job.files,
                InputError(
                    f"The file cannot be read: {error.strerror}.",
                    where=", ".join(job.files),
                    cure="Check that you may read it.",
                ),
            )
        return Sent(contents, self._workshop.reviewed(job))

    def _submitted(self, job: Job, sent: Sent) -> Any:
        self._number += 1
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Sending large graph")  # a printed report has megabytes
            key = f"councilgraph-{self._token}-{self._number}"
            future = self._client.submit(do, self._token, self._expected, job, sent, key=key)
        future.add_done_callback(self._done.put)
        return future

    def _finished(self) -> Iterator[Any]:
        """Those that are done; waits for the first, and looks meanwhile whether there is a cluster."""
        while True:
            if time.monotonic() - self._looked > _LOOK:
                self._look()
            self._alive()
            try:
                yield self._done.get(timeout=_LOOK)
            except Empty:
                continue
            while not self._done.empty():
                yield self._done.get()
            return

    def _outcome(self, future: Any, job: Job, suspects: list[Job]) -> Source | Refusal | None:
        try:
            made: Done | Stranger | Refusal = future.result()
        except KilledWorker:
            suspects.append(job)
            return None
        except CouncilgraphError:
            raise
        except ImportError as error:
            raise without(self._address, error) from None
        except Exception as error:
            self._alive()
            raise StoreError(
                f"A worker failed: {type(error).__name__}: {error}",
                where=", ".join(job.files),
                cure=f"Look at the log of the workers; without --cluster it is built here. {KEPT}",
            ) from error
        finally:
            future.release()
        if isinstance(made, Stranger):
            raise stranger(made.worker, made.identity, " and ".join(self._expected))
        if isinstance(made, Refusal):
            return made
        return self._workshop.keep(made.source, zlib.decompress(made.ntriples).decode("utf-8"))

    def _look(self) -> None:
        """How many workers there are now.

        Raises: StoreError where there has been none for long.
        """
        try:
            self._workers = len(self._client.nthreads())
        except Exception:
            self._alive()
            raise gone(self._address) from None
        self._looked = time.monotonic()
        if self._workers:
            self._seen = self._looked
        elif self._looked - self._seen > PATIENCE:
            raise StoreError(
                f"The cluster has had no worker for {PATIENCE} seconds.",
                where=self._address,
                cure=f"Start workers and build again. {KEPT}",
            )

    def _alive(self) -> None:
        # A client that connects anew has lost its reports: a scheduler keeps nothing of one that is gone.
        if self._client.status != "running":
            raise gone(self._address)


def _alone(workshop: Workshop) -> Workshop:
    """The workshop without what only this machine needs: its sources, its folders, all reviews."""
    data = DataFolder(workshop.data.path)
    data.__dict__["tables"] = workshop.data.tables  # as if read there
    return Workshop(SourceFolder(""), data, workshop.engine, workshop.extractor_name)
