"""Which publisher files make which tidy table, and how.

A recipe names the forms it needs; a file is recognised by its columns, so files can be
given in any order. Two files of one form keep the order given (oldest first). Tables build
on each other: ``TABLE_ORDER`` is the order in which all can be made from nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from councilgraph.errors import InputError
from loaders.digital_land import organisations
from loaders.government_register import bodies
from loaders.legislation import acts
from loaders.mysociety import authorities
from loaders.naming import distinct
from loaders.ods import icbs, trusts
from loaders.ons import lookups
from loaders.recipe import Given, Recipe, Rows, councils_by_area, refuse_gaps
from loaders.scores import league_table
from loaders.tidy import TABLES, read_table, values
from loaders.wikidata.items import SOURCE as WIKIDATA
from loaders.wikidata.table import wikidata_rows


def _regions(given: Given) -> Rows:
    regions = lookups.read_regions(given.file("district-to-region"), given.reading)
    return [{"gss": gss, "name": name} for gss, name in regions.items()]


def _authorities(given: Given) -> Rows:
    reading = given.reading
    regions = {row["gss"]: row["name"] for row in read_table(given.data, "regions")}
    upper = lookups.read_upper_tiers(given.file("district-to-upper-tier"), reading)
    region_of = lookups.read_regions_of_authorities(given.file("district-to-region"), upper, reading)
    organisation = organisations.read_organisations(given.file("local-authorities"), reading)
    names: dict[str, list[str]] = {}
    for code, name in authorities.read_names(given.file("names"), reading):
        names.setdefault(code, []).append(name)
    for row in read_table(given.data, "curated/authorities"):
        names.setdefault(row["code"], []).extend(values(row["other_names"]))
    for council in authorities.read_authorities(given.file("authorities"), reading):
        region = region_of.get(council.gss, "")
        if region not in regions or council.gss not in organisation:
            raise InputError(
                f"{council.name}: {region if region and region not in regions else council.gss!r} "
                "is in no other file.",
                where=council.where,
                cure="Use files of the same year: councils' codes change with boundaries. "
                "Refresh regions first.",
            )
        if council.region != regions[region]:
            # Two counties have stood in a region that none of their districts lies in.
            reading.notes.append(
                f"{council.name}: the region is {regions[region]} by the lookup of the ONS, "
                f"not {council.region} ({council.where})."
            )
        body = organisation[council.gss]
        more = [*names.get(council.code, []), body["name"]]
        borough = council.kind.endswith("-borough") or "Borough" in council.name
        if borough and "City Council" not in council.name:
            # Boroughs are commonly called so; no register lists the form.
            more.append(f"{council.short_name} Council")
        yield {
            "code": council.code,
            "name": council.name,
            "short_name": council.short_name,
            "type": council.kind,
            "gss": council.gss,
            "region_gss": region,
            "other_names": "|".join(distinct(more, [council.name, council.short_name])),
            "opendatacommunities": body["opendatacommunities"],
            "wikidata": body["wikidata"],
            "website": body["website"],
            "valid_from": council.valid_from,
        }


def _successions(given: Given) -> Rows:
    for row in icbs.read_successions(given.file("successions"), given.reading):
        yield {column: row[column] for column in TABLES["icb-successions"].columns}


def _icbs(given: Given) -> Rows:
    named = lookups.read_icbs(given.file("icbs"), given.reading)
    successions = icbs.read_successions(given.file("successions"), given.reading)
    existing = {row["ods"]: row for row in given.existing("icbs")}
    return icbs.icb_rows(named, successions, existing)


def _authority_icb(given: Given) -> Rows:
    ended = {row["ods"] for row in read_table(given.data, "icbs") if row["valid_until"]}
    councils = councils_by_area(given)
    shares: dict[tuple[str, str], str] = {}
    for row in given.existing("authority-icb"):
        # A lookup of today no longer has the ended boards; reports of their time need them.
        if row["icb_ods"] in ended and row["authority_gss"] in councils:
            shares[row["authority_gss"], row["icb_ods"]] = row["share"]
    if "upper-tier-to-icb" in given.files:
        for row in lookups.read_icb_shares(given.file("upper-tier-to-icb"), given.reading):
            shares[row["upper"], row["icb"]] = row["share"]
    elif {"lsoa-to-icb", "district-to-upper-tier"} <= given.files.keys():
        upper = lookups.read_upper_tiers(given.file("district-to-upper-tier"), given.reading)
        counted = lookups.count_icb_shares(given.file("lsoa-to-icb"), upper, given.reading)
        shares |= {pair: str(share) for pair, share in counted.items()}
    else:
        raise InputError(
            "The files do not say which authority lies in which ICB.",
            where=", ".join(str(path) for paths in given.files.values() for path in paths),
            cure="Give the lookup of LSOAs to ICBs and that of lower-tier to upper-tier "
            "authorities, or a lookup with the share of LSOAs.",
        )
    refuse_gaps(councils, {authority for authority, _ in shares}, "ICB")
    return [
        {"authority_gss": authority, "icb_ods": icb, "share": share}
        for (authority, icb), share in shares.items()
        if authority in councils
    ]


def _police_forces(given: Given) -> Rows:
    curated = {row["gss"]: row["name"] for row in read_table(given.data, "curated/police-forces")}
    existing = {row["gss"]: row for row in given.existing("police-forces")}
    for row in lookups.read_police_areas(given.file("police-areas"), given.reading):
        gss, old = row["police"], existing.get(row["police"])
        name = row["force_name"] or curated.get(gss) or (old["name"] if old else "")
        if not name:
            raise row.problem(
                f"The police force of {row['area_name']} ({gss}) has no name.",
                "Add it to data/curated/police-forces.csv.",
            )
        wikidata = row["wikidata"] or (old["wikidata"] if old else "")
        yield {"gss": gss, "area_name": row["area_name"], "name": name, "wikidata": wikidata}


def _authority_police(given: Given) -> Rows:
    councils = councils_by_area(given)
    upper = lookups.read_upper_tiers(given.file("district-to-upper-tier"), given.reading)
    pairs = lookups.read_police_of_authorities(given.file("district-to-police"), upper, given.reading)
    refuse_gaps(councils, {authority for authority, _ in pairs}, "police force")
    return [
        {"authority_gss": authority, "police_gss": police}
        for authority, police in pairs
        if authority in councils
    ]


def _trusts(given: Given) -> Rows:
    return trusts.trust_rows(given.files["trusts"], given.existing("nhs-trusts"), given.reading)


def _bodies(given: Given) -> Rows:
    curated = read_table(given.data, "curated/national-bodies")
    return bodies.body_rows(given.file("organisations"), curated, given.reading)


def _scores(given: Given) -> Rows:
    return league_table.score_rows(given.file("league-table"), given.reading)


_MYSOCIETY, _ONS, _ODS = authorities.SOURCE.forms, lookups.SOURCE.forms, trusts.SOURCE.forms

RECIPES: Mapping[str, Recipe] = {
    "regions": Recipe(_regions, ((_ONS["district-to-region"], True),)),
    "authorities": Recipe(
        _authorities,
        (
            (_MYSOCIETY["authorities"], True),
            (_MYSOCIETY["names"], True),
            (_ONS["district-to-upper-tier"], True),
            (_ONS["district-to-region"], True),
            (organisations.SOURCE.forms["local-authorities"], True),
        ),
    ),
    "icb-successions": Recipe(_successions, ((_ODS["successions"], True),)),
    "icbs": Recipe(_icbs, ((_ONS["icbs"], True), (_ODS["successions"], True))),
    "authority-icb": Recipe(
        _authority_icb,
        (
            (_ONS["upper-tier-to-icb"], False),
            (_ONS["lsoa-to-icb"], False),
            (_ONS["district-to-upper-tier"], False),
        ),
    ),
    "nhs-trusts": Recipe(_trusts, ((_ODS["trusts"], True),)),
    "police-forces": Recipe(_police_forces, ((_ONS["police-areas"], True),)),
    "authority-police": Recipe(
        _authority_police,
        ((_ONS["district-to-police"], True), (_ONS["district-to-upper-tier"], True)),
    ),
    "national-bodies": Recipe(_bodies, ((bodies.SOURCE.forms["organisations"], True),)),
    # The form with more columns first: an answer with a code has the columns of one without.
    "wikidata": Recipe(
        wikidata_rows,
        tuple((WIKIDATA.forms[name], True) for name in ("bodies", "trusts", "charities")),
    ),
    "acts": Recipe(acts.act_rows, ((acts.SOURCE.forms["feed"], True),)),
    "scores": Recipe(_scores, ((league_table.SOURCE.forms["league-table"], True),)),
}

TABLE_ORDER = tuple(RECIPES)
"""Tables so ordered that each finds the tables it builds on."""
