"""What each line of a page is: a heading, a score, a date, a bullet, or running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from loaders.cqc_report.header import begins_with_date, read_title
from loaders.cqc_report.lookups import comparable, lookups
from loaders.documents.model import Line

SCORE = re.compile(
    r"^(?P<indicative>indicative )?score(?P<colon> ?:)? ?(?P<score>\d{1,6})(?: ?[-–—] ?(?P<wording>\S.*))?$",
    re.IGNORECASE,
)
SCORE_WORDING = re.compile(r"^(?P<score>\d{1,6}) ?[-–—] ?(?P<wording>Evidence\b.*)$")
PERCENTAGE = re.compile(
    r"^(?:Overall rating for (?P<name>.{3,120}?) ?:? ?(?P<percent>\d{1,3}) ?%"
    r"|(?P<scorer>.{3,120}?) scored (?P<of_100>\d{1,3}) out of 100\b.*)$"
)
THEME = re.compile(r"^theme \d ?: (?P<name>\S.{2,80})$", re.IGNORECASE)
ABOUT = re.compile(r"^About (?P<name>\S.{2,120})$")
BULLET = re.compile(r"^(?:[•●▪◦·∙‣○■□➢*]|[-–—]|o)\s+(?P<text>\S.*)$")
PAGE_NUMBER = re.compile(r"^Page \d{1,3}(?: ?(?:of|/) ?\d{1,3})?$", re.IGNORECASE)
LONE_BULLET = frozenset("•●▪◦·∙‣○■□➢*")
_MARKDOWN = re.compile(r"^(?:#{1,6}\s+(?P<heading>\S.*)|\*\*(?P<bold>[^*]{1,200})\*\*)$")
_TERMINAL = re.compile(r"[.!?…][\"'’”)\]]{0,4}$")


class Piece(NamedTuple):
    """A line with what it is.

    ``kind``: title, date, heading, statement, score, wording, percentage, theme, about,
    boilerplate, about-boilerplate, foot, or text. ``value`` is the slug, the number or the name that the line
    carries; ``bullet`` says that the line was an item of a list, ``page`` the page of a paged form.
    """

    line: int
    kind: str
    text: str
    value: str = ""
    bullet: bool = False
    page: int | None = None


def unmarked(line: str) -> str:
    """A line without the marks that Markdown puts round a heading."""
    match = _MARKDOWN.match(line)
    return (match["heading"] or match["bold"]).strip() if match else line


def classify(lines: Iterable[Line]) -> Iterator[Piece]:
    """Each line that is not blank, with its kind."""
    for number, raw, page in lines:
        if not raw:
            continue
        bullet = BULLET.match(raw)
        text = unmarked(bullet["text"] if bullet else raw)
        kind, value = kind_of(text, bullet=bullet is not None)
        yield Piece(number, kind, text, value, bullet is not None, page)


def kind_of(text: str, *, bullet: bool = False) -> tuple[str, str]:
    """The kind of a line and the value that it carries."""
    return _by_name(text, bullet) or _by_form(text) or _by_title(text, bullet) or ("text", "")


def _by_name(text: str, bullet: bool) -> tuple[str, str] | None:
    known = lookups()
    key = comparable(text[:200])
    if key in known.headings:
        return "heading", known.headings[key]
    if key in known.statements:
        return "statement", known.statements[key]
    if key.startswith(known.feet) or PAGE_NUMBER.match(text):
        return "foot", ""
    if key.startswith(known.boilerplate) and not bullet:
        return "boilerplate", ""
    if key.startswith(known.about_boilerplate) and not bullet:
        return "about-boilerplate", ""
    return None


def _by_form(text: str) -> tuple[str, str] | None:
    if match := SCORE.match(text):
        return "score", match["score"]
    if match := SCORE_WORDING.match(text):
        return "wording", match["score"]
    if match := PERCENTAGE.match(text):
        return "percentage", match["percent"] or match["of_100"]
    return ("date", "") if begins_with_date(text) else None


def _by_title(text: str, bullet: bool) -> tuple[str, str] | None:
    if is_sentence(text):
        return None
    if (match := THEME.match(text)) and comparable(match["name"]) in lookups().themes:
        return "theme", ""
    if match := ABOUT.match(text):
        return "about", match["name"]
    name = None if bullet else read_title(text)
    return ("title", name) if name else None


def is_sentence(text: str) -> bool:
    """Does the line end as running text ends?"""
    return bool(_TERMINAL.search(text[-5:]))


def looks_like_heading(text: str) -> bool:
    """A short line that does not end as a sentence does: not a paragraph of a report."""
    short = len(text) <= 90 and len(text.split()) <= 12
    return short and not is_sentence(text) and not text.endswith((";", ","))
