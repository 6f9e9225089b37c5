"""The table of scores, and every way in which a row of it can be wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from councilgraph.errors import InputError
from councilgraph.statements import STATEMENTS
from loaders.scores import ScoreRow, read_scores


def test_rows(data: Path) -> None:
    eastvale, northmoor = read_scores(data)
    assert northmoor == ScoreRow(
        authority="NMR",
        published_month="2025-05",
        rating="good",
        scores=dict.fromkeys(STATEMENTS, 3),
        percentage=75,
        address="https://www.example.org/northmoor-0525",
        slug="northmoor-0525",
        line=3,
    )
    assert list(eastvale.scores.values()) == [2, 2, 2, 3, 3, 3, 2, 2, 2]
    assert eastvale.rating is None, "a rating that nobody published is never worked out"
    assert eastvale.percentage is None


BAD = {
    "unknown-council": ("NMR,", "NMX,", 3, "no council with the code 'NMX'"),
    "bad-month": ("2025-05,good", "2025-13,good", 3, "is no month"),
    "month-in-words": ("2025-05,good", "May 2025,good", 3, "is no month"),
    "unknown-rating": ("good", "Good", 3, "Unknown rating 'Good'"),
    "score-too-high": ("good,3", "good,5", 3, "assessing-needs is '5'"),
    "score-too-low": ("good,3", "good,0", 3, "assessing-needs is '0'"),
    "score-missing": ("good,3", "good,", 3, "assessing-needs is ''"),
    "score-in-half": ("good,3", "good,2.5", 3, "assessing-needs is '2.5'"),
    "score-in-other-digits": ("good,3", "good,\N{ARABIC-INDIC DIGIT THREE}", 3, "assessing-needs"),
    "percentage-sign": (",75,", ",75%,", 3, "is no percentage"),
    "percentage-too-low": (",75,", ",24,", 3, "is no percentage"),
    "percentage-too-high": (",75,", ",101,", 3, "is no percentage"),
    "bad-address": ("https://www.example.org/north", "north", 3, "is no web address"),
    "assessment-twice": ("EVB,2024-08", "NMR,2025-05", 3, "stands in two rows"),
    "slug-twice": (",northmoor-0525", ",eastvale-0824", 3, "slug 'eastvale-0824' stands in two"),
    "missing-statement": ("equity", "fairness", 1, "no column 'equity'"),
    "missing-month": (",published_month,", ",month,", 1, "no column 'published_month'"),
}


@pytest.mark.parametrize("name", BAD)
def test_wrong_rows_name_file_line_and_cure(name: str, data: Path) -> None:
    old, new, line, what = BAD[name]
    path = data / "assessments/scores.csv"
    text = path.read_text()
    assert old in text, "the case changes nothing"
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_scores(data)
    assert what in caught.value.what
    assert caught.value.where == f"{path}:{line}"
    assert caught.value.cure


def test_missing_table(data: Path) -> None:
    (data / "assessments/scores.csv").unlink()
    with pytest.raises(InputError, match=r"no file scores\.csv"):
        read_scores(data)
