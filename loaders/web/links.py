"""The links of a page in reading order, with their words and the heading that they stand under."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree, html

from loaders.documents.cleaning import clean
from loaders.web.addresses import joined

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MOST = 5000  # links of one page; the longest real list has some hundreds
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Item:
    """A link, or an item of a list without one (``address`` None). ``heading`` is above it."""

    address: str | None
    text: str
    heading: str
    next_page: bool = False


def read_items(data: bytes, address: str) -> list[Item]:
    """The links and plain list items of a page that came from ``address``."""
    # What a page of mark-up may hold is bounded by its size; the parser mends the rest.
    parser = html.HTMLParser(no_network=True, remove_comments=True, huge_tree=False)
    try:
        root = html.document_fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return []  # nothing in it
    base, heading = address, ""
    items: list[Item] = []
    for element in root.iter(etree.Element):
        name = element.tag if isinstance(element.tag, str) else ""
        if name == "base" and (href := element.get("href")):
            base = joined(address, href) or address
        elif name in _HEADINGS:
            heading = _words(element)
        elif name == "a" and (href := element.get("href")):
            if target := joined(base, href):
                onward = "next" in (element.get("rel") or "").lower().split()
                items.append(Item(target, _words(element), heading, onward))
        elif name == "li" and element.find(".//a[@href]") is None and element.find(".//li") is None:
            items.append(Item(None, _words(element), heading))
        if len(items) >= _MOST:
            break
    return items


def _words(element: etree._Element) -> str:
    """The words of an element, a space where a tag parts them, cut where no name is so long."""
    parts: list[str] = []
    length = 0
    for part in element.itertext():
        parts.append(str(part))
        length += len(part)
        if length > 4 * _LONGEST:
            break
    return clean(" ".join(parts))[:_LONGEST]
