"""Searching the findings: full text, narrowed step by step by council, theme, statement and the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from councilgraph.explorer.choosing import Group, concepts, group, known
from councilgraph.explorer.directory import directory
from councilgraph.explorer.entries import Entry
from councilgraph.explorer.filters import with_query
from councilgraph.explorer.finding_table import finding_table
from councilgraph.explorer.findings import Findings, findings
from councilgraph.explorer.links import address_of
from councilgraph.explorer.page import Asked, Kind, Page
from councilgraph.explorer.paging import paging
from councilgraph.explorer.scores import scores_of
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.search.find import ranked

# What a search is narrowed by: the field of an entry, and the scheme of its values.
FACETS = {
    "council": ("Council", ""),
    "theme": ("Theme", "theme"),
    "statement": ("Quality statement", "quality-statement"),
    "polarity": ("Polarity", "polarity"),
    "voice": ("Voice", "voice"),
}
_MOST_OPTIONS = 8
_LONGEST = 500  # letters that are looked for


@dataclass(frozen=True, slots=True)
class Option:
    """A value by which the results can be narrowed, their number, and the address that does it."""

    label: str
    count: int
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A way of narrowing: what was chosen of it ("" for nothing), or the most frequent values."""

    name: str
    label: str
    chosen: str
    without: str  # address that takes the choice back
    options: tuple[Option, ...]
    more: int


def make(snapshot: Snapshot, asked: Asked) -> Page:
    """The findings that hold all the words, best first; without words, those that fit the rest.

    Raises:
        UsageError: there is no word to look for, or too many. NotFoundError: a filter names
        no council, theme, statement, polarity, voice, region or type, or there is no such page.
    """
    words = asked.one("q")[:_LONGEST]
    found, scores = findings(snapshot), scores_of(snapshot)
    chosen, labels = _chosen(snapshot, asked)
    councils = group(snapshot, asked)
    nothing = not words and not any(chosen.values()) and not councils.said
    base: Sequence[Entry] = []
    if words:
        held = (found.get(iri) for iri in ranked(snapshot.graph.store, words))
        base = [entry for entry in held if entry is not None and entry.state != "rejected"]
    elif not nothing:
        base = found.entries
    base = _of_group(snapshot, base, councils)
    below = found.below(chosen["theme"]) if chosen["theme"] else frozenset()
    entries = [entry for entry in base if _fits(entry, chosen, below)]
    turn = paging(asked, len(entries))
    here = address_of("search", q=words, region=councils.region, type=councils.type, **chosen)
    facets = [] if nothing else [_facet(found, name, entries, labels, here) for name in FACETS]
    said = ", ".join(filter(None, (*(labels[name] for name in FACETS), councils.said)))
    title = f"Search: {words}" if words else f"Findings: {said}" if said else "Search the findings"
    described = f"Findings{f' with “{words}”' if words else ''}{f' ({said})' if said else ''}"
    content = {
        "words": words,
        "chosen": chosen,
        "group": councils,
        "nothing": nothing,
        "options": {
            name: list(concepts(snapshot, scheme).items()) for name, (_, scheme) in FACETS.items() if scheme
        },
        "councils": [(council.code, council.short) for council in directory(snapshot).all],
        "facets": facets,
        "fields": FACETS,
        "findings": found.show(turn.of(entries)),
        "paging": turn,
        "readable": bool(found.entries),
    }
    tables = () if nothing else (finding_table(found, scores, entries, described),)
    return Page(
        "search.html",
        title,
        content,
        tables,
        "Full-text search over the findings of all assessments.",
        crumbs=(("Home", "/"),),
    )


def _chosen(snapshot: Snapshot, asked: Asked) -> tuple[dict[str, str], dict[str, str]]:
    """The filters as slugs, and what they are called; "" for none."""
    chosen, labels = dict.fromkeys(FACETS, ""), dict.fromkeys(FACETS, "")
    for name, (label, scheme) in FACETS.items():
        given = asked.one(name)
        if given and scheme:
            names = concepts(snapshot, scheme)
            chosen[name] = known(label.lower(), given, names)
            labels[name] = names[chosen[name]]
        elif given:
            council = directory(snapshot).get(given)
            chosen[name], labels[name] = council.code, council.name
    return chosen, labels


def _of_group(snapshot: Snapshot, entries: Sequence[Entry], councils: Group) -> Sequence[Entry]:
    if not councils.said:
        return entries
    held = {council.code for council in directory(snapshot).all if councils.holds(council)}
    return [entry for entry in entries if entry.council in held]


def _fits(entry: Entry, chosen: dict[str, str], below: frozenset[str]) -> bool:
    theme, voice = chosen["theme"], chosen["voice"]
    return (
        (not chosen["council"] or entry.council == chosen["council"])
        and (not chosen["statement"] or entry.statement == chosen["statement"])
        and (not chosen["polarity"] or entry.polarity == chosen["polarity"])
        and (not voice or voice in entry.voices)
        and (not theme or theme in entry.themes or not below.isdisjoint(entry.themes))
    )


def _facet(found: Findings, name: str, entries: Sequence[Entry], labels: dict[str, str], here: str) -> Facet:
    label = FACETS[name][0]
    if labels[name]:
        return Facet(name, label, labels[name], with_query(here, **{name: None}), (), 0)
    counts = found.count(entries, name)
    shown = (
        Option(named.label, n, with_query(here, **{name: named.slug})) for named, n in counts[:_MOST_OPTIONS]
    )
    return Facet(name, label, "", "", tuple(shown), max(0, len(counts) - _MOST_OPTIONS))


def addresses(snapshot: Snapshot) -> Iterable[str]:
    """None: a static site has nobody who would search."""
    return ()


KINDS = (Kind("search", "/search", make, addresses, "Search"),)
