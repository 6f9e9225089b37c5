"""Two to six councils beside each other: scores, findings by theme, and where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from councilgraph.catalogue import Column
from councilgraph.errors import UsageError
from councilgraph.explorer.directory import Council, directory
from councilgraph.explorer.findings import findings
from councilgraph.explorer.links import address_of
from councilgraph.explorer.page import Asked, Kind, Page, Table
from councilgraph.explorer.pages.councils import council_table
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.results.values import Value
from councilgraph.statements import STATEMENTS

LEAST, MOST = 2, 6


def make(snapshot: Snapshot, asked: Asked) -> Page:
    """The councils that ``council=`` names, once for each or parted by commas; the form for none or one.

    Raises:
        NotFoundError: there is no such council.
        UsageError: more than six.
    """
    known = directory(snapshot)
    chosen = list({council.code: council for council in map(known.get, asked.many("council"))}.values())
    if len(chosen) > MOST:
        raise UsageError(
            f"{len(chosen)} councils are too many to be read beside each other.",
            cure=f"Choose {LEAST} to {MOST}; the page Councils shows all in one table.",
        )
    compared = len(chosen) >= LEAST
    tables: tuple[Table, ...] = ()
    if compared:
        councils = council_table(chosen, "The councils that are compared")
        tables = (_scores(snapshot, chosen), _themes(snapshot, chosen), councils)
    regions: dict[str, list[Council]] = {}
    for council in known.all:
        if council.latest:
            regions.setdefault(council.region or "Region not known", []).append(council)
    names = ", ".join(council.short for council in chosen)
    return Page(
        "compare.html",
        f"Compare {names}" if compared else "Compare councils",
        {
            "chosen": chosen,
            "compared": compared,
            "regions": sorted(regions.items()),
            "least": LEAST,
            "most": MOST,
            "picture_at": address_of(
                "pictures", "heat-map", authority=",".join(council.code for council in chosen)
            ),
        },
        tables,
        "The scores and findings of two to six councils beside each other.",
        crumbs=(("Home", "/"), ("Councils", "/councils")),
    )


def _scores(snapshot: Snapshot, chosen: list[Council]) -> Table:
    names = directory(snapshot).statements
    columns = (
        Column("statement", "string", "quality statement"),
        Column("statement-iri", "iri", "its concept"),
        *(Column(council.code, "integer", f"score of {council.name}") for council in chosen),
        Column("spread", "integer", "difference between the highest and the lowest score"),
    )
    rows: list[tuple[Value, ...]] = []
    for slug in STATEMENTS:
        scores = [council.latest.scores.get(slug) if council.latest else None for council in chosen]
        found = [score for score in scores if score is not None]
        spread = max(found) - min(found) if len(found) > 1 else None
        iri = findings(snapshot).named("statement", slug).iri
        rows.append((names[slug], iri, *scores, spread))
    return Table("scores", "Scores beside each other", columns, tuple(rows))


def _themes(snapshot: Snapshot, chosen: list[Council]) -> Table:
    """Strengths and improvements by theme; the themes of most findings first."""
    known = findings(snapshot)
    columns: list[Column] = [
        Column("theme", "string", "theme of the findings"),
        Column("theme-iri", "iri", "its concept"),
    ]
    counts: list[Counter[str]] = []
    every: Counter[str] = Counter()
    for council in chosen:
        columns.append(Column(f"{council.code}-strengths", "integer", f"strengths of {council.name}"))
        columns.append(Column(f"{council.code}-improvements", "integer", f"to improve: {council.name}"))
        for polarity in ("strength", "improvement"):
            said = known.select(council=council.code, polarity=polarity)
            counts.append(Counter(theme for entry in said for theme in entry.themes))
            every.update(counts[-1])
    ordered = sorted(every, key=lambda slug: (-every[slug], slug))
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (known.named("theme", slug).label, known.named("theme", slug).iri, *(one[slug] for one in counts))
        for slug in ordered
    )
    return Table("themes", "Findings by theme", tuple(columns), rows)


def addresses(snapshot: Snapshot) -> Iterable[str]:
    """Only the page without a choice: there are more choices than files."""
    return ["/compare"]


KINDS = (Kind("compare", "/compare", make, addresses, "Compare"),)
