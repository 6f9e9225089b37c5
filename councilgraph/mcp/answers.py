"""An answer with all that belongs to it: rows, how many there are, sources, review state, limits.

No answer grows beyond what its reader can hold. What is left out is counted, and the answer
says how to get it: a part that looks like the whole is worse than none.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from councilgraph.api import Graph
from councilgraph.catalogue import Column
from councilgraph.errors import UsageError
from councilgraph.mcp import notices, quoting
from councilgraph.mcp.opened import version
from councilgraph.results.values import Value

MOST_ROWS, MOST_CHARACTERS, MOST_REPORTS = 100, 50_000, 30
NOT_FOUND = "Nothing was found in the text of the reports in this store; it may still be done or be so."
_REPORT = ("report", "page")


def table(
    graph: Graph,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value]],
    *,
    first: int = 1,
    most: int = MOST_ROWS,
    tags: tuple[str, ...] = (),
) -> dict[str, Any]:
    """The rows from number ``first`` on, at most ``most``, with all that belongs to them.

    Raises:
        UsageError: ``first`` or ``most`` is no such number.
    """
    check(first, most)
    names = [column.name for column in columns]
    states = names.index("review-state") if "review-state" in names else None
    kept: list[dict[str, object]] = []
    given: list[Sequence[Value]] = []
    reviewed: Counter[str] = Counter()
    count, room = 0, MOST_CHARACTERS
    for count, row in enumerate(rows, 1):
        if states is not None:
            reviewed[str(row[states] or "not stated")] += 1
        if count < first or len(kept) >= most or room <= 0:
            continue
        shown = quoting.row(columns, row)
        room -= len(json.dumps(shown, ensure_ascii=False))
        # The first is given whatever it costs, or nobody could ever ask past it.
        if room > 0 or not kept:
            kept.append(shown)
            given.append(row)
    return {
        "rows": kept,
        "extent": extent(count, first, len(kept)),
        "review": _review(reviewed, states is not None, tags),
        "sources": _sources(names, given),
        **frame(graph, tags),
    }


def frame(graph: Graph, tags: tuple[str, ...] = ("scores", "findings")) -> dict[str, Any]:
    """What goes with every answer: how to take quoted words, limits, licence and version."""
    return {
        "quoted_text": notices.QUOTED,
        "limits": notices.limits(tags),
        "licence": notices.LICENCE,
        "version": version(graph),
    }


def check(first: int, most: int) -> None:
    """Raises UsageError: no such rows can be given."""
    if first < 1:
        raise UsageError(f"first_row={first} is no row.", cure="The first row is number 1.")
    if not 1 <= most <= MOST_ROWS:
        raise UsageError(
            f"rows={most} cannot be given at once.",
            cure=f"Ask for 1 to {MOST_ROWS} rows, and for the next ones with first_row.",
        )


def extent(count: int, first: int, kept: int) -> dict[str, Any]:
    """Which rows are given of how many, and how to get the others."""
    last = first + kept - 1
    found: dict[str, Any] = {"rows_in_all": count, "complete": first == 1 and kept == count}
    if kept:
        found |= {"first_row": first, "last_row": last}
    if not count:
        found["note"] = NOT_FOUND
    elif not kept:
        found["note"] = f"There is no row {first}: the answer has {count}."
    elif last < count:
        found["note"] = (
            f"This is a part: rows {first} to {last} of {count}. Ask again with first_row={last + 1}, "
            "or narrow the question with its parameters. Draw no conclusion on all from a part."
        )
    return found


def _review(states: Counter[str], known: bool, tags: tuple[str, ...]) -> dict[str, Any]:
    if known:
        return {
            "rows_by_state": dict(sorted(states.items())),
            "note": "Machine-made means that nobody has looked yet; the state stands in each row.",
        }
    read = "scores" not in tags and "position" not in tags
    return {
        "note": "The rows count or list what a machine has read; most of it nobody has reviewed."
        if read or "findings" in tags
        else "The rows rest on published scores, ratings and tables, not on what a machine has read."
    }


def _sources(names: list[str], rows: Sequence[Sequence[Value]]) -> dict[str, Any]:
    """The reports behind the rows that are given."""
    at = next((names.index(name) for name in _REPORT if name in names), None)
    found: dict[tuple[str, str, str], None] = {}
    for row in rows:
        authority, published = (
            str(row[names.index(name)] or "") if name in names else "" for name in ("authority", "published")
        )
        address = str(row[at] or "") if at is not None else ""
        if address or (authority and published):
            found[authority, published, address] = None
    told: dict[str, Any] = {
        "reports": [
            {
                "of": quoting.cleaned(authority),
                "published": published,
                "address": quoting.cleaned(address) or "not known: read from a file",
            }
            for authority, published, address in list(found)[:MOST_REPORTS]
        ],
        "note": "Each row comes from the report of its council and date; list_sources names all data sets.",
    }
    if len(found) > MOST_REPORTS:
        told["reports_not_listed_here"] = len(found) - MOST_REPORTS
    return told
