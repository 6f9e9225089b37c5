"""The bytes of a file and what kind of file they say it is, whatever its name."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from councilgraph.errors import InputError
from loaders.documents.envelope import looks_like_mail
from loaders.documents.model import HTML, MAIL, PDF, TEXT

# A whole published assessment is under half a megabyte of text. Anything far above it is not
# a report, and reading it whole would take the machine's memory. Pages carry mark-up, and
# printed ones fonts and pictures.
LARGEST = {TEXT: 8 * 1024 * 1024, HTML: 16 * 1024 * 1024, PDF: 64 * 1024 * 1024, MAIL: 64 * 1024 * 1024}
_HEAD = 4096
# A page of mark-up says so near its start; a text that only quotes a tag does not.
_HTML = re.compile(rb"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.IGNORECASE)

# What the first bytes of other kinds of file say they are.
_OTHER_KINDS = (
    (b"PK\x03\x04", "a zip archive (or an Office document)"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"{\\rtf", "a rich text document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
)


def read_bytes(path: Path) -> tuple[bytes, str]:
    """The bytes of a file and its form: ``TEXT``, ``HTML``, ``PDF`` or ``MAIL``.

    Raises:
        InputError: the file is missing, empty, too large, unreadable, or of another kind.
    """
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
        with path.open("rb") as file:
            head = file.read(_HEAD)
            form = _form(head, path)
            if status.st_size > LARGEST[form]:
                raise InputError(
                    f"The file has {status.st_size / 1e6:.0f} MB; a report has less than one.",
                    where=str(path),
                    cure="Check that this is the text of one assessment.",
                )
            # One byte more than allowed at the most, should the file have grown.
            data = head + file.read(LARGEST[form])
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
        raise empty(path)
    return data, form


def form_of(data: bytes, path: Path) -> str:
    """The form of a file whose bytes are at hand already; ``path`` names it in messages.

    Raises:
        InputError: it is empty or of another kind.
    """
    if not data.strip():
        raise empty(path)
    return _form(data[:_HEAD], path)


def empty(path: Path) -> InputError:
    """The error for a file in which there is nothing to read."""
    return InputError(
        "The file is empty.", where=str(path), cure="Save the report again and give the new file."
    )


def _form(head: bytes, path: Path) -> str:
    for magic, kind in _OTHER_KINDS:
        if head.startswith(magic):
            raise InputError(
                f"This is {kind}, not a report's text, page or PDF.",
                where=str(path),
                cure="Give the report as a web page (.html), a PDF or plain text (.txt).",
            )
    # Before the others: the head of a short message has the page in it.
    if looks_like_mail(head):
        return MAIL
    if b"%PDF-" in head[:1024]:
        return PDF
    # Two bytes a character: the zeros are taken out, so that the tags can be seen.
    plain = head.replace(b"\0", b"") if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head
    return HTML if _HTML.search(plain) else TEXT
