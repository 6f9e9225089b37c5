"""The register: names, dates, areas. Bodies are those of the invented tables."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from councilgraph.extraction.register import Register, identifier
from councilgraph.model import Council, Coverage, Organisation, ReferenceTable
from loaders.reference import read_reference


@pytest.fixture(scope="module")
def register(invented_data: Path) -> Register:
    return Register.of(read_reference(invented_data))


def test_bodies_are_found_by_key_and_code(register: Register) -> None:
    trust, council = register.organisation("ods-RZ1"), register.council("NMR")
    assert trust and trust.name == "Northmoor Partnership NHS Trust"
    assert council and council.area == "E10009901"
    assert register.organisation("ods-NONE") is None
    assert register.council("XXX") is None


@pytest.mark.parametrize(
    ("kind", "area", "day", "key"),
    [
        ("integrated-care-board", "E10009901", date(2025, 5, 1), "ods-QZ1"),  # nine tenths of the area
        ("integrated-care-board", "E10009901", date(2026, 3, 31), "ods-QZ1"),  # its last day
        ("integrated-care-board", "E10009901", date(2026, 4, 1), "ods-QZ2"),  # the only one left in the table
        ("integrated-care-board", "E10009901", None, None),  # no day, two boards
        ("integrated-care-board", "E06009903", date(2022, 6, 30), None),  # before there were boards
        ("police", "E06009903", None, "gss-E23000902"),
        ("police", "E99999999", date(2025, 5, 1), None),
    ],
)
def test_the_body_of_an_area_on_a_day(
    register: Register, kind: str, area: str, day: date | None, key: str | None
) -> None:
    body = register.serving(kind, area, day)
    assert (body.key if body else None) == key


def test_no_body_has_an_area_that_is_shared_evenly() -> None:
    boards = tuple(Organisation(f"ods-{k}", f"NHS {k} ICB", "integrated-care-board") for k in "AB")
    half = tuple(Coverage(b.key, "E10009901", Decimal("0.5")) for b in boards)
    register = Register.of([ReferenceTable("icbs", organisations=boards, coverages=half)])
    assert register.serving("integrated-care-board", "E10009901", date(2025, 1, 1)) is None


def test_a_coverage_of_an_unknown_body_is_left_out() -> None:
    register = Register.of([ReferenceTable("x", coverages=(Coverage("ods-A", "E10009901"),))])
    assert register.serving("police", "E10009901", None) is None


def test_the_date_decides_between_bodies_of_one_name(register: Register) -> None:
    old = Organisation("ods-A", "Moor NHS Trust", "nhs-trust", valid_until=date(2024, 3, 31))
    new = Organisation("ods-B", "Moor NHS Trust", "nhs-trust", valid_from=date(2024, 4, 1))
    both = Register.of([ReferenceTable("x", organisations=(old, new))])
    names = [n for n in both.names() if n.text == "Moor NHS Trust"]
    for day, key in ((date(2024, 3, 31), "ods-A"), (date(2024, 4, 1), "ods-B")):
        meant = both.meant(names, day)
        assert meant and isinstance(meant.body, Organisation) and meant.body.key == key
    assert both.meant(names, None) is None
    assert both.meant([], None) is None


def test_a_whole_name_comes_before_another_body_s_short_form() -> None:
    trusts = (
        Organisation("ods-A", "Moor NHS Trust", "nhs-trust"),
        Organisation("ods-B", "Moor NHS Foundation Trust", "nhs-trust"),
    )
    register = Register.of([ReferenceTable("x", organisations=trusts)])
    meant = register.meant([n for n in register.names() if n.text == "Moor NHS Trust"], None)
    assert meant and meant.full == "Moor NHS Trust"


def test_forms_of_names(register: Register) -> None:
    forms = {n.text: n.full for n in register.names()}
    assert forms["Northmoor Partnership Foundation Trust"] == "Northmoor Partnership NHS Trust"
    assert forms["Northmoor Mental Health NHS Trust"] == "Northmoor Mental Health NHS Trust"
    assert forms["Northmoor ICB"] == "NHS Northmoor Integrated Care Board"
    assert forms["Northmoor Police"] == "Northmoor Constabulary"
    assert forms["Eastvale Council"] == "Eastvale Borough Council"
    assert "City of Saltmarsh" not in forms  # the place as much as the council


def test_identifiers(register: Register) -> None:
    def of(key: str) -> str | None:
        body: Organisation | Council | None = register.organisation(key) or register.council(key)
        assert body
        return identifier(body)

    assert of("ods-QZ1") == "E54000901"
    assert of("ods-Z9Z9Z") == "Z9Z9Z"  # a board whose area has no code yet
    assert of("ods-RZ1") == "RZ1"
    assert of("gss-E23000901") == "E23000901"
    assert of("gor-PB9901") == "GB-GOR-PB9901"
    assert of("name-skills-for-moors") is None
    assert of("NMR") == "E10009901"
