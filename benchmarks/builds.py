"""Building a store on disk: for the first time, with nothing changed, with one report changed.

    python -m benchmarks.builds STORE REPORTS [DATA]

One build in a process of its own, as the command ``build`` does it; the parts are the steps that
the build announces to whoever shows its progress.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import figures, prepare, tables
from benchmarks.figures import Figure
from benchmarks.measure import Options, Sample, peak_mib, processor_time, run_module, summary

NAME = "builds"
FILLING = "Filling the store"
PARTS = ("load or patch", "checks", "text index", "publishing")
WHAT = {
    "build_first": "`build` of all report files into an empty folder, the whole process",
    "build_unchanged": "the same again, nothing changed",
    "build_one_changed": "the same again, one sentence added to one report",
}
FIGURES = (
    Figure("d-unchanged", "build with nothing changed / first build", "build_unchanged", "build_first", 0.10),
    Figure(
        "d-changed", "build with one report changed / first build", "build_one_changed", "build_first", 0.10
    ),
)


class Stopwatch:
    """A ``Progress`` that notes what each step took, and each part of the last one.

    ``steps`` are seconds on the clock, ``processor`` those of the processors.
    """

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}
        self.processor: dict[str, float] = {}
        self._label = "Starting"
        self._done = 0
        self._since = perf_counter(), processor_time()

    def start(self, label: str, total: int) -> None:
        self._close()
        self._label, self._done = label, 0

    def advance(self) -> None:
        # The parts of filling are few and differ; those of other steps are alike.
        if self._label == FILLING:
            self._note(f"{FILLING}: {PARTS[min(self._done, len(PARTS) - 1)]}")
            self._done += 1

    def stop(self) -> None:
        self._close()

    def _close(self) -> None:
        # What follows the last part of filling belongs to none of them; it is next to nothing.
        if self._label != FILLING:
            self._note(self._label)

    def _note(self, name: str) -> None:
        now = perf_counter(), processor_time()
        self.steps[name] = self.steps.get(name, 0.0) + now[0] - self._since[0]
        self.processor[name] = self.processor.get(name, 0.0) + now[1] - self._since[1]
        self._since = now


def main(arguments: list[str]) -> int:
    """Run one build and print what it took."""
    from councilgraph import resources
    from councilgraph.build.run import Builder

    place, reports, *given = arguments
    data = Path(given[0] if given else resources.path("data"))
    watch = Stopwatch()
    start = perf_counter()
    outcome = Builder(place=place, data=data, progress=watch).build([Path(reports)])
    seconds = perf_counter() - start
    watch.stop()
    if outcome.refused:
        raise SystemExit(f"{len(outcome.refused)} generated reports refused: {outcome.refused[0].error}")
    own, helper = peak_mib(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    told = {
        "inside": seconds,
        "triples": outcome.triples,
        "read": outcome.read,
        "unchanged": outcome.unchanged,
        "rss_mib": max(own, helper),
        "own_mib": own,
        "helper_mib": helper,
    }
    print(json.dumps({**told, "parts": watch.steps, "processor": watch.processor}))
    return 0


def build(place: Path, reports: Path, data: Path | None = None) -> Sample:
    """One build; what a person waits for is the whole process.

    Raises:
        NotMeasuredError: it failed, or a report was refused.
    """
    sample = run_module("benchmarks.builds", str(place), str(reports), *([str(data)] if data else []))
    return Sample(sample.wall, sample.wall, sample.told, sample.processor)


@contextmanager
def one_changed(reports: Path, turn: int) -> Iterator[None]:
    """One of the reports has a sentence more, another in each turn; it names no body."""
    changed = sorted(reports.glob("*.txt"))[-1]
    original = changed.read_bytes()
    changed.write_bytes(original + b"The change of this round was numbered %d by its maker.\n" % turn)
    try:
        yield
    finally:
        changed.write_bytes(original)


def measure(work: Path, options: Options) -> dict[str, Any]:
    """The three builds in turn, each time from an empty folder."""
    reports, place = prepare.reports(work, options), work / "store"
    samples: dict[str, list[Sample]] = {name: [] for name in WHAT}
    for turn in range(min(3, options.repetitions)):
        shutil.rmtree(place, ignore_errors=True)
        samples["build_first"].append(build(place, reports))
        samples["build_unchanged"].append(build(place, reports))
        with one_changed(reports, turn):
            samples["build_one_changed"].append(build(place, reports))
    return {"reports": options.reports, "sides": {name: summary(found) for name, found in samples.items()}}


def rows(found: dict[str, Any]) -> list[figures.Row]:
    """The figures of a build again."""
    return figures.evaluate(found["sides"], FIGURES)


def section(found: dict[str, Any]) -> Iterator[str]:
    """The builds and their steps."""
    yield "## Builds"
    yield ""
    yield (
        f"{found['reports']} reports of {prepare.SENTENCES} sentences into a folder, by all cores, timed by "
        "the clock on the wall, start of Python included. How this grows with the reports is in the "
        "section on growth."
    )
    yield ""
    yield from tables.sides_table(found["sides"], WHAT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
