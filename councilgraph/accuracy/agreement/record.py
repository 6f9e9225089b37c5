"""The whole comparison as plain values: what ``bench reviews`` prints as JSON and tables are made from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Any, Final

from councilgraph.accuracy.agreement.labels import labels_of
from councilgraph.accuracy.agreement.rows import Row, Sides, kept_row, rows_of
from councilgraph.accuracy.agreement.words import Said, Thing, day_of
from councilgraph.model import EVIDENCE_KINDS, Decision

MACHINE, REVIEWERS = "machine", "reviewers"
_BANDS: Final = (
    (Decimal("0.5"), "below 0.5"),
    (Decimal("0.7"), "0.5 to 0.7"),
    (Decimal("0.9"), "0.7 to 0.9"),
    (Decimal(2), "0.9 and above"),
)
_UNKNOWN = "not known"
CAUTIONS: Final = (
    "Not the accuracy of all that was read: the queue shows the least sure first, so what was reviewed is "
    "harder than the rest. Read the figures within a band of confidence.",
    "Who decides has the machine's answer before them, so agreement with the machine is the best it can be. "
    "'bench accuracy' measures on sentences that were annotated without it.",
    "A reader is a role, or a folder of review files with its role: names are not kept, so two people in one "
    "role and one folder count as one.",
)
Judged = tuple[Thing, Decision, Said]
# Group of a judgement -> what it is called, and by what groups are ordered.
GROUPS: Final[dict[str, Callable[[Judged], str]]] = {
    "confidence": lambda one: _band(one[1].confidence),
    "day": lambda one: one[1].on.isoformat(),
    "month": lambda one: one[1].on.isoformat()[:7],
    "rules": lambda one: one[1].rules,
    "role": lambda one: one[2].reader,
    "council": lambda one: one[0].council,
}


def agreement(things: Sequence[Thing], by: str = "confidence") -> dict[str, Any]:
    """Machine and reviewers, label by label, overall and by a key of ``GROUPS``; and reviewers in pairs.

    Between machine and reviewers a thing counts once, by the last decision, as in the next build;
    by role each reader's own counts.
    """
    in_force = [judged for thing in things if (judged := _in_force(thing))]
    grouped: dict[str, list[Judged]] = {}
    for judged in _of_each(things) if by == "role" else in_force:
        grouped.setdefault(GROUPS[by](judged), []).append(judged)
    names = sorted({reader for thing in things for reader in thing.said})
    order = [name for _, name in _BANDS] + [_UNKNOWN] if by == "confidence" else sorted(grouped)
    return {
        "cautions": list(CAUTIONS),
        "decided": {
            "things": len(in_force),
            "councils": len({thing.council for thing, _, _ in in_force}),
            "left open": sum(thing.open for thing in things),
            "missed by the machine": sum(t.missed and said.settled is not None for t, _, said in in_force),
            "readers": [_reader(name, things) for name in names],
        },
        "machine": list(_machine(in_force, "")),
        "by": by,
        "machine_by": [row for name in order for row in _machine(grouped.get(name, ()), name)],
        "pairs": [row for one, other in combinations(names, 2) for row in _pair(things, one, other)],
    }


def _in_force(thing: Thing) -> Judged | None:
    """The last decision about a thing; None where it is open, or only a record tells of it."""
    if thing.last is None or thing.open:
        return None
    said = next(one for one in thing.said.values() if one.decision is thing.last)
    return thing, thing.last, said


def _of_each(things: Iterable[Thing]) -> Iterator[Judged]:
    for thing in things:
        for said in thing.said.values():
            if said.decision is not None:
                yield thing, said.decision, said


def _machine(judged: Sequence[Judged], by: str) -> Iterator[Row]:
    sides = Sides(MACHINE, REVIEWERS, by, machine=True)
    for kind in EVIDENCE_KINDS:
        # What it missed is told apart: nobody was asked to look for that.
        of_kind = [one for one in judged if one[0].kind == kind and not one[0].missed]
        yield from kept_row(sides, kind, ((True, said.settled is not None) for _, _, said in of_kind))
        for label in labels_of(kind):
            pairs = [
                (label.value(decision.machine), label.value(said.settled))
                for _, decision, said in of_kind
                if said.settled is not None
            ]
            yield from rows_of(sides, label, pairs)


def _pair(things: Iterable[Thing], one: str, other: str) -> Iterator[Row]:
    sides = Sides(one, other)
    shared: dict[str, list[tuple[Said, Said]]] = {}
    put_in: dict[str, list[tuple[Said, Said]]] = {}
    for thing in things:
        if pair := thing.pair(one, other):
            # Who accepts what another put in has seen that, and not what the machine read.
            (put_in if thing.missed else shared).setdefault(thing.kind, []).append(pair)
    for kind in EVIDENCE_KINDS:
        pairs = shared.get(kind, [])
        # Who wrote a record was not asked whether what the machine read is to be kept.
        asked = [(a, b) for a, b in (*pairs, *put_in.get(kind, ())) if a.decision and b.decision]
        yield from kept_row(sides, kind, ((a.settled is not None, b.settled is not None) for a, b in asked))
        for label in labels_of(kind):
            values = [
                (label.value(a.settled), label.value(b.settled))
                for a, b in pairs
                if a.settled is not None and b.settled is not None
            ]
            yield from rows_of(sides, label, values)


def _reader(name: str, things: Iterable[Thing]) -> Mapping[str, Any]:
    said = [one for thing in things if (one := thing.said.get(name))]
    days = sorted(day for one in said if (day := day_of(one)))
    return {
        "reader": name,
        "things": len(said),
        "first_day": days[0].isoformat() if days else None,
        "last_day": days[-1].isoformat() if days else None,
    }


def _band(sure: Decimal | None) -> str:
    return _UNKNOWN if sure is None else next(name for end, name in _BANDS if sure < end)
