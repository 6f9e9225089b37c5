"""What a recipe for a tidy table is, and what it is given to work with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from loaders.csvfile import Row
from loaders.source import Form, Reading
from loaders.tidy import TABLES, read_table


@dataclass(frozen=True, slots=True)
class Given:
    """What a recipe works with: files by form, the data folder, how to read.

    ``afresh`` leaves the present table out of account, where it would be added to.
    """

    files: Mapping[str, list[Path]]
    data: Path
    reading: Reading = field(default_factory=Reading)
    afresh: bool = False

    def file(self, form: str) -> Path:
        """The last file of a form (the newest, where several were given)."""
        return self.files[form][-1]

    def existing(self, table: str) -> list[Row]:
        """The rows of the present table, none if there is none or all is made afresh."""
        there = (self.data / TABLES[table].path).exists()
        return read_table(self.data, table) if there and not self.afresh else []


Rows = Iterable[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Recipe:
    """``needs`` are the forms, each with a flag whether the table needs it in any case."""

    make: Callable[[Given], Rows]
    needs: tuple[tuple[Form, bool], ...]


def councils_by_area(given: Given) -> dict[str, Row]:
    """The rows of authorities.csv by GSS code."""
    return {row["gss"]: row for row in read_table(given.data, "authorities")}


def refuse_gaps(councils: Mapping[str, Row], covered: set[str], kind: str) -> None:
    """Raise InputError for a council that a lookup leaves out.

    Left to pass, its partners would silently never be found in its reports.
    """
    for gss in sorted(councils.keys() - covered):
        raise councils[gss].problem(
            f"{councils[gss]['name']} ({gss}) has no {kind} in the lookup.",
            "Use lookups of the same year as authorities.csv, or refresh authorities first.",
        )
