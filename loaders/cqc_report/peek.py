"""Whose assessment a file belongs to, told without reading its findings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple, Protocol

from councilgraph.errors import InputError
from loaders.cqc_report.header import begins_with_date, read_dates, read_title, without_dates
from loaders.cqc_report.kinds import DECISIVE, other_kind
from loaders.cqc_report.lines import unmarked
from loaders.documents import Document

# "Bath and North East Somerset Council" is one council; "A Council and B Council" are two.
_TWO = re.compile(r"\bcouncil (?:and|&) ", re.IGNORECASE)
_HEAD = 40  # lines with text: the title stands in the first few of every layout


class PageKey(NamedTuple):
    """What decides which assessment a file belongs to, and whether it has changed.

    ``hint`` is the date of publication in the file's metadata: it counts where no page of the
    assessment states one.
    """

    path: Path
    sha256: str
    authority: str
    published: date | None
    hint: date | None = None
    address: str | None = None


def peek(file: Document) -> PageKey:
    """The council and the date of publication.

    The title must stand in the head of the file. The date need not: where the pages of a
    report were put into one file, the page that has it can be the last.

    Raises:
        InputError: the file has no title line of an assessment, or its date is impossible.
    """
    authority, published, seen = "", None, 0
    for number, line, _ in file.lines:
        if not line:
            continue
        seen += 1
        text = unmarked(line)
        if not authority:
            if seen > _HEAD:
                break
            authority = read_title(text) or ""
        elif published is None and begins_with_date(text) and (seen <= _HEAD or not without_dates(text)):
            stated = read_dates(text, file.path, number)
            published = next((s.date for s in stated if s.field == "published"), None)
    if not authority and file.title:
        authority = read_title(file.title) or ""
    if not authority:
        raise not_a_report(file, "it has no title line 'X: local authority assessment'")
    if _TWO.search(authority):
        raise not_a_report(file, f"its title names two councils, '{authority}'")
    if other_kind(file, DECISIVE):
        raise not_a_report(file, "its words are those of another kind of document")
    return PageKey(file.path, file.sha256, authority, published, file.published, file.address)


class _Dated(Protocol):
    """A page, looked at or read."""

    @property
    def published(self) -> date | None: ...
    @property
    def hint(self) -> date | None: ...


def published_on(pages: Iterable[_Dated]) -> date | None:
    """When an assessment was published: as a page states it, or as the metadata of all pages agree."""
    pages = list(pages)
    for page in pages:
        if page.published:
            return page.published
    hints = {page.hint for page in pages if page.hint}
    return hints.pop() if len(hints) == 1 else None


def not_a_report(file: Document, reason: str) -> InputError:
    """The error for a file of another kind, by the name of that kind where its words tell it."""
    cure = "Give the assessment's own pages, title line included."
    if kind := other_kind(file):
        reason = f"it looks like {kind.name} ('{kind.words}')"
        cure = kind.cure
    return InputError(
        f"This is not a local authority assessment report: {reason}.", where=str(file.path), cure=cure
    )


def two_councils(path: Path, line: int, first: str, second: str) -> InputError:
    """The error for a file that holds two assessments."""
    return InputError(
        f"The file is about two councils: {first} and {second}.",
        where=f"{path}:{line}",
        cure="Give each council's report in a file of its own.",
    )
