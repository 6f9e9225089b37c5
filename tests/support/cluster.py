"""A Dask scheduler and its workers as processes of their own, on loopback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import PATHS, ROOT

STARTING = 60  # seconds


class Processes:
    """The scheduler, its address, and the workers."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._folder = folder
        self._environment = {**os.environ, "PYTHONPATH": PATHS, **environment}
        self.workers: list[subprocess.Popen[bytes]] = []
        self.nannies: list[subprocess.Popen[bytes]] = []
        told = folder / "scheduler.json"
        self.scheduler = self._start(
            "dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-show", "--no-jupyter",
            "--no-dashboard", "--scheduler-file", str(told),
        )  # fmt: skip
        end = time.monotonic() + STARTING
        while not told.exists():
            assert self.scheduler.poll() is None and time.monotonic() < end, "the scheduler does not start"
            time.sleep(0.05)
        self.address = str(json.loads(told.read_text(encoding="utf-8"))["address"])

    def add_worker(self, *, nanny: bool = False) -> subprocess.Popen[bytes]:
        """One with one thread; a nanny starts it anew when it ends."""
        process = self._start(
            "dask_worker", self.address, "--nthreads", "1", "--no-dashboard",
            "--nanny" if nanny else "--no-nanny", "--local-directory", str(self._folder),
        )  # fmt: skip
        (self.nannies if nanny else self.workers).append(process)
        return process

    def end(self) -> None:
        """End them at once: a worker that is asked to end waits for a scheduler that is gone."""
        for nanny in self.nannies:
            nanny.terminate()  # killed, it would leave its worker behind; asked, it takes it along
            nanny.wait(STARTING)
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()

    def _start(self, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self._folder / "log.txt").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", f"distributed.cli.{module}", *arguments],
                stdout=log, stderr=log, env=self._environment, cwd=ROOT,
            )  # fmt: skip


@contextmanager
def cluster(folder: Path, **environment: str) -> Iterator[Processes]:
    """A scheduler without workers; all ends with the block."""
    processes = Processes(folder, environment)
    try:
        yield processes
    finally:
        processes.end()
