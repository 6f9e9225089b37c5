"""From paths to tables: every CSV file with the description beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from councilgraph.errors import InputError
from councilgraph.iris import slugify
from councilgraph.outside import Known, OutsideTable
from loaders.observations.description import FIGURES, NEIGHBOURS, PEER_CHALLENGE, read_description
from loaders.observations.rows import TableReader


def read_outside(paths: Iterable[Path], known: Known) -> list[OutsideTable]:
    """Every table of these files and folders, sorted by name.

    A path is a CSV file, its description, or a folder that holds such pairs.

    Raises InputError for a path that is not there, a file without its partner, two tables of
    one name or of the same bytes, and all that description and rows can have wrong.
    """
    tables: dict[str, OutsideTable] = {}
    by_bytes: dict[str, Path] = {}
    for path in _tables(paths):
        table = _read(path, known)
        other = tables.get(table.name)
        before = other.path if other else by_bytes.get(table.sha256)
        if before:
            raise InputError(
                f"{path.name} is given twice." if not other else f"Two tables are called {table.name}.",
                where=f"{before} and {path}",
                cure="Take one of them out, or give it another name and its own rows.",
            )
        tables[table.name] = table
        by_bytes[table.sha256] = path
    return [tables[name] for name in sorted(tables)]


def _tables(paths: Iterable[Path]) -> list[Path]:
    """The CSV files, each once, however it was named."""
    found: dict[Path, Path] = {}
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.suffix.lower() in (".csv", ".toml"))
        elif path.suffix.lower() in (".csv", ".toml") and path.is_file():
            inside = [path]
        else:
            raise InputError(
                f"{path.name} is neither a table (.csv) nor its description (.toml), or is not there.",
                where=str(path),
                cure="Give a CSV file with a TOML file of the same name beside it, or their folder.",
            )
        for one in inside:
            table = _partner(one, ".csv") if one.suffix.lower() == ".toml" else one
            found.setdefault(table.resolve(), table)
    return sorted(found.values(), key=lambda path: path.name)


def _partner(path: Path, suffix: str) -> Path:
    """The file of the same name with the other ending."""
    for one in (path.with_suffix(suffix), path.with_suffix(suffix.upper())):
        if one.is_file():
            return one
    missing = "table" if suffix == ".csv" else "description"
    raise InputError(
        f"{path.name} has no {missing} beside it.",
        where=str(path),
        cure=f"Put {path.stem}{suffix} into the same folder; data/observations/README.md tells the form.",
    )


def _read(path: Path, known: Known) -> OutsideTable:
    description_path = _partner(path, ".toml")
    description = read_description(description_path, known)
    reader = TableReader(path, description, known)
    figures = reader.figures() if description.kind == FIGURES else ()
    likenesses = reader.likenesses() if description.kind == NEIGHBOURS else ()
    advice = reader.advice() if description.kind == PEER_CHALLENGE else ()
    return OutsideTable(
        name=_name(path),
        title=description.title,
        publisher=description.publisher,
        licence=description.licence,
        address=description.address,
        path=path,
        sha256=_digest(path),
        description_sha256=_digest(description_path),
        warnings=reader.remarks.warnings(path),
        measures=tuple(one.measure for one in description.series),
        figures=figures,
        likenesses=likenesses,
        advice=advice,
    )


def _name(path: Path) -> str:
    name = slugify(path.stem)
    if not name:
        raise InputError(
            f"The name of {path.name} has no letter or digit.",
            where=str(path),
            cure="Give the file a name such as population-2024.csv.",
        )
    return name


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
