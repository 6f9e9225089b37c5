"""Tables for a terminal; where they do not fit, one block of lines for each row."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from councilgraph.results import Result
from councilgraph.results.values import Value, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

_NARROWEST = 7  # characters a column needs before it breaks every word
_DEFAULT_WIDTH = 100
# Control characters move the cursor and recolour the screen; a report's text must not.
# Direction marks can make a line read as another one.
_CONTROLS = dict.fromkeys(
    [*range(32), *range(0x7F, 0xA0), 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], " "
)


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
    rows = [tuple(_clean(value) for value in row) for row in result.rows]
    if len(result.columns) * (_NARROWEST + 2) > width and rows:
        _blocks(console, result, rows)
    else:
        _grid(console, result, rows)
    return len(rows)


def _grid(console: Console, result: Result, rows: list[tuple[str, ...]]) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for column in result.columns:
        right = column.type in ("integer", "decimal")
        # fold: an address cut with an ellipsis can be neither read nor copied.
        table.add_column(Text(column.name), justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def _blocks(console: Console, result: Result, rows: list[tuple[str, ...]]) -> None:
    longest = max(len(column.name) for column in result.columns)
    for number, row in enumerate(rows):
        if number:
            console.print()
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=longest, style="bold")
        grid.add_column(overflow="fold")
        for column, cell in zip(result.columns, row, strict=True):
            grid.add_row(Text(column.name), Text(cell))
        console.print(grid)


def _clean(value: Value) -> str:
    return shown(value).translate(_CONTROLS)
