"""What a register says of one body: the plain object between the loaders and the matching."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

NameKind = Literal["official", "short", "former", "abbreviation", "other"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a body; ``until`` is the last day on which it was in use, where known."""

    text: str
    kind: NameKind
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One body in one register.

    ``register`` is the slug of the register ("charity-commission", "ods-trusts"), ``kind`` a
    slug of the scheme ``organisation-kind``. The first of ``names`` is the official one.
    ``identifiers`` pairs slugs of the scheme ``identifier-scheme`` with values. ``areas``
    are the GSS codes served or seated in, ``successors`` codes in the same register,
    ``until`` is the last day on which the body existed.
    """

    register: str
    code: str
    kind: str
    names: tuple[Name, ...]
    identifiers: tuple[tuple[str, str], ...] = ()
    areas: tuple[str, ...] = ()
    postcode: str | None = None
    since: date | None = None
    until: date | None = None
    successors: tuple[str, ...] = ()
    homepage: str | None = None
