"""digital-land's local authorities: the identifiers of a council as an organisation.

Source: digital-land/organisation-collection ``data/local-authority.csv``, with header. Its
own codes are not used: for six councils they differ from the local authority register
("NYUA" for NYE), so rows are joined on the GSS code.
"""

from __future__ import annotations

from pathlib import Path

from loaders.csvfile import Row
from loaders.source import Reading, read_form, read_source

SOURCE = read_source("digital_land")

COUNCIL_AREAS = ("E06", "E08", "E09", "E10")
"""Kinds of area that councils with social care duties govern. Districts are of no use here,
and combined authorities have two open entries for one area."""


def read_organisations(path: Path, reading: Reading) -> dict[str, Row]:
    """The open organisations by GSS code: name, opendatacommunities, wikidata, website.

    Raises InputError where two open organisations have one GSS code.
    """
    found: dict[str, Row] = {}
    for row in read_form(SOURCE.forms["local-authorities"], path, reading):
        gss = row["gss"]
        if not gss.startswith(COUNCIL_AREAS) or row["end"]:
            continue
        if gss in found:
            raise row.problem(
                f"Two open organisations govern {gss}: {found[gss]['name']}, {row['name']}.",
                "Give the closed one its end-date in a copy of the file.",
            )
        found[gss] = row
    return found
