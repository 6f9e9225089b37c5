"""The table of assessments that was gathered from the reports' summary pages.

Source: cqc-scores CSV with header; ratings in words, "Not Rated" where the gatherer found
none. The months are those of the reports' addresses.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from loaders.source import Reading, read_form, read_source
from loaders.tidy import TABLES

SOURCE = read_source("scores")

RATINGS = {
    "Inadequate": "inadequate",
    "Requires improvement": "requires-improvement",
    "Good": "good",
    "Outstanding": "outstanding",
    "Not Rated": "",
}


def score_rows(path: Path, reading: Reading) -> Iterator[dict[str, str]]:
    """Yield rows of our table scores.

    A rating that is not there stays empty. The rule would give one, but a rating that
    nobody published must not enter the graph as one that the CQC gave.

    Raises InputError for an unknown rating.
    """
    for row in read_form(SOURCE.forms["league-table"], path, reading):
        if row["rating"] not in RATINGS:
            raise row.problem(
                f"Unknown rating {row['rating']!r} ({row['slug']}).",
                f"Known are: {', '.join(RATINGS)}. Add a new one to loaders/scores.",
            )
        new = {column: row[column] for column in TABLES["scores"].columns}
        yield new | {"rating": RATINGS[row["rating"]]}
