"""Tables as JSON: an array of records, each from column to value, nulls kept."""

from __future__ import annotations

import json

from councilgraph.results import Result
from councilgraph.results.values import Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TextIO


def write(result: Result, out: TextIO) -> int:
    """Writes one record a line, so that a large answer streams and a small one can be read."""
    names = [column.name for column in result.columns]
    count = 0
    for row in result.rows:
        record = {name: plain(value) for name, value in zip(names, row, strict=True)}
        out.write(("," if count else "[") + "\n" + json.dumps(record, ensure_ascii=False))
        count += 1
    out.write("\n]\n" if count else "[]\n")
    return count


def plain(value: Value) -> object:
    """A value as JSON holds it: text, whole number, truth, or a number."""
    if value is None or isinstance(value, (str, int)):
        return value
    number = float(value)
    # JSON has no NaN and no infinity; a reader in another language would refuse the whole file.
    return number if number - number == 0 else str(value)
