"""Bodies that reports name, and the records of registers that they are linked to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A body that a report names and no table of ours has.

    ``key`` is that of its IRI ("local-STS-2025-05-northmoor-carers"), ``kind`` a slug of the
    scheme ``organisation-kind``.
    """

    key: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Link:
    """Two records that are one body, or are likely to be: what is linked, how, and how surely.

    ``key`` are the parts of its IRI; ``subject`` and ``object`` are IRIs. ``relation`` is
    "sameAs" or "exactMatch" (an identifier says so) or "closeMatch" (names do), ``method`` a slug of
    the scheme ``link-method``, ``confidence`` from 0 to 1, ``state`` a slug of ``review-state``.
    ``dataset`` is the slug of the register or data set that the object belongs to.
    """

    key: tuple[str, ...]
    subject: str
    relation: Literal["sameAs", "exactMatch", "closeMatch"]
    object: str
    method: str
    confidence: Decimal
    dataset: str
    valid_from: date | None = None
    valid_until: date | None = None
    state: str = "machine"


@dataclass(frozen=True, slots=True)
class LinkReview:
    """What a person said of two records (IRIs); ``where`` is the place in the review file."""

    subject: str
    object: str
    judgement: Literal["same", "not-same", "unsure"]
    role: str
    on: date
    note: str
    where: str
