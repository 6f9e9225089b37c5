"""The pilots' short title is read for every council, and a sub-heading that ends in it is not."""

from __future__ import annotations

import csv

import pytest

from loaders.cqc_report.header import read_title
from tests.conftest import ROOT

with (ROOT / "data" / "reference" / "authorities.csv").open(encoding="utf-8", newline="") as file:
    COUNCILS = [row["name"] for row in csv.DictReader(file)]


@pytest.mark.parametrize("ending", [" assessment", ": local authority assessment"])
def test_each_council_of_the_register_is_known_by_its_title(ending: str) -> None:
    assert len(COUNCILS) == 153
    assert [name for name in COUNCILS if read_title(name + ending) != name] == []


@pytest.mark.parametrize(
    "line",
    ["Risk assessment", "Council of people assessment", "Council assessment", "City of needs assessment"],
)
def test_a_sub_heading_is_no_title(line: str) -> None:
    assert read_title(line) is None
