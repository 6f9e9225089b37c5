"""The page of data quality: what the shapes and the checks say, per council, and what was reviewed."""

from __future__ import annotations

import re

from councilgraph.catalogue import Column
from councilgraph.explorer.choosing import known
from councilgraph.explorer.directory import ASSESSED, NONE, directory
from councilgraph.explorer.naming import names_of
from councilgraph.explorer.page import Asked, Kind, Page, Table
from councilgraph.explorer.quality import Problem, Standing, quality
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import BASE, slugify
from councilgraph.results.values import Value

_OURS = re.compile(re.escape(BASE) + r"(?:id|scheme)/[\w./~%-]*[\w~%-]")
_COUNCILS = (
    Column("authority", "string", "official name of the council"),
    Column("authority-iri", "iri", "the council"),
    Column("state", "string", "whether a report is in the graph"),
    Column("report-text", "string", "whether the text of its report was at hand"),
    Column("missing-scores", "integer", "statements without a score in its latest report"),
    Column("missing", "string", "which they are"),
    Column("findings", "integer", "findings that were read from its reports"),
    Column("evidence", "integer", "pieces of evidence: findings, mentions, arrangements and the rest"),
    Column("checked", "integer", "those that have been reviewed"),
    Column("problems", "integer", "what shapes, checks and reading found"),
)
_PROBLEMS = (
    Column("authority", "string", "official name of the council, empty for what no one council owns"),
    Column("authority-iri", "iri", "the council"),
    Column("found-by", "string", "shape, check or reading"),
    Column("severity", "string", "error, violation, warning or info"),
    Column("rule", "string", "the rule that found it"),
    Column("told", "string", "what is wrong, in words"),
    Column("thing", "string", "the thing that it is wrong with"),
    Column("thing-iri", "iri", "its IRI"),
    Column("value", "string", "its value, or the place in the file"),
    Column("what-to-do", "string", "how it is put right"),
)
_REVIEWS = (
    Column("evidence", "string", "kind of evidence"),
    Column("review-state", "string", "whether it has been reviewed"),
    Column("items", "integer", "how many there are"),
)
_CHECKS = (
    Column("check", "string", "the question that is asked of the whole graph"),
    Column("severity", "string", "how grave it is where something is found"),
    Column("found", "string", "how much was found"),
)


def make(snapshot: Snapshot, asked: Asked) -> Page:
    """What is known of the quality of the data; of one council with ``council=``.

    Raises:
        NotFoundError: there is no such council or state.
    """
    held, councils = quality(snapshot), directory(snapshot)
    council = councils.get(asked.one("council")) if asked.one("council") else None
    states = {slugify(one.state): one.state for one in held.standings}
    state = known("state", asked.one("state"), states) if asked.one("state") else ""
    standings = [
        one
        for one in held.standings
        if (not council or one.code == council.code) and (not state or one.state == states[state])
    ]
    problems = [one for one in held.problems if not council or one.council == council.code]
    names = {one.code: (one.name, one.iri) for one in councils.all}
    tables = (
        Table("councils", "Data of each council", _COUNCILS, [_standing(one) for one in standings]),
        Table(
            "problems",
            "What rules and reading found",
            _PROBLEMS,
            [_problem(snapshot, one, names) for one in problems],
        ),
        Table(
            "reviews",
            "Evidence by review state",
            _REVIEWS,
            [(kind, name, n) for kind, counts in held.states.items() for name, n in counts.items()],
        ),
        Table(
            "checks",
            "Checks over the whole graph",
            _CHECKS,
            [
                (
                    one.question,
                    one.severity,
                    "left to councilgraph validate" if one.found is None else str(one.found),
                )
                for one in held.checks
            ],
        ),
    )
    evidence = sum(n for counts in held.states.values() for n in counts.values())
    content = {
        "council": council,
        "councils": [(one.code, one.short) for one in councils.all],
        "states": states,
        "state": state,
        "standings": standings,
        "assessed": sum(one.state == ASSESSED for one in held.standings),
        "unreported": sum(one.state == NONE for one in held.standings),
        "all": len(held.standings),
        "incomplete": [one for one in standings if one.missing],
        "evidence": evidence,
        "checked": sum(one.checked for one in held.standings),
        "refused": held.refused,
        "tables": {table.name: table for table in tables},
        "statements": councils.statements,
    }
    return Page(
        "data-quality.html",
        f"Data quality: {council.name}" if council else "Data quality",
        content,
        tables,
        "What is missing, what rules and checks found, and what has been reviewed, by council.",
        crumbs=(("Home", "/"), ("Data quality", "/data-quality")) if council else (("Home", "/"),),
    )


def _standing(one: Standing) -> tuple[Value, ...]:
    return (
        *(one.name, one.iri, one.state),
        "at hand" if one.with_text else "not at hand" if one.state == ASSESSED else None,
        *(len(one.missing), ", ".join(one.missing) or None),
        *(one.findings, one.evidence, one.checked, one.problems),
    )


def _problem(snapshot: Snapshot, one: Problem, names: dict[str, tuple[str, str]]) -> tuple[Value, ...]:
    name, iri = names.get(one.council, (None, None))

    def label(found: re.Match[str]) -> str:
        return names_of(snapshot).of(found[0])

    # A message or a value that names our things by IRI is read by people here.
    told, value = (_OURS.sub(label, text) for text in (one.told, one.value.strip("<>")))
    thing = names_of(snapshot).of(one.thing) if one.thing else None
    return (
        *(name, iri, one.by, one.severity, one.rule, told, thing, one.thing or None),
        *(value or None, one.cure or None),
    )


KINDS = (Kind("data-quality", "/data-quality", make, lambda snapshot: ["/data-quality"], "Data quality"),)
