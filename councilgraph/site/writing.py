"""Every page of the explorer into a folder, with what the pages link to."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from councilgraph.errors import CouncilgraphError, UsageError
from councilgraph.explorer import data
from councilgraph.explorer.page import Kind, Page
from councilgraph.explorer.rendering import STATIC, render
from councilgraph.explorer.snapshot import Snapshot, Snapshots
from councilgraph.site import contents, walking
from councilgraph.site.checking import Broken, check_links
from councilgraph.site.folder import Folder, site_folder
from councilgraph.site.links import ABSENT, INDEX, Download, Plan, StaticLinks
from councilgraph.version import __version__

if TYPE_CHECKING:
    from councilgraph.build.progress import Progress
    from councilgraph.diff import Comparison

_SINGLE = "Pages"
CHANGES = "/changes.atom"


@dataclass(frozen=True, slots=True)
class Site:
    """What was written.

    Attributes:
        folder: where it lies.
        version: key of the build that it shows.
        pages: kind of page to how many.
        files: all files, the pages among them.
        size: bytes of them all.
        elsewhere: (address, what was done) to how many links, of addresses that a site lacks.
        broken: links that lead nowhere; a defect of ours if there is one.
    """

    folder: str
    version: str
    pages: Mapping[str, int]
    files: int
    size: int
    elsewhere: Mapping[tuple[str, str], int]
    broken: tuple[Broken, ...]


def write_site(
    place: str, folder: str, *, base: str = "", previous: str = "", progress: Progress | None = None
) -> Site:
    """Write the site of the store at ``place``.

    ``base`` is the address under which the site will be read ("https://council.example/care");
    with it the site gets a ``sitemap.xml``. ``previous`` is an earlier build or release; with it
    the site tells what changed, and with both it gets a feed of that. The files take their places
    when all are made.

    Raises:
        StoreError: there is no store, or it cannot be read.
        InputError: the folder cannot be written, or holds other files of these names.
        UsageError: the base is no address.
    """
    if base and not base.startswith(("http://", "https://")):
        raise UsageError(f"The base {base!r} is no address.", cure="Write it as in https://evidence.example.")
    snapshot = Snapshots(place, previous=previous).current()
    if snapshot.earlier:
        snapshot.earlier.found(None)  # its pages belong to the site: they are counted from the start
    about = {"what": "councilgraph site", "software": __version__, "version": snapshot.version}
    try:
        with site_folder(folder, about) as out:
            writer = _Writer(snapshot, place, out, progress, base.rstrip("/"))
            writer.write()
            broken = check_links(out.new, writer.written)
            return Site(
                os.path.abspath(folder),
                snapshot.version,
                writer.counts,
                len(out.files),
                sum(out.files.values()),
                writer.plan.elsewhere,
                tuple(broken + writer.missing),
            )
    finally:
        if progress:
            progress.stop()


class _Writer:
    def __init__(
        self, snapshot: Snapshot, place: str, out: Folder, progress: Progress | None, base: str
    ) -> None:
        self.snapshot, self.place, self.out, self.progress = snapshot, place, out, progress
        self.base = base
        self.kinds: dict[str, Kind] = {
            address: kind for kind, address in walking.addresses(snapshot) if _path(address) != INDEX
        }
        self.titles: dict[str, str] = {}
        self.counts: Counter[str] = Counter()
        self.written: list[str] = []  # files of pages
        self.missing: list[Broken] = []
        self.plan = Plan(frozenset({*self.kinds, INDEX, ABSENT}), self._is_resource)
        for address in self.kinds:
            self.plan.file_of(address)  # pages get their names first, whatever links to what

    def write(self) -> None:
        self._start("Writing pages", len(self.kinds))
        for address, kind in self.kinds.items():
            self._page(address, kind.name, walking.make(kind, address, self.snapshot))
            self._advance()
        for address, page in self._contents():
            self._page(address, "contents", page)
        self._page(ABSENT, "absent", Page("site/absent.html", "Not in this copy"))
        self._downloads()
        self._resources()
        for name in sorted(os.listdir(STATIC)):
            with open(os.path.join(STATIC, name), "rb") as file:
                self.out.write(f"static/{name}", file.read())
        # GitHub Pages would leave out files whose names begin with an underscore.
        self.out.write(".nojekyll", "")
        if self.base:
            self.out.write("sitemap.xml", sitemap(self.base, self.written))

    def _page(self, address: str, kind: str, page: Page) -> None:
        text = render(page, self.snapshot, StaticLinks(self.plan, address), live=False, address=address)
        file = self.plan.file_of(address)
        self.out.write(file, text)
        self.written.append(file)
        self.titles[address] = page.title
        self.counts[kind] += 1
        self._write_data(page, [one for one in self.plan.downloads if one.address == address])

    def _contents(self) -> list[tuple[str, Page]]:
        groups: dict[str, list[contents.Entry]] = {}
        for address, kind in self.kinds.items():
            if "?" not in address:  # the further pages of a list are reached from its first
                several = "{" in kind.path
                groups.setdefault(_label(kind) if several else _SINGLE, []).append(
                    (self.titles[address], address)
                )
        found = list(contents.contents(groups))
        self.plan.pages |= {address for address, _ in found}
        return found

    def _downloads(self) -> None:
        """What was linked to from a page other than its own, or before that one was written."""
        left: dict[str, list[Download]] = {}
        for download, file in self.plan.downloads.items():
            if file not in self.out.files:
                left.setdefault(download.address, []).append(download)
        self._start("Writing downloads", len(left))
        for address, wanted in left.items():
            if address in self.kinds:
                self._write_data(walking.make(self.kinds[address], address, self.snapshot), wanted)
            self._advance()

    def _write_data(self, page: Page, wanted: Iterable[Download]) -> None:
        for one in wanted:
            tables = [data.table_of(page, one.table)] if one.table else list(page.tables)
            if one.suffix == "json":
                body = data.as_json(page, address=one.address, version=self.snapshot.version, tables=tables)
            elif one.suffix == "csv":
                body = data.as_csv(data.table_of(page, one.table))
            else:
                body = data.as_xlsx(tables)
            self.out.write(self.plan.downloads[one], body)

    def _resources(self) -> None:
        wanted = {a: f for a, f in self.plan.resources.items() if not a.startswith("/static/")}
        if CHANGES in wanted and self.snapshot.earlier:
            self.out.write(wanted.pop(CHANGES), self._feed(self.snapshot.earlier.found()))
        self._start("Writing pictures and RDF", len(wanted))
        if wanted:
            # In a thread of its own: a notebook has a loop that runs already.
            with ThreadPoolExecutor(1) as thread:
                thread.submit(lambda: asyncio.run(self._fetch(wanted))).result()

    async def _fetch(self, wanted: Mapping[str, str]) -> None:
        """Ask the explorer's own code for them, inside this process: nothing listens anywhere."""
        import httpx

        from councilgraph.explorer.app import create_app
        from councilgraph.explorer.settings import Settings

        app = create_app(Settings(store=self.place))
        app.state.snapshots = _One(self.snapshot)
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://site.invalid") as client:
            for address, file in wanted.items():
                answer = await client.get(address)
                if answer.status_code == 200:
                    self.out.write(file, answer.content)
                else:
                    self.missing.append(Broken(file, address, f"the explorer answers {answer.status_code}"))
                self._advance()

    def _feed(self, found: Comparison) -> bytes:
        from councilgraph.explorer.feeds import changes_feed

        return changes_feed(found, self.base, lambda page: f"{self.base}/{quote(self.plan.file_of(page))}")

    def _is_resource(self, path: str) -> bool:
        """Whether it is a file of the explorer that is no page: style, picture, RDF, feed."""
        if path == CHANGES:
            # A feed needs to know its address: whoever reads it has the file alone.
            return bool(self.base and self.snapshot.earlier)
        if path.startswith("/static/"):
            return os.path.isfile(os.path.join(STATIC, os.path.basename(path)))
        return path.startswith(("/pictures/", "/id/", "/def", "/scheme/"))

    def _start(self, label: str, total: int) -> None:
        if self.progress:
            self.progress.start(label, total)

    def _advance(self) -> None:
        if self.progress:
            self.progress.advance()


class _One:
    """Always the same snapshot: a site is made from one build, though another appears meanwhile."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def current(self) -> Snapshot:
        return self.snapshot


def sitemap(base: str, files: Iterable[str]) -> bytes:
    """The pages for search engines, as sitemaps.org describes it.

    Raises:
        CouncilgraphError: there are more pages than one sitemap may name.
    """
    from lxml import etree

    root = etree.Element("urlset", nsmap={None: "http://www.sitemaps.org/schemas/sitemap/0.9"})
    count = 0
    for count, file in enumerate(files, start=1):  # noqa: B007
        entry = etree.SubElement(root, "url")
        etree.SubElement(entry, "loc").text = f"{base.rstrip('/')}/{quote(file)}"
    if count > 50_000:
        raise CouncilgraphError(
            f"The site has {count:,} pages; a sitemap may name 50,000.", cure="Export it without a base."
        )
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _path(address: str) -> str:
    return address.partition("?")[0]


def _label(kind: Kind) -> str:
    return kind.menu or kind.name.replace("-", " ").capitalize()
