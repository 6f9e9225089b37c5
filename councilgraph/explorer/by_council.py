"""Stored questions about all councils, asked once for a build and taken apart by council."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from councilgraph.catalogue import Column
from councilgraph.explorer.page import Table
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.results.values import Value

Row = tuple[Value, ...]


def rows_of(snapshot: Snapshot, query: str, council: str) -> list[dict[str, Value]]:
    """The rows that a stored query gives for a council (its IRI), column name to value.

    The query must have a column ``authority-iri`` and no required parameter.
    """

    def part(snapshot: Snapshot) -> tuple[list[str], dict[str, list[Row]]]:
        table = snapshot.table(query)
        names = [column.name for column in table.columns]
        at = names.index("authority-iri")
        parts: dict[str, list[Row]] = defaultdict(list)
        for row in table.rows:
            parts[str(row[at])].append(row)
        return names, dict(parts)

    names, parts = snapshot.once(f"by-council:{query}", part)
    return [dict(zip(names, row, strict=True)) for row in parts.get(council, ())]


def table_of(name: str, title: str, columns: Sequence[Column], rows: Sequence[dict[str, Value]]) -> Table:
    """A table of some columns of these records; a column that a record lacks is empty."""
    names = [column.name for column in columns]
    return Table(name, title, tuple(columns), tuple(tuple(row.get(one) for one in names) for row in rows))


def with_place(row: dict[str, Value]) -> dict[str, Value]:
    """A record with its place in words ("Safeguarding 3.2") that leads to the finding."""
    place = str(row.get("section") or "")
    if row.get("paragraph") is not None:
        place = f"{place} {row['paragraph']}.{row.get('sentence-number') or 1}".strip()
    return {**row, "place": place or None, "place-iri": row.get("finding")}


def gathered(rows: Sequence[dict[str, Value]], *keys: str) -> list[dict[str, Value]]:
    """One record for all that agree in these columns: the first, with the number of ``sentences``.

    A report that tells of one arrangement in five sentences has one arrangement.
    """
    found: dict[tuple[Value, ...], dict[str, Value]] = {}
    sentences: dict[tuple[Value, ...], set[Value]] = defaultdict(set)
    for row in rows:
        key = tuple(row.get(one) for one in keys)
        found.setdefault(key, row)
        sentences[key].add(row.get("finding"))
    return [{**row, "sentences": len(sentences[key])} for key, row in found.items()]


SENTENCES = Column("sentences", "integer", "sentences that tell of it; the place is that of the first")
PLACE = (
    Column("place", "string", "section, paragraph and sentence of the report"),
    Column("place-iri", "iri", "the finding"),
)
