"""A body found in a sentence, before it is known which one it is."""

from __future__ import annotations

from dataclasses import dataclass

from councilgraph.extraction.bodies.words import Words
from councilgraph.extraction.register import Name


@dataclass(frozen=True, slots=True)
class Found:
    """``start`` and ``end`` are offsets into the paragraph, ``last`` the word after the last.

    ``names`` are the registered names that the words are; ``kind`` is empty where those decide.
    ``stands_for`` is what an abbreviation was introduced for.
    """

    start: int
    end: int
    last: int
    text: str
    kind: str
    named: bool
    names: tuple[Name, ...] = ()
    stands_for: Found | None = None

    @classmethod
    def of(
        cls,
        words: Words,
        first: int,
        last: int,
        kind: str,
        *,
        named: bool,
        names: tuple[Name, ...] = (),
    ) -> Found:
        """The words from ``first`` up to, not including, ``last``."""
        start, end = words.spans[first][0], words.spans[last - 1][1]
        return cls(start, end, last, words.text[start:end], kind, named, names)
