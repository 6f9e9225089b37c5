"""All tables as a workbook and as CSV files, read back with openpyxl and csvw."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from csvw import CSVW

import councilgraph
from councilgraph import workbook
from councilgraph.catalogue import Column
from councilgraph.errors import InputError, UsageError
from councilgraph.results import Result
from councilgraph.workbook import TABLES, Sheet, about, sheets, write_book, write_folder
from tests.exports.hostile import TEXTS

COLUMNS = (
    Column("text", "string", "what was said"), Column("report", "iri", "where"), Column("thing", "iri"),
    Column("number", "integer"), Column("day", "date"), Column("month", "month"), Column("yes", "boolean"),
)  # fmt: skip
ABOUT = [("title", "Tables =1+1"), ("licence", "https://creativecommons.org/licenses/by/4.0/")]


def sheet(name: str = "things", rows: int = len(TEXTS)) -> Sheet:
    made = (
        (TEXTS[n % len(TEXTS)], f"https://example.org/report/{n}", f"https://example.org/id/{n}", n,
         "2025-03-20", "2025-03", n % 2 == 0)
        for n in range(rows)
    )  # fmt: skip
    return Sheet(name, f"Every {name}", Result(COLUMNS, made))


def book(*made: Sheet, **options: Any) -> tuple[dict[str, int], Any]:
    out = io.BytesIO()
    counts = write_book(made, ABOUT, out, **options)
    return counts, openpyxl.load_workbook(io.BytesIO(out.getvalue()))


def test_about_comes_first_and_states_every_row_count() -> None:
    counts, read = book(sheet(), sheet("others", 3))
    assert read.sheetnames == ["About", "things", "others"]
    told = [[cell.value for cell in row] for row in read["About"].iter_rows()]
    assert told[1][:2] == ["licence", "https://creativecommons.org/licenses/by/4.0/"]
    assert [row for row in told if row[2] not in (None, "rows")] == [
        ["things", "Every things", len(TEXTS)],
        ["others", "Every others", 3],
    ]
    assert counts == {"things": len(TEXTS), "others": 3}
    assert read["About"].cell(len(told), 1).hyperlink.location == "'others'!A1"


def test_every_sheet_has_a_frozen_header_a_filter_and_wide_columns() -> None:
    _, read = book(sheet())
    page = read["things"]
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == f"A1:G{len(TEXTS) + 1}"
    assert page.column_dimensions["B"].width > len("https://example.org/report/")
    assert page.column_dimensions["A"].width <= 64


def test_every_row_links_to_its_report() -> None:
    _, read = book(sheet())
    for n in range(len(TEXTS)):
        assert read["things"].cell(n + 2, 2).hyperlink.target == f"https://example.org/report/{n}"
        assert read["things"].cell(n + 2, 3).hyperlink is None, "room for links is kept for reports"


def test_hostile_text_stays_text() -> None:
    _, read = book(sheet())
    cells = [read["things"].cell(n + 2, 1) for n in range(len(TEXTS))]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    values = [cell.value or "" for cell in cells]
    assert values[:6] == list(TEXTS[:6])
    assert values[10:12] == list(TEXTS[10:12])
    assert not any(mark in value for value in values for mark in "\x00\x1b\ufffe\u202e\u2066")
    assert read["About"]["B1"].value == "Tables =1+1"
    assert read["About"]["B1"].data_type != "f"


def test_values_keep_their_types() -> None:
    _, read = book(sheet(rows=1))
    row = [cell.value for cell in read["things"][2]]
    assert row[3] == 0
    assert str(row[4])[:10] == "2025-03-20"
    assert row[5:] == ["2025-03", True]


def test_a_table_that_is_longer_than_a_sheet_goes_on_in_the_next() -> None:
    counts, read = book(sheet(rows=7), most_rows=3)
    assert read.sheetnames == ["About", "things", "things (2)", "things (3)"]
    assert [read[name].max_row for name in read.sheetnames[1:]] == [4, 4, 2]
    assert counts == {"things": 7}
    numbers = [row[3].value for name in read.sheetnames[1:] for row in read[name].iter_rows(min_row=2)]
    assert numbers == list(range(7))


def test_an_empty_table_is_a_sheet_with_its_header() -> None:
    counts, read = book(sheet(rows=0))
    assert counts == {"things": 0}
    assert [cell.value for cell in read["things"][1]] == [column.name for column in COLUMNS]


def test_the_same_tables_give_the_same_bytes() -> None:
    first, second = io.BytesIO(), io.BytesIO()
    for out in (first, second):
        write_book([sheet()], ABOUT, out)
    assert first.getvalue() == second.getvalue()


def test_a_folder_of_csv_is_valid_csvw_with_types_and_help(tmp_path: Path) -> None:
    counts = write_folder([sheet(), sheet("others", 2)], ABOUT, str(tmp_path / "all"))
    assert counts == {"things": len(TEXTS), "others": 2}
    read = CSVW(str(tmp_path / "all" / "csv-metadata.json"), validate=True)
    assert read.is_valid
    tables = {table.local_name: list(table) for table in read.tables}
    assert [row["number"] for row in tables["things.csv"]] == list(range(len(TEXTS)))
    assert tables["others.csv"][0]["yes"] is True
    assert str(tables["others.csv"][0]["day"])[:10] == "2025-03-20"
    described = json.loads((tmp_path / "all" / "csv-metadata.json").read_text("utf-8"))
    first = described["tables"][0]
    assert first["dc:extent"] == f"{len(TEXTS)} rows"
    assert first["tableSchema"]["columns"][0]["dc:description"] == "what was said"
    assert "rows of others.csv: 2" in (tmp_path / "all" / "about.txt").read_text("utf-8")


def test_a_formula_in_csv_begins_with_an_apostrophe(tmp_path: Path) -> None:
    write_folder([sheet()], ABOUT, str(tmp_path / "all"))
    text = (tmp_path / "all" / "things.csv").read_text("utf-8")
    for start in ("\n=", "\n+", "\n@", '\n"=', '\n"+', '\n"@'):
        assert start not in text


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear council")
    with pytest.raises(UsageError, match="other things"):
        write_folder([sheet()], ABOUT, str(tmp_path / "mine"))
    assert (tmp_path / "mine" / "letter.txt").read_text() == "dear council"
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_an_earlier_export_is_replaced_whole(tmp_path: Path) -> None:
    write_folder([sheet("old")], ABOUT, str(tmp_path / "all"))
    write_folder([sheet("new")], ABOUT, str(tmp_path / "all"))
    assert {path.name for path in (tmp_path / "all").iterdir()} == {
        "new.csv",
        "csv-metadata.json",
        "about.txt",
    }


def test_a_failure_in_the_middle_leaves_the_old_folder(tmp_path: Path) -> None:
    write_folder([sheet("old")], ABOUT, str(tmp_path / "all"))

    def broken() -> Iterator[Sheet]:
        yield sheet("new")
        raise OSError(28, "No space left on device")

    with pytest.raises(InputError, match="No space left"):
        write_folder(broken(), ABOUT, str(tmp_path / "all"))
    assert (tmp_path / "all" / "old.csv").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["all"]


def test_the_tables_of_a_store_are_whole_and_lead_to_their_reports(store: Path) -> None:
    with councilgraph.open(store) as graph:
        out = io.BytesIO()
        counts = write_book(sheets(graph), about(graph), out)
        counted = {
            name: next(iter(graph.sparql(f"SELECT (COUNT(*) AS ?n) WHERE {{ {pattern} }}").records()))["n"]  # type: ignore[union-attr]
            for name, pattern in {
                "findings": "?f <https://w3id.org/councilgraph/def#polarity> ?p",
                "scores": "?j <https://w3id.org/councilgraph/def#score> ?s",
                "themes": "?f <https://w3id.org/councilgraph/def#theme> ?t ; "
                "<https://w3id.org/councilgraph/def#polarity> ?p",
                "mentions": "?m a <https://w3id.org/councilgraph/def#Mention>",
                "facts": "?f a <https://w3id.org/councilgraph/def#Fact>",
                "organisations": "?o a <https://w3id.org/councilgraph/def#Organisation>",
            }.items()
        }
    assert list(counts) == [kind.name for kind in TABLES]
    assert {name: counts[name] for name in counted} == counted, "nothing of the invented store is rejected"
    assert counted["facts"] > 0
    read = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    assert read.sheetnames == ["About", *counts]
    notes = " ".join(str(row[1].value) for row in read["About"].iter_rows())
    assert "1 to 153" in notes
    for name in ("findings", "themes", "statistics", "mentions", "scores"):
        page = read[name]
        header = [cell.value for cell in page[1]]
        at = header.index("report") + 1
        linked = [page.cell(n, at).hyperlink for n in range(2, page.max_row + 1)]
        assert linked, name
        assert all(link and link.target.startswith("https://") for link in linked), name


def test_only_the_tables_that_are_asked_for_are_read(store: Path) -> None:
    with councilgraph.open(store) as graph:
        assert [one.name for one in sheets(graph, ["councils", "scores"])] == ["scores", "councils"]
        with pytest.raises(UsageError, match="no table 'score'"):
            list(sheets(graph, ["score"]))


def test_every_table_stands_on_a_stored_query_with_help_for_each_column(store: Path) -> None:
    with councilgraph.open(store) as graph:
        for kind in TABLES:
            assert all(column.help for column in graph.catalogue.get(kind.query).columns), kind.query
    assert len({kind.name for kind in workbook.TABLES}) == len(TABLES)


def test_the_csv_of_a_store_keeps_to_its_own_metadata(store: Path, tmp_path: Path) -> None:
    with councilgraph.open(store) as graph:
        counts = write_folder(sheets(graph), about(graph), str(tmp_path / "all"))
    read = CSVW(str(tmp_path / "all" / "csv-metadata.json"), validate=True)
    assert read.is_valid
    tables = {table.local_name: list(table) for table in read.tables}
    assert {name.removesuffix(".csv"): len(rows) for name, rows in tables.items()} == counts
    for row in tables["facts.csv"]:
        assert (row["value"] is None) != (row["text"] is None), "a figure, or the words in its place"
