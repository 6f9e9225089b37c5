"""Assessments, judgements and facts to triples.

Each statement is written by one source only: the store shows a statement twice that
stands in two graphs, and every count would be wrong. Where a report and the score table
tell the same, the report writes it and the table adds that it says so too.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from councilgraph.iris import IRIS
from councilgraph.model import AssessmentHeader, Evidence, Fact, SourceDocument
from councilgraph.statements import STATEMENTS
from councilgraph.terms import DCTERMS, PROV, RDF, RDFS, cg, slug
from councilgraph.writing.ntriples import Triples, boolean, decimal, iri, plain, text, typed

TYPE, LABEL = f"<{RDF}type>", f"<{RDFS}label>"
DERIVED = f"<{PROV}wasDerivedFrom>"
PUBLISHER = f"<{IRIS.organisation('gor-PB251')}>"  # the Care Quality Commission
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def header_of(evidence: Evidence) -> AssessmentHeader:
    """What the report states of its assessment.

    Raises:
        ValueError: the report has no council or no date of publication.
    """
    report, council = evidence.report, evidence.council
    if council is None or report.published is None:
        raise ValueError("a report without council or date has no assessment to belong to")
    # The page that the others lie below; a single file of the whole report serves as well.
    by_role = {d.role: d.address for d in reversed(report.documents) if d.address}
    address = next(
        (by_role[role] for role in ("landing", "summary", "whole-report") if role in by_role), None
    )
    return AssessmentHeader(
        council=council.code,
        month=f"{report.published:%Y-%m}",
        published=report.published,
        started=report.started,
        last_updated=report.last_updated,
        rating=report.rating,
        percentage=report.percentage,
        indicative=report.indicative,
        scores=report.scores,
        address=address,
    )


def add_assessment(out: Triples, header: AssessmentHeader, label: str, documents: Iterable[str]) -> None:
    """An assessment with its judgements; ``documents`` are the keys of the sources."""
    subject = f"<{IRIS.thing('assessment', header.key)}>"
    sources = [f"<{IRIS.document(key)}>" for key in documents]
    rating = slug("rating", header.rating) if header.rating else None
    out.add(
        subject,
        (TYPE, cg("Assessment")),
        (LABEL, text(assessment_label(label, header))),
        (cg("assessedCouncil"), f"<{IRIS.council(header.council)}>"),
        (
            cg("frameworkVersion"),
            slug("framework-version", "pilot-2023" if header.indicative else "formal-2024"),
        ),
        (cg("publishedMonth"), typed(header.month, "gYearMonth")),
        (cg("publishedOn"), typed(header.published, "date") if header.published else None),
        (cg("startedOn"), typed(header.started, "date") if header.started else None),
        (cg("lastUpdatedOn"), typed(header.last_updated, "date") if header.last_updated else None),
        # A pilot's rating is no formal rating: a property of its own keeps the two apart
        # in every query that does not ask for both.
        (cg("indicativeRating" if header.indicative else "rating"), rating),
        (cg("percentage"), typed(header.percentage, "integer") if header.percentage is not None else None),
        (cg("reportPage"), iri(header.address) if header.address else None),
        *((DERIVED, source) for source in sources),
    )
    for statement in STATEMENTS:
        if statement in header.scores:
            out.add(
                f"<{IRIS.thing('judgement', header.key, statement)}>",
                (TYPE, cg("Judgement")),
                (cg("inAssessment"), subject),
                (cg("qualityStatement"), slug("quality-statement", statement)),
                (cg("score"), typed(header.scores[statement], "integer")),
                (cg("indicative"), boolean(header.indicative)),
                *((DERIVED, source) for source in sources),
            )


def add_second_source(out: Triples, told: AssessmentHeader, header: AssessmentHeader, document: str) -> None:
    """What a source adds to an assessment that a stronger source (``told``) has written.

    It is named as a source of what both state alike, and gives what the other lacks.
    """
    subject = f"<{IRIS.thing('assessment', header.key)}>"
    source = f"<{IRIS.document(document)}>"
    rating = cg("indicativeRating" if told.indicative else "rating")
    only_here = told.percentage is None and header.percentage is not None
    out.add(
        subject,
        (DERIVED, source),
        (cg("reportPage"), iri(header.address) if header.address and not told.address else None),
        (cg("percentage"), typed(header.percentage, "integer") if only_here else None),
        (rating, slug("rating", header.rating) if header.rating and not told.rating else None),
    )
    for statement, score in header.scores.items():
        judgement = f"<{IRIS.thing('judgement', header.key, statement)}>"
        if told.scores.get(statement) == score:
            out.add(judgement, (DERIVED, source))
        elif statement not in told.scores:
            out.add(
                judgement,
                (TYPE, cg("Judgement")),
                (cg("inAssessment"), subject),
                (cg("qualityStatement"), slug("quality-statement", statement)),
                (cg("score"), typed(score, "integer")),
                (cg("indicative"), boolean(told.indicative)),
                (DERIVED, source),
            )


def differences(told: AssessmentHeader, header: AssessmentHeader) -> list[str]:
    """Where the second source contradicts the first, in words."""
    found = [
        f"{statement}: {told.scores[statement]} against {score}"
        for statement, score in header.scores.items()
        if statement in told.scores and told.scores[statement] != score
    ]
    for name in ("rating", "percentage"):
        first, second = getattr(told, name), getattr(header, name)
        if first is not None and second is not None and first != second:
            found.append(f"{name}: {first} against {second}")
    return found


def add_document(
    out: Triples,
    document: SourceDocument,
    *,
    publisher: str | None = PUBLISHER,
    licence: str | None = None,
) -> None:
    """A source file with its checksum, kind and publisher (an IRI, ready to be written)."""
    out.add(
        f"<{IRIS.document(document.key)}>",
        (TYPE, cg("SourceDocument")),
        (LABEL, text(document.name)),
        (cg("sha256"), plain(document.sha256)),
        (cg("pageRole"), slug("page-role", document.role) if document.role else None),
        (cg("layout"), slug("report-layout", document.layout) if document.layout else None),
        (f"<{DCTERMS}publisher>", publisher),
        (f"<{DCTERMS}license>", iri(licence) if licence else None),
        (f"<{DCTERMS}format>", plain(document.format) if document.format else None),
        (f"<{DCTERMS}source>", iri(document.address) if document.address else None),
    )


def add_fact(out: Triples, key: str, fact: Fact, passage: str) -> None:
    """A figure of the 'About' part, with the passage that it stands in."""
    keys = (fact.measure, fact.period.replace("/", "-")) if fact.period else (fact.measure,)
    out.add(
        f"<{IRIS.thing('fact', key, *keys)}>",
        (TYPE, cg("Fact")),
        (cg("inAssessment"), f"<{IRIS.thing('assessment', key)}>"),
        (cg("measure"), slug("measure", fact.measure)),
        (cg("value"), decimal(fact.value) if isinstance(fact.value, Decimal) else plain(str(fact.value))),
        (cg("unit"), slug("unit", fact.unit) if fact.unit else None),
        (cg("period"), plain(fact.period) if fact.period else None),
        (cg("passage"), passage),
    )


def assessment_label(council: str, header: AssessmentHeader) -> str:
    """What people call it: "Staffordshire County Council, May 2025"."""
    year, month = header.month.split("-")
    return f"{council}, {_MONTHS[int(month) - 1]} {year}"
