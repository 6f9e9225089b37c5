"""What the manifest keeps of an assessment: its header as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from councilgraph.model import AssessmentHeader


def header_to_json(header: AssessmentHeader) -> dict[str, Any]:
    """What the score table must know of a report, as plain values for the manifest."""
    return {
        "council": header.council,
        "month": header.month,
        "published": _iso(header.published),
        "last_updated": _iso(header.last_updated),
        "rating": header.rating,
        "percentage": header.percentage,
        "indicative": header.indicative,
        "scores": dict(header.scores),
        "address": header.address,
    }


def header_from_json(stored: Mapping[str, Any]) -> AssessmentHeader:
    """The opposite of ``header_to_json``."""
    days = {
        name: date.fromisoformat(stored[name])
        for name in ("published", "last_updated")
        if stored.get(name) is not None
    }
    return AssessmentHeader(**{**stored, **days})


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
