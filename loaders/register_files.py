"""The files of a register: which file is of which form, and its rows whatever the format."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from councilgraph.errors import InputError
from loaders.csvfile import Row
from loaders.register_fields import clean_name
from loaders.source import Form, Reading
from loaders.stream_json import peek_keys, read_rows
from loaders.stream_table import has_columns, peek_table, read_table
from loaders.streams import Progress, silent

FileProgress = Callable[[Path, int, int], None]
"""Told ``(file, bytes read, bytes in all)``."""


MOST_NOTES = 200


def unseen(path: Path, read: int, total: int) -> None:
    """Progress that nobody watches."""
    silent(read, total)


@dataclass(frozen=True, slots=True)
class Given:
    """What a register is read from: files by form, how to read, codes of areas by name.

    ``areas`` gives the GSS code of a council's area by the council's short name in small
    letters; a register that names the council of a body says with it where the body is.
    ``held`` are codes of the register that our own tables have: they are not read again.
    """

    files: Mapping[str, Sequence[Path]]
    reading: Reading = field(default_factory=Reading)
    progress: FileProgress = unseen
    areas: Mapping[str, str] = field(default_factory=dict)
    held: Collection[str] = frozenset()


def note(reading: Reading, text: str) -> None:
    """Remark on something, unless there are too many remarks already.

    A file that is wrong in every row must not fill the memory with remarks, nor the screen.
    """
    if len(reading.notes) < MOST_NOTES:
        reading.notes.append(text)
    elif len(reading.notes) == MOST_NOTES:
        reading.notes.append("There is more of this kind; it is not listed.")


def rows(form: Form, given: Given, within: str = "") -> Iterator[Row]:
    """The rows of all files of one form, in the order given, JSON or delimited.

    The number of rows is known only at the end, so the last step may raise: do not act on
    rows before all have been read.

    Raises InputError for everything that the readers refuse, and for fewer rows than the
    least plausible number (unless ``reading.force``). More rows than plausible is a note.
    """
    count = 0
    paths = given.files.get(form.name, ())
    for path in paths:
        progress = progress_of(given, path)
        if peek_keys(path, within) is None:
            source = read_table(form, path, given.reading, progress)
        else:
            source = read_rows(form, path, given.reading, progress, within)
        for row in source:
            count += 1
            yield row
    if paths:
        check_count(form, paths, count, given.reading)


def check_count(form: Form, paths: Sequence[Path], count: int, reading: Reading) -> None:
    """Refuse too few rows, note too many."""
    names = ", ".join(path.name for path in paths)
    said = f"{names}: {count} rows; {form.minimum_rows} to {form.maximum_rows} expected."
    if count < form.minimum_rows and not reading.force:
        raise InputError(
            said,
            where=", ".join(str(path) for path in paths),
            cure="The download looks cut off, or is one part of several: give all parts in one "
            "command. If it is right, use --force.",
        )
    if not form.minimum_rows <= count <= form.maximum_rows:
        reading.notes.append(said)


def recognise(forms: Mapping[str, Form], paths: Sequence[Path], within: str = "") -> dict[str, list[Path]]:
    """The files by form, told by their columns; a file of no form is an InputError.

    Forms are tried in their order, so the one with more columns has to stand first.
    """
    found: dict[str, list[Path]] = {}
    for path in paths:
        keys = peek_keys(path, within)
        heads = peek_table(path, lambda head: _form_of(forms, head) is not None) if keys is None else [keys]
        form = next((form for head in heads if (form := _form_of(forms, head))), None)
        if form is None:
            raise _unknown(forms, path, heads)
        found.setdefault(form.name, []).append(path)
    return found


def _form_of(forms: Mapping[str, Form], head: list[str]) -> Form | None:
    return next((form for form in forms.values() if has_columns(form, head)), None)


def _unknown(forms: Mapping[str, Form], path: Path, heads: list[list[str]]) -> InputError:
    """The error for a file of no form, which names the columns that the nearest form misses."""

    def missing(form: Form, head: list[str]) -> list[str]:
        return [
            " or ".join(str(name) for name in names)
            for column, names in form.columns.items()
            if not has_columns(_only(form, column), head)
        ]

    tries = [(missing(form, head), form) for form in forms.values() for head in heads]
    lacking, nearest = min(tries, key=lambda one: len(one[0]), default=([], None))
    if nearest is not None and 0 < len(lacking) <= len(nearest.columns) // 2:
        return InputError(
            f"{path.name} has no column {lacking[0]}.",
            where=str(path),
            cure=f"It looks like {nearest.describe}, which must also have: {', '.join(lacking)}.",
        )
    shown = clean_name(", ".join(heads[0][:8])) if heads else "none: it is empty"
    return InputError(
        f"{path.name} is no file of this register.",
        where=str(path),
        cure=f"Expected: {'; '.join(form.describe for form in forms.values())}. It begins with: {shown}.",
    )


def _only(form: Form, column: str) -> Form:
    return Form(form.name, {column: form.columns[column]}, {}, None, 0, 0, "")


def progress_of(given: Given, path: Path) -> Progress:
    """The progress of one file."""

    def told(read: int, total: int) -> None:
        given.progress(path, read, total)

    return told
