"""The rows of ``reference/wikidata.csv``: which item of Wikidata stands for which identifier."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from loaders.csvfile import Row
from loaders.recipe import Given, Rows
from loaders.tidy import read_table, values
from loaders.wikidata.items import (
    Body,
    agreeing,
    differing,
    name_key,
    one_to_one,
    read_charities,
    read_coded,
    read_trusts,
)

IDENTIFIER, NAME = "register-identifier", "name-match"
"""Slugs of the scheme ``link-method``: what a row rests on."""

_BODY_WORDS = ("council", "corporation", "authority")


def wikidata_rows(given: Given) -> Rows:
    """The table from the three answers; what is in doubt is noted and left out.

    Raises InputError for a row that names no item.
    """
    reading = given.reading
    coded = list(read_coded(given.file("bodies"), reading))
    pairs = [
        *agreeing(_councils(given.data), coded, "councils", reading),
        *agreeing(_boards(given.data), coded, "boards", reading),
        *agreeing(_forces(given.data), coded, "police forces", reading),
    ]
    held = {
        row["gss"]: row["wikidata"]
        for table in ("authorities", "police-forces")
        for row in read_table(given.data, table)
        if row["wikidata"]
    }
    differing(held, pairs, reading)
    same = [(value, item) for value, item in pairs if held.get(value, item) == item]
    rows = [("gss", *pair, IDENTIFIER) for pair in one_to_one(same, "areas", reading)]
    trusts = {row["ods"]: row for row in read_table(given.data, "nhs-trusts")}
    named = _trusts(trusts, read_trusts(given.file("trusts"), reading))
    rows += [("ods", *pair, NAME) for pair in one_to_one(named, "trusts", reading)]
    charities = read_charities(given.file("charities"), reading)
    rows += [
        ("charity-commission", *pair, IDENTIFIER) for pair in one_to_one(charities, "charities", reading)
    ]
    for scheme, value, item, method in _each_item_once(rows):
        yield {"scheme": scheme, "value": value, "wikidata": item, "method": method}


def _councils(data: Path) -> Iterator[Body]:
    """Councils with the names that only a council can have: "Staffordshire" is the place too."""
    for row in read_table(data, "authorities"):
        names = (row["name"], *values(row["other_names"]))
        yield Body(row["gss"], row["name"], frozenset(filter(_is_body, names)))


def _boards(data: Path) -> Iterator[Body]:
    for row in read_table(data, "icbs"):
        if row["gss"]:
            names = frozenset({row["name"], *values(row["short_names"])})
            yield Body(row["gss"], row["name"], names, ended=bool(row["valid_until"]))


def _forces(data: Path) -> Iterator[Body]:
    for row in read_table(data, "police-forces"):
        yield Body(row["gss"], row["name"], frozenset({row["name"]}))


def _trusts(trusts: dict[str, Row], items: Iterator[tuple[str, str, bool]]) -> Iterator[tuple[str, str]]:
    """Trust and item by name; a trust that ended and one that began may have had the same."""
    known: dict[tuple[str, bool], set[str]] = {}
    for ods, row in trusts.items():
        for name in (row["name"], *values(row["former_names"])):
            known.setdefault((name_key(name), bool(row["closed"])), set()).add(ods)
    for item, name, ended in items:
        for ods in known.get((name_key(name), ended), ()):
            yield ods, item


def _is_body(name: str) -> bool:
    return any(word in name.casefold() for word in _BODY_WORDS)


def _each_item_once(rows: list[tuple[str, str, str, str]]) -> Iterator[tuple[str, str, str, str]]:
    """An item that is a council by its area and a charity by its number is listed by the first."""
    seen: set[str] = set()
    for row in rows:
        if row[2] not in seen:
            seen.add(row[2])
            yield row
