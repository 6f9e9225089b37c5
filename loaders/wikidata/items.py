"""Answers of Wikidata to the queries in ``queries/links/``, one item of an answer at a time.

Anybody can write in Wikidata. An item is taken for a body only where a code and a name agree,
or where the code is the body's own; two items for one code, or two codes for one item, are
doubt, and doubt is left out and said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from loaders.csvfile import Row
from loaders.source import Reading, read_form, read_source

SOURCE = read_source("wikidata")

_ITEM = re.compile(r"https?://www\.wikidata\.org/entity/(Q[1-9][0-9]{0,11})")
_CHARITY = re.compile(r"[0-9]{6,7}")
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Body:
    """A body that we know: the names that an item of it may have; ``ended`` if it is no more."""

    value: str
    title: str
    names: frozenset[str]
    ended: bool = False


def name_key(name: str) -> str:
    """What two spellings of one name have in common.

    >>> name_key("The Vale & Marsh N.H.S. Trust") == name_key("Vale and Marsh NHS Trust")
    True
    """
    plain = name.casefold().replace("&", " and ").replace("’", "'")
    words = re.sub(r"[^\w\s-]", "", plain).replace("-", " ").split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)


def read_coded(path: Path, reading: Reading) -> Iterator[tuple[str, str, str, bool]]:
    """``(GSS code, item, name, is dissolved)`` of each row.

    Raises InputError for an item that is none, and as ``read_form`` does.
    """
    for row in read_form(SOURCE.forms["bodies"], path, reading):
        yield row["code"], _item(row), row["name"], bool(row["ended"])


def read_trusts(path: Path, reading: Reading) -> Iterator[tuple[str, str, bool]]:
    """``(item, name, is dissolved)`` of each row. Raises InputError as ``read_coded`` does."""
    for row in read_form(SOURCE.forms["trusts"], path, reading):
        yield _item(row), row["name"], bool(row["ended"])


def read_charities(path: Path, reading: Reading) -> Iterator[tuple[str, str]]:
    """``(number, item)`` of each row with a well-formed number; the others are noted.

    Raises InputError as ``read_coded`` does.
    """
    odd = 0
    for row in read_form(SOURCE.forms["charities"], path, reading):
        item = _item(row)
        if _CHARITY.fullmatch(row["code"]):
            yield row["code"], item
        else:
            odd += 1
    if odd:
        reading.notes.append(f"{odd} items have a charity number of another form; they are left out.")


def agreeing(
    bodies: Iterable[Body], items: Iterable[tuple[str, str, str, bool]], kind: str, reading: Reading
) -> Iterator[tuple[str, str]]:
    """``(value, item)`` of every body for which exactly one item has its code and one of its names.

    ``items`` are ``(value, item, name, is dissolved)``. Of two items the one that is dissolved
    when the body is, or lives when it does, is meant. ``kind`` is the word for such bodies in
    the notes.
    """
    found: dict[tuple[str, str], dict[str, bool]] = {}
    for value, item, name, ended in items:
        found.setdefault((value, name_key(name)), {})[item] = ended
    none: list[str] = []
    several: list[str] = []
    for body in bodies:
        meant = {i: e for name in body.names for i, e in found.get((body.value, name_key(name)), {}).items()}
        alike = [item for item, ended in meant.items() if ended == body.ended]
        if len(alike) == 1:
            yield body.value, alike[0]
        else:
            (several if alike else none).append(body.title)
    _note(reading, none, f"{kind} have no item whose code and name agree")
    _note(reading, several, f"{kind} have several items whose code and name agree, so none is taken")


def one_to_one(pairs: Iterable[tuple[str, str]], kind: str, reading: Reading) -> Iterator[tuple[str, str]]:
    """The pairs of value and item whose value has no other item and whose item no other value."""
    pairs = sorted(set(pairs))
    values: dict[str, int] = {}
    items: dict[str, int] = {}
    for value, item in pairs:
        values[value] = values.get(value, 0) + 1
        items[item] = items.get(item, 0) + 1
    doubtful = []
    for value, item in pairs:
        if values[value] == items[item] == 1:
            yield value, item
        else:
            doubtful.append(f"{value} {item}")
    _note(reading, doubtful, f"{kind} are doubtful (two items for one code, or two codes for one item)")


def differing(held: Mapping[str, str], pairs: Iterable[tuple[str, str]], reading: Reading) -> None:
    """Note where the table of a body has another item than Wikidata's code leads to."""
    other = [
        f"{value} {held[value]} here, {item} there" for value, item in pairs if held.get(value, item) != item
    ]
    _note(reading, other, "bodies have another item in their own table, which is kept")


def _note(reading: Reading, titles: list[str], words: str) -> None:
    if titles:
        more = f" and {len(titles) - _SHOWN} more" if len(titles) > _SHOWN else ""
        reading.notes.append(f"{len(titles)} {words}: {'; '.join(titles[:_SHOWN])}{more}.")


def _item(row: Row) -> str:
    found = _ITEM.fullmatch(row["item"])
    if not found:
        raise row.problem(
            f"{row['item'][:100]!r} is no item of Wikidata.",
            "Give the answers to queries/links/ as Wikidata gives them, with whole addresses.",
        )
    return found[1]
