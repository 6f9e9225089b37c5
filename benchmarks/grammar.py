"""Invented sentences in the manner of an assessment report, each with what it was made to say.

The fragments stand in ``fragments.toml``. A sentence knows its theme, polarity and voices, so
that evidence objects can be filled with labels as the extraction will give them.
"""

from __future__ import annotations

import re
import tomllib
from calendar import month_name
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

MONTHS = tuple(month_name)[1:]
_SLOT = re.compile(r"\{(\w+)\}")
_WITH_ARTICLE = re.compile(
    r"Board|Trust|University|College|Association|Authority|Centre|Group|Network|Office"
)
# How often a sentence is of a polarity: where the statement scored well, and where it did not.
_POLARITIES = ("strength", "improvement", "mixed", "context")
_WEIGHTS = {True: (52, 14, 9, 25), False: (24, 42, 11, 23)}
# Half of all sentences name no source: then it is the assessor who speaks.
_VOICED = 0.5
_NUMBERS: dict[str, tuple[int, int]] = {
    "months": (3, 18),
    "weeks": (2, 12),
    "days": (2, 28),
    "districts": (2, 9),
    "more": (10, 14),
    "count": (11, 940),
    "percent": (4, 93),
    "thousands": (20, 980),
    "age": (55, 85),
    "year": (2019, 2024),
    "later": (2026, 2031),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence and the labels that it was made with."""

    text: str
    polarity: str
    voices: tuple[str, ...]
    themes: tuple[str, ...]


@cache
def fragments() -> dict[str, Any]:
    """The fragments, as they stand in the file."""
    with (Path(__file__).parent / "fragments.toml").open("rb") as file:
        return tomllib.load(file)


def count_fragments() -> int:
    """How many fragments sentences are made of."""
    held = fragments()
    in_topics = sum(len(topic[k]) for topic in held["topics"] for k in ("things", "good", "poor", "plain"))
    in_lists = sum(len(words) for part in ("phrases", "voices", "bodies") for words in held[part].values())
    return in_topics + in_lists


class Grammar:
    """Makes the sentences of one report; the bodies that it names stay the same throughout."""

    def __init__(self, rng: Random, place: str) -> None:
        self._rng = rng
        self._place = place
        self._bodies = rng.sample(fragments()["bodies"]["names"], 9)
        self._topics = fragments()["topics"]
        self._patterns: tuple[Callable[[str, str], str], ...] = (self._plain, self._opened, self._tailed)

    def sentence(self, section: str, score: int) -> Said:
        """A sentence that may stand in a section whose statement has that score."""
        rng = self._rng
        topic = rng.choice([t for t in self._topics if section in t["statements"]])
        if rng.random() < 0.05:
            return self._abbreviated(topic["theme"])
        polarity = rng.choices(_POLARITIES, _WEIGHTS[score >= 3])[0]
        claim = self._claim(topic, polarity)
        themes = (topic["theme"],)
        if rng.random() < _VOICED:
            voice = rng.choice(list(fragments()["voices"]))
            intro = rng.choice(fragments()["voices"][voice])
            tail = "" if polarity == "mixed" else f", {rng.choice(fragments()['phrases']['tails'])}"
            return Said(self._finish(f"{intro} {claim}{tail}"), polarity, (voice,), themes)
        pattern = self._patterns[0] if polarity == "mixed" else rng.choice(self._patterns[1:])
        text = pattern(claim, rng.choice(fragments()["phrases"]["tails"]))
        return Said(self._finish(text), polarity, ("assessor",), themes)

    def _claim(self, topic: dict[str, Any], polarity: str) -> str:
        rng = self._rng
        thing, other = rng.sample(topic["things"], 2)
        if polarity == "mixed":
            link = rng.choice(fragments()["phrases"]["contrasts"])
            return f"{thing} {rng.choice(topic['good'])}, {link} {other} {rng.choice(topic['poor'])}"
        which = {"strength": "good", "improvement": "poor", "context": "plain"}[polarity]
        return f"{thing} {rng.choice(topic[which])}"

    def _plain(self, claim: str, _: str) -> str:
        return claim

    def _opened(self, claim: str, tail: str) -> str:
        phrases = fragments()["phrases"]
        openings = phrases["examples"] if self._rng.random() < 0.2 else phrases["openings"]
        return f"{self._rng.choice(openings)}, {claim}, {tail}"

    def _tailed(self, claim: str, tail: str) -> str:
        return f"{claim}, {tail}"

    def _abbreviated(self, theme: str) -> Said:
        body, short = self._rng.choice(self._bodies)
        text = self._rng.choice(fragments()["phrases"]["abbreviations"])
        named = text.replace("{body}", body).replace("{abbr}", short)
        return Said(self._finish(named, stop=""), "context", ("assessor",), (theme,))

    def _finish(self, text: str, stop: str = ".") -> str:
        text = _SLOT.sub(self._fill, text)
        return text[0].upper() + text[1:] + stop

    def _fill(self, match: re.Match[str]) -> str:
        slot = match[1]
        if slot == "place":
            return self._place
        if slot == "body":
            name: str = self._rng.choice(self._bodies)[0]
            return f"the {name}" if _WITH_ARTICLE.search(name) else name
        if slot == "month":
            return self._rng.choice(MONTHS)
        return str(self._rng.randint(*_NUMBERS[slot]))
