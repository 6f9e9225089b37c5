"""Police forces, national bodies and Acts of Parliament from our tidy tables.

Source: ``police-forces.csv``, ``authority-police.csv`` (ONS), ``national-bodies.csv``
(government organisation register and our own list), ``acts.csv`` (our own list).
"""

from __future__ import annotations

import re
from pathlib import Path

from councilgraph.model import Act, Coverage, Identifier, Organisation, ReferenceTable
from loaders.csvfile import Row
from loaders.reference.checks import (
    GSS,
    WIKIDATA,
    address,
    code,
    known,
    one_of,
    period,
    text,
    whole,
)
from loaders.reference.places import WIKIDATA_ENTITY
from loaders.tidy import read_table, values

BODY_KINDS = ("regulator", "national-body", "prison-and-probation")
BODY_KEY = re.compile(r"gor-[A-Z]{1,2}[0-9]+|name-[a-z0-9]+(-[a-z0-9]+)*")
ACT_PATH = re.compile(r"ukpga/[0-9]{4}/[0-9]+")


def read_police_forces(data: Path) -> ReferenceTable:
    """The police forces of England and the council areas they serve (without share)."""
    rows = read_table(data, "police-forces")
    areas = {row["gss"] for row in read_table(data, "authorities")}
    forces = {row["gss"] for row in rows}
    return ReferenceTable(
        name="police-forces",
        organisations=tuple(_force(row) for row in rows),
        coverages=tuple(
            Coverage(
                organisation=f"gss-{known(row, 'police_gss', forces, 'police-forces')}",
                area=known(row, "authority_gss", areas, "authorities"),
            )
            for row in read_table(data, "authority-police")
        ),
    )


def _force(row: Row) -> Organisation:
    gss = code(row, "gss", GSS)
    identifiers = [Identifier("gss", gss)]
    same_as: tuple[str, ...] = ()
    if row["wikidata"]:
        entity = code(row, "wikidata", WIKIDATA)
        identifiers.append(Identifier("wikidata", entity))
        same_as = (WIKIDATA_ENTITY + entity,)
    return Organisation(
        key=f"gss-{gss}",
        name=text(row, "name"),
        kind="police",
        identifiers=tuple(identifiers),
        same_as=same_as,
    )


def read_national_bodies(data: Path) -> ReferenceTable:
    """Regulators and national bodies that assessments name.

    Former names and abbreviations both become other names.
    """
    return ReferenceTable(
        name="national-bodies",
        organisations=tuple(_body(row) for row in read_table(data, "national-bodies")),
    )


def _body(row: Row) -> Organisation:
    key = code(row, "key", BODY_KEY)
    register, _, register_code = key.partition("-")
    first, last = period(row, "valid_from", "valid_until")
    return Organisation(
        key=key,
        name=text(row, "name"),
        kind=one_of(row, "kind", BODY_KINDS),
        other_names=(*values(row["former_names"]), *values(row["abbreviations"])),
        identifiers=(Identifier("gor", register_code),) if register == "gor" else (),
        homepage=address(row, "website"),
        valid_from=first,
        valid_until=last,
    )


def read_acts(data: Path) -> ReferenceTable:
    """Acts of Parliament that assessments cite.

    Raises InputError where the path of an Act contradicts its year or number: the IRI of
    every citation is made from it.
    """
    return ReferenceTable(name="acts", acts=tuple(_act(row) for row in read_table(data, "acts")))


def _act(row: Row) -> Act:
    path = code(row, "path", ACT_PATH)
    year, number = whole(row, "year"), whole(row, "number")
    if path != f"ukpga/{year}/{number}" or not text(row, "title").endswith(str(year)):
        raise row.problem(
            f"{row['title']}: path {path}, year {year} and number {number} contradict each other.",
            "Compare them with the Act's page at legislation.gov.uk.",
        )
    return Act(path, row["title"], year, number, values(row["other_titles"]))
