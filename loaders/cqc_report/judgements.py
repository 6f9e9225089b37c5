"""Scores, ratings and percentages: what a page states of them must be possible and agree.

A score that contradicts another, or its own wording, is an error and not a warning: one of
the two is wrong, nobody can tell which from the text, and a graph with the wrong one would
put a council into the wrong band.
"""

from __future__ import annotations

import re
from typing import Any

from councilgraph.errors import InputError
from loaders.cqc_report.lines import PERCENTAGE, SCORE, Piece
from loaders.cqc_report.lookups import lookups
from loaders.cqc_report.page import Page, same_name, shortened

_RATING = re.compile(r"^(?P<rating>[a-z]+(?: [a-z]+)?)(?: ?: ?(?P<wording>Evidence\b.*))?$", re.IGNORECASE)
# The words of a score of 3 go with the rating of the same rank.
_RANKS = {"inadequate": 1, "requires-improvement": 2, "good": 3, "outstanding": 4}


def take_score(page: Page, statement: str, piece: Piece) -> None:
    """Keep the score that a line states of a statement.

    Raises:
        InputError: the score is none of the four, or contradicts another or its wording.
    """
    match = SCORE.match(piece.text)
    if match:
        page.pilot = page.pilot or match["indicative"] is not None
        # "Score 3" is the first wave's way of writing; later pages have a colon.
        page.score_without_colon = page.score_without_colon or match["colon"] is None
    score = int(piece.value)
    if not 1 <= score <= 4:
        raise _error(page, piece, f"'{shortened(piece.text)}': a score is 1, 2, 3 or 4, not {score}.")
    before, line = page.scores.setdefault(statement, (score, piece.line))
    if before != score:
        raise _error(page, piece, f"Two scores for '{statement}': {before} in line {line} and {score} here.")
    wording = match["wording"] if match else piece.text
    if wording:
        _check_wording(page, piece, score, wording, f"score is {score}")


def take_rating(page: Page, piece: Piece) -> None:
    """Keep the rating that a line states; the council's name above it is passed over.

    Raises:
        InputError: a rating that is not one of the four, or a second one.
    """
    match = _RATING.match(piece.text)
    rating = lookups().ratings.get(match["rating"].lower()) if match else None
    if rating is None and same_name(piece.text, page.authority):
        return
    if match is None or (rating is None and page.rating):
        page.warn("unknown-line", f"'{shortened(piece.text)}' is no rating and is left out.", piece.line)
        return
    if rating is None:
        known = ", ".join(word.capitalize() for word in lookups().ratings)
        raise _error(page, piece, f"'{shortened(piece.text)}' is no known rating ({known}).")
    set_once(page, "rating", rating, piece)
    if match["wording"]:
        _check_wording(page, piece, _RANKS[rating], match["wording"], f"rating is '{match['rating']}'")


def take_percentage(page: Page, piece: Piece) -> None:
    """Keep the overall percentage, or score out of 100, that a line states.

    Raises:
        InputError: more than 100, or a second one that differs.
    """
    percentage = int(piece.value)
    if percentage > 100:
        raise _error(page, piece, f"'{shortened(piece.text)}': no council can have {percentage}%.")
    set_once(page, "percentage", percentage, piece)
    match = PERCENTAGE.match(piece.text)
    assert match is not None
    page.out_of_100 = page.out_of_100 or match["of_100"] is not None
    name = match["name"] or match["scorer"]
    if not same_name(name, page.authority):
        page.warn(
            "other-name",
            f"The percentage is said of '{shortened(name)}', the page is about {page.authority}.",
            piece.line,
        )


def set_once(page: Page, field: str, value: Any, piece: Piece) -> None:
    """Set a field of the whole assessment.

    Raises:
        InputError: the page has already stated another value of it.
    """
    before = getattr(page, field)
    if before is not None and before != value:
        raise _error(page, piece, f"The page states '{field}' twice: {before}, and {value} here.")
    setattr(page, field, value)


def _check_wording(page: Page, piece: Piece, number: int, wording: str, stated: str) -> None:
    means = next((n for words, n in lookups().wordings.items() if words in wording.lower()), None)
    if means is None:
        page.warn(
            "unknown-score-wording", f"'{shortened(wording)}' is no known wording: the {stated}.", piece.line
        )
    elif means != number:
        raise _error(
            page, piece, f"The {stated} but its wording is that of a {means}: '{shortened(piece.text)}'."
        )


def _error(page: Page, piece: Piece, what: str) -> InputError:
    return InputError(
        what,
        where=page.place(piece.line, full=True),
        cure="Compare the line with the published page and correct the file.",
    )
