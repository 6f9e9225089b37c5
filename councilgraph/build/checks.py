"""Checks over the whole graph: stored queries whose rows are problems.

Shapes see one report at a time; what only shows when all graphs lie side by side (a council
assessed twice in one month) is asked here. Where only some graphs have changed, only what
they speak of is asked about, and of everything else stands what the build before found: a
check says where it can be narrowed by a comment ``# narrow: ?variable``, with patterns after
the variable that only the narrowed question needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph

from councilgraph import resources
from councilgraph.catalogue import Catalogue, Query

Select = Callable[[str], tuple[list[str], Iterator[tuple[Any, ...]]]]

# More things than this are not listed in a question: asking about all is then no slower.
MOST_NARROWED = 20_000
# The graphs that speak of one report's things alone, and those that a build derives from them.
_OF_REPORTS = ("report/", "reviewed/")
_DERIVED = frozenset(("catalog", "links", "provenance", "reference/act-sections", "reference/linked-bodies"))
_NARROW = re.compile(r"^[ \t]*# narrow: (\?\w+)(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One problem: which check found it, on what, and what to do."""

    check: str
    severity: str
    problem: str
    solution: str
    entity: str
    value: str


def run_checks(
    select: Select,
    *,
    slow: bool = False,
    touched: frozenset[str] | None = None,
    before: Sequence[CheckRow] = (),
) -> tuple[CheckRow, ...]:
    """Every problem that the stored checks find, in the order of their names.

    Checks tagged ``slow`` look at every statement; ``validate`` runs them, a build, which
    must cost no more than what has changed, does not. ``touched`` are the IRIs of which
    anything can have changed (None: all), ``before`` the rows that were found before that.
    """
    rows: list[CheckRow] = []
    for query in Catalogue(resources.path("queries")).search(kind="check"):
        if "slow" in query.tags and not slow:
            continue
        if touched is None or not _NARROW.search(query.text):
            rows += _ask(select, query, query.text)
            continue
        rows += sorted(
            [
                *(row for row in before if row.check == query.name and row.entity not in touched),
                *_ask(select, query, narrowed(query.text, touched)),
            ],
            key=lambda row: (row.entity, row.value),
        )
    return tuple(rows)


def narrowed(text: str, touched: Iterable[str]) -> str:
    """The check about these things alone."""
    values = " ".join(f"<{iri}>" for iri in sorted(touched))
    return _NARROW.sub(lambda found: f"VALUES {found[1]} {{ {values} }}{found[2]}", text)


def touched_by(names: Iterable[str], files: Iterable[str]) -> frozenset[str] | None:
    """The IRIs in the N-Quads files of what a build adds and takes away.

    None where that says too little or too much: ``names`` of graphs that speak of things
    that others describe, a file that is not there any more, very many things.
    """
    if not all(name.startswith(_OF_REPORTS) or name in _DERIVED for name in names):
        return None
    found: set[str] = set()
    try:
        for file in files:
            for quad in pyoxigraph.parse(path=file, format=pyoxigraph.RdfFormat.N_QUADS, lenient=True):
                for term in (quad.subject, quad.object):
                    if isinstance(term, pyoxigraph.NamedNode):
                        found.add(term.value)
            if len(found) > MOST_NARROWED:
                return None
    except (OSError, SyntaxError):
        return None
    return frozenset(found)


def _ask(select: Select, query: Query, text: str) -> Iterator[CheckRow]:
    names, found = select(text)
    at = {name: n for n, name in enumerate(names)}
    for row in found:
        value = row[at["value"]]
        yield CheckRow(
            query.name,
            query.severity,
            query.problem,
            query.solution,
            row[at["entity"]].value,
            value.value if value is not None else "",
        )
