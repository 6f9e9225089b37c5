"""The file of a registry: its tables, and how an entry is kept in a row.

One SQLite file holds the entries of all registers and what they are to be found under. Keys
of the index stand as numbers (``digest``): matching compares the entries' names themselves,
so two keys that fall on one number cost a comparison and no wrong link.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

from councilgraph.linking.entry import Entry, Name

FORMAT = 1
"""Raised with every change of the tables or of the rules that make the index keys."""

TABLES = """
CREATE TABLE entries (
    id INTEGER PRIMARY KEY, register TEXT NOT NULL, code TEXT NOT NULL, kind TEXT NOT NULL,
    since TEXT, until TEXT, data TEXT NOT NULL);
CREATE TABLE keys (key INTEGER, entry INTEGER, PRIMARY KEY (key, entry)) WITHOUT ROWID;
CREATE TABLE words (id INTEGER PRIMARY KEY, word TEXT NOT NULL, entries INTEGER NOT NULL);
CREATE TABLE postings (word INTEGER, entry INTEGER, PRIMARY KEY (word, entry)) WITHOUT ROWID;
CREATE TABLE identifiers (
    value TEXT, scheme TEXT, entry INTEGER, PRIMARY KEY (value, scheme, entry)) WITHOUT ROWID;
CREATE TABLE areas (area TEXT, kind TEXT, entry INTEGER, PRIMARY KEY (area, kind, entry)) WITHOUT ROWID;
CREATE TABLE registers (register TEXT PRIMARY KEY, entries INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE content (digest TEXT NOT NULL);
"""

# What the rows above are sorted from; in a database of its own that is deleted at the end.
SIDE_TABLES = """
CREATE TABLE side.keys (key INTEGER, entry INTEGER);
CREATE TABLE side.words (id INTEGER PRIMARY KEY, word TEXT NOT NULL);
CREATE TABLE side.postings (word INTEGER, entry INTEGER);
CREATE TABLE side.identifiers (value TEXT, scheme TEXT, entry INTEGER);
CREATE TABLE side.areas (area TEXT, kind TEXT, entry INTEGER);
CREATE TABLE side.successions (register TEXT, code TEXT, entry INTEGER);
CREATE TABLE side.dropped (entry INTEGER PRIMARY KEY);
"""

COLUMNS = "register, code, kind, since, until, data"


def digest(text: str) -> int:
    """A number of 64 bits for a key or a word, the same on every machine."""
    data = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(data, "big", signed=True)


def note_content(database: sqlite3.Connection) -> None:
    """Keep a digest of all entries, so that two files with the same ones are known as such."""
    total = sha256(b"%d" % FORMAT)
    for row in database.execute(f"SELECT {COLUMNS} FROM entries ORDER BY id"):
        total.update(repr(row).encode())
    database.execute("INSERT INTO content VALUES (?)", (total.hexdigest(),))


def content_digest(path: Path) -> str:
    """The digest of a registry's entries; "" for a file that cannot be read or is of before it was kept."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            return str(next(database.execute("SELECT digest FROM content"), ("",))[0])
    except sqlite3.Error:
        return ""


def to_row(entry: Entry) -> tuple[str, str, str, str | None, str | None, str]:
    """An entry as the values of ``COLUMNS``."""
    names = [_trimmed([name.text, name.kind, _iso(name.since), _iso(name.until)]) for name in entry.names]
    data = _trimmed(
        [names, entry.identifiers, entry.areas, entry.postcode, entry.homepage, entry.successors or None]
    )
    return (
        entry.register,
        entry.code,
        entry.kind,
        _iso(entry.since),
        _iso(entry.until),
        json.dumps(data, separators=(",", ":")),
    )


def from_row(row: Iterable[Any]) -> Entry:
    """The entry of a row; raises ValueError for a row that this version did not write."""
    register, code, kind, since, until, data = row
    held = json.loads(data)
    names, identifiers, areas, postcode, homepage, successors = held + [None] * (6 - len(held))
    return Entry(
        register=register,
        code=code,
        kind=kind,
        names=tuple([_name(*name) for name in names]),
        identifiers=tuple([(scheme, value) for scheme, value in identifiers or ()]),
        areas=tuple(areas or ()),
        postcode=postcode,
        since=_day(since),
        until=_day(until),
        successors=tuple(successors or ()),
        homepage=homepage,
    )


def limit_memory(database: sqlite3.Connection, kibibytes: int) -> None:
    """Let SQLite keep that much of a database in memory, however large the file is."""
    database.execute(f"PRAGMA cache_size = -{kibibytes:d}")


def _name(text: str, kind: Any, since: str | None = None, until: str | None = None) -> Name:
    return Name(text, kind, _day(since), _day(until))


def _trimmed(values: list[Any]) -> list[Any]:
    while values and not values[-1]:
        values.pop()
    return values


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
