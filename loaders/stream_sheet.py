"""Rows of an OpenDocument workbook, read from its XML as it streams by.

The CQC issues its monthly list of active locations so. A workbook of sixty thousand rows has
some hundred megabytes of XML; nothing of it is held but the row that is being read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from councilgraph.errors import InputError
from loaders.streams import STEP, Stream, broken

CELL = 2**17
"""Characters of a cell, as in a comma-separated file."""

COLUMNS = 1_024
"""Cells of a row; a cell may say of itself that it is repeated a million times."""

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_CELLS = frozenset({_TABLE + "table-cell", _TABLE + "covered-table-cell"})
_BREAKS = frozenset({_TEXT + "s", _TEXT + "tab", _TEXT + "line-break"})
# Cells hold their value as it is shown and as it is; a number as shown may have commas.
_VALUES = (_OFFICE + "date-value", _OFFICE + "value")

SheetRow = tuple[str, int, list[str]]
"""Name of the sheet, number of the row from 1, values without empty ones at the end."""


def sheet_rows(stream: Stream) -> Iterator[SheetRow]:
    """Yield every row that is not empty, sheet after sheet; a repeated row comes once.

    Raises InputError for XML that is damaged, defines entities or has an endless cell.
    """
    sheets = _Sheets(stream.path)
    try:
        while data := stream.read(STEP):
            sheets.parser.Parse(data, False)
            yield from sheets.take()
        sheets.parser.Parse(b"", True)
        yield from sheets.take()
    except expat.ExpatError as error:
        raise broken(stream.path, str(error)) from error


class _Sheets:
    """What the parser has met since the last ``take``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows: list[SheetRow] = []
        self._sheet = ""
        self._number = 0
        self._repeated = 1
        self._row: list[str] = []
        self._cell: list[str] | None = None
        self._length = 0
        self._value: str | None = None
        self._times = 1
        self._aside = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity

    def take(self) -> list[SheetRow]:
        """The rows that are complete, which are forgotten then."""
        rows, self._rows = self._rows, []
        return rows

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _OFFICE + "annotation":
            self._aside += 1  # a remark on the cell is not its value
        elif name in _CELLS:
            self._cell, self._length = [], 0
            self._times = _count(attributes.get(_TABLE + "number-columns-repeated"))
            self._value = next((attributes[key] for key in _VALUES if key in attributes), None)
        elif name == _TABLE + "table-row":
            self._row = []
            self._repeated = _count(attributes.get(_TABLE + "number-rows-repeated"))
        elif name == _TABLE + "table":
            self._sheet, self._number = attributes.get(_TABLE + "name", "")[:80], 0
        elif self._cell and name == _TEXT + "p":
            self._text("\n")
        elif name in _BREAKS:
            self._text(" ")

    def _end(self, name: str) -> None:
        if name == _OFFICE + "annotation":
            self._aside -= 1
        elif name in _CELLS and self._cell is not None:
            value = self._value if self._value is not None else "".join(self._cell)
            self._row += [value] * min(self._times, COLUMNS - len(self._row))
            self._cell = None
        elif name == _TABLE + "table-row":
            while self._row and not self._row[-1].strip():
                self._row.pop()
            if self._row:
                self._rows.append((self._sheet, self._number + 1, self._row))
            self._number += self._repeated
            self._row = []

    def _text(self, data: str) -> None:
        if self._cell is None or self._aside:
            return
        self._length += len(data)
        if self._length > CELL:
            raise InputError(
                f"A cell of {self._path.name} is longer than {CELL:,} characters.",
                where=f"{self._path}:{self._sheet} row {self._number + 1}",
                cure="This is no workbook of a register: get it again from its publisher.",
            )
        self._cell.append(data)

    def _entity(self, *_: object) -> None:
        # Entities that are made of entities grow to any size; no workbook defines one.
        raise InputError(
            f"{self._path.name} defines entities, as files made to do harm do.",
            where=str(self._path),
            cure="Get the workbook from its publisher's own address.",
        )


def _count(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 1
