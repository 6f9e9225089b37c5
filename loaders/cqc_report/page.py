"""What one file holds, as its lines tell it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from councilgraph.model import LoadWarning
from loaders.cqc_report.lookups import comparable

NARRATIVE = ("people-experience-summary", "strengths-summary")
ABOUT = ("about-demographics", "about-financial")
STATEMENT_HEADINGS = ("expect", "commitment", "findings")


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a section, as text, with its line in the file and the page of a print."""

    section: str
    text: str
    line: int
    page: int | None = None


@dataclass(slots=True)
class Page:
    """What one file holds. ``scores`` maps a statement to its score and its line.

    ``pages`` tells the printed page of each line of a paged form.
    """

    path: Path
    sha256: str
    authority: str = ""
    published: date | None = None
    started: date | None = None
    last_updated: date | None = None
    hint: date | None = None
    address: str | None = None
    rating: str | None = None
    percentage: int | None = None
    pilot: bool = False
    score_without_colon: bool = False
    out_of_100: bool = False
    known_headings: int = 0
    scores: dict[str, tuple[int, int]] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    warnings: list[LoadWarning] = field(default_factory=list)
    format: str | None = None
    pages: dict[int, int] = field(default_factory=dict)

    def sections(self) -> set[str]:
        """The sections of which the page has text."""
        return {block.section for block in self.blocks}

    def content(self) -> tuple[object, ...]:
        """What the page says, whatever its bytes: two files with the same are copies."""
        return (
            self.published,
            self.started,
            self.last_updated,
            self.rating,
            self.percentage,
            sorted((statement, score) for statement, (score, _) in self.scores.items()),
            [(block.section, block.text) for block in self.blocks],
        )

    @property
    def role(self) -> str:
        """A slug of the scheme ``page-role``."""
        sections = self.sections()
        statements = sections - set(NARRATIVE) - set(ABOUT)
        listed = len(self.scores) > 1 and not statements
        summary = bool(sections & set(NARRATIVE)) or self.rating is not None or listed
        if (summary and statements) or len(statements) > 1:
            return "whole-report"
        if statements or (not summary and self.scores):
            return "statement"
        return "summary" if summary else "landing"

    @property
    def layout(self) -> str | None:
        """A slug of the scheme ``report-layout``; None where nothing on the page tells it.

        A statement page of 2024 and one of 2025 look alike and bear no date.
        """
        if self.pilot:
            return "cqc-pilot-2023"
        if self.score_without_colon:
            return "cqc-2024"
        if self.out_of_100:
            return "cqc-2024-flat"
        if self.percentage is not None:
            return "cqc-2025"
        if self.published is None:
            return None
        # The flat layout was last seen in February 2025, the nested one first in May.
        return "cqc-2024-flat" if self.published < date(2025, 3, 1) else "cqc-2025"

    def warn(self, code: str, message: str, line: int) -> None:
        """Keep a warning with its place."""
        self.warnings.append(LoadWarning(code, message, self.place(line)))

    def place(self, line: int, *, full: bool = False) -> str:
        """Where a line stands, so that a person finds it: a print has pages, not lines."""
        file = str(self.path) if full else self.path.name
        return f"{file} page {self.pages[line]}" if line in self.pages else f"{file}:{line}"


def shortened(text: str) -> str:
    """A line as it is quoted in a message."""
    return text if len(text) <= 80 else text[:77] + "..."


def same_name(printed: str, authority: str) -> bool:
    """Is it the council's name, or the part of it that people say?

    >>> same_name("Northmoor", "Northmoor County Council")
    True
    """
    short, full = comparable(printed), comparable(authority)
    return bool(short) and f" {short} " in f" {full} "
