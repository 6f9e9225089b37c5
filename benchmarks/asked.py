"""What the stored queries took: how sides compare, and the figures."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import geometric_mean
from typing import Any

from benchmarks import figures
from benchmarks.figures import Row

Size = dict[str, Any]
# A ratio has one clock on both sides: the processor's within a process, the one on the wall where a
# server does the work. Most milliseconds at a million triples, most seconds at ten million.
PROCESSOR, WALL = "processor_ms", "ms"
MILLISECONDS, SECONDS, TIMES_RDFLIB, TIMES_VIRTUOSO = 200, 2, 30, 5
NAMES = {
    "memory": "memory",
    "disk": "disk",
    "package": "Python interface",
    "rdflib": "rdflib",
    "oxigraph": "Oxigraph, HTTP",
    "virtuoso": "Virtuoso, HTTP",
}


def ratios(size: Size, over: str, under: str, clock: str) -> dict[str, float]:
    """One side divided by another, for each query that both answer with as many rows.

    What one side answers slower than its limit is there with the limit; what both do is not.
    """
    first, second = (size["sides"][one]["queries"] for one in (over, under))
    found = {}
    for name, told in first.items():
        other = second[name]
        if "error" in told or "error" in other or (told.get("over") and other.get("over")):
            continue
        if told.get("over") or other.get("over") or told["rows"] == other["rows"]:
            found[name] = told[clock] / max(other[clock], 0.001)
    return found


def above(size: Size, side: str, milliseconds: float) -> list[str]:
    """The queries of a side that take longer on the processor, slowest first."""
    queries = size["sides"][side]["queries"]
    found = [name for name, told in queries.items() if told.get(PROCESSOR, 0) > milliseconds]
    return sorted(found, key=lambda name: -queries[name][PROCESSOR])


def lower_bounds(size: Size, side: str) -> int:
    """How many queries a side was not waited for."""
    return sum(bool(told.get("over")) for told in size["sides"][side]["queries"].values())


def about(size: Size) -> str:
    """Its triples, to two digits."""
    if "triples" not in size:
        return f"{size['reports']} reports'"
    return f"{float(format(size['triples'], '.1e')):,.0f}"


def missing(size: Size, *sides: str) -> str | None:
    """Why a side, or the whole size, was not measured; None where it was."""
    if "sides" not in size:
        return str(size["reason"])
    return next((one["reason"] for name in sides if "reason" in (one := size["sides"][name])), None)


def rows(found: dict[str, Size]) -> list[Row]:
    """The figures of the stored queries."""
    small, middle, large = (found[size] for size in ("small", "middle", "large"))
    return [
        _mean(
            "q-rdflib",
            f"stored queries at {about(small)} triples: rdflib / councilgraph in memory, geometric mean",
            small,
            ("rdflib", "memory"),
            TIMES_RDFLIB,
        ),
        *_slowest("q-million", middle, ("memory",), "ms", 1, MILLISECONDS),
        *_slowest("q-ten-million", large, ("memory", "disk"), "s", 1000, SECONDS),
        *_worst("q-virtuoso", middle, ("memory", "disk"), "virtuoso", TIMES_VIRTUOSO),
        *_worst("q-oxigraph", middle, ("memory", "disk"), "oxigraph", None),
        _mean(
            "q-package",
            f"the Python interface, to records / the bare query, {about(middle)} triples, geometric mean",
            middle,
            ("package", "memory"),
            None,
        ),
    ]


def _mean(key: str, title: str, size: Size, sides: tuple[str, str], target: float | None) -> Row:
    reason = missing(size, *sides)
    found = {} if reason else ratios(size, *sides, PROCESSOR)
    # What was not waited for is in the mean with the limit: no more than a lower bound.
    bounds = 0 if reason else lower_bounds(size, sides[0])
    return figures.row(
        key,
        _at_least(title, bounds, len(found)),
        geometric_mean(found.values()) if found else None,
        over=sides[0],
        under=sides[1],
        target=target,
        at_least=True,
        reason=reason or "no query that both answer alike",
    )


def _at_least(title: str, bounds: int, of: int) -> str:
    """The title, which says so where some queries were ended before they had answered."""
    return f"{title} (at least: {bounds} of {of} were not waited for)" if bounds else title


def _slowest(
    key: str, size: Size, sides: tuple[str, ...], unit: str, milliseconds: int, limit: int
) -> Iterator[Row]:
    """The slowest query of each side, and how many are above the limit; memory is what is judged."""
    for side in sides:
        reason = missing(size, side)
        judged = side == "memory"
        own = key if judged else f"{key}-{side}"
        place = f"{'in memory' if judged else f'on {side}'} at {about(size)} triples"
        times = [] if reason else [told.get(PROCESSOR, 0) for told in size["sides"][side]["queries"].values()]
        bounds = 0 if reason else lower_bounds(size, side)
        yield figures.row(
            own,
            _at_least(f"slowest stored query {place}, {unit}", bounds, len(times)),
            max(times) / milliseconds if times else None,
            over=side,
            target=limit if judged else None,
            reason=reason or figures.NOT_MEASURED,
        )
        yield figures.row(
            f"{own}-above",
            f"stored queries {place} above {limit} {unit}",
            len(above(size, side, limit * milliseconds)) if times else None,
            over=side,
            reason=reason or figures.NOT_MEASURED,
        )


def _worst(key: str, size: Size, sides: tuple[str, ...], server: str, target: float | None) -> Iterator[Row]:
    """The query that a server answers faster by most, for each of our sides."""
    for side in sides:
        reason = missing(size, side, server)
        found = {} if reason else ratios(size, side, server, WALL)
        own, triples = key if side == "memory" else f"{key}-{side}", f"{about(size)} triples"
        place = "in memory" if side == "memory" else f"on {side}"
        yield figures.row(
            own,
            f"stored queries {place} / {NAMES[server]}, {triples}, the greatest ratio",
            max(found.values()) if found else None,
            over=side,
            under=server,
            target=target,
            reason=reason or "no query that both answer alike",
        )
        if target is not None:
            yield figures.row(
                f"{own}-above",
                f"stored queries {place} more than {target:g} times slower than {NAMES[server]}, {triples}",
                sum(value > target for value in found.values()) if found else None,
                over=side,
                under=server,
                reason=reason or "no query that both answer alike",
            )
