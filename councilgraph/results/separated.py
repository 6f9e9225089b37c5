"""Tables as CSV and TSV, safe to open in a spreadsheet.

UTF-8 without a byte-order mark, lines end in a line feed, a header line with the names of
the columns. A text that a spreadsheet would run as a formula gets a leading apostrophe, as
spreadsheets themselves write it, and a line break inside a cell is a line feed; JSON has
every text exactly as it is in the graph.
"""

from __future__ import annotations

import csv

from councilgraph.results import Result
from councilgraph.results.values import Value, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO

# The full-width signs too: a spreadsheet set to Japanese reads them as the plain ones.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")


def write(result: Result, out: TextIO, *, form: str = "csv") -> int:
    """Writes the table and returns the number of its rows."""
    delimiter = "\t" if form == "tsv" else ","
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\n")
    writer.writerow([column.name for column in result.columns])
    count = 0
    for row in result.rows:
        writer.writerow([_cell(value) for value in row])
        count += 1
    return count


def _cell(value: Value) -> str:
    text = shown(value)
    if "\r" in text:
        # Python leaves a lone carriage return unquoted, and readers would see a new row there.
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.startswith(_FORMULA_STARTS) and isinstance(value, str) and not _number(text):
        return "'" + text
    return text


def _number(text: str) -> bool:
    if text[-1].isspace() or text[0].isspace():
        return False
    try:
        float(text)
    except ValueError:
        return False
    return True
