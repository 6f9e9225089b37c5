"""For machines that come by themselves: feeds of new assessments and of changes, sitemap, robots.txt."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree as ET

from fastapi import APIRouter, Request
from lxml import etree
from starlette.responses import Response

from councilgraph.diff import Comparison, wordless
from councilgraph.diff import feed as changes
from councilgraph.diff.atom import add, begun, entry, plain, written
from councilgraph.explorer import responses
from councilgraph.explorer.filters import day
from councilgraph.explorer.page import NotFoundError
from councilgraph.explorer.pages import kinds
from councilgraph.explorer.pages.changes import address as changed_address
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import IRIS
from councilgraph.version import __version__

router = APIRouter(include_in_schema=False)

ENTRIES = 100  # of the feed, the newest; the question that it names has all
MOST_ADDRESSES = 40_000  # of one sitemap; the protocol ends at 50,000
_MEDIA = "application/atom+xml"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_SINCE = "2023"  # the first assessments were the pilots of that year
_METHODS = ["GET", "HEAD"]
# Whatever asks the engine anew for every address would keep crawlers busy for ever.
_NO_CRAWLING = ("/search", "/sparql", "/editor", "/api/", "/reconcile", "/compare", "/id/", "/graph/", "/*?")


@router.api_route("/feed.atom", methods=_METHODS)
def feed(request: Request) -> Response:
    """The newest assessments, one entry each."""
    snapshot: Snapshot = request.app.state.snapshots.current()
    address = request.app.state.settings.address
    made = snapshot.once(f"feed {address}", lambda held: _feed(held, address))
    return _answer(request, made, f"{_MEDIA}; charset=utf-8")


@router.api_route("/changes.atom", methods=_METHODS)
def feed_of_changes(request: Request) -> Response:
    """What changed since the build before, an entry for each council."""
    snapshot: Snapshot = request.app.state.snapshots.current()
    if snapshot.earlier is None:
        raise NotFoundError("There is no earlier build to compare with.", cure="See /changes.")
    address = request.app.state.settings.address
    made = changes_feed(snapshot.earlier.found(), address, lambda page: address + page)
    return _answer(request, made, f"{_MEDIA}; charset=utf-8")


@router.api_route("/sitemap.xml", methods=_METHODS)
def sitemap(request: Request) -> Response:
    """Every page, or where there are very many, a list of their lists."""
    listed = _addresses(request.app.state.snapshots.current())
    address = request.app.state.settings.address
    if len(listed) <= MOST_ADDRESSES:
        return _answer(request, _sitemap(address, listed), "application/xml; charset=utf-8")
    count = -(-len(listed) // MOST_ADDRESSES)
    root = ET.Element("sitemapindex", {"xmlns": _SITEMAP})
    for number in range(1, count + 1):
        part = ET.SubElement(root, "sitemap")
        ET.SubElement(part, "loc").text = f"{address}/sitemap-{number}.xml"
    return _answer(request, _xml(root), "application/xml; charset=utf-8")


@router.api_route("/sitemap-{number}.xml", methods=_METHODS)
def part_of_sitemap(request: Request, number: str) -> Response:
    """One of the lists that the sitemap names."""
    listed = _addresses(request.app.state.snapshots.current())
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0
    part = listed[(place - 1) * MOST_ADDRESSES : place * MOST_ADDRESSES] if place else ()
    if not part or len(listed) <= MOST_ADDRESSES:
        raise NotFoundError("There is no such part of the sitemap.", cure="Begin with /sitemap.xml.")
    made = _sitemap(request.app.state.settings.address, part)
    return _answer(request, made, "application/xml; charset=utf-8")


@router.api_route("/robots.txt", methods=_METHODS)
def robots(request: Request) -> Response:
    """What crawlers may read: the pages, not the engine behind them."""
    settings = request.app.state.settings
    lines = ["User-agent: *"]
    lines += [f"Disallow: {settings.root_path}{path}" for path in _NO_CRAWLING]
    lines += ["Crawl-delay: 1", "", f"Sitemap: {settings.address}/sitemap.xml", ""]
    return _answer(request, "\n".join(lines).encode(), "text/plain; charset=utf-8")


def _addresses(snapshot: Snapshot) -> tuple[str, ...]:
    """The address of every page, each once; not of its filtered forms, which crawlers are kept from."""

    def listed(held: Snapshot) -> tuple[str, ...]:
        found = (one for kind in kinds() for one in kind.addresses(held) if "?" not in one)
        return tuple(dict.fromkeys(found))

    return snapshot.once("addresses", listed)


def _sitemap(address: str, listed: tuple[str, ...]) -> bytes:
    root = ET.Element("urlset", {"xmlns": _SITEMAP})
    for one in listed:
        ET.SubElement(ET.SubElement(root, "url"), "loc").text = plain(address + one)
    return _xml(root)


def _feed(snapshot: Snapshot, address: str) -> bytes:
    """The feed; as old as its newest entry, since a build may be read for years."""
    rows = [row for row in snapshot.records("Q09", since=_SINCE) if row["state"] == "new"]
    rows.sort(key=lambda row: (str(row["published"]), str(row["authority"])), reverse=True)
    root = begun(
        f"{IRIS.base}feed/assessments",
        "New assessments of councils' adult social care",
        _moment(str(rows[0]["published"])) if rows else "2023-01-01T00:00:00Z",
        subtitle="Each assessment that was loaded, by its day of publication; the newest first.",
        links=(
            {"rel": "self", "href": f"{address}/feed.atom", "type": _MEDIA},
            {"rel": "alternate", "href": f"{address}/councils", "type": "text/html"},
            {"rel": "related", "href": f"{address}/questions/Q09?since={_SINCE}"},
        ),
    )
    add(root, "generator", "councilgraph", version=__version__)
    for row in rows[:ENTRIES]:
        _entry(root, {name: str(value or "") for name, value in row.items()}, address)
    return written(root)


def _entry(root: etree._Element, row: dict[str, str], address: str) -> None:
    code = row["authority-iri"].rsplit("/", 1)[-1]
    links = [{"rel": "alternate", "href": f"{address}/councils/{code}", "type": "text/html"}]
    if row["report"].startswith(("http://", "https://")):
        links.append({"rel": "via", "href": row["report"]})
    made = entry(
        root,
        IRIS.thing("assessment", f"{code}-{row['published'][:7]}"),
        f"{row['authority']}: {row['rating'] or 'no rating published'}",
        _moment(row["published"]),
        links,
    )
    add(made, "published", _moment(row["published"]))
    where = f", {row['region']}" if row["region"] else ""
    rated = f"Rated {row['rating']}." if row["rating"] else "No rating was published."
    told = f"{row['authority']}{where}. Assessment published {day(row['published'])}. {rated}"
    add(made, "summary", told)


def changes_feed(
    found: Comparison, address: str, page_of: Callable[[str], str], place: str = "/changes.atom"
) -> bytes:
    """The feed of what changed; ``page_of`` gives the address of a page as a reader reaches it.

    No word of a report stands in it: whoever follows a feed keeps a copy.

    Raises:
        UsageError: no report of the new build says a day.
    """
    return changes.feed(
        wordless(found),
        address=address + place,
        page=page_of("/changes"),
        page_of=lambda code: page_of(changed_address(code)),
    )


def _moment(published: str) -> str:
    """A day or month as Atom writes it; a month is taken as its first day."""
    date = published if len(published) == 10 else f"{published[:7]}-01"
    return f"{date}T00:00:00Z"


def _xml(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _answer(request: Request, body: bytes, media: str) -> Response:
    headers = {"Access-Control-Allow-Origin": "*"}
    return responses.cached(request, Response(body, headers=headers, media_type=media), body)
