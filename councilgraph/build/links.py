"""The graph of links and that of the bodies that links lead to, made anew when an input changes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from councilgraph.build.fixed import Validate, must_conform
from councilgraph.build.rules import linking_digest
from councilgraph.build.sources import Made, Source, SourceFolder, file_digest, key_of
from councilgraph.faultpoints import faultpoint
from councilgraph.iris import IRIS
from councilgraph.linking import graph, graph_registers
from councilgraph.linking.entry import Entry
from councilgraph.linking.graph_iris import Naming, described
from councilgraph.linking.graph_reviews import Judged, judged
from councilgraph.linking.joined import opened
from councilgraph.linking.registry_file import content_digest
from councilgraph.model import LoadWarning, ReferenceTable
from councilgraph.terms import DCTERMS
from councilgraph.writing.links import write_links
from councilgraph.writing.ntriples import Triples, text
from councilgraph.writing.reference import write_reference
from loaders.registers import PUBLISHED, tables
from loaders.reviews.links import LINK_REVIEWS, read_link_reviews

_REGISTERS = tuple(dict.fromkeys(r.adds_to or r.slug for r in PUBLISHED.values()))


def links_made(made: Made, data: Path, registry: Path | None) -> Made:
    """What links are made from, beside the bodies that the reports name.

    A registry can have gigabytes: the digest that it keeps of its entries stands for it, or, in a
    file of before it kept one, its size and time of writing.
    """
    reviews = data / LINK_REVIEWS.path
    stamp = ""
    if registry is not None:
        try:
            held = registry.stat()
            stamp = content_digest(registry) or key_of(
                os.fspath(registry.absolute()), str(held.st_size), str(held.st_mtime_ns)
            )
        except OSError:
            stamp = "unreadable"  # who opens it says what is wrong
    return replace(
        made,
        rules=key_of(made.rules, linking_digest()),
        documents=stamp,
        reviews=file_digest(reviews) if reviews.is_file() else "",
    )


@dataclass(frozen=True, slots=True)
class LinksFrom:
    """What links are made from beside the reports: the data folder, its tables, a registry file."""

    data: Path
    tables: Sequence[ReferenceTable]
    registry: Path | None


@dataclass(frozen=True, slots=True)
class Linked:
    """All that linking found: who is meant by each name, the links, and the bodies they lead to."""

    answered: tuple[graph.Answered, ...]
    judged: Judged
    bodies: tuple[Entry, ...]
    naming: Naming


def link_all(given: LinksFrom, reports: Iterable[Source]) -> Linked:
    """Match every body that the reports name, and the registers among each other.

    Raises:
        InputError: the registry or the review file cannot be used.
    """
    reviews = read_link_reviews(given.data)
    areas = {c.code: c.area for t in given.tables for c in t.councils}
    ours = list(tables(given.data))
    naming = Naming(ours)
    with opened(ours, given.registry) as source:
        answered = tuple(graph.answers(_asked(reports, areas), source))
        named = list(graph.name_links(answered, naming))
        met = {(e.register, e.code): e for _, e in named if not naming.described(e)}
        pairs = graph_registers.identities([*ours, *met.values()], source, naming)
        met |= {(e.register, e.code): e for pair in pairs for e in pair if not naming.described(e)}
        found = [
            *graph.published_links(given.tables),
            *(link for link, _ in named),
            *graph_registers.identity_links(pairs, naming),
            *graph_registers.outward_links(met.values(), naming),
        ]
        subjects = {IRIS.organisation(one.asked.body.key): one.asked.body.key for one in answered}
        subjects |= {naming.iri(e): naming.key(e) for e in (*ours, *met.values())}
        result = judged(found, reviews, lambda iri: naming.entry(iri, source, _REGISTERS), subjects)
        bodies = dict(met)
        for link, _ in result.effective:
            if (entry := naming.entry(link.object, source, _REGISTERS)) and not naming.described(entry):
                bodies[entry.register, entry.code] = entry
    # A body that nothing leads to or from any more is not described.
    ends = {iri for link in result.links for iri in (link.subject, link.object)}
    kept = (bodies[place] for place in sorted(bodies) if naming.iri(bodies[place]) in ends)
    return Linked(answered, result, tuple(kept), naming)


def links_sources(
    folder: SourceFolder,
    given: LinksFrom,
    reports: Sequence[Source],
    made: Made,
    validate: Validate,
) -> list[Source]:
    """The graphs ``links`` and ``reference/linked-bodies``.

    Raises: as ``link_all``; ValidationError for a link that breaks a rule.
    """
    named = sorted(f"{one.name} {_day(one)} {one.bodies}" for one in reports)
    made = replace(links_made(made, given.data, given.registry), rest=key_of(*named))
    kept = [folder.kept(name, made) for name in ("links", "reference/linked-bodies")]
    if kept[0] is not None and kept[1] is not None:
        return [one for one in kept if one is not None]
    linked = link_all(given, reports)
    areas = sum(len(table.councils) for table in given.tables)
    links = write_links(linked.judged.links, linked.judged.effective, areas=areas)
    at_hand = {one.name.partition("/")[2] for one in reports}
    warnings = tuple(
        LoadWarning(
            "review-without-effect",
            f"There is nothing in this build that the judgement '{one.judgement}' is about: "
            f"{_short(one.subject)}, {_short(one.object)}.",
            one.where,
        )
        for one in linked.judged.unused
        if not _elsewhere(one.subject, at_hand)
    )
    held = {i for table in given.tables for council in table.councils for i in council.identifiers}
    held |= {i for table in given.tables for body in table.organisations for i in body.identifiers}
    bodies = ReferenceTable(
        "linked-bodies", organisations=tuple(described(one, linked.naming) for one in linked.bodies)
    )
    # Two bodies may share an identifier; what it is stands once.
    lines = dict.fromkeys([_title(), *write_reference(bodies, held).splitlines(keepends=True)])
    first = must_conform(folder.write("links", made, links, validate, warnings=warnings))
    faultpoint("links.half")
    return [first, must_conform(folder.write("reference/linked-bodies", made, "".join(lines), validate))]


def _title() -> str:
    """What the graph of bodies is; it stands there too when no link leads to a register."""
    out = Triples()
    title = text("Bodies of registers that links lead to")
    out.add(f"<{IRIS.graph('reference', 'linked-bodies')}>", (f"<{DCTERMS}title>", title))
    return out.ntriples()


def _asked(reports: Iterable[Source], areas: Mapping[str, str]) -> Iterator[graph.Asked]:
    """What the reports ask, in the order of their names."""
    for report in sorted(reports, key=lambda one: one.name):
        code = report.name.partition("/")[2].partition("-")[0]
        for body in report.bodies:
            yield graph.Asked(body, code, areas.get(code), date.fromisoformat(_day(report)))


def _day(report: Source) -> str:
    """The day of a report: of its publication, or the first of that month."""
    published = (report.header or {}).get("published")
    return published or f"{report.name[-7:]}-01"


def _elsewhere(iri: str, at_hand: Iterable[str]) -> bool:
    """Whether it is a body of a report that this build was not given."""
    key = iri.rpartition("/")[2]
    return key.startswith("local-") and not any(key.startswith(f"local-{one}-") for one in at_hand)


def _short(iri: str) -> str:
    return iri.removeprefix(IRIS.id)
