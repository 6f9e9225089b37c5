"""The words around a figure: what it counts, its period, and what it is compared with."""

from __future__ import annotations

import re

_I = re.IGNORECASE
_GAP = r"(?:\s[\w'’()/-]{1,25}){0,5}?"
_AVERAGE = (
    r"(?:(?:(?:england|national|regional|statistical|comparator|english|local|south|north|east|west"
    r"|midlands|london)\s?){0,3}"
    r"(?:averages?|mean|median|benchmarks?|figures?|rates?)|england|nationally|regionally"
    r"|(?:comparator|neighbouring|comparable|similar|other)"
    r"\s(?:local\s)?(?:authorities|councils|areas|regions)|(?:nearest|statistical)\sneighbours)"
)
_HOW = (
    r"(?:(?:not|no|somewhat|significantly|slightly|much|far|well|just|marginally|considerably"
    r"|substantially|broadly|statistically|very|also|a\slittle)\s){0,3}"
)
_VERDICT = re.compile(
    rf"\b(?:{_HOW}tending\stowards?{_GAP}(?:\s{_AVERAGE}|\s(?:positive|negative|better|worse"
    r"|variation)(?:\s(?:statistical\s)?variation)?"
    rf"(?:\s(?:from|than|to|compared\s(?:to|with)|against)\s(?:the\s)?{_AVERAGE})?)"
    rf"|{_HOW}(?:positive|negative)\s(?:statistical\s)?variation"
    r"|(?:no|not)\s(?:statistical(?:ly)?\s)?(?:significant\s)?(?:variation|differen(?:ce"
    rf"|t)){_GAP}\s{_AVERAGE}"
    rf"|{_HOW}(?:better|worse|higher|lower|greater|fewer|less|more|above|below|under|over|similar"
    r"|in\sline|close|comparable|consistent|equal|same"
    rf"|different|better\sthan|exceed(?:ed|ing|s)?|outperform(?:ed|ing)?|fell\sshort){_GAP}\s{_AVERAGE})\b",
    _I,
)
# What every verdict names: few sentences with figures do, and the search for verdicts is dear.
_AVERAGED = re.compile(
    r"average|mean|median|benchmark|figure|rate|ngland|ationally|egionally|authorit|councils|areas|region"
    r"|neighbour"
    r"|variation|tending|country"
)
_RANKED = re.compile(
    r"\b(?:(?:the\s)?(?:[0-9]{1,3}(?:st|nd|rd|th)|second|third|fourth|fifth|sixth|seventh|eighth"
    r"|ninth|tenth|highest|lowest|best|worst)"
    r"(?:\s(?:best|worst|highest|lowest|lowest))?\s(?:of|out\sof|among|amongst|in"
    r"|when\scompared)(?:\s[\w'’-]{1,25}){0,5}?"
    r"\s(?:authorities|councils|region|country|england|neighbours))\b",
    _I,
)
_ABOVE = re.compile(r"\b(?:higher|above|greater|more|exceed\w*|over|outperform\w*)\b", _I)
_BELOW = re.compile(r"\b(?:lower|below|fewer|less|under|fell\sshort)\b", _I)
_SAME = re.compile(
    r"\b(?:in\sline|similar|close|comparable|consistent|equal|same"
    r"|no\s(?:statistical\s)?(?:significant\s)?variation|(?:no|not)\s[\w\s]{0,30}differen)",
    _I,
)
_NATIONAL = re.compile(r"\b(?:england|english|national|nationally)\b", _I)

_COMPARATOR_BEFORE = re.compile(
    r"\b(?:england|english|national(?:ly)?|regional(?:ly)?|comparator|neighbours?['’]?"
    r"|region['’]?s?|country)(?:\s(?:average|mean|median|figure|rate|benchmark"
    r"|target|position|score))?(?:\s(?:for\s(?:the|this)\s[\w\s]{1,20}))?(?:\s(?:of|was|is|at|being"
    r"|stood|which|were|by|and|had|a|the|just|only|around|about"
    r"|approximately|over|under)|,|:|\s\(|\s-){0,4}\s?$"
    r"|\b(?:england|national|regional|comparator)\saverages?\s[^.;()0-9]{0,25}$",
    _I,
)
_COMPARATOR_AFTER = re.compile(
    r"(?:%|\sper\s?cent)?\s?(?:\(?(?:for\s|in\s|across\s|of\s)?(?:the\s)?(?:england|nationally"
    r"|national\saverage|english\saverage|regionally|regional\saverage)(?=[).,;]|\s(?:and|which"
    r"|for)\b|\Z))",
    _I,
)
_TARGET = re.compile(r"\btargets?\b[^.;,()0-9]{0,30}$", _I)

_PERIOD = re.compile(
    r"\b(?:(?:in|over|within|during|for|across|throughout)\s(?:the\s)?(?:last|past|previous"
    r"|preceding|current|same)\s(?:[\w-]{1,12}\s)?"
    r"(?:quarter|year|years|months|weeks|days|month|week|financial\syear)|(?:this|last)\s(?:year"
    r"|month|quarter)|year[\s-]on[\s-]year|year\sto\sdate)\b",
    _I,
)
_STOP = re.compile(
    r"[.;:()]|,\s|\s(?:and|but|while|whilst|when|where|which|that|there|was|were|is|are|had|has"
    r"|have|compared|with\san?|in\sthe\slast|over\sthe|since|between|from|by|as|because"
    r"|at\sthe\stime|against|than|would|could|did|do|said|felt|told|reported|remained|rose|fell"
    r"|received|accessed|used)\b"
)
_VERB = re.compile(
    r"\s(?:was|were|is|are|at|of|had|has|have|stood|to|from|by|reached|increased|decreased|fell"
    r"|rose|achieved|showed|totalled|totalling|averaged|scored|took|remained|,)"
    r"\s",
    _I,
)
_END = re.compile(
    r"[.;:()]|,\s|\s(?:and|but|while|whilst|which|compared|against|than|in\sthe\slast"
    r"|over\sthe\s(?:last|past)|between)\b"
)
_UNIT = re.compile(
    r"^(?:\s(?:out\s)?of\s(?:the\s)?[0-9]{1,3}\b(?:\s[\w-]{1,20}){0,3}?\s(?:authorities|councils"
    r"|areas))?(?:\s(?:out\s)?of\s[0-9]{1,3}\b)?(?:-?\s?(?:%|per\s?cent(?:age\spoints?)?"
    r"|(?:working\s|calendar\s)?(?:days?|weeks?|months?|hours?|years?)\b(?:[’']\s)?))?(?:\s(?:of"
    r"|for)\b(?:\sthe\b|\sall\b)?)?",
    _I,
)
_CLAUSE = re.compile(
    r"[.;:,()]\s|\s(?:and|but|while|whilst|that|which|because|compared\swith|compared\sto|with)\s"
)
_HEAD = re.compile(
    r"^(?:(?:for\sexample|between|with|within|up\sto|out|however|additionally|also|there|they|it|we"
    r"|this|these|national\sdata|local\sdata|data|staff|leaders|told\sus|showed|shows|found|had|was"
    r"|were"
    r"|is|are|an?|the|of|only|around|about|approximately|over|under|than|more|less|just|in|and|that"
    r"|,)\b,?\s?){1,12}",
    _I,
)


def verdicts(sentence: str) -> list[tuple[int, int]]:
    """The report's own verdicts on a figure ("tending towards the England average"): offsets."""
    if not _AVERAGED.search(sentence):
        return []
    found = [m.span() for m in _VERDICT.finditer(sentence)]
    found += [m.span() for m in _RANKED.finditer(sentence) if not any(s <= m.start() < e for s, e in found)]
    return sorted(found)


def comparison_of(verdict: str) -> str | None:
    """The slug that a verdict states; None for one that tells no direction ("somewhat worse")."""
    if not _NATIONAL.search(verdict) or "tending" in verdict.lower():
        return None
    if _SAME.search(verdict):
        return "in-line"
    if _ABOVE.search(verdict):
        return "above-national-average"
    return "below-national-average" if _BELOW.search(verdict) else None


def is_comparator(before: str, after: str) -> bool:
    """Whether a figure is that of the country or the region, with which another is compared."""
    return bool(_COMPARATOR_BEFORE.search(before) or _COMPARATOR_AFTER.match(after))


def is_set_against(before: str, after: str) -> bool:
    """Whether a bare number is one that the figure before it is measured by: an average, a target."""
    bare = re.match(r"\s?(?:[.,;)]|$)", after)
    return bool(bare) and bool(_COMPARATOR_BEFORE.search(before) or _TARGET.search(before))


def period_words(sentence: str) -> tuple[int, int] | None:
    """The period told in words ("in the last two years"): offsets."""
    match = _PERIOD.search(sentence)
    return match.span() if match else None


def counted(before: str, after: str, *, share: bool = False) -> str:
    """The words that say what is counted, cut out of the sentence.

    They stand behind the figure ("60% of people who ..."), or are the subject of the clause
    ("The use of pendants was 42%"). Of a ``share`` the verb belongs to it: "60% of
    people needed no more help" does not count people. Empty where neither can be told.
    """
    behind = _UNIT.sub("", after, count=1)
    if (
        re.match(r"\s?[a-z]", behind, _I)
        and len(found := _cut(behind.lstrip(), _END if share else _STOP)) > 2
    ):
        return found
    ahead = before.rstrip()
    clause = 0
    for match in _CLAUSE.finditer(ahead):
        clause = match.end()
    subject = ahead[clause:]
    # The last verb goes with the figure, and what stands before it is the subject.
    ends = [match.start() for match in _VERB.finditer(subject + " ")]
    subject = subject[: ends[-1]] if ends else subject
    return _HEAD.sub("", subject.strip()).strip(" ,-(%£")


_JOINS = re.compile(
    r"(?:and|or|to|in|on|at|by|than|with|for|from|against|compared|was|were|is|are|so|but|per"
    r"|before|after|there)\b",
    _I,
)


def spent_on(after: str) -> str:
    """What money is for: the words behind "on" or "for" that follow the sum."""
    match = re.match(
        r"\s(?:had\sbeen\s|was\s)?(?:spent\s|invested\s|allocated\s)?(?:on|for|in|towards"
        r"|to)\s(?:an?\s|the\s)?(?=[a-z])",
        after,
    )
    return _cut(after[match.end() :], _STOP) if match else ""


def _cut(text: str, stop: re.Pattern[str]) -> str:
    match = stop.search(text)
    words = text[: match.start()] if match else text
    # What begins with a joining word is the next thought, not what was counted.
    if _JOINS.match(words):
        return ""
    return words.strip(" ,-'\"")
