"""Name, coverage, year and key of an arrangement."""

from __future__ import annotations

import re

from councilgraph.extraction.arrangements.cues import Cue
from councilgraph.extraction.dates import DateSpan
from councilgraph.model import Paragraph, Party

_I = re.IGNORECASE
_SINCE = re.compile(
    r"\b(?:since|from|established(?:\sin)?|introduced\sin|launched\sin|set\sup\sin|began\sin"
    r"|started\sin|in\splace\ssince|formed\sin|signed\sin)\s$",
    _I,
)
_COVERS = re.compile(
    r"\b(?:through\swhich|which|that|whereby|under\swhich|where|to|for|on|regarding"
    r"|in\srelation\sto|around|about)\s",
    _I,
)
_COVERS_END = re.compile(r"[.;(]|,\s(?:and|but|which|with|while)\b|\s(?:but|while|whilst|however|because)\s")
_SLUG = re.compile(r"[^a-z0-9]+")
_LEAD = re.compile(r"^(?:(?:the|an?|fully|multi-?\s?agency|multi-?\s?disciplinary|joint)\s)+(?=[A-Z])")
_BARE = re.compile(
    r"^(?:fully\s)?(?:integrated|multi-?\s?agency|multi-?\s?disciplinary|joint"
    r"|partnership)\s(?:teams?|hubs?|boards?|forums?|meetings|panels?|working\sgroups?)$",
    _I,
)
_LONGEST = 160  # characters of what an arrangement covers


def level_name(name: str) -> str:
    """A name as it is compared: small letters, no marks, no leading article."""
    return _SLUG.sub("-", name.lower().removeprefix("the ")).strip("-")


def name_of(cue: Cue, text: str) -> str | None:
    """The arrangement's name; None for words that only tell its type ("integrated teams")."""
    if cue.type == "joint-programme" and not cue.name:
        words = text[cue.start : cue.end]
        # "Discharge to Assess" is written with capitals where it is a name.
        return words if words[:1].isupper() and " " in words and cue.start > 0 and cue.strong else None
    if not cue.name or _BARE.match(cue.name):
        return None
    name = _LEAD.sub("", cue.name)
    return re.sub(r"\s(?:meetings)$", "", name) if cue.type == "board" else name


def covers(text: str, cue: Cue) -> str | None:
    """What the arrangement is for: the words behind its cue, up to the end of the thought."""
    match = _COVERS.search(text, cue.end)
    if not match:
        return None
    rest = text[match.end() : match.end() + _LONGEST]
    end = _COVERS_END.search(rest)
    words = rest[: end.start()] if end else rest.rsplit(" ", 1)[0] if len(rest) == _LONGEST else rest
    words = words.strip(" ,'\"")
    return words if len(words) > 3 else None


def since(text: str, dates: tuple[DateSpan, ...]) -> int | None:
    """The year since when it has been in place, where the sentence tells it."""
    for date in dates:
        if date.first and _SINCE.search(text[max(0, date.start - 40) : date.start]):
            return int(date.first[:4])
    return None


def key(kind: str, parties: tuple[Party, ...], name: str | None, paragraph: Paragraph, sentence: int) -> str:
    """What the same arrangement shares wherever it is told.

    Type, registered parties and name; with neither of the latter two nothing says that two
    sentences speak of one arrangement, so the place keeps them apart.
    """
    resolved = sorted(p.organisation for p in parties if p.organisation)
    parts = [kind, *resolved]
    if name:
        parts.append(level_name(name))
    if not resolved and not name:
        parts += [paragraph.section, str(paragraph.n), str(sentence)]
    return "-".join(
        _SLUG.sub("-", p.lower()).strip("-") if p not in resolved else p.lower() for p in parts if p
    )
