"""The lists that identifiers come from, and identifiers written the org-id way.

These are registers, not bodies: a mention of the Charity Commission must not be linked to the
list of charities, so the lists are no entries to match names against.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.register_fields import clean_name, code, homepage
from loaders.register_files import Given, note, rows
from loaders.source import read_source

SOURCE = read_source("org_id")
WITHIN = "lists"
"""Key under which download.json holds the lists."""

PREFIXES = {
    "charity-commission": "GB-CHC",
    "companies-house": "GB-COH",
    "gor": "GB-GOR",
    "lae": "GB-LAE",
    "ods": "GB-NHS",
}
"""Code of the list by our identifier scheme; schemes that no list has are not here."""

_CODE = re.compile(r"[A-Z]{2}-[A-Z0-9_]+")


@dataclass(frozen=True, slots=True)
class ListCode:
    """A list of organisations: ``code`` "GB-CHC", ``url`` of its home page.

    ``deprecated`` lists are no longer to be used for new identifiers.
    """

    code: str
    name: str
    url: str | None
    confirmed: bool
    deprecated: bool
    example: str
    licence: str


def org_id(scheme: str, value: str) -> str | None:
    """An identifier with the code of its list, None for a scheme without list.

    >>> org_id("charity-commission", "9999999")
    'GB-CHC-9999999'
    """
    prefix = PREFIXES.get(scheme)
    return f"{prefix}-{value}" if prefix else None


def lists(given: Given) -> Iterator[ListCode]:
    """Every list once, the first of two with one code.

    Raises InputError as ``loaders.register_files.rows`` does, and for a code of another form.
    """
    seen: dict[str, str] = {}
    for row in rows(SOURCE.forms["lists"], given, WITHIN):
        found = code(row["code"]).upper()
        if not _CODE.fullmatch(found):
            raise row.problem(f"{row['code'][:40]!r} is no code of a list.", "Get the file again.")
        name = clean_name(row["name"])
        if found in seen:
            told = "twice" if seen[found] == name else f"with two names, {seen[found]!r} and {name!r}"
            note(given.reading, f"{found} is there {told}; the first is kept ({row.where}).")
            continue
        seen[found] = name
        yield ListCode(
            code=found,
            name=name,
            url=homepage(row["url"]),
            confirmed=row["confirmed"].casefold() == "true",
            deprecated=row["deprecated"].casefold() == "true",
            example=clean_name(row["example"]),
            licence=row["licence"],
        )
