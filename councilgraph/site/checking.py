"""Do the links of a site lead somewhere? Every one is followed in the files themselves."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

import lxml.html

_LINKS = (("href", "//@href"), ("src", "//@src"), ("action", "//@action"))


@dataclass(frozen=True, slots=True)
class Broken:
    """A link that leads nowhere: the file it stands in, the link as written, and why."""

    page: str
    link: str
    why: str


def check_links(folder: str, pages: Iterable[str]) -> list[Broken]:
    """Every link of these pages to a file that is not there, or to a place that it does not have.

    ``pages`` are paths below ``folder``. Links to other hosts are not followed.
    """
    places: dict[str, frozenset[str]] = {}
    fragments: list[tuple[str, str, str, str]] = []
    broken: list[Broken] = []
    for page in pages:
        links, ids = _read(os.path.join(folder, page))
        places[page] = ids
        for link in links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = _target(page, parts.path)
            if target is None:
                broken.append(Broken(page, link, "it leaves the site's folder"))
            elif not os.path.isfile(os.path.join(folder, target)):
                broken.append(Broken(page, link, "there is no such file"))
            elif parts.query:
                broken.append(Broken(page, link, "a file cannot be asked anything"))
            elif parts.fragment and target.endswith(".html"):
                fragments.append((page, link, target, unquote(parts.fragment)))
    for page, link, target, place in fragments:
        if place not in places.get(target, frozenset()):
            broken.append(Broken(page, link, "the page has no such place"))
    return broken


def _target(page: str, path: str) -> str | None:
    if not path:
        return page
    target = os.path.normpath(os.path.join(os.path.dirname(page), unquote(path))).replace(os.sep, "/")
    return None if target.startswith("../") or os.path.isabs(target) else target


def _read(file: str) -> tuple[list[str], frozenset[str]]:
    # The parser reads names of encodings out of the file only when it is given bytes.
    tree = lxml.html.parse(file, lxml.html.HTMLParser(encoding="utf-8"))
    return list(_found(tree)), frozenset(str(one) for one in tree.xpath("//@id"))


def _found(tree: object) -> Iterator[str]:
    for _, path in _LINKS:
        yield from (str(one) for one in tree.xpath(path))  # type: ignore[attr-defined]
