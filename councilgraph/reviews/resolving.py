"""Which registered bodies reviewed evidence names, told by the names alone.

A reviewer writes names. Without the report nothing else says which body is meant, and a
partnership whose parties are bare words could not be asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from councilgraph.extraction.bodies import find_mentions
from councilgraph.extraction.register import Register
from councilgraph.extraction.vocabulary import Vocabulary
from councilgraph.model import (
    Council,
    Mention,
    Paragraph,
    Partnership,
    Party,
    Report,
    Reviewed,
    Sentence,
    Strategy,
)


def resolved(reviewed: Reviewed, council: Council, register: Register, vocabulary: Vocabulary) -> Reviewed:
    """The same reviews with the bodies that their mentions and parties name.

    Names are read as the extractor reads them, on the month of the assessment. A name of which
    only a part is known tells the kind of body and not which one: "police and community safety".
    """
    _, year, month = reviewed.key.split("-")
    names = dict.fromkeys(
        [
            *(mention.full_name or mention.text for mention in reviewed.mentions),
            *(party.name for one in _with_parties(reviewed) for party in one.parties),
        ]
    )
    bodies = _bodies(names, council, register, vocabulary, date(int(year), int(month), 1))
    mentions = tuple(_mention(one, bodies.get(one.full_name or one.text)) for one in reviewed.mentions)
    partnerships = tuple(
        replace(one, parties=tuple(_party(party, bodies.get(party.name)) for party in one.parties))
        for one in reviewed.partnerships
    )
    strategies = tuple(
        replace(one, parties=tuple(_party(party, bodies.get(party.name)) for party in one.parties))
        for one in reviewed.strategies
    )
    now: dict[Any, Any] = {
        **dict(zip(reviewed.mentions, mentions, strict=True)),
        **dict(zip(reviewed.partnerships, partnerships, strict=True)),
        **dict(zip(reviewed.strategies, strategies, strict=True)),
    }
    return replace(
        reviewed,
        mentions=mentions,
        partnerships=partnerships,
        strategies=strategies,
        doubts={now.get(one, one): doubt for one, doubt in reviewed.doubts.items()},
    )


def _with_parties(reviewed: Reviewed) -> Iterable[Partnership | Strategy]:
    yield from reviewed.partnerships
    yield from reviewed.strategies


def _bodies(
    names: Iterable[str], council: Council, register: Register, vocabulary: Vocabulary, on: date
) -> dict[str, Mention]:
    """The first body in each name, as the extractor finds it in a sentence of that name alone."""
    paragraphs = tuple(
        Paragraph("names", n, name, (Sentence(1, name, 0, len(name), ""),), "", n)
        for n, name in enumerate(names, start=1)
    )
    told = Report(
        authority=council.name,
        published=on,
        started=None,
        last_updated=None,
        rating=None,
        percentage=None,
        indicative=False,
        layout=None,
        scores={},
        facts=(),
        paragraphs=paragraphs,
        documents=(),
        warnings=(),
    )
    found: dict[str, Mention] = {}
    for mention in find_mentions(told, council, register, vocabulary):
        found.setdefault(paragraphs[mention.place.paragraph - 1].text, mention)
    return found


def _whole(name: str, body: Mention) -> bool:
    return body.start == 0 and body.end == len(name)


def _mention(mention: Mention, body: Mention | None) -> Mention:
    if body is None or not _whole(mention.full_name or mention.text, body):
        return mention
    return replace(
        mention,
        organisation=body.organisation,
        council=body.council,
        identifier=body.identifier,
        method=body.method,
    )


def _party(party: Party, body: Mention | None) -> Party:
    if body is None:
        return party
    if not _whole(party.name, body):
        return replace(party, kind=body.kind)
    return replace(party, kind=body.kind, organisation=body.organisation, council=body.council)
