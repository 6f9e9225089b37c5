"""A file of plain text to clean lines, whatever its encoding and typographical noise.

Nothing is interpreted here. Characters that a reader cannot see (zero-width, control,
bidirectional overrides) are dropped, because the same sentence copied from two places
would otherwise get two digests, and because they can make a page show what is not there.
"""

from __future__ import annotations

import hashlib
import re
import stat
import unicodedata
from pathlib import Path
from typing import NamedTuple

from councilgraph.errors import InputError

# A whole published assessment is under half a megabyte of text. Anything far above it is
# not a report, and reading it whole would take the machine's memory.
LARGEST_FILE = 8 * 1024 * 1024

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# What the first bytes of other kinds of file say they are.
_OTHER_KINDS = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a zip archive (or an Office document)"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"{\\rtf", "a rich text document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
)
# Bullets of Word's symbol fonts; they are private-use characters and would be dropped.
_SYMBOL_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf0fc", "•"))
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]{1,300})\]\([^()\s]{0,500}\)")
_NESTED_LINKS = 4
_LINE_END = re.compile(r"\r\n|\n|\r")
# Control, zero-width, bidirectional, private-use and non-characters. Spaces of every kind
# are left: they part words.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ufffe\uffff\U000e0000-\U0010ffff]"
)


class Line(NamedTuple):
    """One line of a file: its number from 1 and its text, cleaned; "" for a blank line."""

    number: int
    text: str


class TextFile(NamedTuple):
    """A file read: its lines and the SHA-256 of its bytes as they were."""

    path: Path
    sha256: str
    lines: tuple[Line, ...]


def read_text_file(path: Path) -> TextFile:
    """Read one file of plain text.

    Raises:
        InputError: the file is missing, empty, too large, unreadable or no plain text.
    """
    data = _read_bytes(path)
    lines = tuple(
        Line(number, clean(part))
        for number, line in enumerate(_LINE_END.split(_decode(data, path)), start=1)
        # A form feed ends a line of text, but no editor counts it as one.
        for part in (line.splitlines() or [""])
    )
    if not any(line.text for line in lines):
        raise _empty(path)
    return TextFile(path, hashlib.sha256(data).hexdigest(), lines)


def clean(text: str) -> str:
    """One space between words, links as their words, no invisible characters.

    >>> clean("The  [Care Act](https://example.org/act)\u200b applies")
    'The Care Act applies'
    """
    text = _level(text.translate(_SYMBOL_BULLETS))
    for _ in range(_NESTED_LINKS):
        plain = _level(_MARKDOWN_LINK.sub(r"\1", text))
        if plain == text:
            return text
        text = plain
    # Links within links within links are no text of a report. What is left of them is kept,
    # parted so that cleaning it again would change nothing.
    return text.replace("](", "] (")


def _level(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())


def _empty(path: Path) -> InputError:
    return InputError(
        "The file is empty.", where=str(path), cure="Save the report again and give the new file."
    )


def _read_bytes(path: Path) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise InputError(
                "This is a folder, not a report.", where=str(path), cure="Give the file inside it."
            )
        if not stat.S_ISREG(status.st_mode):
            # A pipe or a device has no size: reading it could wait, or go on, for ever.
            raise InputError(
                "This is no ordinary file.", where=str(path), cure="Save the text to a file and give that."
            )
        if status.st_size > LARGEST_FILE:
            raise InputError(
                f"The file has {status.st_size / 1e6:.0f} MB; a report has less than one.",
                where=str(path),
                cure="Check that this is the text of one assessment.",
            )
        data = path.read_bytes()
    except FileNotFoundError:
        raise InputError(
            "There is no such file.", where=str(path), cure="Check the path and its spelling."
        ) from None
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        raise InputError(
            f"The file cannot be read: {getattr(error, 'strerror', None) or error}.",
            where=str(path),
            cure="Check that you may read it.",
        ) from None
    if not data.strip():
        raise _empty(path)
    return data


def _decode(data: bytes, path: Path) -> str:
    for magic, kind in _OTHER_KINDS:
        if data.startswith(magic):
            raise InputError(
                f"This is {kind}, not plain text.",
                where=str(path),
                cure="Save the report as plain text (.txt) and give that file.",
            )
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
