"""One table of a workbook or of a folder."""

from __future__ import annotations

from dataclasses import dataclass

from councilgraph.results import Result


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with the name of its sheet or file.

    ``name`` is a slug ("findings"), ``title`` says in one sentence what a row is. The rows of
    ``result`` are read once, when the table is written.
    """

    name: str
    title: str
    result: Result
