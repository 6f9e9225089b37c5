"""What the head of a page states: whose assessment it is, and when it was published."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

from councilgraph.errors import InputError

# The name may hold anything but a colon. A bullet or another mark before it means that the
# line is an item of a list of reports, not the title of this one.
TITLE = re.compile(r"^(?P<name>[^\W_][^:]{2,119}?)\s?: local authority assessment$", re.IGNORECASE)
# The pilots' short form is asked for the name of a council in full, every word with its
# capital: 'Risk assessment' and 'How the council uses assessment' are sub-headings.
_PILOT_TITLE = re.compile(
    r"^(?P<name>[A-Z]\S{0,60}(?: (?:[A-Z&]\S{0,60}|and|of|on|in|upon|with|the)){0,11} Council"
    r"|(?:(?:London|Royal|Metropolitan) Borough|City|Council) of (?:the )?[A-Z]\S{0,60}"
    r"(?: (?:[A-Z&]\S{0,60}|and|of|upon)){0,5})"
    r" assessment$"
)
_LABELS = {
    "assessment published": "published",
    "published": "published",
    "page last updated": "last_updated",
    "last updated": "last_updated",
    "assessment start date": "started",
    "assessment started": "started",
}
_DATE = re.compile(
    rf"(?P<label>{'|'.join(_LABELS)})\s?:?\s?(?P<date>(?P<day>\d{{1,2}})(?:st|nd|rd|th)? "
    r"(?P<month>[a-z]{3,9}) (?P<year>\d{4}))(?!\d)",
    re.IGNORECASE,
)
_LONGEST_DATE_LINE = 160
# Written out: the calendar module speaks the language of the computer it runs on.
_MONTHS = {
    "january": 1,
    "february": 2,
    "march": 3,
    "april": 4,
    "may": 5,
    "june": 6,
    "july": 7,
    "august": 8,
    "september": 9,
    "october": 10,
    "november": 11,
    "december": 12,
}
# The duty to assess came into force in 2023 and the pilots were the first; a year far ahead
# is a slip of the keyboard. What "today" is does not count: reading a file gives the same
# report on every day.
_FIRST_YEAR, _LAST_YEAR = 2023, 2099


class StatedDate(NamedTuple):
    """A date that a page states; ``field`` is the field of ``Report`` that it fills."""

    field: str
    date: date


def read_title(line: str) -> str | None:
    """The name in a title line.

    >>> read_title("Northmoor County Council: local authority assessment")
    'Northmoor County Council'
    >>> read_title("Northmoor County Council assessment")
    'Northmoor County Council'
    >>> read_title("London Borough of Eastvale assessment")
    'London Borough of Eastvale'
    >>> read_title("Risk assessment")
    """
    if len(line) > 200:
        return None
    match = TITLE.match(line) or _PILOT_TITLE.match(line)
    return match["name"] if match else None


def begins_with_date(line: str) -> bool:
    """Does the line begin as a line of dates does?"""
    return len(line) <= _LONGEST_DATE_LINE and bool(_DATE.match(line))


def without_dates(line: str) -> str:
    """What stands in a line of dates beside them; "" where that is no word."""
    rest = _DATE.sub("", line).strip()
    return rest if any(c.isalnum() for c in rest) else ""


def read_dates(line: str, path: Path, number: int) -> list[StatedDate]:
    """The dates of a line of dates.

    Raises:
        InputError: a date is none of the calendar, or lies outside the years of assessments.
    """
    return [
        StatedDate(_LABELS[match["label"].lower()], _read_date(match, path, number))
        for match in _DATE.finditer(line)
    ]


def _read_date(match: re.Match[str], path: Path, number: int) -> date:
    try:
        day = date(int(match["year"]), _MONTHS[match["month"].lower()], int(match["day"]))
    except (KeyError, ValueError):
        raise InputError(
            f"'{match['date']}' is no date.",
            where=f"{path}:{number}",
            cure="Compare it with the published page and correct the file.",
        ) from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise InputError(
            f"'{match['date']}' cannot be right: the first assessments were made in {_FIRST_YEAR}.",
            where=f"{path}:{number}",
            cure="Compare the year with the published page and correct the file.",
        )
    return day
