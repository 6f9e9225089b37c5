"""Checks over the whole graph: stored queries whose rows are problems.

Shapes see one report at a time; what only shows when all graphs lie side by side (a council
assessed twice in one month) is asked here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from councilgraph import resources
from councilgraph.catalogue import Catalogue

Select = Callable[[str], tuple[list[str], Iterator[tuple[Any, ...]]]]


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One problem: which check found it, on what, and what to do."""

    check: str
    severity: str
    problem: str
    solution: str
    entity: str
    value: str


def run_checks(select: Select, *, slow: bool = False) -> tuple[CheckRow, ...]:
    """Every problem that the stored checks find, in the order of their names.

    Checks tagged ``slow`` look at every statement; ``validate`` runs them, a build, which
    must cost no more than what has changed, does not.
    """
    rows: list[CheckRow] = []
    for query in Catalogue(resources.path("queries")).search(kind="check"):
        if "slow" in query.tags and not slow:
            continue
        names, found = select(query.text)
        at = {name: n for n, name in enumerate(names)}
        for row in found:
            value = row[at["value"]]
            rows.append(
                CheckRow(
                    query.name,
                    query.severity,
                    query.problem,
                    query.solution,
                    row[at["entity"]].value,
                    value.value if value is not None else "",
                )
            )
    return tuple(rows)
