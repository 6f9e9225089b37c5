"""Review files and parts of a page as evidence objects that others are compared with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

from councilgraph.evidence_json import number
from councilgraph.model import Doubt, Place, Report, Reviewed
from councilgraph.reviews import find_again

# Lists of an evidence object whose items stand in a section.
LISTS = ("paragraphs", "mentions", "partnerships", "strategies", "statistics", "legislation")
# Fields of a finding whose names differ in the evidence object.
_NAMES = {"voices": "voice"}
_SURE = Doubt()


def reviewed_object(reviewed: Reviewed, report: Report) -> dict[str, Any]:
    """What was reviewed of the sentences of a report, with their words, at their places of today.

    The object has no header: reviews are of sentences. A reviewed sentence that the report
    has not is left out with everything that stands in it.
    """
    moved = find_again(reviewed, report).moved
    words = {
        Place(paragraph.section, paragraph.n, sentence.n): sentence.text
        for paragraph in report.paragraphs
        for sentence in paragraph.sentences
    }
    paragraphs: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for finding in reviewed.findings:
        if place := moved.get(finding.place):
            close = [_NAMES.get(n, n) for n in reviewed.doubts.get(finding, _SURE).labels]
            sentence = {
                "n": place.sentence,
                "text": words[place],
                "polarity": finding.polarity,
                "voice": list(finding.voices),
                "themes": list(finding.themes),
                **({"close": True, "close_on": close} if close else {}),
            }
            paragraphs.setdefault((place.section, place.paragraph), []).append(sentence)

    def placed(items: Iterable[Any], fields: Callable[[Any], dict[str, Any]]) -> list[dict[str, Any]]:
        return [
            {**fields(one), **_at(moved[one.place]), **_doubt(reviewed.doubts.get(one, _SURE))}
            for one in items
            if one.place in moved
        ]

    return {
        "paragraphs": [
            {"section": section, "n": n, "sentences": sentences}
            for (section, n), sentences in paragraphs.items()
        ],
        "mentions": placed(
            reviewed.mentions,
            lambda m: {
                "text": m.text,
                "type": m.kind,
                "kind": "named" if m.named else "generic",
                "normalised": m.full_name,
            },
        ),
        "partnerships": _partnerships(reviewed, moved),
        "strategies": placed(
            reviewed.strategies, lambda s: {"title": s.title, "start": s.start, "end": s.end}
        ),
        "statistics": placed(
            reviewed.statistics,
            lambda s: {"value": number(s.value) if isinstance(s.value, Decimal) else s.value, "unit": s.unit},
        ),
        "legislation": placed(
            reviewed.citations, lambda c: {"act": c.title, "year": c.year, "section_of_act": c.section}
        ),
    }


def _partnerships(reviewed: Reviewed, moved: Mapping[Place, Place]) -> list[dict[str, Any]]:
    found = []
    for one in reviewed.partnerships:
        places = [Place(one.section, one.paragraph, n) for n in one.sentences]
        now = [moved[place] for place in places if place in moved]
        if now:
            found.append(
                {
                    "type": one.type,
                    "participants": [party.name for party in one.parties],
                    "section": one.section,
                    "paragraph": now[0].paragraph,
                    "sentences": [place.sentence for place in now],
                    **_doubt(reviewed.doubts.get(one, _SURE)),
                }
            )
    return found


def _at(place: Place) -> dict[str, Any]:
    return {"section": place.section, "paragraph": place.paragraph, "sentence": place.sentence}


def _doubt(doubt: Doubt) -> dict[str, Any]:
    """``close`` and the best other reading of type and kind, as a scorer takes them."""
    others = {name: values[0] for name in ("type", "kind") if (values := doubt.others(name))}
    return {**({"close": True} if doubt.optional else {}), **{f"alt_{k}": v for k, v in others.items()}}


def only(evidence: Mapping[str, Any], sections: Callable[[str], bool]) -> dict[str, Any]:
    """The evidence object without what stands in other sections."""
    return {
        **evidence,
        **{name: [x for x in evidence.get(name, ()) if sections(section_of(x))] for name in LISTS},
    }


def section_of(item: Mapping[str, Any]) -> str:
    """The section of the report; a gold citation has that of the Act under the same name."""
    return str(item.get("report_section") or item.get("section") or "")


def sections_in(evidence: Mapping[str, Any]) -> list[str]:
    """The sections whose sentences the object holds, in its order."""
    return list(dict.fromkeys(paragraph["section"] for paragraph in evidence.get("paragraphs", ())))
