"""Invented reports, the machine's reading of them, and what was reviewed of them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from councilgraph.model import Council, Evidence, Finding, Place, Report, Reviewed

NORTHMOOR = Council("NMR", "Northmoor County Council", "Northmoor", "county", "E10009901")


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
