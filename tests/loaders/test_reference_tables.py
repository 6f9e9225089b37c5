"""Our tidy tables as plain objects, and every way in which a table can be wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from councilgraph.errors import InputError
from councilgraph.model import (
    Act,
    Area,
    Council,
    Coverage,
    Identifier,
    Organisation,
    ReferenceTable,
    Succession,
)
from loaders import REFERENCE_LOADERS
from loaders.reference import read_reference
from tests.conftest import INVENTED


def tables(data: Path) -> dict[str, ReferenceTable]:
    return {table.name: table for table in read_reference(data)}


def test_table_names_are_those_of_the_contract(data: Path) -> None:
    assert [table.name for table in read_reference(data)] == [
        "local-authorities",
        "regions",
        "icbs",
        "nhs-trusts",
        "police-forces",
        "national-bodies",
        "acts",
    ]
    assert list(REFERENCE_LOADERS) == [read_reference]


def test_councils_and_areas(data: Path) -> None:
    table = tables(data)["local-authorities"]
    assert table.areas[2] == Area("E06009903", "Saltmarsh", within="E12000902")
    organisation = "http://opendatacommunities.org/id/county-council/northmoor"
    assert table.councils[1] == Council(
        code="NMR",
        name="Northmoor County Council",
        short_name="Northmoor",
        kind="county",
        area="E10009901",
        identifiers=(
            Identifier("gss", "E10009901"),
            Identifier("lae", "NMR"),
            Identifier("wikidata", "Q99000001"),
            Identifier("opendatacommunities", organisation),
        ),
        homepage="https://www.northmoor.example",
        same_as=("http://www.wikidata.org/entity/Q99000001", organisation),
    )
    saltmarsh = table.councils[2]
    assert saltmarsh.same_as == ("http://www.wikidata.org/entity/Q99000003",)
    assert saltmarsh.other_names == ("City of Saltmarsh", "Saltmarsh City Council")
    assert saltmarsh.valid_from == date(2023, 4, 1)
    assert tables(data)["regions"].areas[0] == Area("E12000901", "Moorland")


def test_boards_have_areas_dates_and_successors(data: Path) -> None:
    table = tables(data)["icbs"]
    assert table.organisations[0] == Organisation(
        key="ods-QZ1",
        name="NHS Northmoor Integrated Care Board",
        kind="integrated-care-board",
        other_names=("NHS Northmoor ICB", "Northmoor ICB", "Northmoor Integrated Care Board"),
        identifiers=(Identifier("ods", "QZ1"), Identifier("gss", "E54000901")),
        valid_from=date(2022, 7, 1),
        valid_until=date(2026, 3, 31),
    )
    assert table.organisations[2].identifiers == (Identifier("ods", "Z9Z9Z"),)
    assert table.coverages[2] == Coverage(
        "ods-QZ1", "E10009901", Decimal("0.9000"), date(2022, 7, 1), date(2026, 3, 31)
    )
    # Saltmarsh Council began in 2023: its board cannot have served it in 2022.
    assert table.coverages[0].valid_from == date(2023, 4, 1)
    assert table.successions[1] == Succession("ods-QZ1", "ods-Z9Z9Z", date(2026, 4, 1), "split")


def test_trusts_police_bodies_and_acts(data: Path) -> None:
    found = tables(data)
    assert found["nhs-trusts"].organisations[1] == Organisation(
        key="ods-RZ2",
        name="Vale, Marsh and Coast NHS Foundation Trust",
        kind="nhs-trust",
        identifiers=(Identifier("ods", "RZ2"),),
        commissioned_by="ods-QZ2",
        valid_from=date(2010, 4, 1),
        valid_until=date(2025, 3, 31),
    )
    assert found["nhs-trusts"].organisations[2].commissioned_by is None
    assert found["police-forces"].organisations[0].key == "gss-E23000901"
    assert found["police-forces"].organisations[0].same_as == ("http://www.wikidata.org/entity/Q99000011",)
    assert found["police-forces"].coverages[0] == Coverage("gss-E23000902", "E06009903")
    commission, skills = found["national-bodies"].organisations
    assert commission.key == "gor-PB9901"
    assert commission.identifiers == (Identifier("gor", "PB9901"),)
    assert commission.other_names == ("Care Visits Inspectorate", "CCC")
    assert skills.identifiers == ()
    assert found["acts"].acts[0] == Act(
        "ukpga/2006/41", "National Health Service Act 2006", 2006, 41, ("NHS Act 2006",)
    )


def test_no_area_stands_in_two_tables(data: Path) -> None:
    areas = [area.gss for table in read_reference(data) for area in table.areas]
    assert len(areas) == len(set(areas))


BAD = {
    # name: (file, old text, new text, line or "" for the whole file, what it says)
    "missing-column": ("acts", "number,", "no,", 1, "no column 'number'"),
    "unknown-column": ("acts", "other_titles", "other_titles,note", 1, "Unknown column 'note'"),
    "short-row": ("acts", "2014,23,", "2014,23", 3, "4 fields, the header 5"),
    "key-twice": ("regions", "E12000902", "E12000901", 3, "stands in two rows"),
    "no-key": ("regions", "E12000902", "", 3, "has no gss"),
    "wikidata-twice": ("authorities", "Q99000002", "Q99000001", 3, "stands in two rows"),
    "unknown-region": ("authorities", "E12000902", "E12000909", 4, "is not in regions.csv"),
    "unknown-type": ("authorities", ",county,", ",shire,", 3, "Unknown type 'shire'"),
    "bad-gss": ("authorities", "E08009902", "E0800990", 2, "is not a code"),
    "bad-code": ("authorities", "EVB", "evb", 2, "is not a code"),
    "bad-wikidata": ("authorities", "Q99000001", "99000001", 3, "is not a code"),
    "bad-website": ("authorities", "https://www.east", "www.east", 2, "is no web address"),
    "website-with-space": ("authorities", "northmoor.example", "north moor.example", 3, "no web"),
    "no-short-name": ("authorities", ",Saltmarsh,", ",,", 4, "short_name is empty"),
    "bad-founding-date": ("authorities", "2023-04-01", "1/4/2023", 4, "is no date"),
    "region-without-name": ("regions", "Coastland", "", 3, "name is empty"),
    "bad-icb-code": ("icbs", "Z9Z9Z", "z9", 4, "is not a code"),
    "bad-icb-date": ("icbs", "2026-04-01", "2026-04-31", 4, "is no date"),
    "week-date": ("icbs", "2026-04-01", "2026-W14-3", 4, "is no date"),
    "ends-before-it-begins": ("icbs", "2026-03-31", "2021-03-31", 2, "is before"),
    "unknown-authority": ("authority-icb", "E06009903", "E06009999", 2, "not in authorities.csv"),
    "unknown-icb": ("authority-icb", "E06009903,QZ2", "E06009903,QZ9", 2, "not in icbs.csv"),
    "no-share": ("authority-icb", "0.1000", "10%", 5, "is no share"),
    "share-above-one": ("authority-icb", "0.1000", "1.1", 5, "is no share"),
    "share-not-a-number": ("authority-icb", "0.1000", "NaN", 5, "is no share"),
    "shares-above-whole": ("authority-icb", "0.1000", "0.2000", 5, "add up to more than 1"),
    "unknown-predecessor": ("icb-successions", "QZ1,QZ2", "QZ9,QZ2", 2, "not in icbs.csv"),
    "unknown-successor": ("icb-successions", "Z9Z9Z", "Z9Z9Y", 3, "not in icbs.csv"),
    "succession-without-date": ("icb-successions", "2026-04-01,split", ",split", 3, "no date"),
    "unknown-succession": ("icb-successions", "split", "fission", 3, "Unknown kind 'fission'"),
    "trust-of-unknown-icb": ("nhs-trusts", "QZ1", "QZ9", 2, "not in icbs.csv"),
    "trust-closed-before-icb": ("nhs-trusts", "2025-03-31", "2015-03-31", 3, "before its ICB QZ2"),
    "trust-date": ("nhs-trusts", "2001-04-01", "20010401", 2, "is no date"),
    "police-of-unknown-area": ("authority-police", "E08009902", "E08009999", 3, "authorities.csv"),
    "unknown-police": ("authority-police", "E23000902", "E23000909", 2, "police-forces.csv"),
    "unknown-kind-of-body": ("national-bodies", "regulator", "quango", 2, "Unknown kind 'quango'"),
    "bad-body-key": ("national-bodies", "name-skills", "Name Skills", 3, "is not a code"),
    "act-year": ("acts", "2014,23", "2015,23", 3, "contradict each other"),
    "act-number": ("acts", "2014,23", "2014,23a", 3, "is no number"),
    "act-title": ("acts", "Care Act 2014", "Care Act", 3, "contradict each other"),
    "act-path": ("acts", "ukpga/2014/23", "asp/2014/23", 3, "is not a code"),
}


@pytest.mark.parametrize("name", BAD)
def test_wrong_tables_name_file_line_and_cure(name: str, data: Path) -> None:
    file, old, new, line, what = BAD[name]
    path = data / f"reference/{file}.csv"
    text = path.read_text()
    assert old in text, "the case changes nothing"
    path.write_text(text.replace(old, new))
    with pytest.raises(InputError) as caught:
        read_reference(data)
    assert what in caught.value.what
    assert caught.value.where == f"{path}:{line}"
    assert caught.value.cure


@pytest.mark.parametrize("file", sorted(path.name for path in INVENTED.glob("data/reference/*.csv")))
def test_missing_table(file: str, data: Path) -> None:
    (data / "reference" / file).unlink()
    with pytest.raises(InputError, match=f"no file {file}") as caught:
        read_reference(data)
    assert "refresh" in caught.value.cure


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text + "\n\n",
    ],
    ids=["byte-order-mark", "windows-line-ends", "blank-lines"],
)
def test_what_editors_do_to_a_file_is_forgiven(change: Callable[[str], str], data: Path) -> None:
    before = read_reference(data)
    path = data / "reference/authorities.csv"
    path.write_bytes(change(path.read_text()).encode())
    assert read_reference(data) == before
