"""Dates as reports print them: one parser for strategies, arrangements and figures.

A span keeps the characters it was read from, so that every year can be traced to the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MONTHS = {
    name: n
    for n, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
# A month is a name: "may" and "march" in small letters are words of another kind.
_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December"
    "|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
)
_YEAR = r"(?:19|20)[0-9][0-9]"
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_DASH = r"\s?(?:[-‐‑‒–—−/]|\bto\b|\band\b|\buntil\b|\bthrough to\b)\s?"
_TAIL = r"(?![\w%]|[.,][0-9])"
_DATE = re.compile(
    rf"(?<![\w£.,/-])(?:"
    rf"(?P<fy1>{_YEAR})[/-–][0-9][0-9]{_DASH}(?P<fy2>{_YEAR})[/-–](?P<fy3>[0-9][0-9])"
    rf"|(?P<slash>[0-9]{{1,2}}[/.][0-9]{{1,2}}[/.](?:{_YEAR}|[0-9][0-9]))"
    rf"|(?:(?:{_DAY}\s)?(?P<month1>{_MONTH})\.?,?\s)?(?P<year1>{_YEAR})"
    rf"(?:{_DASH}(?:(?:{_DAY}\s)?(?P<month2>{_MONTH})\.?,?\s)?(?P<year2>{_YEAR}|(?<=[-‐‑‒–—−/])[0-9][0-9]|"
    rf"(?<=[-‐‑‒–—−/]\s)[0-9][0-9]))?"
    rf"|(?P<month3>{_MONTH})\s?(?:[-–—]|\bto\b|\band\b)\s?(?:{_DAY}\s)?(?P<month4>{_MONTH})\.?,?\s(?P<year4>{_YEAR})"
    rf"|{_DAY}\s(?:of\s)?(?P<month5>{_MONTH})"
    rf"|(?P<month6>{_MONTH})\s[0-9]{{1,2}}(?:st|nd|rd|th)?"
    rf"){_TAIL}"
)


@dataclass(frozen=True, slots=True)
class DateSpan:
    """A date or a run of years in a text: offsets, and "YYYY" or "YYYY-MM" where a year is told.

    ``last`` is None where one date stands alone.
    """

    start: int
    end: int
    first: str | None
    last: str | None = None


def _stamp(year: str, month: str | None) -> str:
    return f"{year}-{MONTHS[month.lower()]:02d}" if month else year


def _second(first: str, second: str) -> str | None:
    """The last year of a run in four digits, None where the two do not make one."""
    year = second if len(second) == 4 else first[:2] + second
    # "1999/00" turns the century; anything else that runs backwards is no period.
    if year < first and len(second) == 2 and second == "00":
        year = str(int(first[:2]) + 1) + second
    return year if first < year else None


def find_dates(text: str) -> tuple[DateSpan, ...]:
    """Every date of ``text`` in order; spans do not overlap."""
    found: list[DateSpan] = []
    for match in _DATE.finditer(text):
        start, end = match.span()
        first = last = None
        if year := match["fy1"]:
            first, last = year, _second(match["fy2"], match["fy3"])
        elif year := match["year1"]:
            first = _stamp(year, match["month1"])
            if match["year2"]:
                second = _second(year, match["year2"])
                if second is None and len(match["year2"]) == 4 and match["year2"] == year and match["month2"]:
                    second = year
                if second is None:
                    # Two years that make no run ("2024 and 2019"): the first alone, the
                    # other is found on its own only if it is a year in full.
                    end = match.end("year1")
                    found.append(DateSpan(start, end, first))
                    if len(match["year2"]) == 4:
                        found.append(DateSpan(match.start("year2"), match.end("year2"), match["year2"]))
                    continue
                last = _stamp(second, match["month2"])
        elif match["year4"]:
            first, last = _stamp(match["year4"], match["month3"]), _stamp(match["year4"], match["month4"])
        found.append(DateSpan(start, end, first, last))
    return tuple(found)
