"""The monthly workbook of the CQC, as OpenDocument: the same entries as from its sheet as CSV."""

from __future__ import annotations

import csv
import json
import tracemalloc
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest

from councilgraph.errors import InputError
from loaders.registers import read_register
from loaders.source import Form, Reading
from loaders.stream_table import read_table
from tests.loaders.registers.test_register_cases import CASES, as_json

SHEET = next(case for case in CASES if case.name == "providers-active-locations")
FORM = Form("bodies", {"code": ("Code",), "name": ("Name",)}, {}, None, 1, 9, "a table of bodies")
NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "table", "text")
)


def cell(text: str, **attributes: str) -> str:
    told = "".join(
        f" {name.replace('__', ':').replace('_', '-')}={quoteattr(v)}" for name, v in attributes.items()
    )
    inside = f"<text:p>{escape(text)}</text:p>" if text else ""
    return f"<table:table-cell{told}>{inside}</table:table-cell>"


def row(*cells: str, **attributes: str) -> str:
    return cell("", **attributes).replace("table-cell", "table-row").replace("><", f">{''.join(cells)}<", 1)


def sheet(name: str, *rows: str) -> str:
    return f"<table:table table:name={quoteattr(name)}><table:table-column/>{''.join(rows)}</table:table>"


def workbook(path: Path, *sheets: str, before: str = "") -> Path:
    body = f"<office:body><office:spreadsheet>{''.join(sheets)}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        out.writestr(
            "content.xml", f"{before}<office:document-content {NAMES}>{body}</office:document-content>"
        )
        out.writestr("settings.txt", "not the data")
    return path


HEAD = row(cell("Code"), cell("Name"))


def read(path: Path) -> list[tuple[str, str, str]]:
    return [(r["code"], r["name"], r.where) for r in read_table(FORM, path, Reading())]


def test_the_workbook_gives_the_same_entries_as_its_sheet(tmp_path: Path, invented_data: Path) -> None:
    with (SHEET / "HSCA_Active_Locations.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            row(*map(cell, fields), cell("", table__number_columns_repeated="16000"))
            for fields in csv.reader(file)
        ]
    path = workbook(
        tmp_path / "05_November_2026_HSCA_Active_Locations.ods",
        sheet(
            "README", row(cell("About this workbook")), row(cell("Provider ID"), cell("is explained here"))
        ),
        sheet("HSCA_Active_Locations", *rows, row(cell(""), table__number_rows_repeated="1000000")),
        sheet("Dual_Registration_Locations", row(cell("Location ID"), cell("Linked Organisation ID"))),
    )
    found = read_register("cqc-providers", [path], invented_data, Reading(force=True))
    assert as_json(found) == json.loads((SHEET / "expected.json").read_text(encoding="utf-8"))


def test_cells_tell_their_value_not_how_it_is_shown_and_remarks_are_no_value(tmp_path: Path) -> None:
    remark = "<office:annotation><text:p>Check this</text:p></office:annotation>"
    path = workbook(
        tmp_path / "bodies.ods",
        sheet(
            "Bodies",
            HEAD,
            row(
                cell("9,901", office__value_type="float", office__value="9901"),
                cell("Moor").replace("<text:p>", remark + "<text:p>"),
            ),
            row(
                cell("05/11/26", office__value_type="date", office__date_value="2026-11-05"),
                cell("A<text:s/>B").replace("&lt;text:s/&gt;", "<text:s/>"),
            ),
            row(cell("", table__number_columns_repeated="2"), table__number_rows_repeated="5"),
            row(cell("A3"), "<table:covered-table-cell/>", table__number_rows_repeated="900000000"),
            row(
                cell("A4"),
                cell("One").replace("</table:table-cell>", "<text:p>Two</text:p></table:table-cell>"),
            ),
        ),
    )
    assert read(path) == [
        ("9901", "Moor", f"{path}:Bodies row 2"),
        ("2026-11-05", "A B", f"{path}:Bodies row 3"),
        ("A3", "", f"{path}:Bodies row 9"),
        ("A4", "One\nTwo", f"{path}:Bodies row 900000009"),
    ]


def test_cells_that_say_they_are_repeated_endlessly_fill_no_memory(tmp_path: Path) -> None:
    many = row(*[cell("x", table__number_columns_repeated="999999999")] * 40)
    path = workbook(tmp_path / "bodies.ods", sheet("Bodies", HEAD, *[many] * 200))
    tracemalloc.start()
    with pytest.raises(InputError, match="The row has 1024 fields"):
        read(path)
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("before", "rows", "what"),
    [
        ('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>', [HEAD], "defines entities"),
        ("", [HEAD, row(cell("x" * 200_000), cell("y"))], "longer than"),
        ("", [HEAD, row(cell("A1"), cell("B"), cell("C"))], "has 3 fields, the header 2"),
        ("", [row(cell("Code"))], "no column Name"),
        ("", [], "no column Code"),
        ("", ["<not closed>"], "cut off or damaged"),
    ],
)
def test_workbooks_that_are_damaged_or_hostile_are_refused(
    tmp_path: Path, before: str, rows: list[str], what: str
) -> None:
    with pytest.raises(InputError, match=what):
        read(workbook(tmp_path / "bodies.ods", sheet("Bodies", *rows), before=before))


def test_half_a_workbook_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path / "bodies.ods", sheet("Bodies", HEAD, row(cell("A1"), cell("Moor"))))
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(InputError, match="cut off or damaged"):
        read(path)
