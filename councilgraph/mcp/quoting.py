"""Somebody else's words kept apart from ours.

A program that is told what to do in plain words can take a sentence of a report for an order.
So the words of reports and registers never stand beside ours in one text: they are values under
the key ``quoted``, in JSON, whose strings end where they end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from councilgraph.catalogue import Column
from councilgraph.results import json_records
from councilgraph.results.values import Value

LONGEST = 2_000  # characters of one value
# Columns whose text comes from our own vocabularies and tables. What is not named here is
# quoted: a new column of a new question is then marked too much, and never too little.
OURS = frozenset(
    (
        *("authority", "named-by", "gss", "region", "type", "kind", "status", "compared-with"),
        *("rating", "rating-by-rule", "next-rating", "disagreement", "direction", "scored", "quarter"),
        *("statement", "theme", "themes", "topics", "measure", "polarity", "voices", "not-found"),
        *("evidence", "aspect", "subject", "wait-for", "timing", "what", "likely", "place"),
        *("state", "text-state", "review-state", "certainty", "method", "relation"),
    )
)
# Letters and marks that are not seen: they can hold words that only a program reads.
_UNSEEN = re.compile("[\U000e0000-\U000e0fff\ufe00-\ufe0f\u180b-\u180d]")


def row(columns: Sequence[Column], values: Sequence[Value]) -> dict[str, object]:
    """One row of an answer: our own values by column, the others under ``quoted``; empty ones left out."""
    ours: dict[str, object] = {}
    quoted: dict[str, object] = {}
    for column, value in zip(columns, values, strict=True):
        if value is None or value == "":
            continue
        if isinstance(value, str) and not is_ours(column):
            quoted[column.name] = cleaned(value)
        else:
            ours[column.name] = plain(value)
    return {**ours, "quoted": quoted} if quoted else ours


def is_ours(column: Column) -> bool:
    """Whether the text of a column was written by this project: a vocabulary, a date, an IRI."""
    return column.type in ("iri", "month", "date") or column.name in OURS


def plain(value: Value) -> object:
    """A value as JSON has it; text as `cleaned` gives it."""
    return cleaned(value) if isinstance(value, str) else json_records.plain(value)


def cleaned(text: str) -> str:
    """A text without what is not seen, cut at `LONGEST` characters and saying so."""
    seen = "".join(_visible(mark) for mark in _UNSEEN.sub("", text))
    if len(seen) <= LONGEST:
        return seen
    return f"{seen[:LONGEST]} [cut: {len(seen) - LONGEST} characters more in the report]"


def _visible(mark: str) -> str:
    kind = unicodedata.category(mark)
    if kind in ("Cc", "Zl", "Zp"):
        return " "
    return "" if kind in ("Cf", "Cs", "Co", "Cn") else mark
