"""Plain objects of the tables that others publish and that are set beside the assessments.

A loader makes them from a CSV file and its description, the writer turns them into
statements. Areas are GSS codes throughout; they hold no RDF and read no file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from councilgraph.model import LoadWarning


@dataclass(frozen=True, slots=True)
class Known:
    """What the graph knows already: GSS codes of its areas, slugs of three of its schemes."""

    areas: frozenset[str]
    measures: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Unit:
    """What a measure is counted in; ``label`` only for a unit that our scheme does not have."""

    slug: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """What the figures count; ``label`` only for a measure that our scheme does not have.

    ``higher_is_better`` is None where neither end is the better one, or nobody said which.
    """

    slug: str
    label: str | None = None
    definition: str | None = None
    unit: Unit | None = None
    higher_is_better: bool | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One value: a number, or the text as printed where it is a malformed one."""

    measure: str
    area: str
    period: str
    value: Decimal | str
    where: str

    @property
    def key(self) -> tuple[str, str, str]:
        """Measure, period and area; "2023/24" and "2023-24" are the same period."""
        return self.measure, self.period.replace("/", "-"), self.area


@dataclass(frozen=True, slots=True)
class Likeness:
    """``neighbour`` is a statistical neighbour of ``area``; ``rank`` counts from 1, the nearest."""

    area: str
    neighbour: str
    rank: int


@dataclass(frozen=True, slots=True)
class Advice:
    """What a peer challenge recommended, in words of our own; ``theme`` is a slug."""

    area: str
    made_on: date
    theme: str
    text: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class OutsideTable:
    """A file with its description. ``name`` is the slug of the file's name.

    ``sha256`` is that of the CSV file, ``description_sha256`` of the description beside it.
    ``licence`` and ``address`` are web addresses. One of the last three is filled.
    """

    name: str
    title: str
    publisher: str
    licence: str
    address: str
    path: Path
    sha256: str
    description_sha256: str
    warnings: tuple[LoadWarning, ...] = ()
    measures: tuple[Measure, ...] = ()
    figures: tuple[Figure, ...] = ()
    likenesses: tuple[Likeness, ...] = ()
    advice: tuple[Advice, ...] = ()
