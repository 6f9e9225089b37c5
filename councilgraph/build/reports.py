"""A report to a source: read, extracted, written, validated."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from councilgraph import resources
from councilgraph.build.headers import header_to_json
from councilgraph.build.rules import rules_version
from councilgraph.build.sources import (
    DocumentRef,
    Made,
    Source,
    SourceFolder,
    cited_sections,
    compose,
    key_of,
)
from councilgraph.datafolder import DataFolder
from councilgraph.errors import CouncilgraphError, InputError, StoreError
from councilgraph.extraction.extractor import Extractor
from councilgraph.faultpoints import faultpoint
from councilgraph.model import Council, Evidence, Report, Reviewed
from councilgraph.reviews import apply_reviews
from councilgraph.validation import Engine, validator
from councilgraph.validation.results import ValidationResult
from councilgraph.writing.assessments import header_of
from councilgraph.writing.evidence import named_bodies
from councilgraph.writing.report import write_report
from loaders import PageKey, published_on, read_group


@dataclass(frozen=True, slots=True)
class Refusal:
    """A report that was not loaded, and why. ``files`` are its files."""

    files: tuple[str, ...]
    error: CouncilgraphError
    results: tuple[ValidationResult, ...] = ()


@dataclass(frozen=True, slots=True)
class Job:
    """The files of one assessment, and what its graph is made from."""

    pages: tuple[PageKey, ...]
    name: str
    made: Made

    @property
    def files(self) -> tuple[str, ...]:
        """The paths, for messages."""
        return tuple(str(page.path) for page in self.pages)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a worker on another machine needs for one job, and cannot look up there.

    ``contents`` are the bytes of the job's files by their paths here, ``reviewed`` what people
    said of the assessment.
    """

    contents: Mapping[Path, bytes]
    reviewed: Reviewed | None


@dataclass(frozen=True)
class Workshop:
    """All that a worker needs to turn files into a source."""

    folder: SourceFolder
    data: DataFolder
    engine: str = "auto"
    extractor_name: str = ""

    @cached_property
    def extractor(self) -> Extractor:
        """What reads the narrative; made once in each process."""
        return self.data.extractor(self.extractor_name)

    @property
    def rules(self) -> str:
        """What made the evidence: our rules, or another extractor by name and version."""
        name = self.extractor_name
        return f"{name} {self.extractor.version}" if name else rules_version()

    @cached_property
    def validator(self) -> Engine:
        """What checks a graph; made once in each process."""
        return validator(self.engine, shapes=Path(resources.path("ontology", "shapes")))

    def plan(self, groups: Iterable[Sequence[PageKey]], made: Made) -> tuple[list[Job], list[Refusal]]:
        """A job for each assessment; those that cannot be placed are refused."""
        made = replace(made, rules=key_of(made.rules, self.rules))
        jobs: dict[str, Job] = {}
        refusals: list[Refusal] = []
        for group in groups:
            pages = tuple(sorted(group, key=lambda p: (p.path.name, str(p.path))))
            files = tuple(str(p.path) for p in pages)
            try:
                name = self._name(pages)
                if name in jobs:
                    raise InputError(
                        f"A second report of {pages[0].authority} in the same month.",
                        where=files[0],
                        cure=f"Give one version only; the other is {jobs[name].files[0]}.",
                    )
                digests = (f"{p.sha256} {p.path.name} {p.address}" for p in pages)
                reviewed = self.data.reviews.get(name.removeprefix("report/"))
                reviews = reviewed.digest if reviewed else ""
                jobs[name] = Job(pages, name, replace(made, documents=key_of(*digests), reviews=reviews))
            except CouncilgraphError as error:
                refusals.append(Refusal(files, error))
        return list(jobs.values()), refusals

    def reviewed(self, job: Job) -> Reviewed | None:
        """What people said of the job's assessment."""
        return self.data.reviews.get(job.name.removeprefix("report/"))

    def do(self, job: Job) -> Source | Refusal:
        """One report: read, extract, write, validate.

        Raises:
            StoreError: the disk refuses; that ends the whole build.
        """
        try:
            faultpoint("report.begin")
            made = self.make(job)
            outcome = made if isinstance(made, Refusal) else self.keep(*made)
            faultpoint("report.end")
        except OSError as error:
            raise self._not_kept(error) from None
        return outcome

    def make(self, job: Job, sent: Sent | None = None) -> tuple[Source, str] | Refusal:
        """What ``do`` keeps: the source and its N-Triples; no file of the store is touched.

        With ``sent`` this may be another machine than the one where the job's files lie.
        """
        try:
            report = read_group(job.pages, sent.contents if sent else None)
            council = self.data.councils.require(report.authority, job.files[0])
            evidence = self._read(report, council)
            if reviewed := sent.reviewed if sent else self.reviewed(job):
                evidence = apply_reviews(evidence, reviewed)
            ntriples = write_report(evidence, self.rules)
            source, result = compose(
                job.name,
                job.made,
                ntriples,
                self.validator.validate,
                documents=tuple(
                    DocumentRef(d.name, str(d.path), d.sha256, d.address, d.role) for d in report.documents
                ),
                header=header_to_json(header_of(evidence)),
                cited=cited_sections(evidence.citations, evidence.partnerships),
                bodies=named_bodies(evidence, header_of(evidence).key),
                warnings=(*report.warnings, *evidence.warnings),
            )
        except StoreError:
            raise
        except CouncilgraphError as error:
            return Refusal(job.files, error)
        if result is not None and not result.conforms:
            broken = tuple(r for r in result.results if r.severity == "Violation")
            refused = InputError(
                f"The report breaks {len(broken)} rules of the graph: {broken[0].message}",
                where=job.files[0],
                cure="Correct the text, or report the rule if the text is as published.",
            )
            return Refusal(job.files, refused, broken)
        return source, ntriples

    def keep(self, source: Source, ntriples: str) -> Source:
        """Write the file of a source that was made.

        Raises:
            StoreError: the disk refuses.
        """
        try:
            self.folder.keep(source, ntriples)
        except OSError as error:
            raise self._not_kept(error) from None
        return source

    def _not_kept(self, error: OSError) -> StoreError:
        return StoreError(
            f"The store cannot be written: {error.strerror or error}.",
            where=os.path.abspath(self.folder.folder),
            cure="Free some space or choose another folder with --store; the old store is whole.",
        )

    def _read(self, report: Report, council: Council) -> Evidence:
        """The evidence; another's extractor may fail in any way, and only this report then fails with it."""
        try:
            return self.extractor.read(report, council)
        except Exception as error:
            if not self.extractor_name:
                raise
            raise InputError(
                f"The extractor '{self.extractor_name}' failed: {type(error).__name__}: {error}",
                where=str(report.documents[0].path),
                cure="Correct the extractor, or leave --extractor out.",
            ) from error

    def _name(self, pages: Sequence[PageKey]) -> str:
        """ "report/<council>-<month>".

        Raises:
            InputError: the council is unknown, or no page has a date of publication.
        """
        where = str(pages[0].path)
        council = self.data.councils.require(pages[0].authority, where)
        published = published_on(pages)
        if published is None:
            raise InputError(
                f"No page of {council.name}'s assessment says when it was published.",
                where=", ".join(str(p.path) for p in pages),
                cure="Put the summary page ('Published: 30 May 2025') in the same folder, or give it too.",
            )
        return f"report/{council.code}-{published:%Y-%m}"


def fatal(job: Job) -> Refusal:
    """The refusal of a report whose reading ended the worker that read it.

    A parser of another's may crash, or the machine run out of memory: everything else is built.
    """
    error = InputError(
        "Reading the report ended the process that read it.",
        where=", ".join(job.files),
        cure="Save the report in another form (as text or as a web page); what ended it may be the memory.",
    )
    return Refusal(job.files, error)
