"""``docs/performance.md`` from the JSON of a run.

python -m benchmarks.page benchmarks/results.json > docs/performance.md
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import figures, plots, tables
from benchmarks.measure import found_of, why_not
from benchmarks.parts import PARTS, rows


def page(result: dict[str, Any]) -> str:
    """The page as Markdown."""
    return "\n".join(_lines(result)) + "\n"


def _lines(result: dict[str, Any]) -> Iterator[str]:
    yield "# Performance"
    yield ""
    yield "<!-- Made by `python -m benchmarks.page benchmarks/results.json`; do not edit. -->"
    yield ""
    yield (
        "Every figure is a ratio of two medians of one run on the same data, the sides taken in turn, each "
        "in a fresh process; the reports are generated ones. The machine is shared with other work: read the "
        "ratios, not the seconds. A target is judged by the medians; 'single rounds' shows how far one round "
        "lies from another. What follows from this for larger graphs is in [scale.md](scale.md)."
    )
    yield ""
    yield from tables.table(
        ("figure", "value", "single rounds", "target", "result"),
        (_figure(row) for row in rows(result)),
        words=True,
    )
    yield from _when(result)
    for part in PARTS:
        if found := found_of(result, part.NAME):
            yield from part.section(found)
            if part.NAME in plots.OF:
                yield from plots.pictures(plots.OF[part.NAME](found))
    yield from _repeat(result)


def _figure(row: figures.Row) -> tuple[str, ...]:
    value, target = figures.shown(row)
    return row["title"], value, figures.rounds_shown(row), target, figures.verdict(row)


def _when(result: dict[str, Any]) -> Iterator[str]:
    yield (
        "When each part was measured, and how many processes were at work or waiting when it began "
        "(the load average; a part whose data was made beforehand was kept busy by that itself):"
    )
    yield ""
    yield from tables.table(
        ("part", "measured on", "load average", ""),
        (_measured(result, part.NAME) for part in PARTS),
        words=True,
    )


def _measured(result: dict[str, Any], name: str) -> tuple[str, ...]:
    told = result["parts"].get(name, {})
    when = told.get("measured", "-"), str(told.get("load_average", "-"))
    if "found" not in told:
        return f"`{name}`", *when, f"not measured: {why_not(result, name)}"
    return f"`{name}`", *when, "a quick run: its figures say nothing" if told.get("quick") else ""


def _repeat(result: dict[str, Any]) -> Iterator[str]:
    yield "## How to repeat"
    yield ""
    yield "```"
    yield "python -m benchmarks.run --json benchmarks/results.json      # all parts: some hours"
    yield "python -m benchmarks.run --only growth --json benchmarks/results.json    # one; the rest is kept"
    yield "python -m benchmarks.run --only growth --sizes 153,153000    # other numbers of reports"
    yield "python -m benchmarks.run --quick                             # 12 reports: does everything run?"
    yield "python -m benchmarks.plots benchmarks/results.json docs/plots"
    yield "python -m benchmarks.page benchmarks/results.json > docs/performance.md"
    yield "python -m benchmarks.scale_page benchmarks/results.json > docs/scale.md"
    yield "```"
    yield ""
    machine, versions = result["machine"], result["versions"]
    told = ", ".join(f"{name} {number}" for name, number in versions.items())
    yield (
        f"Machine: {machine['cores']} cores, {machine['memory_gib']} GiB, {machine['system']}, shared. "
        f"Versions: {told}."
    )


def main(arguments: list[str]) -> int:
    """Print the page."""
    if len(arguments) != 1:
        print("usage: python -m benchmarks.page RESULTS.json", file=sys.stderr)
        return 2
    sys.stdout.write(page(json.loads(Path(arguments[0]).read_text(encoding="utf-8"))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
