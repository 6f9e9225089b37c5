"""Which sentence of the new report is which of the old one, where their names differ.

A sentence is named by its section and the digest of its words: one that keeps both is the same
wherever it stands. Of the others, one with the same words in another section has moved, and one
of the same section with nearly the same words was reworded. The second is a judgement and is
told as such, with how alike the two are; the cause of a change never rests on it.
"""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz

from councilgraph.diff.records import DIGEST, SECTION, SENTENCE, Record

REWORDED = 75.0
"""How alike (0 to 100) two sentences of one section must be for one to be the other reworded."""


def paired(gone: Iterable[Record], come: Iterable[Record]) -> dict[str, tuple[str, int]]:
    """From the sentence that is gone to the one in its place, and how alike they are (0 to 100).

    Both are findings that stand on one side only; names are those after ``finding/``. The
    same records give the same pairs in any order.
    """
    old = sorted(gone, key=lambda one: one.name)
    new = sorted(come, key=lambda one: one.name)
    pairs: dict[str, tuple[str, int]] = {}
    taken: set[str] = set()
    by_digest: dict[str, list[Record]] = {}
    for record in new:
        by_digest.setdefault(record.one(DIGEST), []).append(record)
    for record in old:
        same = [one for one in by_digest.get(record.one(DIGEST), ()) if one.name[1] not in taken]
        if record.one(DIGEST) and same:
            taken.add(same[0].name[1])
            pairs[record.name[1]] = (same[0].name[1], 100)
    alike = [
        (-ratio, first.name[1], second.name[1])
        for first in old
        if first.name[1] not in pairs and first.one(SENTENCE)
        for second in new
        if second.name[1] not in taken and first.one(SECTION) == second.one(SECTION)
        if (ratio := fuzz.ratio(first.one(SENTENCE), second.one(SENTENCE), score_cutoff=REWORDED))
    ]
    for ratio, first_name, second_name in sorted(alike):
        if first_name not in pairs and second_name not in taken:
            taken.add(second_name)
            pairs[first_name] = (second_name, min(99, round(-ratio)))
    return pairs
