"""Decisions to triples: from a statement to what a person said of it, when and in which role."""

from __future__ import annotations

from collections.abc import Iterable

from councilgraph.iris import IRIS
from councilgraph.model import Decision
from councilgraph.terms import DCTERMS, RDF, RDFS, cg, slug
from councilgraph.writing.ntriples import Triples, plain, text, typed

# Field of a record -> property, where it is not the one of its own name in the ontology.
_TERMS = {
    "voices": cg("voice"),
    "themes": cg("theme"),
    "named": cg("mentionKind"),
    "full_name": cg("fullName"),
    "parties": cg("party"),
    "title": f"<{DCTERMS}title>",
    "start": cg("startYear"),
    "end": cg("endYear"),
    "co_produced": cg("coProduced"),
    "status": cg("strategyStatus"),
    "name": f"<{RDFS}label>",
    "act": cg("citedAct"),
    "law_section": cg("citedSection"),
}
_TYPES = {"mention": cg("organisationKind"), "partnership": cg("partnershipType")}


def add_decisions(out: Triples, subject: str, decisions: Iterable[Decision]) -> None:
    """A review for each decision about ``subject``, an IRI of ours; the earliest is number 1."""
    for n, one in enumerate(decisions, start=1):
        out.add(
            f"<{IRIS.id}review/{subject.removeprefix(IRIS.id)}/{n}>",
            (f"<{RDF}type>", cg("Review")),
            (cg("reviews"), f"<{subject}>"),
            (cg("decision"), slug("review-state", one.decision)),
            *((cg("corrects"), term) for term in _changed(one)),
            (cg("decidedOn"), typed(one.on.isoformat(), "date")),
            (cg("reviewerRole"), plain(one.role)),
            (cg("rulesVersion"), plain(one.rules)),
            (cg("note"), text(one.note) if one.note else None),
        )


def _term(kind: str, field: str) -> str:
    """The property of a thing that a field of the records is."""
    return _TYPES[kind] if field == "type" else _TERMS.get(field) or cg(field)


def _changed(one: Decision) -> Iterable[str]:
    """The properties that a correction changed; what was put in changed none."""
    return dict.fromkeys(_term(one.of, name) for name in (one.person if one.machine else ()))
