"""The known headings, names and boilerplate lines, read from ``lookups.toml``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from councilgraph.textdigest import straighten


class Lookups(NamedTuple):
    """Each table of ``lookups.toml``, its keys in the form that lines are compared in."""

    headings: dict[str, str]
    themes: dict[str, int]
    statements: dict[str, str]
    ratings: dict[str, str]
    wordings: dict[str, int]
    boilerplate: tuple[str, ...]
    about_boilerplate: tuple[str, ...]
    feet: tuple[str, ...]
    open_words: frozenset[str]


@cache
def lookups() -> Lookups:
    """The lookups that come with this loader."""
    with (Path(__file__).parent / "lookups.toml").open("rb") as file:
        tables = tomllib.load(file)
    boilerplate = tables["boilerplate"]
    return Lookups(
        tables["headings"],
        tables["themes"],
        tables["statements"],
        tables["ratings"],
        tables["wordings"],
        tuple(boilerplate["lines"]),
        tuple(boilerplate["about"]),
        tuple(boilerplate["feet"]),
        frozenset(tables["joining"]["open_words"]),
    )


def comparable(line: str) -> str:
    """A line as it is looked up: lower case, straight quotes, no colon at its end."""
    return straighten(line).lower().rstrip(": ")
