"""The register of charities as entries: one for every registered, removed or linked charity.

Source: the tables charity, charity_other_names and charity_area_of_operation of the public
extract; the last two are welcome, not needed. They are joined by organisation number through
a temporary file, for a table of names that is held in memory grows with the register.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from councilgraph.linking.entry import Entry, Name, NameKind
from loaders.csvfile import Row
from loaders.register_fields import (
    charity_number,
    clean_name,
    code,
    company_number,
    day,
    homepage,
    postcode,
)
from loaders.register_files import Given, note, rows
from loaders.side_table import SideTable
from loaders.source import read_source

SOURCE = read_source("charity_commission")
REGISTER = "charity-commission"
COUNCIL_AREA = "local authority"
MOST_AREAS = 12
"""A charity that names more councils works everywhere; a list of them would place it nowhere."""


def entries(given: Given) -> Iterator[Entry]:
    """Every charity; linked ones have the code of their main charity, "-" and their number.

    Raises InputError as ``loaders.register_files.rows`` does, partly after the last entry.
    """
    forms = SOURCE.forms
    with closing(SideTable()) as side:
        for row in rows(forms["other-names"], given):
            if row["organisation"]:
                side.add(f"name {row['organisation']}", f"{_kind(row['kind'])} {clean_name(row['name'])}")
        for row in rows(forms["areas"], given):
            if row["kind"].casefold() == COUNCIL_AREA and (gss := given.areas.get(row["name"].casefold())):
                side.add(f"area {row['organisation']}", gss)
        side.close_writing()
        undated = 0
        for row in rows(forms["charity"], given):
            entry, dated = _entry(row, side)
            undated += not dated
            if entry:
                yield entry
            else:
                note(given.reading, f"Left out, it has no number or no name: {row.where}.")
        if undated:
            note(given.reading, f"{undated} removed charities have no day of removal.")


def _entry(row: Row, side: SideTable) -> tuple[Entry | None, bool]:
    """The entry, None without number or name, and whether a removed charity is dated."""
    number, name = code(row["number"]), clean_name(row["name"])
    if not number.isdigit() or not name:
        return None, True
    linked = row["linked"] not in ("", "0")
    names = {name.casefold(): Name(name, "official")}
    for other in side.values(f"name {row['organisation']}"):
        kind, _, text = other.partition(" ")
        if text:
            names.setdefault(text.casefold(), Name(text, _as_kind(kind)))
    identifiers = []
    if not linked and (registered := charity_number(number)):
        identifiers.append(("charity-commission", registered))
    if company := company_number(row["company"]):
        identifiers.append(("companies-house", company))
    areas = sorted(set(side.values(f"area {row['organisation']}")))
    removed = row["status"].casefold() == "removed"
    # Removed without a day: it was no longer there when the extract was made.
    until = day(row["removed"]) or (day(row["extracted"]) if removed else None)
    return Entry(
        register=REGISTER,
        code=f"{number}-{code(row['linked'])}" if linked else number,
        kind="vcfse",
        names=tuple(names.values()),
        identifiers=tuple(identifiers),
        areas=tuple(areas) if len(areas) <= MOST_AREAS else (),
        postcode=postcode(row["postcode"]),
        since=day(row["registered"]),
        until=until,
        homepage=homepage(row["website"]),
    ), not removed or day(row["removed"]) is not None


def _kind(told: str) -> NameKind:
    """The Commission tells previous names and working names apart."""
    return "former" if told.casefold().startswith("prev") else "other"


def _as_kind(stored: str) -> NameKind:
    return "former" if stored == "former" else "other"
