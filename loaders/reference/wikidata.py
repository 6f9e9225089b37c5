"""The identities that ``reference/wikidata.csv`` adds to the bodies of the other tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from councilgraph.model import Council, Identifier, Organisation, ReferenceTable
from loaders.reference.checks import WIKIDATA, code, one_of, text
from loaders.reference.places import WIKIDATA_ENTITY
from loaders.tidy import TABLES, read_table

SCHEMES = ("gss", "ods", "charity-commission")
METHODS = ("register-identifier", "name-match")


def with_wikidata(tables: list[ReferenceTable], data: Path) -> list[ReferenceTable]:
    """The tables, their councils and organisations with the items that share an identifier.

    A body whose own table names an item keeps that one. Items that were found by name alone
    are no identity and are not taken here. A data folder without the table is as it was.

    Raises InputError for a malformed row.
    """
    items = read_items(data)
    if not items:
        return tables
    return [
        replace(
            table,
            councils=tuple(_council(one, items) for one in table.councils),
            organisations=tuple(_organisation(one, items) for one in table.organisations),
        )
        for table in tables
    ]


def read_items(data: Path) -> dict[Identifier, str]:
    """Item by identifier, of the rows that rest on an identifier."""
    if not (data / TABLES["wikidata"].path).exists():
        return {}
    found = {}
    for row in read_table(data, "wikidata"):
        identifier = Identifier(one_of(row, "scheme", SCHEMES), text(row, "value"))
        item = code(row, "wikidata", WIKIDATA)
        if one_of(row, "method", METHODS) == "register-identifier":
            found[identifier] = item
    return found


def _council(one: Council, items: Mapping[Identifier, str]) -> Council:
    item = _item(one.identifiers, items)
    return replace(one, identifiers=item[0], same_as=(*one.same_as, item[1])) if item else one


def _organisation(one: Organisation, items: Mapping[Identifier, str]) -> Organisation:
    item = _item(one.identifiers, items)
    return replace(one, identifiers=item[0], same_as=(*one.same_as, item[1])) if item else one


def _item(
    identifiers: tuple[Identifier, ...], items: Mapping[Identifier, str]
) -> tuple[tuple[Identifier, ...], str] | None:
    if any(identifier.scheme == "wikidata" for identifier in identifiers):
        return None
    item = next((items[identifier] for identifier in identifiers if identifier in items), None)
    return ((*identifiers, Identifier("wikidata", item)), WIKIDATA_ENTITY + item) if item else None
