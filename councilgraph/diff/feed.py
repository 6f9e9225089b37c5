"""A comparison as an Atom feed: one entry for each council that changed.

Whoever follows the graph reads what is new in the feed reader that they have. No word of a
report stands in it, and no clock: the day is given, or that of the newest report.
"""

from __future__ import annotations

import html
import os
import uuid
from collections.abc import Callable
from datetime import date

from lxml import etree

from councilgraph.diff.atom import ATOM, add, begun, entry, written
from councilgraph.diff.changes import QUIET, Change, Comparison, CouncilChanges, because, counts_in_words
from councilgraph.diff.plain import ELSEWHERE, field_lines, heading
from councilgraph.errors import InputError, UsageError
from councilgraph.iris import IRIS

_TOLD_ONE_BY_ONE = frozenset({"assessment", "score", "partnership", "strategy", "link"})


def feed(
    found: Comparison,
    day: date | None = None,
    earlier: str | None = None,
    *,
    address: str = "",
    page: str = "",
    page_of: Callable[[str], str] | None = None,
) -> bytes:
    """The feed as UTF-8 XML.

    Args:
        found: the comparison, ``wordless``.
        day: the day of the new release; else that of its newest report.
        earlier: a feed of before, whose entries are kept after the new ones.
        address: where the feed stands, "" where that is not known.
        page: the page that shows the same to people.
        page_of: the page of a council's changes, by its code ("" for what belongs to none).

    Raises:
        UsageError: there is no day. InputError: ``earlier`` is no Atom feed.
    """
    stamp = f"{_day(found, day)}T00:00:00Z"
    links = [{"rel": "self", "href": address, "type": "application/atom+xml"}] if address else []
    links += [{"rel": "alternate", "href": page, "type": "text/html"}] if page else []
    title = "Changes in the graph of assessments of adult social care"
    root = begun(_name("feed"), title, stamp, links=links)
    seen = set()
    for council in found.councils:
        seen.add(_entry(root, council, found, stamp, page_of(council.code) if page_of else ""))
    for one in _entries(earlier) if earlier else ():
        if one.findtext(f"{{{ATOM}}}id") not in seen:
            root.append(one)
    return written(root)


def _entry(root: etree._Element, council: CouncilChanges, found: Comparison, stamp: str, page: str) -> str:
    told = repr([(c.iri, c.how, c.fields) for c in council.changes])
    name = _name(council.iri, found.old.newest, stamp, told)
    title = f"{council.name or ELSEWHERE}: {counts_in_words(council.changes)}"
    links = [{"rel": "alternate", "href": page, "type": "text/html"}] if page else []
    add(entry(root, name, title, stamp, links), "content", _content(council), type="html")
    return name


def _content(council: CouncilChanges) -> str:
    """HTML as text: what changed in numbers, why, and the weightiest changes one by one."""
    parts = [f"<p>{html.escape(counts_in_words(council.changes))}.</p>"]
    parts.append(f"<p>Because of: {html.escape(because(council.causes))}.</p>")
    listed = [c for c in council.changes if c.kind in _TOLD_ONE_BY_ONE and c.how not in QUIET]
    if listed:
        parts.append(f"<ul>{''.join(f'<li>{_line(change)}</li>' for change in listed)}</ul>")
    return "".join(parts)


def _line(change: Change) -> str:
    details = "; ".join(field_lines(change)) if change.how == "changed" else ""
    return html.escape(heading(change) + (f" ({details})" if details else ""))


def _day(found: Comparison, day: date | None) -> str:
    if day is None and not found.new.newest:
        raise UsageError(
            "The feed needs a day, and no report of the new build says one.",
            cure="Add --date YYYY-MM-DD.",
        )
    return day.isoformat() if day else found.new.newest


def _name(*parts: str) -> str:
    """A lasting name out of what it names: the same comparison, the same feed."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "\n".join((IRIS.base, *parts))).urn


def _entries(path: str) -> list[etree._Element]:
    if not os.path.exists(path):
        return []  # the first feed of all
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True)
    try:
        root = etree.parse(path, parser).getroot()
    except (etree.XMLSyntaxError, OSError) as error:
        raise _no_feed(path, str(error)) from None
    if root.tag != f"{{{ATOM}}}feed":
        raise _no_feed(path, "its first element is not that of a feed")
    return list(root.findall(f"{{{ATOM}}}entry"))


def _no_feed(path: str, why: str) -> InputError:
    return InputError(f"This is no Atom feed: {why}.", where=path, cure="Name the feed of the last release.")
