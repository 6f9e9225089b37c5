"""The register of government organisations, read for the bodies that assessments name.

Source: government-organisation.csv, with header; 989 organisations, most of which no
assessment names, so the list of those we keep is our own (data/curated/).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from loaders.csvfile import Row
from loaders.naming import distinct
from loaders.source import Reading, read_form, read_source
from loaders.tidy import TABLES, values

SOURCE = read_source("government_register")
PREFIX = "gor-"


def body_rows(path: Path, curated: Iterable[Row], reading: Reading) -> list[dict[str, str]]:
    """Rows of our table national-bodies: the curated ones, each found in the register.

    Where the register has another name it becomes a former name, for reports and older
    open data still use it. A curated body without register code is taken as it is.

    Raises InputError for a code that the register does not have.
    """
    wanted = {row["key"]: row for row in curated}
    registered = {}
    for row in read_form(SOURCE.forms["organisations"], path, reading):
        key = PREFIX + row["key"]
        if key in wanted:
            registered[key] = row
    result = []
    for key, body in wanted.items():
        new = {column: body[column] for column in TABLES["national-bodies"].columns}
        if key.startswith(PREFIX):
            if key not in registered:
                raise body.problem(
                    f"{key} ({body['name']}) is not in the government organisation register.",
                    "Correct the code, or key the body name-<slug>.",
                )
            known = registered[key]
            former = distinct([*values(body["former_names"]), known["name"]], [body["name"]])
            new["former_names"] = "|".join(former)
            new["website"] = body["website"] or known["website"]
        result.append(new)
    return result
