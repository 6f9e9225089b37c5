"""The page of one thing of the graph, whatever it is: every fact, every link, with its source.

Councils, themes, bodies ... have richer pages of their own, which this one names first. It
is what the IRI of a thing shows to a reader, and what remains where nobody made a page.
"""

from __future__ import annotations

from councilgraph.catalogue import Column
from councilgraph.explorer import entity
from councilgraph.explorer.filters import page_of, plural
from councilgraph.explorer.findings import Finding, findings
from councilgraph.explorer.naming import names_of
from councilgraph.explorer.page import Asked, NotFoundError, Page, Table
from councilgraph.explorer.paging import paging
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import BASE, DEF, IRIS

EXAMPLES = 5  # of the things that point here by one property, before its list is opened
LISTED = 100  # of them on one page of that list
MOST_VALUES = 30  # of one property in HTML: a theme has hundreds of words it is found by
_SAID = (
    Column("property", "string", "what is said"),
    Column("property-iri", "iri", "the property"),
    Column("value", "string", "its value; a thing by its name"),
    Column("value-iri", "iri", "the thing, where the value is one"),
    Column("language", "string", "language of a text"),
    Column("datatype", "iri", "kind of a value that is no text"),
    Column("graph", "iri", "the named graph that says so"),
)
_POINTING = (
    Column("property", "string", "by what property"),
    Column("property-iri", "iri", "the property"),
    Column("count", "integer", "how many things point here by it"),
)
_HOLDS = (
    Column("kind", "string", "kind of thing"),
    Column("kind-iri", "iri", "its class"),
    Column("count", "integer", "how many of them the graph describes"),
)
_LINKING = (
    Column("thing", "string", "what points here"),
    Column("thing-iri", "iri", "the thing"),
    Column("property", "string", "by what property"),
)


def make(snapshot: Snapshot, iri: str, asked: Asked) -> Page:
    """The page of a thing, or with ``by=`` the list of all that points to it by one property.

    Raises:
        NotFoundError: the graph holds nothing of it, or no such list or page of it.
    """
    if not entity.known(snapshot, iri):
        raise missing(iri)
    if asked.one("by"):
        return _linking(snapshot, iri, asked)
    thing = entity.read(snapshot, iri)
    said = Table(
        "said",
        f"What is said of {thing.name}",
        _SAID,
        tuple(
            (
                said.label,
                said.property,
                v.text,
                v.iri or None,
                v.language or None,
                v.datatype or None,
                v.graph,
            )
            for said in thing.said
            for v in said.values
        ),
    )
    links_here = Table(
        "links-here",
        f"What points to {thing.name}",
        _POINTING,
        tuple((one.label, one.property, one.count) for one in thing.pointing),
    )
    content = {
        "thing": thing,
        "own": own_page(iri),
        "examples": {one.property: _examples(snapshot, iri, one.property) for one in thing.pointing},
        "most_values": MOST_VALUES,
        "graph_names": {graph: graph_name(snapshot, graph) for graph, _ in thing.graphs},
        "local": local,
        "finding": _finding(snapshot, iri),
    }
    kinds = " and ".join(name for _, name in thing.types) or "thing"
    description = f"{kinds[:1].upper()}{kinds[1:]}: all facts and links, each with its source."
    return Page("thing.html", thing.name, content, (said, links_here), description, iri)


def _finding(snapshot: Snapshot, iri: str) -> Finding | None:
    """The finding with its sentence and place, so that nobody has to follow three links to read it."""
    if not iri.startswith(IRIS.id + "finding/"):
        return None
    held = findings(snapshot)
    entry = held.get(iri)
    return held.show([entry])[0] if entry is not None else None


def _linking(snapshot: Snapshot, iri: str, asked: Asked) -> Page:
    names, by = names_of(snapshot), asked.one("by")
    found = next((one for one in entity.pointing(snapshot, iri) if one.property == by), None)
    if found is None:
        raise NotFoundError(
            "Nothing points here by that property.",
            where=by[:200],
            cure="Open the list from the page of the thing.",
        )
    turn = paging(asked, found.count, LISTED)
    rows = entity.links(snapshot, iri, by, start=turn.first - 1, most=LISTED)
    name = names.of(iri)
    title = f"{plural(found.count, 'thing')} that point to {name} by {found.label}"
    table = Table(
        "linking",
        f"{title}: {turn.first:,} to {turn.last:,}",
        _LINKING,
        tuple((names.of(thing), thing, found.label) for thing, _ in rows),
    )
    content = {"table_shown": table, "paging": turn, "iri": iri}
    crumbs = ((name, local(iri)),)
    return Page("thing_links.html", title, content, (table,), "", "", crumbs)


def _examples(snapshot: Snapshot, iri: str, by: str) -> list[tuple[str, str]]:
    names = names_of(snapshot)
    return [(thing, names.of(thing)) for thing, _ in entity.links(snapshot, iri, by, most=EXAMPLES)]


def local(iri: str) -> str:
    """Where this server shows a thing: its entity page; "" for what is not ours."""
    for base, part in ((IRIS.base, "id/"), (IRIS.base, "graph/"), (BASE, "scheme/")):
        if iri.startswith(base + part) and len(iri) > len(base + part):
            # What is inside our own IRIs is percent-encoded as an address is.
            return "/" + iri.removeprefix(base)
    return "/ontology/" + iri.removeprefix(DEF) if iri.startswith(DEF) else ""


def graph(snapshot: Snapshot, iri: str) -> Page:
    """The page of a named graph: what it holds, and where to have all of it.

    Raises:
        NotFoundError: there is no such graph.
    """
    names = names_of(snapshot)
    total, classes = entity.graph_counts(snapshot, iri)
    if not total:
        raise missing(iri)
    rows = tuple((names.of(one), one, count) for one, count in classes)
    table = Table("holds", f"What the graph {graph_name(snapshot, iri)} holds", _HOLDS, rows)
    content = {"iri": iri, "total": total, "table_shown": table}
    title = f"Named graph: {graph_name(snapshot, iri)}"
    return Page("graph.html", title, content, (table,), "The statements of one source, kept together.", iri)


def own_page(iri: str) -> str:
    """The page that was made for things of its kind; "" where there is none."""
    address = page_of(iri)
    return "" if address.startswith(("/id/", "/scheme/")) else address


def graph_name(snapshot: Snapshot, graph: str) -> str:
    """A named graph in words: "report STS-2025-05"."""
    return graph.removeprefix(IRIS.base + "graph/").replace("/", " ") or names_of(snapshot).of(graph)


def missing(iri: str) -> NotFoundError:
    """The error for an IRI of which the graph holds nothing."""
    return NotFoundError(
        "The graph holds nothing of this thing.",
        where=iri[:300],
        cure="Check the address; a thing of a report is there only if the report was loaded.",
    )
