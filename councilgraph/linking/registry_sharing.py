"""A registry that is asked for names that have all of some words, in one query.

Matching needs entries that have every telling word of a name. Of a million names thousands
share any one word, and few share all: SQLite finds those few faster than it hands over many.
"""

from __future__ import annotations

from collections.abc import Sequence

from councilgraph.linking.entry import Entry
from councilgraph.linking.registry import Registry
from councilgraph.linking.spelling import numbers

LOOKED_AT = 5_000
"""Entries with the rarest word that are looked at: of more, names are too common to tell apart."""


class SharingRegistry(Registry):
    """A ``councilgraph.linking.candidates.Source`` over a registry file."""

    def sharing(self, words: Sequence[str], limit: int) -> Sequence[Entry]:
        """At most ``limit`` entries whose names have each of the words, or one or many of it.

        For a word that no name has, one spelt nearly so counts.
        """
        groups = []
        for word in dict.fromkeys(words):
            forms = [held for one in numbers(word) if (held := self._word(one)) is not None]
            if not forms:
                forms = [held for one in self._nearly(word) if (held := self._word(one)) is not None]
            if not forms:
                return ()
            groups.append((sum(count for _, count in forms), [number for number, _ in forms]))
        if not groups:
            return ()
        (_, rarest), *others = sorted(groups)
        # The order of AND is kept, so the next rarest word leaves out the most.
        also = " AND ".join(
            f"EXISTS (SELECT 1 FROM postings p WHERE p.word IN {_marks(group)} AND p.entry = r.entry)"
            for _, group in others
        )
        query = f"SELECT entry FROM postings WHERE word IN {_marks(rarest)} LIMIT {LOOKED_AT}"
        query = f"SELECT DISTINCT entry FROM ({query}) r WHERE {also or 'true'} LIMIT {limit:d}"
        values = [*rarest, *(number for _, group in others for number in group)]
        found = self._entries([number for (number,) in self._ask(query, *values)])
        return sorted(found.values(), key=lambda one: (one.register, one.code))


def _marks(group: list[int]) -> str:
    return f"({', '.join('?' * len(group))})"
