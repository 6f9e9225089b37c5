"""The commands that export, at two sizes of graph, and rdflib writing the same graph.

    python -m benchmarks.exports FORMAT N-TRIPLES-FILE

(which is the rdflib side, in a process of its own.) The command is measured whole, from the start of
Python to the file; of rdflib only the writing: its graph is there before the clock starts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from typing import Any

from benchmarks import figures, prepare, tables
from benchmarks.builds import build
from benchmarks.figures import Figure
from benchmarks.generator import FOLDER
from benchmarks.measure import Options, Sample, in_turn, peak_mib, run_command, run_module, summary

NAME = "exports"
SMALL, QUICK_SMALL = 10, 3  # full reports: about 130,000 triples with the tables
VIEW = "councils-to-themes"
FORMATS = {"nquads": "nq", "turtle": "ttl"}
WHAT = {
    "export_nquads": "`councilgraph export rdf -o graph.nq`",
    "export_turtle": "`councilgraph export rdf -o graph.ttl`",
    "export_tables": "`councilgraph export tables -o tables.xlsx`",
    "export_network": f"`councilgraph export network {VIEW} -o themes.gexf`",
    "rdflib_ntriples": "rdflib: `Graph.serialize` of the same graph, read before, as N-Triples",
    "rdflib_turtle": "rdflib: the same as Turtle",
}
FIGURES = (
    Figure(
        "x-nquads",
        "a graph to a file: rdflib, N-Triples / `export rdf`, N-Quads",
        "rdflib_ntriples",
        "export_nquads",
    ),
    Figure(
        "x-turtle",
        "a graph to a file: rdflib, Turtle / `export rdf`, Turtle",
        "rdflib_turtle",
        "export_turtle",
    ),
)


def measure(work: Path, options: Options) -> dict[str, Any]:
    """Both sizes; rdflib at the smaller one."""
    runs = min(3, options.repetitions)
    number = QUICK_SMALL if options.quick else SMALL
    texts = work / "texts"
    prepare.generate(texts, number, prepare.SENTENCES, options.seed)
    small = work / "store"
    triples = build(small, texts / FOLDER).told["triples"]
    flat = work / "graph.nt"
    run_command("export", "rdf", "--store", str(small), "-o", str(flat))
    theirs = {f"rdflib_{name}": _module(name, flat) for name in ("ntriples", "turtle")}
    sides = in_turn({**_commands(small, work), **theirs}, runs)
    full = prepare.store(work, options)
    larger = in_turn(_commands(full, work), runs)
    return {
        "small": {"reports": number, "triples": triples},
        "large": {"reports": options.reports},
        "sides": {name: summary(samples) for name, samples in sides.items()},
        "larger": {name: summary(samples) for name, samples in larger.items()},
    }


def _commands(store: Path, work: Path) -> dict[str, Callable[[], Sample]]:
    """The commands of our side, each with a file of its own to write."""
    asked = {f"export_{name}": ("rdf", f"graph.{ending}") for name, ending in FORMATS.items()}
    asked |= {"export_tables": ("tables", "tables.xlsx"), "export_network": ("network", "themes.gexf")}

    def side(what: str, file: str) -> Callable[[], Sample]:
        view = [VIEW] if what == "network" else []
        return lambda: _written(work / file, "export", what, *view, "--store", str(store))

    return {name: side(what, file) for name, (what, file) in asked.items()}


def _written(file: Path, *command: str) -> Sample:
    if file.exists():
        file.unlink()
    sample = run_command(*command, "-o", str(file))
    return Sample(sample.seconds, sample.wall, {"units": file.stat().st_size}, sample.processor)


def _module(format: str, file: Path) -> Callable[[], Sample]:
    return lambda: run_module("benchmarks.exports", format, str(file))


def rows(found: dict[str, Any]) -> list[figures.Row]:
    """Against rdflib at the smaller size, for comparison only."""
    return figures.evaluate(found["sides"], FIGURES)


def section(found: dict[str, Any]) -> Iterator[str]:
    """Both sizes."""
    small, large = found["small"], found["large"]
    yield "## Exports"
    yield ""
    yield (
        f"Processor seconds of the whole command over the store of {small['reports']} full reports "
        f"({small['triples']:,} triples) and over that of {large['reports']}; of rdflib only the writing "
        "is counted, not the start and not the reading of the graph."
    )
    yield ""
    yield from tables.table(
        (
            *("side", "what it does", f"{small['reports']} reports, s", "MB"),
            *(f"{large['reports']} reports, s", "MB"),
        ),
        (
            (f"`{name}`", WHAT[name], *_cells(side), *_cells(found["larger"].get(name)))
            for name, side in found["sides"].items()
        ),
        left=2,
    )


def _cells(side: dict[str, Any] | None) -> tuple[str, str]:
    if side is None:
        return "", ""
    return f"{side['median']:.2f}", f"{side['units'] / 1e6:.1f}"


def main(arguments: list[str]) -> int:
    """Read a graph with rdflib, write it, and print what the writing took."""
    from rdflib import Graph

    format, file = arguments[0], Path(arguments[1])
    graph = Graph().parse(file, format="nt")
    out = file.with_suffix(f".{format}")
    start = process_time()
    graph.serialize(out, format={"ntriples": "nt"}.get(format, format))
    seconds = process_time() - start
    print(json.dumps({"seconds": seconds, "units": out.stat().st_size, "rss_mib": peak_mib()}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
