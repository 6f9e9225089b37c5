"""Pages to a report: what the files of one assessment state is put together and compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from councilgraph.errors import InputError
from councilgraph.model import Fact, LoadWarning, Paragraph, Report, SourceDocument
from councilgraph.statements import STATEMENTS
from loaders.cqc_report.facts import FactReader
from loaders.cqc_report.files import find_files, group_pages, peek_files
from loaders.cqc_report.page import ABOUT, NARRATIVE, Page
from loaders.cqc_report.page_reader import read_page
from loaders.cqc_report.peek import PageKey, published_on
from loaders.cqc_report.sentences import split_sentences
from loaders.documents import document_of, read_document

# The order in which the pages of one assessment are read by a person.
_SECTION_ORDER = {slug: n for n, slug in enumerate((*NARRATIVE, *STATEMENTS))}


def read_group(group: Iterable[PageKey], contents: Mapping[Path, bytes] | None = None) -> Report:
    """One report out of the files of one assessment.

    ``contents`` are the bytes of the files by their paths, where they lie on another machine's disk.

    Raises:
        InputError: a file cannot be read, or the pages contradict each other.
    """
    if contents is None:
        return make_report([read_page(read_document(key.path)) for key in group])
    return make_report([read_page(document_of(contents[k.path], k.path, k.address)) for k in group])


def read_one(paths: Iterable[Path]) -> Report:
    """The one report that the files hold.

    Raises:
        InputError: a file cannot be read, or the files belong to several assessments.
    """
    keys, errors = peek_files(find_files(paths))
    groups, more = group_pages(keys)
    if errors or more:
        raise (errors + more)[0]
    if len(groups) != 1:
        names = ", ".join(f"{g[0].authority} ({g[0].published or 'no date'})" for g in groups)
        raise InputError(
            f"The files hold {len(groups)} assessments: {names}.",
            where=", ".join(str(g[0].path) for g in groups),
            cure="Give the pages of one assessment, or load them all with 'councilgraph build --reports'.",
        )
    return read_group(groups[0])


def make_report(pages: Sequence[Page]) -> Report:
    """One report out of the pages of one assessment.

    Raises:
        InputError: two files hold the same part, or the pages contradict each other.
    """
    pages, warnings = _without_copies(pages)
    scores = _scores(pages)
    for page in pages:
        warnings.extend(page.warnings)
    facts, unread = _facts(pages)
    warnings.extend(unread)
    missing = [s for s in STATEMENTS if s not in scores]
    if missing and any(p.role in ("summary", "whole-report") for p in pages):
        warnings.append(
            LoadWarning("missing-score", f"No score for: {', '.join(missing)}.", pages[0].path.name)
        )
    published, started = _agreed(pages, "published"), _agreed(pages, "started")
    if published is None and (published := published_on(pages)):
        message = f"No page states when it was published; its metadata say {published}."
        warnings.append(LoadWarning("date-from-metadata", message, pages[0].path.name))
    updated = max((p.last_updated for p in pages if p.last_updated), default=None)
    stated = [day for day in (started, published, updated) if day]
    if stated != sorted(stated):
        message = f"Started, published, last updated: {', '.join(map(str, stated))}. Kept as printed."
        warnings.append(LoadWarning("dates-out-of-order", message, pages[0].path.name))
    layout = _layout(pages)
    return Report(
        authority=pages[0].authority,
        published=published,
        started=started,
        last_updated=updated,
        rating=_agreed(pages, "rating"),
        percentage=_agreed(pages, "percentage"),
        indicative=any(p.pilot for p in pages),
        layout=layout,
        scores={s: scores[s] for s in STATEMENTS if s in scores},
        facts=facts,
        paragraphs=_paragraphs(pages),
        documents=tuple(
            SourceDocument(p.path.name, p.sha256, p.role, p.layout or layout, p.path, p.address, p.format)
            for p in pages
        ),
        warnings=tuple(warnings),
    )


def _without_copies(pages: Sequence[Page]) -> tuple[list[Page], list[LoadWarning]]:
    """Each part once: a copy is dropped, two versions of a part are refused."""
    ordered = sorted(pages, key=lambda p: (_first_section(p), p.path.name, p.sha256, str(p.path)))
    kept: list[Page] = []
    warnings: list[LoadWarning] = []
    for page in ordered:
        twin = next((k for k in kept if k.sha256 == page.sha256 or k.content() == page.content()), None)
        if twin:
            warnings.append(
                LoadWarning("same-file-twice", f"The same text as {twin.path.name}.", page.path.name)
            )
            continue
        rival = next((k for k in kept if k.sections() & page.sections()), None)
        if rival:
            part = ", ".join(sorted(rival.sections() & page.sections()))
            raise InputError(
                f"Two files hold the same part of {page.authority}'s assessment ({part}).",
                where=f"{rival.path} and {page.path}",
                cure="Give one of them: the whole report, or its pages, in their newest version.",
            )
        kept.append(page)
    return kept, warnings


def _first_section(page: Page) -> int:
    return min((_SECTION_ORDER.get(s, -1) for s in page.sections()), default=-1)


def _scores(pages: Sequence[Page]) -> dict[str, int]:
    """The score of each statement, which a summary and a statement's own page both state."""
    stated: dict[str, tuple[int, str]] = {}
    for page in pages:
        for statement, (score, line) in page.scores.items():
            before, place = stated.setdefault(statement, (score, page.place(line, full=True)))
            if before != score:
                raise InputError(
                    f"Two scores for '{statement}': {before} in {place} and {score} here.",
                    where=page.place(line, full=True),
                    cure="Compare both with the published pages and correct the file that is wrong.",
                )
    return {statement: score for statement, (score, _) in stated.items()}


def _facts(pages: Sequence[Page]) -> tuple[tuple[Fact, ...], list[LoadWarning]]:
    """Each measure once for each period: a second figure is a warning, not another fact."""
    facts: dict[tuple[str, str | None], Fact] = {}
    warnings: list[LoadWarning] = []
    for page in pages:
        reader = FactReader(page)
        for fact in reader.read():
            kept = facts.setdefault((fact.measure, fact.period), fact)
            if kept is not fact:
                message = (
                    f"A second figure for '{fact.measure}', {fact.value}, is left out; {kept.value} is kept."
                )
                where = page.place(reader.line_of(fact))
                warnings.append(LoadWarning("fact-twice", message, where))
        warnings.extend(reader.warnings)
    return tuple(facts.values()), warnings


def _agreed(pages: Sequence[Page], field: str) -> Any:
    """The value that the pages state of a field of the whole assessment."""
    stated = [(page, getattr(page, field)) for page in pages if getattr(page, field) is not None]
    for page, value in stated[1:]:
        first, agreed = stated[0]
        if value != agreed:
            raise InputError(
                f"The pages disagree on '{field}': {agreed} in {first.path.name} and {value} here.",
                where=str(page.path),
                cure="Compare both with the published pages and correct the file that is wrong.",
            )
    return stated[0][1] if stated else None


def _layout(pages: Sequence[Page]) -> str | None:
    """The layout of the page that tells most: a dated page before an undated one."""
    told = [p for p in pages if p.layout]
    return max(told, key=lambda p: (p.published is not None, p.role != "statement")).layout if told else None


def _paragraphs(pages: Sequence[Page]) -> tuple[Paragraph, ...]:
    paragraphs: list[Paragraph] = []
    counts: dict[str, int] = {}
    for page in pages:
        for block in page.blocks:
            if block.section in ABOUT:
                continue
            counts[block.section] = n = counts.get(block.section, 0) + 1
            sentences = split_sentences(block.text)
            paragraphs.append(
                Paragraph(block.section, n, block.text, sentences, page.sha256, block.line, block.page)
            )
    return tuple(paragraphs)
