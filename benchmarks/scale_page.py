"""``docs/scale.md`` from the JSON of a run.

python -m benchmarks.scale_page benchmarks/results.json > docs/scale.md

The words stand in ``scale.md.txt``, whose ``{names}`` are filled from what was measured.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import plots, tables
from benchmarks.asked import about, above, lower_bounds
from benchmarks.cluster import FIGURES as CLUSTER
from benchmarks.figures import evaluate, shown
from benchmarks.growth_section import FULL, SHORT, measured
from benchmarks.measure import found_of
from benchmarks.scale import GIB, Constants, constants, cost

NOT_MEASURED = "Not measured."
SIZES = (10_000_000, 100_000_000, 1_000_000_000)
CORES = (2, 16, 128)
WORDS = Path(__file__).with_name("scale.md.txt")


def page(result: dict[str, Any]) -> str:
    """The page as Markdown."""
    growth = found_of(result, "growth")
    of = constants(growth) if growth else None
    filled = {
        "machine": _machine(result),
        "curves": _block(_curves(growth)),
        "queries": _block(_queries(found_of(result, "queries"))),
        "constants": _block(_constants(of)),
        "formulas": _block(_formulas(of)),
        "arithmetic": _block(_arithmetic(of)),
        "build_hours": _block(_hours(of)),
        "memory_limit": _memory_limit(of, result["machine"]["memory_gib"]),
        "cluster": _cluster(found_of(result, "cluster")),
    }
    text = WORDS.read_text(encoding="utf-8")
    for name, value in filled.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _block(lines: Iterable[str]) -> str:
    return "\n".join(lines).strip() or NOT_MEASURED


def _machine(result: dict[str, Any]) -> str:
    machine = result["machine"]
    when = result["parts"].get("growth", {}).get("measured")
    told = f"{machine['cores']} cores, {machine['memory_gib']} GiB, {machine['system']}"
    return f"{told}; growth measured on {when}" if when else f"{told}; growth not measured"


def _curves(growth: dict[str, Any] | None) -> Iterator[str]:
    if not growth:
        return
    yield from tables.table(
        (
            *("reports", "sentences each", "triples", "first build, processor s", "ms a report"),
            *("peak MiB", "one changed, s", "without the swap, s", "nothing changed, s"),
        ),
        (_size(size) for sentences in (SHORT, FULL) for size in measured(growth, sentences)),
        left=0,
    )
    yield from plots.pictures(plots.of_growth(growth))


def _size(size: dict[str, Any]) -> tuple[object, ...]:
    first, changed = size["first"], size["changed"]
    return (
        *(f"{size['reports']:,}", size["sentences"], f"{size['triples']:,}", f"{first['processor']:,.0f}"),
        f"{first['processor'] / size['reports'] * 1000:.0f}",
        max(first["own_mib"], first["helper_mib"]),
        f"{changed['processor']:.1f}",
        f"{plots.without_swap(size):.1f}",
        f"{size['unchanged']['processor']:.2f}",
    )


def _queries(found: dict[str, Any] | None) -> Iterator[str]:
    if not found:
        return
    rows = []
    for size in found.values():
        for side in ("memory", "disk"):
            queries = size.get("sides", {}).get(side, {}).get("queries")
            if queries:
                # Those that were not waited for come last, with the limit.
                times = sorted(
                    (bool(one.get("over")), one["processor_ms"])
                    for one in queries.values()
                    if "processor_ms" in one
                )
                middle, slowest = (_time(*times[n]) for n in (len(times) // 2, -1))
                slow, ended = len(above(size, side, 1000)), lower_bounds(size, side)
                rows.append((about(size), side, len(times), middle, slowest, slow, ended))
    columns = ("triples", "store", "queries", "median ms", "slowest ms", "over a second", "not waited for")
    yield from tables.table(columns, rows, left=2)
    yield from plots.pictures(plots.of_queries(found))


def _time(over: bool, milliseconds: float) -> str:
    return f"> {milliseconds:,.0f}" if over else f"{milliseconds:,.1f}"


def _constants(of: Constants | None) -> Iterator[str]:
    if not of:
        return
    rows = [
        ("triples a full report", f"{of.triples_a_report:,.0f}"),
        ("N-Quads, bytes a triple", f"{of.nquads:.0f}"),
        ("database, bytes a triple", f"{of.database:.0f}"),
        ("index of the findings, bytes a triple", f"{of.index:.1f}"),
        ("graph in memory, bytes a triple", f"{of.memory:.0f}" if of.memory else "not measured"),
        ("looking and reading, processor seconds a report", f"{of.reading:.3f}"),
        ("filling, processor seconds a million triples", f"{of.filling * 1e6:.1f}"),
        ("the process that builds, peak MiB", f"{of.builder_mib:.0f}"),
        ("the same, KiB for each further report", f"{of.builder_report_mib * 1024:.1f}"),
    ]
    title = f"measured at {of.reports:,} full reports, {of.triples:,} triples"
    yield from tables.table((title, "value"), rows)


def _formulas(of: Constants | None) -> Iterator[str]:
    if not of:
        return
    yield "```"
    yield "reports     = triples / triples a report"
    yield "disk        = triples x (N-Quads + 2 x (database + index))      two builds, side by side"
    yield "in memory   = triples x graph in memory"
    yield "builder     = peak + further reports x KiB each                 what one process holds"
    yield "hours       = (reports x reading / cores + triples x filling) / 3600"
    yield "```"


def _arithmetic(of: Constants | None) -> Iterator[str]:
    if not of:
        return
    made = [cost(of, triples) for triples in SIZES]
    yield from tables.table(
        (
            *("triples", "full reports", "N-Quads GiB", "database GiB", "index GiB", "disk needed GiB"),
            *("all in memory GiB", "builder GiB"),
        ),
        (
            (
                f"{one.triples:,}",
                f"{one.reports:,}",
                *(f"{size:,.1f}" for size in (one.nquads, one.database, one.index, one.disk)),
                "not measured" if one.memory is None else f"{one.memory:,.1f}",
                f"{one.builder:,.1f}",
            )
            for one in made
        ),
        left=0,
    )


def _hours(of: Constants | None) -> Iterator[str]:
    if not of:
        return
    yield from tables.table(
        ("triples", *(f"{cores} cores, hours" for cores in CORES), "of which filling, one process"),
        (
            (f"{size:,}", *(f"{one.hours(cores):,.1f}" for cores in CORES), f"{one.filling:,.1f}")
            for size in SIZES
            if (one := cost(of, size))
        ),
        left=0,
    )


def _memory_limit(of: Constants | None, gib: int) -> str:
    """How many triples fit into half the memory of the machine that was measured."""
    if not of or not of.memory:
        return "How many triples fit into a memory was not measured."
    most = gib * GIB / 2 / of.memory
    return (
        f"Half the memory of the machine measured here ({gib} GiB) holds {float(format(most, '.1e')):,.0f} "
        "triples; the other half is for answers and for the system."
    )


def _cluster(found: dict[str, Any] | None) -> str:
    if not found:
        return "What a second worker gains was not measured."
    (row,) = evaluate(found["sides"], CLUSTER)
    return f"Measured on one machine, two workers were {shown(row)[0]} times as fast as one."


def main(arguments: list[str]) -> int:
    """Print the page."""
    if len(arguments) != 1:
        print("usage: python -m benchmarks.scale_page RESULTS.json", file=sys.stderr)
        return 2
    sys.stdout.write(page(json.loads(Path(arguments[0]).read_text(encoding="utf-8"))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
