"""Reference data: bodies, the places they serve, who took over from whom, and law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


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
