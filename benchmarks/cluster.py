"""Reading reports on a Dask cluster: two workers against one.

    python -m benchmarks.cluster [--reports N] [--sentences N] [--repetitions N]

Scheduler and workers are processes of their own on loopback, each worker with one thread; one
worker and two are clusters of their own, both warm, measured in turn, so that a busy minute of
the machine meets both. What is measured is what a cluster does of a build: texts sent, evidence
extracted, graphs written and validated, sent back and put into files. Filling the store is the
work of one machine whoever reads the reports, and is measured elsewhere.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import figures, tables
from benchmarks.figures import Figure
from benchmarks.generator import write_reports
from benchmarks.measure import (
    NotMeasuredError,
    Options,
    Sample,
    environment,
    in_turn,
    peak_mib,
    run,
    summary,
)

NAME = "cluster"
REPORTS, QUICK_REPORTS, SENTENCES, WARMING = 48, 8, 250, 8
STARTING = 60  # seconds
WHAT = {
    "cluster_one": "councilgraph: reports read by a Dask cluster of one worker, graphs sent back and kept",
    "cluster_two": "the same by a cluster of two workers",
}
FIGURES = (
    Figure(
        "i-cluster",
        "reports read on Dask by one worker / by two, each of one thread",
        "cluster_one",
        "cluster_two",
        1.7,
        True,
    ),
)


class Workers:
    """A scheduler and as many workers as are asked for."""

    def __init__(self, folder: Path, number: int) -> None:
        self._told = folder / "scheduler.json"
        self._folder = folder
        self._processes = [self._start("scheduler", "--scheduler-file", str(self._told), "--port", "0")]
        end = time.monotonic() + STARTING
        while not self._told.exists():
            if time.monotonic() > end or self._processes[0].poll() is not None:
                raise NotMeasuredError("the Dask scheduler does not start")
            time.sleep(0.05)
        self.address = str(json.loads(self._told.read_text(encoding="utf-8"))["address"])
        for _ in range(number):
            self._processes.append(
                self._start(
                    "worker", self.address, "--nthreads", "1", "--no-nanny", "--local-directory", str(folder)
                )
            )

    def end(self) -> None:
        """End all of them."""
        for process in reversed(self._processes):
            process.kill()
            process.wait()

    def connected(self) -> int:
        """How many workers have met the scheduler.

        Raises: NotMeasuredError where one has ended instead.
        """
        if any(process.poll() is not None for process in self._processes):
            raise NotMeasuredError("a Dask worker does not start")
        from distributed import Client  # an extra: who reads a page of figures needs none

        connect: Any = Client
        with connect(self.address, set_as_default=False) as client:
            return len(client.nthreads())

    def processor_seconds(self) -> list[float]:
        """What each worker has used so far; the scheduler is not counted."""
        ticks = os.sysconf("SC_CLK_TCK")
        used = []
        for process in self._processes[1:]:
            fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
            used.append((int(fields[11]) + int(fields[12])) / ticks)
        return used

    def _start(self, kind: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard", *arguments]
        if kind == "scheduler":
            command += ["--host", "127.0.0.1", "--no-show"]
        with (self._folder / "log.txt").open("ab") as log:
            return subprocess.Popen(command, stdout=log, stderr=log, env=environment())


@contextmanager
def workers(folder: Path, number: int) -> Iterator[Workers]:
    """They end with the block."""
    folder.mkdir()
    found = Workers(folder, number)
    try:
        yield found
    finally:
        found.end()


def read(place: Path, reports: Sequence[Path], cluster: Workers) -> Sample:
    """Read reports on a cluster, as a first build does it."""
    from councilgraph import resources
    from councilgraph.build.cluster import do_all_on
    from councilgraph.build.reports import Refusal, Workshop
    from councilgraph.build.sources import Made, SourceFolder
    from councilgraph.datafolder import DataFolder
    from loaders import group_pages, peek_files

    place.mkdir()
    data = DataFolder(Path(resources.path("data")))
    workshop = Workshop(SourceFolder(str(place)), data)
    keys, _ = peek_files(reports)
    jobs, _ = workshop.plan(group_pages(keys)[0], Made())
    before, start = cluster.processor_seconds(), perf_counter()
    for outcome in do_all_on(cluster.address, workshop, jobs):
        if isinstance(outcome, Refusal):
            raise NotMeasuredError(f"a generated report was refused: {outcome.error}")
    seconds = perf_counter() - start
    told = {
        "parts": {
            f"processor time of worker {n}": now - then
            for n, (now, then) in enumerate(zip(cluster.processor_seconds(), before, strict=True), start=1)
        },
        "rss_mib": peak_mib(),
        "units": len(jobs),
    }
    return Sample(seconds, seconds, told)


def compare(work: Path, reports: int, sentences: int, repetitions: int) -> dict[str, list[Sample]]:
    """Both sides in turn; every reading is a first one."""
    files = write_reports(work / "reports", reports, sentences, seed=1)
    places = (work / f"graphs-{n}" for n in count())
    with workers(work / "one", 1) as one, workers(work / "two", 2) as two:
        for cluster, number in ((one, 1), (two, 2)):
            while cluster.connected() < number:
                time.sleep(0.2)  # a side of two workers that is measured with one says nothing
            read(next(places), files[:WARMING], cluster)  # patterns compiled, tables indexed
        sides = {
            "cluster_one": lambda: read(next(places), files, one),
            "cluster_two": lambda: read(next(places), files, two),
        }
        return in_turn(sides, repetitions)


def measure(work: Path, options: Options) -> dict[str, Any]:
    """Both sides, in a process of its own.

    Raises:
        NotMeasuredError: Dask is not there, or does not start.
    """
    reports = QUICK_REPORTS if options.quick else REPORTS
    numbers = ("--reports", str(reports), "--repetitions", str(min(3, options.repetitions)))
    output, _ = run([sys.executable, "-m", "benchmarks.cluster", *numbers])
    return {"reports": reports, "sentences": SENTENCES, "sides": json.loads(output)["sides"]}


def rows(found: dict[str, Any]) -> list[figures.Row]:
    """One worker against two."""
    return figures.evaluate(found["sides"], FIGURES)


def section(found: dict[str, Any]) -> Iterator[str]:
    """Both sides."""
    yield "## Two workers on Dask"
    yield ""
    yield (
        f"{found['reports']} reports of {found['sentences']} sentences; scheduler and workers are processes "
        "of their own on loopback, one thread each, warm before they are timed by the clock on the wall. "
        "Command and scheduler work too, on the same cores: where the machine has no core to spare for "
        "them, two workers cannot be twice one."
    )
    yield ""
    yield from tables.sides_table(found["sides"], WHAT)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print the medians and their ratio as one line of JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__)
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--sentences", type=int, default=SENTENCES)
    parser.add_argument("--repetitions", type=int, default=3)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="councilgraph-cluster-") as folder:
        found = compare(Path(folder), options.reports, options.sentences, options.repetitions)
    sides = {name: summary(samples) for name, samples in found.items()}
    (figure,) = rows({"sides": sides})
    print(json.dumps({"ratio": figure["value"], "target": figure["target"], "sides": sides}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
