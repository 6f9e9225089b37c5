"""mySociety's tables of local authorities: the councils, and what they are called.

Source: github.com/mysociety/uk_local_authority_names_and_codes, two CSV files with header.
Dates are YYYY-MM-DD.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from loaders.csvfile import Row
from loaders.naming import title_case
from loaders.source import Reading, read_form, read_source

SOURCE = read_source("mysociety")

COUNCIL_TYPES = {
    "CTY": "county",
    "UA": "unitary",
    "MD": "metropolitan-borough",
    "LBO": "london-borough",
    "CC": "city-corporation",
}
"""Types of English authority that have adult social care duties, with our slug."""

OTHER_TYPES = frozenset({"NMD", "COMB", "SRA"})
"""English districts, combined authorities and the Greater London Authority: no such duties."""

_NOT_A_NAME = (" district", " london boro", " county", " city", " mdc", " city of", " county of")
_BODY_WORDS = ("council", "corporation", "borough")


@dataclass(frozen=True, slots=True)
class Authority:
    """One current English council with adult social care duties; ``region`` is a name."""

    code: str
    name: str
    short_name: str
    kind: str
    gss: str
    region: str
    valid_from: str
    where: str


def read_authorities(path: Path, reading: Reading) -> Iterator[Authority]:
    """Yield the current English upper-tier and single-tier councils, in file order.

    Raises InputError for a type of authority that is not known: a new kind of council has
    to be decided on, not dropped.
    """
    for row in read_form(SOURCE.forms["authorities"], path, reading):
        if row["nation"] != "England" or row["current"].lower() != "true":
            continue
        if row["type"] in OTHER_TYPES:
            continue
        if row["type"] not in COUNCIL_TYPES:
            raise row.problem(
                f"Unknown type of local authority {row['type']!r} ({row['name']}).",
                "Add it to COUNCIL_TYPES or OTHER_TYPES in loaders/mysociety/authorities.py.",
            )
        yield Authority(
            code=row["code"],
            name=" ".join(row["name"].split()),
            short_name=_short(row["short_name"], row["type"]),
            kind=COUNCIL_TYPES[row["type"]],
            gss=row["gss"],
            region=row["region"],
            valid_from=_formed(row),
            where=row.where,
        )


def _short(name: str, kind: str) -> str:
    """The name of the place: without "Council", "City of" and the stop of "St."."""
    short = " ".join(name.split()).removesuffix(" Council").replace("St. ", "St ")
    return short if kind == "CC" else short.removeprefix("City of ")


def _formed(row: Row) -> str:
    """The day the council began, where the register means that.

    English councils begin on 1 April. For 40 others the register has a day of 2005, on
    which the row was entered, not the council formed; such a date would end up in the
    graph as a fact about the council.
    """
    return row["start"] if row["start"].endswith("-04-01") else ""


def read_names(path: Path, reading: Reading) -> Iterator[tuple[str, str]]:
    """Yield ``(code, name)`` for each further name that can stand in a text.

    The file also has forms for matching old files ("Bedford UA", "bury district"); only
    what a body is called is kept, and names in small letters get their capitals.
    """
    for row in read_form(SOURCE.forms["names"], path, reading):
        name = " ".join(row["name"].split()).removesuffix(" UA")
        lower = name.lower()
        if lower.endswith(_NOT_A_NAME):
            continue
        if name != lower:
            yield row["code"], name
        elif lower.startswith(("city of ", "county of ")) or any(w in lower for w in _BODY_WORDS):
            yield row["code"], title_case(name)
