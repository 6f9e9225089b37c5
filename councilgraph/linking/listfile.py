"""A user's own list of names: read as it is, written back as it was with columns added.

Lists come out of spreadsheets: comma, semicolon or tab, UTF-8 with or without a mark, UTF-16
or Windows-1252. Every row is passed on as the very characters that were read, so that no
quotation mark and no leading zero of other columns changes; one row is held at a time.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from councilgraph.errors import InputError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = ",;\t|"
_BLOCK = 1 << 16
_LONGEST_LINE = 1 << 20  # characters; a longer "line" is no table, and would fill the memory
_LONGEST_CELL = 1 << 20
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Shape:
    """How a list is written."""

    encoding: str
    delimiter: str
    line_end: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row: ``fields`` as they are meant, ``raw`` as they stand in the file without line end."""

    line: int
    fields: tuple[str, ...]
    raw: str


class ListFile:
    """A list on disk. ``header`` are the names of its columns, without outer white space.

    Raises InputError for a file that is missing, empty, binary or has a column name twice
    that is asked for.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        encoding = _encoding(path)
        try:
            with self._open(encoding) as file:
                head = file.read(_BLOCK)
        except UnicodeError as error:
            raise self._no_table(1, "it is not text") from error
        self._told = head.startswith("sep=") and head[4:5] in _DELIMITERS and head[5:6] in "\r\n"
        table = head.partition("\n")[2] if self._told else head
        line_end = "\r\n" if "\r\n" in head else "\r" if "\r" in head and "\n" not in head else "\n"
        self.shape = Shape(encoding, head[4] if self._told else _delimiter(table), line_end)
        first = next((row for row in self._records() if row.fields), None)
        if first is None:
            raise InputError("The list is empty.", where=str(path), cure="Give a table with a header line.")
        self.header = tuple(field.strip() for field in first.fields)

    def column(self, name: str) -> int:
        """The place of a column.

        Raises InputError, which lists the columns, if there is none or more than one.
        """
        wanted = name.strip()
        for header in (self.header, [text.casefold() for text in self.header]):
            sought = wanted if header is self.header else wanted.casefold()
            places = [place for place, text in enumerate(header) if text == sought]
            if len(places) == 1:
                return places[0]
            if places:
                raise InputError(
                    f"There are {len(places)} columns '{wanted}'.",
                    where=str(self.path),
                    cure="Give each column its own name.",
                )
        raise InputError(
            f"There is no column '{wanted}'.",
            where=str(self.path),
            cure=f"The columns are: {', '.join(self.header)}.",
        )

    def rows(self) -> Iterator[Row]:
        """The header and every row below it, blank lines as rows without fields."""
        yield from self._records()

    def added(self, row: Row, cells: Sequence[str]) -> str:
        """The row with cells added behind its last column, as a line of the file.

        Raises InputError for a row that is longer than the header.
        """
        if not row.fields:
            return row.raw + self.shape.line_end
        missing = len(self.header) - len(row.fields)
        if missing < 0:
            raise InputError(
                f"The row has {len(row.fields)} fields, the header {len(self.header)}.",
                where=f"{self.path}:{row.line}",
                cure="Look for a surplus delimiter, or a value that needs quotation marks.",
            )
        out = io.StringIO()
        csv.writer(out, delimiter=self.shape.delimiter, lineterminator="").writerow(map(self._safe, cells))
        return row.raw + self.shape.delimiter * (missing + 1) + out.getvalue() + self.shape.line_end

    def start(self) -> str:
        """What stands before the header: the line in which Excel is told the delimiter."""
        return f"sep={self.shape.delimiter}{self.shape.line_end}" if self._told else ""

    def _safe(self, cell: str) -> str:
        """A cell of ours that no spreadsheet runs as a formula and the file's encoding has letters for."""
        if cell.startswith(_FORMULA_STARTS):
            cell = "'" + cell
        if self.shape.encoding == "cp1252":
            cell = cell.encode("cp1252", "replace").decode("cp1252")
        return cell

    def _records(self) -> Iterator[Row]:
        line, raw = 1, list[str]()
        with self._open(self.shape.encoding) as file:

            def lines() -> Iterator[str]:
                while text := file.readline(_LONGEST_LINE):
                    if len(text) >= _LONGEST_LINE:
                        raise self._no_table(line, "a line is longer than a million characters")
                    raw.append(text)
                    yield text

            if self._told:
                file.readline(_LONGEST_LINE)
                line += 1
            before = csv.field_size_limit(_LONGEST_CELL)
            try:
                reader = csv.reader(lines(), delimiter=self.shape.delimiter, strict=True)
                for fields in reader:
                    yield Row(line, tuple(fields), "".join(raw).rstrip("\r\n"))
                    line += len(raw)
                    raw.clear()
            except csv.Error as error:
                raise self._no_table(line, str(error)) from error
            except UnicodeError as error:
                raise self._no_table(line, "it is not text") from error
            finally:
                csv.field_size_limit(before)

    def _no_table(self, line: int, why: str) -> InputError:
        return InputError(
            f"The list cannot be read as a table: {why}.",
            where=f"{self.path}:{line}",
            cure="Look for an unclosed quotation mark; save the sheet as CSV UTF-8.",
        )

    def _open(self, encoding: str) -> io.TextIOWrapper:
        try:
            return self.path.open(encoding=encoding, newline="")
        except OSError as error:
            raise _unreadable(self.path, error) from error


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError(
        f"The list cannot be read: {error.strerror or error}.", where=str(path), cure="Check the path."
    )


def _encoding(path: Path) -> str:
    """By its mark; else UTF-8 if all of it is, else Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    utf8 = True
    try:
        with path.open("rb") as file:
            block = file.read(_BLOCK)
            for mark, encoding in _MARKS:
                if block.startswith(mark):
                    return encoding
            while block:
                if b"\0" in block:
                    raise InputError(
                        "The list is no text but a workbook or another binary file.",
                        where=str(path),
                        cure="Save the sheet as CSV UTF-8.",
                    )
                if utf8:
                    try:
                        decoder.decode(block)
                    except UnicodeDecodeError:
                        utf8 = False
                block = file.read(_BLOCK)
            if utf8:
                decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    except OSError as error:
        raise _unreadable(path, error) from error
    return "utf-8" if utf8 else "cp1252"


def _delimiter(head: str) -> str:
    """The sign that parts the first lines into the same number of fields, and the most of them."""
    best, most = ",", (0, 0)
    for sign in _DELIMITERS:
        try:
            rows = [len(row) for row in csv.reader(_few_lines(head), delimiter=sign) if row]
        except csv.Error:
            continue
        if rows and rows[0] > 1:
            rank = (sum(length == rows[0] for length in rows), rows[0])
            if rank > most:
                best, most = sign, rank
    return best


def _few_lines(head: str) -> Iterable[str]:
    # The last may be cut in two.
    return io.StringIO(head, newline="").readlines()[:20]
