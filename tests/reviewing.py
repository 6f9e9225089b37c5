"""Invented reports, the machine's reading of them, and what was reviewed of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from councilgraph.model import Council, Evidence, Finding, Paragraph, Place, Report, Reviewed, Sentence
from councilgraph.textdigest import digest

NORTHMOOR = Council("NMR", "Northmoor County Council", "Northmoor", "county", "E10009901")
Text = Mapping[str, Sequence[Sequence[str]]]


def make_report(text: Text, **fields: Any) -> Report:
    """A report of these sections, paragraphs and sentences."""
    paragraphs = []
    for section, told in text.items():
        for n, sentences in enumerate(told, start=1):
            at, made = 0, []
            for k, words in enumerate(sentences, start=1):
                made.append(Sentence(k, words, at, at + len(words), digest(words)))
                at += len(words) + 1
            paragraphs.append(Paragraph(section, n, " ".join(sentences), tuple(made), "0" * 64, n))
    known = {
        "authority": NORTHMOOR.name,
        "published": None,
        "started": None,
        "last_updated": None,
        "rating": None,
        "percentage": None,
        "indicative": False,
        "layout": None,
        "scores": {},
        "facts": (),
        "documents": (),
        "warnings": (),
    }
    return Report(paragraphs=tuple(paragraphs), **{**known, **fields})


def places(report: Report) -> list[Place]:
    """Where its sentences stand."""
    return [Place(p.section, p.n, s.n) for p in report.paragraphs for s in p.sentences]


def machine(report: Report, **found: Any) -> Evidence:
    """A machine that finds everything neutral."""
    findings = tuple(
        Finding(place, "context", ("assessor",), confidence=Decimal("0.5")) for place in places(report)
    )
    return Evidence(report, NORTHMOOR, findings, **found)


def reviewed(
    report: Report, *, key: str = "NMR-2025-05", polarity: str = "strength", **found: Any
) -> Reviewed:
    """A person who finds everything of the report good."""
    digests = {Place(p.section, p.n, s.n): s.digest for p in report.paragraphs for s in p.sentences}
    findings = tuple(
        Finding(place, polarity, ("people",), ("respite",), summary="Ours", review_state="accepted")
        for place in digests
    )
    return Reviewed(key, Path(f"{key}.jsonl"), "1" * 64, digests, findings, **found)
