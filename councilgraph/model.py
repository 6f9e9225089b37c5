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


# --- what is read out of a report -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finding:
    """One narrative sentence as evidence.

    ``polarity`` is a slug of its scheme, ``voices`` and ``themes`` likewise. ``rules`` says
    which rule or evidence gave which label ("polarity: hidden label 'positive'"), so that a
    reader can see why. ``illustrates`` is the finding that a 'For example' sentence
    illustrates. ``summary`` is in a reviewer's own words.
    """

    place: Place
    polarity: str | None = None
    voices: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    confidence: Decimal | None = None
    rules: tuple[str, ...] = ()
    illustrates: Place | None = None
    summary: str | None = None
    review_state: str = "machine"


@dataclass(frozen=True, slots=True)
class Mention:
    """A body that a sentence names.

    ``text`` is the exact string without a leading "the"; ``start`` and ``end`` are offsets
    into the paragraph. ``kind`` is a slug of ``organisation-kind``; ``named`` tells a proper
    name from a kind ("the local Integrated Care Board"). ``full_name`` is the full proper
    name where it is known. ``organisation`` is the key of a registered body
    ("ods-RRE"), ``council`` the code of a council, ``identifier`` the code in the
    register (RRE, E54000010). ``method`` is a slug of ``link-method``, None if unresolved.
    """

    place: Place
    start: int
    end: int
    text: str
    kind: str
    named: bool
    full_name: str | None = None
    organisation: str | None = None
    council: str | None = None
    identifier: str | None = None
    method: str | None = None
    review_state: str = "machine"


@dataclass(frozen=True, slots=True)
class Party:
    """A party to an arrangement: a name as a person would write it, and what it resolves to.

    Either ``organisation`` (key) or ``council`` (code) is set where the body is registered.
    """

    name: str
    kind: str | None = None
    organisation: str | None = None
    council: str | None = None


@dataclass(frozen=True, slots=True)
class Partnership:
    """An arrangement between parties that one paragraph asserts.

    ``type`` is a slug of ``partnership-type``; ``sentences`` are the numbers of its
    evidence in that paragraph. ``law`` is a path at legislation.gov.uk. The same
    arrangement in several paragraphs shares ``key``, and is one partnership in the graph.
    """

    type: str
    key: str
    section: str
    paragraph: int
    sentences: tuple[int, ...]
    parties: tuple[Party, ...]
    name: str | None = None
    law: str | None = None
    since: int | None = None
    covers: str | None = None
    review_state: str = "machine"


@dataclass(frozen=True, slots=True)
class Strategy:
    """A titled plan; ``start`` and ``end`` are "YYYY" or "YYYY-MM"."""

    title: str
    place: Place
    start: str | None = None
    end: str | None = None
    co_produced: bool = False
    status: str = "in-force"
    parties: tuple[Party, ...] = ()
    review_state: str = "machine"


@dataclass(frozen=True, slots=True)
class Statistic:
    """A figure with what it counts.

    ``value`` is a number, or the text as printed where it is malformed. ``unit``,
    ``qualifier`` and ``comparison`` are slugs; ``verdict`` keeps the report's own words.
    """

    value: Decimal | str
    unit: str
    counts: str
    place: Place
    text: str
    qualifier: str | None = None
    period: str | None = None
    comparison: str | None = None
    verdict: str | None = None
    voices: tuple[str, ...] = ()
    review_state: str = "machine"


@dataclass(frozen=True, slots=True)
class Citation:
    """A law that a sentence cites; ``section`` is None where only the Act is named."""

    act: str
    title: str
    year: int
    place: Place
    text: str
    section: str | None = None
    review_state: str = "machine"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything read out of one report. ``council`` is None where the name is unknown."""

    report: Report
    council: Council | None
    findings: tuple[Finding, ...]
    mentions: tuple[Mention, ...] = ()
    partnerships: tuple[Partnership, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    citations: tuple[Citation, ...] = ()
    warnings: tuple[LoadWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a reviewer was unsure of in one record.

    ``labels`` name the fields of a finding that could as well be others ("polarity",
    "voices", "themes"). ``optional`` tells an item that may be entered or left out.
    ``alternatives`` are further readings by field, best first (("type", ("network",)),).
    """

    labels: tuple[str, ...] = ()
    optional: bool = False
    alternatives: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def others(self, field_name: str) -> tuple[str, ...]:
        """The further readings of one field."""
        return next((values for name, values in self.alternatives if name == field_name), ())


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What people settled of one assessment, sentence by sentence, without its text.

    ``key`` is that of the assessment ("STS-2025-05"). ``digests`` gives the digest of each
    sentence at its place when it was reviewed; the evidence objects stand at these places.
    ``doubts`` has an entry for each of these objects that the reviewer was unsure of.
    """

    key: str
    path: Path
    sha256: str
    digests: dict[Place, str]
    findings: tuple[Finding, ...] = ()
    mentions: tuple[Mention, ...] = ()
    partnerships: tuple[Partnership, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    citations: tuple[Citation, ...] = ()
    doubts: dict[Finding | Mention | Partnership | Strategy | Statistic | Citation, Doubt] = field(
        default_factory=dict
    )
