"""A report as it was published; nothing in it is interpreted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a report; paragraphs and sentences count from 1."""

    section: str
    paragraph: int
    sentence: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """``start`` and ``end`` are character offsets into the paragraph's text.

    ``digest`` is ``councilgraph.textdigest.digest`` of the text: reviews find it by that.
    """

    n: int
    text: str
    start: int
    end: int
    digest: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of narrative; ``line`` is its line in the file of ``document``.

    ``page`` is the page of a paged form on which it begins, from 1.
    """

    section: str
    n: int
    text: str
    sentences: tuple[Sentence, ...]
    document: str
    line: int
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A demographic or financial figure of the "About" part.

    ``measure`` and ``unit`` are slugs of their schemes. ``value`` is a number, or the text
    as printed where the number is malformed or the fact is no number ("full").
    """

    measure: str
    value: Decimal | str
    unit: str | None
    period: str | None
    sentence: Sentence
    place: Place


@dataclass(frozen=True, slots=True)
class LoadWarning:
    """Something in a source that a person should know of; the source is loaded."""

    code: str
    message: str
    where: str


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One file that was read. ``key`` is the first 16 hex digits of its SHA-256.

    ``format`` is its media type, ``address`` the web page that it is a copy of.
    """

    name: str
    sha256: str
    role: str
    layout: str | None
    path: Path
    address: str | None = None
    format: str | None = None

    @property
    def key(self) -> str:
        """The head of the checksum: enough to tell files apart, short enough to read."""
        return self.sha256[:16]


@dataclass(frozen=True, slots=True)
class AssessmentHeader:
    """What a source states of an assessment as a whole.

    ``council`` is the register code, ``month`` "YYYY-MM". ``rating`` is a slug or None
    where no rating was published. ``scores`` maps statement slugs to 1..4.
    """

    council: str
    month: str
    published: date | None = None
    started: date | None = None
    last_updated: date | None = None
    rating: str | None = None
    percentage: int | None = None
    indicative: bool = False
    scores: dict[str, int] = field(default_factory=dict)
    address: str | None = None

    @property
    def key(self) -> str:
        """Council and month: what the score table and the pages agree on."""
        return f"{self.council}-{self.month}"


@dataclass(frozen=True, slots=True)
class Report:
    """One assessment as its pages tell it; nothing is interpreted.

    ``authority`` is the council's name as printed. ``documents`` are the files it was read
    from, ``paragraphs`` the narrative in reading order.
    """

    authority: str
    published: date | None
    started: date | None
    last_updated: date | None
    rating: str | None
    percentage: int | None
    indicative: bool
    layout: str | None
    scores: dict[str, int]
    facts: tuple[Fact, ...]
    paragraphs: tuple[Paragraph, ...]
    documents: tuple[SourceDocument, ...]
    warnings: tuple[LoadWarning, ...]
