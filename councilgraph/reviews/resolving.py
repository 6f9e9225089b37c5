"""Which registered bodies reviewed evidence names, told by the names alone.

A reviewer writes names. Without the report nothing else says which body is meant, and a
partnership whose parties are bare words could not be asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    """The same reviews, decisions among them, with the bodies that their mentions and parties name.

    Names are read as the extractor reads them, on the month of the assessment. A name of which
    only a part is known tells the kind of body and not which one: "police and community safety".
    """
    _, year, month = reviewed.key.split("-")
    readings = (
        *(*reviewed.mentions, *reviewed.partnerships, *reviewed.strategies),
        *(one.reading for one in reviewed.decisions),
    )
    names = dict.fromkeys(name for reading in readings for name in _named(reading))
    bodies = _bodies(names, council, register, vocabulary, date(int(year), int(month), 1))
    mentions = tuple(_decided(one, bodies) for one in reviewed.mentions)
    partnerships = tuple(_decided(one, bodies) for one in reviewed.partnerships)
    strategies = tuple(_decided(one, bodies) for one in reviewed.strategies)
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
        decisions=tuple(replace(one, reading=_decided(one.reading, bodies)) for one in reviewed.decisions),
        doubts={now.get(one, one): doubt for one, doubt in reviewed.doubts.items()},
    )


def _named(reading: Any) -> list[str]:
    """The names of bodies in one reading."""
    if isinstance(reading, Mention):
        return [reading.full_name or reading.text]
    return [party.name for party in reading.parties] if isinstance(reading, Partnership | Strategy) else []


def _decided(reading: Any, bodies: Mapping[str, Mention]) -> Any:
    """The reading with its bodies."""
    if isinstance(reading, Mention):
        return _mention(reading, bodies.get(reading.full_name or reading.text))
    if isinstance(reading, Partnership | Strategy):
        parties = tuple(_party(party, bodies.get(party.name)) for party in reading.parties)
        return replace(reading, parties=parties)
    return reading


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
