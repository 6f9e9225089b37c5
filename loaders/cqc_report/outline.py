"""What follows a line: whether a name opens a section is told by what stands below it."""

from __future__ import annotations

from collections.abc import Sequence

from loaders.cqc_report.lines import Piece
from loaders.cqc_report.page import STATEMENT_HEADINGS

# Between a statement's name and its score there can be these, and they say nothing of it.
_PASSED_OVER = ("date", "foot", "boilerplate", "about-boilerplate", "title")


class Outline:
    """The pieces of a page, seen from each of them forwards.

    A statement's name also stands as a link in a list, as a bullet of a finding or as a
    sub-heading. Taken as the start of a section there, it would put the paragraphs below it
    under another statement.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self._below: list[Piece | None] = []
        self._next_opening: list[str] = []
        below: Piece | None = None
        opening = ""
        for piece in reversed(pieces):
            self._below.append(below)
            self._next_opening.append(opening)
            if piece.kind in ("heading", "statement", "theme") and piece.value != "downloads":
                opening = piece.value or piece.kind
            if piece.kind not in _PASSED_OVER and piece.value != "downloads":
                below = piece
        self._below.reverse()
        self._next_opening.reverse()

    def opens_statement(self, place: int) -> bool:
        """Does a score or a heading of a statement's page stand below this line?"""
        below = self._below[place]
        return below is not None and (
            below.kind in ("score", "wording")
            or (below.kind == "heading" and below.value in (*STATEMENT_HEADINGS, "indicative-score"))
        )

    def findings_follow(self, place: int) -> bool:
        """Is the next heading that of the findings?"""
        return self._next_opening[place] == "findings"
