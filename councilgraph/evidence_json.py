"""Evidence as the JSON object that ``councilgraph extract`` prints for one report.

Unknown values are null and unknown lists empty: nothing is filled in by guess.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from councilgraph.model import Evidence, Fact, Finding, Paragraph, Place

# The words that people know the ratings by.
RATING_LABELS = {
    "inadequate": "Inadequate",
    "requires-improvement": "Requires improvement",
    "good": "Good",
    "outstanding": "Outstanding",
}


def evidence_object(evidence: Evidence) -> dict[str, Any]:
    """The whole object, in the order of its documentation."""
    report, council = evidence.report, evidence.council
    findings = {f.place: f for f in evidence.findings}
    warnings = (*report.warnings, *evidence.warnings)
    return {
        "source": ", ".join(d.name for d in report.documents),
        "layout": report.layout,
        "authority": {
            "name": council.name if council else report.authority,
            "gss": council.area if council else None,
        },
        "assessment": {
            "started": _date(report.started),
            "published": _date(report.published),
            "last_updated": _date(report.last_updated),
            "overall_rating": RATING_LABELS[report.rating] if report.rating else None,
            "overall_percentage": report.percentage,
            "indicative": report.indicative,
            "scores": dict(report.scores),
        },
        "facts": [_fact(f) for f in report.facts],
        "paragraphs": [_paragraph(p, findings) for p in report.paragraphs],
        "mentions": [],
        "partnerships": [],
        "strategies": [],
        "statistics": [],
        "legislation": [],
        "warnings": [{"code": w.code, "message": w.message, "where": w.where} for w in warnings],
    }


def _date(value: Any) -> str | None:
    return value.isoformat() if value else None


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "measure": fact.measure,
        "value": number(fact.value) if isinstance(fact.value, Decimal) else fact.value,
        "unit": fact.unit,
        "period": fact.period,
        "text": fact.sentence.text,
    }


def _paragraph(paragraph: Paragraph, findings: dict[Place, Finding]) -> dict[str, Any]:
    sentences = []
    for sentence in paragraph.sentences:
        finding = findings.get(Place(paragraph.section, paragraph.n, sentence.n))
        confidence = finding.confidence if finding else None
        sentences.append(
            {
                "n": sentence.n,
                "text": sentence.text,
                "start": sentence.start,
                "end": sentence.end,
                "polarity": finding.polarity if finding else None,
                "voice": list(finding.voices) if finding else [],
                "themes": list(finding.themes) if finding else [],
                "confidence": float(confidence) if confidence is not None else None,
            }
        )
    return {"section": paragraph.section, "n": paragraph.n, "sentences": sentences}


def number(value: Decimal) -> int | float:
    """A whole number as such, so that 9 is not printed as 9.0."""
    return int(value) if value == value.to_integral_value() else float(value)
