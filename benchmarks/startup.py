"""Start-up: the command line against the import of its engine."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

from benchmarks.measure import ROOT, Sample, in_turn, run

RUNS = 21


def measure_startup(work: Path, *, runs: int = RUNS) -> dict[str, list[Sample]]:
    """The commands in turn; the query is asked of a store of the tables alone."""
    python, store = sys.executable, str(work / "tables")
    commands = {
        "import_pyoxigraph": [python, "-c", "import pyoxigraph"],
        "help": [python, "-m", "councilgraph", "--help"],
    }
    if (ROOT / "councilgraph" / "commands" / "query.py").exists():
        data = str(ROOT / "data")
        run([python, "-m", "councilgraph", "build", "--quiet", "--store", store, "--data", data])
        builds = next((work / "tables" / "builds").iterdir()) / "graph"
        opening = f"import pyoxigraph; pyoxigraph.Store.read_only({str(builds)!r})"
        commands["open_store"] = [python, "-c", opening]
        commands["query_q01"] = [python, "-m", "councilgraph", "query", "Q01", "--store", store]
    for command in commands.values():
        run(command)  # compiles what is not compiled yet
    return in_turn({name: partial(_timed, command) for name, command in commands.items()}, runs)


def _timed(command: list[str]) -> Sample:
    _, wall = run(command)
    return Sample(wall, wall)
