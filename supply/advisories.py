"""The table of known vulnerabilities: facts of OSV records, one row a range of versions.

Versions are compared as PEP 440 says, by packaging, never as text.
"""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from packaging.utils import canonicalize_name
from packaging.version import Version

from councilgraph.errors import InputError

FOLDER = Path(__file__).parent
TABLE = FOLDER / "advisories.csv"
ABOUT = FOLDER / "advisories.toml"


@dataclass(frozen=True, slots=True)
class Advisory:
    """One range of one advisory, as the columns of the table say.

    ``aliases`` and ``versions`` are parted by spaces. A version is affected if it stands in
    ``versions``, or from ``introduced`` ("0": from the first) to before ``fixed``, or up to and
    with ``last_affected``, or without an end where both are empty. ``modified`` is the day of
    the record, ``source`` the address where it can be read.
    """

    package: str
    id: str
    aliases: str
    introduced: str
    fixed: str
    last_affected: str
    versions: str
    modified: str
    source: str

    def affects(self, version: Version) -> bool:
        """Is this version affected?"""
        if any(version == Version(one) for one in self.versions.split()):
            return True
        if not self.introduced or (self.introduced != "0" and version < Version(self.introduced)):
            return False
        if self.fixed:
            return version < Version(self.fixed)
        return not self.last_affected or version <= Version(self.last_affected)


COLUMNS = tuple(field.name for field in fields(Advisory))


def read_table(path: Path = TABLE) -> tuple[Advisory, ...]:
    """The rows of the table.

    Raises:
        InputError: it cannot be read, or a row of it is damaged: a row that is passed over would
        let a vulnerable version through.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _damaged(path, 0, str(error)) from None
    if not rows or tuple(rows[0]) != COLUMNS:
        raise _damaged(path, 1, f"the columns are not {', '.join(COLUMNS)}")
    found = []
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(COLUMNS):
            raise _damaged(path, number, f"{len(row)} fields, not {len(COLUMNS)}")
        one = Advisory(*row)
        try:
            _check(one)
        except ValueError as error:
            raise _damaged(path, number, str(error)) from None
        found.append(one)
    return tuple(found)


def _check(one: Advisory) -> None:
    bounds = [v for v in (one.introduced, one.fixed, one.last_affected) if v and v != "0"]
    for version in (*bounds, *one.versions.split()):
        Version(version)
    if one.modified:
        date.fromisoformat(one.modified)
    if not one.package or one.package != canonicalize_name(one.package):
        raise ValueError(f"'{one.package}' is not how the package index writes a name")
    if not one.id:
        raise ValueError("no id")
    if not (one.introduced or one.versions):
        raise ValueError("neither a range nor versions")


def _damaged(path: Path, line: int, problem: str) -> InputError:
    return InputError(
        f"The table of advisories is damaged: {problem}.",
        where=f"{path}:{line}" if line else str(path),
        cure="Restore it from Git, or make it anew with 'python -m supply.audit --refresh FILE'.",
    )


def as_of(path: Path = ABOUT) -> tuple[str, str]:
    """The day of the newest record that the table was made from, and what it was made from.

    Raises:
        InputError: the file beside the table does not say it.
    """
    try:
        about = tomllib.loads(path.read_text(encoding="utf-8"))
        return date.fromisoformat(str(about["as_of"])).isoformat(), str(about["source"])
    except (OSError, ValueError, KeyError) as error:
        raise _damaged(path, 0, f"as_of and source are needed ({error})") from None


def write_table(rows: Iterable[Advisory], source: str, table: Path = TABLE, about: Path = ABOUT) -> None:
    """Write both files; ``source`` says what the rows were taken from. No clock is asked."""
    rows = sorted(set(rows), key=lambda one: (one.package, one.id, one.introduced, one.fixed, one.versions))
    if not rows:
        raise InputError(
            "No record is about a package that is pinned here.",
            where=source,
            cure="Give the export of the ecosystem PyPI: PyPI/all.zip.",
        )
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([getattr(one, name) for name in COLUMNS] for one in rows)
    newest = max(one.modified for one in rows)
    about.write_text(
        "# What advisories.csv was made from. 'python -m supply.audit --refresh FILE' writes both anew.\n"
        f'as_of = "{newest}"\nsource = {json.dumps(source)}\n'
        'licence = "https://creativecommons.org/licenses/by/4.0/"\n',
        encoding="utf-8",
    )
