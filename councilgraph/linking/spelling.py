"""Whether two names are one name with slips of the pen, word by word.

A ratio over the whole would call "North Yorkshire Police" and "West Yorkshire Police" alike.
So every word of one name must have its own word in the other, at most some letters off; the
ratio only says how far off.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import token_sort_ratio

from councilgraph.linking.forms import FORM_WORDS, SMALL, TRUST, WEAK
from councilgraph.linking.names import Parts

_VOWELS = frozenset("aeiouy")
_SHORT, _MIDDLE, _LONG = 4, 6, 9  # letters: below the first a word must be right
_BEST, _PER_WORD, _ORDER = 0.9, 0.05, 0.02


@lru_cache(maxsize=65536)
def near(one: str, other: str) -> int | None:
    """How many letters two words are apart if they may be one word; None if they are two.

    A short word may lose, gain or swap letters or take a wrong vowel, but not another
    consonant: "Bolton" and "Boston", "Derby" and "Derry" are different towns.
    """
    shorter = min(len(one), len(other))
    if one == other:
        return 0
    if shorter < _SHORT or one[0] != other[0] or not (one.isalpha() and other.isalpha()):
        return None
    allowed = 2 if shorter >= _LONG else 1
    apart = OSA.distance(one, other, score_cutoff=allowed)
    if apart > allowed:
        return None
    if apart == 1 and len(one) == len(other) <= _MIDDLE:
        wrong = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        if len(wrong) == 1 and not _VOWELS.issuperset(wrong[0]):
            return None
    return apart


def alike(sought: Parts, found: Parts, slips: frozenset[str]) -> float:
    """How near two stems are, 0 (two names) to 0.9; ``slips`` are the words that may be misspelt."""
    left = [w for w in sought.stem if w not in SMALL]
    right = [w for w in found.stem if w not in SMALL]
    pairs = _pairs(left, right, slips)
    if not any(word not in WEAK for word, _ in pairs):
        return 0.0
    # What one name has more than the other must say next to nothing, or it is another body.
    extra = left + right
    if (left and right) or len(extra) > (1 if found.form == TRUST else 0) or not WEAK.issuperset(extra):
        return 0.0
    ratio = token_sort_ratio(" ".join(a for a, _ in pairs), " ".join(b for _, b in pairs)) / 100
    in_order = [b for _, b in pairs] == [w for w in found.stem if w in {b for _, b in pairs}]
    return max(0.0, _BEST * ratio - _PER_WORD * len(extra) - (0.0 if in_order else _ORDER))


def _equal(one: str, other: str) -> int | None:
    return 0 if one == other else None


def _singular(one: str, other: str) -> int | None:
    return 0 if other in numbers(one) else None


def numbers(word: str) -> tuple[str, ...]:
    """A word as one and as many: names are written with "Hospital" for "Hospitals"."""
    if len(word) <= _SHORT or not word.isalpha():
        return (word,)
    return (word, word[:-1]) if word.endswith("s") else (word, word + "s")


def telling(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a stem that a name must have to be the same, each once."""
    return tuple(dict.fromkeys(w for w in words if w not in SMALL and w not in WEAK))


def _pairs(left: list[str], right: list[str], slips: frozenset[str]) -> list[tuple[str, str]]:
    """Take out of both lists the words that are one: the same, one or many of it, or a slip."""
    pairs: dict[int, tuple[str, str]] = {}
    words = dict(enumerate(left))

    def slip(one: str, other: str) -> int | None:
        return near(one, other) if one in slips else None

    for test in (_equal, _singular, slip):
        for place, word in list(words.items()):
            close = [(gap, other) for other in right if (gap := test(word, other)) is not None]
            if close:
                pairs[place] = (word, min(close)[1])
                right.remove(min(close)[1])
                del words[place]
    left[:] = words.values()
    return [pairs[place] for place in sorted(pairs)]


@lru_cache(maxsize=4096)
def form_word(word: str) -> str:
    """The word for a kind of body that a word is a slip for ("Counil"), else the word itself."""
    close = sorted((gap, one) for one in FORM_WORDS if (gap := near(word, one)) is not None)
    return close[0][1] if close else word
