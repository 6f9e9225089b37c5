"""The bodies of our own tables as entries, and what registers are told of councils' areas."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from councilgraph.linking.entry import Entry, Name
from loaders.reference.entries import area_names
from loaders.registers import PUBLISHED, TABLES, read_register, tables
from loaders.source import Reading, read_source

DATA = Path(__file__).parents[3] / "data"


def by_code(data: Path) -> dict[tuple[str, str], Entry]:
    return {(entry.register, entry.code): entry for entry in tables(data)}


def test_a_council_is_known_by_its_names_codes_and_area(invented_data: Path) -> None:
    assert by_code(invented_data)["local-authorities", "SLM"] == Entry(
        register="local-authorities",
        code="SLM",
        kind="local-authority",
        names=(
            Name("Saltmarsh Council", "official"),
            Name("Saltmarsh", "short"),
            Name("City of Saltmarsh", "other"),
            Name("Saltmarsh City Council", "other"),
        ),
        identifiers=(("gss", "E06009903"), ("lae", "SLM"), ("wikidata", "Q99000003")),
        areas=("E06009903",),
        since=date(2023, 4, 1),
        homepage="https://www.saltmarsh.example",
    )


def test_a_board_that_ended_names_all_its_successors_and_its_areas(invented_data: Path) -> None:
    board = by_code(invented_data)["ods-icbs", "QZ1"]
    assert (board.since, board.until) == (date(2022, 7, 1), date(2026, 3, 31))
    assert board.successors == ("QZ2", "Z9Z9Z")
    assert board.areas == ("E10009901",)
    assert Name("Northmoor ICB", "short") in board.names


def test_a_trust_has_the_areas_of_its_board_and_its_former_names(invented_data: Path) -> None:
    trust = by_code(invented_data)["ods-trusts", "RZ1"]
    assert trust.areas == ("E10009901",)
    assert trust.names[1:] == (Name("Northmoor Mental Health NHS Trust", "former"),)
    assert by_code(invented_data)["ods-trusts", "RZ3"].areas == ()


def test_former_names_and_abbreviations_of_national_bodies_are_told_apart(invented_data: Path) -> None:
    found = by_code(invented_data)
    assert [(name.text, name.kind) for name in found["national-bodies", "gor-PB9901"].names] == [
        ("Care Checks Commission", "official"),
        ("Care Visits Inspectorate", "former"),
        ("CCC", "abbreviation"),
    ]
    assert found["national-bodies", "name-skills-for-moors"].identifiers == ()
    assert found["police-forces", "E23000902"].identifiers == (("gss", "E23000902"),)


def test_every_body_of_the_real_tables_is_there_once(  # no name of a report: these are registers
) -> None:
    entries = list(tables(DATA))
    found = {(entry.register, entry.code): entry for entry in entries}
    assert len(found) == len(entries)
    assert {entry.register for entry in entries} == set(TABLES)
    assert found["local-authorities", "STS"].areas == ("E10000028",)
    assert found["ods-trusts", "RRE"].areas == ("E06000021", "E10000028")
    for entry in entries:
        assert entry.names[0].kind == "official"
        assert all((entry.register, code) in found for code in entry.successors)


@pytest.mark.parametrize(
    ("name", "gss"),
    [
        ("northmoor", "E10009901"),
        ("northmoor, county of", "E10009901"),
        ("saltmarsh, city of", "E06009903"),
        ("city of saltmarsh", "E06009903"),
        ("eastvale borough council", "E08009902"),
    ],
)
def test_registers_name_areas_in_many_ways(invented_data: Path, name: str, gss: str) -> None:
    assert area_names(invented_data)[name] == gss


def test_a_name_that_two_areas_share_names_neither(data: Path) -> None:
    table = data / "reference" / "authorities.csv"
    table.write_text(table.read_text().replace("City of Saltmarsh|", "Northmoor City|"))
    assert area_names(data)["northmoor city"] == "E06009903", "a listed name goes before a formed one"
    table.write_text(table.read_text().replace("Northmoor City|", "Eastvale|"))
    assert "eastvale" not in area_names(data)


@pytest.mark.parametrize("slug", PUBLISHED)
def test_a_register_is_described_and_its_forms_are_told_apart(slug: str) -> None:
    register = PUBLISHED[slug]
    told = read_source(register.source.name)
    assert told.licence.startswith("https://")
    assert told.address.startswith("https://")
    assert all((told.title, told.publisher, told.cadence, told.description))
    assert set(register.needed) <= set(register.forms)
    for form in register.forms.values():
        assert 0 < form.minimum_rows <= form.maximum_rows
        assert form.describe


def test_an_empty_file_is_refused_with_what_was_expected(tmp_path: Path, invented_data: Path) -> None:
    (tmp_path / "empty.csv").touch()
    with pytest.raises(Exception, match="no file of this register") as caught:
        read_register("companies-house", [tmp_path / "empty.csv"], invented_data, Reading())
    assert "it is empty" in str(caught.value)
