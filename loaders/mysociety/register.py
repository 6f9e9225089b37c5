"""Councils that our table of 153 does not have: districts, former ones, those outside England.

They are entries of the register of councils, so that a council that was merged leads to the
one that took over: Cumbria to Cumberland and to Westmorland and Furness.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from councilgraph.linking.entry import Entry, Name
from loaders.csvfile import Row
from loaders.mysociety.authorities import SOURCE, read_names
from loaders.register_fields import clean_name, code, day
from loaders.register_files import Given, note, rows

REGISTER = "local-authorities"
FORMS = {
    "authorities": replace(
        SOURCE.forms["authorities"], optional={"end": ("end-date",), "heirs": ("replaced-by",)}
    ),
    "names": SOURCE.forms["names"],
}

DISTRICTS = frozenset({"NMD", "NID"})
DAMAGED = ("�", "ï¿½")
"""What is left of letters that were saved in a wrong encoding; a few names have it."""

JOINED = frozenset({"COMB", "SRA"})
"""Combined authorities and the Greater London Authority: joined councils, not councils."""


def entries(given: Given) -> Iterator[Entry]:
    """Every other council once; ``given.held`` are the codes that our own table has.

    Raises InputError as ``loaders.register_files.rows`` does, partly after the last entry.
    """
    other_names: dict[str, list[str]] = {}
    for path in given.files.get("names", ()):
        for council, name in read_names(path, given.reading):
            if not any(sign in name for sign in DAMAGED):
                other_names.setdefault(council, []).append(clean_name(name))
    for row in rows(FORMS["authorities"], given):
        council = code(row["code"])
        if council in given.held or row["type"] in JOINED:
            continue
        if not council or not clean_name(row["name"]):
            note(given.reading, f"Left out, it has no code or no name: {row.where}.")
            continue
        yield _entry(row, council, other_names.get(council, []))


def _entry(row: Row, council: str, other_names: list[str]) -> Entry:
    name = clean_name(row["name"])
    names = {name.casefold(): Name(name, "official")}
    if short := clean_name(row["short_name"]).removesuffix(" Council"):
        names.setdefault(short.casefold(), Name(short, "short"))
    for other in other_names:
        names.setdefault(other.casefold(), Name(other, "other"))
    gss = row["gss"]
    identifiers = [("gss", gss)] if gss else []
    if row["nation"] == "England":
        identifiers.append(("lae", council))
    begun, ended = day(row["start"]), day(row["end"])
    return Entry(
        register=REGISTER,
        code=council,
        kind="district-council" if row["type"] in DISTRICTS else "local-authority",
        names=tuple(names.values()),
        identifiers=tuple(identifiers),
        areas=(gss,) if gss else (),
        since=begun if begun and _first_of_april(begun) else None,
        # Where the new council's first day stands in the file, the last day is the one before.
        until=ended - timedelta(days=1) if ended and _first_of_april(ended) else ended,
        successors=tuple(sorted({code(heir) for heir in row["heirs"].split(",") if code(heir)})),
    )


def _first_of_april(on: date) -> bool:
    """British councils begin on 1 April; other days are those on which a row was entered."""
    return (on.month, on.day) == (4, 1)
