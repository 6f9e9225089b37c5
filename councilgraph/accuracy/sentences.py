"""Sentences of two readings of one page, brought together by their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from councilgraph.accuracy.names import words

Key = tuple[Any, Any, Any]  # section, paragraph, sentence
# The part of the shorter sentence's words that the other one must share.
_SHARED = 0.7


@dataclass(frozen=True, slots=True)
class Read:
    """One sentence of an evidence object: where it stands, its labels and the bag of its words."""

    key: Key
    labels: Mapping[str, Any]
    bag: Counter[str]


def sentences_of(evidence: Mapping[str, Any], text: str | None) -> list[Read]:
    """All sentences; one without its text has offsets into ``text``, the source of the page."""
    found = []
    for paragraph in evidence.get("paragraphs", ()):
        for one in paragraph.get("sentences", ()):
            told = one.get("text")
            if not told and text is not None and "start" in one:
                told = text[one["start"] : one["end"]]
            found.append(Read((paragraph["section"], paragraph["n"], one["n"]), one, Counter(words(told))))
    return found


def align(golds: Iterable[Read], givens: Sequence[Read]) -> dict[Key, Read]:
    """For each expected sentence the given one that shares most of its words, if it shares enough.

    So a sentence that was split elsewhere costs only what it gets wrong.
    """
    index: dict[str, list[int]] = {}
    for n, given in enumerate(givens):
        for word in given.bag:
            index.setdefault(word, []).append(n)
    pairs: dict[Key, Read] = {}
    for gold in golds:
        shared: Counter[int] = Counter()
        for word, times in gold.bag.items():
            for n in index.get(word, ()):
                shared[n] += min(times, givens[n].bag[word])
        if not shared:
            continue
        size = gold.bag.total()

        def likeness(n: int, size: int = size, shared: Counter[int] = shared) -> tuple[float, int]:
            # what either holds: both together less what they share
            return shared[n] / max(1, size + givens[n].bag.total() - shared[n]), -n

        best = max(shared, key=likeness)
        if shared[best] / max(1, min(size, givens[best].bag.total())) >= _SHARED:
            pairs[gold.key] = givens[best]
    return pairs
