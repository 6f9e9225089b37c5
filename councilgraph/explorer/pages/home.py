"""The home page: what is here, what is new, and the ways in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from councilgraph.catalogue import Column
from councilgraph.explorer.directory import Council, directory
from councilgraph.explorer.findings import findings
from councilgraph.explorer.page import Asked, Kind, Page, Table
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.results.values import Value

NEWEST = 8


def make(snapshot: Snapshot, asked: Asked) -> Page:
    """What the build holds, in figures, and its newest assessments."""
    return snapshot.once("home", _make)


def _make(snapshot: Snapshot) -> Page:
    known = directory(snapshot)
    formal = [council for council in known.all if council.latest and not council.latest.indicative]
    entries = findings(snapshot).entries
    newest = sorted(
        formal, key=lambda council: council.latest.published if council.latest else "", reverse=True
    )
    ratings = Counter(council.rating or "No rating published" for council in formal)
    order = [rating for rating in known.ratings() if rating in ratings]
    order += sorted(set(ratings) - set(order))
    columns = (
        Column("rating", "string", "published rating"),
        Column("councils", "integer", "councils with it"),
    )
    content = {
        "going": sum(not council.ended for council in known.all),
        "assessed": len(formal),
        "read": len({entry.assessment for entry in entries}),
        "findings": len(entries),
        "checked": sum(entry.state not in ("", "machine") for entry in entries),
        "newest": newest[:NEWEST],
        "compared": snapshot.earlier is not None,
    }
    tables = (
        Table("ratings", "Councils by rating", columns, tuple((one, ratings[one]) for one in order)),
        _newest(newest),
    )
    about = "The published assessments of English councils’ adult social care, sentence by sentence."
    return Page("home.html", "Assessments of adult social care", content, tables, about)


def _newest(councils: Iterable[Council]) -> Table:
    columns = (
        Column("authority", "string", "official name of the council"),
        Column("authority-iri", "iri", "the council"),
        Column("published", "month", "day of publication, or the month"),
        Column("rating", "string", "published rating"),
        Column("report", "iri", "landing page of the report"),
    )
    rows: list[tuple[Value, ...]] = [
        (one.name, one.iri, one.latest.published, one.rating or None, one.latest.report or None)
        for one in councils
        if one.latest
    ]
    return Table("newest", "Assessments, newest first", columns, tuple(rows))


KINDS = (Kind("home", "/", make, lambda snapshot: ["/"]),)
