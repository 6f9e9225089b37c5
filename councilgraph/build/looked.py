"""What was seen in the files when they were last looked at, so that only changed ones are opened.

As git's index does it: a file whose size, times and inode are as they were holds what it
held, unless it was written so shortly before the look that another writing could bear the
same time; of such a file nothing is kept, and it is looked at again ("racily clean").

Nothing rests on what is kept: where a part of it is damaged, all of it is thrown away, and the
files are looked at as if for the first time.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from zlib import crc32

from councilgraph.store.stamps import SETTLED
from loaders import PageKey
from loaders.documents.origins import ORIGINS

Stamp = tuple[int, ...]
"""Size, time of writing, time of change, inode and device of a file; with them, as a second five,
those of the file beside it that tells where it came from."""

_VERSION = 2
_TABLE = """
CREATE TABLE IF NOT EXISTS looked (
  path TEXT PRIMARY KEY, stamp TEXT, sha256 TEXT, authority TEXT, published TEXT, hint TEXT, address TEXT,
  crc INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rules (digest TEXT PRIMARY KEY) WITHOUT ROWID;
"""


class Looked:
    """The looks at files that a store remembers.

    ``path`` is the file that they are kept in, "" where none is kept; ``rules`` the digest of
    what looks at them. A file of other rules, or a damaged one, counts as none.
    """

    def __init__(self, path: str, rules: str) -> None:
        self._path = path
        self._rules = rules
        self._stamps: dict[Path, Stamp | None] = {}
        self._origins: dict[Path, Stamp] = {}
        self._seen = 0

    def known(self, files: Iterable[Path]) -> dict[Path, PageKey]:
        """Those of the files that are as they were at the last look, with what was seen."""
        held = self._read()
        found = {}
        self._seen = time.time_ns()
        for file in files:
            stamp = self._stamps[file] = self._stamp(file)
            row = held.get(os.fspath(file)) if stamp else None
            if row and row[0] == _text(stamp):
                found[file] = PageKey(file, row[1], row[2], _day(row[3]), _day(row[4]), row[5])
        return found

    def keep(self, keys: Iterable[PageKey]) -> None:
        """Remember what was seen since ``known`` in those files that nobody wrote to meanwhile."""
        if not self._path:
            return
        self._origins.clear()
        rows = []
        for key in keys:
            stamp = self._stamps.get(key.path)
            if stamp and self._settled(stamp) and self._stamp(key.path) == stamp:
                row = (
                    os.fspath(key.path), _text(stamp), key.sha256, key.authority,
                    _iso(key.published), _iso(key.hint), key.address,
                )  # fmt: skip
                rows.append((*row, _crc(row)))
        if not rows:
            return
        try:
            self._write(rows)
        except sqlite3.DatabaseError:
            _remove(self._path)  # the next build looks at all files

    def _settled(self, stamp: Stamp) -> bool:
        _, written, changed, _, _, _, told, told_changed, _, _ = stamp
        return max(written, changed, told, told_changed) + SETTLED < self._seen

    def _stamp(self, file: Path) -> Stamp | None:
        folder = file.parent
        if folder not in self._origins:
            self._origins[folder] = _stat(folder / ORIGINS) or (0, 0, 0, 0, 0)
        own = _stat(file)
        return (*own, *self._origins[folder]) if own else None

    def _read(self) -> Mapping[str, Sequence[str]]:
        if not self._path or not os.path.exists(self._path):
            return {}
        try:
            rules, rows = read_looked(self._path)
        except sqlite3.DatabaseError:
            _remove(self._path)
            return {}
        return {path: row for path, *row in rows} if rules == self._rules else {}

    def _write(self, rows: Iterable[tuple[str | int | None, ...]]) -> None:
        with closing(sqlite3.connect(self._path)) as db, db:
            db.executescript(_TABLE)
            db.execute(f"PRAGMA user_version = {_VERSION:d}")
            if db.execute("SELECT digest FROM rules").fetchall() != [(self._rules,)]:
                db.execute("DELETE FROM looked")
                db.execute("DELETE FROM rules")
                db.execute("INSERT INTO rules VALUES (?)", (self._rules,))
            db.executemany("INSERT OR REPLACE INTO looked VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)


def read_looked(path: str) -> tuple[str, list[tuple[str, ...]]]:
    """The digest of the rules that looked, and the rows of what they saw; "" and none of another version.

    Raises:
        sqlite3.DatabaseError: it is damaged.
    """
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
        if db.execute("PRAGMA user_version").fetchone() != (_VERSION,):
            return "", []
        rules = db.execute("SELECT digest FROM rules").fetchall()
        rows = db.execute("SELECT * FROM looked").fetchall()
    if any(_crc(row) != crc for *row, crc in rows):
        raise sqlite3.DatabaseError("a row is not as it was written")
    return (rules[0][0] if len(rules) == 1 else ""), [row[:-1] for row in rows]


def _crc(row: Iterable[object]) -> int:
    return crc32(repr(tuple(row)).encode("utf-8", "surrogatepass"))


def _stat(file: Path) -> Stamp | None:
    try:
        found = os.stat(file)
    except (OSError, ValueError):
        return None
    return (found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino, found.st_dev)


def _text(stamp: Stamp | None) -> str:
    return " ".join(map(str, stamp or ()))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _remove(path: str) -> None:
    for left in (path, f"{path}-journal"):
        with suppress(OSError):
            os.remove(left)
