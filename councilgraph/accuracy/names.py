"""When two texts mean the same: sentences by their words, names, numbers."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Any

_LEVEL = {0x2019: "'", 0x2018: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-", 0xA0: " "}
_WORD = re.compile(r"[a-z0-9%£]+")
# Names of which one is a slip or a variant of the other.
_ALIKE = 0.85
# A shorter name is part of too many others ("board").
_TELLING = 8


def words(text: str | None) -> list[str]:
    """The words of a text in lower case; a percentage or a price is part of its number."""
    return _WORD.findall((text or "").translate(_LEVEL).lower())


def same_name(one: str | None, other: str | None) -> bool:
    """Do two names mean the same body to a reader?"""
    a, b = " ".join(words(one)), " ".join(words(other))
    if not a or not b:
        return False
    if a == b or SequenceMatcher(None, a, b).ratio() >= _ALIKE:
        return True
    return min(len(a), len(b)) > _TELLING and (a in b or b in a)


def number(value: Any) -> float | str:
    """A value as a number, or as text where it is none ("1,2345")."""
    try:
        return round(float(str(value).replace(",", "").replace("£", "").rstrip("%")), 4)
    except ValueError:
        return str(value).lower()
