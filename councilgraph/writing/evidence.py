"""Mentions, partnerships, strategies, statistics and citations to triples.

Each leads to the findings that are its evidence, and so to the sentence and its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from councilgraph.iris import IRIS, act, slugify
from councilgraph.model import (
    Citation,
    Decision,
    Evidence,
    Mention,
    NamedBody,
    Partnership,
    Party,
    Place,
    Reviewed,
    Statistic,
    Strategy,
)
from councilgraph.model.evidence import Item
from councilgraph.terms import DCTERMS, PROV, RDF, RDFS, cg, slug
from councilgraph.writing.decided import add_decisions
from councilgraph.writing.ntriples import Triples, boolean, decimal, plain, text, typed

TYPE, LABEL = f"<{RDF}type>", f"<{RDFS}label>"


class EvidenceWriter:
    """Writes what was read out of one report beside its findings.

    ``names`` maps the place of a sentence to the key of its finding
    ("STS-2025-05/equity/05545d435f"); what stands at another place is an error of ours.
    """

    def __init__(self, out: Triples, key: str, names: Mapping[Place, str]) -> None:
        self.out = out
        self.key = key
        self.names = names
        self.assessment = f"<{IRIS.thing('assessment', key)}>"
        self.run = f"<{IRIS.thing('run', key)}>"
        self.bodies: set[str] = set()
        self.counts: dict[tuple[str, str], int] = {}
        self.decided: Mapping[Item, tuple[Decision, ...]] = {}

    def write(self, evidence: Evidence | Reviewed) -> None:
        """All of it, in the order of the report, with the decisions about it."""
        self.decided = evidence.decided
        for mention in evidence.mentions:
            self._mention(mention)
        self._partnerships(evidence.partnerships)
        for strategy in evidence.strategies:
            self._strategy(strategy)
        for statistic in evidence.statistics:
            self._statistic(statistic)
        for citation in evidence.citations:
            self._citation(citation)

    def _mention(self, mention: Mention) -> None:
        name = self.names[mention.place]
        body, method = self._body(
            mention.organisation,
            mention.council,
            mention.full_name if mention.named and mention.review_state != "rejected" else None,
            mention.kind,
            mention.method,
        )
        self._add(
            f"{IRIS.id}mention/{name}/{mention.start}",
            [mention],
            (TYPE, cg("Mention")),
            (cg("inAssessment"), self.assessment),
            (cg("passage"), f"<{IRIS.id}passage/{name}>"),
            (cg("mentionedOrganisation"), body),
            (cg("organisationKind"), slug("organisation-kind", mention.kind)),
            (cg("mentionKind"), slug("mention-kind", "named" if mention.named else "generic")),
            (cg("exactText"), text(mention.text)),
            (cg("startOffset"), typed(mention.start, "integer")),
            (cg("endOffset"), typed(mention.end, "integer")),
            (cg("fullName"), text(mention.full_name) if mention.full_name else None),
            (cg("linkMethod"), slug("link-method", method) if method else None),
            *self._made(mention.review_state),
        )

    def _partnerships(self, partnerships: Iterable[Partnership]) -> None:
        """The same arrangement told in several paragraphs is one, with all its evidence."""
        told: dict[str, list[Partnership]] = {}
        for one in partnerships:
            told.setdefault(one.key, []).append(one)
        for key, ones in told.items():
            first = ones[0]
            parties = {party.name: party for one in ones for party in one.parties}
            places = (Place(one.section, one.paragraph, n) for one in ones for n in one.sentences)
            kind = first.type if first.type == "co-location" else first.type.replace("-", " ")
            since = next((one.since for one in ones if one.since), None)
            covers = next((one.covers for one in ones if one.covers), None)
            law = next((one.law for one in ones if one.law), None)
            label = first.name or f"{kind}: {', '.join(parties)}"
            self._add(
                IRIS.thing("partnership", self.key, slugify(key) or "unnamed"),
                ones,
                (TYPE, cg("Partnership")),
                (cg("inAssessment"), self.assessment),
                (LABEL, text(label[:1].upper() + label[1:])),
                (cg("partnershipType"), slug("partnership-type", first.type)),
                *self._parties(parties.values(), first.review_state),
                (cg("legalBasis"), f"<{act(law)}>" if law else None),
                (cg("covers"), text(covers) if covers else None),
                (cg("since"), typed(since, "gYear") if since else None),
                *self._evidence(places),
                *self._made(first.review_state),
            )

    def _strategy(self, strategy: Strategy) -> None:
        name = self._count("strategy", slugify(strategy.title) or "untitled")
        self._add(
            IRIS.thing("strategy", self.key, name),
            [strategy],
            (TYPE, cg("Strategy")),
            (cg("inAssessment"), self.assessment),
            (f"<{DCTERMS}title>", text(strategy.title)),
            (cg("startYear"), typed(strategy.start[:4], "gYear") if strategy.start else None),
            (cg("endYear"), typed(strategy.end[:4], "gYear") if strategy.end else None),
            (cg("coProduced"), boolean(strategy.co_produced)),
            (cg("strategyStatus"), slug("strategy-status", strategy.status)),
            *((p, v) for p, v in self._parties(strategy.parties, strategy.review_state) if p == cg("party")),
            *self._evidence([strategy.place]),
            *self._made(strategy.review_state),
        )

    def _statistic(self, one: Statistic) -> None:
        name = self.names[one.place]
        number = isinstance(one.value, Decimal)
        self._add(
            f"{IRIS.id}statistic/{self._count('statistic', name, '/')}",
            [one],
            (TYPE, cg("Statistic")),
            (cg("inAssessment"), self.assessment),
            (cg("value"), decimal(one.value) if isinstance(one.value, Decimal) else plain(one.value)),
            (cg("unit"), slug("unit", one.unit)),
            (cg("qualifier"), slug("qualifier", one.qualifier) if one.qualifier and number else None),
            (cg("counts"), text(one.counts)),
            (cg("period"), plain(one.period) if one.period else None),
            (cg("comparison"), slug("comparison", one.comparison) if one.comparison else None),
            (cg("verdict"), text(one.verdict) if one.verdict else None),
            *((cg("voice"), slug("voice", voice)) for voice in dict.fromkeys(one.voices)),
            *self._evidence([one.place]),
            *self._made(one.review_state),
        )

    def _citation(self, one: Citation) -> None:
        name = self.names[one.place]
        section = f"<{act(f'{one.act}/section/{one.section}')}>" if one.section else None
        self._add(
            f"{IRIS.id}citation/{self._count('citation', name, '/')}",
            [one],
            (TYPE, cg("Citation")),
            (cg("inAssessment"), self.assessment),
            (cg("citedAct"), f"<{act(one.act)}>"),
            (cg("citedSection"), section),
            (cg("exactText"), text(one.text)),
            *self._evidence([one.place]),
            *self._made(one.review_state),
        )

    def _add(self, subject: str, told: Iterable[Item], *pairs: tuple[str, str | None]) -> None:
        """One thing, which may be told in several places, and the decisions about it."""
        self.out.add(f"<{subject}>", *pairs)
        if self.decided:
            add_decisions(self.out, subject, next((d for o in told if (d := self.decided.get(o))), ()))

    def _body(
        self,
        organisation: str | None,
        council: str | None,
        name: str | None,
        kind: str | None,
        method: str | None,
    ) -> tuple[str | None, str | None]:
        """The body that is meant, and how that is known.

        A named body of no register gets a node of its own within this report: its name alone
        does not prove that another report's body is the same.
        """
        if council:
            return f"<{IRIS.council(council)}>", method
        if organisation:
            return f"<{IRIS.organisation(organisation)}>", method
        found = _local(self.key, name, kind)
        if found is None or not name or not kind:
            return None, None
        subject = f"<{IRIS.organisation(found.key)}>"
        if found.key not in self.bodies:
            self.bodies.add(found.key)
            self.out.add(
                subject,
                (TYPE, cg("Organisation")),
                (LABEL, text(name)),
                (cg("organisationKind"), slug("organisation-kind", kind)),
            )
        return subject, "name-match"

    def _parties(self, parties: Iterable[Party], state: str) -> list[tuple[str, str | None]]:
        found: dict[tuple[str, str], None] = {}
        for party in parties:
            name = _named(party) if state != "rejected" else None
            body, _ = self._body(party.organisation, party.council, name, party.kind, None)
            if body:
                found[cg("party"), body] = None
            elif party.kind:
                found[cg("partyKind"), slug("organisation-kind", party.kind)] = None
        return list(found)

    def _evidence(self, places: Iterable[Place]) -> list[tuple[str, str | None]]:
        names = dict.fromkeys(self.names[place] for place in places if place in self.names)
        return [(cg("evidence"), f"<{IRIS.id}finding/{name}>") for name in names]

    def _made(self, state: str) -> tuple[tuple[str, str | None], ...]:
        return (
            (cg("reviewState"), slug("review-state", state)),
            (f"<{PROV}wasGeneratedBy>", self.run),
        )

    def _count(self, kind: str, name: str, separator: str = "-") -> str:
        """A key that is taken a second time gets a number."""
        n = self.counts[kind, name] = self.counts.get((kind, name), 0) + 1
        if separator == "/":
            return f"{name}/{n}"
        return name if n == 1 else f"{name}-{n}"


def named_bodies(evidence: Evidence | Reviewed, key: str) -> tuple[NamedBody, ...]:
    """The bodies of no register that ``EvidenceWriter`` gives nodes of their own, each once.

    ``key`` is that of the assessment ("STS-2025-05"). Rejected evidence names nobody.
    """
    found: dict[str, NamedBody] = {}
    mentions = (
        (m.full_name, m.kind)
        for m in evidence.mentions
        if m.named and not (m.council or m.organisation) and m.review_state != "rejected"
    )
    told: tuple[Partnership | Strategy, ...] = (*evidence.partnerships, *evidence.strategies)
    parties = (
        (_named(p), p.kind)
        for one in told
        if one.review_state != "rejected"
        for p in one.parties
        if not (p.council or p.organisation)
    )
    for name, kind in (*mentions, *parties):
        if body := _local(key, name, kind):
            found.setdefault(body.key, body)
    return tuple(found[k] for k in sorted(found))


def _named(party: Party) -> str | None:
    return party.name if party.name[:1].isupper() else None


def _local(key: str, name: str | None, kind: str | None) -> NamedBody | None:
    """The node of a body that only this report names; None where it has no name or kind."""
    local = slugify(name or "")
    return NamedBody(f"local-{key}-{local}", name, kind) if name and local and kind else None
