"""The page of a council: rating, scores beside others, and the ways to everything said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from councilgraph.catalogue import Column
from councilgraph.explorer.by_council import PLACE, SENTENCES, gathered, rows_of, table_of, with_place
from councilgraph.explorer.directory import Council, directory
from councilgraph.explorer.findings import Entry, Findings, findings
from councilgraph.explorer.links import address_of
from councilgraph.explorer.page import Asked, Kind, Page, Table
from councilgraph.explorer.pages.changes import address as changes_address
from councilgraph.explorer.profile import groups
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.results.values import Value
from councilgraph.statements import STATEMENTS

_COUNTS = (
    Column("findings", "integer", "findings, that is sentences of its reports"),
    Column("strengths", "integer", "those that speak of a strength"),
    Column("improvements", "integer", "those that speak of something to improve"),
    Column("mixed", "integer", "those that speak of both"),
)


def make(snapshot: Snapshot, asked: Asked) -> Page:
    """The page of the council with the code of the path.

    Raises:
        NotFoundError: there is no such council.
    """
    council = directory(snapshot).get(asked.path["code"])
    known = findings(snapshot)
    said = known.select(council=council.code)
    tables = {
        "scores": _scores(snapshot, council),
        "statements": _counted(known, said, "statement", "Findings by quality statement"),
        "themes": _counted(known, said, "theme", "Findings by theme"),
        "voices": _counted(known, said, "voice", "Findings by voice: whose evidence it is"),
        "bodies": _bodies(snapshot, council),
        "arrangements": _arrangements(snapshot, council),
        "strategies": _strategies(snapshot, council),
        "figures": _figures(snapshot, council, known),
        "outside": _outside(snapshot, council),
        "laws": _laws(snapshot, council),
    }
    content = {
        "council": council,
        "groups": groups(snapshot, council),
        "tables": tables,
        "total": len(said),
        "checked": sum(entry.state not in ("", "machine") for entry in said),
        "findings_at": lambda **query: findings_address(council.code, **query),
        "picture_at": address_of("pictures", "council-scores", authority=council.code),
        "drawn": _drawing(snapshot, council),
        "changes": changes_address(council.code) if snapshot.earlier else "",
    }
    return Page(
        "council.html",
        council.name,
        content,
        tuple(tables.values()),
        f"Rating, scores and findings of the assessment of {council.name}’s adult social care.",
        council.iri,
        (("Home", "/"), ("Councils", "/councils")),
    )


def findings_address(code: str, **query: object) -> str:
    """Where the findings of a council are listed; filters by slug."""
    return address_of("councils", code, "findings", **query)


def _drawing(snapshot: Snapshot, council: Council) -> Callable[[], Any]:
    """Draws the scores beside others; a page with a server behind it shows the file instead."""

    def draw() -> Any:
        from councilgraph.pictures import draw as drawn

        return drawn(snapshot, "council-scores", {"authority": council.code})

    return draw


def _scores(snapshot: Snapshot, council: Council) -> Table:
    compared = groups(snapshot, council)
    columns = [
        Column("statement", "string", "quality statement"),
        Column("statement-iri", "iri", "its concept"),
        Column("score", "integer", "score of this council, 1 to 4"),
    ]
    names: list[str] = []
    for group in compared:
        # Two lists of neighbours may have one title.
        name = group.kind if group.kind not in names else f"{group.kind}-{len(names)}"
        names.append(name)
        columns.append(Column(f"{name}-average", "decimal", f"average of the others: {group.label}"))
    columns += [
        Column(name, "integer", f"other councils in England that scored {name}")
        for name in ("lower", "same", "higher")
    ]
    rows: list[tuple[Value, ...]] = []
    last = council.latest
    for slug in STATEMENTS if last else ():
        score = last.scores.get(slug) if last else None
        beside = [group.beside(slug, score) for group in compared]
        counts = (beside[0].lower, beside[0].same, beside[0].higher) if score else (None, None, None)
        named = findings(snapshot).named("statement", slug)
        rows.append((named.label, named.iri, score, *(one.average for one in beside), *counts))
    return Table("scores", "Scores beside other councils", tuple(columns), tuple(rows))


def _counted(known: Findings, said: list[Entry], by: str, title: str) -> Table:
    columns = (
        Column(by, "string", f"{by} of the finding"),
        Column(f"{by}-iri", "iri", "its concept"),
        *_COUNTS,
    )
    counts = {
        polarity: {named.slug: n for named, n in known.count((e for e in said if e.polarity == polarity), by)}
        for polarity in ("strength", "improvement", "mixed")
    }
    counted = known.count(said, by)
    if by == "statement":
        counted.sort(key=lambda pair: STATEMENTS.index(pair[0].slug) if pair[0].slug in STATEMENTS else 99)
    rows: list[tuple[Value, ...]] = [
        (named.label, named.iri, n, *(counts[one].get(named.slug, 0) for one in counts))
        for named, n in counted
    ]
    return Table(f"{by}s", title, columns, tuple(rows))


def _bodies(snapshot: Snapshot, council: Council) -> Table:
    columns = (
        Column("organisation", "string", "official name of the body"),
        Column("organisation-iri", "iri", "the body"),
        Column("kind", "string", "kind of body"),
        Column("findings", "integer", "findings that name it"),
    )
    rows = rows_of(snapshot, "bodies-named-by-councils", council.iri)
    return table_of("bodies", "Organisations that its reports name", columns, rows)


def _arrangements(snapshot: Snapshot, council: Council) -> Table:
    columns = (
        Column("type", "string", "type of arrangement"),
        Column("arrangement", "string", "its name"),
        Column("arrangement-iri", "iri", "the arrangement"),
        Column("parties", "string", "parties that are named"),
        Column("legal-basis", "string", "Act or section under which it is made"),
        Column("covers", "string", "what it is for"),
        Column("since", "string", "year in which it began"),
        SENTENCES,
        *PLACE,
    )
    found = gathered(
        rows_of(snapshot, "list-formal-arrangements", council.iri),
        "published",
        "type",
        "arrangement",
        "parties",
    )
    rows = [with_place(row) for row in found]
    return table_of("arrangements", "Formal arrangements with partners", columns, rows)


def _strategies(snapshot: Snapshot, council: Council) -> Table:
    columns = (
        Column("strategy", "string", "its title"),
        Column("strategy-iri", "iri", "the strategy"),
        Column("state", "string", "in force, out of date, in development or superseded"),
        Column("start", "string", "first year, where stated"),
        Column("end", "string", "last year, where stated"),
        Column("co-produced", "boolean", "whether the report says that it was written together with people"),
        Column("topics", "string", "themes of the sentence"),
        SENTENCES,
        *PLACE,
    )
    found = gathered(rows_of(snapshot, "list-strategies", council.iri), "strategy-iri")
    rows = [with_place(row) for row in found]
    return table_of("strategies", "Strategies and plans", columns, rows)


def _figures(snapshot: Snapshot, council: Council, known: Findings) -> Table:
    columns = (
        Column("counts", "string", "what is counted"),
        Column("value", "decimal", "the figure as printed"),
        Column("unit", "string", "what it is measured in"),
        Column("qualifier", "string", "less than, more than, approximately or within"),
        Column("period", "string", "period it is for, where stated"),
        Column("comparison", "string", "beside the national average, where stated"),
        Column("verdict", "string", "the report's own words for the comparison"),
        *PLACE,
    )
    rows = []
    for row in snapshot.records("figures-in-reports", authority=council.iri):
        entry = known.get(str(row["finding"]))
        place = {
            "section": known.named("section", entry.section).label if entry and entry.section else None,
            "paragraph": entry.paragraph or None if entry else None,
            "sentence-number": entry.number if entry else None,
        }
        rows.append(with_place({**row, **place}))
    return table_of("figures", "Figures that its reports print", columns, rows)


def _outside(snapshot: Snapshot, council: Council) -> Table:
    columns = (
        Column("measure", "string", "what is measured"),
        Column("measure-iri", "iri", "its concept"),
        Column("value", "decimal", "value of the council"),
        Column("unit", "string", "unit of the value"),
        Column("period", "string", "period of the value"),
        Column("place-among-councils", "integer", "1 for the highest value; ties share a place"),
        Column("councils", "integer", "assessed councils with a value"),
        Column("source", "string", "title of the table"),
        Column("publisher", "string", "who published it"),
    )
    rows = [
        {**row, "place-among-councils": row["place"]}
        for row in rows_of(snapshot, "compare-scores-with-figures", council.iri)
    ]
    return table_of("outside", "Figures from other publishers", columns, rows)


def _laws(snapshot: Snapshot, council: Council) -> Table:
    columns = (
        Column("act", "string", "name of the Act"),
        Column("act-iri", "iri", "the Act at legislation.gov.uk"),
        Column("law-section", "string", "section of the Act, where named"),
        Column("law-section-iri", "iri", "that section"),
        SENTENCES,
        *PLACE,
    )
    found = gathered(rows_of(snapshot, "list-laws-cited", council.iri), "act-iri", "law-section")
    rows = [with_place(row) for row in found]
    return table_of("laws", "Laws that its reports cite", columns, rows)


def addresses(snapshot: Snapshot) -> Iterable[str]:
    """Every council, assessed or not."""
    return [council.address for council in directory(snapshot).all]


KINDS = (Kind("council", "/councils/{code}", make, addresses),)
