"""Numbers that are no figure: labels, ages, frequencies, telephone numbers, ends of scales."""

from __future__ import annotations

import re
from decimal import Decimal

from councilgraph.extraction.numbers import Number

_I = re.IGNORECASE
_PERCENT = re.compile(r"\s?(?:%|per\s?cent\b|percentage\spoints?\b)", _I)
# --- no figure, by what stands before -------------------------------------------------
_LABELLED = re.compile(
    r"(?<!['’])\b(?:sections?|s|ss|parts?|para(?:graph)?s?|regulations?|schedules?|articles?"
    r"|stages?|levels?|tiers?|phases?"
    r"|themes?|steps?|bands?|grades?|versions?|figures?|tables?|chapters?|appendix|annex|pages?"
    r"|items?|objectives?"
    r"|priority|priorities|principles?|outcomes?|quarters?|types?|category|domains?|standards?"
    r"|zones?|strands?|pillars?"
    r"|rooms?|floors?|covid|nhs|dial|call(?:ing)?|tel|telephone|phone|no|option|pathways?|question"
    r"|score\sof\s[1-4]\sto|act|statements?|wave|cohort|key\sstage)\.?[\s-]{0,2}$",
    _I,
)
_AGED = re.compile(
    r"\b(?:aged?s?|ages)\s(?:of\s|between\s|from\s|over\s|under\s|above\s|below\s|around\s"
    r"|approximately\s|at\s|up\sto\s"
    r"|(?:[0-9]{1,3}|\w{3,9})(?:\s(?:to|and|or)\s|\s?-\s?)){0,2}$"
    r"|\b(?:turn|turns|turned|turning|become|becomes|became|becoming|reach|reaches|reached|reaching)\s$",
    _I,
)
_OVER = re.compile(r"\b(?:over|under|above|below)[\s-](?:the\s)?$", _I)
_EVERY = re.compile(r"\b(?:every|each|once\sa|per|once\severy)\s(?:\w{1,9}(?:\sto\s|\sor\s|-))?$", _I)
_DENOMINATOR = re.compile(
    r"(?:[0-9](?:st|nd|rd|th)(?:\s[a-z]{3,12}){0,3}|\b(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth"
    r"|tenth))\s(?:out\s)?of\s(?:the\s|all\s)?$"
    r"|\b(?:out\sof(?:\sa\s(?:possible|total|maximum))?|scale\sof|scored?\sfrom|scale\sfrom|1\sto"
    r"|one\sto|maximum(?:\sscore)?(?:\sof)?"
    r"|highest(?:\sscore)?(?:\sbeing)?|highest\spossible(?:\sscore)?(?:\sbeing|\sof)?"
    r"|lowest(?:\sscore)?(?:\sbeing)?)\s(?:a\s|an\s)?$",
    _I,
)
# "62 out of 102 people": a sample is a figure too, the end of a scale is none.
_SAMPLE_BEFORE = re.compile(r"[0-9]\sout\sof(?:\sa\stotal\sof)?\s$")
_SAMPLE_AFTER = re.compile(r"\s(?!points?|local|councils?|authorit|stars?)[a-z]", _I)
_PHONE = re.compile(r"(?:[0-9]{3,5}[\s-]){1,3}$|\+$")

# --- no figure, by what stands after ---------------------------------------------------
_AGE_AFTER = re.compile(
    r"\s?\+(?!\s?[0-9])|[\s-]?(?:years?|months?|weeks?)[\s-](?:olds?|of\sage)\b|[\s-]?(?:yrs?"
    r"|year)[\s-]olds?\b"
    r"|\s(?:years\s)?(?:and|or)\s(?:over|above|under|older|younger|below|upwards)\b"
    r"|\s?(?:-|to)\s?[0-9]{1,3}(?:[\s-]?year[\s-]olds?|\s(?:years\s)?of\sage|\syears\sold)",
    _I,
)
_AGE_END = re.compile(
    r"\s?(?:[.;:)]|,|$)|\s(?:and|or|who|with|was|were|is|are|in|had|have|has|living|accessing"
    r"|receiving|to|that|across)\b",
    _I,
)
_ATTRIBUTE = re.compile(
    r"-(?!\s)(?!(?:week|month|day|year|hour)s?\s(?:wait|delay|backlog|target|timescale|timeframe"
    r"|standard|limit)"
    r"|[0-9]|(?:working|calendar)-day)",
    _I,
)
_FREQUENCY = re.compile(
    r"\s?/\s?7\b|[\s-]hours?(?:\s(?:a|per)\sday|,\s?(?:7|seven|365)|\s?/)|\sdays\s(?:a|per"
    r"|of\sthe)\s(?:week|year)\b(?!\s(?:earlier|ago|before|previously))"
    r"|[\s-](?:times|visits|calls|sessions)\s(?:a|per|each|every)\b|[\s-](?:weekly|monthly|yearly"
    r"|daily|hourly)\b"
    r"|\shours?\s(?:a|per)\s(?:week|month)\b|\s?(?:am|pm)\b|:[0-9]|\.[0-9]{2}\s?(?:am|pm)\b"
    r"|\so[’']clock|\stimes\b",
    _I,
)
# "The two councils" speaks of what is known; "5 priorities" are headings of a paper.
_KNOWN = re.compile(r"\b(?:the|these|those|both|our|its|their|other)\s$", _I)
_HEADINGS = re.compile(
    r"\s(?:[\w’'-]{1,20}\s){0,2}?(?:priorit(?:y|ies)|ambitions?|objectives?|aims|themes?|pillars?"
    r"|principles?|strands?"
    r"|commitments?|outcomes|goals|values|steps|key\sareas|workstreams?|domains?)\b",
    _I,
)
_CAPITAL = re.compile(r"\s[A-Z][a-z]+\s(?:[A-Z]|[a-z]+\s[A-Z])")
_ONE_TO_ONE = re.compile(r"[\s-]?(?::|-to-|\sto\s)[\s-]?(?:one|1)\b", _I)


def _is_age(number: Number, before: str, after: str) -> bool:
    if not isinstance(number.value, Decimal) or number.value > 110:
        return False
    if _AGED.search(before):
        return True
    if match := _AGE_AFTER.match(after):
        # "2 or more weeks" is a time; "65 or over" and "65+" are ages of grown people.
        return number.value >= 10 or "old" in match[0].lower() or "age" in match[0].lower()
    if after.lower().startswith(("s ", "s.", "s,", "s)")) or (after[:1] in "'’" and after[1:2] == "s"):
        return True
    return (
        bool(_OVER.search(before))
        and 16 <= number.value <= 95
        and bool(_AGE_END.match(after))
        and bool(
            re.search(
                r"\b(?:people|adults|those|anyone|population|residents|persons|carers|men"
                r"|women)\b[^,;]{0,25}$",
                before,
                _I,
            )
        )
    )


def excluded(number: Number, before: str, after: str) -> bool:  # noqa: PLR0911 (one return for each rule)
    """Whether the number is a label, an age, a frequency, a length of contract or the like."""
    if _is_age(number, before, after) or _FREQUENCY.match(after) or _EVERY.search(before):
        return True
    if number.form == "word" and number.text.lower() in ("one", "zero"):
        return True
    if isinstance(number.value, Decimal) and number.value <= 12 and _HEADINGS.match(after):
        return True
    if number.form == "word" and number.value in (2, 3, 4, 5) and _KNOWN.search(before):
        return True
    if _ONE_TO_ONE.match(after) or _ATTRIBUTE.match(after) or _PHONE.search(before):
        return True
    if _DENOMINATOR.search(before) and not (_SAMPLE_BEFORE.search(before) and _SAMPLE_AFTER.match(after)):
        return True
    if number.form == "digits" and number.text.startswith("0") and number.text[1:2].isdigit():
        return True
    if number.text[:1].isupper() and _CAPITAL.match(after) and before.strip():
        return True
    if before.endswith(("/", ":")) or re.match(r"\s?/\s?[0-9]", after):
        return True
    return bool(_LABELLED.search(before)) and not _PERCENT.match(after) and not before.endswith("£")
