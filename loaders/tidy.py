"""Our own tidy tables in ``data/``: what columns they have, reading and writing them.

UTF-8, LF, one header line, rows sorted by key, several values in a field parted by ``|``.
The same rows always give the same bytes, so that a change in a register is a short diff.
"""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from councilgraph.errors import InputError
from councilgraph.faultpoints import faultpoint
from councilgraph.leftovers import create, sweep
from councilgraph.statements import STATEMENTS
from loaders.csvfile import Row, header_of, rows


@dataclass(frozen=True, slots=True)
class Table:
    """A tidy table: ``path`` below the data folder, ``key`` the columns that name a row.

    ``unique`` are further columns in which no value may occur twice; empty ones may.
    """

    name: str
    path: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    unique: tuple[str, ...] = ()

    @property
    def by_hand(self) -> bool:
        """Kept by hand: no register of a publisher makes it."""
        return self.name == "pilots" or self.name.startswith("curated/")


def _table(name: str, columns: str, keys: int = 1, unique: str = "", path: str = "") -> Table:
    """A table whose first ``keys`` columns are its key."""
    names = tuple(columns.split())
    return Table(name, path or f"reference/{name}.csv", names, names[:keys], tuple(unique.split()))


TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        _table("regions", "gss name", unique="name"),
        _table(
            "authorities",
            "code name short_name type gss region_gss other_names opendatacommunities wikidata "
            "website valid_from",
            unique="name gss opendatacommunities wikidata",
        ),
        _table("icb-successions", "predecessor successor date kind", keys=2),
        _table("icbs", "ods gss name short_names valid_from valid_until", unique="gss name"),
        _table("authority-icb", "authority_gss icb_ods share", keys=2),
        _table("nhs-trusts", "ods name icb_ods opened closed former_names"),
        _table("police-forces", "gss area_name name wikidata", unique="area_name name wikidata"),
        _table("authority-police", "authority_gss police_gss", keys=2),
        _table(
            "national-bodies",
            "key name former_names abbreviations kind website valid_from valid_until",
            unique="name",
        ),
        _table("wikidata", "scheme value wikidata method", keys=2, unique="wikidata"),
        _table("acts", "path title year number other_titles", unique="title"),
        _table(
            "scores",
            f"authority published_month rating {' '.join(STATEMENTS)} percentage_published address slug",
            keys=2,
            unique="slug",
            path="assessments/scores.csv",
        ),
        _table(
            "pilots",
            f"authority started published rating {' '.join(STATEMENTS)} address",
            keys=1,
            path="assessments/pilots.csv",
        ),
        _table("curated/authorities", "code other_names", path="curated/authorities.csv"),
        _table("curated/police-forces", "gss name", path="curated/police-forces.csv"),
        _table(
            "curated/national-bodies",
            "key name former_names abbreviations kind website valid_from valid_until",
            path="curated/national-bodies.csv",
        ),
    )
}
"""Every tidy table by name."""


def values(field: str) -> tuple[str, ...]:
    """The values of a field that may hold several, parted by ``|``.

    >>> values("NHS Northmoor ICB|Northmoor ICB")
    ('NHS Northmoor ICB', 'Northmoor ICB')
    """
    return tuple(value.strip() for value in field.split("|") if value.strip())


def read_table(data: Path, name: str) -> list[Row]:
    """The rows of the tidy table ``name`` in the data folder, in the order of the file.

    Raises InputError for a missing file, missing or unknown column, empty or repeated key.
    """
    table = TABLES[name]
    return check_table(data / table.path, table)


def check_table(path: Path, table: Table) -> list[Row]:
    """As ``read_table``, for a file that need not lie in its place yet."""
    header = header_of(path)
    cure = f"The columns of {table.path} are: {', '.join(table.columns)}."
    for column in table.columns:
        if column not in header:
            raise InputError(f"There is no column {column!r}.", where=f"{path}:1", cure=cure)
    for column in header:
        if column not in table.columns:
            raise InputError(f"Unknown column {column!r}.", where=f"{path}:1", cure=cure)
    found = list(rows(path))
    for columns in (table.key, *((column,) for column in table.unique)):
        _refuse_repeats(found, columns, is_key=columns == table.key)
    return found


def _refuse_repeats(found: list[Row], columns: tuple[str, ...], *, is_key: bool) -> None:
    seen: dict[tuple[str, ...], str] = {}
    for row in found:
        key = tuple(row[column] for column in columns)
        if is_key and not all(key):
            raise row.problem(f"The row has no {' and '.join(columns)}.", "Fill the key in, or drop the row.")
        if key in seen and any(key):
            raise row.problem(
                f"{' and '.join(columns)} {', '.join(key)!r} stands in two rows.",
                f"Keep one of them; the other is at {seen[key]}.",
            )
        seen[key] = row.where


def write_table(path: Path, table: Table, content: Iterable[Mapping[str, str]]) -> None:
    """Write a tidy table, sorted by key, in one step.

    The new file is written beside the old one, read back and checked, and only then takes
    its place: a full disk, a wrong row or a crash leaves the old table as it was.
    """
    ordered = sorted(content, key=lambda row: tuple(row[column] for column in table.key))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The end of its name keeps it from being taken for a table.
        sweep(os.fspath(path.parent), rf"\.{re.escape(path.stem)}-\d+\.part")
        temporary = path.with_name(f".{path.stem}-{os.getpid()}.part")
        held = create(os.fspath(temporary))
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with held, io.TextIOWrapper(held, encoding="utf-8", newline="") as file:
            faultpoint("table.begin")
            writer = csv.DictWriter(file, table.columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(ordered)
            file.flush()
            os.fsync(file.fileno())
            faultpoint("table.written")
            check_table(temporary, table)
            temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
            faultpoint("table.checked")
            if os.name == "nt":
                file.close()  # an open file cannot be moved there
            temporary.replace(path)
        faultpoint("table.replaced")
    except InputError as error:
        temporary.unlink(missing_ok=True)
        line = error.where.rpartition(":")[2]
        raise InputError(
            f"The new table {table.name} is unusable: {error.what}",
            where=f"{path} (new row {line})",
            cure="The files contradict each other or themselves; the old table is kept.",
        ) from error
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise _unwritable(path, error) from error
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _unwritable(path: Path, error: OSError) -> InputError:
    return InputError(
        f"The table {path.name} cannot be written: {error.strerror}.",
        where=str(path),
        cure="Check that you may write to that folder and that the disk is not full.",
    )
