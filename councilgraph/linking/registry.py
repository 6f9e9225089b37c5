"""A registry: millions of entries in a file, answering the questions that matching asks.

Made by ``councilgraph.linking.registry_build``. Nothing of it is held in memory but some
thousand entries that were asked for last.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

from councilgraph.errors import InputError
from councilgraph.linking.entry import Entry
from councilgraph.linking.registry_file import COLUMNS, FORMAT, digest, from_row, limit_memory
from councilgraph.linking.spelling import near

MEMORY = 32 * 1024
"""Kibibytes of the file that are kept in memory."""

REMEMBERED = 20_000
"""Entries and words that are not read again."""

MOST = 2_000
"""Entries under one key, in one area or with one identifier."""

_HEAD = 2  # letters that a slip of the pen leaves alone, as in candidates.Memory
_SLIPS = 2


class Registry:
    """What matching asks of a register, answered from a registry file.

    ``councilgraph.linking.registry_sharing`` adds the question for names nearly the same.

    Raises InputError for a file that is missing, no registry, damaged or of another version,
    when it is opened and at every question.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.is_file():
            raise InputError(
                f"There is no registry {path.name}.",
                where=str(path),
                cure="Make it from the publishers' files first.",
            )
        try:
            self._database = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise self._damaged(error) from error
        try:
            ((version,),) = self._ask("PRAGMA user_version")
            if version != FORMAT or self._ask("SELECT count(*) FROM registers") == [(0,)]:
                raise InputError(
                    f"{path.name} is no registry, or one of another version.",
                    where=str(path),
                    cure="Make it anew from the publishers' files.",
                )
            limit_memory(self._database, MEMORY)
        except BaseException:
            self._database.close()
            raise
        self._held: dict[int, Entry] = {}
        self._word = lru_cache(maxsize=REMEMBERED)(self._look_up)
        self._nearly = lru_cache(maxsize=REMEMBERED)(self._spelt_nearly)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def counts(self) -> dict[str, int]:
        """Entries by register."""
        return dict(self._ask("SELECT register, entries FROM registers ORDER BY register"))

    def entries(self, without: Collection[str] = ()) -> Iterator[Entry]:
        """Every entry in the order of the file, but those of some registers."""
        try:
            for row in self._database.execute(f"SELECT {COLUMNS} FROM entries ORDER BY id"):
                if row[0] not in without:
                    yield from_row(row)
        except (sqlite3.Error, ValueError, TypeError) as error:
            raise self._damaged(error) from error

    def exact(self, key: str) -> Sequence[Entry]:
        """The entries under one of the strings of ``indexing.index_keys``."""
        return self._all("SELECT entry FROM keys WHERE key = ? LIMIT ?", digest(key))

    def identified(self, scheme: str, value: str) -> Sequence[Entry]:
        """The entries with that identifier (slug of ``identifier-scheme``, value)."""
        return self._all(
            "SELECT entry FROM identifiers WHERE value = ? AND scheme = ? LIMIT ?", value, scheme
        )

    def entry(self, register: str, code: str) -> Entry | None:
        """One entry; None if there is none."""
        found = self._all("SELECT id FROM entries WHERE register = ? AND code = ? LIMIT ?", register, code)
        return found[0] if found else None

    def serving(self, kind: str, area: str) -> Sequence[Entry]:
        """The entries of a kind in an area (GSS code)."""
        return self._all("SELECT entry FROM areas WHERE area = ? AND kind = ? LIMIT ?", area, kind)

    def known(self, word: str) -> bool:
        """Whether the word stands in names here, so that it is no slip for another."""
        return self._word(word) is not None

    def _all(self, query: str, *values: object) -> Sequence[Entry]:
        found = self._entries([number for (number,) in self._ask(query, *values, MOST)])
        return sorted(found.values(), key=lambda one: (one.register, one.code))

    def _entries(self, numbers: Sequence[int]) -> dict[int, Entry]:
        """Entries by their number in the file; those asked for lately are not read again."""
        found = {number: self._held[number] for number in numbers if number in self._held}
        if missing := [number for number in numbers if number not in found]:
            query = f"SELECT id, {COLUMNS} FROM entries WHERE id IN (SELECT value FROM json_each(?))"
            try:
                read = {number: from_row(row) for number, *row in self._ask(query, json.dumps(missing))}
            except (ValueError, TypeError) as error:
                raise self._damaged(error) from error
            if len(self._held) > REMEMBERED:
                self._held.clear()
            self._held |= read
            found |= read
        return found

    def _look_up(self, word: str) -> tuple[int, int] | None:
        """Number of the word and how many entries have it."""
        rows = self._ask("SELECT id, entries FROM words WHERE id = ? AND word = ?", digest(word), word)
        return rows[0] if rows else None

    def _spelt_nearly(self, word: str) -> tuple[str, ...]:
        """Words here that the word may be a slip for."""
        rows = self._ask(
            "SELECT word FROM words WHERE substr(word, 1, 2) = ? AND length(word) BETWEEN ? AND ?",
            word[:_HEAD],
            len(word) - _SLIPS,
            len(word) + _SLIPS,
        )
        close = process.extract(
            word, [one for (one,) in rows], scorer=OSA.distance, score_cutoff=_SLIPS, limit=None
        )
        return tuple(sorted(one for one, _, _ in close if near(word, one) is not None))

    def _ask(self, query: str, *values: object) -> list[Any]:
        try:
            return self._database.execute(query, values).fetchall()
        except (sqlite3.Error, UnicodeError) as error:
            if isinstance(error, UnicodeError):
                return []  # a lone surrogate stands in no name
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> InputError:
        return InputError(
            f"The registry {self.path.name} is damaged or no registry: {error}.",
            where=str(self.path),
            cure="Make it anew from the publishers' files.",
        )
