"""E-mail messages and mailbox exports: the one page of a report that they carry.

The lines of the document are those of the part that was read, and are numbered within it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from email.message import Message
from pathlib import Path

from councilgraph.errors import InputError
from loaders.documents.html import read_html
from loaders.documents.html.wording import is_title
from loaders.documents.model import Document
from loaders.documents.pdf import read_pdf
from loaders.documents.text import read_text

_PARTING = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From \S{1,200} [^\n]{0,300}\n")
_MOST_MESSAGES = 1_000
_HEAD = 80  # lines: what was written above a forwarded page, and its title
_CHARSETS = {"iso-8859-1": "cp1252", "windows-1252": "cp1252", "iso-8859-15": "iso-8859-15", "utf-8": "utf-8"}


def read_mail(data: bytes, path: Path) -> Document:
    """The report in a message's body or attachment: a page, a PDF or plain text.

    Raises:
        InputError: there is none, or more than one; or it is a web archive.
    """
    found: list[Document] = []
    try:
        for message in _messages(data, path):
            if _is_web_archive(message, path):
                raise InputError(
                    "This is a web archive (MHTML), which is not read.",
                    where=str(path),
                    cure="Open it in the browser and save it as a web page (.html).",
                )
            found.extend(_reports(message, path))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise InputError(
            "The message is damaged: its parts cannot be told apart.",
            where=str(path),
            cure="Save the report's page or attachment in a file of its own and give that.",
        ) from None
    if len(found) != 1:
        number = "no page" if not found else f"{len(found)} pages"
        raise InputError(
            f"The message or mailbox holds {number} of an assessment report.",
            where=str(path),
            cure="Save each page or attachment of a report in a file of its own and give those.",
        )
    return replace(found[0], path=path, sha256=hashlib.sha256(data).hexdigest())


def _messages(data: bytes, path: Path) -> Iterator[Message]:
    parts = [part for part in _PARTING.split(data) if part.strip()]
    if len(parts) > _MOST_MESSAGES:
        raise InputError(
            f"The mailbox holds over {_MOST_MESSAGES:,} messages.",
            where=str(path),
            cure="Save the message with the report in a file of its own (.eml).",
        )
    yield from map(message_from_bytes, parts)


def _is_web_archive(message: Message, path: Path) -> bool:
    named = path.suffix.lower() in (".mht", ".mhtml")
    saved = "Snapshot-Content-Location" in message or "Saved by" in str(message.get("From", ""))
    return named or saved or "Microsoft MHTML" in str(message.get("X-MimeOLE", ""))


def _reports(message: Message, path: Path) -> list[Document]:
    """The parts that are a report; plain text is asked only where no other form is one."""
    parts = [part for part in message.walk() if not part.is_multipart()]
    pages = [part for part in parts if part.get_content_type() != "text/plain"]
    plain = [part for part in parts if part.get_content_type() == "text/plain"]
    return _read(pages, path) or _read(plain, path)


def _read(parts: list[Message], path: Path) -> list[Document]:
    documents: dict[str, Document] = {}
    for part in parts:
        data = part.get_payload(decode=True)
        if not isinstance(data, bytes) or not data.strip():
            continue
        try:
            document = _read_part(part.get_content_type(), _as_utf8(part, data), path)
        except InputError:
            continue  # a picture's caption, a signature: not everything in a message is a page
        if document and any(is_title(line.text) for line in document.lines[:_HEAD]):
            documents.setdefault(document.sha256, document)
    return list(documents.values())


def _read_part(kind: str, data: bytes, path: Path) -> Document | None:
    if b"%PDF-" in data[:1024]:
        return read_pdf(data, path)
    if kind in ("text/html", "application/xhtml+xml"):
        return read_html(data, path)
    return read_text(data, path) if kind == "text/plain" else None


def _as_utf8(part: Message, data: bytes) -> bytes:
    """The bytes of a text whose encoding the message tells, with a mark that they are UTF-8."""
    encoding = _CHARSETS.get((part.get_content_charset() or "").lower())
    if encoding is None or part.get_content_maintype() != "text":
        return data
    try:
        return data.decode(encoding).encode("utf-8-sig")
    except UnicodeError:
        return data
