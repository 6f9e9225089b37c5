"""Tables as Markdown (the form that GitHub reads), with every text made harmless."""

from __future__ import annotations

from councilgraph.results import Result
from councilgraph.results.values import Iri, Value, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

# Text of a report must not become mark-up, a link or a script on somebody's page.
_ESCAPES = str.maketrans(
    {
        "&": "&amp;",
        "<": "&lt;",
        ">": "&gt;",
        "\r": " ",
        "\n": "<br>",
        **{mark: "\\" + mark for mark in "\\|`*_[]~#!"},
    }
)
_LINKED = ("http://", "https://")


def write(result: Result, out: TextIO) -> int:
    """Writes the table and returns the number of its rows; numbers stand to the right."""
    numeric = ("integer", "decimal")
    out.write("| " + " | ".join(_text(column.name) for column in result.columns) + " |\n")
    marks = ["---:" if column.type in numeric else "---" for column in result.columns]
    out.write("|" + "|".join(marks) + "|\n")
    count = 0
    for row in result.rows:
        cells = [_cell(value, column.type) for value, column in zip(row, result.columns, strict=True)]
        out.write("| " + " | ".join(cells) + " |\n")
        count += 1
    return count


def _cell(value: Value, type: str) -> str:
    if not isinstance(value, str):
        return shown(value)
    link = type == "iri" or isinstance(value, Iri)
    if link and value.startswith(_LINKED) and not any(mark in value for mark in "<>|\\` \n\r\t"):
        return f"<{value}>"
    return _text(value)


def _text(text: str) -> str:
    return text.translate(_ESCAPES)
