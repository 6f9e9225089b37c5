"""What a number measures: rules on the words around it.

Each rule looks at a short stretch before or after the number, so the cost of a sentence
grows with its numbers only.
"""

from __future__ import annotations

import re
from decimal import Decimal

from councilgraph.extraction.figures.exclusions import excluded
from councilgraph.extraction.figures.times import time_figure
from councilgraph.extraction.numbers import Number

BEFORE, AFTER = 60, 80  # characters that the rules look at on either side

_I = re.IGNORECASE
_TIME = r"(?P<time>days?|weeks?|months?|hours?|years?)"
_PERCENT = re.compile(r"\s?(?:%|per\s?cent\b|percentage\spoints?\b)", _I)
_TIME_AFTER = re.compile(rf"(?P<hyphen>-|\s)(?:(?:working|calendar|consecutive|full)[ -])?{_TIME}\b", _I)
# The unit of a range stands behind its second number: "4 to 6 weeks", "10-20%".
_RANGE = re.compile(r"\s?(?:-|to|or|and)\s?(?:[0-9][0-9,.]{0,12}|[a-z]{3,9})(?=[\s%-])", _I)

# --- ranks, scores, counts -----------------------------------------------------------------
_RANK_BEFORE = re.compile(
    r"\b(?:rank(?:s|ed|ing|ings)?|placed|position(?:ed)?|came)(?:\s(?:was|is|of|as|at|it|the|joint"
    r"|number|in|around)){0,3}\s$",
    _I,
)
_RANK_AFTER = re.compile(
    r"(?:\s(?:most|least|highest|lowest|best|worst|largest|smallest|out\sof|of\s[0-9]{1,3}\b"
    r"|in\s(?:the\scountry|England|the\sregion|the\snation)|nationally|regionally)\b)",
    _I,
)
_SCORE_BEFORE = re.compile(
    r"\b(?:scor(?:e|es|ed|ing)|rat(?:ed|ing|ings)|satisfaction(?:\slevels?|\srates?|\srating)?"
    r"|quality\sof\slife)\b"
    r"(?:\s(?:was|were|is|of|at|it|as|an?|the|average|averaged|overall|only|stood|services?)){0,4}\s$",
    _I,
)
_SCORE_AFTER = re.compile(
    r"\s(?:out\sof\s(?:a\spossible\s|a\smaximum\s)?(?:five|ten|5|10|20|24|100)\b|\((?:highest"
    r"|maximum|out\sof)|points?\b)",
    _I,
)
_TABLED = re.compile(
    r"\b(?:was|were|is|are|to|from|at|of|by|than|over|under|around|about|approximately|only|just"
    r"|totall?ed|totalling|reached|below|above|nearly|almost"
    r"|had|currently|now|between|and|increased|decreased|fell|rose)\s$",
    _I,
)
_TALLY = re.compile(
    r"\b(?:numbers?|totals?|waiting|backlog|lists?|referrals|cases|applications|concerns|enquiries"
    r"|vacanc\w+|people|adults|carers|staff"
    r"|reviews|assessments|respondents|responses|repl(?:y|ies)|visits|beds|places|placements|caseloads?)\b",
    _I,
)
_AVERAGED = re.compile(r"\b(?:caseloads?|average|mean|median)\b[^.;,]{0,30}$", _I)
_SPOKE = re.compile(r"\s(?:were|was|had|have|said|felt|did|told|reported|agreed|of\sthem)\b", _I)
_NOUN = re.compile(r"\s(?:of\s(?:the|these|those|them|its|their|whom|our)\b|\(?[a-z’'‘“\"])", _I)
_NOT_NOUN = re.compile(
    r"\s(?:against|compared|and|or|to|in|on|at|by|was|were|is|are|the|with|from|for|as|that|which|who|had"
    r"|has|have"
    r"|but|when|while|than|per|into|after|before"
    r"|during|under|over|compared|because|since|so|if|where|following)\b",
    _I,
)
# Words for the small numbers count many things that are no figure ("two key priorities").
_COUNTED = re.compile(
    r"(?:\s[\w’'-]{1,25}){0,4}?\s(?:people|persons|adults|carers|residents|citizens|individuals"
    r"|children|respondents|families|households|members|staff"
    r"|workers|practitioners|officers|apprentices|referrals|enquiries|concerns|cases|reviews"
    r"|assessments|applications|authorisations|complaints"
    r"|compliments|providers|homes|services|districts|boroughs|councils|authorities|communities"
    r"|groups|areas(?!\s(?:to|for|of|where|in\sneed))|localities|neighbourhoods"
    r"|hospitals|trusts|teams|hubs|centres|placements|beds|places|schemes|sites|flats|units"
    r"|apartments|bungalows|properties|networks|boards"
    r"|organisations|charities|partners|vacancies|posts|deaths|incidents|SARs|DHRs|audits|events"
    r"|sessions|visits|towns|parishes|wards|prisons"
    r"|languages|contracts|forums|champions|ambassadors|wte|fte|weeks|days|months)\b",
    _I,
)


def _rank(number: Number, before: str, after: str) -> bool:
    if number.form == "ordinal":
        if number.text.lower() == "first" and not _RANK_BEFORE.search(before):
            return False
        return bool(_RANK_BEFORE.search(before) or _RANK_AFTER.match(after))
    return bool(_RANK_BEFORE.search(before)) and number.form in ("digits", "ratio")


def _share(number: Number, before: str, after: str) -> str | None:  # noqa: PLR0911 (one return for each rule)
    """A fraction or "N in M" is a percentage, unless it is a score or names a thing."""
    if _RANK_BEFORE.search(before):
        return "rank"
    if number.form == "ratio" and (
        _SCORE_BEFORE.search(before) or re.match(r"\s(?:points?|stars?)\b", after, _I)
    ):
        return "score"
    word = number.text.lower()
    if re.match(
        r"[\s-](?:part(?:y|ies)|sector|person|time|phase|round|wave|way|yearly|year|day|hour|term"
        r"|hearted|an\s|a\s)",
        after,
        _I,
    ):
        return None
    if re.search(r"\b(?:first|second|other|last|past|each|latter|previous|this)\s$", before, _I):
        return None
    if word in ("half", "a half") and not re.match(
        r"\s(?:of|the|were|was|had|said|felt|all|as\smany)\b", after, _I
    ):
        return (
            "percent"
            if re.search(r"\b(?:by|over|than|under|nearly|almost|about|around|just|only)\s$", before, _I)
            else None
        )
    if word.startswith("a") and number.form == "fraction" and word != "a half":
        near = re.match(r"\s(?:of|were|was|had|said|felt|reported|did|do|have)\b", after, _I)
        return (
            "percent"
            if near
            or re.search(
                r"\b(?:by|over|than|under|nearly|almost|about|around|just|only|to|from)\s$", before, _I
            )
            else None
        )
    return "percent"


def _count(number: Number, before: str, after: str, sentence: str) -> str | None:
    if number.form == "word" and isinstance(number.value, Decimal) and number.value <= 20:
        return "count" if _COUNTED.match(after) else None
    if _NOUN.match(after) and not _NOT_NOUN.match(after):
        return "count"
    if number.form == "digits" and _SPOKE.match(after) and _TALLY.search(sentence):
        return "count"
    if "." in number.text and not _AVERAGED.search(before):
        return None  # people come in whole numbers; a bare "0.12" is a rate of something
    tabled = _TABLED.search(before) or before.endswith("(")
    return "count" if tabled and _TALLY.search(sentence) else None


def unit_of(number: Number, before: str, after: str, sentence: str) -> str | None:  # noqa: PLR0911, PLR0912 (one return for each rule)
    """The slug of the unit, None where the number is no figure.

    ``before`` and ``after`` are the ``BEFORE`` and ``AFTER`` characters around it.
    """
    if before.endswith("£"):
        return "gbp"
    if number.form in ("fraction", "ratio") and not _rank(number, before, after):
        return _share(number, before, after)
    if _rank(number, before, after):
        return "rank"
    if number.form == "ordinal":
        return None
    if _PERCENT.match(after):
        return "percent"
    if excluded(number, before, after):
        return None
    if match := _RANGE.match(after):
        # The second number of the range says what the first one is.
        beyond = after[match.end() :]
        if _PERCENT.match(beyond):
            return "percent"
        if time := _TIME_AFTER.match(beyond):
            return time_figure(number, before, beyond, time, sentence)
    if time := _TIME_AFTER.match(after):
        return time_figure(number, before, after, time, sentence)
    if re.match(r"\s(?:minutes?|miles?|pence|pounds?)\b", after, _I):
        return "gbp" if "pound" in after[:8].lower() else None
    if _SCORE_AFTER.match(after) or (
        _SCORE_BEFORE.search(before) and (not _NOUN.match(after) or _NOT_NOUN.match(after))
    ):
        return "score"
    if number.form == "digits" and _SCORE_BEFORE.search(before) and "." in number.text:
        return "score"
    return _count(number, before, after, sentence)
