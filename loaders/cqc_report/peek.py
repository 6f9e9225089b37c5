"""Whose assessment a file belongs to, told without reading its findings."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from councilgraph.errors import InputError
from loaders.cqc_report.header import begins_with_date, read_dates, read_title, without_dates
from loaders.cqc_report.lines import unmarked
from loaders.cqc_report.text import TextFile

_HEAD = 40  # lines with text: the title stands in the first few of every layout


class PageKey(NamedTuple):
    """What decides which assessment a file belongs to, and whether it has changed."""

    path: Path
    sha256: str
    authority: str
    published: date | None


def peek(file: TextFile) -> PageKey:
    """The council and the date of publication.

    The title must stand in the head of the file. The date need not: where the pages of a
    report were put into one file, the page that has it can be the last.

    Raises:
        InputError: the file has no title line of an assessment, or its date is impossible.
    """
    authority, published, seen = "", None, 0
    for number, line in file.lines:
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
    if not authority:
        raise not_a_report(file.path, "it has no title line 'X: local authority assessment'")
    return PageKey(file.path, file.sha256, authority, published)


def not_a_report(path: Path, reason: str) -> InputError:
    """The error for a file of another kind."""
    return InputError(
        f"This is not a local authority assessment report: {reason}.",
        where=str(path),
        cure="Give the text of the assessment's own pages, title line included.",
    )


def two_councils(path: Path, line: int, first: str, second: str) -> InputError:
    """The error for a file that holds two assessments."""
    return InputError(
        f"The file is about two councils: {first} and {second}.",
        where=f"{path}:{line}",
        cure="Give each council's report in a file of its own.",
    )
