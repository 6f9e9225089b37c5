"""Partners that a sentence tells by kind only: "other partner agencies", "a local charity", "health"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from councilgraph.extraction.arrangements.parties import (
    NOBODY,
    PEOPLE,
    Bodies,
    Body,
    heard,
    is_topic,
    speaks,
)
from councilgraph.extraction.arrangements.table import Token, tokens_of
from councilgraph.model import Party

_I = re.IGNORECASE


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_HEADS = _words(
    "partner partners agency agencies organisation organisations colleagues professionals provider providers "
    "group groups authorities charity charities company companies consultancy consultancies contractor "
    "contractors "
    "trust trusts association associations leaders firm supplier suppliers enterprise enterprises"
)
# Staff are a partner's only where the word before says whose they are.
_STAFF = _words("staff nurse nurses matrons workers officers")
_WHOSE = _words(
    "fire discharge health nhs ward hospital prison housing partner police district community practice "
    "probation"
)
# These tell a partner without a word before them.
_ALONE = _words(
    "partners providers agencies universities colleges councils districts pharmacist pharmacists charities"
)
_MODIFIERS = _words(
    "other key wider system local statutory health multi-agency multiple partner external independent "
    "voluntary "
    "community third sector provider housing neighbouring nearby regional national care homecare "
    "residential nhs "
    "primary strategic social regulated public infrastructure not-for-profit technology commissioned "
    "commercial "
    "private specialist faith advocacy lead sight loss hearing mental acute equipment training parish "
    "hospital"
)
_OWN = re.compile(
    r"\blocal\sauthorit|\bcouncil(?:'s)?\b|social\scare\s(?:staff|professionals|colleagues|leaders|teams|services"
    r"|workers|providers)"
    r"|^(?:strategic|key|national)\sleaders|^(?:community|care|social)\sworkers",
    _I,
)
# "with health" names the health service, "health needs" does not.
_BEFORE_HEALTH = re.compile(r"(?:\b(?:with|and|between|by|from|to|across|alongside)|,)\s$|^$", _I)
_AFTER_HEALTH = re.compile(
    r"[.,;)]|\s(?:and\s(?:social\scare|housing|education)|so|to|for|which|that|were|was|about|on|in|as"
    r"|regarding"
    r"|through|facilitation\snurse)\b|$",
    _I,
)
_HEALTH_FIRST = re.compile(
    r",\s(?:police|housing|education|social\scare)\b|\sand\ssocial\scare\s(?:staff|leaders|professionals"
    r"|workers)\b"
    r"|\sfacilitation\snurse",
    _I,
)
_RECORDS = re.compile(r"\s(?:shared|systems?|records?)\b", _I)
# People are party to a board that they sit on.
_LIVED = re.compile(
    r"\b(?:people\swith\s(?:lived\sexperience|an?\slearning\sdisabilit(?:y|ies)|learning\sdisabilities"
    r"|dementia|care\sneeds)|a\sperson\swith\s(?:lived\sexperience|an?\slearning\sdisability)"
    r"|autistic\speople|experts\sby\sexperience|(?:unpaid\s|family\s)?carers(?=\s(?:and|who|were)|,|\.)"
    r"|people\sand\s(?:their\s)?(?:carers|families))\b",
    _I,
)
_JOINED_IN = re.compile(
    r"\b(?:includ\w+|made\sup\sof|attended\sby|chaired\sby|members?|br(?:ought|ings?)|with|voices\sof"
    r"|between)\b"
    r"[^.;]{0,60}$",
    _I,
)
# "Support Northmoor (the county's voluntary partner)" is one body.
_APPOSED = re.compile(r"\s?[,(]\s?(?:the|an?|our|its)\s(?:[\w'’-]{1,20}\s){0,4}")
_KINDS = {
    "provider": "care-provider",
    "health": "nhs-trust",
    "nhs": "nhs-trust",
    "nurse": "nhs-trust",
    "ward": "nhs-trust",
    "voluntary": "vcfse",
    "community": "vcfse",
    "charit": "vcfse",
    "faith": "vcfse",
    "housing": "housing",
    "universit": "education",
    "college": "education",
    "compan": "commercial",
    "consultanc": "commercial",
    "district": "district-council",
    "council": "local-authority",
}
_LONGEST = 4  # words of a kind


def generic_bodies(text: str, known: Bodies = NOBODY) -> tuple[Body, ...]:
    """The kinds of bodies in a sentence (straight quotes) beside the ``known``, in order.

    The people who can sit on a board are told too, with ``PEOPLE`` for a kind.
    """
    tokens = tokens_of(text)
    # "Charity" is a mention, "sight loss charity" says more: the longer words may take its place.
    spans = [
        (b.start, b.end, not b.named and not b.party.organisation) for b in (*known.parties, *known.witnesses)
    ]
    out: list[Body] = []

    def enter(start: int, end: int, kind: str | None = None) -> None:
        if any(start < e and s < end and not (start <= s and e <= end and free) for s, e, free in spans):
            return
        if any(b.end < start and _APPOSED.fullmatch(text, b.end, start) for b in known.parties):
            return
        words = text[start:end]
        kind = kind or next((k for word, k in _KINDS.items() if word in words.lower()), None)
        out.append(Body(start, end, Party(words, kind)))
        spans.append((start, end, False))

    for i, token in enumerate(tokens):
        first = _first(text, tokens, i)
        if first is None:
            continue
        start = tokens[first][1]
        if _OWN.search(text[start : token[2]]) or speaks(text, token[2]) or heard(text, start):
            continue
        if not is_topic(text, start):
            enter(start, token[2])
    for i, (word, start, end) in enumerate(tokens):
        if word in ("health", "nhs") and not speaks(text, end):
            public = bool(i) and tokens[i - 1][0] == "public"
            if public and not text[: tokens[i - 1][1]].lower().endswith("director of "):
                enter(tokens[i - 1][1], end)
            elif not public and _is_service(text, word, start, end):
                enter(start, end, "nhs-trust")
    for match in _LIVED.finditer(text):
        if "experience" in match[0] or _JOINED_IN.search(text[: match.start()][-90:]):
            enter(*match.span(), PEOPLE)
    return tuple(sorted(out, key=lambda b: b.start))


def _is_service(text: str, word: str, start: int, end: int) -> bool:
    if word == "nhs":
        return bool(_RECORDS.match(text, end))
    if _HEALTH_FIRST.match(text, end):
        return True
    return bool(_AFTER_HEALTH.match(text, end) and _BEFORE_HEALTH.search(text[max(0, start - 12) : start]))


def _first(text: str, tokens: Sequence[Token], at: int) -> int | None:
    """The first word of the kind that ends at ``at``; None where no kind does."""
    word = tokens[at][0]
    if word in _STAFF:
        # "Officers from the districts": whose they are comes behind.
        if text.startswith(" from ", tokens[at][2]):
            return None
        if at and tokens[at - 1][0] in _WHOSE and tokens[at][1] - tokens[at - 1][2] == 1:
            return at - 1
        return None
    if word not in _HEADS and word not in _ALONE:
        return None
    first = at
    while first and at - first < _LONGEST:
        before = tokens[first - 1]
        if tokens[first][1] - before[2] != 1 or text[before[2]] not in " -":
            break
        if before[0] in _MODIFIERS or (
            before[0] == "and" and first - 1 and tokens[first - 2][0] in _MODIFIERS
        ):
            first -= 1
        else:
            break
    while first < at and tokens[first][0] == "and":
        first += 1
    if first == at and word not in _ALONE:
        return ("community leaders" in text[max(0, tokens[at][1] - 10) : tokens[at][2]] and at - 1) or None
    # "people and partners" speaks of everybody.
    everybody = first == at and word == "partners" and text[: tokens[at][1]].lower().endswith("people and ")
    return None if everybody else first
