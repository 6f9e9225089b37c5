"""Fill a new registry file: entries as they stream by, then the indexes in sorted order.

Indexes are not kept up while entries are written, which would read and write the file all
over for each; what they are made of is set aside on disk and sorted once, at the end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from councilgraph.errors import InputError
from councilgraph.linking.entry import Entry
from councilgraph.linking.indexing import blocking_tokens, index_keys
from councilgraph.linking.registry_checks import Remarks, drop_repeated, open_circles
from councilgraph.linking.registry_file import (
    FORMAT,
    SIDE_TABLES,
    TABLES,
    digest,
    limit_memory,
    note_content,
    to_row,
)

MEMORY = 64 * 1024
"""Kibibytes for each of the two databases."""

BATCH = 2_000

SEEN = 200_000
"""Words that are known to be stored already."""


def fresh(part: Path) -> sqlite3.Connection:
    """An empty registry file, with a second database for what has yet to be sorted."""
    database = sqlite3.connect(part, isolation_level=None)
    database.execute("ATTACH '' AS side")
    for name in ("main", "side"):
        # Nothing is to be rolled back: a file that is not finished is thrown away.
        database.execute(f"PRAGMA {name}.journal_mode = OFF")
        database.execute(f"PRAGMA {name}.synchronous = OFF")
        database.execute(f"PRAGMA {name}.cache_size = -{MEMORY}")
    limit_memory(database, MEMORY)
    database.executescript(TABLES + SIDE_TABLES)
    database.execute("BEGIN")
    return database


def fill(
    database: sqlite3.Connection,
    entries: Iterable[Entry],
    remarks: Remarks,
    progress: Callable[[int], None] | None,
) -> None:
    """Write all entries, and set aside what they are to be found under."""
    source = _usable(entries, remarks)
    done = 0
    seen: set[int] = set()
    while batch := list(islice(source, BATCH)):
        numbered = list(enumerate(batch, start=done + 1))
        done += len(batch)
        words: dict[int, str] = {}
        postings: list[tuple[int, int]] = []
        for number, entry in numbered:
            for word in {word for name in entry.names for word in blocking_tokens(name.text)}:
                postings.append((one := digest(word), number))
                if one not in seen:
                    words[one] = word
        if len(seen) > SEEN:
            seen.clear()
        seen.update(words)
        _insert(database, "main.entries", ((number, *to_row(entry)) for number, entry in numbered))
        _insert(database, "side.postings", postings)
        database.executemany("INSERT OR IGNORE INTO side.words VALUES (?, ?)", words.items())
        _insert(
            database,
            "side.keys",
            (
                (one, number)
                for number, entry in numbered
                for one in {digest(key) for key in index_keys(entry)}
            ),
        )
        _insert(
            database,
            "side.identifiers",
            ((value, scheme, number) for number, entry in numbered for scheme, value in entry.identifiers),
        )
        _insert(
            database,
            "side.areas",
            ((area, entry.kind, number) for number, entry in numbered for area in entry.areas),
        )
        _insert(
            database,
            "side.successions",
            ((entry.register, code, number) for number, entry in numbered for code in entry.successors),
        )
        if progress:
            progress(done)


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[tuple[object, ...]]) -> None:
    rows = iter(rows)
    if (first := next(rows, None)) is not None:
        places = ", ".join("?" * len(first))
        database.executemany(f"INSERT INTO {table} VALUES ({places})", chain([first], rows))


def _usable(entries: Iterable[Entry], remarks: Remarks) -> Iterator[Entry]:
    for entry in entries:
        if entry.code and entry.names and entry.names[0].text:
            yield entry
        else:
            remarks.add(f"{entry.register}: an entry without code or name is left out.")


def finish(database: sqlite3.Connection, remarks: Remarks) -> dict[str, int]:
    """Check the entries against each other and sort the indexes; entries by register.

    Raises InputError if there are none.
    """
    database.execute("CREATE INDEX entries_by_code ON entries (register, code)")
    drop_repeated(database, remarks)
    for table, columns in (
        ("keys", "key, entry"),
        ("postings", "word, entry"),
        ("identifiers", "value, scheme, entry"),
        ("areas", "area, kind, entry"),
    ):
        database.execute(
            f"INSERT OR IGNORE INTO main.{table} SELECT {columns} FROM side.{table} "
            f"WHERE entry NOT IN (SELECT entry FROM side.dropped) ORDER BY {columns}"
        )
        database.execute(f"DROP TABLE side.{table}")
    database.execute(
        "INSERT INTO main.words SELECT p.word, w.word, p.n FROM "
        "(SELECT word, count(*) AS n FROM main.postings GROUP BY word) p JOIN side.words w ON w.id = p.word"
    )
    database.execute("CREATE INDEX words_by_head ON words (substr(word, 1, 2), length(word), word)")
    open_circles(database, remarks)
    database.execute("INSERT INTO registers SELECT register, count(*) FROM entries GROUP BY register")
    counts = dict(database.execute("SELECT register, entries FROM registers ORDER BY register"))
    if not counts:
        raise InputError(
            "There is not one entry to build a registry from.",
            where="registry",
            cure="Give at least one publisher's file or the data folder.",
        )
    note_content(database)
    database.execute(f"PRAGMA user_version = {FORMAT}")
    database.execute("COMMIT")
    return counts
