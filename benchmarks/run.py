"""Measure everything, print a table and, where asked, write the JSON that the page is made from.

    python -m benchmarks.run [--quick] [--json FILE] [--only PART]

Every figure is a ratio of medians of one run on the same data. The sides run in turn, each in a
fresh process, from a copy of the checkout: a file that is edited meanwhile changes nothing.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import figures, linking, reading, sides
from benchmarks.builds import measure_builds
from benchmarks.generator import FOLDER
from benchmarks.measure import (
    ROOT,
    NotMeasuredError,
    Sample,
    environment,
    in_turn,
    machine,
    run,
    run_module,
    summary,
    versions,
)
from benchmarks.prepare import SENTENCES
from benchmarks.rdflib_sides import SAMPLE
from benchmarks.startup import RUNS, measure_startup

COPIED = ("benchmarks", "councilgraph", "loaders", "ontology", "queries", "data", "pyproject.toml")
FULL, QUICK = 153, 12
SLOW = ("rdflib_pyshacl", "rdflib_pyshacl_tuned")


def main(arguments: Sequence[str] | None = None) -> int:
    """Copy the checkout to a folder of its own and measure there."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help=f"{QUICK} reports, each side once: does it run at all?"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all medians and spreads here")
    parser.add_argument("--seed", type=int, default=1, help="seed of the generated reports (default: 1)")
    parser.add_argument("--repetitions", type=int, default=5, help="runs of each side (default: 5)")
    parser.add_argument(
        "--only",
        choices=("linking", "pages"),
        help="measure registers and names, or the explorer's pages, alone; --json keeps the rest of FILE",
    )
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.inside:
        return _measure(options)
    with tempfile.TemporaryDirectory(prefix="councilgraph-benchmark-") as folder:
        copy = Path(folder) / "checkout"
        copy.mkdir()
        for name in COPIED:
            place = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
            place(ROOT / name, copy / name)
        given = list(arguments) if arguments is not None else sys.argv[1:]
        if options.json:
            given += ["--json", str(options.json.resolve())]
        command = [sys.executable, "-m", "benchmarks.run", *given, "--inside", str(Path(folder) / "work")]
        return subprocess.run(
            command, cwd=copy, env=environment() | {"PYTHONPATH": str(copy)}, check=False
        ).returncode


def _measure(options: argparse.Namespace) -> int:
    work: Path = options.inside
    work.mkdir()
    reports = QUICK if options.quick else FULL
    repetitions = 1 if options.quick else options.repetitions
    # In a process of its own: a child's peak memory is never below that of the one that made it.
    run_module("benchmarks.prepare", str(work), str(reports), str(options.seed))
    if options.only:
        return _part(options, work)
    found: dict[str, list[Sample]] = {}
    reasons: dict[str, str] = {}

    def attempt(names: Sequence[str], measure: Callable[[], dict[str, list[Sample]]]) -> None:
        print(f"measuring {', '.join(names)} ...", file=sys.stderr, flush=True)
        try:
            found.update(measure())
        except NotMeasuredError as error:
            reasons.update(dict.fromkeys(names, str(error)))

    fast = [name for name in sides.SIDES if name not in (*SLOW, "ours_validated")]
    attempt(fast, lambda: in_turn({n: _side(n, work) for n in fast}, repetitions))
    # Its own partner goes along, so that both sides of a figure come from the same rounds.
    slow = ("ours_validated", *SLOW)
    attempt(slow, lambda: in_turn({n: _side(n, work) for n in slow}, min(3, repetitions)))
    readers = tuple(reading.SIDES)
    attempt(readers, lambda: in_turn({n: _reader(n, work) for n in readers}, min(3, repetitions)))
    if not options.quick:  # a million rows cannot be had quickly
        attempt(tuple(linking.SIDES), lambda: _linking(work, repetitions))
    builds = ("build_first", "build_unchanged", "build_one_changed")
    attempt(builds, lambda: measure_builds(work, work / FOLDER, min(3, repetitions)))
    starts = ("import_pyoxigraph", "help", "open_store", "query_q01")
    attempt(starts, lambda: measure_startup(work, runs=3 if options.quick else RUNS))
    print("measuring pages ...", file=sys.stderr, flush=True)
    pages: dict[str, Any] = {}
    try:
        pages = measure_pages(work, options.seed)
    except NotMeasuredError as error:
        reasons["pages"] = str(error)  # the hour before it is not lost
    summaries = {name: summary(samples) for name, samples in found.items()}
    result = {
        "measured": date.today().isoformat(),
        "quick": options.quick,
        "reports": reports,
        "sentences": SENTENCES,
        "seed": options.seed,
        "pyshacl_sample": SAMPLE,
        "machine": machine(),
        "versions": versions(),
        "figures": figures.evaluate(summaries, reasons),
        "sides": summaries,
    }
    if pages:
        result |= {"figures": [*result["figures"], *figures.of_pages(pages)], "pages": pages}
    _print(result)
    if options.json:
        _write(options.json, result)
    return 1 if reasons else 0


def measure_pages(work: Path, seed: int) -> dict[str, Any]:
    """A store of the generated reports, and the explorer over it."""
    store = work / "pages"
    run([sys.executable, "-m", "benchmarks.builds", str(store), str(work / FOLDER)])
    output, _ = run([sys.executable, "-m", "benchmarks.pages", str(store), str(seed)])
    told = {"measured": date.today().isoformat(), "load_average": machine()["load_average"]}
    return {**told, **json.loads(output)}


def _linking(work: Path, repetitions: int) -> dict[str, list[Sample]]:
    return in_turn({n: _linker(n, work) for n in linking.SIDES}, min(3, repetitions))


def _part(options: argparse.Namespace, work: Path) -> int:
    """One part measured alone; the page says when, and how busy the machine was."""
    told = {"measured": date.today().isoformat(), "load_average": machine()["load_average"]}
    result: dict[str, Any] = {"figures": [], "sides": {}}
    if options.json and options.json.exists():
        result = json.loads(options.json.read_text(encoding="utf-8"))
    if options.only == "pages":
        result["pages"] = measure_pages(work, options.seed)
        rows = figures.of_pages(result["pages"])
    else:
        found = {n: summary(samples) for n, samples in _linking(work, options.repetitions).items()}
        result["sides"] = {**result["sides"], **found}
        result["linking"] = told
        rows = [row for row in figures.evaluate(found, {}) if row["over"] in found]
    keys = {row["key"] for row in rows}
    result["figures"] = [*(row for row in result["figures"] if row["key"] not in keys), *rows]
    if options.json:
        _write(options.json, result)
    _print({"figures": rows, "sides": {}})
    return 0


def _write(file: Path, result: dict[str, Any]) -> None:
    file.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _side(name: str, work: Path) -> Callable[[], Sample]:
    return lambda: run_module("benchmarks.sides", name, str(work))


def _reader(name: str, work: Path) -> Callable[[], Sample]:
    return lambda: run_module("benchmarks.reading", name, str(work))


def _linker(name: str, work: Path) -> Callable[[], Sample]:
    return lambda: run_module("benchmarks.linking", name, str(work))


def _print(result: dict[str, Any]) -> None:
    print(f"{'figure':74} {'value':>8} {'single rounds':>17} {'target':>8}  result")
    for row in result["figures"]:
        value, target = figures.shown(row)
        rounds = figures.rounds_shown(row)
        print(f"{row['title']:74} {value:>8} {rounds:>17} {target:>8}  {figures.verdict(row)}")
    for name, side in result["sides"].items():
        spread = f"{side['lowest']:.3f} to {side['highest']:.3f}"
        memory = f", {side['rss_mib']} MiB" if "rss_mib" in side else ""
        print(f"  {name:22} {side['median']:9.3f} s ({spread}, {side['runs']} runs{memory})")
        for part, seconds in side.get("parts", {}).items():
            print(f"      {part:50} {seconds:8.3f} s")


if __name__ == "__main__":
    sys.exit(main())
