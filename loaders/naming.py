"""Names of bodies as registers write them, made readable."""

from __future__ import annotations

import re
from collections.abc import Iterable

SMALL_WORDS = frozenset({"and", "for", "in", "of", "on", "the", "upon"})
CAPITALS = frozenset({"NHS"})


def title_case(name: str) -> str:
    """A name in capitals or small letters as it is written in running text.

    ``str.title`` would make "Women'S" and "Nhs", and a trust that is spelt so is not found
    in a report.

    >>> title_case("KING'S COLLEGE HOSPITAL NHS FOUNDATION TRUST")
    "King's College Hospital NHS Foundation Trust"
    >>> title_case("kingston-upon-hull city council")
    'Kingston-upon-Hull City Council'
    """
    pieces = re.split(r"([\s-]+)", " ".join(name.split()).lower())
    return "".join(_word(piece, first=place == 0) for place, piece in enumerate(pieces))


def _word(piece: str, *, first: bool) -> str:
    letters = piece.strip(",.()")
    if letters.upper() in CAPITALS:
        return piece.upper()
    if letters in SMALL_WORDS and not first:
        return piece
    return re.sub(r"[^\W\d_]", lambda found: found.group().upper(), piece, count=1)


def distinct(names: Iterable[str], without: Iterable[str] = ()) -> list[str]:
    """The names sorted, each once whatever its capitals, and none that ``without`` holds."""
    kept: dict[str, str] = {}
    taken = {name.casefold() for name in without}
    for name in (" ".join(given.split()) for given in names):
        if name and name.casefold() not in taken:
            kept.setdefault(name.casefold(), name)
    return sorted(kept.values())
