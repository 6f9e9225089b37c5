"""The text of a PDF with its positions, read in a process of its own with limits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from councilgraph.errors import InputError
from loaders.documents.pdf import worker

# The worker ends itself by the processor's clock, which does not run while other programs
# have the processor. This is for systems without such a limit, and for a machine that hangs.
_PATIENCE = 4 * worker.MOST_SECONDS if sys.platform != "win32" else worker.MOST_SECONDS + 1
_SAVE_AGAIN = "Download it again, or open it and save it as a new PDF, and give the new file."


class Span(NamedTuple):
    """Words on one baseline without a wide gap; all measures in points from the upper left.

    ``down`` is the baseline, ``first`` the width of the first word.
    """

    text: str
    left: float
    right: float
    down: float
    size: float
    bold: bool
    first: float


class PageText(NamedTuple):
    """One page: ``unread`` characters without a letter, ``turned`` ones askew to the others.

    ``unseen`` ones lie outside the page, ``picture`` is the share of the page under its
    largest picture, ``paths`` the number of its drawn shapes.
    """

    number: int
    width: float
    height: float
    spans: tuple[Span, ...]
    unread: int
    turned: int
    unseen: int
    picture: float
    paths: int


class PdfText(NamedTuple):
    """A PDF: what it calls itself, the titles of its bookmarks, and its pages."""

    title: str
    outline: tuple[str, ...]
    pages: tuple[PageText, ...]


def extract(data: bytes, path: Path) -> PdfText:
    """The text of a PDF.

    Raises:
        InputError: the file is protected, damaged, too long, or takes too much to read.
    """
    try:
        # The file is ours and known by its path, so the folder that the command is run in
        # cannot put another module in its place (-P).
        done = subprocess.run(
            [sys.executable, "-P", worker.__file__],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise _too_much(path) from None
    records = _records(done.stdout)
    if records and "error" in records[0]:
        raise _refused(records[0], path)
    if records and "error" in records[-1]:
        raise _refused(records[-1], path)
    if done.returncode != 0 or not records or len(records) != records[0]["pages"] + 1:
        raise _too_much(path)
    head, *pages = records
    return PdfText(head["title"], tuple(head["outline"]), tuple(_page(n, p) for n, p in enumerate(pages, 1)))


def _records(output: bytes) -> list[dict[str, Any]]:
    """The records that were written whole; a worker that was ended leaves half of one."""
    return [json.loads(line) for line in output.splitlines(keepends=True) if line.endswith(b"\n")]


def _page(number: int, record: dict[str, Any]) -> PageText:
    spans = tuple(Span(*span) for span in record.pop("spans"))
    return PageText(number=number, spans=spans, **record)


def _refused(record: dict[str, Any], path: Path) -> InputError:
    n = record["n"]
    match record["error"]:
        case "locked":
            return InputError(
                "The PDF is protected by a password.",
                where=str(path),
                cure="Open it with the password, save an unprotected copy and give that.",
            )
        case "pages":
            return InputError(
                f"The PDF has {n} pages; a report has fewer than {worker.MOST_PAGES}.",
                where=str(path),
                cure="Give the PDF of one assessment alone.",
            )
        case "characters":
            return InputError(
                f"The PDF holds more text by its page {n} than a report has.",
                where=str(path),
                cure="Give the PDF of one assessment alone.",
            )
        case "page":
            return InputError("This page of the PDF is damaged.", where=f"{path} page {n}", cure=_SAVE_AGAIN)
        case _:
            return damaged(path)


def damaged(path: Path) -> InputError:
    """The error for a PDF that cannot be opened, or whose end is missing."""
    return InputError("The PDF is damaged or cut off.", where=str(path), cure=_SAVE_AGAIN)


def _too_much(path: Path) -> InputError:
    return InputError(
        "The PDF cannot be read: it is damaged, or made so that reading it takes too much time or memory.",
        where=str(path),
        cure=_SAVE_AGAIN,
    )
