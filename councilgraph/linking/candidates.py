"""Where candidates come from: the questions a register answers, and a small one in memory.

Matching never looks at a whole register. It asks for the entries under a key, under an
identifier, in an area, or sharing a rare word, and judges those few.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Protocol

from councilgraph.linking.entry import Entry
from councilgraph.linking.indexing import blocking_tokens, index_keys
from councilgraph.linking.spelling import near, numbers

_HEAD = 2  # letters that a slip of the pen leaves alone


class Source(Protocol):
    """A register to match against. Every answer is in a fixed order and may be empty."""

    def exact(self, key: str) -> Sequence[Entry]:
        """The entries under one of the strings of ``indexing.index_keys``."""

    def identified(self, scheme: str, value: str) -> Sequence[Entry]:
        """The entries with that identifier (slug of ``identifier-scheme``, value)."""

    def entry(self, register: str, code: str) -> Entry | None:
        """One entry; None if there is none."""

    def serving(self, kind: str, area: str) -> Sequence[Entry]:
        """The entries of a kind in an area (GSS code)."""

    def sharing(self, words: Sequence[str], limit: int) -> Sequence[Entry]:
        """At most ``limit`` entries whose names have each of the words, or one or many of it.

        For a word that no name has, one spelt nearly so counts.
        """

    def known(self, word: str) -> bool:
        """Whether the word stands in names here, so that it is no slip for another."""


class Memory:
    """A ``Source`` over some thousand entries, all in memory."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: dict[tuple[str, str], Entry] = {}
        for entry in entries:
            self._entries[entry.register, entry.code] = entry
        self._keys: dict[str, list[Entry]] = defaultdict(list)
        self._identified: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        self._serving: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        self._words: dict[str, list[Entry]] = defaultdict(list)
        self._heads: dict[str, list[str]] = defaultdict(list)
        # Sorted, so that no answer depends on the order in which a file was read.
        for _, entry in sorted(self._entries.items()):
            self._take(entry)
        for word in sorted(self._words):
            self._heads[word[:_HEAD]].append(word)

    def _take(self, entry: Entry) -> None:
        for key in index_keys(entry):
            self._keys[key].append(entry)
        for pair in dict.fromkeys(entry.identifiers):
            self._identified[pair].append(entry)
        for area in dict.fromkeys(entry.areas):
            self._serving[entry.kind, area].append(entry)
        for word in dict.fromkeys(w for n in entry.names for w in blocking_tokens(n.text)):
            self._words[word].append(entry)

    def exact(self, key: str) -> Sequence[Entry]:
        """As ``Source``."""
        return self._keys.get(key, ())

    def identified(self, scheme: str, value: str) -> Sequence[Entry]:
        """As ``Source``."""
        return self._identified.get((scheme, value), ())

    def entry(self, register: str, code: str) -> Entry | None:
        """As ``Source``."""
        return self._entries.get((register, code))

    def serving(self, kind: str, area: str) -> Sequence[Entry]:
        """As ``Source``."""
        return self._serving.get((kind, area), ())

    def known(self, word: str) -> bool:
        """As ``Source``."""
        return word in self._words

    def sharing(self, words: Sequence[str], limit: int) -> Sequence[Entry]:
        """As ``Source``."""
        places: set[tuple[str, str]] | None = None
        for word in words:
            forms = [one for one in numbers(word) if one in self._words] or self._nearly(word)
            found = {(entry.register, entry.code) for one in forms for entry in self._words[one]}
            places = found if places is None else places & found
        return [self._entries[place] for place in sorted(places or ())[:limit]]

    def _nearly(self, word: str) -> list[str]:
        return [one for one in self._heads.get(word[:_HEAD], ()) if near(word, one) is not None]
