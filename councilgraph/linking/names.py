"""Names of bodies made comparable: one key for every way of typing the same name.

``key`` levels what carries no meaning (case, marks, "&", "the", the many spellings of a legal
form). ``parts`` takes a name apart into what it says the body is ("County Council", "NHS
Foundation Trust") and the rest, so that "Barts Health" is near "Barts Health NHS Trust" while
"Derby" stays apart from "Derbyshire".
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from councilgraph.linking.forms import (
    BOARD,
    COUNCIL,
    COUNCIL_ENDS,
    COUNCIL_LEADS,
    COUNCIL_TYPES,
    END_TYPES,
    ENDS,
    LEGAL,
    LETTERS,
    PHRASES,
)
from councilgraph.textdigest import straighten

LONGEST = 300  # characters of a name that are read: a pasted page must not cost minutes
_WORD = re.compile(r"[^\W_]+")
_DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_LONGEST_PHRASE = max(len(phrase) for phrase in PHRASES)


def words(text: str) -> tuple[str, ...]:
    """The words of a name in small letters, without accents, apostrophes and dots in initials."""
    level = straighten(text[:LONGEST])
    if not level.isascii():
        # Twice over: what capitals become can often be taken apart further.
        level = _plain(_plain(level))
    level = _DOTTED.sub("", level.casefold().replace("'", "").replace("&", " and ").replace("+", " and "))
    return tuple(_WORD.findall(level))


def _plain(text: str) -> str:
    level = unicodedata.normalize("NFKD", text).casefold().translate(LETTERS)
    return "".join(c for c in level if not unicodedata.combining(c))


@lru_cache(maxsize=65536)
def tokens(text: str) -> tuple[str, ...]:
    """The words of ``key``."""
    found = list(words(text))
    # A name may be nothing but an article: then it stays as it is.
    found = [word for word in found if word != "the"] or found
    while (level := _levelled(found)) != found:
        found = level
    return tuple(found)


def key(text: str) -> str:
    """The name as it is compared; ``key(key(x)) == key(x)``.

    >>> key("The Saint Helen's & District N.H.S. FT")
    'st helens and district nhs foundation trust'
    """
    return " ".join(tokens(text))


def _levelled(found: list[str]) -> list[str]:
    level: list[str] = []
    place = 0
    while place < len(found):
        for length in range(min(_LONGEST_PHRASE, len(found) - place), 0, -1):
            new = PHRASES.get(tuple(found[place : place + length]))
            if new is not None:
                level += new
                place += length
                break
        else:
            level.append(found[place])
            place += 1
    return level


@dataclass(frozen=True, slots=True)
class Parts:
    """A name taken apart.

    ``form`` is what the name says the body is (mostly a slug of ``organisation-kind``), "" if
    nothing; ``whole`` whether it says so in full ("NHS Trust", not "Trust"). ``stem`` are the
    other words, ``types`` what sort of council it says ("county", "borough").
    """

    form: str
    stem: tuple[str, ...]
    whole: bool = True
    types: frozenset[str] = frozenset()

    @property
    def squeezed(self) -> str:
        """The stem without spaces: "Mersey Care" and "Merseycare" are one."""
        return "".join(self.stem)


@lru_cache(maxsize=65536)
def parts(text: str) -> Parts:
    """What a name says the body is, and the rest of it."""
    found = tokens(text)
    for end, form, whole in ENDS:
        if len(found) > len(end) and found[-len(end) :] == end:
            stem = found[: -len(end)]
            if form == BOARD:
                # "NHS Sussex ICB", "Sussex NHS ICB" and "Sussex ICB" are one.
                stem = tuple(word for word in stem if word != "nhs") or stem
            return Parts(form, stem, whole)
    if council := _council(found):
        return council
    if len(found) > 1 and found[0] == "healthwatch":
        return Parts("healthwatch", found[1:])
    if len(found) > 1 and found[0] == "nhs":
        # "NHS Sussex": how boards call themselves in public.
        return Parts(BOARD, found[1:], whole=False)
    stem = found
    while len(stem) > 1 and stem[-1] in LEGAL:
        stem = stem[:-1]
    return Parts("", stem, whole=stem == found)


def _council(found: tuple[str, ...]) -> Parts | None:
    stem, types, named = found, set[str](), False
    for lead in COUNCIL_LEADS:
        if len(stem) > len(lead) and stem[: len(lead)] == lead:
            stem, named = stem[len(lead) :], len(lead) > 1
            types |= COUNCIL_TYPES.intersection(lead)
            break
    for end in COUNCIL_ENDS:
        if len(stem) > len(end) and stem[-len(end) :] == end:
            stem, named = stem[: -len(end)], True
            types |= {END_TYPES[word] for word in end if word in END_TYPES}
            while len(stem) > 1 and stem[-1] in COUNCIL_TYPES:
                types.add(stem[-1])
                stem = stem[:-1]
            break
    return Parts(COUNCIL, stem, True, frozenset(types)) if named else None


# What stands behind a name and is no part of it; what stands before the name meant.
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_DASH = re.compile(r"\s+[-–—|]\s+")
_TRADING = re.compile(r"\s+(?:t/a|trading as)\s+", re.I)
_LAST_FIRST = re.compile(
    r"^([^,]+),\s*((?:the )?(?:(?:city|county|royal borough|london borough) of|the|county))$", re.I
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read what was written; ``aside`` is what was left out as no part of the name."""

    text: str
    aside: str = ""


def readings(text: str) -> tuple[Reading, ...]:
    """The text as it stands, then without what people add to names, each form once.

    >>> [r.text for r in readings("Bristol, City of")]
    ['Bristol, City of', 'City of Bristol']
    >>> [r.text for r in readings("Sampleton Trust (ST) - East team")]
    ['Sampleton Trust (ST) - East team', 'Sampleton Trust - East team', 'Sampleton Trust']
    """
    text = straighten(text[:LONGEST]).strip()
    found = {text: Reading(text)}

    def add(new: str, aside: str) -> None:
        if words(new):
            found.setdefault(new.strip(), Reading(new.strip(), aside.strip()))

    if last := _LAST_FIRST.match(text):
        add(f"{last[2]} {last[1]}", "")
    if text.endswith("'s"):
        add(text[:-2], "")
    plain = text
    if brackets := _BRACKET.findall(text):
        plain = _BRACKET.sub(" ", text)
        add(plain, " ".join(brackets))
    if len(named := _TRADING.split(plain, maxsplit=1)) > 1:
        add(named[0], named[1])
        add(named[1], named[0])
    if len(pieces := _DASH.split(plain, maxsplit=1)) > 1:
        add(*pieces)
    return tuple(found.values())
