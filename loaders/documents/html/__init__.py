"""Saved web pages: what a reader sees of the report, and nothing of the site round it.

A page is read by its structure and its words. Class names are asked only for what many sites
mean alike by them (text for screen readers alone, cookie banners, footers), and never to find
the report: the markup of the published pages is not documented and changes.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from loaders.documents.content import empty
from loaders.documents.html.blocks import read_blocks
from loaders.documents.html.labels import join_labels
from loaders.documents.html.metadata import read_metadata
from loaders.documents.html.region import report_region
from loaders.documents.html.site import without_site
from loaders.documents.html.tree import decode_page, parse_page, strip_unread
from loaders.documents.model import HTML, Document, Line


def read_html(data: bytes, path: Path) -> Document:
    """A saved web page: each line is one whole paragraph, heading, item or row of a table.

    A line's number is that of the source line in which its text begins.

    Raises:
        InputError: the page holds no text, is no text at all, or is built to exhaust a reader.
    """
    markup = decode_page(data, path)
    root = parse_page(markup, path)
    metadata = read_metadata(root, markup)
    strip_unread(root)
    blocks = list(join_labels(without_site(read_blocks(report_region(root)))))
    lines = tuple(
        Line(block.number, f"• {text}" if block.bullet and first == 0 else text)
        for block in blocks
        for first, text in enumerate(block.lines)
    )
    if not lines:
        raise empty(path)
    # Text that a browser wrapped into <pre> is still text with broken lines.
    whole = not blocks[0].preformatted
    return Document(path, hashlib.sha256(data).hexdigest(), lines, HTML, whole, **metadata._asdict())


__all__ = ["read_html"]
