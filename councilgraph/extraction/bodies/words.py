"""Words of a text with their offsets, and phrases found among them in one pass.

Phrases are kept as a tree of words: at each word of the text one look-up decides whether any
phrase begins there, so the work grows with the text and hardly with the number of phrases.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

# A word, a genitive 's, a dash between spaces, or any other mark. Hyphens inside words and
# apostrophes are passed over: "Stoke-on-Trent" and "Stoke on Trent" are one phrase.
_TOKEN = re.compile(r"[^\W_]+|['’]s\b|(?<=\s)[-–—](?=\s)|[^\w\s'’‘\-–—]")
_LEVEL = {"’s": "'s", "&": "and"}

T = TypeVar("T")


class Words:
    """The words of ``text`` from ``start`` to ``end``: levelled, with offsets into the text.

    Offsets are worked out when they are first asked for: most sentences name nobody.
    """

    __slots__ = ("_end", "_raw", "_spans", "_start", "keys", "text")

    def __init__(self, text: str, start: int = 0, end: int | None = None) -> None:
        self.text = text
        self._start, self._end = start, len(text) if end is None else end
        self._spans: list[tuple[int, int]] | None = None
        self._raw: list[str] = _TOKEN.findall(text[start : self._end])
        # One call for all words is several times quicker than one for each; no word holds a space.
        low = " ".join(self._raw).lower()
        self.keys = low.split(" ") if low else []
        if "&" in low or "’" in low:
            self.keys = [_LEVEL.get(k, k) for k in self.keys]

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Start and end of each word."""
        if self._spans is None:
            by = self._start
            part = self.text[by : self._end]
            self._spans = [(m.start() + by, m.end() + by) for m in _TOKEN.finditer(part)]
        return self._spans

    def part(self, first: int, last: int) -> str:
        """The text from word ``first`` up to, not including, word ``last``."""
        return self.text[self.spans[first][0] : self.spans[last - 1][1]]

    def __len__(self) -> int:
        return len(self.keys)

    def raw(self, i: int) -> str:
        """The word as it is printed."""
        return self._raw[i]

    def capital(self, i: int) -> bool:
        """Whether the word begins with a capital letter."""
        return 0 <= i < len(self.keys) and self._raw[i][0].isupper()

    def joined(self, i: int) -> bool:
        """Whether word ``i`` and the next are parted by no space (a hyphen)."""
        return i + 1 < len(self.keys) and not any(
            c.isspace() for c in self.text[self.spans[i][1] : self.spans[i + 1][0]]
        )


def word_set(text: str) -> frozenset[str]:
    """The words of a table's text; written out in quotes one by one nobody would read them."""
    return frozenset(text.split())


def keys(phrase: str) -> tuple[str, ...]:
    """A phrase as the words that are compared."""
    return tuple(Words(phrase).keys)


class _Node(Generic[T]):
    __slots__ = ("found", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node[T]] = {}
        self.found: list[T] = []


class Phrases(Generic[T]):
    """Phrases with what they stand for; several things may share a phrase."""

    def __init__(self, entries: Iterable[tuple[str, T]] = ()) -> None:
        self._root: _Node[T] = _Node()
        for phrase, value in entries:
            self.add(phrase, value)

    def add(self, phrase: str, value: T) -> None:
        """Adds a phrase; one without a word is passed over."""
        node = self._root
        for key in keys(phrase):
            node = node.next.setdefault(key, _Node())
        if node is not self._root:
            node.found.append(value)

    def first(self) -> dict[str, _Node[T]]:
        """The words with which phrases begin."""
        return self._root.next

    def at(self, words: Words, i: int) -> Iterator[tuple[int, list[T]]]:
        """All phrases that begin at word ``i``, longest first: (word after the end, values)."""
        node = self._root.next.get(words.keys[i])
        hits = []
        while node is not None:
            i += 1
            if node.found:
                hits.append((i, node.found))
            if i == len(words.keys):
                break
            node = node.next.get(words.keys[i])
        return reversed(hits)
