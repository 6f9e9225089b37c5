"""What a source promises: who publishes it, under which licence, in which form.

Each source folder has a ``source.toml``. Besides title, publisher, licence and address it
states for every form (kind of file) the columns that must be there and how many rows are
plausible. A file that breaks the promise is refused before a row of it is believed.

Columns are named in our words; the value is the publisher's name, or a list of names any
of which will do, with ``?`` for a character that changes from year to year ("LAD??CD").
A number is the position, from 1, in a file without a header row.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from councilgraph.errors import InputError
from loaders.csvfile import Row, header_of, records, rows
from loaders.feedfile import feed_header, feed_rows, is_feed

LOADERS = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of file of a source.

    ``columns`` maps our column name to the publisher's names or a position; ``optional``
    likewise for columns that may be missing (their value is then empty). ``width`` is the
    number of fields of a file without header row. Row counts are of data rows.
    """

    name: str
    columns: Mapping[str, tuple[str | int, ...]]
    optional: Mapping[str, tuple[str | int, ...]]
    width: int | None
    minimum_rows: int
    maximum_rows: int
    describe: str


@dataclass(frozen=True, slots=True)
class Source:
    """A source folder's ``source.toml``; ``licence`` is an IRI."""

    name: str
    title: str
    publisher: str
    licence: str
    address: str
    cadence: str
    description: str
    forms: Mapping[str, Form]


@dataclass(slots=True)
class Reading:
    """How strictly to read, and what was remarked on the way (``notes``).

    ``force`` turns an implausible number of rows from a refusal into a note.
    """

    force: bool = False
    notes: list[str] = field(default_factory=list)


def read_source(name: str) -> Source:
    """The source in the folder ``loaders/<name>``; raises InputError if it is incomplete."""
    path = LOADERS / name / "source.toml"
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        expectations = told["expectations"]
        forms = {
            form: Form(
                name=form,
                columns=_names(columns),
                optional=_names(told.get("optional-columns", {}).get(form, {})),
                width=expectations[form].get("fields"),
                minimum_rows=expectations[form]["minimum_rows"],
                maximum_rows=expectations[form]["maximum_rows"],
                describe=expectations[form]["describe"],
            )
            for form, columns in told["columns"].items()
        }
        return Source(
            name=name,
            title=told["title"],
            publisher=told["publisher"],
            licence=told["licence"],
            address=told["address"],
            cadence=told["cadence"],
            description=told["description"],
            forms=forms,
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise InputError(
            f"The description of the source {name} is missing or incomplete: {error}.",
            where=str(path),
            cure="Compare it with loaders/ons/source.toml.",
        ) from error


def _names(
    columns: Mapping[str, str | int | list[str]],
) -> dict[str, tuple[str | int, ...]]:
    """Each value as a tuple, whether one name or a list was written."""
    return {
        column: tuple(names) if isinstance(names, list) else (names,) for column, names in columns.items()
    }


def _find(header: list[str], names: tuple[str | int, ...]) -> str | None:
    """The column of ``header`` that one of ``names`` fits, the first name first."""
    for name in names:
        for column in header:
            if fnmatchcase(column, str(name)):
                return column
    return None


def fits(form: Form, path: Path) -> bool:
    """Whether the first line of the file, or first entry of the feed, has the columns of this form."""
    names = column_names(path)
    if form.width is not None:
        return len(names) == form.width
    return all(_find(names, wanted) for wanted in form.columns.values())


def read_form(form: Form, path: Path, reading: Reading) -> Iterator[Row]:
    """Yield the rows of a publisher's file under our column names.

    The number of rows is known only at the end, so the last step may raise: do not act on
    rows before all have been read.

    Raises InputError for a missing column, a row of the wrong length, fewer rows than the
    least plausible number (unless ``reading.force``). More rows than plausible is a note.
    """
    count = 0
    for row in _positions(form, path) if form.width is not None else _columns(form, path):
        count += 1
        yield row
    said = f"{path.name} has {count} rows; {form.minimum_rows} to {form.maximum_rows} expected."
    if count < form.minimum_rows and not reading.force:
        raise InputError(
            said,
            where=str(path),
            cure="The file looks cut off: get it again. If it is right, use --force.",
        )
    if not form.minimum_rows <= count <= form.maximum_rows:
        reading.notes.append(said)


def column_names(path: Path) -> list[str]:
    """The names of a file's columns, or of what the first entry of a feed holds."""
    return feed_header(path) if is_feed(path) else header_of(path)


def _columns(form: Form, path: Path) -> Iterator[Row]:
    names = column_names(path)
    found = {column: _find(names, wanted) for column, wanted in form.columns.items()}
    for column, name in found.items():
        if name is None:
            wanted = " or ".join(str(name) for name in form.columns[column])
            raise InputError(
                f"{path.name} has no column {wanted}.",
                where=f"{path}:1",
                cure=f"This must be {form.describe}. Its columns are: {', '.join(names)}.",
            )
    found |= {column: _find(names, wanted) for column, wanted in form.optional.items()}
    for row in feed_rows(path) if is_feed(path) else rows(path):
        # Entries of a feed, unlike rows of a table, need not all have the same.
        values = {column: row.values.get(name, "") if name else "" for column, name in found.items()}
        yield Row(values, row.where)


def _positions(form: Form, path: Path) -> Iterator[Row]:
    for line, fields in records(path):
        if len(fields) != form.width:
            raise InputError(
                f"The row has {len(fields)} fields; {form.width} expected.",
                where=f"{path}:{line}",
                cure=f"This must be {form.describe}.",
            )
        values = {
            column: fields[int(position) - 1].strip() for column, (position, *_) in form.columns.items()
        }
        yield Row(values, f"{path}:{line}")
