"""The section of the page on the stored queries."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import geometric_mean
from typing import Any

from benchmarks import tables
from benchmarks.asked import (
    MILLISECONDS,
    NAMES,
    PROCESSOR,
    SECONDS,
    WALL,
    Size,
    about,
    above,
    lower_bounds,
    missing,
    ratios,
)
from benchmarks.stores import BUFFERS, THREADS

# The ratios that the table of a size shows: over, under, the clock.
RATIOS = {
    "small": (("rdflib", "memory", PROCESSOR),),
    "middle": (
        ("package", "memory", PROCESSOR),
        ("memory", "oxigraph", WALL),
        ("memory", "virtuoso", WALL),
        ("disk", "virtuoso", WALL),
    ),
    "large": (),
}


def section(found: dict[str, Size]) -> Iterator[str]:
    """Every stored query, by size and side, and what was answered otherwise."""
    yield "## Stored queries"
    yield ""
    yield (
        "Each stored query about our own data, bound to the same values on every side and read to its last "
        "row; all sides of a size stand ready at once and are asked in turn, at ten million triples at the "
        "same time. Milliseconds are medians of up to five runs; what takes half a second is asked once. In "
        "memory, on disk, in the Python interface and in rdflib they are the processor's; those of a server "
        "are the clock's, from the question to the last row, by the client of councilgraph on loopback. "
        "Ratios to a server take the clock on both "
        "sides. With `>` a query was not waited for any longer and counts as that limit."
    )
    yield ""
    yield (
        "'Memory' and 'disk' are the bare texts, run by pyoxigraph; the 'Python interface' looks the query "
        "up, finds out what the values mean, and makes records of Python values. Servers hold the same "
        f"N-Quads, read by their own bulk loaders; Virtuoso has {BUFFERS * 8 / 2**20:.1f} GiB for its pages "
        f"and {THREADS} threads a query. rdflib has all triples in one `Graph`, the quickest of its kinds."
    )
    yield ""
    for name, size in found.items():
        yield f"### At {about(size)} triples"
        yield ""
        if reason := missing(size):
            yield f"Not measured: {reason}"
            yield ""
            continue
        yield from _told(name, size)
        yield from _table(name, size)
        yield from _otherwise(size)


def _told(name: str, size: Size) -> Iterator[str]:
    """What the figures do not say: lower bounds, and the worst by name."""
    measured = [side for side in size["sides"] if not missing(size, side)]
    yield f"{size['reports']} reports, {size['triples']:,} triples."
    yield ""
    for side in measured:
        if bound := lower_bounds(size, side):
            limit = size["sides"][side]["limit"]
            yield f"- {NAMES[side]}: not waited for after {limit:g} s: {bound} (the limit is a bound only)."
    limit = {"middle": MILLISECONDS, "large": SECONDS * 1000}.get(name)
    if limit and "memory" in measured:
        slow = above(size, "memory", limit)
        yield f"- Above {limit:,} ms in memory: {', '.join(slow) or 'none'}."
    for over, under, clock in RATIOS[name]:
        if over in measured and under in measured:
            found = ratios(size, over, under, clock)
            worst = sorted(found, key=lambda one: -found[one])[:5]
            if found:
                named = ", ".join(f"{one} {found[one]:.3g}" for one in worst)
                mean = f"{geometric_mean(found.values()):.3g} of {len(found)} queries"
                yield f"- {NAMES[over]} / {NAMES[under]}: geometric mean {mean}; greatest: {named}."
    for side in size["sides"]:
        if reason := missing(size, side):
            yield f"- {NAMES[side]}: not measured: {reason}"
    yield ""


def _table(name: str, size: Size) -> Iterator[str]:
    sides = [side for side in size["sides"] if not missing(size, side)]
    divided = [one for one in RATIOS[name] if one[0] in sides and one[1] in sides]
    quotients = [ratios(size, *one) for one in divided]
    columns = ("query", "rows", *(f"{NAMES[side]}, ms" for side in sides))
    columns += tuple(f"{NAMES[over]} / {NAMES[under]}" for over, under, _ in divided)
    told = {side: size["sides"][side]["queries"] for side in sides}
    yield "<details><summary>Every stored query</summary>"
    yield ""
    yield from tables.table(
        columns,
        (
            (
                query,
                _rows_of(told["memory"][query] if "memory" in told else told[sides[0]][query]),
                *(_cell(told[side][query], WALL if _served(side) else PROCESSOR) for side in sides),
                *(f"{one[query]:.3g}" if query in one else "" for one in quotients),
            )
            for query in told[sides[0]]
        ),
    )
    yield "</details>"
    yield ""


def _otherwise(size: Size) -> Iterator[str]:
    """Queries that a side does not answer, or with other rows than memory."""
    found = []
    sides = {side: told["queries"] for side, told in size["sides"].items() if "queries" in told}
    ours = sides.get("memory", {})
    for side, queries in sides.items():
        for name, told in queries.items():
            rows = ours.get(name, {}).get("rows")
            if "error" in told:
                found.append((name, NAMES[side], f"not answered: {_short(told['error'])}"))
            elif not told.get("over") and rows is not None and told["rows"] != rows:
                found.append((name, NAMES[side], f"{told['rows']:,} rows instead of {rows:,}"))
    if found:
        yield "Answered otherwise, and in no ratio:"
        yield ""
        yield from tables.table(("query", "side", "what"), sorted(found), left=3)


def _served(side: str) -> bool:
    return side in ("oxigraph", "virtuoso")


def _rows_of(told: dict[str, Any]) -> str:
    return "" if told.get("rows") is None else f"{told['rows']:,}"


def _cell(told: dict[str, Any], clock: str) -> str:
    if "error" in told:
        return "-"
    sign = "> " if told.get("over") else ""
    value = told[clock]
    return f"{sign}{value:,.0f}" if value >= 100 else f"{sign}{value:.3g}"


def _short(error: str) -> str:
    """What an engine says, without what its client puts before it, and no longer than one line."""
    return error.rpartition("Response: b'")[2].split("\\n")[0].replace("|", "/")[:120]
