"""A workbook of many tables, written row by row.

Every sheet has its header frozen and filterable, and columns as wide as their content. Text is
written as text, so that nothing in a report can become a formula. A table with more rows than
a sheet holds goes on in the next sheet. The same tables give the same bytes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO

import xlsxwriter

from councilgraph.outfile import whole_file
from councilgraph.plain import xml_text
from councilgraph.results.values import Value, shown
from councilgraph.results.xlsx import Formats, write_cell
from councilgraph.workbook.sheet import Sheet

if TYPE_CHECKING:
    Row = tuple[Value, ...]

MOST_ROWS = 1_048_575  # one less than a sheet holds, for the header
_WIDEST = 60
# Excel refuses the file above 65,530 links on a sheet. A row's own report comes first; the
# addresses of things stand as text, which can be copied and followed all the same.
_LINKED = ("report", "page", "address", "licence", "website")


def write_book_file(sheets: Iterable[Sheet], about: Sequence[tuple[str, str]], path: str) -> dict[str, int]:
    """As `write_book`, into a file that is there whole or not at all.

    Raises:
        InputError: the file cannot be written.
    """
    with whole_file(path) as out:
        return write_book(sheets, about, out)


def write_book(
    sheets: Iterable[Sheet],
    about: Sequence[tuple[str, str]],
    out: BinaryIO,
    *,
    most_rows: int = MOST_ROWS,
) -> dict[str, int]:
    """Write the workbook; the number of rows of each table by its name.

    The first sheet, About, tells what ``about`` says and how many rows each table has.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, {**options, "strings_to_numbers": False})
    counts: dict[str, int] = {}
    try:
        title = next((text for heading, text in about if heading == "title"), "")
        book.set_properties({"title": title, "created": datetime.datetime(2000, 1, 1)})
        first = book.add_worksheet("About")
        told: list[tuple[str, str, int]] = []
        for sheet in sheets:
            rows = iter(sheet.result.rows)
            number, more = 0, True
            while more:
                number += 1
                name = sheet.name if number == 1 else f"{sheet.name} ({number})"
                count, more = _fill(book, name, sheet, rows, most_rows)
                counts[sheet.name] = counts.get(sheet.name, 0) + count
                told.append((name, sheet.title, count))
        _about(book, first, about, told)
    finally:
        book.close()
    return counts


def _fill(book: Any, name: str, sheet: Sheet, rows: Iterator[Row], most_rows: int) -> tuple[int, bool]:
    """Fill one sheet; the number of its rows, and whether there may be more."""
    page = book.add_worksheet(name[:31])
    formats = Formats(book)  # of its own: links are counted for each sheet
    columns = sheet.result.columns
    # A link is written only where it leads to a report or page; types say which these are.
    types = [
        "string" if column.type == "iri" and column.name not in _LINKED else column.type for column in columns
    ]
    widths = [len(column.name) for column in columns]
    for at, column in enumerate(columns):
        page.write_string(0, at, xml_text(column.name), formats.head)
    count = 0
    while count < most_rows:
        row = next(rows, None)
        if row is None:
            break
        count += 1
        for at, (value, type) in enumerate(zip(row, types, strict=True)):
            if value is not None:
                safe = xml_text(value) if isinstance(value, str) else value
                write_cell(page, (count, at), safe, type, formats)
                widths[at] = max(widths[at], min(len(shown(value)), _WIDEST))
    for at, width in enumerate(widths):
        page.set_column(at, at, width + 2)
    page.freeze_panes(1, 1)
    if columns:
        page.autofilter(0, 0, count, len(columns) - 1)
    return count, count == most_rows


def _about(book: Any, page: Any, about: Sequence[tuple[str, str]], told: list[tuple[str, str, int]]) -> None:
    formats = Formats(book)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 90)
    page.set_column(2, 2, 12)
    line = 0
    for heading, text in about:
        page.write_string(line, 0, heading, formats.head)
        page.write_string(line, 1, xml_text(text), wrapped)
        line += 1
    line += 1
    for at, heading in enumerate(("sheet", "what a row is", "rows")):
        page.write_string(line, at, heading, formats.head)
    for name, title, count in told:
        line += 1
        # A link inside the file: it opens the sheet.
        page.write_url(line, 0, f"internal:'{name}'!A1", formats.link, name)
        page.write_string(line, 1, xml_text(title), wrapped)
        page.write_number(line, 2, count)
