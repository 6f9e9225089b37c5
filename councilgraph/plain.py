"""Text that comes from reports, made fit for the files of other programs."""

from __future__ import annotations

import re

# XML 1.0 has no place for these, not even as references: one of them and no program reads the file.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# These turn the order of what is shown, so that a label could read as another one. Letters that are
# written from the right keep their order without them.
_DIRECTIONS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)], " ")


def xml_text(text: str) -> str:
    """Text that any XML file can hold: what it cannot is shown as the sign for a lost character."""
    if text.isascii() and text.isprintable():
        return text  # nearly all cells of a large table: looking twice would double its time
    return _NOT_XML.sub("\ufffd", text).translate(_DIRECTIONS)


def label(text: str) -> str:
    """A label in one line: line breaks and tabs are spaces."""
    return " ".join(xml_text(text).split())
