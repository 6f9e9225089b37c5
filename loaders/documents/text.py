"""Plain text, whatever its encoding: nothing is interpreted here."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from councilgraph.errors import InputError
from loaders.documents.cleaning import clean
from loaders.documents.content import empty
from loaders.documents.model import Document, Line

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_LINE_END = re.compile(r"\r\n|\n|\r")


def read_text(data: bytes, path: Path) -> Document:
    """A file of plain text.

    Raises:
        InputError: it is empty, or no plain text.
    """
    lines = tuple(
        Line(number, clean(part))
        for number, line in enumerate(_LINE_END.split(decode(data, path)), start=1)
        # A form feed ends a line of text, but no editor counts it as one.
        for part in (line.splitlines() or [""])
    )
    if not any(line.text for line in lines):
        raise empty(path)
    return Document(path, hashlib.sha256(data).hexdigest(), lines)


def decode(data: bytes, path: Path) -> str:
    """The text of the bytes: by their mark, as UTF-8, or as Windows-1252.

    Raises:
        InputError: they are no text in any of these.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                break
    if b"\x00" in data:
        raise InputError(
            "The file is not plain text: it holds binary data.",
            where=str(path),
            cure="Save the report as plain text (.txt) in UTF-8 and give that file.",
        )
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong = error.start
    # Windows' own encoding, which Word's 'plain text' writes by default, comes last: it
    # takes nearly every byte. A file that is UTF-8 but for a damaged byte would be read by
    # it without a complaint, and every apostrophe in it would become three characters.
    lenient = data.decode("utf-8", errors="replace")
    damaged = lenient.count("\ufffd")
    if sum(c > "\x7f" for c in lenient) <= 2 * damaged:
        try:
            return data.decode("cp1252")
        except UnicodeDecodeError as error:
            wrong = error.start
    line = data.count(b"\n", 0, wrong) + 1
    raise InputError(
        "The file is neither UTF-8 nor Windows-1252 text: a character in this line cannot be read.",
        where=f"{path}:{line}",
        cure="Save the report as plain text (.txt) in UTF-8 and give that file.",
    )
