"""ONS lookups: which area lies in which.

Source: geoportal.statistics.gov.uk, CSV with header, often with a byte-order mark. Column
names carry the year ("LAD24CD"). Codes are GSS codes; Welsh areas (W...) are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

from loaders.csvfile import Row
from loaders.source import Reading, read_form, read_source

SOURCE = read_source("ons")
FOUR_PLACES = Decimal("0.0001")


def read_regions(path: Path, reading: Reading) -> dict[str, str]:
    """Region names by GSS code; raises InputError where one code has two names."""
    regions: dict[str, str] = {}
    for row in read_form(SOURCE.forms["district-to-region"], path, reading):
        _keep(regions, row["region"], row["region_name"], row)
    return regions


def read_upper_tiers(path: Path, reading: Reading) -> dict[str, str]:
    """Upper-tier authority by district, both GSS codes (a unitary is its own)."""
    upper: dict[str, str] = {}
    for row in read_form(SOURCE.forms["district-to-upper-tier"], path, reading):
        _keep(upper, row["district"], row["upper"], row)
    return upper


def read_regions_of_authorities(path: Path, upper: Mapping[str, str], reading: Reading) -> dict[str, str]:
    """Region by upper-tier authority, both GSS codes: the one that all its districts lie in.

    Raises InputError where they lie in two.
    """
    found: dict[str, str] = {}
    for row in read_form(SOURCE.forms["district-to-region"], path, reading):
        _keep(found, _upper(row, upper), row["region"], row)
    return found


def _keep(found: dict[str, str], code: str, value: str, row: Row) -> None:
    if found.setdefault(code, value) != value:
        raise row.problem(
            f"{code} is both {found[code]!r} and {value!r}.",
            "Get the lookup again from the ONS: an area lies in one area and has one name.",
        )


def read_police_of_authorities(
    path: Path, upper: Mapping[str, str], reading: Reading
) -> set[tuple[str, str]]:
    """Pairs (upper-tier authority, police force area), GSS codes, England only."""
    pairs = set()
    for row in read_form(SOURCE.forms["district-to-police"], path, reading):
        if row["district"].startswith("E"):
            pairs.add((_upper(row, upper), row["police"]))
    return pairs


def read_police_areas(path: Path, reading: Reading) -> Iterator[Row]:
    """Yield English police force areas once each: police, area_name, force_name, wikidata."""
    seen = set()
    for row in read_form(SOURCE.forms["police-areas"], path, reading):
        if row["police"].startswith("E") and row["police"] not in seen:
            seen.add(row["police"])
            yield row


def count_icb_shares(
    path: Path, upper: Mapping[str, str], reading: Reading
) -> dict[tuple[str, str], Decimal]:
    """Share of an authority's LSOAs in an ICB (0 to 1, four places), counted row by row.

    Keys are (upper-tier authority GSS, ICB ODS code).
    """
    counts: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    for row in read_form(SOURCE.forms["lsoa-to-icb"], path, reading):
        authority = _upper(row, upper)
        counts[authority, row["icb"]] += 1
        totals[authority] += 1
    return {
        pair: (Decimal(count) / totals[pair[0]]).quantize(FOUR_PLACES, ROUND_HALF_EVEN)
        for pair, count in counts.items()
    }


def read_icb_shares(path: Path, reading: Reading) -> Iterator[Row]:
    """Yield rows upper (GSS), icb (ODS code), share (0 to 1, as text) of a counted lookup."""
    yield from read_form(SOURCE.forms["upper-tier-to-icb"], path, reading)


def read_icbs(path: Path, reading: Reading) -> dict[str, Row]:
    """Rows gss, ods, name by ODS code; the same ICB may fill many rows of a lookup.

    Raises InputError where one ODS code has two names or two GSS codes.
    """
    found: dict[str, Row] = {}
    for row in read_form(SOURCE.forms["icbs"], path, reading):
        first = found.setdefault(row["ods"], row)
        if (first["gss"], first["name"]) != (row["gss"], row["name"]):
            raise row.problem(
                f"ICB {row['ods']} is {row['gss']} {row['name']!r} here and "
                f"{first['gss']} {first['name']!r} before.",
                "Get the lookup again from the ONS.",
            )
    return found


def _upper(row: Row, upper: Mapping[str, str]) -> str:
    if row["district"] not in upper:
        raise row.problem(
            f"District {row['district']} is not in the lookup of upper-tier authorities.",
            "Use lookups of the same year: codes change with boundaries.",
        )
    return upper[row["district"]]
