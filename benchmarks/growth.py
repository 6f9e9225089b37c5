"""How the cost of a build grows with the reports: first, with nothing changed, with one changed.

    python -m benchmarks.growth STORE

(which copies one store into memory, in a process of its own.) Reports come in two lengths: short
ones, of which many can be had, and full ones, as councils get them. Each number of reports has a
folder of its own, which is removed before the next: the largest fills a disk.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from benchmarks import figures, growth_section
from benchmarks.builds import FILLING, build, one_changed
from benchmarks.generator import FOLDER, TABLES
from benchmarks.growth_section import FULL, SHORT, SWAP, measured
from benchmarks.measure import (
    NotMeasuredError,
    Options,
    Sample,
    machine,
    peak_mib,
    processor_time,
    run_module,
)
from benchmarks.prepare import generate

NAME = "growth"
FULL_MOST = 1530  # reports; ten times as many of the full ones would take hours
# A first build that takes longer is done once: it is long enough to be its own average.
WORTH_REPEATING = 90.0  # seconds
# A graph in memory that filled the machine would measure its swapping.
MIB_PER_MILLION, SHARE_OF_MEMORY = 450.0, 0.5

section = growth_section.section


def measure(work: Path, options: Options) -> dict[str, Any]:
    """All sizes, the smallest first; one that fails tells why, and the others count.

    Raises:
        NotMeasuredError: not one of them could be measured.
    """
    sizes = []
    for reports in options.sizes:
        for sentences in (SHORT, FULL) if reports <= FULL_MOST else (SHORT,):
            folder = work / f"{reports}-{sentences}"
            told: dict[str, Any] = {"reports": reports, "sentences": sentences}
            try:
                told |= _size(folder, reports, sentences, options)
            except NotMeasuredError as error:
                told["reason"] = str(error)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
            # Hours may lie between the sizes; who stops the run has those that are done.
            print(json.dumps(told), file=sys.stderr, flush=True)
            sizes.append(told)
    if all("reason" in size for size in sizes):
        raise NotMeasuredError(sizes[0]["reason"])
    return {"sizes": sizes}


def _size(folder: Path, reports: int, sentences: int, options: Options) -> dict[str, Any]:
    generate(folder, reports, sentences, options.seed)
    texts, place = folder / FOLDER, folder / "store"
    data = folder / TABLES if (folder / TABLES).is_dir() else None
    runs = min(3, options.repetitions)

    def anew() -> Sample:
        shutil.rmtree(place, ignore_errors=True)
        return build(place, texts, data)

    first = [anew()]
    if first[0].wall <= WORTH_REPEATING:
        first += [anew() for _ in range(runs - 1)]
    disk = on_disk(place)
    unchanged = [build(place, texts, data) for _ in range(runs)]
    changed = []
    for turn in range(runs):
        with one_changed(texts, turn):
            changed.append(build(place, texts, data))
    triples = first[0].told["triples"]
    _expect(unchanged, "a build with nothing changed did something", lambda told: bool(told["unchanged"]))
    _expect(changed, "a build with one report changed read others", lambda told: told["read"] == 1)
    builds = {"first": summary(first), "unchanged": summary(unchanged), "changed": summary(changed)}
    return {"triples": triples, **disk, **builds, "memory": _in_memory(place, triples)}


def _expect(samples: list[Sample], otherwise: str, holds: Callable[[dict[str, Any]], bool]) -> None:
    """A build that does other work than it is taken for would be a figure about nothing.

    Raises:
        NotMeasuredError: with ``otherwise``.
    """
    if not all(holds(sample.told) for sample in samples):
        raise NotMeasuredError(otherwise)


def on_disk(place: Path) -> dict[str, int]:
    """Bytes of the N-Quads files, and of the database and the index of the build in force."""
    build_in_force = place / "builds" / (place / "CURRENT").read_text(encoding="utf-8").split()[-1]
    return {
        "nquads_bytes": _bytes((place / "sources").glob("*.nq")),
        "database_bytes": _bytes((build_in_force / "graph").rglob("*")),
        "index_bytes": _bytes([build_in_force / "search.sqlite"]),
    }


def _bytes(files: Iterator[Path] | list[Path]) -> int:
    return sum(file.stat().st_size for file in files if file.is_file())


def summary(samples: list[Sample]) -> dict[str, Any]:
    """Medians of one build; a step is its seconds on the clock and those of the processors.

    ``swap`` is what follows the checks: the index of the findings and putting the build in force.
    """
    steps = {
        name: [
            round(median(s.told["parts"].get(name, 0.0) for s in samples), 4),
            round(median(s.told["processor"].get(name, 0.0) for s in samples), 4),
        ]
        for name in samples[0].told["parts"]
    }
    return {
        "wall": round(median(s.wall for s in samples), 4),
        "processor": round(median(s.processor for s in samples), 4),
        "processors": [round(s.processor, 4) for s in samples],
        "swaps": [round(_swap(s), 4) for s in samples],
        "own_mib": round(max(s.told["own_mib"] for s in samples)),
        "helper_mib": round(max(s.told["helper_mib"] for s in samples)),
        "steps": steps,
    }


def _swap(sample: Sample) -> float:
    return sum(float(sample.told["processor"].get(f"{FILLING}: {part}", 0.0)) for part in SWAP)


def _in_memory(place: Path, triples: int) -> dict[str, Any]:
    """What a copy of the graph in memory takes; empty where the machine has too little."""
    expected = triples / 1e6 * MIB_PER_MILLION
    if expected > machine()["memory_gib"] * 1024 * SHARE_OF_MEMORY:
        return {}
    sample = run_module("benchmarks.growth", str(place))
    return {"processor": round(sample.seconds, 4), "mib": round(sample.told["rss_mib"])}


def rows(found: dict[str, Any]) -> list[figures.Row]:
    """Cost and memory of the largest number of reports over those of the smallest, of each length."""
    made: list[figures.Row] = []
    for sentences, kind in ((SHORT, "short"), (FULL, "full")):
        sizes = measured(found, sentences)
        if len(sizes) < 2:
            reason = f"fewer than two numbers of {kind} reports"
            made.append(
                figures.row(
                    f"j-first-{kind}", f"first builds of {kind} reports", None, over=NAME, reason=reason
                )
            )
            continue
        made += _compared(sizes[0], sizes[-1], kind)
    return made


def _compared(least: dict[str, Any], most: dict[str, Any], kind: str) -> Iterator[figures.Row]:
    few, many = f"{least['reports']:,}", f"{most['reports']:,}"

    def compared(name: str, title: str, target: float, cost: Callable[[dict[str, Any]], list[float]]) -> Any:
        over, under = cost(most), cost(least)
        ratios = [one / other for one, other in zip(over, under, strict=False)]
        return figures.row(
            f"j-{name}-{kind}",
            f"{title}: {many} {kind} reports / {few}",
            median(over) / median(under),
            over=many,
            under=few,
            target=target,
            rounds=[round(min(ratios), 4), round(max(ratios), 4)] if len(ratios) > 1 else None,
        )

    yield compared(
        "first",
        "first build, processor time a report",
        1.15,
        lambda size: [seconds / size["reports"] for seconds in size["first"]["processors"]],
    )
    yield compared("memory", "peak memory of a first build", 1.15, lambda size: [_peak(size["first"])])
    yield compared(
        "changed",
        "one report changed, the swap aside, processor time",
        3.0,
        lambda size: [
            seconds - swap
            for seconds, swap in zip(size["changed"]["processors"], size["changed"]["swaps"], strict=True)
        ],
    )


def _peak(build_of: dict[str, Any]) -> float:
    return float(max(build_of["own_mib"], build_of["helper_mib"]))


def main(arguments: list[str]) -> int:
    """Copy a store into memory and print what that took."""
    from councilgraph.store.embedded import open_embedded
    from councilgraph.store.memory import MemoryStore

    store = open_embedded(arguments[0])
    before, start = processor_time(), perf_counter()
    copy = MemoryStore(store)
    taken = {"seconds": processor_time() - before, "clock": perf_counter() - start}
    print(json.dumps({**taken, "rss_mib": peak_mib(), "held": type(copy).__name__}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
