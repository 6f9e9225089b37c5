"""Councils and regions from our tidy tables.

Source: ``regions.csv`` and ``authorities.csv`` (mySociety, digital-land, ONS). A council is
not its area: the council is an organisation, the area has the GSS code.
"""

from __future__ import annotations

import re
from pathlib import Path

from councilgraph.model import Area, Council, Identifier, ReferenceTable
from loaders.csvfile import Row
from loaders.reference.checks import (
    GSS,
    WIKIDATA,
    address,
    code,
    day,
    known,
    one_of,
    text,
)
from loaders.tidy import read_table, values

COUNCIL_TYPES = ("county", "unitary", "metropolitan-borough", "london-borough", "city-corporation")
REGISTER_CODE = re.compile(r"[A-Z]{3}")
WIKIDATA_ENTITY = "http://www.wikidata.org/entity/"


def read_regions(data: Path) -> ReferenceTable:
    """The nine regions of England as areas."""
    return ReferenceTable(
        name="regions",
        areas=tuple(
            Area(gss=code(row, "gss", GSS), name=text(row, "name")) for row in read_table(data, "regions")
        ),
    )


def read_local_authorities(data: Path) -> ReferenceTable:
    """The councils with adult social care duties, and the areas they govern.

    An area lies within its region. Raises InputError for a region that is not in
    ``regions.csv``, an unknown type, a malformed code, date or address.
    """
    regions = {row["gss"] for row in read_table(data, "regions")}
    areas, councils = [], []
    for row in read_table(data, "authorities"):
        council = _council(row)
        region = known(row, "region_gss", regions, "regions")
        areas.append(Area(gss=council.area, name=council.short_name, within=region))
        councils.append(council)
    return ReferenceTable(name="local-authorities", areas=tuple(areas), councils=tuple(councils))


def _council(row: Row) -> Council:
    gss = code(row, "gss", GSS)
    register_code = code(row, "code", REGISTER_CODE)
    identifiers = [Identifier("gss", gss), Identifier("lae", register_code)]
    same_as = []
    if row["wikidata"]:
        entity = code(row, "wikidata", WIKIDATA)
        identifiers.append(Identifier("wikidata", entity))
        same_as.append(WIKIDATA_ENTITY + entity)
    organisation = address(row, "opendatacommunities")
    if organisation:
        identifiers.append(Identifier("opendatacommunities", organisation))
        same_as.append(organisation)
    return Council(
        code=register_code,
        name=text(row, "name"),
        short_name=text(row, "short_name"),
        kind=one_of(row, "type", COUNCIL_TYPES),
        area=gss,
        other_names=values(row["other_names"]),
        identifiers=tuple(identifiers),
        homepage=address(row, "website"),
        same_as=tuple(same_as),
        valid_from=day(row, "valid_from"),
    )
