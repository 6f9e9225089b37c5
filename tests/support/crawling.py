"""Following every link of the explorer, a few of each kind, inside this process."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import lxml.html
from httpx import Response
from starlette.testclient import TestClient

from councilgraph.explorer.snapshot import Snapshot
from councilgraph.site import walking

# Made of the same SVG that is visited too, and slow to draw.
_DRAWN = (".png",)


@dataclass(frozen=True)
class Visit:
    """One answer: the address, who linked to it ("" for a start), and what came."""

    address: str
    linked_from: str
    response: Response

    @property
    def media(self) -> str:
        """The media type without its parameters."""
        return str(self.response.headers.get("content-type", "")).partition(";")[0]


def starts(snapshot: Snapshot, each: int) -> list[str]:
    """Addresses of every kind of page: its first, its last and some between."""
    by_kind: dict[str, list[str]] = {}
    for kind, address in walking.addresses(snapshot):
        by_kind.setdefault(kind.name, []).append(address)
    return [one for found in by_kind.values() for one in spread(found, each)]


def spread(found: list[str], most: int) -> list[str]:
    """At most so many of a list, evenly over it, the first and the last among them."""
    if len(found) <= most:
        return found
    return [found[round(n * (len(found) - 1) / (most - 1))] for n in range(most)] if most > 1 else found[:1]


def crawl(client: TestClient, begin: Iterable[str], each: int) -> Iterator[Visit]:
    """Every start, then what the answers link to: at most ``each`` of addresses that look alike."""
    queue: deque[tuple[str, str]] = deque((address, "") for address in begin)
    seen = {address for address, _ in queue}
    alike: Counter[str] = Counter()
    while queue:
        address, before = queue.popleft()
        response = client.get(address, follow_redirects=False)
        yield Visit(address, before, response)
        for link in links(address, response):
            like = looks_like(link)
            if link not in seen and alike[like] < each and not link.partition("?")[0].endswith(_DRAWN):
                seen.add(link)
                alike[like] += 1
                queue.append((link, address))


def links(address: str, response: Response) -> Iterator[str]:
    """The addresses within the explorer that an answer leads to."""
    found: list[str] = []
    if response.headers.get("location"):
        found.append(str(response.headers["location"]))
    if "text/html" in response.headers.get("content-type", "") and response.content:
        tree = lxml.html.document_fromstring(response.content, parser=lxml.html.HTMLParser(encoding="utf-8"))
        found += [str(one) for one in tree.xpath("//@href | //@src")]
    for link in found:
        target = urlsplit(urljoin("http://testserver" + address, link))
        if target.scheme == "http" and target.netloc == "testserver":
            yield target.path + (f"?{target.query}" if target.query else "")


def looks_like(address: str) -> str:
    """What addresses of one kind have in common: first part, suffix and names in the query string."""
    parts = urlsplit(address)
    first = parts.path.strip("/").split("/")
    suffix = parts.path.rpartition(".")[2] if "." in parts.path.rpartition("/")[2] else ""
    names = ",".join(sorted(set(re.findall(r"(?:^|&)([^=&]+)=", parts.query))))
    return f"{first[0]}/{len(first)}.{suffix if len(suffix) < 7 else ''}?{names}"
