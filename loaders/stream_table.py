"""Large tables, one record at a time, their columns found by name.

As ``loaders.csvfile``, but for files of any size, in a zip archive or not, with commas or
tabs or as a workbook, and with lines of explanation above the header line (the CQC's
directory has four).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path

from councilgraph.errors import InputError
from loaders.csvfile import Row
from loaders.register_fields import clean_name
from loaders.source import Form, Reading
from loaders.stream_sheet import sheet_rows
from loaders.streams import STEP, Progress, Stream, open_stream, silent

LINE = 2**20
"""Characters of a line; a line without end would be gathered in memory."""

PREAMBLE = 25
"""Records among which the header line is looked for."""

_Record = tuple[str, list[str]]

BAD_ROWS = 5
"""Rows of the wrong length that are named when ``force`` leaves them out."""


def read_table(form: Form, path: Path, reading: Reading, progress: Progress = silent) -> Iterator[Row]:
    """Yield the rows under our column names, wherever the publisher's columns stand.

    Raises InputError for a missing column, a row of the wrong length (with ``force`` it is
    left out and noted), text that is not UTF-8 and a file that is cut off.
    """
    with open_stream(path, progress) as stream:
        lines = _Lines(stream)
        header, place, source = _header(form, _blocks(stream, lines))
        places = _places(form, path, header, f"{path}:{place}")
        absent = dict.fromkeys(form.optional.keys() - places.keys(), "")
        bad = 0
        for place, fields in source:
            if stream.workbook:
                # Empty cells at the end of a row are not written.
                fields.extend([""] * (len(header) - len(fields)))
            if len(fields) != len(header):
                problem = InputError(
                    f"The row has {len(fields)} fields, the header {len(header)}.",
                    where=f"{path}:{place}",
                    cure="The file is cut off or damaged there: get it again. "
                    "With --force such rows are left out.",
                )
                if not reading.force:
                    raise problem
                bad += 1
                if bad <= BAD_ROWS:
                    reading.notes.append(f"Left out: {problem.where}. {problem.what}")
                continue
            values = {column: fields[place].strip() for column, place in places.items()}
            yield Row(absent | values, f"{path}:{place}")
        if bad:
            reading.notes.append(f"{path.name}: {bad} rows of the wrong length were left out.")
        if not lines.ended and not stream.workbook:
            reading.notes.append(f"{path.name} does not end with a line end: it may be cut off.")


def peek_table(path: Path, enough: Callable[[list[str]], bool]) -> list[list[str]]:
    """The first records of a file or of every sheet, up to one that is ``enough``."""
    found: list[list[str]] = []
    with open_stream(path) as stream:
        for block in _blocks(stream, _Lines(stream)):
            for _, fields in islice(block, PREAMBLE):
                found.append([field.strip() for field in fields])
                if enough(found[-1]):
                    return found
    return found


def has_columns(form: Form, header: list[str]) -> bool:
    """Whether a line has every column that the form must have."""
    return all(_find(header, names) is not None for names in form.columns.values())


class _Lines:
    """The lines of a stream with their ends; ``ended`` tells whether the last one had one."""

    def __init__(self, stream: Stream) -> None:
        self.path = stream.path
        self.number = 0
        self.ended = True
        self._text = io.TextIOWrapper(io.BufferedReader(stream, STEP), encoding="utf-8-sig", newline="")

    def __iter__(self) -> Iterator[str]:
        try:
            while line := self._text.readline(LINE):
                self.number += 1
                self.ended = line.endswith(("\n", "\r"))
                if len(line) == LINE and not self.ended:
                    raise InputError(
                        f"A line of {self.path.name} is longer than {LINE:,} characters.",
                        where=f"{self.path}:{self.number}",
                        cure="This is no table of a register: get the file again from its publisher.",
                    )
                yield line
        except UnicodeDecodeError as error:
            raise InputError(
                f"The file {self.path.name} is not UTF-8 text (line {self.number + 1} or soon after).",
                where=f"{self.path}:{self.number + 1}",
                cure="Get it again and do not save it from a spreadsheet, or save it as CSV UTF-8.",
            ) from error


def _blocks(stream: Stream, lines: _Lines) -> Iterator[Iterator[_Record]]:
    """Tables that may each have a header line: the sheets of a workbook, or the file."""
    if not stream.workbook:
        yield _records(lines)
        return
    for sheet, rows in groupby(sheet_rows(stream), key=itemgetter(0)):
        yield ((f"{sheet} row {number}", fields) for _, number, fields in rows)


def _records(lines: _Lines) -> Iterator[_Record]:
    """Place (its line) and fields of every record that is not blank; the first line tells the delimiter."""
    source = iter(lines)
    first = next(source, "")
    again = _chain(first, source)
    if "\t" in first and first.count("\t") >= first.count(","):
        # In tab-separated files quotation marks are part of the names.
        reader = csv.reader(again, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
    else:
        reader = csv.reader(again, strict=True)
    line = 1
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                yield str(line), fields
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"The file {lines.path.name} is not a table, or is cut off: {error}.",
            where=f"{lines.path}:{line}",
            cure="Get the file again from its publisher; look for an unclosed quotation mark.",
        ) from error


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
        yield from rest


def _header(form: Form, blocks: Iterator[Iterator[_Record]]) -> tuple[list[str], str, Iterator[_Record]]:
    """The header line, its place and what follows it.

    It is the first line that has all columns, else the one that has the most.
    """
    most, header, place = -1, list[str](), "1"
    for block in blocks:
        for where, fields in islice(block, PREAMBLE):
            found = [field.strip() for field in fields]
            hits = sum(_find(found, names) is not None for names in form.columns.values())
            if hits == len(form.columns):
                return found, where, block
            if hits > most:
                most, header, place = hits, found, where
    return header, place, iter(())


def _places(form: Form, path: Path, header: list[str], where: str) -> Mapping[str, int]:
    """The place of every column; raises InputError for one that is missing or there twice."""
    places: dict[str, int] = {}
    for column, names in {**form.columns, **form.optional}.items():
        name = _find(header, names)
        if name is None:
            if column in form.optional:
                continue
            wanted = " or ".join(str(name) for name in names)
            shown = clean_name(", ".join(name for name in header[:60] if name))
            raise InputError(
                f"{path.name} has no column {wanted}.",
                where=where,
                cure=f"This must be {form.describe}. Its columns are: {shown or 'none'}.",
            )
        if header.count(name) > 1:
            raise InputError(
                f"Column {name!r} occurs twice.", where=where, cure="Get the file again from its publisher."
            )
        places[column] = header.index(name)
    return places


def _find(header: list[str], names: tuple[str | int, ...]) -> str | None:
    """The column that one of the names fits, whatever its capitals: publishers change those."""
    for name in names:
        wanted = str(name).casefold()
        for column in header:
            if fnmatchcase(column.casefold(), wanted):
                return column
    return None
