"""What a file is that is no assessment report, told by its words.

People give what they found: the inspection of a care home, a press release, the council's
own page. "It has no title line" would leave them looking for one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from councilgraph.textdigest import straighten
from loaders.documents import Document

ENOUGH = 2
DECISIVE = 3
_HEAD = 12  # lines with text that can be a title, a strapline or a date
_TITLE = 2
_ZONES = ("title", "head", "body")
_LONGEST_TITLE = 120
_LINES = 2000  # of a long document; every kind shows itself long before
_WIDEST = 400  # characters of a line


class Kind(NamedTuple):
    """A kind of document: its name with an article, what to do, and the words that told it."""

    name: str
    cure: str
    words: str
    weight: int


class _Signs(NamedTuple):
    name: str
    cure: str
    zones: tuple[tuple[tuple[re.Pattern[str], int], ...], ...]  # of _ZONES, in their order


def other_kind(document: Document, least: int = ENOUGH) -> Kind | None:
    """The kind that the document shows most signs of; None where none weighs ``least``.

    With ``DECISIVE`` only the signs count that tell the kind by themselves.
    """
    lines = [straighten(line.text[:_WIDEST]).lower() for line in document.lines if line.text][:_LINES]
    # A paragraph can stand high on a page, and speak of "easy read" or of a care home.
    head = [line for line in lines[:_HEAD] if len(line) <= _LONGEST_TITLE and not line.endswith(".")]
    zones = (head[:_TITLE], head, lines)
    found = [kind for signs in _all_signs() if (kind := _weigh(signs, zones, least)).weight >= least]
    return max(found, key=lambda kind: kind.weight, default=None)


def _weigh(signs: _Signs, zones: Sequence[list[str]], least: int) -> Kind:
    weight, words = 0, ""
    for patterns, where in zip(signs.zones, zones, strict=True):
        for pattern, worth in patterns:
            if least == DECISIVE and worth < DECISIVE:
                continue
            if match := _first(pattern, where):
                weight += worth
                words = words or match[0]
    return Kind(signs.name, signs.cure, words, weight)


def _first(pattern: re.Pattern[str], lines: Iterable[str]) -> re.Match[str] | None:
    return next((match for line in lines if (match := pattern.search(line))), None)


@cache
def _all_signs() -> tuple[_Signs, ...]:
    with (Path(__file__).parent / "kinds.toml").open("rb") as file:
        kinds = tomllib.load(file)["kinds"]
    return tuple(
        _Signs(
            kind["name"],
            kind["cure"],
            tuple(
                tuple((re.compile(pattern), weight) for pattern, weight, _ in kind.get(zone, ()))
                for zone in _ZONES
            ),
        )
        for kind in kinds
    )
