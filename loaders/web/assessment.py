"""The pages of one assessment, found by the links on them and kept as files of one folder.

The layouts put their pages at different addresses, and the slugs are irregular. So a page is
recognised by what it says: it has the title of the same council, and no other date. Links
only say where to look: below the landing page, and beside a page where the words of the link
are the name of a part of a report.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from councilgraph.errors import InputError
from councilgraph.statements import STATEMENTS
from loaders.cqc_report.lookups import comparable
from loaders.cqc_report.page import Page
from loaders.cqc_report.page_reader import PageReader
from loaders.cqc_report.peek import PageKey, peek
from loaders.documents import read_document
from loaders.documents.origins import write_origins
from loaders.web.addresses import checked, home_of, origin, path_of
from loaders.web.errors import FetchError
from loaders.web.fetch import Fetcher, WebPage
from loaders.web.leads import Lead, lead_of
from loaders.web.links import read_items

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class Collected:
    """The folder that holds the pages of an assessment; ``missing`` are statements without a page."""

    folder: Path
    pages: int
    missing: tuple[str, ...]


def collect(address: str, fetcher: Fetcher, cache: Path) -> Collected:
    """Fetch the pages of the assessment that the page at ``address`` belongs to.

    ``address`` is that of the landing page, the summary or a statement. The pages lie below
    ``cache`` byte for byte, with a file that says where each came from. The folder of an
    earlier fetch from that address is replaced once all pages are there.

    Raises:
        FetchError: a page cannot be had, or links lead on and on. InputError: the page is
        no assessment report.
    """
    address = checked(address)
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="new-", dir=cache) as temporary:
        crawl = _Crawl(fetcher, Path(temporary) / "pages")
        crawl.run(address)
        target = cache / folder_name(address)
        shutil.rmtree(target, ignore_errors=True)
        crawl.folder.rename(target)
    missing = tuple(s for s in STATEMENTS if s not in crawl.sections)
    return Collected(target, len(crawl.names), missing)


def folder_name(address: str) -> str:
    """What the folder of an address is called: readable, and no two alike."""
    words = _in_names(f"{origin(address).partition('//')[2]}{path_of(address)}")
    return f"{words[-80:].strip('-.')}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"


class _Crawl:
    """One walk from page to page; the files are written as they come."""

    def __init__(self, fetcher: Fetcher, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, tuple[str, str]] = {}
        self.sections: set[str] = set()
        self._fetcher = fetcher
        self._seen: set[str] = set()
        self._leads: list[Lead] = []
        self._fetched = 0
        self._key: PageKey | None = None

    def run(self, address: str) -> None:
        """Fetch the first page and all that belong to it.

        Raises: as ``collect``.
        """
        self.folder.mkdir()
        first = self._fetch(address)
        assert first is not None
        path = self._save(first)
        try:
            self._key = peek(read_document(path))
        except InputError as error:
            # The file is gone when this is read; its address is what the user knows.
            raise InputError(error.what, where=first.address, cure=error.cure) from None
        self._look_round(first, path)
        while self._leads:
            self._follow(self._leads.pop(0))
        write_origins(self.folder, self.names)

    def _follow(self, lead: Lead) -> None:
        if path_of(lead.address) in self._seen:
            return
        try:
            page = self._fetch(lead.address)
        except FetchError:
            if lead.needed:
                raise
            return
        if page is None:
            return
        path = self._save(page)
        try:
            belongs = self._belongs(peek(read_document(path)))
        except InputError:
            belongs = False
        if not belongs or not self._look_round(page, path):
            self.names.pop(path.name)
            path.unlink()

    def _fetch(self, address: str) -> WebPage | None:
        """The page, or None for one that a redirect leads back to."""
        self._fetched += 1
        if self._fetched > self._fetcher.limits.pages:
            raise FetchError(
                f"Its links lead to more than {self._fetcher.limits.pages} pages; an assessment has fewer.",
                where=address,
                cure="Save the assessment's own pages in your browser and give their folder.",
            )
        self._seen.add(path_of(address))
        page = self._fetcher.get(address)
        if path_of(page.address) != path_of(address) and path_of(page.address) in self._seen:
            return None
        self._seen.add(path_of(page.address))
        return page

    def _belongs(self, key: PageKey) -> bool:
        """Is it a page of the same assessment? The date is taken from the first page that has it."""
        assert self._key is not None
        if comparable(key.authority) != comparable(self._key.authority):
            return False
        if self._key.published is None and key.published is not None:
            self._key = self._key._replace(published=key.published)
        return key.published in (None, self._key.published)

    def _look_round(self, page: WebPage, path: Path) -> bool:
        """Note where the links of a page lead; False for a page that does nothing but lead on."""
        assert self._key is not None
        try:
            told: Page | None = PageReader(read_document(path)).page
        except InputError:
            told = None  # what is wrong with it is said when the report is read
        if page.ending == ".html":
            opens = told is not None and told.role in ("landing", "whole-report")
            for item in read_items(page.data, page.address):
                lead = lead_of(item, page.address, self._key.authority, opens=opens)
                if lead and path_of(lead.address) not in self._seen:
                    self._leads.append(lead)
        if told is None:
            return True
        self.sections |= told.sections()
        return bool(told.blocks or told.scores or told.rating or told.published)

    def _save(self, page: WebPage) -> Path:
        """Write the page under a name that its address gives; two alike are numbered."""
        parts = path_of(page.address).strip("/").split("/")
        home = home_of(path_of(page.address)).strip("/").split("/")
        stem = _in_names("-".join(parts[len(home) :] or parts[-1:]))[:80] or "page"
        stem = stem.removesuffix(page.ending)
        name, n = stem + page.ending, 1
        while name in self.names:
            n += 1
            name = f"{stem}-{n}{page.ending}"
        path = self.folder / name
        path.write_bytes(page.data)
        self.names[name] = (hashlib.sha256(page.data).hexdigest(), page.address)
        return path


def _in_names(words: str) -> str:
    return _NOT_IN_NAMES.sub("-", words).strip("-.")
