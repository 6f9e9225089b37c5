"""Decisions about invented reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from councilgraph.model import Act, Decision, Evidence, Place, Report
from councilgraph.model.evidence import Item
from councilgraph.reviews.readings import fields_of, kind_of, place_of
from loaders.reviews.decisions import decision as read_decision
from loaders.reviews.decisions import makers_of, record_of

ACTS = (Act("ukpga/2014/23", "Care Act 2014", 2014, 23, ("Care Act",)),)
MAKERS = makers_of({"care act 2014": ACTS[0]})
DAY = date(2026, 11, 20)


def digest_at(report: Report, place: Place) -> str:
    return next(
        s.digest
        for p in report.paragraphs
        for s in p.sentences
        if (p.section, p.n, s.n) == (place.section, place.paragraph, place.sentence)
    )


def decide(
    report: Report, item: Item, said: str = "accepted", person: Mapping[str, Any] | None = None, **more: Any
) -> Decision:
    """A decision about what the machine read in a report, as it comes back from its file."""
    bare = Decision(
        of=kind_of(item),
        place=place_of(item),
        digest=digest_at(report, place_of(item)),
        rules="0.1.0+1a2b3c4d",
        machine=fields_of(item),
        decision=said,
        on=DAY,
        role="analyst",
        person=person or {},
    )
    return read_decision(record_of(replace(bare, **more)), MAKERS, "NMR-2025-05.jsonl:1")


def state(evidence: Evidence, paragraph: int, sentence: int) -> tuple[str, str | None]:
    """Review state and polarity of a finding on equity."""
    found = next(f for f in evidence.findings if f.place == Place("equity", paragraph, sentence))
    return found.review_state, found.polarity
