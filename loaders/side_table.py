"""Values set aside under a key, on disk: joins of large tables in bounded memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

MEMORY = 16 * 1024
"""Kibibytes that stay in memory; the rest goes to a temporary file that SQLite deletes."""

BATCH = 10_000
MOST = 200


class SideTable:
    """Several text values for one key, given back in the order in which they were added."""

    def __init__(self) -> None:
        # An empty name: a private database in a temporary file, gone when it is closed.
        self._database = sqlite3.connect("")
        self._database.execute(f"PRAGMA cache_size = -{MEMORY}")
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute("CREATE TABLE side (key TEXT NOT NULL, value TEXT NOT NULL)")
        self._waiting: list[tuple[str, str]] = []

    def add(self, key: str, value: str) -> None:
        """Set a value aside; lone surrogates, which no file can hold, are replaced."""
        self._waiting.append((_storable(key), _storable(value)))
        if len(self._waiting) == BATCH:
            self._write()

    def close_writing(self) -> None:
        """Write what waits and make the index; call it before the first ``values``."""
        self._write()
        self._database.execute("CREATE INDEX by_key ON side (key)")

    def values(self, key: str) -> list[str]:
        """The values of one key, not more than ``MOST``."""
        found = self._database.execute(
            "SELECT value FROM side WHERE key = ? ORDER BY rowid LIMIT ?", (_storable(key), MOST)
        )
        return [value for (value,) in found]

    def groups(self) -> Iterator[tuple[str, Iterator[str]]]:
        """Every key with its values, sorted by key; take the values before the next key."""
        found = self._database.execute("SELECT key, value FROM side ORDER BY key, rowid")
        for key, group in groupby(found, key=itemgetter(0)):
            yield key, (value for _, value in group)

    def close(self) -> None:
        """Give the temporary file back."""
        self._database.close()

    def _write(self) -> None:
        self._database.executemany("INSERT INTO side VALUES (?, ?)", self._waiting)
        self._waiting.clear()


def _storable(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
