"""The index of the findings: full text, and what they are labelled with, in SQLite.

What can be filtered by (council, theme, polarity) is indexed as words of a second column,
so that the filter narrows the search and is not applied after it. Beside it stand the labels
themselves: who needs all findings with their labels has them from here in a tenth of the time
that the graph takes. A finding whose words are not at hand has labels and no text.
"""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import groupby
from typing import Any

from councilgraph.faultpoints import faultpoint
from councilgraph.iris import DEF
from councilgraph.terms import OA

Select = Callable[[str], tuple[list[str], Iterator[tuple[Any, ...]]]]
Row = tuple[tuple[str | None, ...], str | None, list[tuple[str, str]]]
"""A finding: IRI, paragraph and sentence number; its text; its labels as pairs of kind and IRI."""

# Raised when the tables below change: an index of another version is made anew.
VERSION = 2
# What a finding is labelled with, by the property that says it.
LABELS = {
    "assessment": "inAssessment",
    "statement": "qualityStatement",
    "theme": "theme",
    "polarity": "polarity",
    "voice": "voice",
    "state": "reviewState",
}
# Those that a search can be narrowed by.
_TAGGED = ("council", "theme", "polarity")
_BY = {DEF + name: kind for kind, name in LABELS.items()}

_TABLES = """
CREATE TABLE IF NOT EXISTS place (
  id INTEGER PRIMARY KEY, graph TEXT, finding TEXT, paragraph INTEGER, number INTEGER
);
CREATE INDEX IF NOT EXISTS place_graph ON place (graph);
CREATE TABLE IF NOT EXISTS term (id INTEGER PRIMARY KEY, kind TEXT, iri TEXT, UNIQUE (kind, iri));
CREATE TABLE IF NOT EXISTS label (place INTEGER, term INTEGER, PRIMARY KEY (place, term)) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS sentence USING fts5
  (text, tags, tokenize = "porter unicode61 remove_diacritics 2");
"""
_INSERT = """
INSERT INTO place (graph, finding, paragraph, number) VALUES (?, ?, ?, ?)
"""
_TEXTS = f"""
PREFIX cg: <{DEF}>
PREFIX oa: <{OA}>
SELECT ?finding ?council ?section ?paragraph ?number ?text WHERE {{
  GRAPH <%s> {{
    ?finding a cg:Finding ; cg:passage ?passage ; cg:inAssessment ?assessment .
    ?assessment cg:assessedCouncil ?council .
    OPTIONAL {{ ?passage cg:section ?section }}
    OPTIONAL {{ ?passage cg:paragraphNumber ?paragraph }}
    OPTIONAL {{ ?passage cg:sentenceNumber ?number }}
    OPTIONAL {{ ?passage oa:hasSelector ?selector . ?selector oa:exact ?text }}
  }}
}} ORDER BY ?finding ?text
"""
_LABELLED = f"""
PREFIX cg: <{DEF}>
SELECT ?finding ?by ?value WHERE {{
  GRAPH <%s> {{
    VALUES ?by {{ {" ".join("cg:" + name for name in LABELS.values())} }}
    ?finding a cg:Finding ; ?by ?value .
  }}
}} ORDER BY ?finding ?by ?value
"""


def write_index(
    path: str,
    select: Select,
    graphs: Iterable[str],
    *,
    start_from: str | None = None,
    without: Iterable[str] = (),
) -> None:
    """Index the findings of some graphs of a store. For the rest see ``fill_index``."""
    told = ((graph, rows(select, graph)) for graph in graphs)
    fill_index(path, told, start_from=start_from, without=without)


def fill_index(
    path: str,
    graphs: Iterable[tuple[str, Iterable[Row]]],
    *,
    start_from: str | None = None,
    without: Iterable[str] = (),
) -> None:
    """Index the findings of some graphs, each given with its ``rows``.

    ``start_from`` is an index of this version to go on from, ``without`` the graphs whose
    rows it loses. One graph's rows are held at a time, so the memory does not grow with the graphs.

    Raises:
        OSError: it cannot be written.
    """
    if start_from:
        shutil.copyfile(start_from, path)
    try:
        _fill(path, graphs, without)
    except sqlite3.OperationalError as error:
        # A full disk speaks in SQLite's words here, and whoever writes a store waits for the system's.
        raise OSError(errno.ENOSPC if "full" in str(error) else errno.EIO, str(error), path) from None
    faultpoint("put.indexed")


def _fill(path: str, graphs: Iterable[tuple[str, Iterable[Row]]], without: Iterable[str]) -> None:
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("PRAGMA synchronous = OFF")  # the file counts only once the build is in force
        db.executescript(_TABLES)
        db.execute(f"PRAGMA user_version = {VERSION:d}")
        loosened: set[int] = set()
        for graph in without:
            loosened |= _remove(db, graph)
        terms: dict[tuple[str, str], int] = {
            (kind, iri): number for number, kind, iri in db.execute("SELECT id, kind, iri FROM term")
        }
        used: set[int] = set()
        for graph, found in graphs:
            faultpoint("index.graph")
            for place, text, labels in found:
                row = db.execute(_INSERT, (graph, *place)).lastrowid
                if text is not None:
                    tags = " ".join(dict.fromkeys(tag(kind, iri) for kind, iri in labels if kind in _TAGGED))
                    db.execute("INSERT INTO sentence (rowid, text, tags) VALUES (?, ?, ?)", (row, text, tags))
                numbers = [_term(db, terms, label) for label in labels]
                used.update(numbers)
                db.executemany(
                    "INSERT INTO label (place, term) VALUES (?, ?)", [(row, number) for number in numbers]
                )
        _drop_unused(db, loosened - used)
    _sync(path)


def rows(select: Select, graph: str) -> Iterator[Row]:
    """The findings of a graph, each with its place, its text and its labels, every label once.

    A store of this graph alone answers in a tenth of the time that one of all graphs takes.
    """
    _, labelled = select(_LABELLED % graph)
    labels: dict[str, list[tuple[str, str]]] = {}
    for finding, by, value in labelled:
        labels.setdefault(finding.value, []).append((_BY[by.value], value.value))
    _, texts = select(_TEXTS % graph)
    # The same words in two documents of one report are two selectors of one passage.
    for finding, told in groupby(texts, key=lambda row: str(row[0].value)):
        _, council, *first = next(told)
        section, paragraph, number, text = (one and one.value for one in first)
        own = [*labels.get(finding, ()), ("council", council.value)]
        if section is not None:
            own.append(("section", section))
        place = (finding, paragraph, number)
        yield place, text, list(dict.fromkeys(own))


def usable(path: str) -> bool:
    """Whether there is an index of this version, which another one can go on from."""
    if not os.path.exists(path):
        return False
    try:
        db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        try:
            return bool(db.execute("PRAGMA user_version").fetchone()[0] == VERSION)
        finally:
            db.close()
    except sqlite3.DatabaseError:
        return False


def tag(kind: str, iri: str) -> str:
    """A filter value as one word of the index: "council" and ".../STS" give "councilxsts"."""
    last = iri.rstrip("/").rsplit("/", 1)[-1].lower()
    return f"{kind}x" + "".join(c if c.isalnum() else f"x{ord(c):x}x" for c in last)


def _remove(db: sqlite3.Connection, graph: str) -> set[int]:
    """Take a graph out; the terms that it was labelled with, which may stand nowhere else."""
    own = "(SELECT id FROM place WHERE graph = ?)"
    loosened = {n for (n,) in db.execute(f"SELECT DISTINCT term FROM label WHERE place IN {own}", (graph,))}
    for statement in (
        f"DELETE FROM sentence WHERE rowid IN {own}",
        f"DELETE FROM label WHERE place IN {own}",
        "DELETE FROM place WHERE graph = ?",
    ):
        db.execute(statement, (graph,))
    return loosened


def _drop_unused(db: sqlite3.Connection, loosened: set[int]) -> None:
    """Drop those of these terms that label nothing any more; the others are not looked at."""
    if not loosened:
        return
    kept = {number for (number,) in db.execute("SELECT DISTINCT term FROM label")}
    db.executemany("DELETE FROM term WHERE id = ?", [(number,) for number in sorted(loosened - kept)])


def _term(db: sqlite3.Connection, terms: dict[tuple[str, str], int], label: tuple[str, str]) -> int:
    if label not in terms:
        number = db.execute("INSERT INTO term (kind, iri) VALUES (?, ?)", label).lastrowid
        assert number is not None
        terms[label] = number
    return terms[label]


def _sync(path: str) -> None:
    with open(path, "rb") as file:
        os.fsync(file.fileno())
