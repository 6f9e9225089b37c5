"""Files in every form that a report comes in, read into clean lines of text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from loaders.documents.content import LARGEST, form_of, read_bytes
from loaders.documents.html import read_html
from loaders.documents.mail import read_mail
from loaders.documents.model import HTML, MAIL, PDF, TEXT, Document, Line
from loaders.documents.origins import address_of
from loaders.documents.pdf import read_pdf
from loaders.documents.text import read_text

SUFFIXES = (".txt", ".html", ".htm", ".xhtml", ".pdf", ".eml", ".mbox", ".mht", ".mhtml")
"""What report files are called; what is in a file is told by its bytes, not by its name."""

_READERS: dict[str, Callable[[bytes, Path], Document]] = {
    TEXT: read_text,
    HTML: read_html,
    PDF: read_pdf,
    MAIL: read_mail,
}

_LAST: dict[tuple[Path, str], Document] = {}
_MOST_KEPT = 16  # the pages of one assessment


def read_document(path: Path) -> Document:
    """Read one file, as its content says what it is.

    Its address is the one that it states itself, otherwise the one that it was fetched from.

    Raises:
        InputError: the file is missing, empty, too large, damaged, or of no form that is read.
    """
    data, form = read_bytes(path)
    document = _parsed(data, form, path)
    if document.address is None and (address := address_of(path, document.sha256)):
        return replace(document, address=address)
    return document


def document_of(data: bytes, path: Path, address: str | None) -> Document:
    """As ``read_document`` for bytes that are at hand: nothing is looked up on this machine's disk.

    ``path`` is where they were read, on whatever machine; ``address`` what is known of their origin.
    """
    return replace(_parsed(data, form_of(data, path), path), address=address)


def _parsed(data: bytes, form: str, path: Path) -> Document:
    """The bytes, read; a file is looked at and then read, and a PDF takes a second each time."""
    key = (path, hashlib.sha256(data).hexdigest())
    if key not in _LAST:
        while len(_LAST) >= _MOST_KEPT:
            del _LAST[next(iter(_LAST))]
        _LAST[key] = _READERS[form](data, path)
    return _LAST[key]


__all__ = ["HTML", "LARGEST", "PDF", "SUFFIXES", "TEXT", "Document", "Line", "document_of", "read_document"]
