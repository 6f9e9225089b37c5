"""Our table of assessments (``data/assessments/scores.csv``) as plain objects.

One row an assessment: register code of the council, month of publication, rating as a
slug (empty where the source shows none: it is never worked out from the scores), nine
scores 1 to 4, the published percentage where it was seen, address and slug of the report.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from councilgraph.model import AssessmentHeader
from councilgraph.statements import STATEMENTS
from loaders.csvfile import Row
from loaders.reference.checks import day
from loaders.tidy import read_table

RATINGS = ("inadequate", "requires-improvement", "good", "outstanding")


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """The scores of one assessment, and the line of the table they stand in.

    ``authority`` is a code of the local authority register, ``published_month`` YYYY-MM,
    ``rating`` a slug of the scheme ``rating`` or None, ``scores`` maps the nine slugs of
    the scheme ``quality-statement`` to 1..4, ``percentage`` is whole and as published.
    """

    authority: str
    published_month: str
    rating: str | None
    scores: Mapping[str, int]
    percentage: int | None
    address: str
    slug: str
    line: int

    def header(self) -> AssessmentHeader:
        """The row as what this source states of the assessment."""
        return AssessmentHeader(
            council=self.authority,
            month=self.published_month,
            rating=self.rating,
            percentage=self.percentage,
            scores=dict(self.scores),
            address=self.address,
        )


def read_scores(data: Path) -> list[ScoreRow]:
    """Every assessment of the table, in its order; councils must be in authorities.csv.

    Raises InputError, with file and line, for a missing column, an unknown council or
    rating, a score outside 1 to 4, a bad month or percentage, and a repeated assessment.
    """
    councils = {row["code"] for row in read_table(data, "authorities")}
    return [_score_row(row, councils) for row in read_table(data, "scores")]


def _score_row(row: Row, councils: set[str]) -> ScoreRow:
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", row["published_month"]):
        raise row.problem(f"{row['published_month']!r} is no month of publication.", "Write it as 2025-05.")
    return ScoreRow(
        authority=_council(row, councils),
        published_month=row["published_month"],
        rating=_rating(row),
        scores={statement: _score(row, statement) for statement in STATEMENTS},
        percentage=_percentage(row),
        address=_address(row),
        slug=row["slug"],
        line=int(row.where.rpartition(":")[2]),
    )


def read_pilots(data: Path) -> list[AssessmentHeader]:
    """The pilots of 2023 that are known: their ratings and scores are indicative.

    Raises InputError as ``read_scores`` does, and for a missing or impossible date.
    """
    councils = {row["code"] for row in read_table(data, "authorities")}
    return [_pilot(row, councils) for row in read_table(data, "pilots")]


def _pilot(row: Row, councils: set[str]) -> AssessmentHeader:
    published, started = day(row, "published"), day(row, "started")
    if published is None:
        raise row.problem("A pilot has no date of publication.", "Write it as 2023-11-17.")
    if started and started > published:
        raise row.problem(
            f"The pilot started on {started}, after it was published on {published}.",
            "Correct one of the two dates.",
        )
    return AssessmentHeader(
        council=_council(row, councils),
        month=f"{published:%Y-%m}",
        published=published,
        started=started,
        rating=_rating(row),
        indicative=True,
        scores={statement: _score(row, statement) for statement in STATEMENTS},
        address=_address(row),
    )


def _council(row: Row, councils: set[str]) -> str:
    if row["authority"] not in councils:
        raise row.problem(
            f"There is no council with the code {row['authority']!r}.",
            "Use a code of data/reference/authorities.csv (Staffordshire is STS).",
        )
    return row["authority"]


def _rating(row: Row) -> str | None:
    if row["rating"] and row["rating"] not in RATINGS:
        raise row.problem(
            f"Unknown rating {row['rating']!r}.",
            f"Use one of {', '.join(RATINGS)}, or leave it empty where none was published.",
        )
    return row["rating"] or None


def _address(row: Row) -> str:
    if not row["address"].startswith("https://"):
        raise row.problem(f"{row['address']!r} is no web address.", "Give the report's page, https://...")
    return row["address"]


def _score(row: Row, statement: str) -> int:
    if row[statement] not in {"1", "2", "3", "4"}:
        raise row.problem(f"The score of {statement} is {row[statement]!r}.", "Scores are 1, 2, 3 or 4.")
    return int(row[statement])


def _percentage(row: Row) -> int | None:
    text = row["percentage_published"]
    if not text:
        return None
    # Nine scores of 1 are 25 per cent, so nothing lower can have been published.
    if not re.fullmatch(r"[0-9]{2,3}", text) or not 25 <= int(text) <= 100:
        raise row.problem(
            f"{text!r} is no percentage that can have been published.",
            "Give the whole number of the report (25 to 100), or leave it empty.",
        )
    return int(text)
