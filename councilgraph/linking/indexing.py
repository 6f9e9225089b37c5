"""What an entry is to be found under: strings that a register stores and need know no rule of.

``index_keys`` are looked up whole, ``blocking_tokens`` one by one for names that are nearly the
same. Both are made of the entry when it is stored and of the name when it is sought.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from councilgraph.linking.entry import Entry
from councilgraph.linking.forms import BOARD, COUNCIL, INITIALLED, JOINING, POLICE, SMALL, TRUST
from councilgraph.linking.names import LONGEST, Parts, key, parts, tokens, words

_SHORTEST, _LONGEST = 3, 9  # letters of initials: two are anybody's
_NONE: frozenset[str] = frozenset()


def stem_key(form: str, squeezed: str) -> str:
    """The index key of a name's stem under what it says the body is."""
    return f"~{form}:{squeezed}"


def initials_key(form: str, letters: str) -> str:
    """The index key of initials; ``form`` is the kind that must be said beside them, or ""."""
    return f"^{form}:{letters}"


def index_keys(entry: Entry) -> Iterator[str]:
    """Every string that an entry is to be found under, each once.

    Keys of names as they are, "~" and the stem under its form, "^" and initials under theirs.
    """
    found: dict[str, None] = {}
    for name in entry.names:
        taken = parts(name.text)
        found[key(name.text)] = None
        found[stem_key(taken.form, taken.squeezed)] = None
        if not taken.form:
            found[stem_key(entry.kind, taken.squeezed)] = None
        if name.kind == "abbreviation":
            found[initials_key("", "".join(words(name.text)))] = None
        elif entry.kind in INITIALLED:
            found.update((initials_key(*one), None) for one in sorted(initials(name.text)))
    return iter(found)


def blocking_tokens(text: str) -> tuple[str, ...]:
    """The words by which names that are nearly the same are looked for, each once."""
    stem = parts(text).stem
    return tuple(dict.fromkeys(w for w in stem if w not in SMALL)) or stem


@lru_cache(maxsize=4096)
def initials(text: str) -> frozenset[tuple[str, str]]:
    """How a name may be written in initials, as pairs of form and small letters.

    The legal form counts in part or whole; "and", other small words and "University" or not.
    A pair with a form ("integrated-care-board", "llr") is initials only beside that form.
    """
    taken, found = parts(text), set()
    for left_out in (JOINING | SMALL, JOINING, SMALL - JOINING, _NONE):
        stem = [w for w in taken.stem if w not in left_out and w != "nhs"]
        shorter = [w for w in stem if w != "university"]
        for kept in (stem, shorter):
            letters = _letters(kept)
            if len(kept) > 1 or (taken.form == TRUST and kept):
                found |= {("", letters + end) for end in _ends(taken, tokens(text))}
            if len(kept) > 1 and taken.form:
                found.add((taken.form, letters))
        if taken.form == COUNCIL:
            found.add(("", _letters([w for w in tokens(text) if w not in left_out])))
    if taken.form == BOARD:
        listed = _of_list(text)
        found |= {("", listed + "icb"), (BOARD, listed)}
    shortest = {BOARD: 2}  # "GM ICB": the form beside them says enough
    return frozenset((form, f) for form, f in found if shortest.get(form, _SHORTEST) <= len(f) <= _LONGEST)


def _of_list(text: str) -> str:
    """The first letters of the places in a list: B, O and B of "Bucks, Oxon and Berkshire West"."""
    *places, last = text.split(",")
    if not places:
        return ""
    # Only the last "and" parts two places of a list; others stand inside the name of one.
    places += re.split(r"\s+and\s+|\s*&\s*", last, maxsplit=1)
    found = [[w for w in words(place) if w not in {"nhs", "the"}] for place in places]
    return "".join(one[0][0] for one in found if one)


def loose(text: str, letters: str) -> bool:
    """Whether initials leave a part of the legal form out: "GSTT", where "FT" would be whole."""
    foundation = tokens(text)[-3:] == ("nhs", "foundation", "trust")
    return foundation and letters[-2:] != "ft" and ("", letters[:-1]) in initials(text)


def _letters(kept: list[str]) -> str:
    return "".join(word[0] for word in kept)


def _ends(taken: Parts, found: tuple[str, ...]) -> tuple[str, ...]:
    if taken.form == TRUST:
        return ("", "t", "ft", "nhsft", "nft") if "foundation" in found else ("", "t", "nhst", "nt")
    if taken.form == BOARD:
        return ("icb",)
    if taken.form == POLICE:
        return ("p", "c") if found[-1] == "constabulary" else ("p",)
    return () if taken.form == COUNCIL else ("",)


def initials_in(text: str, shortest: int = _SHORTEST) -> str:
    """The letters, if a text is written as initials are ("MPFT", "RDaSH", "M.P.F.T."); else "".

    Capitals make initials: in small letters every short word would be some.
    """
    plain = re.sub(r"[\s.&/'’-]", "", text[:LONGEST])
    if not shortest <= len(plain) <= _LONGEST or not plain.isalpha():
        return ""
    pieces = text.split()
    if len(pieces) > 1 and any(len(piece.strip(".&")) > 1 for piece in pieces):
        return ""
    capitals = sum(letter.isupper() for letter in plain)
    return plain.casefold() if capitals >= max(2, len(plain) / 2) else ""
