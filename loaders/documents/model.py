"""What a file is, once it has been read: clean lines, and what its form says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from councilgraph.model import LoadWarning

TEXT, HTML, PDF = "text/plain", "text/html", "application/pdf"
MAIL = "message/rfc822"
"""A form of files, and of no document: a document has the form of the part that was read."""


class Line(NamedTuple):
    """One line of a file: its number from 1 and its text, cleaned; "" for a blank line.

    ``page`` is the page of a paged form, from 1.
    """

    number: int
    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file read: its lines and the SHA-256 of its bytes as they were.

    ``format`` is its media type. ``whole`` says that each line is a whole paragraph, heading
    or item, as mark-up gives them; otherwise a paragraph can be broken over lines. ``title``,
    ``published``, ``last_updated`` and ``address`` are what the form's own metadata state;
    what the text of the report says comes first. ``warnings`` are of what could not be read.
    """

    path: Path
    sha256: str
    lines: tuple[Line, ...]
    format: str = TEXT
    whole: bool = False
    title: str | None = None
    published: date | None = None
    last_updated: date | None = None
    address: str | None = None
    warnings: tuple[LoadWarning, ...] = ()
