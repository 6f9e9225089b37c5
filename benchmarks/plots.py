"""Which charts the pages have, from the JSON of a run.

python -m benchmarks.plots benchmarks/results.json docs/plots
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from math import floor
from pathlib import Path
from typing import Any

from benchmarks.chart import Line, Plot, svg
from benchmarks.growth_section import FULL, SHORT, measured
from benchmarks.measure import found_of


def of_growth(found: dict[str, Any]) -> list[Plot]:
    """The curves of the part ``growth``; those that have no two points are left out."""
    short, full = measured(found, SHORT), measured(found, FULL)
    kinds = ((f"{SHORT} sentences", short), (f"{FULL} sentences", full))

    def lines(value: Any, sizes: tuple[tuple[str, Any], ...] = kinds) -> list[Line]:
        return [Line(name, tuple((size["reports"], value(size)) for size in kind)) for name, kind in sizes]

    changed = (("short", short),)
    plots = (
        (
            "growth-first",
            "First build, processor milliseconds a report",
            lines(lambda size: size["first"]["processor"] / size["reports"] * 1000),
        ),
        (
            "growth-memory",
            "First build, peak memory in MiB",
            [
                Line(f"{name}{line.name}", line.points)
                for name, key in (("", "own_mib"), ("helper, ", "helper_mib"))
                for line in lines(lambda size, key=key: size["first"][key])
            ],
        ),
        (
            "growth-changed",
            "A build again, processor seconds",
            [
                *(
                    Line(name, lines(value, changed)[0].points)
                    for name, value in (
                        ("one changed", lambda size: size["changed"]["processor"]),
                        ("without the swap", without_swap),
                        ("nothing changed", lambda size: size["unchanged"]["processor"]),
                    )
                )
            ],
        ),
    )
    return [
        Plot(name, title, "reports", "", tuple(kept))
        for name, title, held in plots
        if (kept := [line for line in held if len(line.points) > 1])
    ]


def without_swap(size: dict[str, Any]) -> float:
    """Processor seconds of a build with one report changed, but for the index and putting it in force."""
    changed = size["changed"]
    pairs = zip(changed["processors"], changed["swaps"], strict=True)
    own = sorted(seconds - swap for seconds, swap in pairs)
    return float(own[len(own) // 2])


def of_queries(found: dict[str, Any]) -> list[Plot]:
    """How the slowest, and the one in the middle, of the stored queries grow with the graph.

    What was not waited for has no point: its limit would be drawn as if it were its time.
    """
    sizes = [size for size in found.values() if "sides" in size]
    lines = []
    for side, place in (("memory", "in memory"), ("disk", "on disk")):
        for share, name in ((0.5, "median"), (1.0, "slowest")):
            points = [
                (float(size["triples"]), taken)
                for size in sizes
                if (taken := _share(size["sides"].get(side, {}).get("queries", {}), share)) is not None
            ]
            if len(points) > 1:
                lines.append(Line(f"{name} {place}", tuple(sorted(points))))
    title = "Stored queries, processor milliseconds"
    return [Plot("queries", title, "triples", "", tuple(lines))] if lines else []


def _share(queries: dict[str, Any], share: float) -> float | None:
    """The milliseconds below which that share of the queries lies; None where they are not known."""
    told = sorted(
        (bool(one.get("over")), max(one["processor_ms"], 0.01))
        for one in queries.values()
        if "processor_ms" in one
    )
    if not told:
        return None
    over, taken = told[min(len(told) - 1, floor(share * len(told)))]
    return None if over else float(taken)


OF = {"growth": of_growth, "queries": of_queries}


def of_all(result: dict[str, Any]) -> Iterator[Plot]:
    """All charts of a run."""
    for name, plots in OF.items():
        if found := found_of(result, name):
            yield from plots(found)


def pictures(plots: list[Plot]) -> Iterator[str]:
    """The Markdown that shows charts."""
    for plot in plots:
        yield f"![{plot.title}: {plot.told()}](plots/{plot.name}.svg)"
        yield ""


def main(arguments: list[str]) -> int:
    """Write all charts into a folder; those of an earlier run that are no more drawn go."""
    if len(arguments) != 2:
        print("usage: python -m benchmarks.plots RESULTS.json FOLDER", file=sys.stderr)
        return 2
    result, folder = json.loads(Path(arguments[0]).read_text(encoding="utf-8")), Path(arguments[1])
    folder.mkdir(parents=True, exist_ok=True)
    drawn = {f"{plot.name}.svg": svg(plot) for plot in of_all(result)}
    for old in folder.glob("*.svg"):
        if old.name not in drawn:
            old.unlink()
    for name, content in drawn.items():
        (folder / name).write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
