"""Tables as a workbook: header frozen and filterable, numbers as numbers, IRIs as links.

Text is written as text: nothing in a report can become a formula. The same answer gives the
same bytes, so a workbook can be compared with the one of last month.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

import xlsxwriter

from councilgraph.errors import UsageError
from councilgraph.results import Result
from councilgraph.results.values import Iri, Value, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, BinaryIO

_MOST_ROWS = 1_048_575  # one less than a sheet holds, for the header
_MOST_LINKS = 65_000  # a sheet refuses the file above 65,530
_LONGEST_LINK = 2_079
_LONGEST_TEXT = 32_767
_CUT = " [cut: a cell holds no more]"
_WIDEST = 60


def write(result: Result, out: BinaryIO) -> int:
    """Writes the workbook and returns the number of rows.

    Raises:
        UsageError: the table has more rows than a sheet holds; it is not cut silently.
    """
    return write_sheets([(result.title, result)], out)


def write_sheets(results: Sequence[tuple[str, Result]], out: BinaryIO) -> int:
    """As ``write``, one sheet for each (name, table); the names differ in their first 31 letters."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, {**options, "strings_to_numbers": False})
    total = 0
    try:
        book.set_properties(
            {"title": results[0][1].title if results else "", "created": datetime.datetime(2000, 1, 1)}
        )
        formats = Formats(book)
        for name, result in results:
            sheet = book.add_worksheet(_sheet_name(name))
            count = _fill(result, sheet, formats)
            sheet.freeze_panes(1, 1)
            if result.columns:
                sheet.autofilter(0, 0, count, len(result.columns) - 1)
            total += count
    finally:
        book.close()
    return total


class Formats:
    """The formats of one workbook, and how many links were written with them."""

    def __init__(self, book: Any) -> None:
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.date = book.add_format({"num_format": "yyyy-mm-dd"})
        self.link = book.get_default_url_format()
        self.links = 0


def _fill(result: Result, sheet: Any, formats: Formats) -> int:
    widths = [len(column.name) for column in result.columns]
    for at, column in enumerate(result.columns):
        sheet.write_string(0, at, column.name, formats.head)
    count = 0
    for row in result.rows:
        count += 1
        if count > _MOST_ROWS:
            raise UsageError(
                f"The answer has more than {_MOST_ROWS:,} rows, which a sheet cannot hold.",
                cure="Write it with --format csv, or narrow the question.",
            )
        for at, (value, column) in enumerate(zip(row, result.columns, strict=True)):
            if value is not None:
                write_cell(sheet, (count, at), value, column.type, formats)
                widths[at] = max(widths[at], min(len(shown(value)), _WIDEST))
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width + 2)
    return count


def write_cell(sheet: Any, place: tuple[int, int], value: Value, type: str, formats: Formats) -> None:
    """Write one value: text as text, a web address as a link while there is room for links."""
    if isinstance(value, bool):
        sheet.write_boolean(*place, value)
    elif isinstance(value, str):
        if _is_link(value, type) and formats.links < _MOST_LINKS:
            formats.links += 1
            sheet.write_url(*place, value, formats.link, value[:_LONGEST_TEXT])
        elif type == "date" and (day := _day(value)):
            sheet.write_datetime(*place, day, formats.date)
        else:
            text = value if len(value) <= _LONGEST_TEXT else value[: _LONGEST_TEXT - len(_CUT)] + _CUT
            sheet.write_string(*place, text)
    elif value is not None:
        number = float(value)
        # Above 15 digits a cell changes the number, and it cannot hold an infinity.
        if number - number != 0 or (isinstance(value, int) and abs(value) >= 10**15):
            sheet.write_string(*place, shown(value))
        else:
            sheet.write_number(*place, number)


def _is_link(value: str, type: str) -> bool:
    """Only web addresses become links: file: or mailto: would act when clicked."""
    typed = type == "iri" or isinstance(value, Iri)
    return typed and len(value) <= _LONGEST_LINK and bool(re.fullmatch(r"https?://[^\s\"<>]+", value))


def _day(value: str) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(value)
    except ValueError:
        return None
    # A workbook's calendar starts in 1900.
    return day if day.year >= 1900 and len(value) == 10 else None


def _sheet_name(title: str) -> str:
    """A sheet's name: 31 characters, without the marks that a workbook refuses."""
    return re.sub(r"[\[\]:*?/\\'\s]+", " ", title).strip()[:31].rstrip() or "answer"
