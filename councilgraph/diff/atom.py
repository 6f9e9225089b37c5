"""Atom feeds as XML (RFC 4287): one way of writing them, for the explorer's feed too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
AUTHOR = "The councilgraph contributors"
# Signs that XML cannot hold, however they are escaped; a report's page may hold anything.
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Link = Mapping[str, str]
"""The attributes of a link; ``href`` must be an address that is escaped already."""


def begun(
    identifier: str, title: str, updated: str, *, subtitle: str = "", links: Iterable[Link] = ()
) -> etree._Element:
    """A feed without an entry; ``updated`` is a moment such as 2026-03-31T00:00:00Z."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", "en-GB")
    add(root, "id", identifier)
    add(root, "title", title)
    if subtitle:
        add(root, "subtitle", subtitle)
    add(root, "updated", updated)
    for link in links:
        add(root, "link", **link)
    add(add(root, "author"), "name", AUTHOR)
    return root


def entry(
    root: etree._Element, identifier: str, title: str, updated: str, links: Iterable[Link] = ()
) -> etree._Element:
    """An entry at the end of the feed, to which its summary or content is added."""
    made = add(root, "entry")
    add(made, "id", identifier)
    add(made, "title", title)
    add(made, "updated", updated)
    for link in links:
        add(made, "link", **link)
    return made


def add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """An element with its text."""
    clean = {name: plain(value) for name, value in attributes.items()}
    child = etree.SubElement(parent, f"{{{ATOM}}}{tag}", clean)
    child.text = plain(text) or None
    return child


def plain(text: str) -> str:
    """Text that XML can hold."""
    return _NO_XML.sub("\ufffd", text)


def written(root: etree._Element) -> bytes:
    """The feed as UTF-8."""
    etree.indent(root, space=" ")
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return data + b"\n"
