"""The part ``pages``: what the pages of the explorer cost, and what a hundred readers meet."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import figures, prepare, tables
from benchmarks.measure import Options, run

NAME = "pages"
# Key, title, where the value stands, and the most that it may be. They depend on the machine; the
# times are those of the server's processor, on one core.
FIGURES = (
    ("g-median", "a page for the first time, median, ms of one core", ("all", "first_processor_ms"), 50),
    ("g-p95", "the same, 95th percentile", ("all", "first_processor_p95_ms"), 200),
    ("g-wall-median", "the same on the clock, median, ms", ("all", "first_wall_ms"), 50),
    ("g-wall-p95", "the same on the clock, 95th percentile", ("all", "first_wall_p95_ms"), 200),
    ("g-size", "largest page of HTML, kB", ("all", "largest_kb"), 100),
    ("g-errors", "failed requests of 100 readers at once", ("crowd", "errors"), 0),
)


def measure(work: Path, options: Options) -> dict[str, Any]:
    """A store of the generated reports, and the explorer over it, in processes of their own."""
    place = prepare.store(work, options)
    output, _ = run([sys.executable, "-m", "benchmarks.pages", str(place), str(options.seed)])
    found: dict[str, Any] = json.loads(output)
    return found


def rows(found: dict[str, Any]) -> list[figures.Row]:
    """Times, the largest page, and failed requests."""
    return [
        figures.row(key, title, found[part][name], over=NAME, target=limit)
        for key, title, (part, name), limit in FIGURES
    ]


def section(found: dict[str, Any]) -> Iterator[str]:
    """A row for each kind of page, and the hundred readers."""
    crowd = found["crowd"]
    yield "## Pages of the explorer"
    yield ""
    yield (
        "The real server over the same reports, held to one core; up to 12 addresses of each kind, drawn by "
        "the seed. 'First' is a page that nobody has asked for since the start, 'again' the same page later. "
        "Times are milliseconds of the server's processor, in brackets those on the clock: this machine is "
        "shared, and the clock counts its other work too. 'Times bare' is a question's first page over its "
        "query, run on the database alone and read to the end (the median of the pages); what other pages "
        "look up they share."
    )
    yield ""
    yield from tables.table(
        (
            *("kind", "addresses", "first: median", "first: 95 %", "again: median", "largest HTML, kB"),
            *("bare queries, ms", "times bare"),
        ),
        (_kind(name, row) for name, row in {**found["kinds"], "all": found["all"]}.items()),
    )
    yield (
        f"{crowd['readers']} readers at once, each on a connection of its own and none waiting between "
        f"pages, {crowd['requests']} requests in all: {crowd['errors']} failed, "
        f"{crowd['requests_a_second']:.0f} a second, median {crowd['median_ms']:.0f} ms, "
        f"95th percentile {crowd['p95_ms']:.0f} ms until the page was there."
    )
    yield ""


def _kind(name: str, row: dict[str, Any]) -> tuple[object, ...]:
    times = (
        f"{row[f'{turn}_processor{share}_ms']:.0f} ({row[f'{turn}_wall{share}_ms']:.0f})"
        for turn, share in (("first", ""), ("first", "_p95"), ("again", ""))
    )
    bare = (f"{row['bare_ms']:.1f}", f"{row['times_bare']:.2f}") if row.get("bare_ms") else ("", "")
    return name, row["addresses"], *times, f"{row['largest_kb']:.0f}", *bare
