"""Every format: the same table, every row, nothing dangerous, nothing lost."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from councilgraph.catalogue import Column
from councilgraph.errors import InputError, UsageError
from councilgraph.results import FORMATS, Result, Triples, format_of, write, write_file
from councilgraph.results.values import any_value, converter, shown
from tests.queries.answers import CATALOGUE, answer, mini_graph

COLUMNS = [
    Column("name", "string"), Column("name-iri", "iri"), Column("score", "integer"),
    Column("share", "decimal"), Column("late", "boolean"), Column("started", "date"),
]  # fmt: skip
IRI = "https://w3id.org/councilgraph/id/council/NMR"
ROWS: list[tuple[Any, ...]] = [
    ("Northmoor County Council", IRI, 3, Decimal("62.50"), True, "2025-03-20"),
    ("=cmd|' /C calc'!A0", "javascript:alert(1)", -2, Decimal("0.000"), False, "2025-03"),
    ('a "b", | <script>\nnew [x](y)\t\x1b[31m', None, None, None, None, None),
]
HOSTILE = ["=1+1", "+44 1", "-x", "@SUM(A1)", "\tx", "\rx", "\n=x", "＝1", "=" * 3]


def output(answer: Result | Triples, form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    write(answer, form, out, **options)
    assert not out.closed
    return out.getvalue()


def text(form: str, rows: list[tuple[Any, ...]] | None = None, **options: Any) -> str:
    return output(Result(COLUMNS, iter(ROWS if rows is None else rows), "a title"), form, **options).decode()


def sheet(data: bytes) -> tuple[list[list[str]], str, zipfile.ZipFile]:
    """The cells of a workbook's only sheet, its XML, and the file."""
    book = zipfile.ZipFile(io.BytesIO(data))
    xml = book.read("xl/worksheets/sheet1.xml").decode()
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    shared: list[str] = []
    if "xl/sharedStrings.xml" in book.namelist():
        root = ET.fromstring(book.read("xl/sharedStrings.xml"))
        shared = ["".join(t.text or "" for t in item.iter(f"{{{space['m']}}}t")) for item in root]
    rows = []
    for row in ET.fromstring(xml).iterfind(".//m:row", space):
        cells = []
        for cell in row:
            value = "".join(part.text or "" for part in cell.iter() if part.text)
            cells.append(shared[int(value)] if cell.get("t") == "s" else value)
        rows.append(cells)
    return rows, xml, book


@pytest.mark.parametrize("form", [one.name for one in FORMATS.values() if one.form == "SELECT"])
def test_every_format_gives_every_row_and_its_number(form: str) -> None:
    many = [(f"c{n}", IRI, n, None, None, None) for n in range(2_000)]
    out = io.BytesIO()
    assert write(Result(COLUMNS, iter(many)), form, out) == 2_000
    assert write(Result(COLUMNS, iter(())), form, io.BytesIO()) == 0


def test_csv() -> None:
    read = list(csv.reader(io.StringIO(text("csv"))))
    assert read[0] == ["name", "name-iri", "score", "share", "late", "started"]
    assert read[1] == ["Northmoor County Council", IRI, "3", "62.5", "true", "2025-03-20"]
    assert read[2] == ["'=cmd|' /C calc'!A0", "javascript:alert(1)", "-2", "0", "false", "2025-03"]
    assert read[3] == [ROWS[2][0], "", "", "", "", ""]


@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize("value", HOSTILE)
def test_no_cell_becomes_a_formula(form: str, value: str) -> None:
    plain = text(form, [(value, None, None, None, None, None)])
    delimiter = "\t" if form == "tsv" else ","
    assert list(csv.reader(io.StringIO(plain, newline=""), delimiter=delimiter))[1][0] == "'" + value.replace(
        "\r", "\n"
    )


@pytest.mark.parametrize("value", ["-5", "+1.5", "-1e3", "plain", "'quoted", "1-2", ""])
def test_numbers_and_plain_text_stay_as_they_are(value: str) -> None:
    assert list(csv.reader(io.StringIO(text("csv", [(value, None, 1, None, None, None)]))))[1][0] == value


def test_tsv() -> None:
    read = list(csv.reader(io.StringIO(text("tsv"), newline=""), delimiter="\t"))
    assert len(read) == 4
    assert read[3][0] == ROWS[2][0]


def test_json() -> None:
    records = json.loads(text("json"))
    assert records[0] == dict(zip([c.name for c in COLUMNS], [*ROWS[0][:3], 62.5, *ROWS[0][4:]], strict=True))
    assert records[1]["name"] == ROWS[1][0], "JSON has the text as it is"
    assert records[2]["score"] is None
    assert json.loads(text("json", [])) == []
    odd = [("x", None, None, Decimal("NaN"), None, None), ("x", None, None, Decimal("Infinity"), None, None)]
    assert [record["share"] for record in json.loads(text("json", odd))] == ["NaN", "Infinity"]


def test_sparql_json_is_read_by_another_reader() -> None:
    solutions: Any = pyoxigraph.parse_query_results(
        text("sparql-json"), format=pyoxigraph.QueryResultsFormat.JSON
    )
    assert [one.value for one in solutions.variables] == [c.variable for c in COLUMNS]
    first, _, last = list(solutions)
    assert first["name_iri"] == pyoxigraph.NamedNode(IRI)
    assert first["score"] == pyoxigraph.Literal(3)
    assert first["late"] == pyoxigraph.Literal(True)
    assert first["started"].datatype.value.endswith("#date")
    assert last["name"].value == ROWS[2][0]
    assert last["score"] is None


def test_a_query_of_ones_own_keeps_its_terms() -> None:
    terms = [
        pyoxigraph.NamedNode("urn:a"), pyoxigraph.Literal("bon", language="fr"), pyoxigraph.Literal("x"),
        pyoxigraph.Literal(5), pyoxigraph.Literal("2025-03", datatype=pyoxigraph.NamedNode("urn:month")),
        pyoxigraph.BlankNode("b1"), None, pyoxigraph.Literal(True),
    ]  # fmt: skip
    names = [f"v{n}" for n in range(len(terms))]
    data = output(Result.of_terms(names, [tuple(terms)]), "sparql-json").decode()
    solutions: Any = pyoxigraph.parse_query_results(data, format=pyoxigraph.QueryResultsFormat.JSON)
    (row,) = solutions
    assert list(row) == terms
    (values,) = Result.of_terms(names, [tuple(terms)]).rows
    assert list(values) == ["urn:a", "bon", "x", 5, "2025-03", "_:b1", None, True]


def test_markdown() -> None:
    lines = text("markdown").splitlines()
    assert lines[1] == "|---|---|---:|---:|---|---|"
    assert f"<{IRI}>" in lines[2]
    assert "<javascript" not in lines[3]
    assert "<script>" not in lines[4] and "&lt;script&gt;<br>new \\[x\\]" in lines[4] and "\\|" in lines[4]
    assert len(lines) == 5
    assert all(len(re.findall(r"(?<!\\)\|", line)) == 7 for line in lines)


def test_xlsx() -> None:
    data = output(Result(COLUMNS, iter(ROWS), "Q01: a/b [c]"), "xlsx")
    rows, xml, book = sheet(data)
    assert rows[0] == [column.name for column in COLUMNS]
    assert rows[1][0] == "Northmoor County Council"
    assert rows[2][0] == "=cmd|' /C calc'!A0"
    assert "<f>" not in xml, "no formula"
    assert 'state="frozen"' in xml and '<autoFilter ref="A1:F4"/>' in xml
    links = book.read("xl/worksheets/_rels/sheet1.xml.rels").decode()
    assert IRI in links and "javascript" not in links
    assert 'name="Q01 a b c"' in book.read("xl/workbook.xml").decode()
    assert output(Result(COLUMNS, iter(ROWS), "Q01: a/b [c]"), "xlsx") == data, "same answer, same bytes"


def test_xlsx_holds_more_links_than_a_sheet_allows() -> None:
    rows = [(None, f"https://example.org/{n}") for n in range(65_600)]
    data = output(Result(COLUMNS[:2], iter(rows)), "xlsx")
    cells, _, book = sheet(data)
    assert len(cells) == 65_601
    assert cells[-1][-1] == "https://example.org/65599"
    assert book.read("xl/worksheets/_rels/sheet1.xml.rels").count(b"<Relationship ") == 65_000


def test_xlsx_refuses_what_a_sheet_cannot_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("councilgraph.results.xlsx._MOST_ROWS", 2)
    with pytest.raises(UsageError, match="cannot hold"):
        output(Result(COLUMNS, iter(ROWS)), "xlsx")


def test_xlsx_marks_a_cell_that_is_cut() -> None:
    rows, _, _ = sheet(output(Result(COLUMNS[:1], iter([("x" * 40_000,)])), "xlsx"))
    assert len(rows[1][0]) == 32_767
    assert rows[1][0].endswith("[cut: a cell holds no more]")


def test_table_wraps_and_cuts_nothing() -> None:
    long = "A [red]name[/red] " + "x" * 200
    shown_lines = text("table", [(long, IRI, 1, None, None, None)], width=80)
    assert "…" not in shown_lines
    assert "".join(re.sub(r"\s", "", shown_lines)).count("x") >= 200
    assert "[red]name" in shown_lines, "no mark-up is read in a value"
    assert max(map(len, shown_lines.splitlines())) <= 80


def test_table_shows_names_and_leaves_iris_to_the_other_formats() -> None:
    assert "https://" not in text("table", width=200)
    only = output(Result(COLUMNS[1:2], iter([(IRI,)])), "table", width=200).decode()
    assert IRI in only, "a table of nothing but IRIs shows them"


def test_table_of_many_columns_becomes_blocks_on_a_narrow_terminal() -> None:
    lines = text("table", width=24).splitlines()
    assert lines[0].split()[0] == "name"
    assert any(line.startswith("started") for line in lines)
    assert "" in lines


@pytest.mark.parametrize("width", [30, 60, 200])
def test_table_sends_no_control_characters(width: int) -> None:
    shown_text = text("table", width=width)
    assert not set(re.findall(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown_text))
    assert "\x1b[" in text("table", width=width, colour=True)


@pytest.mark.parametrize("form", ["turtle", "nt", "jsonld"])
def test_graphs_are_the_same_triples_in_every_format(form: str) -> None:
    query = CATALOGUE.get("V01")
    found = answer(mini_graph(), query, {"authority": "northmoor"})
    assert isinstance(found, Triples)
    kinds = {"turtle": "TURTLE", "nt": "N_TRIPLES", "jsonld": "JSON_LD"}
    data = output(found, form)
    again = answer(mini_graph(), query, {"authority": "northmoor"})
    assert isinstance(again, Triples)
    read = {quad.triple for quad in pyoxigraph.parse(data, format=getattr(pyoxigraph.RdfFormat, kinds[form]))}
    assert read == set(again.triples)
    if form == "turtle":
        assert b"@prefix cg:" in data


def test_graph_states_the_number_of_different_triples() -> None:
    node = pyoxigraph.NamedNode("urn:a")
    assert write(Triples([pyoxigraph.Triple(node, node, node)] * 2), "nt", io.BytesIO()) == 1


def test_formats_that_do_not_fit_are_refused() -> None:
    with pytest.raises(UsageError, match="no format 'pdf'") as caught:
        output(Result(COLUMNS, []), "pdf")
    assert "table, csv, tsv, json, sparql-json, markdown, xlsx" in caught.value.cure
    with pytest.raises(UsageError, match="turtle cannot hold"):
        output(Result(COLUMNS, []), "turtle")
    with pytest.raises(UsageError, match="csv cannot hold") as caught:
        output(Triples([]), "csv")
    assert "turtle, nt, jsonld" in caught.value.cure


def test_the_ending_of_a_file_names_its_format() -> None:
    assert format_of("a/b.XLSX") == "xlsx"
    assert format_of(Path("a.md")) == "markdown"
    assert format_of("a.unknown") is None


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("last month")

    def broken() -> Iterator[tuple[Any, ...]]:
        yield ROWS[0]
        raise UsageError("the store went away")

    with pytest.raises(UsageError):
        write_file(Result(COLUMNS, broken()), "csv", path)
    assert path.read_text() == "last month"
    assert write_file(Result(COLUMNS, ROWS), "csv", path) == 3
    assert path.read_text().startswith("name,")
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(InputError) as caught:
        write_file(Result(COLUMNS, ROWS), "csv", tmp_path / "none" / "table.csv")
    assert "-o" in caught.value.cure


def test_columns_that_differ_from_the_header_are_an_error() -> None:
    with pytest.raises(UsageError, match="not those of its header"):
        Result.of_terms(["other"], [], COLUMNS[:1])


def test_values_that_do_not_fit_their_column_are_shown() -> None:
    assert converter("integer")(pyoxigraph.Literal("62.0")) == 62
    assert converter("integer")(pyoxigraph.Literal("70%")) == "70%"
    assert converter("integer")(pyoxigraph.Literal("2.5")) == Decimal("2.5")
    assert converter("decimal")(pyoxigraph.Literal("about 5")) == "about 5"
    wrong = pyoxigraph.Literal(
        "abc", datatype=pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    )
    assert any_value(wrong) == "abc"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_decimals_are_shown_without_exponent_and_unchanged(number: Decimal) -> None:
    assert Decimal(shown(number)) == number
    assert "E" not in shown(number)


def breaks(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5))
def test_any_text_comes_back_from_csv_and_json(values: list[str]) -> None:
    rows = [(value, None, None, None, None, None) for value in values]
    assert [record["name"] for record in json.loads(text("json", rows))] == values
    read = list(csv.reader(io.StringIO(text("csv", rows), newline="")))[1:]
    assert [row[0].removeprefix("'") for row in read] == [breaks(value).removeprefix("'") for value in values]
