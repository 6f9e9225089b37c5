"""Start-up: the command line against the import of its engine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import figures, tables
from benchmarks.figures import Figure
from benchmarks.measure import ROOT, Options, Sample, in_turn, run, summary

NAME = "startup"
RUNS, QUICK_RUNS = 21, 3
WHAT = {
    "import_pyoxigraph": '`python -c "import pyoxigraph"`',
    "help": "`councilgraph --help`",
    "open_store": "pyoxigraph: imported, the same store opened read-only, nothing asked",
    "query_q01": "`councilgraph query Q01` on a store of `data/`, asked before: its answer is kept",
}
FIGURES = (
    Figure("e-help", "`councilgraph --help` / `import pyoxigraph`", "help", "import_pyoxigraph", 3.0),
    Figure(
        "e-query", "`councilgraph query Q01` / `import pyoxigraph`", "query_q01", "import_pyoxigraph", 3.0
    ),
    Figure("e-opening", "the same / opening that store with bare pyoxigraph", "query_q01", "open_store"),
)


def measure(work: Path, options: Options) -> dict[str, Any]:
    """The commands in turn; the query is asked of a store of the tables alone."""
    python, store = sys.executable, str(work / "tables")
    run([python, "-m", "councilgraph", "build", "--quiet", "--store", store, "--data", str(ROOT / "data")])
    graph = next((work / "tables" / "builds").iterdir()) / "graph"
    commands = {
        "import_pyoxigraph": [python, "-c", "import pyoxigraph"],
        "help": [python, "-m", "councilgraph", "--help"],
        "open_store": [python, "-c", f"import pyoxigraph; pyoxigraph.Store.read_only({str(graph)!r})"],
        "query_q01": [python, "-m", "councilgraph", "query", "Q01", "--store", store],
    }
    for command in commands.values():
        run(command)  # compiles what is not compiled yet
    sides = {name: partial(_timed, command) for name, command in commands.items()}
    found = in_turn(sides, QUICK_RUNS if options.quick else RUNS)
    return {"sides": {name: summary(samples) for name, samples in found.items()}}


def _timed(command: list[str]) -> Sample:
    _, wall = run(command)
    return Sample(wall, wall)


def rows(found: dict[str, Any]) -> list[figures.Row]:
    """The commands against their engine's import."""
    return figures.evaluate(found["sides"], FIGURES)


def section(found: dict[str, Any]) -> Iterator[str]:
    """The commands."""
    yield "## Starting"
    yield ""
    yield "Whole processes by the clock on the wall."
    yield ""
    yield from tables.sides_table(found["sides"], WHAT)
