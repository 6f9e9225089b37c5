"""The bodies of our reference tables as entries to match names against.

Made from the checked tables of ``read_reference``, but for kinds of names, which only the
columns tell apart: a former name is matched by its time, an abbreviation by its letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from councilgraph.linking.entry import Entry, Name, NameKind
from councilgraph.model import Council, Organisation, ReferenceTable
from loaders.csvfile import Row
from loaders.reference import read_reference
from loaders.tidy import read_table, values

REGISTERS = {"icbs": "ods-icbs", "nhs-trusts": "ods-trusts"}
"""Register by table, where it is not called as the table."""

_SUFFIXES = (", city of", ", county of", " city", " county")


def table_entries(data: Path) -> Iterator[Entry]:
    """Every council, board, trust, police force and national body of the data folder.

    Codes: "STS", "QNC", "RRE", "E23000015", "gor-PB251" or "name-<slug>". Areas are those of
    the councils that a body serves; a trust has those of the board that commissions it.

    Raises InputError as ``read_reference`` does.
    """
    tables = {table.name: table for table in read_reference(data)}
    for council in tables["local-authorities"].councils:
        yield _council(council)
    served = _areas(tables)
    heirs: dict[str, list[str]] = {}
    for succession in tables["icbs"].successions:
        heirs.setdefault(succession.original, []).append(_code(succession.resulting))
    for name, kinds in _KINDS.items():
        named = {_code(row[_KEYS[name]]): row for row in read_table(data, name)}
        for body in tables[name].organisations:
            yield _organisation(body, named[_own_code(name, body)], name, served, heirs, kinds)


# Which columns of a table hold which kind of name.
_KINDS: dict[str, dict[str, NameKind]] = {
    "icbs": {"short_names": "short"},
    "nhs-trusts": {"former_names": "former"},
    "police-forces": {},
    "national-bodies": {"former_names": "former", "abbreviations": "abbreviation"},
}
_KEYS = {"icbs": "ods", "nhs-trusts": "ods", "police-forces": "gss", "national-bodies": "key"}


def area_names(data: Path) -> dict[str, str]:
    """The GSS code of a council's area by its names in small letters.

    Registers write "Northmoor", "Northmoor Council", "Northmoor, City of" or "Northmoor City";
    of two councils whose forms fall together neither is named so.
    """
    listed: dict[str, str] = {}
    formed: dict[str, str] = {}
    for row in read_table(data, "authorities"):
        for name in (row["short_name"], row["name"], *values(row["other_names"])):
            _claim(listed, name, row["gss"])
        for suffix in _SUFFIXES:
            _claim(formed, row["short_name"] + suffix, row["gss"])
    return {name: gss for name, gss in (formed | listed).items() if gss}


def _claim(found: dict[str, str], name: str, gss: str) -> None:
    plain = name.casefold()
    for form in {plain, plain.replace(" & ", " and "), plain.replace(" and ", " & "), plain.replace(".", "")}:
        if found.setdefault(form, gss) != gss:
            found[form] = ""


def _council(council: Council) -> Entry:
    names = {council.name.casefold(): Name(council.name, "official")}
    names.setdefault(council.short_name.casefold(), Name(council.short_name, "short"))
    for other in council.other_names:
        names.setdefault(other.casefold(), Name(other, "other"))
    return Entry(
        register="local-authorities",
        code=council.code,
        kind="local-authority",
        names=tuple(names.values()),
        identifiers=tuple((one.scheme, one.value) for one in council.identifiers),
        areas=(council.area,),
        since=council.valid_from,
        until=council.valid_until,
        homepage=council.homepage,
    )


def _organisation(
    body: Organisation,
    row: Row,
    table: str,
    served: dict[str, set[str]],
    heirs: dict[str, list[str]],
    kinds: dict[str, NameKind],
) -> Entry:
    names = {body.name.casefold(): Name(body.name, "official")}
    for column, kind in kinds.items():
        for text in values(row[column]):
            names.setdefault(text.casefold(), Name(text, kind))
    areas = served.get(body.key) or served.get(body.commissioned_by or "", set())
    return Entry(
        register=REGISTERS.get(table, table),
        code=_own_code(table, body),
        kind=body.kind,
        names=tuple(names.values()),
        identifiers=tuple((one.scheme, one.value) for one in body.identifiers),
        areas=tuple(sorted(areas)),
        since=body.valid_from,
        until=body.valid_until,
        successors=tuple(sorted(heirs.get(body.key, ()))),
        homepage=body.homepage,
    )


def _areas(tables: dict[str, ReferenceTable]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for table in tables.values():
        for coverage in table.coverages:
            found.setdefault(coverage.organisation, set()).add(coverage.area)
    return found


def _own_code(table: str, body: Organisation) -> str:
    return body.key if table == "national-bodies" else _code(body.key)


def _code(key: str) -> str:
    """ "ods-RRE" and "gss-E23000015" without their scheme; other keys as they are."""
    scheme, _, code = key.partition("-")
    return code if scheme in ("ods", "gss") else key
