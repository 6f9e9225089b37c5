"""All that a reviewer needs to see of one thing: what was read, why, how sure, and the paragraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice
from typing import Any

from councilgraph.errors import UsageError
from councilgraph.model import EVIDENCE_KINDS, Decision, Place
from councilgraph.reviews.nodes import AT_ONCE, CG, Node, Nodes, Paragraphs, places, reading, slug_of
from councilgraph.reviews.queue import Known, Select, in_graph
from councilgraph.reviews.readings import identity
from councilgraph.terms import DCTERMS, OA, PROV

Found = tuple[Place, str, str]
"""Place, finding and passage of one sentence."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that the machine read, with all that a decision about it needs.

    ``reading`` has the fields of the records of its kind. ``rules`` is the version of the rules
    that read it, ``why`` the rules and words that gave the labels of its sentence. ``paragraph``
    are number and words of the sentences of its paragraph, no words where the report is not at
    hand; ``sentences`` are the numbers of those that it rests on.
    """

    iri: str
    kind: str
    assessment: str
    authority: str
    published: str
    section: str
    place: Place
    digest: str
    state: str
    confidence: Decimal | None
    rules: str
    why: tuple[str, ...]
    reading: Mapping[str, Any]
    paragraph: tuple[tuple[int, str], ...]
    sentences: tuple[int, ...]
    page: str

    @property
    def sentence(self) -> str:
        """The words of its (first) sentence; empty where the report is not at hand."""
        return dict(self.paragraph).get(self.place.sentence, "")

    @property
    def known(self) -> Known:
        """By what decisions know it."""
        return self.assessment, self.kind, self.digest, identity(self.kind, self.reading)


class Things:
    """Reads things of one store.

    With ``made`` (``queue.decided``), a thing that people have decided about is shown as the machine
    read it then, so that a second reader is not led by the first.
    """

    def __init__(self, select: Select, made: Mapping[Known, tuple[Decision, ...]] | None = None) -> None:
        self._select = select
        self._made = made or {}
        # Council, assessment, run, section and file are those of thousands of things.
        self._shared = Nodes(select)
        self._paragraphs = Paragraphs(select)

    def read(self, iri: str) -> Thing:
        """One thing.

        Raises:
            UsageError: the store holds no such thing.
        """
        return next(self.read_all([iri]))

    def read_all(self, iris: Iterable[str]) -> Iterator[Thing]:
        """Many things, in the order in which they are asked for, with few queries.

        Raises:
            UsageError: the store holds no such thing.
        """
        waiting = iter(iris)
        while part := [in_graph(iri) for iri in islice(waiting, AT_ONCE)]:
            nodes = Nodes(self._select)
            nodes.fetch(part)
            found: dict[str, list[Found]] = {}
            for kind in EVIDENCE_KINDS:
                if of_kind := [iri for iri in part if _kind(iri) == kind and _read(nodes.get(iri))]:
                    for iri, place, finding, passage in places(self._select, of_kind, kind):
                        found.setdefault(iri, []).append((place, finding, passage))
            first = {iri: min(told, key=_in_order) for iri, told in found.items()}
            nodes.fetch(iri for _, finding, passage in first.values() for iri in (finding, passage))
            self._shared.fetch(_led_to(nodes, part, [passage for *_, passage in first.values()]))
            for iri in part:
                yield self._thing(nodes, iri, found.get(iri, []))

    def _thing(self, nodes: Nodes, iri: str, found: list[Found]) -> Thing:
        told, kind = nodes.get(iri), _kind(iri)
        if not _read(told):
            raise UsageError("The store holds no such evidence.", where=iri, cure="Make the list anew.")
        if not found:
            raise UsageError(
                "The evidence has no sentence.", where=iri, cure="Run 'councilgraph validate' on the store."
            )
        place, finding, passage = min(found, key=_in_order)
        held = {p.sentence for p, _, _ in found if _paragraph_of(p) == _paragraph_of(place)}
        read, at = nodes.get(finding), nodes.get(passage)
        shared = self._shared.get
        assessment = shared(told.one(f"{CG}inAssessment"))
        confidence = read.one(f"{CG}confidence")
        source = at.one(f"{OA}hasSource")
        thing = Thing(
            iri=iri,
            kind=kind,
            assessment=assessment.iri.rpartition("/")[2],
            authority=shared(assessment.one(f"{CG}assessedCouncil")).label,
            published=assessment.one(f"{CG}publishedOn") or assessment.one(f"{CG}publishedMonth"),
            section=shared(at.one(f"{CG}section")).label or place.section,
            place=place,
            digest=at.one(f"{CG}textDigest"),
            state=slug_of(told.one(f"{CG}reviewState")),
            confidence=Decimal(confidence) if confidence else None,
            rules=shared(told.one(f"{PROV}wasGeneratedBy")).one(f"{CG}rulesVersion"),
            why=tuple(sorted(read.all(f"{CG}givenBy"))),
            reading=reading(kind, told, tuple(sorted(held))),
            paragraph=self._paragraphs.get(source, place),
            sentences=tuple(sorted(held)),
            page=shared(source).one(f"{DCTERMS}source") or assessment.one(f"{CG}reportPage"),
        )
        before = [made for made in self._made.get(thing.known, ()) if made.machine]
        if not before:
            return thing
        last = before[-1]
        sure = last.confidence or thing.confidence
        return replace(thing, reading=last.machine, rules=last.rules, confidence=sure)


def _kind(iri: str) -> str:
    return iri.rpartition("/id/")[2].partition("/")[0]


def _read(told: Node) -> bool:
    """Whether the store holds it as something that was read."""
    return bool(told.one(f"{CG}reviewState"))


def _led_to(nodes: Nodes, things: Iterable[str], passages: Iterable[str]) -> Iterator[str]:
    """What many things share: assessments, runs, sections and files."""
    for iri in things:
        yield from (nodes.get(iri).one(name) for name in (f"{CG}inAssessment", f"{PROV}wasGeneratedBy"))
    for iri in passages:
        yield from (nodes.get(iri).one(name) for name in (f"{CG}section", f"{OA}hasSource"))


def _in_order(found: Found) -> tuple[str, int, int]:
    place = found[0]
    return place.section, place.paragraph, place.sentence


def _paragraph_of(place: Place) -> tuple[str, int]:
    return place.section, place.paragraph
