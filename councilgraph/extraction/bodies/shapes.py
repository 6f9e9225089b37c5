"""Names of local bodies by their shape: capitals around a word that only bodies have."""

from __future__ import annotations

from dataclasses import dataclass

from councilgraph.extraction.bodies.known import EVERYDAY
from councilgraph.extraction.bodies.lexicon import Known, Lexicon, capitals
from councilgraph.extraction.bodies.tables import (
    COMMON,
    ENDS,
    OPENINGS,
    PARTED_BY_AND,
    STOPS,
)
from councilgraph.extraction.bodies.words import Words

_LONGEST = 8  # words before a head, and after an opening; a longer run is a heading
_HYPHENATED = frozenset({"on", "in", "upon", "le", "under", "by", "of", "the"})
_COMPASS = frozenset({"north", "south", "east", "west", "mid", "greater", "central"})


@dataclass(frozen=True, slots=True)
class Shape:
    """A name found: words ``start`` to ``end``."""

    start: int
    end: int
    kind: str


def shape_at(lexicon: Lexicon, words: Words, i: int, floor: int) -> Shape | None:
    """The longest name whose known word stands at word ``i``; it begins at ``floor`` or later."""
    found = [
        shape
        for shape in (
            _known(lexicon, words, i, floor),
            _opening(lexicon, words, i),
            _headed(lexicon, words, i, floor),
            _after_place(lexicon, words, i, floor),
        )
        if shape
    ]
    return max(found, key=lambda s: (s.end - s.start, s.end), default=None)


def _known(lexicon: Lexicon, words: Words, i: int, floor: int) -> Shape | None:
    for end, (row, *_) in lexicon.known.at(words, i):
        if not _printed(words, i, end, row):
            continue
        after, before = _place_after(lexicon, words, end), _place_before(lexicon, words, i, floor)
        everyday = row.text.lower() in EVERYDAY and after == end and before == i
        if everyday and (i == 0 or _runs_on(words, i, end)):
            continue
        return None if _continues(words, after) else Shape(before, after, row.kind)
    return None


def _printed(words: Words, start: int, end: int, row: Known) -> bool:
    text = words.part(start, end)
    return capitals(words, start, end) and (not row.text.isupper() or text.isupper())


def _runs_on(words: Words, start: int, end: int) -> bool:
    """Whether the capitals go on before or after: then the word is part of something longer."""
    return words.capital(end) or (start > 1 and words.capital(start - 1))


def _continues(words: Words, end: int) -> bool:
    """Whether capitals follow at once: "Partnership Board Strategy" names a strategy."""
    return words.capital(end) and words.keys[end].isalpha()


def _opening(lexicon: Lexicon, words: Words, i: int) -> Shape | None:
    for end, (row, *_) in lexicon.openings.at(words, i):
        if not capitals(words, i, end):
            continue
        after = _place_after(lexicon, words, end)
        if after == end and OPENINGS[row.text][1] == "capitals":
            after = _capitals_after(words, end)
        if after > end and after < len(words) and words.keys[after] == "partnership" and words.capital(after):
            after += 1
        if after > end and not _continues(words, after):
            return Shape(i, after, row.kind)
    return None


def _capitals_after(words: Words, end: int) -> int:
    start = end
    if end < len(words) and words.keys[end] == "the" and words.capital(end + 1):
        end += 1
    while end - start < _LONGEST:
        if words.capital(end) and words.keys[end].isalpha():
            end += 1
        elif _joins(words, end):
            end += 2
        else:
            break
    return end if end > start and words.capital(end - 1) else start


def _joins(words: Words, i: int) -> bool:
    """Whether word ``i`` links two parts of one place: a hyphenated "on", an "of", "North and East"."""
    if not (i > 0 and i + 1 < len(words) and words.capital(i + 1)):
        return False
    key = words.keys[i]
    return (
        (key in _HYPHENATED and words.joined(i) and words.joined(i - 1))
        or key in ("of", "upon")
        or (key == "and" and words.keys[i + 1] in _COMPASS and words.keys[i - 1] in _COMPASS)
    )


def _place_after(lexicon: Lexicon, words: Words, end: int) -> int:
    """The end of a name with the place that follows it, if any ("in <Place>" too)."""
    for at in (end, end + 1 if end < len(words) and words.keys[end] in ("in", "of") else end):
        if at < len(words) and words.capital(at):
            for after, _ in lexicon.places.at(words, at):
                if capitals(words, at, after):
                    return after
    return end


def _place_before(lexicon: Lexicon, words: Words, i: int, floor: int) -> int:
    for start in range(max(floor, i - 6), i):
        if words.capital(start):
            for end, _ in lexicon.places.at(words, start):
                if end == i and capitals(words, start, end):
                    return start
    return i


def _after_place(lexicon: Lexicon, words: Words, i: int, floor: int) -> Shape | None:
    for end, (row, *_) in lexicon.after_place.at(words, i):
        if capitals(words, i, end) and not _continues(words, end):
            start = _place_before(lexicon, words, i, floor)
            if start < i:
                return Shape(start, end, row.kind)
    return None


def _headed(lexicon: Lexicon, words: Words, i: int, floor: int) -> Shape | None:
    for end, (row, *_) in lexicon.heads.at(words, i):
        if not _printed(words, i, end, row) or _continues(words, end) or _of_more(words, end):
            continue
        start = _left(words, i, floor, row.kind)
        before = [words.keys[k] for k in range(start, i)]
        if row.text == "Council" and before[:2] != ["city", "of"]:
            continue
        if all(word in COMMON or word == "and" for word in before):
            continue
        return Shape(start, end, row.kind)
    return None


def _of_more(words: Words, end: int) -> bool:
    """ "University Hospitals of <Place>": the name goes on, and ends in a head of its own."""
    return end < len(words) and words.keys[end] == "of" and words.capital(end + 1)


def _left(words: Words, i: int, floor: int, kind: str) -> int:
    """Where the name begins whose head stands at ``i``."""
    start = i
    while start > floor and i - start < _LONGEST:
        k = start - 1
        if words.capital(k) and words.keys[k].isalpha():
            if words.keys[k] in STOPS:
                break
            start = k
        elif k > floor and words.capital(k - 1) and words.keys[k - 1] not in STOPS and _links(words, k, kind):
            start = k - 1
        else:
            break
    return start


def _links(words: Words, k: int, kind: str) -> bool:
    """Whether the small word ``k`` stands inside the name."""
    key, before = words.keys[k], words.keys[k - 1]
    if key == "and":
        return kind not in PARTED_BY_AND and before not in ENDS
    if key == "'s":
        return kind in PARTED_BY_AND or before in ("king", "queen", "children", "women", "people")
    return key in ("of", "upon") or (key in _HYPHENATED and words.joined(k) and words.joined(k - 1))
