"""All that is looked for, as one tree of words: registered names, known bodies, kinds, places."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from councilgraph.extraction.bodies.kinds import Phrase, phrases
from councilgraph.extraction.bodies.known import COMMON_ABBREVIATIONS, KNOWN, WELL_KNOWN
from councilgraph.extraction.bodies.tables import AFTER_PLACE, HEADS, OPENINGS
from councilgraph.extraction.bodies.words import Phrases, Words
from councilgraph.extraction.register import Name, Register
from councilgraph.extraction.vocabulary import Vocabulary

# Words that names write small.
SMALL = frozenset({"and", "of", "the", "for", "in", "on", "upon", "to", "with", "'s", ",", "at"})
_OMBUDSMAN = "Local Government and Social Care Ombudsman"


@dataclass(frozen=True, slots=True)
class Registered:
    """A written form of a registered body. ``short`` forms must be printed just so."""

    name: Name
    short: bool


@dataclass(frozen=True, slots=True)
class Known:
    """A body that is no register's, or the head or opening of a name: a row of the tables."""

    kind: str
    text: str


@dataclass(frozen=True)
class Lexicon:
    """What one register gives; ``shunned`` are its abbreviations that need an introduction."""

    registered: Phrases[Registered]
    known: Phrases[Known]
    kinds: Phrases[Phrase]
    heads: Phrases[Known]
    openings: Phrases[Known]
    after_place: Phrases[Known]
    places: Phrases[str]
    starts: frozenset[str]
    """Words with which anything begins: all others are passed over at once."""
    small: frozenset[str]
    """Those with which a phrase begins that needs no capital."""


@lru_cache(maxsize=4)
def lexicon_of(register: Register, vocabulary: Vocabulary) -> Lexicon:
    """The lexicon of a register and the kinds of a vocabulary; made once for each pair."""
    parts = (
        Phrases(_registered(register)),
        Phrases((text, Known(kind, text)) for kind, texts in KNOWN.items() for text in texts),
        Phrases(phrases(vocabulary)),
        Phrases((text, Known(kind, text)) for text, kind in HEADS.items()),
        Phrases((text, Known(kind, text)) for text, (kind, _) in OPENINGS.items()),
    )
    after = Phrases((text, Known(kind, text)) for text, kind in AFTER_PLACE.items())
    places = Phrases((place, place) for place in register.places())
    starts = frozenset(word for part in (*parts, after) for word in part.first())
    return Lexicon(*parts, after, places, starts, frozenset(parts[2].first()))


def _registered(register: Register) -> Iterator[tuple[str, Registered]]:
    for name in register.names():
        short = " " not in name.text and (name.text.isupper() or not name.text[1:].islower())
        if short and not _plain(name.text):
            continue
        # A mention leaves out a leading "the".
        yield name.text.removeprefix("The "), Registered(name, short)
        if name.text == _OMBUDSMAN:
            yield "Ombudsman", Registered(name, False)


def _plain(text: str) -> bool:
    """Whether an abbreviation means its body without an introduction."""
    return text not in COMMON_ABBREVIATIONS and (len(text) > 3 or text in WELL_KNOWN)


def capitals(words: Words, start: int, end: int) -> bool:
    """Whether words are printed as a name: all but the small ones with a capital."""
    return words.capital(start) and all(
        words.capital(i) or words.keys[i] in SMALL or not words.keys[i][0].isalpha()
        for i in range(start, end)
    )
