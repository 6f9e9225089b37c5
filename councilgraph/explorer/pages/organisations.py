"""The pages of the bodies that reports name: who they are, where they are named and in what role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from councilgraph.catalogue import Column
from councilgraph.explorer.choosing import concepts, known, words_of
from councilgraph.explorer.entries import Entry
from councilgraph.explorer.findings import Finding, Findings, findings
from councilgraph.explorer.links import address_of
from councilgraph.explorer.page import Asked, Kind, NotFoundError, Page, Table
from councilgraph.explorer.paging import paging
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import DEF, IRIS
from councilgraph.results.values import Value
from councilgraph.terms import RDF

Record = Mapping[str, Value]
_LISTED = 100
_ARRANGEMENTS = (
    Column("authority", "string", "council whose report tells of it"),
    Column("authority-iri", "iri", "the council"),
    Column("published", "month", "day of publication, or the month where the day is not known"),
    Column("arrangement", "string", "its name, or its type and parties"),
    Column("arrangement-iri", "iri", "the arrangement"),
    Column("type", "string", "type of arrangement"),
    Column("since", "string", "year since when, where stated"),
    Column("covers", "string", "what it covers, where stated"),
    Column("law", "string", "its legal basis, where stated"),
    Column("law-iri", "iri", "the section of the Act"),
    Column("review-state", "string", "whether it has been reviewed"),
)
_REPORTS = (
    Column("authority", "string", "official name of the council"),
    Column("authority-iri", "iri", "the council"),
    Column("published", "month", "day of publication, or the month where the day is not known"),
    Column("sentences", "integer", "sentences that name it or tell of its part in an arrangement"),
    Column("strengths", "integer", "those that are strengths, or both"),
    Column("improvements", "integer", "those that are areas for improvement, or both"),
    Column("roles", "string", "in what roles"),
    Column("report", "iri", "landing page of the report"),
)


def make_list(snapshot: Snapshot, asked: Asked) -> Page:
    """All bodies that reports name, or those of a kind or with some words in their name.

    Raises:
        NotFoundError: there is no such kind or page.
    """
    kinds = concepts(snapshot, "organisation-kind")
    kind = known("kind of organisation", asked.one("kind"), kinds) if asked.one("kind") else ""
    words = asked.one("q")
    full = snapshot.table("organisations-named")
    names = [column.name for column in full.columns]
    rows = list(full.rows)
    if kind:
        at = names.index("kind-iri")
        rows = [row for row in rows if str(row[at] or "").endswith(f"/organisation-kind/{kind}")]
    if words:
        wanted = words_of(words)
        at = names.index("organisation")
        rows = [row for row in rows if all(word in words_of(str(row[at] or "")) for word in wanted)]
    said = ", ".join(
        part for part in (kinds.get(kind, ""), f"with “{words}” in the name" if words else "") if part
    )
    table = Table(
        "organisations", f"Organisations that reports name{f': {said}' if said else ''}", full.columns, rows
    )
    turn = paging(asked, len(rows), _LISTED)
    held = {str(row[names.index("kind-iri")] or "").rsplit("/", 1)[-1] for row in full.rows}
    return Page(
        "organisations.html",
        "Organisations",
        {
            "kinds": {slug: label for slug, label in kinds.items() if slug in held},
            "kind": kind,
            "words": words,
            "paging": turn,
            "shown": Table(table.name, table.title, table.columns, turn.of(rows)),
            "all": len(full.rows),
        },
        (table,),
        "NHS trusts, boards, charities and other bodies that the reports on councils name.",
        crumbs=(("Home", "/"),),
    )


def make(snapshot: Snapshot, asked: Asked) -> Page:
    """One body: its record and links, its arrangements, and every report that names it, in what role.

    Raises:
        NotFoundError: there is no such body or page.
    """
    key = asked.path["key"]
    iri = IRIS.organisation(key)
    if not _there(snapshot, iri):
        raise _unknown(snapshot, key)
    record = snapshot.table("organisation-record", organisation=iri)
    links = snapshot.table("links-of-organisation", organisation=iri)
    arrangements = snapshot.records("arrangements-of-organisation", organisation=iri)
    named = snapshot.table("Q29", organisation=iri)
    rows = named.records()
    found = findings(snapshot)
    turn = paging(asked, len(rows))
    label = snapshot.label(iri)
    told = tuple({tuple(row[c.name] for c in _ARRANGEMENTS): None for row in arrangements})
    reports = Table("reports", f"Reports that name {label}", _REPORTS, tuple(_reports(found, rows)))
    sentences = Table(
        "sentences", f"Sentences that name {label}, and in what role", named.columns, named.rows
    )
    tables = (
        reports,
        sentences,
        Table("arrangements", f"Arrangements to which {label} is a party", _ARRANGEMENTS, told),
        Table("record", f"What the registers say of {label}", record.columns, record.rows),
        Table("links", f"Records elsewhere that mean {label}", links.columns, links.rows),
    )
    facts = record.records()
    shown = [(row, _finding(snapshot, row)) for row in turn.of(rows)]
    content = {
        "facts": facts,
        "kind": next((fact["value"] for fact in facts if fact["fact"] == "kind"), ""),
        "local": key.startswith("local-"),
        "named_in": _named_in(snapshot, key),
        "followers": [fact for fact in facts if fact["fact"] == "followed by"],
        "links": links.records(),
        "tables": {table.name: table for table in tables},
        "shown": shown,
        "paging": turn,
        "councils": len({row["authority-iri"] for row in rows}),
        "read": bool(found.entries),
        "data": address_of("id", "organisation", key),
    }
    return Page(
        "organisation.html",
        label,
        content,
        tables,
        f"What the assessments of councils' adult social care say of {label}: every report that names it.",
        iri,
        (("Home", "/"), ("Organisations", "/organisations")),
    )


def _there(snapshot: Snapshot, iri: str) -> bool:
    """Whether the graph has such a body: a parameter that is unknown takes half a second to refuse."""
    from pyoxigraph import NamedNode

    graph = snapshot.graph.store.graph
    kind = graph.quads_for_pattern(
        NamedNode(iri), NamedNode(RDF + "type"), NamedNode(DEF + "Organisation"), None
    )
    return next(iter(kind), None) is not None


def _reports(found: Findings, rows: Iterable[Record]) -> Iterable[tuple[Value, ...]]:
    """One row for each report, in the order of the sentences."""
    held: dict[tuple[Value, ...], list[Record]] = {}
    for row in rows:
        key = tuple(row[name] for name in ("authority", "authority-iri", "published", "report"))
        held.setdefault(key, []).append(row)
    for (authority, iri, published, report), own in held.items():
        # A sentence has a row for each way in which it names the body.
        said = {finding: _polarity(found, str(finding)) for finding in {row["finding"] for row in own}}
        roles = dict.fromkeys(part for row in own for part in str(row["role"] or "").split(", ") if part)
        yield (
            *(authority, iri, published, len(said)),
            sum(one in ("strength", "mixed") for one in said.values()),
            sum(one in ("improvement", "mixed") for one in said.values()),
            *(", ".join(roles), report),
        )


def _polarity(found: Findings, iri: str) -> str:
    """By slug: the words for it are the vocabulary's, and change."""
    entry = found.get(iri)
    return entry.polarity if entry else ""


def _finding(snapshot: Snapshot, row: Record) -> Finding | None:
    entry = findings(snapshot).get(str(row["finding"] or ""))
    return findings(snapshot).show([entry])[0] if isinstance(entry, Entry) else None


def _named_in(snapshot: Snapshot, key: str) -> str:
    """The council in whose report alone a body is known by its name, "" for a body of a register."""
    parts = key.split("-")
    return snapshot.label(IRIS.council(parts[1])) if parts[0] == "local" and len(parts) > 2 else ""


def _unknown(snapshot: Snapshot, key: str) -> NotFoundError:
    from rapidfuzz import process

    rows = snapshot.records("organisations-named")
    named = {str(row["organisation-iri"]): row["organisation"] for row in rows}
    keys = {iri: iri.rsplit("/", 1)[-1].casefold() for iri in named}
    names = {iri: str(name or "").casefold() for iri, name in named.items()}
    wanted = key.casefold()[:80]
    near = [one[2] for one in process.extract(wanted, keys, limit=2, score_cutoff=80)]
    near += [one[2] for one in process.extract(wanted.replace("-", " "), names, limit=3, score_cutoff=75)]
    listed = [f"{named[iri]} ({iri.rsplit('/', 1)[-1]})" for iri in dict.fromkeys(near)]
    cure = (
        f"The nearest are: {'; '.join(listed)}." if listed else "The page Organisations finds them by name."
    )
    return NotFoundError(f"There is no organisation with the key {key[:80]!r}.", cure=cure)


def addresses(snapshot: Snapshot) -> Iterable[str]:
    """One page for each body that a report names; a council has its own."""
    for row in snapshot.records("organisations-named"):
        iri = str(row["organisation-iri"])
        if iri.startswith(IRIS.id + "organisation/"):
            yield address_of("organisations", iri.rsplit("/", 1)[-1])


KINDS = (
    Kind("organisations", "/organisations", make_list, lambda snapshot: ["/organisations"], "Organisations"),
    Kind("organisation", "/organisations/{key}", make, addresses),
)
