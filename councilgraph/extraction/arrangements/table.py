"""Looks up which patterns can match in a text, and where, by the words that they begin with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from councilgraph.extraction.arrangements.grammar import FLAGS, Row
from councilgraph.extraction.arrangements.rows_owned import OWNED
from councilgraph.extraction.arrangements.rows_run import RUN_TOGETHER

_TABLE: tuple[Row, ...] = (*OWNED, *RUN_TOGETHER)
_PATTERNS = tuple(re.compile(row.pattern, FLAGS) for row in _TABLE)
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:['’-][A-Za-z0-9]+)*")
_BEGINNERS = 0  # one bit for each row that has first words
_FREE = 0  # one bit for each row without needs
for _i, _row in enumerate(_TABLE):
    _BEGINNERS |= bool(_row.starts) << _i
    _FREE |= (not _row.needs) << _i
_SEARCHED = ~_BEGINNERS & ((1 << len(_TABLE)) - 1)
_STRONG = sum(1 << i for i, row in enumerate(_TABLE) if row.strong)

Token = tuple[str, int, int]
"""A word of a text in small letters, with its start and end."""


def words_of(text: str) -> list[str]:
    """The words of a text in small letters; what a hyphen or an apostrophe joins is one word."""
    return [word.lower() for word in _TOKEN.findall(text)]


def tokens_of(text: str) -> list[Token]:
    """The words of a text with their places."""
    return [(m[0].lower(), *m.span()) for m in _TOKEN.finditer(text)]


@lru_cache(maxsize=16384)
def _bits(word: str) -> tuple[int, int]:
    """The rows, as bits, whose need a word meets, and those that can begin with it."""
    met = sum(1 << i for i, row in enumerate(_TABLE) if row.needs and word.startswith(row.needs))
    return met, sum(1 << i for i, row in enumerate(_TABLE) if row.starts and word.startswith(row.starts))


def matches(text: str, words: Sequence[str], *, weak: bool) -> Iterator[tuple[Row, re.Match[str]]]:
    """What the rows match in a text with straight quotes and the ``words_of`` it.

    Without ``weak`` only the strong rows are tried.
    """
    met, begun = _FREE, _SEARCHED
    beginners: list[tuple[int, int]] = []
    for i, (needs, starts) in enumerate(map(_bits, words)):
        met |= needs
        if starts:
            begun |= starts
            beginners.append((i, starts))
    rows = met & begun & (-1 if weak else _STRONG)
    for i in _of(rows & _SEARCHED):
        for match in _PATTERNS[i].finditer(text):
            yield _TABLE[i], match
    rows &= ~_SEARCHED
    if not rows:
        return
    places = [m.start() for m in _TOKEN.finditer(text)]
    for at, starts in beginners:
        for i in _of(starts & rows):
            found = _PATTERNS[i].match(text, places[at])
            if found:
                yield _TABLE[i], found


@lru_cache(maxsize=4096)
def _of(bits: int) -> tuple[int, ...]:
    """The numbers of the bits that are set."""
    return tuple(i for i in range(bits.bit_length()) if bits >> i & 1)
