"""The graphs that are not reports: ontology, reference tables, scores, reviews without their report."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyoxigraph

from councilgraph import resources
from councilgraph.build.sources import (
    DocumentRef,
    Made,
    Source,
    SourceFolder,
    cited_sections,
    file_digest,
    key_of,
)
from councilgraph.councils import CouncilIndex
from councilgraph.errors import InputError, ValidationError
from councilgraph.iris import act
from councilgraph.model import (
    Act,
    AssessmentHeader,
    LoadWarning,
    ReferenceTable,
    Reviewed,
    SourceDocument,
)
from councilgraph.reviews.alone import standing_alone
from councilgraph.terms import RDF, RDFS, cg
from councilgraph.validation.results import ValidationReport
from councilgraph.writing.assessments import (
    add_assessment,
    add_document,
    add_second_source,
    differences,
)
from councilgraph.writing.evidence import named_bodies
from councilgraph.writing.ntriples import Triples, plain, text
from councilgraph.writing.reference import write_reference
from councilgraph.writing.report import write_reviewed

Validate = Callable[[bytes], ValidationReport]
OPEN_GOVERNMENT = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"


def ontology_source(folder: SourceFolder, made: Made) -> Source:
    """The ontology and the schemes as one graph (shapes and examples are not part of it).

    Raises:
        InputError: a file is no Turtle; the message names file and line.
    """
    if kept := folder.kept("ontology", made):
        return kept
    lines: set[str] = set()
    root = Path(resources.path("ontology"))
    for file in sorted([*root.glob("*.ttl"), *root.glob("schemes/*.ttl")]):
        try:
            for quad in pyoxigraph.parse(path=str(file), format=pyoxigraph.RdfFormat.TURTLE):
                lines.add(f"{quad.triple} .\n")
        except (SyntaxError, ValueError) as error:
            raise InputError(
                f"The ontology file is not valid Turtle: {error}",
                where=f"{file}:{getattr(error, 'lineno', None) or '?'}",
                cure="Correct the file; the store in force is as it was.",
            ) from None
    return must_conform(folder.write("ontology", made, "".join(sorted(lines))))


def reference_sources(
    folder: SourceFolder, tables: Iterable[ReferenceTable], made: Made, validate: Validate
) -> list[Source]:
    """One graph for each reference table."""
    sources = []
    for table in tables:
        name = f"reference/{table.name}"
        sources.append(
            folder.kept(name, made)
            or must_conform(folder.write(name, made, write_reference(table), validate))
        )
    return sources


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """A table of scores: its name, its file and the assessments that it tells."""

    name: str
    path: Path
    headers: tuple[AssessmentHeader, ...]


def scores_source(
    folder: SourceFolder,
    table: ScoreTable,
    told: Mapping[str, AssessmentHeader],
    councils: CouncilIndex,
    made: Made,
    validate: Validate,
) -> Source:
    """A table of scores; ``told`` are the assessments that a report has written.

    Of those the table only adds what the report lacks, and a contradiction is a warning:
    the report is what the inspectors published, the table was copied from it.
    """
    name = f"scores/{table.name}"
    sha256 = file_digest(table.path)
    stated = key_of(*sorted(f"{h.key} {_stated(h)}" for h in told.values()))
    made = replace(made, documents=sha256, rest=stated)
    if kept := folder.kept(name, made):
        return kept
    document = SourceDocument(table.path.name, sha256, "", None, table.path)
    out = Triples()
    add_document(out, document, licence=OPEN_GOVERNMENT)
    warnings = []
    for header in table.headers:
        report = told.get(header.key)
        if report is None:
            add_assessment(out, header, councils.get(header.council).name, [document.key])
            continue
        add_second_source(out, report, header, document.key)
        for difference in differences(report, header):
            warnings.append(
                LoadWarning(
                    "sources-disagree",
                    f"{councils.get(header.council).name}: report against score table, {difference}; "
                    "the report is kept.",
                    table.path.name,
                )
            )
    return must_conform(
        folder.write(
            name,
            made,
            out.ntriples(),
            validate,
            documents=(DocumentRef(table.path.name, os.fspath(table.path), sha256),),
            warnings=tuple(warnings),
        )
    )


def reviewed_source(
    folder: SourceFolder, reviewed: Reviewed, rules: str, made: Made, validate: Validate
) -> Source:
    """Reviewed evidence of an assessment whose report is not among the inputs."""
    name = f"reviewed/{reviewed.key}"
    made = replace(made, reviews=reviewed.digest)
    reviewed = standing_alone(reviewed)
    return folder.kept(name, made) or must_conform(
        folder.write(
            name,
            made,
            write_reviewed(reviewed, rules),
            validate,
            documents=tuple(
                DocumentRef(path.name, os.fspath(path), sha256) for path, sha256 in reviewed.files
            ),
            cited=cited_sections(reviewed.citations, reviewed.partnerships),
            bodies=named_bodies(reviewed, reviewed.key),
        )
    )


def sections_source(folder: SourceFolder, cited: Iterable[str], acts: Iterable[Act], made: Made) -> Source:
    """The sections of Acts that are cited, described once however many reports cite them."""
    titles = {law.path: law.title for law in acts}
    paths = sorted(set(cited))
    made = replace(made, rest=key_of(*paths))
    if kept := folder.kept("reference/act-sections", made):
        return kept
    out = Triples()
    for path in paths:
        parent, _, number = path.partition("/section/")
        out.add(
            f"<{act(path)}>",
            (f"<{RDF}type>", cg("ActSection")),
            (f"<{RDFS}label>", text(f"{titles.get(parent, parent)}, section {number}")),
            (cg("sectionOf"), f"<{act(parent)}>"),
            (cg("sectionNumber"), plain(number)),
        )
    return must_conform(folder.write("reference/act-sections", made, out.ntriples()))


def _stated(header: AssessmentHeader) -> str:
    return f"{header.rating} {header.percentage} {header.address} {sorted(header.scores.items())}"


def must_conform(written: tuple[Source, ValidationReport | None]) -> Source:
    """A table of our own that breaks a rule stops the build: everything rests on it.

    Raises:
        ValidationError: with the first violations.
    """
    source, report = written
    if report is not None and not report.conforms:
        first = [r for r in report.results if r.severity == "Violation"]
        shown = "\n".join(f"  - {r.focus}: {r.message}" for r in first[:5])
        raise ValidationError(
            f"{len(first)} statements of '{source.name}' break a rule:\n{shown}",
            where=source.name,
            cure="Correct the table under data/; the store in force is as it was.",
        )
    return source
