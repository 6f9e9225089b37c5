"""Tables for a terminal; where they do not fit, one block of lines for each row."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from councilgraph.catalogue import Column
from councilgraph.results import Result
from councilgraph.results.values import HIDDEN, Value, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

_NUMBERS = ("integer", "decimal")
_NARROW = (*_NUMBERS, "boolean")
# Longer words are broken to make a table fit: headings over numbers, headings over text, cells.
_NARROW_HEADING, _HEADING, _WORD = 5, 7, 11
_DEFAULT_WIDTH = 100


def write(result: Result, out: TextIO, *, width: int | None = None, colour: bool = False) -> int:
    """Writes the table and returns the number of its rows, which the caller states.

    ``width`` is the number of characters of a line; a wide table wraps inside its cells.
    """
    width = width or _DEFAULT_WIDTH
    console = Console(
        file=out,
        width=width,
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        highlight=False,
        markup=False,
        emoji=False,
    )
    # A bare IRI is for programs: the name stands beside it, and the other formats have both.
    shown = [n for n, column in enumerate(result.columns) if column.type != "iri"]
    shown = shown or list(range(len(result.columns)))
    columns = [result.columns[n] for n in shown]
    rows = [tuple(_clean(row[n]) for n in shown) for row in result.rows]
    widths = _widths(columns, rows, width - len(columns) + 1)
    if widths is None:
        _blocks(console, columns, rows)
    else:
        _grid(console, columns, rows, widths)
    return len(rows)


def _widths(columns: list[Column], rows: list[tuple[str, ...]], room: int) -> list[int] | None:
    """The width of each column; None where the words of some column would have to be broken.

    Numbers take what they need; text columns share the rest, a narrow one no more than its
    longest cell.
    """
    cells = [[row[n] for row in rows] for n in range(len(columns))]
    widths: dict[int, int] = {}
    wanted: dict[int, int] = {}
    least: dict[int, int] = {}
    for n, column in enumerate(columns):
        heading = max(map(len, column.name.split("-")))
        if column.type in _NARROW:
            widths[n] = max([min(heading, _NARROW_HEADING), *map(len, cells[n])])
        else:
            wanted[n] = max(map(len, (column.name, *cells[n])))
            words = [min(len(word), _WORD) for cell in cells[n] for word in cell.split()]
            least[n] = max([min(heading, _HEADING), *words])
    room -= sum(widths.values())
    left = len(wanted)
    for n in sorted(wanted, key=wanted.__getitem__):
        widths[n] = min(wanted[n], max(room // left, least[n]))
        room -= widths[n]
        left -= 1
    return [widths[n] for n in range(len(columns))] if room >= 0 or not rows else None


def _grid(console: Console, columns: list[Column], rows: list[tuple[str, ...]], widths: list[int]) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    for column, width in zip(columns, widths, strict=True):
        right = column.type in _NUMBERS
        table.add_column(
            # Words instead of hyphens let a heading break, so that a column of scores is narrow.
            Text(column.name.replace("-", " ") if column.type in _NARROW else column.name),
            justify="right" if right else "left",
            overflow="fold",
            width=width,
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def _blocks(console: Console, columns: list[Column], rows: list[tuple[str, ...]]) -> None:
    longest = max(len(column.name) for column in columns)
    for number, row in enumerate(rows):
        if number:
            console.print()
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=longest, style="bold")
        grid.add_column(overflow="fold")
        for column, cell in zip(columns, row, strict=True):
            grid.add_row(Text(column.name), Text(cell))
        console.print(grid)


def _clean(value: Value) -> str:
    return shown(value).translate(HIDDEN)
