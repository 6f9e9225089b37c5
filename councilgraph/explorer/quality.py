"""What is known of the quality of the data: shapes, checks, warnings, gaps and reviews, per council.

Shapes were applied when the store was built, and what they found stands in its manifest; the
checks over the whole graph are asked here, but for those that look at every statement.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from councilgraph.explorer.directory import ASSESSED, NONE, PILOT, directory
from councilgraph.explorer.findings import findings
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.statements import STATEMENTS
from councilgraph.validation.report import council_of


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a rule found; ``by`` is shape, check or reading, ``council`` a register code or ""."""

    council: str
    by: str
    severity: str
    rule: str
    told: str
    thing: str
    value: str
    cure: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a council's data stand."""

    code: str
    name: str
    iri: str
    state: str  # assessed, pilot only, no report found
    missing: tuple[str, ...]  # statements without a score
    findings: int
    with_text: bool
    checked: int  # pieces of evidence that have been reviewed
    evidence: int
    problems: int


@dataclass(frozen=True, slots=True)
class Check:
    """A check that was asked, and how much it found; ``found`` is None where it is left to `validate`."""

    id: str
    name: str
    question: str
    why: str
    severity: str
    found: int | None


@dataclass(frozen=True, slots=True)
class Quality:
    """All of it."""

    problems: tuple[Problem, ...]
    standings: tuple[Standing, ...]
    checks: tuple[Check, ...]
    states: Mapping[str, Mapping[str, int]]  # kind of evidence to review state to number
    refused: int


def quality(snapshot: Snapshot) -> Quality:
    """The quality of a build, worked out once."""
    return snapshot.once("quality", _quality)


def _quality(snapshot: Snapshot) -> Quality:
    checks, problems = _checks(snapshot)
    problems = sorted(
        [*_shapes(snapshot), *_warnings(snapshot), *problems],
        key=lambda one: (one.council, one.severity, one.rule, one.thing),
    )
    reviews = snapshot.records("evidence-by-review-state")
    states: dict[str, Counter[str]] = {}
    for row in reviews:
        states.setdefault(str(row["kind"]), Counter())[str(row["review-state"])] += _number(row["items"])
    return Quality(
        tuple(problems),
        tuple(_standings(snapshot, problems, reviews)),
        tuple(checks),
        states,
        int(snapshot.manifest.get("refused", 0)),
    )


def _shapes(snapshot: Snapshot) -> Iterable[Problem]:
    for source in snapshot.manifest.get("sources", ()):
        for one in source.get("results", ()):
            told: Mapping[str, Any] = one if isinstance(one, Mapping) else {"message": str(one)}
            focus = str(told.get("focus") or "")
            yield Problem(
                council_of(focus) or _council(source["name"]),
                "shape",
                str(told.get("severity") or "Warning").casefold(),
                str(told.get("shape") or "").rsplit("#", 1)[-1],
                str(told.get("message") or ""),
                focus,
                str(told.get("value") or ""),
                "",
            )


def _warnings(snapshot: Snapshot) -> Iterable[Problem]:
    for source in snapshot.manifest.get("sources", ()):
        for one in source.get("warnings", ()):
            told: Mapping[str, Any] = one if isinstance(one, Mapping) else {"message": str(one)}
            yield Problem(
                _council(source["name"]),
                "reading",
                "warning",
                str(told.get("code") or "warning"),
                str(told.get("message") or ""),
                "",
                # Where a file lay on the machine that built the store is nobody's business.
                os.path.basename(str(told.get("where") or "")),
                "",
            )


def _checks(snapshot: Snapshot) -> tuple[list[Check], list[Problem]]:
    checks, problems = [], []
    for query in snapshot.graph.catalogue.all("check"):
        slow = "slow" in query.tags
        rows: Sequence[Mapping[str, Any]] = [] if slow else snapshot.records(query.name)
        checks.append(
            Check(
                query.id, query.name, query.question, query.why, query.severity, None if slow else len(rows)
            )
        )
        problems += [
            Problem(
                council_of(str(row["entity"])),
                "check",
                query.severity,
                query.name,
                str(row.get("problem") or query.problem),
                str(row["entity"]),
                str(row.get("value") or ""),
                query.solution,
            )
            for row in rows
        ]
    return checks, problems


def _standings(
    snapshot: Snapshot, problems: Iterable[Problem], reviews: Iterable[Mapping[str, Any]]
) -> Iterable[Standing]:
    told = Counter(problem.council for problem in problems)
    evidence, checked = Counter[str](), Counter[str]()
    for row in reviews:
        evidence[str(row["authority-iri"])] += _number(row["items"])
        if not str(row["review-state-iri"]).endswith(("/machine", "/open")):
            checked[str(row["authority-iri"])] += _number(row["items"])
    read = Counter(entry.council for entry in findings(snapshot).entries)
    texts = _with_text(snapshot)
    for council in directory(snapshot).all:
        latest = council.latest
        missing = [slug for slug in STATEMENTS if latest and latest.scores.get(slug) is None]
        if council.state not in (ASSESSED, PILOT, NONE) and not read[council.code]:
            continue
        yield Standing(
            *(council.code, council.name, council.iri, council.state, tuple(missing)),
            *(read[council.code], council.code in texts, checked[council.iri], evidence[council.iri]),
            told[council.code],
        )


def _with_text(snapshot: Snapshot) -> set[str]:
    """The councils whose reports were at hand; of the others reviewed evidence alone is known."""
    names = (str(source["name"]) for source in snapshot.manifest.get("sources", ()))
    return {_council(name) for name in names if name.startswith("report/")}


def _council(name: str) -> str:
    """The register code in the name of a source: "report/STS-2025-05"."""
    kind, _, key = name.partition("/")
    return key.rsplit("-", 2)[0] if kind in ("report", "reviewed") and key.count("-") >= 2 else ""


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
