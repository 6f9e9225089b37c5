"""Evidence as the JSON object that ``councilgraph extract`` prints for one report.

Unknown values are null and unknown lists empty: nothing is filled in by guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, TypeVar

from councilgraph.model import (
    Citation,
    Evidence,
    Fact,
    Finding,
    Mention,
    Paragraph,
    Partnership,
    Place,
    Statistic,
    Strategy,
)

_T = TypeVar("_T", Finding, Mention, Partnership, Strategy, Statistic, Citation)

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
    findings = {f.place: f for f in _held(evidence.findings)}
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
        "mentions": [_mention(m) for m in _held(evidence.mentions)],
        "partnerships": [_partnership(p) for p in _held(evidence.partnerships)],
        "strategies": [_strategy(s) for s in _held(evidence.strategies)],
        "statistics": [_statistic(s) for s in _held(evidence.statistics)],
        "legislation": [_citation(c) for c in _held(evidence.citations)],
        "warnings": [{"code": w.code, "message": w.message, "where": w.where} for w in warnings],
    }


def _held(items: Iterable[_T]) -> list[_T]:
    """Without what a person has rejected: it is not to be used."""
    return [one for one in items if one.review_state != "rejected"]


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
                "rules": list(finding.rules) if finding else [],
            }
        )
    page = {"page": paragraph.page} if paragraph.page else {}
    return {"section": paragraph.section, "n": paragraph.n, **page, "sentences": sentences}


def _at(place: Place) -> dict[str, Any]:
    return {"section": place.section, "paragraph": place.paragraph, "sentence": place.sentence}


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "text": mention.text,
        "type": mention.kind,
        "kind": "named" if mention.named else "generic",
        "normalised": mention.full_name,
        "identifier": mention.identifier,
        **_at(mention.place),
        "start": mention.start,
        "end": mention.end,
    }


def _partnership(partnership: Partnership) -> dict[str, Any]:
    return {
        "type": partnership.type,
        "name": partnership.name,
        "participants": [party.name for party in partnership.parties],
        "section": partnership.section,
        "paragraph": partnership.paragraph,
        "sentences": list(partnership.sentences),
        "since": partnership.since,
        "covers": partnership.covers,
    }


def _strategy(strategy: Strategy) -> dict[str, Any]:
    return {
        "title": strategy.title,
        "start": strategy.start,
        "end": strategy.end,
        "co_produced": strategy.co_produced,
        "status": strategy.status,
        **_at(strategy.place),
    }


def _statistic(statistic: Statistic) -> dict[str, Any]:
    value = statistic.value
    return {
        "value": number(value) if isinstance(value, Decimal) else value,
        "unit": statistic.unit,
        "qualifier": statistic.qualifier,
        "counts": statistic.counts,
        "period": statistic.period,
        "comparison": statistic.comparison,
        "verdict": statistic.verdict,
        "voice": list(statistic.voices),
        **_at(statistic.place),
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return {
        "act": citation.title,
        "year": citation.year,
        "section_of_act": citation.section,
        **_at(citation.place),
    }


def number(value: Decimal) -> int | float:
    """A whole number as such, so that 9 is not printed as 9.0."""
    return int(value) if value == value.to_integral_value() else float(value)
