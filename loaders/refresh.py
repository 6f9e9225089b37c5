"""Make one tidy table anew from files that its publishers issue.

The old table is replaced in one step and only by a table that has been read back and
checked; after any error it stands as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from councilgraph.errors import InputError
from loaders.csvfile import Row
from loaders.recipe import Given, Recipe
from loaders.recipes import RECIPES, TABLE_ORDER
from loaders.reference import read_reference
from loaders.scores import read_scores
from loaders.source import Reading, column_names, fits
from loaders.tidy import TABLES, Table, read_table, write_table

LOSS_ALLOWED = 0.10
"""Share of a table's rows that may go in one refresh. A register loses a few bodies a year;
a file cut off in the download loses many, and every report that names them its links."""


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """What a refresh did: counts of rows, and remarks for the person who ran it.

    ``follow_up`` says what does not fit together any more, empty when all does.
    """

    table: str
    path: Path
    rows: int
    added: int
    removed: int
    changed: int
    notes: tuple[str, ...] = ()
    follow_up: str = ""

    def __str__(self) -> str:
        counts = f"{self.added} added, {self.removed} removed, {self.changed} changed"
        lines = [f"{self.table}: {self.rows} rows in {self.path} ({counts})"]
        lines += [f"  note: {note}" for note in self.notes]
        if self.follow_up:
            lines.append(f"  still to do: {self.follow_up}")
        return "\n".join(lines)


def refresh(
    table: str, files: list[Path], data: Path, force: bool = False, afresh: bool = False
) -> RefreshReport:
    """Write the tidy table ``table`` below ``data`` anew from publishers' ``files``.

    ``force`` accepts a file with too few rows and a table that loses more than a tenth of
    its rows. ``afresh`` takes nothing over from the present table (former names of trusts,
    boards that have ended); only the script that makes all tables wants that.

    Raises InputError for an unknown table, a file of no form that the table is made from, a
    missing file, and everything the readers of the sources refuse. The old table is kept.
    """
    if table not in RECIPES:
        raise InputError(
            f"There is no table {table!r} to refresh.",
            where="refresh",
            cure=f"Tables are: {', '.join(TABLE_ORDER)}. pilots.csv and curated/ are kept by hand.",
        )
    target = TABLES[table]
    path = data / target.path
    reading = Reading(force=force)
    given = Given(_recognise(RECIPES[table], table, files), data, reading, afresh)
    new = {_key(target, row): row for row in _made(RECIPES[table], given, target)}
    old = {_key(target, row): row for row in read_table(data, table)} if path.exists() else {}
    removed = old.keys() - new.keys()
    if len(removed) > LOSS_ALLOWED * len(old) and not force:
        raise InputError(
            f"The new {table} would lose {len(removed)} of {len(old)} rows.",
            where=", ".join(str(file) for file in files),
            cure="Check that the files are whole and of the right year. If it is right, use "
            "--force. Lost rows begin with: " + "; ".join(map(", ".join, sorted(removed)[:5])),
        )
    write_table(path, target, new.values())
    return RefreshReport(
        table=table,
        path=path,
        rows=len(new),
        added=len(new.keys() - old.keys()),
        removed=len(removed),
        changed=sum(
            any(row[column] != old[key][column] for column in target.columns)
            for key, row in new.items()
            if key in old
        ),
        notes=tuple(reading.notes),
        follow_up=_follow_up(data),
    )


def _key(target: Table, row: Mapping[str, str] | Row) -> tuple[str, ...]:
    return tuple(row[column] for column in target.key)


def _made(recipe: Recipe, given: Given, target: Table) -> list[Mapping[str, str]]:
    """The new rows; a key that comes twice is an error, not the last one's victory."""
    made = list(recipe.make(given))
    seen: set[tuple[str, ...]] = set()
    for row in made:
        key = _key(target, row)
        if key in seen:
            raise InputError(
                f"The files have {' and '.join(target.key)} {', '.join(key)!r} twice.",
                where=", ".join(str(path) for paths in given.files.values() for path in paths),
                cure="Take one of the two out of a copy of the file, and tell the publisher.",
            )
        seen.add(key)
    return made


def _recognise(recipe: Recipe, table: str, files: list[Path]) -> dict[str, list[Path]]:
    """The files by form, told by their columns; every needed form must be there."""
    found: dict[str, list[Path]] = {}
    wanted = "; ".join(form.describe for form, _ in recipe.needs)
    for path in files:
        for form, _ in recipe.needs:
            if fits(form, path):
                found.setdefault(form.name, []).append(path)
                break
        else:
            columns = ", ".join(column_names(path)[:8]) or "none: it is empty"
            raise InputError(
                f"{path.name} is not a file that {table} is made from.",
                where=f"{path}:1",
                cure=f"Expected: {wanted}. Its first columns are: {columns}.",
            )
    for form, needed in recipe.needs:
        if needed and form.name not in found:
            raise InputError(
                f"{table} also needs {form.describe}.",
                where=", ".join(str(path) for path in files) or "refresh",
                cure="Give all the files in one command, in any order.",
            )
    return found


def _follow_up(data: Path) -> str:
    """What no longer fits together in the data folder, for instance a council's old code."""
    try:
        read_reference(data)
        read_scores(data)
    except InputError as error:
        return f"{error.what} ({error.where})"
    return ""
