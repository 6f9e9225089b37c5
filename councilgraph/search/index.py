"""The full-text index: one row a finding, in SQLite's FTS5, made from the graph.

What can be filtered by (council, theme, polarity) is indexed as words of a second column,
so that the filter narrows the search and is not applied after it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from councilgraph.iris import DEF
from councilgraph.terms import OA

Select = Callable[[str], tuple[list[str], Iterator[tuple[Any, ...]]]]

_ROWS = f"""
PREFIX cg: <{DEF}>
PREFIX oa: <{OA}>
SELECT ?finding ?text ?council ?polarity ?theme WHERE {{
  GRAPH <%s> {{
    ?finding a cg:Finding ; cg:passage ?passage ; cg:inAssessment ?assessment .
    ?passage oa:hasSelector ?selector .
    ?selector oa:exact ?text .
    ?assessment cg:assessedCouncil ?council .
    OPTIONAL {{ ?finding cg:polarity ?polarity }}
    OPTIONAL {{ ?finding cg:theme ?theme }}
  }}
}} ORDER BY ?finding ?theme
"""


def write_index(
    path: str,
    select: Select,
    graphs: Iterable[str],
    *,
    start_from: str | None = None,
    without: Iterable[str] = (),
) -> None:
    """Index the findings of some graphs.

    ``start_from`` is an index to go on from, ``without`` the graphs whose rows it loses.
    """
    if start_from:
        shutil.copyfile(start_from, path)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA synchronous = OFF")  # the file counts only once the build is in force
        db.execute("CREATE TABLE IF NOT EXISTS place (id INTEGER PRIMARY KEY, graph TEXT, finding TEXT)")
        db.execute("CREATE INDEX IF NOT EXISTS place_graph ON place (graph)")
        db.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS sentence USING fts5"
            '(text, tags, tokenize = "porter unicode61 remove_diacritics 2")'
        )
        for graph in without:
            db.execute("DELETE FROM sentence WHERE rowid IN (SELECT id FROM place WHERE graph = ?)", (graph,))
            db.execute("DELETE FROM place WHERE graph = ?", (graph,))
        for graph in graphs:
            for finding, text, tags in _rows(select, graph):
                row = db.execute("INSERT INTO place (graph, finding) VALUES (?, ?)", (graph, finding))
                db.execute(
                    "INSERT INTO sentence (rowid, text, tags) VALUES (?, ?, ?)", (row.lastrowid, text, tags)
                )
    db.close()
    _sync(path)


def tag(kind: str, iri: str) -> str:
    """A filter value as one word of the index: "council" and ".../STS" give "councilxsts"."""
    last = iri.rstrip("/").rsplit("/", 1)[-1].lower()
    return f"{kind}x" + "".join(c if c.isalnum() else f"x{ord(c):x}x" for c in last)


def _rows(select: Select, graph: str) -> Iterator[tuple[str, str, str]]:
    _, rows = select(_ROWS % graph)
    held: tuple[str, str] | None = None
    tags: dict[str, None] = {}
    for finding, text, council, polarity, theme in rows:
        if held is None or held[0] != finding.value:
            if held:
                yield (*held, " ".join(tags))
            held, tags = (finding.value, text.value), {}
        tags[tag("council", council.value)] = None
        if polarity is not None:
            tags[tag("polarity", polarity.value)] = None
        if theme is not None:
            tags[tag("theme", theme.value)] = None
    if held:
        yield (*held, " ".join(tags))


def _sync(path: str) -> None:
    with open(path, "rb") as file:
        os.fsync(file.fileno())
