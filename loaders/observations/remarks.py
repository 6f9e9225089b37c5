"""What was left out or odd in a table, gathered: one warning for each sort, not one for each row.

A table of all England has hundreds of rows about places that the graph does not know; told
one by one they would bury the warning that matters.
"""

from __future__ import annotations

from pathlib import Path

from councilgraph.model import LoadWarning

_SHOWN = 5
_SAID = {
    "unknown-area": "Rows left out because their area is not in the graph: {n} ({shown}).",
    "no-value": "Values left out because the publisher gives none: {n} ({shown}).",
    "malformed-number": "Values that are no numbers and are kept as printed: {n} ({shown}).",
    "repeated-row": "Rows left out because they repeat an earlier row: {n} ({shown}).",
    "unnamed-measure": "Rows left out because the description does not name their measure: {n} ({shown}).",
}


class Remarks:
    """Counts remarks by sort and keeps the first few of each, with their lines."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._shown: dict[str, list[str]] = {}

    def add(self, sort: str, value: str, where: str) -> None:
        """One remark; ``where`` ends in the line number."""
        self._counts[sort] = self._counts.get(sort, 0) + 1
        shown = self._shown.setdefault(sort, [])
        if len(shown) < _SHOWN:
            shown.append(f"line {where.rpartition(':')[2]}: {value[:40]!r}")

    def count(self, sort: str) -> int:
        """How many there are of a sort."""
        return self._counts.get(sort, 0)

    def warnings(self, path: Path) -> tuple[LoadWarning, ...]:
        """One warning for each sort that occurred."""
        return tuple(
            LoadWarning(sort, said.format(n=self._counts[sort], shown=self._list(sort)), str(path))
            for sort, said in _SAID.items()
            if sort in self._counts
        )

    def _list(self, sort: str) -> str:
        more = self._counts[sort] - len(self._shown[sort])
        return "; ".join(self._shown[sort]) + (f"; and {more} more" if more else "")
