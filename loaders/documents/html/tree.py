"""The bytes of a page to its tree, within bounds of time and memory.

Only the HTML parser is used: it loads nothing, and knows no entities but those of HTML, so a
page's own entity declarations are never expanded.
"""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from councilgraph.errors import InputError
from loaders.documents.content import empty
from loaders.documents.text import decode

# What pages declare, and what the declared bytes are read as. Everything else that is declared
# is left to the bytes: a page can declare any codec of Python's, and some of them are not safe.
_CHARSETS = {
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-15": "iso-8859-15",
    "windows-1252": "cp1252",
    "windows-1250": "cp1250",
    "macintosh": "mac-roman",
}
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CONTROL = bytes(n for n in range(32) if chr(n) not in "\t\n\f\r")
_INLINED = re.compile(r"data:[a-z0-9.+/-]{0,80};base64,[A-Za-z0-9+/=%\s]{64,}", re.IGNORECASE)
# A page of a report has under five thousand tags and one with all its styles inlined far under
# a hundred thousand; a tree takes a few hundred bytes for each.
_MOST_TAGS = 200_000
# The parser compares each attribute of a tag with all before it: a hundred thousand take minutes.
_MOST_ATTRIBUTES = 2_000
_HARMLESS = 65_536  # characters, in which there is no room for enough of them
_TAG = re.compile(r"""<[A-Za-z](?:[^>=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|=)*+""")
_TAG_START = re.compile(r"</?[A-Za-z]")  # scripts are full of the sign alone
_QUOTED = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_WORD = re.compile(r"[^\s/=>]+")
# What is on the page and is never its text. Taken out of the tree, so that nobody counts it.
_UNREAD = ("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "audio")


def decode_page(data: bytes, path: Path) -> str:
    """The markup as text: by its mark, as UTF-8 if it is that, as declared, or as text is read.

    Raises:
        InputError: the bytes are no text.
    """
    text = _declared(data)
    if text is None:
        text = decode(data, path)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _INLINED.sub("data:,", text) if ";base64," in text else text


def _declared(data: bytes) -> str | None:
    if data.startswith(_BOMS) or b"\x00" in data:
        return None
    match = _CHARSET.search(data[:8192])
    encoding = _CHARSETS.get(match[1].decode("ascii").lower()) if match else None
    if encoding is None:
        return None
    try:
        # A page that was stored again is often UTF-8 and declares what it was before. Hardly
        # any text of another encoding is UTF-8 by chance.
        return data.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            return None


def parse_page(markup: str, path: Path) -> etree._Element:
    """The root of the tree, without comments.

    Raises:
        InputError: there is no element, or the page is beyond any bound that a report's keeps.
    """
    if markup.count("<") > _MOST_TAGS and len(_TAG_START.findall(markup)) > _MOST_TAGS:
        raise _beyond(f"has over {_MOST_TAGS:,} tags", path)
    if len(markup) > _HARMLESS:
        _check_attributes(markup, path)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(markup.encode("utf-8", "replace").translate(None, _CONTROL), parser)
    except etree.LxmlError:
        raise empty(path) from None
    # The parser gives up where elements lie too deep in one another or a text is too long, and
    # gives what it has. Read as it is, the page would lose its end in silence.
    fatal = next((e for e in parser.error_log if e.level == etree.ErrorLevels.FATAL), None)
    if fatal is not None:
        deep = "depth" in fatal.message
        what = "has elements nested hundreds deep" if deep else "cannot be read to its end"
        raise _beyond(what, path, fatal.line)
    if root is None:
        raise empty(path)
    return root


def strip_unread(root: etree._Element) -> None:
    """Take scripts, styles and pictures out of the tree; the text behind each of them stays."""
    etree.strip_elements(root, *_UNREAD, with_tail=False)


def _check_attributes(markup: str, path: Path) -> None:
    for tag in _TAG.finditer(markup):
        if tag.end() - tag.start() < 2 * _MOST_ATTRIBUTES:
            continue
        names = _WORD.findall(_QUOTED.sub(" ", tag[0]))
        if len(names) > _MOST_ATTRIBUTES:
            line = markup.count("\n", 0, tag.start()) + 1
            raise _beyond(f"has a tag with over {_MOST_ATTRIBUTES:,} attributes", path, line)


def _beyond(what: str, path: Path, line: int = 0) -> InputError:
    return InputError(
        f"The page {what}; no page of a report does.",
        where=f"{path}:{line}" if line else str(path),
        cure="Save the page again from the browser, or give its text (.txt).",
    )
