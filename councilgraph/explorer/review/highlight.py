"""The paragraph of a thing, with its sentence and the words that it was read from marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from councilgraph.reviews.things import Thing

# Which fields of a reading hold words that stand in the sentence.
_WORDS = {
    "mention": ("text",),
    "partnership": ("name", "covers"),
    "strategy": ("title",),
    "statistic": ("value", "counts", "verdict"),
    "citation": ("act", "law_section"),
}
_QUOTED = re.compile(r"'(.+)'")  # in "theme respite: label 'overnight respite'"
_FEW = 5  # words at either end of a sentence by which a browser finds it


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence: whether the thing rests on it, and its words in pieces, each marked or not.

    No pieces where the report is not at hand.
    """

    number: int
    own: bool
    pieces: tuple[tuple[str, bool], ...]


def highlighted(thing: Thing) -> list[Shown]:
    """The sentences of the paragraph in order."""
    pattern = _pattern(_words_of(thing.kind, thing.reading, thing.why))
    return [
        Shown(n, n in thing.sentences, tuple(_pieces(words, pattern if n in thing.sentences else None)))
        for n, words in thing.paragraph
    ]


def line_in_source(thing: Thing) -> str:
    """The page of the report, at the sentence where the reader's browser can find it; "" for none."""
    words = thing.sentence.split()
    if not thing.page or not words or "#" in thing.page:
        return thing.page
    ends = [words] if len(words) <= 2 * _FEW else [words[:_FEW], words[-_FEW:]]
    # A hyphen has a meaning of its own there, and so it is encoded too.
    told = ",".join(quote(" ".join(end), safe="").replace("-", "%2D") for end in ends)
    return f"{thing.page}#:~:text={told}"


def _words_of(kind: str, reading: Mapping[str, Any], why: Iterable[str]) -> list[str]:
    if kind == "finding":
        return [found[1] for one in why if (found := _QUOTED.search(one))]
    return [str(reading[name]) for name in _WORDS[kind] if reading.get(name) not in (None, "")]


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    told = sorted({" ".join(one.split()) for one in words if one.strip()}, key=lambda one: (-len(one), one))
    if not told:
        return None
    forms = (r"\s+".join(re.sub("['’]", "['’]", re.escape(part)) for part in one.split(" ")) for one in told)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.IGNORECASE)


def _pieces(words: str, pattern: re.Pattern[str] | None) -> Iterable[tuple[str, bool]]:
    if not words:
        return
    at = 0
    for found in pattern.finditer(words) if pattern else ():
        if found.start() > at:
            yield words[at : found.start()], False
        yield found[0], True
        at = found.end()
    if at < len(words):
        yield words[at:], False
