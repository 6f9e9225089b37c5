"""Which links of a page can lead to another page of the same assessment."""

from __future__ import annotations

import re
from dataclasses import dataclass

from loaders.cqc_report.header import read_title
from loaders.cqc_report.lookups import comparable, lookups
from loaders.web.addresses import below, folder_of, home_of, path_of, same_site
from loaders.web.links import Item

_THEME_NUMBER = re.compile(r"^theme [1-4]\s?[:–-]?\s*")
_FILE = re.compile(r"\.(?!html?$)[a-z0-9]{2,4}$", re.IGNORECASE)
SUMMARY = frozenset({"summary", "assessment summary", "overall summary"})
"""How the link to the summary is worded, beside the headings that stand on its page."""


@dataclass(frozen=True, slots=True)
class Lead:
    """An address to look at; ``needed``: a page without which evidence would be missing."""

    address: str
    needed: bool


def lead_of(item: Item, page: str, council: str, *, opens: bool) -> Lead | None:
    """The link as an address to look at; None for one that leads elsewhere.

    ``page`` is the address of the page that it stands on, ``council`` the name in the title
    there. ``opens`` says that it is a page that others lie below, whatever their links say.
    """
    if item.address is None or not same_site(page, item.address) or _FILE.search(path_of(item.address)):
        return None
    here, there = path_of(page), path_of(item.address)
    home = home_of(here)
    part = _names_part(item.text)
    named = part or comparable(read_title(item.text) or item.text) == comparable(council)
    beneath = opens and below(there, here)
    beside = named and (there.startswith(home + "/") if home else not folder_of(there))
    above = not opens and (there == home or (below(here, there) and folder_of(there) == folder_of(here)))
    if not (beneath or beside or above):
        return None
    return Lead(item.address, part or (beneath and there.startswith(here + "/")))


def _names_part(words: str) -> bool:
    """Is it what a part of a report is called?"""
    known, plain = lookups(), comparable(words)
    theme = _THEME_NUMBER.sub("", plain)
    headings = ("people-experience-summary", "strengths-summary")
    return (
        plain in known.statements
        or plain in SUMMARY
        or known.headings.get(plain) in headings
        or theme in known.themes
    )
