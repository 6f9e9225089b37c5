"""The pages of the Acts of Parliament that reports cite, and of their sections."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from councilgraph.catalogue import Column
from councilgraph.explorer.entries import Entry
from councilgraph.explorer.finding_table import finding_table
from councilgraph.explorer.findings import findings
from councilgraph.explorer.links import address_of
from councilgraph.explorer.page import Asked, Kind, NotFoundError, Page, Table
from councilgraph.explorer.paging import paging
from councilgraph.explorer.scores import key_of, scores_of
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import LAW, act
from councilgraph.results.values import Value

_LIST = (
    Column("law", "string", "name of the Act, with the section where one is cited"),
    Column("law-iri", "iri", "the Act or section at legislation.gov.uk"),
    Column("councils", "integer", "councils whose reports cite it"),
    Column("findings", "integer", "sentences that cite it"),
    Column("strengths", "integer", "those that are strengths"),
    Column("improvements", "integer", "those that are areas for improvement"),
)
_STATEMENTS = (
    Column("statement", "string", "quality statement, or the summaries and facts"),
    Column("statement-iri", "iri", "its concept"),
    Column("findings", "integer", "sentences that cite it"),
    Column("reports", "integer", "reports in which they stand"),
)
_WORDS = (
    Column("cited-as", "string", "the words of the report"),
    Column("times", "integer", "how often it is cited in these words"),
)


@dataclass(frozen=True, slots=True)
class Law:
    """An Act or a section of one: what cites it, by finding, and in which words."""

    iri: str
    label: str
    of: str  # IRI of its Act, "" for an Act
    entries: tuple[Entry, ...]
    words: Mapping[str, int]


def laws(snapshot: Snapshot) -> Mapping[str, Law]:
    """Every Act and section that a finding cites, by IRI; a citation of a section counts for its Act."""
    return snapshot.once("laws", _laws)


def _laws(snapshot: Snapshot) -> Mapping[str, Law]:
    found = findings(snapshot)
    labels: dict[str, tuple[str, str]] = {}
    entries: dict[str, dict[str, Entry]] = defaultdict(dict)
    words: dict[str, Counter[str]] = defaultdict(Counter)
    for row in snapshot.records("citations-with-findings"):
        entry = found.get(str(row["finding"]))
        if entry is None:
            continue
        whole, section = str(row["act-iri"]), str(row["law-section-iri"] or "")
        labels[whole] = (str(row["act"] or whole.removeprefix(LAW)), "")
        if section:
            number = row["law-section"] or section.rsplit("/", 1)[-1]
            labels[section] = (f"{labels[whole][0]}, section {number}", whole)
        for iri in filter(None, (whole, section)):
            entries[iri][entry.iri] = entry
            if row["cited-as"]:
                words[iri][str(row["cited-as"])] += 1
    order = {entry.iri: at for at, entry in enumerate(found.entries)}
    return {
        iri: Law(
            *(iri, label, of),
            tuple(sorted(entries[iri].values(), key=lambda entry: order.get(entry.iri, 0))),
            dict(sorted(words[iri].items(), key=lambda item: (-item[1], item[0]))),
        )
        for iri, (label, of) in labels.items()
    }


def make_list(snapshot: Snapshot, asked: Asked) -> Page:
    """All Acts and sections that reports cite, those of most councils first."""
    rows = sorted(
        (_row(law) for law in laws(snapshot).values()), key=lambda row: (-_whole(row[2]), str(row[0]))
    )
    table = Table("laws", "Acts and sections that reports cite", _LIST, rows)
    return Page(
        "laws.html",
        "Laws",
        {},
        (table,),
        "Acts of Parliament and their sections that the assessments cite, by how many councils' reports do.",
        crumbs=(("Home", "/"),),
    )


def _row(law: Law) -> tuple[Value, ...]:
    polarities = Counter(entry.polarity for entry in law.entries)
    councils = len({entry.council for entry in law.entries})
    counts = (len(law.entries), polarities["strength"], polarities["improvement"])
    return (law.label, law.iri, councils, *counts)


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0


def make(snapshot: Snapshot, asked: Asked) -> Page:
    """One Act or section: under which statements and in which words it is cited, and every sentence.

    Raises:
        NotFoundError: no report cites such an Act or section, or there is no such page.
    """
    path = "/".join(asked.path[name] for name in ("type", "year", "number"))
    if "section" in asked.path:
        path += f"/section/{asked.path['section']}"
    held = laws(snapshot)
    law = held.get(act(path))
    if law is None:
        raise _unknown(held, path)
    found, scores = findings(snapshot), scores_of(snapshot)
    turn = paging(asked, len(law.entries))
    by_statement = []
    for named, count in found.count(law.entries, "statement"):
        reports = {key_of(entry) for entry in law.entries if entry.statement == named.slug}
        by_statement.append((named.label, named.iri, count, len(reports)))
    without = [entry for entry in law.entries if not entry.statement]
    if without:
        by_statement.append(("Summaries and facts", "", len(without), len({key_of(one) for one in without})))
    tables = (
        Table("statements", f"{law.label} by quality statement", _STATEMENTS, by_statement),
        Table("words", f"How reports cite {law.label}", _WORDS, tuple(law.words.items())),
        finding_table(found, scores, law.entries, f"Sentences that cite {law.label}"),
    )
    parts = [one for one in held.values() if one.of == law.iri]
    content = {
        "law": law,
        "act": held.get(law.of),
        "parts": sorted(parts, key=lambda one: (-len(one.entries), one.label)),
        # The address of the document itself is https and without /id/.
        "published": law.iri.replace("http://", "https://").replace("/id/", "/"),
        "councils": len({entry.council for entry in law.entries}),
        "tables": {table.name: table for table in tables},
        "findings": found.show(turn.of(law.entries)),
        "paging": turn,
    }
    crumbs = [("Home", "/"), ("Laws", "/laws")]
    if content["act"]:
        crumbs.append((held[law.of].label, address_of("laws", *law.of.removeprefix(LAW).split("/"))))
    return Page(
        "law.html",
        law.label,
        content,
        tables,
        f"What the assessments of councils' adult social care say where they cite {law.label}.",
        law.iri,
        tuple(crumbs),
    )


def _unknown(held: Mapping[str, Law], path: str) -> NotFoundError:
    from rapidfuzz import process

    keys = {iri: iri.removeprefix(LAW) for iri in held}
    near = process.extract(path[:80], keys, limit=3, score_cutoff=70)
    listed = "; ".join(f"{held[iri].label} ({keys[iri]})" for _, _, iri in near)
    cure = (
        f"The nearest that reports cite are: {listed}."
        if listed
        else "The page Laws lists those that are cited."
    )
    return NotFoundError(f"No report was found that cites {path[:80]!r}.", cure=cure)


def addresses(snapshot: Snapshot) -> Iterable[str]:
    """One page for each Act."""
    return (_address(law) for law in laws(snapshot).values() if not law.of)


def section_addresses(snapshot: Snapshot) -> Iterable[str]:
    """One page for each section."""
    return (_address(law) for law in laws(snapshot).values() if law.of)


def _address(law: Law) -> str:
    return address_of("laws", *law.iri.removeprefix(LAW).split("/"))


KINDS = (
    Kind("laws", "/laws", make_list, lambda snapshot: ["/laws"], "Laws"),
    Kind("law", "/laws/{type}/{year}/{number}", make, addresses),
    Kind("law-section", "/laws/{type}/{year}/{number}/section/{section}", make, section_addresses),
)
