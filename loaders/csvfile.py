"""Comma-separated files, read one record at a time, with the place of every record.

A table of the land can be of any length, so nothing here holds a whole file. Every record
knows its file and line: an error that says only "bad date" sends the reader through
thousands of rows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from councilgraph.errors import InputError


@dataclass(frozen=True, slots=True)
class Row:
    """One record: ``values`` by column name, ``where`` as ``file:line``."""

    values: Mapping[str, str]
    where: str

    def __getitem__(self, column: str) -> str:
        return self.values[column]

    def problem(self, what: str, cure: str) -> InputError:
        """An error about this record, to be raised by the caller."""
        return InputError(what, where=self.where, cure=cure)


def records(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield ``(line, fields)`` of each record that is not blank; lines count from 1.

    A byte-order mark is skipped: ONS files begin with one, and left in place it becomes
    part of the first column's name, which then is "not there".

    Raises InputError for a missing, unreadable, binary or wrongly encoded file.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            line = 1
            for fields in reader:
                if any(field.strip() for field in fields):
                    yield line, fields
                line = reader.line_num + 1
    except FileNotFoundError as error:
        raise InputError(
            f"There is no file {path.name}.",
            where=str(path),
            cure="Check the path; `councilgraph refresh` makes the tables of data/ anew.",
        ) from error
    except OSError as error:
        raise InputError(
            f"The file {path.name} cannot be read: {error.strerror}.",
            where=str(path),
            cure="Check that it is a file and that you may read it.",
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(
            f"The file {path.name} is not UTF-8 text (byte {error.start}).",
            where=str(path),
            cure="Save it as CSV UTF-8; a workbook or zip file has to be unpacked first.",
        ) from error
    except csv.Error as error:
        raise InputError(
            f"The file {path.name} is not a comma-separated table: {error}.",
            where=f"{path}:{line}",
            cure="Get the file again from its publisher; look for an unclosed quotation mark.",
        ) from error


def rows(path: Path) -> Iterator[Row]:
    """Yield the rows below the header line, each value without outer white space.

    Raises InputError for an empty file, a column named twice, and a row that is longer or
    shorter than the header (its values would stand in the wrong columns).
    """
    header: list[str] = []
    for line, fields in records(path):
        if not header:
            header = [field.strip() for field in fields]
            twice = sorted({name for name in header if header.count(name) > 1})
            if twice:
                raise InputError(
                    f"Column {twice[0]!r} occurs twice.",
                    where=f"{path}:{line}",
                    cure="Give each column its own name.",
                )
            continue
        if len(fields) != len(header):
            raise InputError(
                f"The row has {len(fields)} fields, the header {len(header)}.",
                where=f"{path}:{line}",
                cure="Look for a missing or surplus comma, or a value that needs quotation marks.",
            )
        values = {name: field.strip() for name, field in zip(header, fields, strict=True)}
        yield Row(values, f"{path}:{line}")


def header_of(path: Path) -> list[str]:
    """The fields of the first record; an empty list for an empty file."""
    for _, fields in records(path):
        return [field.strip() for field in fields]
    return []
