"""Who is party to an arrangement: bodies that are named, kinds of bodies, the assessed council."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from councilgraph.extraction.arrangements.grammar import RUN
from councilgraph.model import Council, Mention, Party, Report

_I = re.IGNORECASE
# A body that speaks of an arrangement is a witness, not a party.
_SPEAKS = re.compile(
    r"^[\s,]*(?:(?:groups?|partners?|staff|leaders|representatives|members|managers)\s)?(?:also\s"
    r"|we\sspoke\s\w+\s|consistently\s|generally\s)?(?:told|said|described|felt|reported|spoke|confirmed"
    r"|explained|gave\s(?:us|mixed|positive|good|negative|an?\sexample|examples|feedback)|commented|praised|shared\sthat|fed\sback|valued|agreed\sthat|wanted"
    r"|(?:would|had)\swelcomed?|welcomed|recognised|thought|could\b|can\b|were\sable|had\saccess\sto|benefited|received|found\b)\b",
    _I,
)
_HEARD = re.compile(
    r"\b(?:feedback\sfrom|we\sheard\sfrom|according\sto|spoke\s(?:to|with)|views\sof|concerns\sfrom"
    r"|report\sfrom)\s(?:the\s|some\s|local\s|other\s)?$",
    _I,
)
# A supplier whose name no register and no shape of names has: "run by Moor Works".
_SUPPLIER = re.compile(
    rf"\b(?:(?:{RUN}|commissioned|funded)\s(?:\w+ly\s)?by|(?:commissioned|contracted)(?:\s(?:from|with|to))?"
    r"|contract\s(?:with|held\sby))\s(?:the\s)?(?P<a>{NAME})"
    r"|\b(?:worked|works|working|partnership)\swith\s(?P<b>{NAME}),?\s(?:who|which|to\sprovide|to\sdeliver)\s(?:was\s|were\s)?"
    r"(?:provid|deliver|offer|ran\b|support|run\b)".replace(
        "{NAME}", r"(?-i:[A-Z][\w'’&-]{1,25}(?:\s(?:(?:of|and|for|in|the|&)\s)?[A-Z][\w'’&-]{1,25}){0,5})"
    ),
    _I,
)
# Few sentences name anybody there: the search proper is for those.
_NAMES = re.compile(r"(?:by|with|from|to|commissioned|contracted)\s(?:the\s)?[A-Z]")
_NO_SUPPLIER = re.compile(
    r"\b(?:teams?|directors?|boards?|councils?|managers?|officers?|government|act|cabinet|authority|committee|panel"
    r"|lead|department|service|strategy|plan|framework|programme|nhs|care|social|adults?|care\sact)$|^(?:AMHP|BCF|ASC|Care|Adult|Public|Social|Section)\b",
    _I,
)
# What is spoken of, or where people live, is no party either.
_TOPIC = re.compile(
    r"\b(?:(?:about|regarding|concerning)\s(?:\w+\s){0,2}|(?:people|residents|adults|living|residing|staff)\sin\s(?:\w+\s)?)$",
    _I,
)
_MULTI = re.compile(r"\bmulti-?\s?(?:agency|disciplinary)\b", _I)
# Words that stand for anybody: no proof of an arrangement, and nothing beside a kind that is told.
BARE = re.compile(
    r"(?:(?:other|key|wider|system|local|statutory|multiple|partner|external|multi-agency|strategic"
    r"|relevant)\s){0,3}(?:partners?|agenc(?:y|ies)|organisations|professionals|colleagues|staff"
    r"|services|groups)|providers|care\sproviders?"
    r"|(?:mental\shealth|social\scare|advocacy|community|specialist|housing|regulated)\s"
    r"(?:services|staff|professionals)",
    _I,
)
_OTHERS = re.compile(r"other\s\w+\s\w+", _I)
PEOPLE = "people"
"""The kind, in here, of people who sit on a board; no kind of body."""
_THEM = re.compile(
    r"\b(?:with|for|to|by|funded|commissioned|supported|contracted)\s(?:them|us)\b|\beach\sother\b", _I
)
_MANY = 8  # parties of one arrangement: a longer list is a list of everybody


@dataclass(frozen=True, slots=True)
class Body:
    """A party where a sentence names it (offsets into the sentence)."""

    start: int
    end: int
    party: Party
    named: bool = False


@dataclass(frozen=True, slots=True)
class Bodies:
    """The bodies of a sentence: those that may be parties, and those that only speak in it."""

    parties: tuple[Body, ...] = ()
    witnesses: tuple[Body, ...] = ()

    def joined(self) -> tuple[Party, ...]:
        """The parties, each once."""
        return joined(b.party for b in self.parties)


NOBODY = Bodies()


def speaks(text: str, end: int) -> bool:
    """Whether the body that ends there is only heard in the sentence."""
    return bool(_SPEAKS.match(text[end : end + 60]))


def heard(text: str, start: int) -> bool:
    """Whether the body that begins there is one that feedback came from."""
    return bool(_HEARD.search(text[max(0, start - 40) : start]))


def is_topic(text: str, start: int) -> bool:
    """Whether what begins there is only spoken of, or a place where people live."""
    return bool(_TOPIC.search(text[max(0, start - 40) : start]))


def assessed(report: Report, council: Council | None) -> Party:
    """The council that the report is about."""
    if council is None:
        return Party(report.authority, "local-authority")
    return Party(council.name, "local-authority", None, council.code)


def _same(a: Party, b: Party) -> bool:
    if a.organisation or b.organisation:
        return a.organisation == b.organisation
    return a.name.lower() == b.name.lower()


def joined(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Parties in order, each once."""
    out: list[Party] = []
    for party in parties:
        if not any(_same(party, p) for p in out):
            out.append(party)
    return tuple(out[:_MANY])


def bodies_of(text: str, offset: int, mentions: Sequence[Mention], council: Council | None) -> Bodies:
    """The mentions of a sentence (straight quotes, ``offset`` in its paragraph) as bodies."""
    out: list[Body] = []
    witnesses: list[Body] = []
    at = -1
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        start, end = mention.start - offset, mention.end - offset
        if start < at or mention.kind == "regulator" or (council and mention.council == council.code):
            continue
        name = mention.full_name or mention.text
        party = Party(name, mention.kind, mention.organisation, mention.council)
        body = Body(start, end, party, mention.named)
        if not mention.named and is_topic(text, start):
            continue
        if speaks(text, end) or heard(text, start):
            witnesses.append(body)
            continue
        at = end
        # A bare abbreviation of what stands before it in brackets is the same body.
        same = out and out[-1].party.kind == mention.kind and text[end : end + 1] == ")"
        if not same or mention.organisation:
            out.append(body)
    for match in _SUPPLIER.finditer(text) if _NAMES.search(text) else ():
        group = "a" if match["a"] else "b"
        start, end = match.span(group)
        if not _NO_SUPPLIER.search(match[group]) and not any(
            start < m.end - offset and m.start - offset < end for m in mentions
        ):
            out.append(Body(start, end, Party(match[group]), named=True))
    # "They told us that the council worked with them": who speaks is the partner.
    if witnesses and not out and _THEM.search(text):
        return Bodies(tuple(witnesses))
    return Bodies(tuple(sorted(out, key=lambda b: b.start)), tuple(witnesses))


def without_anybody(parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """Without "partners" and the like, where anybody else is told; "other agencies" are others."""
    real = tuple(
        p
        for p in parties
        if (not BARE.fullmatch(p.name) or _OTHERS.match(p.name))
        # "The charity" is the "regional charity" told before.
        and (p.organisation or not any(q.name.lower().endswith(f" {p.name.lower()}") for q in parties))
    )
    return real if any(not BARE.fullmatch(p.name) for p in real) else parties


def told(text: str, known: Bodies, generic: tuple[Body, ...]) -> tuple[Party, ...]:
    """The parties of a sentence in order; anybody's words only where nobody else is told."""
    generic = tuple(
        Body(b.start, b.end, Party(b.party.name)) if b.party.kind == PEOPLE else b for b in generic
    )
    real = [
        b
        for b in generic
        if not BARE.fullmatch(b.party.name) or (known.parties and _OTHERS.match(b.party.name))
    ]
    listed = [b for b in known.parties if not any(g.start <= b.start and b.end <= g.end for g in real)]
    if listed or real:
        return joined(b.party for b in sorted((*listed, *real), key=lambda b: b.start))
    if generic:
        return joined(b.party for b in generic)[:3]
    return (Party("multi-agency partners"),) if _MULTI.search(text) else ()
