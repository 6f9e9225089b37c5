"""What the page tells of growth: the tables that its charts are drawn from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks import tables

SHORT, FULL = 13, 250  # narrative sentences a report
SWAP = ("text index", "publishing")  # the parts of filling a store that follow the checks
Size = dict[str, Any]


def measured(found: dict[str, Any], sentences: int) -> list[Size]:
    """The sizes of that length of report that were measured, the smallest first."""
    sizes = [s for s in found["sizes"] if s["sentences"] == sentences and "reason" not in s]
    return sorted(sizes, key=lambda size: size["reports"])


def section(found: dict[str, Any]) -> Iterator[str]:
    """The section."""
    sizes = [size for sentences in (SHORT, FULL) for size in measured(found, sentences)]
    yield "## Growth with the number of reports"
    yield ""
    yield (
        f"The same build of ever more reports, short ones of {SHORT} sentences and full ones of {FULL}; more "
        "reports than councils have invented councils too, ten assessments each. Every build is a process "
        "of its own. Processor seconds are those of all its processes; the medians of up to three builds, "
        "and one first build where it takes minutes. Memory is the peak of the process that builds, and of "
        "the largest of its helpers (which shares some of it with the first). 'Swap' is what follows the "
        "checks when one report has changed: the index of the findings and putting the build in force."
    )
    yield ""
    yield "First build:"
    yield ""
    yield from tables.table(
        ("reports", "sentences", "statements", "clock s", "processor s", "ms a report", "MiB", "helper MiB"),
        (_first(size) for size in sizes),
        left=0,
    )
    yield "The build after it:"
    yield ""
    yield from tables.table(
        (
            *("reports", "sentences", "nothing changed: clock s", "processor s"),
            *("one changed: clock s", "processor s", "of which swap", "MiB"),
        ),
        (_again(size) for size in sizes),
        left=0,
    )
    yield "On disk, in MB, and a copy of the graph in memory:"
    yield ""
    yield from tables.table(
        ("reports", "sentences", "N-Quads", "database", "index", "in memory MiB", "copied in, processor s"),
        (_kept(size) for size in sizes),
        left=0,
    )
    for build, title in (("first", "first build"), ("changed", "one report changed")):
        yield f"Steps, processor seconds: {title}"
        yield ""
        yield from _steps(sizes, build)
    for size in found["sizes"]:
        if "reason" in size:
            told = f"{size['reports']:,} reports of {size['sentences']} sentences"
            yield f"{told}: not measured, {size['reason']}."
            yield ""


def _first(size: Size) -> tuple[object, ...]:
    first = size["first"]
    each = first["processor"] / size["reports"] * 1000
    times = f"{first['wall']:.1f}", f"{first['processor']:.1f}", f"{each:.1f}"
    return *_named(size), f"{size['triples']:,}", *times, first["own_mib"], first["helper_mib"]


def _again(size: Size) -> tuple[object, ...]:
    unchanged, changed = size["unchanged"], size["changed"]
    swap = sorted(changed["swaps"])[len(changed["swaps"]) // 2]
    times = (unchanged["wall"], unchanged["processor"], changed["wall"], changed["processor"], swap)
    return *_named(size), *(f"{seconds:.2f}" for seconds in times), changed["own_mib"]


def _kept(size: Size) -> tuple[object, ...]:
    megabytes = (f"{size[f'{name}_bytes'] / 1e6:,.0f}" for name in ("nquads", "database", "index"))
    memory = size["memory"]
    copied = (memory["mib"], f"{memory['processor']:.1f}") if memory else ("", "")
    return *_named(size), *megabytes, *copied


def _named(size: Size) -> tuple[str, int]:
    return f"{size['reports']:,}", size["sentences"]


def _steps(sizes: list[Size], build: str) -> Iterator[str]:
    names = dict.fromkeys(name for size in sizes for name in size[build]["steps"])
    yield from tables.table(
        ("step", *(f"{size['reports']:,} of {size['sentences']}" for size in sizes)),
        ((name, *(f"{size[build]['steps'].get(name, (0, 0))[1]:.2f}" for size in sizes)) for name in names),
    )
