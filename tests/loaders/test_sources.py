"""Each source folder's description: complete, and refused where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from councilgraph.errors import InputError
from loaders import source
from loaders.naming import distinct, title_case
from loaders.ods.icbs import short_names
from loaders.source import read_source

# Reviews are records of our own: they have a description, and no publisher's form.
FOLDERS = sorted(
    path.parent.name for path in source.LOADERS.glob("*/source.toml") if "[columns." in path.read_text()
)


@pytest.mark.parametrize("folder", FOLDERS)
def test_source_is_described(folder: str) -> None:
    told = read_source(folder)
    assert told.licence.startswith("https://")
    assert told.address.startswith("https://")
    assert all((told.title, told.publisher, told.cadence, told.description))
    assert told.forms
    for form in told.forms.values():
        assert 0 < form.minimum_rows <= form.maximum_rows
        assert form.describe
        assert form.columns


@pytest.mark.parametrize(
    "text",
    ['title = "Moor"', "title = ", '[columns.a]\nb = "c"\n[expectations.a]\nminimum_rows = 1'],
    ids=["no-columns", "no-toml", "no-maximum"],
)
def test_incomplete_description(text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "moor").mkdir()
    (tmp_path / "moor/source.toml").write_text(text)
    monkeypatch.setattr(source, "LOADERS", tmp_path)
    with pytest.raises(InputError, match="missing or incomplete") as caught:
        read_source("moor")
    assert caught.value.where.endswith("moor/source.toml")


@pytest.mark.parametrize(
    ("capitals", "written"),
    [
        (
            "MIDMOOR PARTNERSHIP UNIVERSITY NHS FOUNDATION TRUST",
            "Midmoor Partnership University NHS Foundation Trust",
        ),
        (
            "THE QUEEN'S HOSPITAL, KING'S MOOR, NHS TRUST",
            "The Queen's Hospital, King's Moor, NHS Trust",
        ),
        (
            "HOSPITAL FOR CHILDREN OF THE VALE AND MARSH",
            "Hospital for Children of the Vale and Marsh",
        ),
        ("moor-upon-sea city council", "Moor-upon-Sea City Council"),
        ("VALE & MARSH (NHS)", "Vale & Marsh (NHS)"),
        ("ST OSYTH'S  NHS TRUST", "St Osyth's NHS Trust"),
    ],
)
def test_title_case(capitals: str, written: str) -> None:
    assert title_case(capitals) == written


def test_distinct_names_ignore_capitals_and_spaces() -> None:
    assert distinct(["Moor  Council", "moor council", "", "Vale"], ["vale"]) == ["Moor Council"]


def test_short_names_of_a_board_leave_out_its_name() -> None:
    assert short_names("NHS Vale and Marsh Integrated Care Board") == [
        "NHS Vale and Marsh ICB",
        "Vale and Marsh ICB",
        "Vale and Marsh Integrated Care Board",
    ]
