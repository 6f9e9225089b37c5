"""The years of a document, from the dates that stand at its title."""

from __future__ import annotations

import re

from councilgraph.extraction.dates import DateSpan
from councilgraph.extraction.strategies.titles import Title

_I = re.IGNORECASE
_LENGTH = {
    w: n
    for n, w in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], start=1
    )
} | {"fifteen": 15, "twenty": 20}
_YEARS_LONG = re.compile(
    r"\b(?P<n>[0-9]{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty)[-\s]years?\b", _I
)
_UNTIL = re.compile(
    r"\b(?:until|up\sto|through\sto|ends?(?:\sin)?|ending(?:\sin)?|expires?(?:\sin)?"
    r"|expired(?:\sin)?|ended(?:\sin)?|run(?:s|ning)?\suntil|to)\s(?:the\send\sof\s)?$",
    _I,
)
# Dates that tell of something else than the document.
_OTHER = re.compile(
    r"\b(?:(?<!in\splace\s)since|between|census|survey|data|assessment\sin|review\sin|by\sthe\send\sof|people\sin"
    r"|action\splan\sin)\s(?:the\s)?$",
    _I,
)
_BEGUN = re.compile(
    r"\b(?:launch\w*|publish\w*|refresh\w*|adopt\w*|agree\w*|approv\w*|introduc\w*|implement\w*"
    r"|develop\w*|updat\w*|review\w*|renew\w*|written|revis\w*|start\w*|began|begin\w*"
    r"|produc\w*|co-produc\w*|commenc\w*|from|since|dated|new|in\splace|creat\w*|sign\w*|set\sout"
    r"|finalis\w*|due|runs?|ran|running|covering|covers|covered|for|in)\b[^.;]{0,45}$",
    _I,
)
_OTHER_AFTER = re.compile(
    r"\s(?:census|surveys?|data|figures|assessment|inspection|peer|review|budget)\b", _I
)
_AHEAD = 60  # a date before the title must be nearer than one behind it
_NEAR = 90  # characters in which a date speaks of a title


def nearest(date: DateSpan, titles: tuple[Title, ...]) -> Title:
    """The title a date stands at; between two, the one before it, for years follow a title."""
    return min(titles, key=lambda t: (max(date.start - t.end, t.start - date.end), t.start))


def years(text: str, title: Title, dates: list[DateSpan]) -> tuple[str | None, str | None]:
    """Start and end of a document from the dates that stand at it.

    None where they cannot be both: an end before the start belongs to something else, and
    which of the two it is, nobody can tell.
    """
    start, end = _told(text, title, dates)
    return (None, None) if start and end and end[:4] < start[:4] else (start, end)


def _told(text: str, title: Title, dates: list[DateSpan]) -> tuple[str | None, str | None]:
    start = end = None
    for date in dates:
        if title.start <= date.start < title.end:
            continue
        before = text[max(0, date.start - _NEAR) : date.start]
        gap = text[title.end : date.start] if date.start >= title.end else text[date.end : title.start]
        close = len(gap) <= 3 or bool(
            re.fullmatch(
                r"['\"]?,?\s?\(?(?:[A-Z]{2,8}\)?,?\s?\(?|for\s|from\s|of\s|dated\s|covering\s|in\s"
                r"|\w{2,12}\s){0,2}",
                gap,
            )
        )
        if not close and (
            _OTHER.search(before) or _OTHER_AFTER.match(text, date.end) or not _BEGUN.search(before)
        ):
            continue
        if len(gap) > _NEAR or (date.start < title.start and len(gap) > _AHEAD):
            continue
        if date.last:
            return date.first, date.last
        if _UNTIL.search(before) and not before.endswith("("):
            end = end or date.first
        else:
            start = start or date.first
    if start and not end and (length := _YEARS_LONG.search(text)):
        n = length["n"].lower()
        years = _LENGTH.get(n) or (int(n) if n.isdigit() else 0)
        # "five-year" must stand by the document, not at a contract elsewhere in the sentence.
        if 0 < years <= 30 and abs(length.start() - title.start) <= _NEAR:
            end = str(int(start[:4]) + years)
    return start, end
