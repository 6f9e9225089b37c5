"""The plain objects that are handed from one stage to the next.

Loaders make them, the writer reads them. They hold no RDF and read no file, so a
stage can be tested with a literal. Every object is frozen: a stage that wants to change
something makes a new object, and nothing is changed behind another stage's back.
"""

from __future__ import annotations

from councilgraph.model.bodies import (
    Act,
    Area,
    Council,
    Coverage,
    Identifier,
    Organisation,
    ReferenceTable,
    Succession,
)
from councilgraph.model.decision import ADDED, DECISIONS, EVIDENCE_KINDS, SETTLING, Decision
from councilgraph.model.evidence import (
    Citation,
    Evidence,
    Finding,
    Mention,
    Partnership,
    Party,
    Statistic,
    Strategy,
)
from councilgraph.model.links import Link, LinkReview, NamedBody
from councilgraph.model.report import (
    AssessmentHeader,
    Fact,
    LoadWarning,
    Paragraph,
    Place,
    Report,
    Sentence,
    SourceDocument,
)
from councilgraph.model.reviewed import Doubt, Reviewed

__all__ = [
    "ADDED",
    "DECISIONS",
    "EVIDENCE_KINDS",
    "SETTLING",
    "Act",
    "Area",
    "AssessmentHeader",
    "Citation",
    "Council",
    "Coverage",
    "Decision",
    "Doubt",
    "Evidence",
    "Fact",
    "Finding",
    "Identifier",
    "Link",
    "LinkReview",
    "LoadWarning",
    "Mention",
    "NamedBody",
    "Organisation",
    "Paragraph",
    "Partnership",
    "Party",
    "Place",
    "ReferenceTable",
    "Report",
    "Reviewed",
    "Sentence",
    "SourceDocument",
    "Statistic",
    "Strategy",
    "Succession",
]
