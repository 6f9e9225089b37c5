"""The page that lists all assessments, and what the pages that it lists say of themselves."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from councilgraph.errors import InputError
from loaders.cqc_report.lookups import comparable
from loaders.cqc_report.page import Page
from loaders.cqc_report.page_reader import read_page
from loaders.documents import read_document
from loaders.web.addresses import below, checked, folder_of, path_of, query_of, same_site
from loaders.web.errors import FetchError
from loaders.web.fetch import Fetcher, WebPage
from loaders.web.leads import SUMMARY
from loaders.web.links import Item, read_items

LISTING = "https://www.cqc.org.uk/care-services/local-authority-assessment-reports"
"""Where the Care Quality Commission lists its assessments of councils."""

PUBLISHED, PILOT, IN_PROGRESS = "published", "pilot", "in-progress"

_FOLDER = "/local-authority-assessment-reports"
_PAGE = re.compile(r"(?:^|&)page=[0-9,%A-Ca-c]{1,20}(?:&|$)")
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list: what it is called, its kind, and its page where it has one."""

    name: str
    kind: str
    address: str | None


@dataclass(frozen=True, slots=True)
class Stated:
    """What the pages of an assessment state of it."""

    authority: str
    published: date | None
    last_updated: date | None


def read_listing(address: str, fetcher: Fetcher) -> list[Listed]:
    """The assessments that a page lists, and the pages that it goes on on.

    Raises:
        FetchError: a page cannot be had, the list goes on and on, or it lists nothing.
    """
    address = checked(address)
    waiting, seen = [address], {address}
    found: dict[str, Listed] = {}
    while waiting:
        page = fetcher.get(waiting.pop(0))
        seen.add(page.address)
        for item in read_items(page.data, page.address):
            if _goes_on(item, page, address) and item.address and item.address not in seen:
                seen.add(item.address)
                waiting.append(item.address)
            elif listed := _listed(item, address):
                # A list can name one page twice, with a picture and with words.
                found.setdefault(listed.address or comparable(listed.name), listed)
        if len(seen) > fetcher.limits.pages:
            raise FetchError(
                f"The list goes on over more than {fetcher.limits.pages} pages.",
                where=address,
                cure="Give the address of the list of local authority assessments.",
            )
    if not any(listed.address for listed in found.values()):
        raise FetchError(
            "The page lists no assessments.",
            where=address,
            cure="Give the address of the list of local authority assessments.",
        )
    return list(found.values())


def read_stated(address: str, fetcher: Fetcher) -> Stated:
    """What the landing page of an assessment and its summary state: either can be the newer.

    Raises:
        FetchError: the page cannot be had. InputError: it is no assessment report.
    """
    page = fetcher.get(address)
    told = _read(page)
    if told.role == "landing":
        for item in read_items(page.data, page.address):
            if item.address and comparable(item.text) in SUMMARY and _beside(page.address, item.address):
                more = _read(fetcher.get(item.address))
                if comparable(more.authority) == comparable(told.authority):
                    told.published = told.published or more.published
                    updates = [day for day in (told.last_updated, more.last_updated) if day]
                    told.last_updated = max(updates, default=None)
                break
    return Stated(told.authority, told.published, told.last_updated)


def _goes_on(item: Item, page: WebPage, first: str) -> bool:
    """Is it a link to another page of the same list?"""
    return (
        item.address is not None
        and same_site(page.address, item.address)
        and path_of(item.address) == path_of(first)
        and bool(item.next_page or _PAGE.search(query_of(item.address)))
    )


def _listed(item: Item, listing: str) -> Listed | None:
    heading = comparable(item.heading)
    kind = IN_PROGRESS if "in progress" in heading else PILOT if "pilot" in heading else PUBLISHED
    if item.address is None:
        plain = kind == IN_PROGRESS and 0 < len(item.text) <= _LONGEST_NAME
        return Listed(item.text, kind, None) if plain else None
    folder = folder_of(path_of(item.address))
    if not same_site(listing, item.address) or not item.text:
        return None
    if folder != path_of(listing) and not folder.endswith(_FOLDER):
        return None
    return Listed(item.text, kind, item.address)


def _beside(page: str, other: str) -> bool:
    here, there = path_of(page), path_of(other)
    return same_site(page, other) and (below(there, here) or folder_of(there) == folder_of(here))


def _read(page: WebPage) -> Page:
    """The page as the readers of files see it."""
    with tempfile.TemporaryDirectory(prefix="councilgraph-") as folder:
        path = Path(folder) / f"page{page.ending}"
        path.write_bytes(page.data)
        try:
            return read_page(read_document(path))
        except InputError as error:
            # The file is gone when this is read; the address is what the user knows.
            raise InputError(error.what, where=page.address, cure=error.cure) from None
