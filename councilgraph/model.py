"""The plain objects that are handed from one stage to the next.

Loaders make them, the writer reads them. They hold no RDF and read no file, so a
stage can be tested with a literal. Every object is frozen: a stage that wants to change
something makes a new object, and nothing is changed behind another stage's back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

# --- reference data: bodies, places, law ---------------------------------------------


@dataclass(frozen=True, slots=True)
class Area:
    """An ONS area. ``within`` is the GSS code of the area it lies in (a region)."""

    gss: str
    name: str
    within: str | None = None


@dataclass(frozen=True, slots=True)
class Identifier:
    """A code in a register: ``scheme`` is a slug of the scheme ``identifier-scheme``."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Council:
    """A council with adult social care responsibilities.

    ``code`` is its three-letter code in the local authority register ("STS"), ``kind`` a
    slug of the scheme ``council-type``, ``area`` the GSS code of the place it governs.
    """

    code: str
    name: str
    short_name: str
    kind: str
    area: str
    other_names: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    homepage: str | None = None
    same_as: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A registered body that is not one of the assessed councils.

    ``key`` is ``<identifier scheme>-<code>`` ("ods-RRE"), ``kind`` a slug of the scheme
    ``organisation-kind``, ``valid_until`` the last day on which it existed.
    """

    key: str
    name: str
    kind: str
    other_names: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    commissioned_by: str | None = None
    homepage: str | None = None
    same_as: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """An organisation serves an area; ``share`` is the part of the area, 0 to 1."""

    organisation: str
    area: str
    share: Decimal | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """One organisation took over from another (``kind``: slug of ``succession-kind``)."""

    original: str
    resulting: str
    on: date
    kind: str


@dataclass(frozen=True, slots=True)
class Act:
    """An Act of Parliament: ``path`` is its path at legislation.gov.uk ("ukpga/2014/23")."""

    path: str
    title: str
    year: int
    number: int
    other_titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferenceTable:
    """Everything that one table of reference data states; ``name`` names its graph."""

    name: str
    areas: tuple[Area, ...] = ()
    councils: tuple[Council, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    coverages: tuple[Coverage, ...] = ()
    successions: tuple[Succession, ...] = ()
    acts: tuple[Act, ...] = ()


# --- a report as it was published ----------------------------------------------------


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
    """A paragraph of narrative; ``line`` is its line in the file of ``document``."""

    section: str
    n: int
    text: str
    sentences: tuple[Sentence, ...]
    document: str
    line: int


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
    """One file that was read. ``key`` is the first 16 hex digits of its SHA-256."""

    name: str
    sha256: str
    role: str
    layout: str | None
    path: Path
    address: str | None = None

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


@dataclass(frozen=True, slots=True)
class Finding:
    """One narrative sentence as evidence.

    Polarity, voices, themes and confidence stay empty until the narrative is read.
    """

    place: Place
    polarity: str | None = None
    voices: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    confidence: Decimal | None = None
    review_state: str = "machine"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything read out of one report. ``council`` is None where the name is unknown."""

    report: Report
    council: Council | None
    findings: tuple[Finding, ...]
    warnings: tuple[LoadWarning, ...] = ()
