"""What holds for a refresh of any table: the old one is safe, the report tells the truth."""

from __future__ import annotations

from pathlib import Path

import pytest

from councilgraph.errors import InputError
from loaders import refresh as refresh_module
from loaders.recipes import RECIPES, TABLE_ORDER
from loaders.refresh import refresh
from loaders.tidy import TABLES

CASES = Path(__file__).parent / "cases"
TRUSTS = CASES / "nhs-trusts-renamed" / "etr.csv"


def test_report_counts_added_removed_and_changed(data: Path) -> None:
    table = data / "reference/nhs-trusts.csv"
    table.write_text(
        "ods,name,icb_ods,opened,closed,former_names\n"
        "RZ1,Northmoor Partnership NHS Trust,QZ1,2001-04-01,,\n"
        'RZ2,"Vale, Marsh and Coast NHS Foundation Trust",QZ2,2010-04-01,2025-03-31,\n'
    )
    report = refresh("nhs-trusts", [TRUSTS], data, force=True)
    assert (report.rows, report.added, report.removed, report.changed) == (4, 2, 0, 1)
    assert report.path == table
    assert str(report).splitlines()[0] == (f"nhs-trusts: 4 rows in {table} (2 added, 0 removed, 1 changed)")
    assert "4 rows; 190 to 400 expected" in str(report)


def test_removed_rows_are_counted(data: Path) -> None:
    case = CASES / "police-forces-ons-names" / "pfa.csv"
    with (data / "reference/police-forces.csv").open("a") as file:
        file.write("E23000909,Oldshire,Oldshire Police,\n")
    report = refresh("police-forces", [case], data, force=True)
    assert (report.rows, report.added, report.removed, report.changed) == (2, 0, 1, 0)


def test_first_table_of_all_has_only_added_rows(data: Path) -> None:
    (data / "reference/nhs-trusts.csv").unlink()
    report = refresh("nhs-trusts", [TRUSTS], data, force=True)
    assert (report.added, report.removed, report.changed) == (4, 0, 0)


def test_follow_up_says_what_no_longer_fits(data: Path, tmp_path: Path) -> None:
    changed = tmp_path / "lookup.csv"
    case = CASES / "authority-police-lookup"
    text = (case / "lad-pfa.csv").read_text().replace("E23000902", "E23000999")
    changed.write_text(text)
    report = refresh("authority-police", [changed, case / "ltla-utla.csv"], data, force=True)
    assert "'E23000999' in column police_gss is not in police-forces.csv" in report.follow_up
    assert "still to do" in str(report)


@pytest.mark.parametrize("table", ["pilots", "curated/national-bodies", "councils"])
def test_tables_kept_by_hand_or_unknown_are_not_refreshed(table: str, data: Path) -> None:
    with pytest.raises(InputError, match="no table") as caught:
        refresh(table, [TRUSTS], data)
    assert "nhs-trusts" in caught.value.cure


def test_no_files_given(data: Path) -> None:
    with pytest.raises(InputError, match="also needs") as caught:
        refresh("regions", [], data)
    assert caught.value.where


def test_loss_of_more_than_a_tenth_needs_force(data: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole.csv"
    row = TRUSTS.read_text().splitlines()[0]
    whole.write_text("\n".join(row.replace("RZ1", f"R{n:03}") for n in range(200)) + "\n")
    refresh("nhs-trusts", [whole], data, force=True, afresh=True)
    table = data / "reference/nhs-trusts.csv"
    before = table.read_bytes()
    other = tmp_path / "other.csv"
    # As many rows as before, but 21 of them others: counting rows alone would miss it.
    other.write_text("\n".join(row.replace("RZ1", f"R{n:03}") for n in range(21, 221)) + "\n")

    with pytest.raises(InputError, match="would lose 21 of 200 rows") as caught:
        refresh("nhs-trusts", [other], data, afresh=True)
    assert "--force" in caught.value.cure
    assert table.read_bytes() == before

    assert refresh("nhs-trusts", [other], data, force=True, afresh=True).removed == 21


def test_loss_of_a_tenth_is_allowed(data: Path, tmp_path: Path) -> None:
    row = TRUSTS.read_text().splitlines()[0]
    for name, numbers in (("old.csv", range(220)), ("new.csv", range(22, 220))):
        (tmp_path / name).write_text("\n".join(row.replace("RZ1", f"R{n:03}") for n in numbers) + "\n")
    refresh("nhs-trusts", [tmp_path / "old.csv"], data, force=True, afresh=True)
    assert refresh("nhs-trusts", [tmp_path / "new.csv"], data, afresh=True).removed == 22


def test_crash_while_replacing_keeps_the_old_table(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = data / "reference"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    with pytest.raises(InputError, match="cannot be written: No space left") as caught:
        refresh("nhs-trusts", [TRUSTS], data, force=True)
    assert "disk" in caught.value.cure
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_replaced_table_keeps_its_file_mode(data: Path) -> None:
    table = data / "reference/nhs-trusts.csv"
    table.chmod(0o664)
    refresh("nhs-trusts", [TRUSTS], data, force=True)
    assert table.stat().st_mode & 0o777 == 0o664


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "is not a file that"),
        (b"\xff\xfe\x00L\x00A", "is not UTF-8 text"),
        (b'LAD24CD,RGN24CD,RGN24NM\n"E07,E12,Moor\n', "is not a comma-separated table"),
        (b"LAD24CD,LAD24CD,RGN24CD,RGN24NM\nE07,E07,E12,Moor\n", "'LAD24CD' occurs twice"),
        (b"LAD24CD,RGN24CD,RGN24NM\nE07,E12\n", "2 fields, the header 3"),
    ],
    ids=["empty", "not-utf-8", "unclosed-quote", "column-twice", "short-row"],
)
def test_damaged_files(content: bytes, what: str, data: Path, tmp_path: Path) -> None:
    path = tmp_path / "damaged.csv"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        refresh("regions", [path], data, force=True)
    assert what in caught.value.what
    assert str(path) in caught.value.where
    assert caught.value.cure


@pytest.mark.parametrize("name", ["nowhere.csv", "."], ids=["missing", "folder"])
def test_unreadable_files(name: str, data: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        refresh("regions", [tmp_path / name], data)
    assert str(tmp_path / name) in caught.value.where
    assert "Check" in caught.value.cure


def test_more_rows_than_plausible_are_noted(data: Path, tmp_path: Path) -> None:
    lines = [f"E0700{n:04},E12000901,Moorland" for n in range(330)]
    path = tmp_path / "many.csv"
    path.write_text("\n".join(["LAD24CD,RGN24CD,RGN24NM", *lines, "E06,E12000902,Coastland", ""]))
    report = refresh("regions", [path], data)
    assert report.notes == ("many.csv has 331 rows; 290 to 320 expected.",)


def test_a_region_that_the_register_has_wrong_is_noted(data: Path) -> None:
    files = [path for path in (CASES / "authorities-five-files").glob("*.csv") if path.name != "expected.csv"]
    report = refresh("authorities", files, data, force=True)
    (note,) = (one for one in report.notes if "the region is" in one)
    assert "Northmoor County Council: the region is Moorland" in note
    assert "not Coastland" in note and "councils.csv:2" in note


def test_every_table_but_those_kept_by_hand_has_a_recipe() -> None:
    by_hand = {table.name for table in TABLES.values() if table.by_hand}
    assert by_hand >= {"pilots", "curated/authorities"}
    assert set(RECIPES) == set(TABLES) - by_hand
    assert set(TABLE_ORDER) == set(RECIPES)
    assert 0 < refresh_module.LOSS_ALLOWED < 1
