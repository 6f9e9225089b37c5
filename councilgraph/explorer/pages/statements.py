"""The pages of the quality statements: how councils scored, and what good looks like."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from councilgraph.catalogue import Column
from councilgraph.explorer.choosing import group, known
from councilgraph.explorer.directory import directory
from councilgraph.explorer.finding_table import Row, finding_table
from councilgraph.explorer.findings import Finding, Findings, findings
from councilgraph.explorer.good_practice import Contrast, Shortfall, good_practice
from councilgraph.explorer.links import address_of
from councilgraph.explorer.page import Asked, Kind, Page, Table
from councilgraph.explorer.scores import scores_of
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.explorer.vocabulary import vocabulary
from councilgraph.iris import concept
from councilgraph.statements import STATEMENTS

T = TypeVar("T", Contrast, Shortfall)
# As many themes as people read are shown with a sentence; the tables hold all of them.
_EXAMPLES = 5
_SHOWN = 15

_LIST = (
    Column("statement", "string", "quality statement"),
    Column("statement-iri", "iri", "its concept"),
    Column("framework-theme", "string", "theme of the framework it belongs to"),
    Column("assessments", "integer", "formal assessments with a score for it"),
    *(Column(f"score-{n}", "integer", f"how many scored {n}") for n in (4, 3, 2, 1)),
    Column("share-3-or-4", "decimal", "per cent that scored 3 or 4"),
)
_CONTRASTS = (
    Column("theme", "string", "theme"),
    Column("theme-iri", "iri", "its concept"),
    Column("praised-where-3-or-4", "integer", "reports scored 3 or 4 that praise it in this section"),
    Column("criticised-where-3-or-4", "integer", "reports scored 3 or 4 that criticise it"),
    Column("praised-where-1-or-2", "integer", "reports scored 1 or 2 that praise it"),
    Column("criticised-where-1-or-2", "integer", "reports scored 1 or 2 that criticise it"),
    Column("not-found-where-1-or-2", "integer", "reports scored 1 or 2 where it was not found in the text"),
    Column(
        "contrast", "decimal", "per cent of high reports that praise it less per cent of low reports that do"
    ),
)
_SHORTFALLS = (
    Column("theme", "string", "theme of the shortfall"),
    Column("theme-iri", "iri", "its concept"),
    Column("reports", "integer", "reports scored 1 or 2 that tell of it"),
    Column("share", "decimal", "per cent of those reports"),
    Column("sentences", "integer", "sentences that tell of it"),
)
_COUNCILS = (
    Column("authority", "string", "official name of the council"),
    Column("authority-iri", "iri", "the council"),
    Column("score", "integer", "its score for this statement"),
    Column("published", "month", "day of publication, or the month where the day is not known"),
    Column("rating", "string", "published rating"),
    Column("report", "iri", "landing page of the report"),
)


def make_list(snapshot: Snapshot, asked: Asked) -> Page:
    """The nine statements with the share of each score."""
    rows = {str(row["statement-iri"]): row for row in snapshot.records("Q02")}
    table = Table(
        "statements",
        "The nine quality statements and how councils scored",
        _LIST,
        tuple(
            (
                *(row["statement"], iri, row["theme"], row["assessments"]),
                *(row[f"score-{n}"] for n in (4, 3, 2, 1)),
                row["share-3-or-4"],
            )
            for slug in STATEMENTS
            if (row := rows.get(iri := concept("quality-statement", slug)))
        ),
    )
    absent = [(slug, directory(snapshot).statements[slug]) for slug in STATEMENTS]
    return Page(
        "statements.html",
        "Quality statements",
        {"statements": absent if not table.rows else []},
        (table,),
        "The nine quality statements by which councils' adult social care is assessed, and their scores.",
        crumbs=(("Home", "/"),),
    )


def make(snapshot: Snapshot, asked: Asked) -> Page:
    """One statement: scores, what good looks like, recurring shortfalls, councils by score.

    Raises:
        NotFoundError: there is no such statement, region or type.
    """
    councils = directory(snapshot)
    slug = known("quality statement", asked.path["slug"], councils.statements)
    label, chosen = councils.statements[slug], group(snapshot, asked)
    found, scores = findings(snapshot), scores_of(snapshot)
    good = good_practice(found, scores, slug, chosen.reports())
    among = f" ({chosen.said})" if chosen.said else ""
    scored = [
        (council, council.latest)
        for council in councils.all
        if council.latest and not council.latest.indicative and chosen.holds(council)
    ]
    by_score = {
        n: [council for council, latest in scored if latest.scores.get(slug) == n] for n in (4, 3, 2, 1)
    }
    assessed = sum(len(some) for some in by_score.values())
    contrast = Table(
        "themes-by-score",
        f"Themes praised and criticised, by score{among}",
        _CONTRASTS,
        tuple(map(_contrast, good.contrasts)),
    )
    shortfall = Table(
        "shortfalls",
        f"Shortfalls in reports scored 1 or 2{among}",
        _SHORTFALLS,
        tuple(map(_shortfall, good.shortfalls)),
    )
    listed = Table(
        "councils",
        f"Scores of councils for {label}{among}",
        _COUNCILS,
        tuple(
            (c.name, c.iri, last.scores.get(slug), last.published, last.rating or None, last.report or None)
            for c, last in scored
        ),
    )
    entries = [
        entry
        for entry in found.select(statement=slug)
        if (report := scores.report(entry)) and chosen.holds(report.council)
    ]
    praised = [one for one in good.contrasts if one.contrast is None or one.contrast > 0]
    content = {
        "slug": slug,
        "statement": vocabulary(snapshot).concept("quality-statement", slug),
        "group": chosen,
        "good": good,
        "shown": _SHOWN,
        "by_score": by_score,
        "shares": {n: round(100 * len(some) / assessed) if assessed else 0 for n, some in by_score.items()},
        "assessed": assessed,
        "examples": _examples(found, praised[:_EXAMPLES]),
        "weak_examples": _examples(found, good.shortfalls[:_EXAMPLES]),
        "findings": len(entries),
        "contrast_table": contrast,
        "shortfall_table": shortfall,
        "council_table": listed,
        "all_findings": address_of("search", statement=slug, region=chosen.region, type=chosen.type),
        "picture": address_of("pictures", "themes", statement=slug, region=chosen.region, type=chosen.type),
        "others": [(other, councils.statements[other]) for other in STATEMENTS],
    }
    return Page(
        "statement.html",
        label,
        content,
        (
            contrast,
            shortfall,
            listed,
            finding_table(found, scores, entries, f"Findings under {label}{among}"),
        ),
        f"What good looks like for {label}: themes that reports praise where councils score 3 or 4.",
        concept("quality-statement", slug),
        (("Home", "/"), ("Quality statements", "/statements")),
    )


def _examples(found: Findings, of: Sequence[T]) -> list[tuple[T, Finding]]:
    """One sentence for each, if possible of a council that has not been shown yet."""
    shown: list[tuple[T, Finding]] = []
    councils: set[str] = set()
    iris: set[str] = set()
    for one in of:
        fresh = [entry for entry in one.examples if entry.iri not in iris]
        chosen = [entry for entry in fresh if entry.council not in councils] or fresh
        if chosen:
            iris.add(chosen[0].iri)
            councils.add(chosen[0].council)
            shown.append((one, found.show(chosen[:1])[0]))
    return shown


def _contrast(one: Contrast) -> Row:
    return (
        *(one.theme.label, one.theme.iri, one.praised_high, one.criticised_high),
        *(one.praised_low, one.criticised_low, one.not_found_low, one.contrast),
    )


def _shortfall(one: Shortfall) -> Row:
    return (one.theme.label, one.theme.iri, one.reports, one.share, one.sentences)


def addresses(snapshot: Snapshot) -> Iterable[str]:
    """One page for each statement."""
    return (address_of("statements", slug) for slug in STATEMENTS)


KINDS = (
    Kind("statements", "/statements", make_list, lambda snapshot: ["/statements"], "Statements"),
    Kind("statement", "/statements/{slug}", make, addresses),
)
