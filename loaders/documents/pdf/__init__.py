"""PDF files: the words of each page in reading order, as whole paragraphs.

``extract`` reads the characters with their places in a process of its own, ``rows`` and
``columns`` bring them into reading order, ``furniture`` finds what every page repeats, and
``paragraphs`` and ``hyphens`` put together what the ends of lines and pages have cut.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from loaders.documents.cleaning import clean
from loaders.documents.model import PDF, Document, Line
from loaders.documents.pdf.checks import checked
from loaders.documents.pdf.columns import in_reading_order
from loaders.documents.pdf.extract import PageText, Span, damaged, extract
from loaders.documents.pdf.furniture import furniture
from loaders.documents.pdf.hyphens import letters
from loaders.documents.pdf.paragraphs import make_paragraphs
from loaders.documents.pdf.rows import Row, make_rows

_END = 4096  # bytes in which the end mark stands


def read_pdf(data: bytes, path: Path) -> Document:
    """A PDF file: each line is a whole paragraph, heading or item, with its page.

    Raises:
        InputError: it is protected, damaged, too long, takes too much to read, or holds
            pages that are pictures of text.
    """
    if b"%%EOF" not in data[-_END:]:
        # pdfium mends the half of a file, and nobody would miss the other half.
        raise damaged(path)
    text = extract(data, path)
    pages = [page._replace(spans=tuple(_spelt(page.spans))) for page in text.pages]
    dropped, heads = furniture([make_rows(p.number, p.spans) for p in pages], [p.height for p in pages])
    pages = [_without(page, cells) for page, cells in zip(pages, dropped, strict=True)]
    warnings = checked(pages, path)
    paragraphs = ((clean(p.text), p.page) for p in make_paragraphs([*in_reading_order(pages)], text.outline))
    lines = tuple(
        Line(number, words, page)
        for number, (words, page) in enumerate(((w, p) for w, p in paragraphs if w), start=1)
    )
    return Document(
        path,
        hashlib.sha256(data).hexdigest(),
        lines,
        PDF,
        whole=True,
        title=_title([clean(text.title), *map(clean, heads)]),
        warnings=warnings,
    )


def _title(named: Sequence[str]) -> str | None:
    """What the file calls itself: programs name it by a file's name, the running head by its title."""
    return next((t for t in named if "assessment" in t.lower()), named[0] or None)


def _spelt(spans: Iterable[Span]) -> Iterable[Span]:
    return (span._replace(text=letters(span.text)) for span in spans)


def _without(page: PageText, cells: Iterable[Row]) -> PageText:
    """The page without its running head and foot."""
    cells = list(cells)
    spans = (s for s in page.spans if not any(_in(s, cell) for cell in cells))
    return page._replace(spans=tuple(spans))


def _in(span: Span, cell: Row) -> bool:
    across = cell.left - 0.1 <= span.left and span.right <= cell.right + 0.1
    return across and abs(span.down - cell.down) <= 0.5 * cell.size
