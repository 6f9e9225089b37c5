"""The pages of the themes: what reports say of each, under which statement and in which councils."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from councilgraph.catalogue import Column
from councilgraph.explorer.choosing import concepts, group, known
from councilgraph.explorer.directory import Council, directory
from councilgraph.explorer.entries import Entry
from councilgraph.explorer.finding_table import Row, finding_table
from councilgraph.explorer.findings import Findings, findings
from councilgraph.explorer.links import address_of
from councilgraph.explorer.page import Asked, Kind, Page, Table
from councilgraph.explorer.paging import paging
from councilgraph.explorer.scores import scores_of
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.explorer.vocabulary import vocabulary
from councilgraph.iris import concept
from councilgraph.statements import STATEMENTS

POLARITIES = ("strength", "improvement", "mixed", "context")
_COUNTS = (
    Column("findings", "integer", "sentences about it"),
    Column("strengths", "integer", "those that are strengths"),
    Column("improvements", "integer", "those that are areas for improvement"),
    Column("mixed", "integer", "those that are both"),
    Column("context", "integer", "those that describe and do not judge"),
)
_THEMES = (
    Column("theme", "string", "theme"),
    Column("theme-iri", "iri", "its concept"),
    Column("group", "string", "group that it belongs to"),
    *_COUNTS,
    Column("councils", "integer", "councils whose reports have a sentence about it"),
)
_STATEMENTS = (
    Column("statement", "string", "quality statement, or the summaries and facts"),
    Column("statement-iri", "iri", "its concept"),
    *_COUNTS,
)
_COUNCILS = (
    Column("authority", "string", "official name of the council"),
    Column("authority-iri", "iri", "the council"),
    Column("region", "string", "region in which it lies"),
    *_COUNTS,
)


def make_list(snapshot: Snapshot, asked: Asked) -> Page:
    """All themes in their groups, with what the findings say of each."""
    held = vocabulary(snapshot).scheme("theme")
    rows: list[Row] = []
    groups = []
    for above in (one for one in held.concepts if one.narrower):
        below = [one for one in held.concepts if above.iri in one.broader and not one.narrower]
        made = [_theme_row(snapshot, one.slug, above.label) for one in below]
        groups.append((above, list(zip(below, made, strict=True))))
        rows += made
    table = Table("themes", "Themes and what the reports say of them", _THEMES, tuple(rows))
    return Page(
        "themes.html",
        "Themes",
        {"groups": groups, "columns": len(_THEMES)},
        (table,),
        "The themes of the findings, from unpaid carers to waiting times, and what the reports say of each.",
        crumbs=(("Home", "/"),),
    )


def _theme_row(snapshot: Snapshot, slug: str, above: str) -> Row:
    entries = findings(snapshot).select(theme=slug)
    named = findings(snapshot).named("theme", slug)
    councils = len({entry.council for entry in entries})
    return (named.label, named.iri, above, *_counted(entries), councils)


def make(snapshot: Snapshot, asked: Asked) -> Page:
    """One theme, or a group of them: by polarity, statement and council, and every finding.

    Raises:
        NotFoundError: there is no such theme, region, type, statement, polarity or page.
    """
    labels = concepts(snapshot, "theme")
    slug = known("theme", asked.path["slug"], labels)
    found, scores, councils = findings(snapshot), scores_of(snapshot), directory(snapshot)
    term = vocabulary(snapshot).concept("theme", slug)
    chosen = group(snapshot, asked)
    named = {council.code: council for council in councils.all}
    entries = [e for e in found.select(theme=slug) if e.council in named and chosen.holds(named[e.council])]
    shown, filters = _narrowed(snapshot, asked, entries)
    turn = paging(asked, len(shown))
    among = f" ({chosen.said})" if chosen.said else ""
    by_statement = Table(
        "statements",
        f"{term.label} by quality statement{among}",
        _STATEMENTS,
        tuple(_by_statement(found, entries)),
    )
    own: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        own[entry.council].append(entry)
    telling = [(council, own[council.code]) for council in councils.all if council.code in own]
    by_council = Table(
        "councils",
        f"{term.label} by council{among}",
        _COUNCILS,
        tuple((c.name, c.iri, c.region or None, *_counted(mine)) for c, mine in telling),
    )
    table = finding_table(found, scores, shown, f"Findings about {term.label}{among}")
    content = {
        "theme": term,
        "above": [(iri, labels[iri.rsplit("/", 1)[-1]]) for iri in term.broader],
        "below": [(iri, labels[iri.rsplit("/", 1)[-1]]) for iri in term.narrower],
        "group": chosen,
        "filters": filters,
        "polarities": [(found.named("polarity", one), n) for one, n in _polarities(entries)],
        "total": len(entries),
        "councils": len(telling),
        "by_statement": by_statement,
        "by_council": by_council,
        "silent": _silent(found, entries, [one for one in councils.all if chosen.holds(one)]),
        "findings": found.show(turn.of(shown)),
        "paging": turn,
        "picture": address_of("pictures", "themes", region=chosen.region, type=chosen.type),
    }
    return Page(
        "theme.html",
        term.label,
        content,
        (by_statement, by_council, table),
        f"What the assessments of councils' adult social care say of {term.label.lower()}.",
        concept("theme", slug),
        (("Home", "/"), ("Themes", "/themes")),
    )


def _narrowed(
    snapshot: Snapshot, asked: Asked, entries: Sequence[Entry]
) -> tuple[list[Entry], dict[str, tuple[dict[str, str], str]]]:
    """The findings that the filters leave, and each filter with its options and what was chosen."""
    filters = {}
    kept = list(entries)
    for name, scheme in (("polarity", "polarity"), ("statement", "quality-statement"), ("voice", "voice")):
        labels = concepts(snapshot, scheme)
        given = asked.one(name)
        slug = known(name, given, labels) if given else ""
        filters[name] = (labels, slug)
        if slug:
            kept = [e for e in kept if slug in (e.voices if name == "voice" else (getattr(e, name),))]
    return kept, filters


def _by_statement(found: Findings, entries: Sequence[Entry]) -> Iterable[Row]:
    for slug in (*STATEMENTS, ""):
        mine = [entry for entry in entries if entry.statement == slug]
        if mine and slug:
            named = found.named("statement", slug)
            yield (named.label, named.iri, *_counted(mine))
        elif mine:
            yield ("Summaries and facts", None, *_counted(mine))


def _silent(found: Findings, entries: Sequence[Entry], councils: Iterable[Council]) -> list[Council]:
    """The councils whose report was read and in whose text the theme was not found."""
    read = {entry.council for entry in found.entries} - {entry.council for entry in entries}
    return [council for council in councils if council.code in read]


def _counted(entries: Sequence[Entry]) -> tuple[int, ...]:
    counts = Counter(entry.polarity for entry in entries)
    return (len(entries), *(counts[one] for one in POLARITIES))


def _polarities(entries: Sequence[Entry]) -> list[tuple[str, int]]:
    counts = Counter(entry.polarity for entry in entries)
    return [(one, counts[one]) for one in POLARITIES if counts[one]]


def addresses(snapshot: Snapshot) -> Iterable[str]:
    """One page for each theme and each group of them."""
    return (address_of("themes", slug) for slug in concepts(snapshot, "theme"))


KINDS = (
    Kind("themes", "/themes", make_list, lambda snapshot: ["/themes"], "Themes"),
    Kind("theme", "/themes/{slug}", make, addresses),
)
