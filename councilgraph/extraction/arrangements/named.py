"""Cues that a named body or a titled document gives: boards, shared strategies, suppliers."""

from __future__ import annotations

import re

from councilgraph.extraction.arrangements.cues import Cue
from councilgraph.extraction.arrangements.grammar import RUN
from councilgraph.extraction.arrangements.parties import Bodies
from councilgraph.extraction.strategies.titles import Title

_I = re.IGNORECASE
_BOARDS = frozenset({"health-and-wellbeing-board", "safeguarding-adults-board", "partnership-board"})
SUPPLIERS = frozenset({"vcfse", "care-provider", "advocacy-provider", "commercial", "housing"})
"""Kinds of bodies that run services for a council."""
_SUPPLIES = re.compile(
    r"^[\s,]*(?:\([^)]{1,20}\)\s?)?(?:,?\s?an?\s[^,.;]{3,50},\s)?(?:(?:which|who|that|also|was|were"
    r"|to)\s){0,3}"
    r"(?:provid|deliver|offer|ran\b|runs\b|run\b|commissioned|contracted|support(?:ed|s)?\s|operat"
    r"|carr(?:y|ied)\sout)",
    _I,
)
# Before a named supplier: what it runs or is paid for.
_SUPPLIED = re.compile(
    rf"\b(?:(?:{RUN}|commissioned|funded)\s(?:\w+\s){{0,3}}?by|(?:commissioned|bought|purchased"
    rf"|procured)\s(?:\w+\s){{0,6}}?(?:from|to)"
    r"|commission(?:ed|s|ing)|contract(?:s|ed)?\s(?:was\s|were\s)?(?:held\s)?(?:with|by|to|between)"
    r"|outsourced\sto"
    r"|(?:grants?|funding)\s(?:was\s|were\s)?(?:given\s|paid\s|awarded\s)?(?:to|for)"
    r"|funded)\s(?:\w+\s){0,2}$",
    _I,
)
_HOSTED = re.compile(rf"\b{RUN}\s(?:\w+\s){{0,3}}?by\s(?:the\s)?$", _I)
_CONTRACTED = re.compile(
    r"\bon\s(?:behalf|their\sbehalf|its\sbehalf)\b|\bcontract|\bdelegat|\bcommission", _I
)
_SHARED_TITLE = re.compile(
    r"\b(?:joint|integrated\scare|all[\s-]age|partnership|multi-?agency|system|health\s(?:and"
    r"|&)\swell-?being|place|better\scare)\b",
    _I,
)
_SHARED = re.compile(
    r"\b(?:multi-?\s?agency|partnership|jointly|joint|system-wide|shared(?!\s(?:its|their|the)\b)|together)\b"
    r"(?=[^.;]{0,200}$)",
    _I,
)


# Where staff of one body work at the place of another.
_PLACES = frozenset(
    {"nhs-trust", "police", "prison-and-probation", "primary-care", "education", "fire-and-rescue"}
)
_PLACED = re.compile(
    r"\b(?:based|located|embedded|placed|situated|stationed)\s(?:with)?(?:in|at|alongside)\s(?:the\s"
    r"|an?\s|each\s|local\s)?$",
    _I,
)


def named_cues(text: str, titles: tuple[Title, ...], bodies: Bodies) -> list[Cue]:
    """The cues of the bodies and the titles of a sentence (straight quotes)."""
    return [
        *_boards(bodies),
        *_strategies(text, titles, bodies),
        *_suppliers(text, bodies),
        *_placed(text, bodies),
    ]


def _boards(bodies: Bodies) -> list[Cue]:
    return [
        Cue("board", b.start, b.end, True, b.party.name)
        for b in bodies.parties
        if b.named and b.party.kind in _BOARDS
    ][:1]


def _strategies(text: str, titles: tuple[Title, ...], bodies: Bodies) -> list[Cue]:
    found = []
    parties = bodies.parties
    for title in titles:
        near = text[max(0, title.start - 200) : title.start]
        after = text[title.end : title.end + 40]
        head = title.text.lower()
        if re.search(r"programme|assessment|report$|account$", head):
            if "programme" in head and parties:
                found.append(Cue("joint-programme", title.start, title.end, True, title.text))
            continue
        shared = _SHARED_TITLE.search(title.text) or (_SHARED.search(near) and (parties or "agency" in near))
        if shared or (parties and re.match(r"[^.;]{0,30}\b(?:with|alongside)\s", after)):
            found.append(Cue("joint-strategy", title.start, title.end, True, title.text))
    return found


def _suppliers(text: str, bodies: Bodies) -> list[Cue]:
    for body in bodies.parties:
        before, after = text[max(0, body.start - 70) : body.start], text[body.end : body.end + 90]
        supplier = body.named and (body.party.kind is None or body.party.kind in SUPPLIERS)
        if supplier and (_SUPPLIES.match(after) or _SUPPLIED.search(before)):
            return [Cue("commissioned-service", body.start, body.end, True)]
        # A trust or another council runs a service for this one only where that is said.
        if body.named and _HOSTED.search(before) and _CONTRACTED.search(text):
            return [Cue("commissioned-service", body.start, body.end, True)]
    return []


def _placed(text: str, bodies: Bodies) -> list[Cue]:
    return [
        Cue("co-location", b.start, b.end, True)
        for b in bodies.parties
        if b.party.kind in _PLACES and _PLACED.search(text[max(0, b.start - 30) : b.start])
    ][:1]
