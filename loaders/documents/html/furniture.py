"""Which elements of a page are no part of its text: menus, banners, forms, what is hidden."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from loaders.documents.html.region import HEADINGS, Region, beginning, letters
from loaders.documents.html.wording import words

# Inside a sentence these leave nothing behind, not even a break.
INLINE = frozenset(("button", "input", "select", "textarea", "img", "canvas", "video", "label", "picture"))
_NEVER = INLINE | {"head", "title", "meta", "link", "datalist", "map", "dialog", "frameset"}
_LANDMARKS = frozenset(("nav", "header", "footer", "aside", "form"))
_ROLES = words(
    "navigation banner contentinfo search complementary dialog alertdialog menu menubar toolbar tooltip"
)
_INVISIBLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|font-size\s*:\s*0(?![.\d])"
    r"|opacity\s*:\s*0(?:\.0+)?(?![.\d])",
    re.IGNORECASE,
)
# Frameworks' common names for text that only a screen reader speaks.
_SPOKEN = re.compile(
    r"(?:^|[\s_-])(?:visually-?hidden|sr-only|screen-?reader(?:-text|-only)?|element-invisible|show-for-sr)"
    r"(?:-focusable)?(?:$|\s)",
    re.IGNORECASE,
)
# Whole names, or whole first or last parts of them: 'findings-footer' is no footer of a site.
_NAMED = re.compile(
    r"(?:^|\s)(?:(?:site|page|global|main|region|block|layout)[_-]{1,2})?footer"
    r"(?:[_-]{1,2}(?:wrapper|inner|container|content|links|menu|top|bottom))?(?:$|\s)"
    r"|(?:^|[\s_-])(?:cookies?[_-](?:banner|consent|notice|message|bar|popup)|breadcrumbs?|skip[_-]?link"
    r"|pagination|pager|table-of-contents|toc|(?:social|share)[_-](?:links|buttons|share|media)"
    r"|related[_-](?:links|content|items|pages))(?:$|\s)",
    re.IGNORECASE,
)
_SPOKEN_NAME = re.compile(r"\b(?:cookie|breadcrumb|share|related|pagination|pager|skip)", re.IGNORECASE)
_TOGGLES = frozenset(("show", "hide", "open", "close", "expand", "collapse", "show all", "+", "-"))


class _Looks(NamedTuple):
    """What an element seems to be by its attributes alone."""

    hidden: bool
    role: bool
    spoken: bool
    named: bool


_PLAIN = _Looks(hidden=False, role=False, spoken=False, named=False)


def is_left_out(element: etree._Element, tag: str, region: Region, *, in_heading: bool) -> bool:
    """Is the element no part of the report's text, with all that it holds?"""
    if tag in _NEVER and not (tag == "button" and in_heading):
        return True
    if tag in _LANDMARKS and element not in region.held and not _heads_a_part(element):
        return True
    if in_heading and tag == "span" and beginning(element).strip().lower() in _TOGGLES:
        return True  # the word on the switch of a part that can be folded
    told = element.items()
    if not told or (len(told) == 1 and told[0][0] == "href"):
        return False  # most links have an address, each its own, and nothing else
    looks = _looks(tuple(told), tag)
    return looks is not _PLAIN and _is_meant(looks, element, region)


def _is_meant(looks: _Looks, element: etree._Element, region: Region) -> bool:
    """Do the attributes mean here what they look like?"""
    # What is folded away behind a heading is one click from being read.
    if looks.hidden and element.get("id") not in region.panels:
        return True
    if element in region.held:
        return False
    if looks.role or (looks.spoken and not _is_or_holds_heading(element)):
        return True
    # A name is a hint: what holds most of the page is no footer of it, whatever it is called.
    return looks.named and letters(element) * 2 < region.letters


@lru_cache(maxsize=4096)
def _looks(attributes: tuple[tuple[str, str], ...], tag: str) -> _Looks:
    told = dict(attributes)
    names = (told.get("class", ""), told.get("id", ""))
    label = told.get("aria-label", "") if tag != "a" else ""
    hidden = told.get("hidden", "until-found").lower() != "until-found"
    hidden = hidden or told.get("aria-hidden", "").lower() == "true"
    looks = _Looks(
        hidden=(hidden or bool(_INVISIBLE.search(told.get("style", "")))) and told.get("role") != "tabpanel",
        role=told.get("role", "").lower() in _ROLES or told.get("rel") in ("next", "prev"),
        spoken=any(map(_SPOKEN.search, names)),
        named=bool(_SPOKEN_NAME.search(label)) or any(map(_NAMED.search, names)),
    )
    return looks if any(looks) else _PLAIN


def _heads_a_part(element: etree._Element) -> bool:
    """A header inside an article or section belongs to the text, if it has a heading."""
    if element.tag != "header" or not any(True for _ in element.iter(*HEADINGS)):
        return False
    return any(a.tag in ("article", "section", "main") for a in element.iterancestors())


def _is_or_holds_heading(element: etree._Element) -> bool:
    if any(True for _ in element.iter(*HEADINGS)):
        return True
    heading = next(element.iterancestors(*HEADINGS), None)
    return heading is not None and letters(heading) == letters(element)
