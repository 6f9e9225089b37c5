"""What a person decided about one thing that the machine read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from councilgraph.model.report import Place

EVIDENCE_KINDS: Final = ("finding", "mention", "partnership", "strategy", "statistic", "citation")
"""What can be decided about."""
ADDED: Final = "added"
"""A person puts in what the machine missed."""
SETTLING: Final = ("accepted", "corrected", "rejected", ADDED)
"""Decisions that settle a thing; their words are slugs of the scheme ``review-state``."""
DECISIONS: Final = (*SETTLING, "open", "withdrawn")
"""``open``: looked at and not settled; ``withdrawn``: the role takes back its last decision."""


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, as its record in a review file tells it.

    ``of`` is one of ``EVIDENCE_KINDS``. ``place`` and ``digest`` are those of the sentence (of
    an arrangement: of the first that tells it) on the day ``on``. ``machine`` is what was read
    there by the rules of the version ``rules``, by the field names of the stand-off records, with
    ``confidence`` (0 to 1) where it had one. ``decision`` is one of ``DECISIONS``; ``person`` has
    the fields that a correction changes, and no others; of what was added all fields, and ``machine``
    none. ``role`` says as what the person decided,
    never who. ``where`` is file and line; ``reading`` the evidence object that the decision
    stands for: the machine's with the corrections in it.
    """

    of: str
    place: Place
    digest: str
    rules: str
    machine: Mapping[str, Any]
    decision: str
    on: date
    role: str
    person: Mapping[str, Any]
    note: str = ""
    confidence: Decimal | None = None
    where: str = ""
    reading: Any = None

    @property
    def settled(self) -> dict[str, Any]:
        """The whole reading after the decision, by field."""
        return {**self.machine, **self.person}

    @property
    def known_by(self) -> Mapping[str, Any]:
        """The fields by which the thing is known again: as it was read, or as it was put in."""
        return self.machine or self.person
