"""Building a store on disk: for the first time, with nothing changed, with one report changed.

    python -m benchmarks.builds STORE REPORTS

One build in a process of its own, as the command ``build`` does it; the parts are the steps that
the build announces to whoever shows its progress.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.measure import Sample, run_module


class Stopwatch:
    """A ``Progress`` that notes how long each step took, and each part of the last one."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}
        self._label = ""
        self._since = perf_counter()

    def start(self, label: str, total: int) -> None:
        self._close("")
        self._label = label

    def advance(self) -> None:
        # The parts of filling are few and differ; those of other steps are alike.
        if self._label == "Filling the store":
            done = sum(name.startswith(self._label) for name in self.steps)
            names = ("load or patch", "checks", "text index and publishing")
            self._close(f": {names[min(done, 2)]}")

    def stop(self) -> None:
        self._close("")

    def _close(self, part: str) -> None:
        now = perf_counter()
        label = (self._label or "Starting") + part
        # What follows the last part of a step is the step's own end.
        if part or self._label != "Filling the store":
            self.steps[label] = self.steps.get(label, 0.0) + now - self._since
        self._since = now


def main(arguments: list[str]) -> int:
    """Run one build and print what it took."""
    from councilgraph import resources
    from councilgraph.build.run import Builder

    place, reports = arguments
    watch = Stopwatch()
    start = perf_counter()
    outcome = Builder(place=place, data=Path(resources.path("data")), progress=watch).build([Path(reports)])
    seconds = perf_counter() - start
    watch.stop()
    if outcome.refused:
        raise SystemExit(f"{len(outcome.refused)} generated reports refused: {outcome.refused[0].error}")
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    told = {
        "inside": seconds,
        "triples": outcome.triples,
        "read": outcome.read,
        "unchanged": outcome.unchanged,
    }
    print(json.dumps({**told, "parts": watch.steps, "rss_mib": peak / 1024}))
    return 0


def measure_builds(work: Path, reports: Path, repetitions: int) -> dict[str, list[Sample]]:
    """The three builds in turn, each time from an empty folder."""
    samples: dict[str, list[Sample]] = {"build_first": [], "build_unchanged": [], "build_one_changed": []}
    changed = sorted(reports.glob("*.txt"))[-1]
    original = changed.read_bytes()
    place = work / "store"
    for n in range(repetitions):
        shutil.rmtree(place, ignore_errors=True)
        try:
            for name, found in samples.items():
                if name == "build_one_changed":
                    changed.write_bytes(
                        original + b"The change of this round was numbered %d by its maker.\n" % n
                    )
                sample = run_module("benchmarks.builds", str(place), str(reports))
                # What a person waits for is the whole process.
                found.append(Sample(sample.wall, sample.wall, sample.told))
        finally:
            changed.write_bytes(original)
    shutil.rmtree(place, ignore_errors=True)
    return samples


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
