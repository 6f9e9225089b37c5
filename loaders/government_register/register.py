"""Government organisations that our table of national bodies does not have.

Most of the 989 are never named in an assessment, but a list that a user brings may have them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from councilgraph.linking.entry import Entry, Name
from loaders.government_register.bodies import PREFIX, SOURCE
from loaders.register_fields import clean_name, code, day, homepage
from loaders.register_files import Given, note, rows

REGISTER = "national-bodies"
FORMS = {"organisations": replace(SOURCE.forms["organisations"], optional={"start": ("start-date",)})}


def entries(given: Given) -> Iterator[Entry]:
    """Every other organisation; ``given.held`` are the codes that our own table has.

    Raises InputError as ``loaders.register_files.rows`` does, partly after the last entry.
    """
    for row in rows(FORMS["organisations"], given):
        key, name = code(row["key"]), clean_name(row["name"])
        if not key or not name:
            note(given.reading, f"Left out, it has no code or no name: {row.where}.")
        elif PREFIX + key not in given.held:
            yield Entry(
                register=REGISTER,
                code=PREFIX + key,
                kind="national-body",
                names=(Name(name, "official"),),
                identifiers=(("gor", key),),
                since=day(row["start"]),
                until=day(row["end"]),
                homepage=homepage(row["website"]),
            )
