"""A release read back: what is told of it, and put into its tables, is asked of its own files."""

from __future__ import annotations

import calendar
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import pyoxigraph

from councilgraph.build.sources import Source
from councilgraph.diff.files import filled
from councilgraph.store.embedded import OxigraphReader
from councilgraph.terms import cg

MOST_IN_MEMORY = 2_000_000
"""Statements; above it the files are read into a database on disk, about three times as slow."""
_DAYS = f"{cg('publishedOn')}|{cg('lastUpdatedOn')}|{cg('decidedOn')}"


class ReleaseReader(OxigraphReader):
    """The graph of a release; ``manifest`` names the build that it was made from."""

    def __init__(self, graph: pyoxigraph.Store, place: str, build: str) -> None:
        super().__init__(graph, place)
        self._build = build

    def manifest(self) -> dict[str, Any]:
        """What an exported table says of its build."""
        return {"inputs": self._build}

    def number(self, where: str) -> int:
        """How many solutions a pattern has."""
        for row in self.select(f"SELECT (COUNT(*) AS ?n) {{ {where} }}")[1]:
            return int(row[0].value)
        raise AssertionError("COUNT gives a row always")

    def newest(self, path: str) -> str:
        """The greatest value that a property path leads to, as text; "" where it leads nowhere."""
        for row in self.select(f"SELECT (MAX(STR(?v)) AS ?newest) {{ ?s {path} ?v }}")[1]:
            if row[0] is not None:
                return str(row[0].value)
        return ""


@contextmanager
def read_back(folder: str, sources: Sequence[Source], build: str) -> Iterator[ReleaseReader]:
    """The N-Quads files of a release, loaded into an empty database.

    Raises:
        InputError: a file cannot be loaded. StoreError: there is no room for the database.
    """
    files = [os.path.join(folder, source.file) for source in sources]
    small = sum(source.triples for source in sources) <= MOST_IN_MEMORY
    with filled(files, memory=small) as graph:
        yield ReleaseReader(graph, folder, build)


def newest_day(reader: Any) -> date | None:
    """The day of the newest publication or decision that the graph knows.

    Of an assessment whose month alone is known it is the last day of that month: a release is
    not dated before what is in it.
    """
    days = [date.fromisoformat(day)] if (day := reader.newest(_DAYS)) else []
    if month := reader.newest(cg("publishedMonth")):
        year, number = map(int, month[:7].split("-"))
        if (year, number) > max(((one.year, one.month) for one in days), default=(0, 0)):
            days.append(date(year, number, calendar.monthrange(year, number)[1]))
    return max(days, default=None)
