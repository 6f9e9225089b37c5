"""Times: a figure where they are waited, taken or aimed at, not where they place a thing in time."""

from __future__ import annotations

import re

from councilgraph.extraction.numbers import Number

_I = re.IGNORECASE
_PERIOD_BEFORE = re.compile(
    r"\b(?:last|past|previous|next|preceding|coming|following|first|final|recent|initial|further"
    r"|prior|latter)"
    r"(?:\s(?:around|about|approximately|approx|over|few|or\sso))?\s$"
    r"|\b(?:in|for|over|during|of)\sthe\s$",
    _I,
)
_FOR = re.compile(
    r"\b(?:for|lasting|spanning|lasted)\s(?:over\s|around\s|about\s|the\s|more\sthan\s|nearly\s"
    r"|almost\s|up\sto\s)?$",
    _I,
)
_CONTRACT_BEFORE = re.compile(
    r"\b(?:contracts?|agreements?|tenanc(?:y|ies)|leases?|funding|grants?|programmes?|strategy"
    r"|plans?|placements?|secondments?|term)"
    r"\b[^.;,]{0,25}$",
    _I,
)
_CONTRACT_AFTER = re.compile(
    r"[\s-](?:years?|months?|weeks?|days?)[’']?\s(?:rolling\s|fixed[\s-]term\s|framework\s"
    r"|funding\s|delivery\s|strategic\s"
    r"|corporate\s|financial\s|training\s|improvement\s|transformation\s|action\s|work\s){0,2}"
    r"(?:contract|agreement|tenanc|lease|strategy|plan|programme|term|extension|pilot|project"
    r"|vision|cycle|period|framework|funding"
    r"|placement|course|ago|later|earlier|previously|before|prior|in\spost|of\sexperience|old)",
    _I,
)
# --- what a time must stand beside to be a figure ----------------------------------------
_WAIT = re.compile(
    r"\b(?:wait\w*|delay\w*|averag\w+|median|mean|sickness|absence|overdue|outstanding|backlog|target\w*"
    r"|timescales?"
    r"|timeframes?|longest"
    r"|shortest|maximum|minimum|exceed\w*|took|taken|takes?|respond\w*|response|allocat\w*"
    r"|complet\w*|reduc\w+|within|contacted"
    r"|turnaround|up\sto|length\sof|reviewed|review|hours?\sof|per\sweek)\b",
    _I,
)
_WAIT_STRONG = re.compile(
    r"\b(?:wait\w*|delay\w*|averag\w+|median|mean|overdue|backlog|targets?|timescales?|timeframes?"
    r"|longest|shortest|within|exceed\w*"
    r"|took|takes|turnaround)\b",
    _I,
)


def time_unit(word: str) -> str:
    """The slug of a word for a time: 'day' and 'days' are both ``days``."""
    word = word.lower()
    return word if word.endswith("s") else word + "s"


def time_figure(number: Number, before: str, after: str, match: re.Match[str], sentence: str) -> str | None:  # noqa: PLR0911 (one return for each rule)
    """A time is a figure where it is waited, taken or aimed at; not where it places something in time."""
    unit = time_unit(match["time"])
    rest = after[match.end() :]
    if re.match(
        r"\s(?:after|following|from|since|of|post)[\s-](?:their\s|being\s)?(?:discharge|leaving|hospital)",
        rest,
        _I,
    ):
        return None
    if _PERIOD_BEFORE.search(before) and not re.match(
        r"[’']?\s(?:wait|target|timescale|timeframe|standard|delay|limit)", rest, _I
    ):
        return None
    if _CONTRACT_AFTER.match(after) or re.match(
        r"\s(?:a|per|each)\s(?:day|week|month|year)\b(?!\s(?:earlier|ago|before))", rest, _I
    ):
        return None
    strong = bool(_WAIT_STRONG.search(sentence))
    if _CONTRACT_BEFORE.search(before) and not strong:
        return None
    singular = not match["time"].lower().endswith("s") and number.value != 1
    if singular and not re.match(
        r"[’']?\s(?:wait|delay|backlog|target|timescale|timeframe|standard|limit|deadline"
        r"|turnaround|response)",
        rest,
        _I,
    ):
        return None
    if unit == "years":
        return unit if strong and not _FOR.search(before) else None
    if _FOR.search(before) and not strong:
        return None
    return unit if _WAIT.search(sentence) else None
