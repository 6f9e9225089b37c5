"""The page of all councils: who was assessed, with what result; filters by what people compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from councilgraph.catalogue import Column
from councilgraph.explorer.directory import SHORT_STATEMENTS, STATES, Council, directory
from councilgraph.explorer.links import address_of
from councilgraph.explorer.page import Asked, Kind, NotFoundError, Page, Table
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import slugify
from councilgraph.results.values import Value
from councilgraph.statements import STATEMENTS

COLUMNS = (
    Column("authority", "string", "official name of the council"),
    Column("authority-iri", "iri", "the council"),
    Column("code", "string", "register code of the council"),
    Column("gss", "string", "GSS code of its area"),
    Column("region", "string", "region in which it lies"),
    Column("type", "string", "type of council"),
    Column("state", "string", "whether a report is in the graph"),
    Column("published", "month", "day of publication of its latest assessment, or the month"),
    Column("rating", "string", "published rating, marked as indicative for a pilot"),
    Column("percentage", "integer", "published percentage, otherwise the sum of scores out of 36 rounded up"),
    *(Column(slug, "integer", f"score for {slug.replace('-', ' ')}, 1 to 4") for slug in STATEMENTS),
    Column("report", "iri", "landing page of the report"),
)
ORDERS = {"name": "Name", "region": "Region", "type": "Type", "percentage": "Percentage", "date": "Date"}


def make(snapshot: Snapshot, asked: Asked) -> Page:
    """All councils, or those that fit the filters.

    Raises:
        NotFoundError: a filter names no region, type, rating, state or order.
    """
    found = directory(snapshot)
    filters: dict[str, Iterable[str]] = {
        "region": found.regions(),
        "type": found.types(),
        "rating": found.ratings(),
        "state": STATES,
    }
    chosen, councils = {}, list(found.all)
    for name, labels in filters.items():
        chosen[name] = _label(name, asked.one(name), labels)
        if chosen[name]:
            councils = [council for council in councils if getattr(council, name) == chosen[name]]
    order = asked.one("order", "name")
    if order not in ORDERS:
        raise NotFoundError(f"There is no order {order!r}.", cure=f"Choose one of: {', '.join(ORDERS)}.")
    councils = _ordered(councils, order)
    said = ", ".join(value for value in chosen.values() if value)
    content = {
        "councils": councils,
        "all": len(found.all),
        "chosen": {name: slugify(value) for name, value in chosen.items()},
        "filters": {name: [(slugify(label), label) for label in labels] for name, labels in filters.items()},
        "order": order,
        "orders": list(ORDERS.items()),
        "statements": [(slug, SHORT_STATEMENTS[slug], found.statements[slug]) for slug in STATEMENTS],
        "picture": _picture(chosen, order),
        "groups": _groups(councils, order),
    }
    return Page(
        "councils.html",
        "Councils",
        content,
        (council_table(councils, f"Councils and their scores{f': {said}' if said else ''}"),),
        "Every council in England with adult social care, its rating and nine scores.",
        crumbs=(("Home", "/"),),
    )


def council_table(councils: Iterable[Council], title: str, name: str = "councils") -> Table:
    """Councils with their latest scores, one row each."""
    return Table(name, title, COLUMNS, tuple(_row(council) for council in councils))


def _row(council: Council) -> tuple[Value, ...]:
    last = council.latest
    scores: Mapping[str, int | None] = last.scores if last else {}
    return (
        *(council.name, council.iri, council.code, council.gss or None),
        *(council.region or None, council.type or None, council.state),
        *((last.published, last.rating or None, last.percentage) if last else (None, None, None)),
        *(scores.get(slug) for slug in STATEMENTS),
        (last.report or None) if last else None,
    )


def _label(name: str, given: str, labels: Iterable[str]) -> str:
    if not given:
        return ""
    known = {slugify(label): label for label in labels}
    if slugify(given) not in known:
        raise NotFoundError(f"There is no {name} {given!r}.", cure=f"Choose one of: {', '.join(known)}.")
    return known[slugify(given)]


def _ordered(councils: list[Council], order: str) -> list[Council]:
    """Councils are by name already, and those that are level stay so."""
    if order == "percentage":
        return sorted(councils, key=lambda one: -(one.latest.percentage or 0) if one.latest else 1)
    if order == "date":
        return sorted(councils, key=lambda one: one.latest.published if one.latest else "", reverse=True)
    return councils


def _groups(councils: list[Council], order: str) -> list[tuple[str, list[Council]]]:
    """The rows under their sub-headings: regions or types where the list is ordered by them."""
    if order not in ("region", "type"):
        return [("", councils)]
    groups: dict[str, list[Council]] = {}
    for council in councils:
        groups.setdefault(str(getattr(council, order)) or "Not known", []).append(council)
    return sorted(groups.items())


def _picture(chosen: Mapping[str, str], order: str) -> str:
    """The same councils as a heat map; it has no filter by rating and no councils without scores."""
    return address_of(
        "pictures",
        "heat-map",
        region=slugify(chosen["region"]),
        type=slugify(chosen["type"]),
        order="rating" if order in ("percentage", "date") else "type" if order == "type" else "region",
    )


def addresses(snapshot: Snapshot) -> Iterable[str]:
    """The whole list, and one for each region."""
    yield "/councils"
    yield from (address_of("councils", region=slugify(region)) for region in directory(snapshot).regions())


KINDS = (Kind("councils", "/councils", make, addresses, "Councils"),)
