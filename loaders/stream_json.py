"""Large JSON files, one object at a time.

The standard library reads each object out of a buffer that is filled as needed. The reader
ijson was tried: a number of five thousand digits ends its process, and deep nesting takes
memory with the square of the depth. Files of unknown origin are read here.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from councilgraph.errors import InputError
from loaders.csvfile import Row
from loaders.register_fields import clean_name
from loaders.source import Form, Reading
from loaders.streams import STEP, Progress, Stream, broken, open_stream, silent

OBJECT = 8 * 2**20
"""Characters of one object; the largest provider with all its locations has about a million."""

CUT = 16
"""An error so near to the end of the buffer may only mean that more has to be read."""

Json = dict[str, Any]
_SPACE = re.compile(r"[ \t\r\n]*")


def read_objects(path: Path, progress: Progress = silent, within: str = "") -> Iterator[tuple[str, Json]]:
    """Yield ``(where, object)`` for each object of a JSON file.

    The file is an array of objects, or objects one after the other ("JSON lines"), or one
    object that holds the array under the key ``within``. ``where`` counts objects from 1.

    Raises InputError for text that is no JSON or ends too early, an entry of an array that is
    no object, and an object that is too long or nested too deeply.
    """
    with open_stream(path, progress) as stream:
        for count, value in enumerate(_Buffer(path, stream).values(within), start=1):
            where = f"{path} (object {count})"
            if not isinstance(value, dict):
                raise InputError(
                    f"{path.name} holds something other than objects.",
                    where=where,
                    cure="Get the file again from its publisher.",
                )
            yield where, value


def read_rows(
    form: Form, path: Path, reading: Reading, progress: Progress = silent, within: str = ""
) -> Iterator[Row]:
    """Yield the objects of a JSON file as rows under our column names; null is empty.

    A name with a stroke ("name/en") is a key within a key.

    Raises InputError as ``read_objects`` does, and for an object without a needed key.
    """
    names = {column: [str(name) for name in given] for column, given in form.columns.items()}
    extra = {column: [str(name) for name in given] for column, given in form.optional.items()}
    for where, value in read_objects(path, progress, within):
        values: dict[str, str] = {}
        for column, keys in names.items():
            told = next((told for key in keys if (told := _told(value, key)) is not None), None)
            if told is None:
                shown = clean_name(", ".join(list(value)[:60]))
                raise InputError(
                    f"{path.name} has no column {' or '.join(keys)}.",
                    where=where,
                    cure=f"This must be {form.describe}. The object has: {shown or 'nothing'}.",
                )
            values[column] = told
        for column, keys in extra.items():
            values[column] = next((told for key in keys if (told := _told(value, key))), "")
        yield Row(values, where)


def peek_keys(path: Path, within: str = "") -> list[str] | None:
    """The keys of the first object, an empty list if there is none, None if it is no JSON."""
    with open_stream(path) as stream:
        first = (stream.read(STEP) or b"").removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if first not in (b"[", b"{"):
        return None
    for _, value in read_objects(path, within=within):
        return list(value)
    return []


def as_text(value: object) -> str:
    """A JSON value as a field of a table: null is empty, lists and objects too."""
    if isinstance(value, str):
        return value.strip()
    return str(value).lower() if isinstance(value, bool) else ""


def _told(value: Json, name: str) -> str | None:
    """The text under a name, None where the key is missing."""
    if name in value:
        return as_text(value[name])
    key, stroke, rest = name.partition("/")
    inner = value.get(key) if stroke else None
    return _told(inner, rest) if isinstance(inner, dict) else None


class _Buffer:
    """Text of the stream from ``place`` on; numbers are left as they are written."""

    def __init__(self, path: Path, stream: Stream) -> None:
        self._path = path
        self._file = io.TextIOWrapper(io.BufferedReader(stream, STEP), encoding="utf-8-sig")
        self._decode = json.JSONDecoder(parse_int=str, parse_float=str).raw_decode
        self._text = ""
        self._place = 0

    def values(self, within: str) -> Iterator[object]:
        """The objects; see ``read_objects``."""
        start = self.next()
        if start == "[":
            yield from self._array()
        elif start == "{" and within:
            yield from self._inside(within)
        elif start == "{":
            while self.next() == "{":
                yield self._value()
        else:
            raise InputError(
                f"{self._path.name} is not JSON.",
                where=f"{self._path}:1",
                cure="A page of a web site is sometimes saved instead of the file: look into it.",
            )
        if left := self.next():
            raise broken(self._path, f"{left!r} stands where the data should end")

    def next(self) -> str:
        """The next character that is no white space, not taken; empty at the end."""
        while True:
            self._place = _SPACE.match(self._text, self._place).end()  # type: ignore[union-attr]
            if self._place < len(self._text):
                return self._text[self._place]
            if not self._more():
                return ""

    def _take(self, *allowed: str) -> str:
        found = self.next()
        if found not in allowed:
            raise broken(self._path, f"{found!r} stands in place of {' or '.join(allowed)}" if found else "")
        self._place += 1
        return found

    def _array(self) -> Iterator[object]:
        self._take("[")
        if self.next() == "]":
            self._take("]")
            return
        while True:
            yield self._value()
            if self._take(",", "]") == "]":
                return

    def _inside(self, within: str) -> Iterator[object]:
        """The entries of the array under one key of an object; the other keys are passed over."""
        self._take("{")
        there = False
        while self.next() == '"':
            key = self._value()
            self._take(":")
            if key == within and self.next() == "[":
                there = True
                yield from self._array()
            else:
                self._value()
            if self._take(",", "}") == "}":
                break
        if not there:
            raise InputError(
                f"{self._path.name} has no list {within!r}.",
                where=str(self._path),
                cure="Get the file again from its publisher.",
            )

    def _value(self) -> object:
        """Decode the value at the present place, reading on until it is whole."""
        self.next()
        while True:
            try:
                value, end = self._decode(self._text, self._place)
            except json.JSONDecodeError as error:
                cut = error.msg.startswith("Unterminated string") or error.pos > len(self._text) - CUT
                if not cut or not self._more():
                    raise broken(self._path, error.msg.removesuffix(" starting at")) from error
            except (RecursionError, ValueError) as error:
                raise InputError(
                    f"{self._path.name} is nested too deeply for a register.",
                    where=str(self._path),
                    cure="Get the file again from its publisher.",
                ) from error
            else:
                # A number at the end of the buffer may go on in what was not read yet.
                if end < len(self._text) or not self._more():
                    self._place = end
                    return value

    def _more(self) -> bool:
        """Read on; False at the end of the file."""
        self._text = self._text[self._place :]
        self._place = 0
        if len(self._text) > OBJECT:
            raise InputError(
                f"One record of {self._path.name} is longer than {OBJECT:,} characters.",
                where=str(self._path),
                cure="The file is damaged or no register: get it again from its publisher.",
            )
        try:
            new = self._file.read(STEP)
        except UnicodeDecodeError as error:
            raise InputError(
                f"The file {self._path.name} is not UTF-8 text.",
                where=str(self._path),
                cure="Get the file again from its publisher and do not edit it.",
            ) from error
        self._text += new
        return bool(new)
