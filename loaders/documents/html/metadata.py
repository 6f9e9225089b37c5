"""What a page's metadata state of it: title, dates, address. Nothing is taken on trust."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lxml import etree

from loaders.documents.cleaning import clean
from loaders.documents.html.region import beginning
from loaders.documents.html.wording import is_title

_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
)
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
)
# The kinds of thing that a page says it is, when it says so as linked data.
_PAGES = frozenset(("WebPage", "Article", "Report", "NewsArticle", "ItemPage", "CreativeWork", "TechArticle"))
_LONGEST_DATA = 200_000
_STAMP = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?"
)
# Browsers and savers write the address of the page that they saved into a comment at its head.
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d{1,5}\)|Page saved with SingleFile\s+url: )(\S{8,2000})"
)
# It becomes an IRI of the graph: what cannot be one is not taken from a page.
_ADDRESS = re.compile(r"https?://[!-;=?-\[\]_a-z~]{1,2000}")
_SITE_NAME = re.compile(r"\s[|–—:·-]+\s")
_FIRST_YEAR, _LAST_YEAR = 2023, 2099  # of assessments: a page cannot be older than the duty


class Metadata(NamedTuple):
    """Named as the fields of ``Document`` are."""

    title: str | None
    published: date | None
    last_updated: date | None
    address: str | None


def read_metadata(root: etree._Element, markup: str) -> Metadata:
    """What is stated and can be: malformed and impossible values are passed over."""
    stated: dict[str, list[str]] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        if name and (content := meta.get("content")):
            stated.setdefault(name.strip().lower(), []).append(content)
    for key, value in (*_linked_data(root), *_times(root)):
        stated.setdefault(key, []).append(value)
    published = _first_date(stated, _PUBLISHED)
    updated = _first_date(stated, _MODIFIED)
    if published and updated and updated < published:
        updated = None  # one of the two is the age of a template
    return Metadata(_title(root, stated), published, updated, _address(root, stated, markup))


def _title(root: etree._Element, stated: dict[str, list[str]]) -> str | None:
    titles = stated.get("og:title", []) + stated.get("dcterms.title", [])
    titles += [beginning(e) for tag in ("title", "h1") for e in islice(root.iter(tag), 5)]
    whole = [text for title in titles if (text := clean(title[:1000]))]
    parts = [part for title in whole for part in (title, *_SITE_NAME.split(title))]
    return next((part for part in parts if is_title(part)), whole[0][:300] if whole else None)


def _address(root: etree._Element, stated: dict[str, list[str]], markup: str) -> str | None:
    links = [e.get("href") or "" for e in root.iter("link") if (e.get("rel") or "").lower() == "canonical"]
    saved = _SAVED_FROM.search(markup[:8192])
    for text in (*links, *stated.get("og:url", []), *([saved[1]] if saved else [])):
        address = text.strip()
        if _is_address(address):
            return address.partition("#")[0]
    return None


def _is_address(text: str) -> bool:
    if not _ADDRESS.fullmatch(text):
        return False
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False


def _first_date(stated: dict[str, list[str]], names: tuple[str, ...]) -> date | None:
    return next((day for name in names for text in stated.get(name, ()) if (day := read_stamp(text))), None)


def read_stamp(text: str) -> date | None:
    """The day in England of an ISO date, or date and time; None for anything else.

    >>> read_stamp("2025-06-11T23:01:00Z")
    datetime.date(2025, 6, 12)
    """
    match = _STAMP.fullmatch(text.strip()[:60])
    if not match:
        return None
    try:
        moment = datetime.fromisoformat(match[0])
        if moment.tzinfo is not None:
            moment = _in_england(moment.astimezone(UTC))
    except (ValueError, OverflowError):
        return None
    return moment.date() if _FIRST_YEAR <= moment.year <= _LAST_YEAR else None


def _in_england(moment: datetime) -> datetime:
    """Summer time is from the last Sunday of March to that of October, at one o'clock UTC."""
    start, end = (_last_sunday(moment.year, month) for month in (3, 10))
    return moment + timedelta(hours=1) if start <= moment < end else moment


def _last_sunday(year: int, month: int) -> datetime:
    last = datetime(year, month, 31, 1, tzinfo=UTC)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def _times(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Dates in <time>, where the element or the words before it say what date it is."""
    for time in root.iter("time"):
        stamp = time.get("datetime")
        if not stamp:
            continue
        parent, before = time.getparent(), time.getprevious()
        lead = before.tail if before is not None else parent.text if parent is not None else None
        label = (lead or "").strip().rstrip(": ").lower()
        item = (time.get("itemprop") or "").lower()
        if item == "datemodified" or label.endswith("updated"):
            yield "datemodified", stamp
        elif item == "datepublished" or label.endswith("published"):
            yield "datepublished", stamp


def _linked_data(root: etree._Element) -> Iterator[tuple[str, str]]:
    for script in root.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json" or not script.text:
            continue
        if len(script.text) > _LONGEST_DATA:
            continue
        try:
            data = json.loads(script.text)
        except (ValueError, RecursionError):
            continue
        for item in _items(data):
            for key in ("datePublished", "dateModified"):
                if isinstance(value := item.get(key), str):
                    yield key.lower(), value


def _items(data: Any) -> Iterator[dict[str, Any]]:
    """The things that are the page itself: not those that it mentions."""
    things = data if isinstance(data, list) else [data]
    for thing in things:
        if not isinstance(thing, dict):
            continue
        graph = thing.get("@graph")
        for item in graph if isinstance(graph, list) else [thing]:
            kinds = item.get("@type") if isinstance(item, dict) else None
            named = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and kind in _PAGES for kind in named):
                yield item
