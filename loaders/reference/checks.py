"""Fields of a tidy table as typed values; a bad one names file, line and cure."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal, InvalidOperation

from loaders.csvfile import Row

GSS = re.compile(r"E[0-9]{8}")
WIKIDATA = re.compile(r"Q[1-9][0-9]*")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def day(row: Row, column: str) -> date | None:
    """A date YYYY-MM-DD, None if empty."""
    if not row[column]:
        return None
    try:
        # Python also reads 2026-W14-3 and 20260401; a day is written in one way only.
        if not DAY.fullmatch(row[column]):
            raise ValueError(row[column])
        return date.fromisoformat(row[column])
    except ValueError as error:
        raise row.problem(
            f"{row[column]!r} in column {column} is no date.", "Write it as 2026-03-31."
        ) from error


def period(row: Row, begin: str, end: str) -> tuple[date | None, date | None]:
    """First and last day; the last must not be before the first."""
    first, last = day(row, begin), day(row, end)
    if first and last and last < first:
        raise row.problem(f"{end} {last} is before {begin} {first}.", "Correct one of the two dates.")
    return first, last


def share(row: Row, column: str) -> Decimal:
    """A part of a whole, above 0 and up to 1."""
    try:
        value = Decimal(row[column])
        if not 0 < value <= 1:
            raise ValueError(row[column])
    except (InvalidOperation, ValueError) as error:
        raise row.problem(
            f"{row[column]!r} in column {column} is no share.", "Write it as 0.1321, 1.0000."
        ) from error
    return value


def whole(row: Row, column: str) -> int:
    """A whole number."""
    if not re.fullmatch(r"[0-9]+", row[column]):
        raise row.problem(f"{row[column]!r} in column {column} is no number.", "Write digits only.")
    return int(row[column])


def code(row: Row, column: str, pattern: re.Pattern[str]) -> str:
    """A code of the given form."""
    if not pattern.fullmatch(row[column]):
        raise row.problem(
            f"{row[column]!r} in column {column} is not a code of the form {pattern.pattern}.",
            "Look the code up in the register that data/README.md names.",
        )
    return row[column]


def text(row: Row, column: str) -> str:
    """A value that must be there."""
    if not row[column]:
        raise row.problem(f"Column {column} is empty.", "Fill it in.")
    return row[column]


def one_of(row: Row, column: str, allowed: Collection[str]) -> str:
    """A slug of a closed list."""
    if row[column] not in allowed:
        raise row.problem(f"Unknown {column} {row[column]!r}.", f"Use one of: {', '.join(sorted(allowed))}.")
    return row[column]


def known(row: Row, column: str, keys: Collection[str], table: str) -> str:
    """A key of another table."""
    if row[column] not in keys:
        raise row.problem(
            f"{row[column]!r} in column {column} is not in {table}.csv.",
            f"Add it there or correct it here; `councilgraph refresh {table} FILE...` makes that table anew.",
        )
    return row[column]


def address(row: Row, column: str) -> str | None:
    """A web address without white space, None if empty."""
    if not row[column]:
        return None
    if not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", row[column]):
        raise row.problem(
            f"{row[column]!r} in column {column} is no web address.",
            "Write it as https://www.example.gov.uk, without spaces.",
        )
    return row[column]
