"""The review file of links: what people said of two records, one row a judgement.

``subject`` and ``object`` are IRIs, or what follows ``/id/`` in ours ("council/STS",
"organisation/charity-commission-1100001"). A person is named by a role only.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final, Literal, get_args

from councilgraph.errors import InputError
from councilgraph.iris import BASE, IRIS
from councilgraph.model import LinkReview
from loaders.csvfile import Row
from loaders.tidy import Table, check_table

LINK_REVIEWS: Final = Table(
    "curated/link-reviews",
    "curated/link-reviews.csv",
    ("subject", "object", "judgement", "role", "date", "note"),
    ("subject", "object"),
)
_Judgement = Literal["same", "not-same", "unsure"]
_JUDGEMENTS: Final[dict[str, _Judgement]] = {name: name for name in get_args(_Judgement)}
_OURS = re.compile(r"(?:council|organisation)/[A-Za-z0-9._~%-]{1,300}")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.-]{1,200}/[^\s<>\"{}|^`\\]{0,600}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_link_reviews(data: Path) -> list[LinkReview]:
    """The judgements in the order of the file; none where there is no file.

    Raises:
        InputError: with file and line, for another table than this one, a record that is no
            IRI, an unknown judgement, a missing role, no date, and a second judgement of the
            same two records in either order.
    """
    path = data / LINK_REVIEWS.path
    if not path.exists():
        return []
    found: dict[frozenset[str], LinkReview] = {}
    for row in check_table(path, LINK_REVIEWS):
        review = _review(row)
        pair = frozenset((review.subject, review.object))
        if len(pair) == 1:
            raise row.problem("The two records are one.", "Give the records that are compared.")
        if pair in found:
            raise row.problem(
                "These two records are judged twice.",
                f"Keep the judgement that holds; the other is at {found[pair].where}.",
            )
        found[pair] = review
    return list(found.values())


def _review(row: Row) -> LinkReview:
    judgement = _JUDGEMENTS.get(row["judgement"])
    if judgement is None:
        raise row.problem(
            f"'{row['judgement'][:60]}' is no judgement.", f"Judgements are: {', '.join(_JUDGEMENTS)}."
        )
    if not row["role"]:
        raise row.problem(
            "The judgement has no role.", "Say in which role it was made, such as 'performance analyst'."
        )
    return LinkReview(
        _record(row, "subject"),
        _record(row, "object"),
        judgement,
        row["role"],
        _day(row),
        row["note"],
        row.where,
    )


def _record(row: Row, column: str) -> str:
    given = row[column]
    if _OURS.fullmatch(given):
        return IRIS.id + given
    if _ADDRESS.fullmatch(given):
        # The file says what holds under any base of a graph.
        begin = f"{BASE}id/"
        return IRIS.id + given.removeprefix(begin) if given.startswith(begin) else given
    raise row.problem(
        f"The {column} '{given[:80]}' is no record that can be linked.",
        "Write an IRI, or what follows /id/ in ours: council/STS, organisation/ods-RRE.",
    )


def _day(row: Row) -> date:
    try:
        if _DAY.fullmatch(row["date"]):
            return date.fromisoformat(row["date"])
    except ValueError:
        pass
    problem: InputError = row.problem(
        f"'{row['date'][:40]}' is no date.", "Write the day of the judgement as 2025-05-01."
    )
    raise problem
