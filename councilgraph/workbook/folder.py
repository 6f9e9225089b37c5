"""A folder of CSV files with CSVW metadata, so that a program knows every column's meaning."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from councilgraph.catalogue import Column
from councilgraph.errors import InputError, UsageError
from councilgraph.faultpoints import faultpoint
from councilgraph.leftovers import leftovers, new_folder, sweep
from councilgraph.notice import LICENCE
from councilgraph.results import write_file
from councilgraph.workbook.sheet import Sheet

METADATA = "csv-metadata.json"
NOTES = "about.txt"
_DATATYPES: dict[str, object] = {
    "iri": "anyURI",
    "integer": "integer",
    "decimal": "number",
    "boolean": "boolean",
    "date": "date",
    # A month, or a day where it is known: CSVW has no type for either.
    "month": {"base": "string", "format": "\\d{4}-\\d{2}(-\\d{2})?"},
}


def write_folder(sheets: Iterable[Sheet], about: Sequence[tuple[str, str]], path: str) -> dict[str, int]:
    """Write ``<name>.csv`` for each table, ``csv-metadata.json`` and ``about.txt``.

    The folder is there whole or as it was before. The number of rows of each table by its name.

    Raises:
        UsageError: the folder holds other things than an earlier export.
        InputError: it cannot be written.
    """
    counts: dict[str, int] = {}
    described: list[dict[str, object]] = []
    with _whole_folder(path) as new:
        for sheet in sheets:
            columns = list(sheet.result.columns)
            counts[sheet.name] = write_file(sheet.result, "csv", os.path.join(new, f"{sheet.name}.csv"))
            described.append(_table(sheet, columns, counts[sheet.name]))
        title = next((text for heading, text in about if heading == "title"), "")
        with open(os.path.join(new, METADATA), "w", encoding="utf-8", newline="\n") as file:
            json.dump(_metadata(title, about, described), file, indent=1, ensure_ascii=False)
            file.write("\n")
        with open(os.path.join(new, NOTES), "w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{heading}: {text}\n" for heading, text in about)
            file.writelines(f"rows of {name}.csv: {count:,}\n" for name, count in counts.items())
    return counts


def _metadata(
    title: str, about: Sequence[tuple[str, str]], tables: list[dict[str, object]]
) -> dict[str, object]:
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": title,
        "dc:license": {"@id": LICENCE},
        "dc:description": [f"{heading}: {text}" for heading, text in about if heading != "title"],
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True},
        "tables": tables,
    }


def _table(sheet: Sheet, columns: Sequence[Column], count: int) -> dict[str, object]:
    return {
        "url": f"{sheet.name}.csv",
        "dc:title": sheet.title,
        "dc:extent": f"{count} rows",
        "tableSchema": {"columns": [_column(column) for column in columns]},
    }


def _column(column: Column) -> dict[str, object]:
    # Names of CSVW know no hyphen; the title is what stands in the file's first line.
    told: dict[str, object] = {
        "name": column.variable,
        "titles": column.name,
        "datatype": _DATATYPES.get(column.type, "string"),
    }
    return {**told, "dc:description": column.help} if column.help else told


@contextmanager
def _whole_folder(path: str) -> Iterator[str]:
    """A new folder that takes the place of ``path`` when the block ends well."""
    target = os.path.abspath(path)
    if os.path.exists(target) and not _ours(target):
        raise UsageError(
            "The folder holds other things, and would be replaced.",
            where=path,
            cure="Give the name of a folder that does not exist yet, or one that was written by an export.",
        )
    old = f"{target}.{os.getpid()}.old"
    above, name = os.path.split(target)
    try:
        if not os.path.exists(target):  # killed between the two steps below: the old one is set aside
            for aside in leftovers(above, rf"{re.escape(name)}\.\d+\.old")[-1:]:
                os.replace(aside, target)
        sweep(above, rf"{re.escape(name)}\.\d+\.(part|old)")
        with new_folder(f"{target}.{os.getpid()}.part") as new:
            yield new
            faultpoint("folder.written")
            if os.path.exists(target):
                os.replace(target, old)
                faultpoint("folder.aside")
            os.replace(new, target)
            faultpoint("folder.replaced")
    except OSError as error:
        raise InputError(
            f"The folder cannot be written: {error.strerror or error}.",
            where=path,
            cure="Check the rights to the folder above it and the space left, or give another path with -o.",
        ) from None
    finally:
        if os.path.exists(old) and not os.path.exists(target):
            os.replace(old, target)
        shutil.rmtree(old, ignore_errors=True)


def _ours(folder: str) -> bool:
    """Is the folder empty, or made of nothing but an earlier export?"""
    if not os.path.isdir(folder) or os.path.islink(folder):
        return False
    names = os.listdir(folder)
    known = (METADATA, NOTES)
    return not names or (METADATA in names and all(n in known or n.endswith(".csv") for n in names))
