"""Addresses as the files of a static site write them: relative, and only to what is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlencode

from councilgraph.iris import BASE, IRIS
from councilgraph.site.names import Names, relative

# Where the explorer searches, a static site lists what it holds.
INDEX, ABSENT = "/search", "/not-in-this-copy"
# Whole files that other parts of the explorer make; a site asks the same code for them.
_RESOURCES = (".svg", ".png", ".ttl", ".nt", ".jsonld", ".trig", ".atom", ".xml", ".txt", ".css", ".js")
_LINKED_DATA = ("/id/", "/def", "/scheme/", "/graph/")


@dataclass(frozen=True, slots=True)
class Download:
    """The data of a page: its address, the form, and the table ("" for the default)."""

    address: str
    suffix: str
    table: str


@dataclass(slots=True)
class Plan:
    """What belongs to the site, known before the first page is written, and what pages then link to.

    Attributes:
        pages: every address that becomes a page.
        downloads: data that some page links to, with the file that will hold it.
        resources: other files that some page links to (pictures, RDF), with theirs.
        elsewhere: addresses that are no part of the site, with what was linked instead.
    """

    pages: frozenset[str]
    resource: Callable[[str], bool]
    names: Names = field(default_factory=Names)
    downloads: dict[Download, str] = field(default_factory=dict)
    resources: dict[str, str] = field(default_factory=dict)
    elsewhere: Counter[tuple[str, str]] = field(default_factory=Counter)

    def file_of(self, address: str) -> str:
        """The file of a page."""
        return self.names.of(address)


class StaticLinks:
    """The links of the page at ``address``; see `councilgraph.explorer.links.Links`."""

    def __init__(self, plan: Plan, address: str) -> None:
        self.plan = plan
        self.page = plan.file_of(address)

    also: tuple[tuple[str, str], ...] = ()

    def has(self, address: str) -> bool:
        """Whether it is a page of the site, or a file that belongs to it."""
        return address in self.plan.pages or self.plan.resource(address)

    def to(self, address: str, suffix: str = "", table: str = "") -> str:
        """The address as it stands in ``href`` or ``src``."""
        if not address.startswith("/") or address.startswith("//"):
            return address
        address, mark, fragment = address.partition("#")
        target, kept = self._target(address, suffix, table)
        return target + (mark + fragment if kept else "")

    def _target(self, address: str, suffix: str, table: str) -> tuple[str, bool]:
        """Where the link leads, and whether a fragment still means something there."""
        plan = self.plan
        if suffix and address in plan.pages:
            download = Download(address, suffix, table)
            if download not in plan.downloads:
                asked = f"{address}{'&' if '?' in address else '?'}{urlencode({'table': table})}"
                plan.downloads[download] = plan.names.of(asked if table else address, f".{suffix}")
            return self._relative(plan.downloads[download]), False
        if not suffix and address in plan.pages:
            return self._relative(plan.file_of(address)), True
        whole = _with(address, suffix, table)
        path = whole.partition("?")[0]
        if path.endswith(_RESOURCES) and plan.resource(path):
            if whole not in plan.resources:
                stem, _, ending = path.rpartition(".")
                asked = whole.removeprefix(path)
                kept = path.startswith("/static/")
                name = unquote(path[1:]) if kept else plan.names.of(stem + asked, f".{ending}")
                plan.resources[whole] = name
            return self._relative(plan.resources[whole]), True
        return self._instead(address, whole)

    def _instead(self, address: str, whole: str) -> tuple[str, bool]:
        """What is linked where a site has no such file, so that no link is broken."""
        plan, path = self.plan, address.partition("?")[0]
        if path in plan.pages and whole == address:
            # A filter or another page of a long list: the list itself says what it leaves out.
            plan.elsewhere[path, "without its filter"] += 1
            return self._relative(plan.file_of(path)), False
        if path.startswith(_LINKED_DATA) and whole == address:
            plan.elsewhere[path, "by its IRI"] += 1
            own = IRIS.base if path.startswith(("/id/", "/graph/")) else BASE
            return own + path[1:], False
        plan.elsewhere[path, "not in this copy"] += 1
        return self._relative(plan.file_of(ABSENT)), False

    def _relative(self, file: str) -> str:
        return relative(file, self.page)


def _with(address: str, suffix: str, table: str) -> str:
    path, _, query = address.partition("?")
    asked = "&".join(part for part in (query, urlencode({"table": table}) if table else "") if part)
    return f"{path}{'.' + suffix if suffix else ''}{'?' + asked if asked else ''}"
