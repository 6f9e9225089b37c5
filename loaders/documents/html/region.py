"""Where on a page the report stands, told by its main part and its title."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from lxml import etree

from loaders.documents.html.plain import clean_quickly as clean
from loaders.documents.html.wording import is_title

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

_LENGTH = etree.XPath("string-length(.)", smart_strings=False)
_MAINS = etree.XPath("//main | //*[@role='main']")
_CONTROLS = etree.XPath("//*[@aria-controls]")


class Region(NamedTuple):
    """The element to walk, and where to stop.

    ``end`` is the element after whose end nothing belongs to the report; ``held`` are the
    title and the elements round it, which are never furniture; ``panels`` the names of what a
    reader opens from a heading or a tab; ``letters`` how much text there is.
    """

    root: etree._Element
    end: etree._Element | None
    held: frozenset[etree._Element]
    panels: frozenset[str]
    letters: int


def report_region(root: etree._Element) -> Region:
    """The part of the page from which lines are read."""
    title = _title(root)
    held = frozenset([title, *title.iterancestors()]) if title is not None else frozenset()
    main = _main(root, held)
    panels = frozenset(c.get("aria-controls") or "" for c in _CONTROLS(root) if _opens_text(c))
    if main is not None and (title is None or main in held):
        return Region(main, None, held, panels, letters(main))
    return Region(root, main, held, panels, letters(root))


def letters(element: etree._Element) -> int:
    """How long the text in an element is."""
    return int(_LENGTH(element))


def beginning(element: etree._Element) -> str:
    """The first words in an element: enough to know it by, however much it holds."""
    return "".join(islice(element.itertext(), 100))[:1000]


def _title(root: etree._Element) -> etree._Element | None:
    """The heading that is the title of a report, or the first of the first rank."""
    first = None
    for heading in root.iter(*HEADINGS):
        text = clean(beginning(heading))
        if is_title(text):
            return heading
        if first is None and heading.tag == "h1" and text:
            first = heading
    return first


def _main(root: etree._Element, held: frozenset[etree._Element]) -> etree._Element | None:
    """The main part; None where the page names none, or where the title follows it."""
    mains = _MAINS(root)
    for main in mains:
        if main in held:
            return main
    if len(mains) != 1 or not held:
        return mains[0] if len(mains) == 1 else None
    for element in root.iter():
        if element is mains[0]:
            return None
        if element in held and not any(child in held for child in element):
            return mains[0]
    return None


def _opens_text(control: etree._Element) -> bool:
    return control.get("role") == "tab" or any(a.tag in HEADINGS for a in control.iterancestors())
