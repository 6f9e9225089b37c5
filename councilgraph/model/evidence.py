"""What is read out of a report, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from councilgraph.model.bodies import Council
from councilgraph.model.decision import Decision
from councilgraph.model.report import LoadWarning, Place, Report


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


Item = Finding | Mention | Partnership | Strategy | Statistic | Citation
"""What is read out of a sentence and can be decided about."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything read out of one report. ``council`` is None where the name is unknown.

    ``decided`` are the decisions behind things that people looked at, the earliest first.
    """

    report: Report
    council: Council | None
    findings: tuple[Finding, ...]
    mentions: tuple[Mention, ...] = ()
    partnerships: tuple[Partnership, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    citations: tuple[Citation, ...] = ()
    warnings: tuple[LoadWarning, ...] = ()
    decided: Mapping[Item, tuple[Decision, ...]] = field(default_factory=dict)
