"""A table that is held whole: what a page, a picture or a workbook shows and hands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from councilgraph.catalogue import Column
from councilgraph.results.values import Value


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that a page shows and that can be had as CSV, XLSX and JSON.

    ``name`` is a slug that is unique on its page ("scores"), ``title`` its caption. ``rows``
    may be made as they are read; their number is known before.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Value, ...]]

    def records(self) -> list[dict[str, Value]]:
        """One dictionary a row, column name to value."""
        names = [column.name for column in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]
