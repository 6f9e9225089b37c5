"""One line of the tables: two sides compared on one label, or on one value of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from councilgraph.accuracy.agreement.kappa import cohen, wilson
from councilgraph.accuracy.agreement.labels import KEPT, Label

Value = tuple[str, ...]
Row = dict[str, str | int | float | None]
PLACES: Final = 3
COLUMNS: Final = (
    "first",
    "second",
    "by",
    "kind",
    "label",
    "value",
    "compared",
    "agreed",
    "agreement",
    "agreement_low",
    "agreement_high",
    "first_said",
    "second_said",
    "both_said",
    "precision",
    "recall",
    "kappa",
    "kappa_low",
    "kappa_high",
    "undefined_because",
)


@dataclass(frozen=True, slots=True)
class Sides:
    """Who is compared, and in which part of the decisions ("2026-11"; "" is all of them).

    Between machine and reviewers there is no kappa: who decides has the machine's answer before
    them. Between two readers neither is right, so there is no precision and no recall.
    """

    first: str
    second: str
    by: str = ""
    machine: bool = False


def kept_row(sides: Sides, kind: str, pairs: Iterable[tuple[bool, bool]]) -> Iterator[Row]:
    """The line that tells whether things of a kind are ones at all: read or not, kept or rejected.

    The machine's has no recall: nobody was asked to look for what it missed.
    """
    counted = Counter(pairs)
    if counted:
        row = _row(sides, kind, KEPT, "", counted)
        both = counted[True, True]
        first, second = both + counted[True, False], both + counted[False, True]
        row |= {"first_said": first, "second_said": second, "both_said": both}
        if sides.machine and first:
            row["precision"] = round(both / first, PLACES)
        yield row


def rows_of(sides: Sides, label: Label, pairs: Iterable[tuple[Value, Value]]) -> Iterator[Row]:
    """The line of a label, and one for each value that either side gave, most said first."""
    counted = Counter(pairs)
    if not counted:
        return
    yield _whole(sides, label.kind, label.field, counted)
    if not label.scheme:
        return
    said: Counter[str] = Counter()
    for (one, other), count in counted.items():
        for value in {*one, *other}:
            said[value] += count
    for value in sorted(said, key=lambda value: (-said[value], value)):
        yield of_value(sides, label.kind, label.field, value, counted)


def of_value(sides: Sides, kind: str, label: str, value: str, pairs: Counter[tuple[Value, Value]]) -> Row:
    """The line of one value: has it, or has it not."""
    has: Counter[tuple[bool, bool]] = Counter()
    for (one, other), count in pairs.items():
        has[value in one, value in other] += count
    both = has[True, True]
    first, second = both + has[True, False], both + has[False, True]
    row = _row(sides, kind, label, value, has)
    row |= {"first_said": first, "second_said": second, "both_said": both}
    if sides.machine:
        row["precision"] = round(both / first, PLACES) if first else None
        row["recall"] = round(both / second, PLACES) if second else None
    return row


def _whole(sides: Sides, kind: str, label: str, pairs: Counter[tuple[Value, Value]]) -> Row:
    return _row(sides, kind, label, "", pairs)


def _row(sides: Sides, kind: str, label: str, value: str, pairs: Counter[Any]) -> Row:
    found = cohen(pairs)
    share = wilson(found.agreed, found.n)
    row: Row = dict.fromkeys(COLUMNS)
    row |= {"first": sides.first, "second": sides.second, "by": sides.by}
    row |= {"kind": kind, "label": label, "value": value, "compared": found.n, "agreed": found.agreed}
    if share:
        low, high = share
        row |= {
            "agreement": round(found.agreed / found.n, PLACES),
            "agreement_low": round(low, PLACES),
            "agreement_high": round(high, PLACES),
        }
    if not sides.machine:
        row |= {
            "kappa": _rounded(found.value),
            "kappa_low": _rounded(found.low),
            "kappa_high": _rounded(found.high),
            "undefined_because": found.why or None,
        }
    return row


def _rounded(value: float | None) -> float | None:
    # -0.0 is printed with its sign
    return None if value is None else round(value, PLACES) + 0.0
