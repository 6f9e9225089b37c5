"""One file to a ``Page``: its lines are walked once, and nothing in them is interpreted.

What is left out of the report is a warning with its line. The only lines that pass without
one are those that every report has in the same words: the framework's own headings, the
'I' and 'We' statements, lists of statements, feet of pages.
"""

from __future__ import annotations

import re

from loaders.cqc_report.header import read_dates, read_title, without_dates
from loaders.cqc_report.joining import join_broken
from loaders.cqc_report.judgements import set_once, take_percentage, take_rating, take_score
from loaders.cqc_report.lines import Piece, classify, is_sentence, looks_like_heading
from loaders.cqc_report.lookups import comparable
from loaders.cqc_report.outline import Outline
from loaders.cqc_report.page import ABOUT, NARRATIVE, STATEMENT_HEADINGS, Block, Page, same_name, shortened
from loaders.cqc_report.peek import not_a_report, two_councils
from loaders.documents import Document

PROSE = (*NARRATIVE, "findings")
_I_STATEMENT = re.compile(r"^[\"'“‘]{0,2}(?:When |If |As )?I\b")
_WE_STATEMENT = re.compile(r"^[\"'“‘]{0,2}We\b")


def read_page(file: Document) -> Page:
    """Read one file.

    Raises:
        InputError: the file is no assessment report, or states what cannot be.
    """
    page = PageReader(file).page
    if not page.authority and file.title:
        page.authority = read_title(file.title) or ""
    if not page.authority:
        raise not_a_report(file, "it has no title line 'X: local authority assessment'")
    if not (page.known_headings or page.scores):
        raise not_a_report(file, "it has a title but none of the headings of a report")
    return page


class PageReader:
    """Walks the lines of one file once and fills a ``Page``.

    ``part`` is what the last heading opened; ``section`` the statement that it is in.
    """

    def __init__(self, file: Document) -> None:
        self.page = Page(
            file.path, file.sha256, hint=file.published, address=file.address, format=file.format
        )
        self.page.warnings.extend(file.warnings)
        self.part = "header"
        self.section: str | None = None
        self.committed = False  # the one paragraph of the commitment has been met
        self.downloads = False  # below a 'Downloads' line
        self.interrupted: tuple[str, str | None] = ("header", None)
        self.empty: dict[str, int] = {}  # findings headings without a finding so far
        pieces = list(classify(file.lines if file.whole else join_broken(file.lines)))
        self.page.pages = {piece.line: piece.page for piece in pieces if piece.page}
        self.outline = Outline(pieces)
        for place, piece in enumerate(pieces):
            self._take(piece, place)
        for section, line in self.empty.items():
            self.page.warn("no-findings", f"No paragraph below the findings heading of '{section}'.", line)

    def _take(self, piece: Piece, place: int) -> None:
        """File one line under the part of the page that it stands in."""
        text_goes_on = piece.kind in ("text", "score", "wording", "percentage")
        if self.part == "title-again" and (text_goes_on or piece.value in STATEMENT_HEADINGS):
            # The title was the head of a printed page, not the start of another part.
            self.part, self.section = self.interrupted
        match piece.kind:
            case "title":
                self._title(piece)
            case "date":
                self._date(piece, place)
            case "heading":
                self._heading(piece, place)
            case "statement":
                self._statement(piece, place)
            case "theme":
                self._open("theme")
            case "about" if same_name(piece.value, self.page.authority):
                self._open("about-demographics")
            case "score" | "wording" if self.section is not None:
                take_score(self.page, self.section, piece)
            case "percentage" if self.part not in PROSE:
                take_percentage(self.page, piece)
            case _ if not self._says_nothing(piece):
                self._text(piece, place)

    def _says_nothing(self, piece: Piece) -> bool:
        """Is it a line that every report has? In prose, the same words are the assessors' own."""
        if piece.kind == "about-boilerplate":
            return self.part in ABOUT and not any(c.isdigit() for c in piece.text)
        return piece.kind == "foot" or (piece.kind == "boilerplate" and self.part not in PROSE)

    def _open(self, part: str, section: str | None = None) -> None:
        self.page.known_headings += 1
        self.part, self.section = part, section
        self.committed = self.downloads = False

    def _title(self, piece: Piece) -> None:
        if not self.page.authority:
            self.page.authority = piece.value
        elif comparable(piece.value) != comparable(self.page.authority):
            raise two_councils(self.page.path, piece.line, self.page.authority, piece.value)
        elif self.part != "title-again":
            self.interrupted = (self.part, self.section)
            self.part, self.section = "title-again", None

    def _date(self, piece: Piece, place: int) -> None:
        rest = without_dates(piece.text)
        if self.part in PROSE or (rest and self.part not in ("header", "title-again", "how-we-assess")):
            self._text(piece, place)
            return
        for field, day in read_dates(piece.text, self.page.path, piece.line):
            if field == "last_updated":
                self.page.last_updated = max(self.page.last_updated or day, day)
            else:
                set_once(self.page, field, day, piece)
        if rest:
            self._leave_out(piece, "stands in a line of dates", rest)

    def _heading(self, piece: Piece, place: int) -> None:
        part = piece.value
        if part == "downloads":
            self.downloads = True
        elif part == "indicative-score":
            self.page.pilot = True
        elif part in STATEMENT_HEADINGS and self.part in NARRATIVE:
            self._text(piece, place)  # 'Key findings' as a sub-heading of a summary
        elif part in STATEMENT_HEADINGS:
            if self.section is None:
                self.page.warn(
                    "heading-without-statement",
                    f"'{piece.text}' stands under no quality statement; what follows it is left out.",
                    piece.line,
                )
            elif part == "findings":
                self.empty.setdefault(self.section, piece.line)
            self._open(part, self.section)
        elif part in ABOUT and self.part in PROSE:
            self._text(piece, place)  # 'Demographics' as a sub-heading of findings
        else:
            self.page.pilot = self.page.pilot or part == "indicative-rating"
            self._open(part)

    def _statement(self, piece: Piece, place: int) -> None:
        if self.part == "scores" or self.outline.opens_statement(place):
            self._open("scores" if self.part == "scores" else "statement", piece.value)
        elif self.part in PROSE:
            self._text(piece, place)  # a sub-heading, or a bullet that is a name
        elif self.part in ("header", "title-again") and not piece.bullet:
            self.part, self.section = "statement", piece.value

    def _text(self, piece: Piece, place: int) -> None:
        if self.downloads and not is_sentence(piece.text):
            self._leave_out(piece, "is a download")
            return
        self.downloads = False
        if self.part in ("rating", "indicative-rating"):
            take_rating(self.page, piece)
        elif self.part in NARRATIVE or self.part in ABOUT:
            self._paragraph(self.part, piece)
        elif self.part == "findings" and self.section:
            self._paragraph(self.section, piece)
        elif self.part == "expect" and self.section and _I_STATEMENT.match(piece.text):
            pass
        elif self.part in ("expect", "commitment") and self.section:
            self._commitment(piece, place, self.section)
        else:
            if self.part == "scores":
                self.section = None  # a score that follows is not that of the statement before
            self._leave_out(piece, "was not understood")

    def _commitment(self, piece: Piece, place: int, section: str) -> None:
        """The commitment is one paragraph; some pages lack the heading that ends it."""
        if not self.committed and _WE_STATEMENT.match(piece.text):
            self.part, self.committed = "commitment", True
        elif (
            self.part == "commitment" and is_sentence(piece.text) and not self.outline.findings_follow(place)
        ):
            self.page.warn(
                "missing-findings-heading",
                f"No 'Key findings' heading under '{section}'; findings taken to begin here.",
                piece.line,
            )
            self.part = "findings"
            self._paragraph(section, piece)
        else:
            self._leave_out(piece, "stands before the findings")

    def _paragraph(self, section: str, piece: Piece) -> None:
        if not any(c.isalnum() for c in piece.text):
            self._leave_out(piece, "holds no words")
        elif not piece.bullet and section not in ABOUT and looks_like_heading(piece.text):
            self.page.warn(
                "unknown-heading",
                f"'{shortened(piece.text)}' looks like a heading and is not a known one; it is no finding.",
                piece.line,
            )
        else:
            self.page.blocks.append(Block(section, piece.text, piece.line, piece.page))
            self.empty.pop(section, None)

    def _leave_out(self, piece: Piece, reason: str, words: str = "") -> None:
        text = shortened(words or piece.text)
        self.page.warn("unknown-line", f"'{text}' {reason} and is left out.", piece.line)
