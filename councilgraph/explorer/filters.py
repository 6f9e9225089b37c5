"""How values are written on pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from councilgraph.explorer.links import address_of
from councilgraph.explorer.page import Table
from councilgraph.iris import BASE, IRIS, LAW
from councilgraph.results.values import Value, shown

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_SCORES = {
    "4": "Evidence shows an exceptional standard",
    "3": "Evidence shows a good standard",
    "2": "Evidence shows some shortfalls",
    "1": "Evidence shows significant shortfalls",
}
# The kinds of things that have a page of their own, by the first part of their IRI.
_PAGES = {"council": "councils", "organisation": "organisations", "strategy": "strategies"}
_SCHEME_PAGES = {"theme": "themes", "quality-statement": "statements"}


def day(value: object, short: bool = False) -> str:
    """2025-05-30 as 30 May 2025, 2025-05 as May 2025; anything else as it is.

    ``short`` cuts the month to three letters.
    """
    text = str(value or "")
    found = re.fullmatch(r"(\d{4})-(\d\d)(?:-(\d\d))?", text)
    if not found or not 1 <= int(found[2]) <= 12:
        return text
    name = _MONTHS[int(found[2]) - 1]
    month = f"{name[:3] if short else name} {found[1]}"
    return f"{int(found[3])} {month}" if found[3] else month


def number(value: object) -> str:
    """A whole number with commas, as in 1,204."""
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else shown(value)  # type: ignore[arg-type]


def cell(value: Value, type: str = "string") -> str:
    """A value of a table column as people read it."""
    if value is None:
        return ""
    if type in ("date", "month"):
        return day(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and abs(value) > 9999:
        return f"{value:,}"
    return shown(value)


def heading(name: str) -> str:
    """The name of a column as a heading: assessing-needs as Assessing needs."""
    text = name.replace("-", " ").replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def page_of(iri: str) -> str:
    """The address of a thing's page, "" where it has none: the inside of our own IRIs."""
    if iri.startswith(IRIS.id):
        kind, _, key = iri.removeprefix(IRIS.id).partition("/")
        return f"/{_PAGES[kind]}/{key}" if kind in _PAGES and key else f"/id/{kind}/{key}"
    if iri.startswith(BASE + "scheme/"):
        scheme, _, slug = iri.removeprefix(BASE + "scheme/").partition("/")
        if scheme in _SCHEME_PAGES and slug:
            return f"/{_SCHEME_PAGES[scheme]}/{slug}"
        return address_of("scheme", scheme, slug) if slug else address_of("scheme", scheme)
    if iri.startswith(LAW):
        return address_of("laws", *iri.removeprefix(LAW).split("/"))
    return ""


def web_address(value: object) -> str:
    """The value where it is an http address that may stand in a link, otherwise "".

    An address from a report must not become a link that runs a script.
    """
    text = str(value or "")
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    odd = any(ord(c) <= 32 or c in '<>"\\' for c in text)
    return text if parts.scheme in ("http", "https") and parts.netloc and not odd else ""


def short_address(value: object) -> str:
    """An address as a link's words: host and path without what nobody reads."""
    text = re.sub(r"^https?://(www\.)?", "", str(value or "")).rstrip("/")
    return text if len(text) <= 60 else text[:57] + "..."


def plural(count: int, one: str, many: str = "") -> str:
    """1 council, 2 councils."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def slug(text: object) -> str:
    """A class name or identifier out of words."""
    return "-".join(re.findall(r"[a-z0-9]+", str(text or "").lower()))


def sign(polarity: str) -> str:
    """A mark for a polarity, beside its word."""
    return {"strength": "+", "improvement": "−", "mixed": "±"}.get(polarity, "·")


def score_words(score: object) -> str:
    """What a score of 1 to 4 says, in the regulator's words."""
    return _SCORES.get(str(score), "")


def with_query(address: str, **changes: object) -> str:
    """An address with values of its query string changed; None takes one out."""
    path, _, query = address.partition("?")
    pairs = [(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if k not in changes]
    pairs += [(k, str(v)) for k, v in changes.items() if v is not None and v != ""]
    return path + (f"?{urlencode(pairs)}" if pairs else "")


@dataclass(frozen=True, slots=True)
class Head:
    """A heading of a table."""

    label: str
    numeric: bool
    help: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, and the page (ours) or web address it leads to."""

    text: str
    numeric: bool
    page: str
    web: str
    when: str = ""  # a day or month as computers write it, by which a column can be sorted


@dataclass(frozen=True, slots=True)
class Laid:
    """A table as it stands in a page."""

    heads: list[Head]
    rows: list[list[Cell]]


def laid_out(table: Table, most: int) -> Laid:
    """At most ``most`` rows; a column "x-iri" or "x-page" becomes the link of its column "x"."""
    names = [column.name for column in table.columns]
    target = {
        name: names.index(name + ending)
        for name in names
        for ending in ("-iri", "-page")
        if name + ending in names
    }
    hidden = set(target.values())
    if table.rows:
        # A column in which nothing was found takes room from the others; the files have it.
        hidden |= {at for at in range(1, len(names)) if all(row[at] is None for row in table.rows)}
    shown_at = [at for at in range(len(names)) if at not in hidden]
    columns = [(at, table.columns[at], target.get(names[at])) for at in shown_at]
    heads = [Head(heading(c.name), c.type in ("integer", "decimal"), c.help) for _, c, _ in columns]
    rows = []
    for row in table.rows[:most]:
        cells = []
        for at, column, to in columns:
            value = row[at]
            iri = column.type == "iri" or value.__class__.__name__ == "Iri"
            goal = row[to] if to is not None else value if iri else ""
            text = cell(value, column.type)
            cells.append(
                Cell(
                    short_address(text) if iri else text,
                    column.type in ("integer", "decimal"),
                    _inside(str(goal or "")),
                    web_address(goal) if goal else "",
                    str(value or "") if column.type in ("date", "month") else "",
                )
            )
        rows.append(cells)
    return Laid(heads, rows)


def _inside(goal: str) -> str:
    return goal if goal.startswith("/") and not goal.startswith("//") else page_of(goal)


FILTERS = {
    "sign": sign,
    "score_words": score_words,
    "with_query": with_query,
    "laid_out": laid_out,
    "day": day,
    "number": number,
    "cell": cell,
    "heading": heading,
    "page_of": page_of,
    "web_address": web_address,
    "short_address": short_address,
    "plural": plural,
    "slug": slug,
}
