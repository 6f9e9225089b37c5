"""From titles to strategies: years, state, parties."""

from __future__ import annotations

import re
from collections.abc import Iterable

from councilgraph.extraction.dates import find_dates
from councilgraph.extraction.strategies.titles import Title, find_titles
from councilgraph.extraction.strategies.years import nearest, years
from councilgraph.extraction.vocabulary import Finder, Vocabulary, straight
from councilgraph.model import Council, Mention, Paragraph, Party, Place, Report, Sentence, Strategy

_I = re.IGNORECASE
_COPRODUCED = re.compile(
    r"\bco-?\s?(?:produc(?:ed?|es|ing)|design(?:ed|ing|s)?|creat(?:ed?|es|ing))\b"
    r"|\b(?:through|by|in|using)\s(?:\w+\s)?co-?\s?(?:production|design|creation)\b",
    _I,
)
_NOT_COPRODUCED = re.compile(r"\b(?:not|never|no|without|lack\w*)\b[^.;,]{0,30}$", _I)
_DEVELOPING = re.compile(
    r"\b(?:develop(?:ing)?|drafting|creating|producing|co-producing|finalising|writing|preparing"
    r"|working\s(?:on|towards)|consult(?:ing|ed)\son|plans?\sto|planned\sto|planning"
    r"|intended\sto|due\sto|draft|awaiting|proposed|emerging|forthcoming|upcoming|designing"
    r"|(?:work|started|begun|progress(?:ing)?)\son|about\sto|updating|refreshing|rewriting|renewing)"
    r"\s(?:(?:and\s\w+|their|its|the|an?|our|new|joint|draft|updated|refreshed|revised|first"
    r"|publish|launch|develop|produce|create|introduce|refresh|multi-agency"
    r"|all-age|co-produced|system-wide|local|long-term|[a-z]+-year)\s){0,5}['\"]?$",
    _I,
)
# Between a title and what is said of it: brackets, years, a clause about its term.
_BETWEEN = (
    r"['\"]?(?:\s?\([^)]{1,40}\))?(?:,?\s(?:for\s|from\s)?(?:19|20)[0-9]{2}(?:\s?(?:[-–/]"
    r"|to)\s?[0-9]{2,4})?)?"
    r"(?:,\swhich\s[^,.;]{1,40},)?"
)
_BECOMING = re.compile(
    rf"^{_BETWEEN},?\s(?:(?:which|that)\s)?(?:(?:was|were|is|are|had|has"
    r"|remained)\s(?:still\s|currently\s|also\s|now\s)?(?:being\s(?!used|implemented|delivered"
    r"|followed|embedded)"
    r"|in\s(?:development|draft|consultation)|under\s(?:development|review|consultation)"
    r"|in\sthe\sprocess|due\s(?:to\s(?:be|go|come)|for|in)|yet\sto|not\syet|awaiting|planned"
    r"|expected|to\sbe\s(?:launched|published|finalised))"
    r"|would\s(?:soon\s)?follow|(?:had\sbeen|was)\s\w+\sbut\s(?:was\s|had\s)?not\syet"
    r"|would\sbe\s(?:launched|published|finalised|in\splace)|being\s(?:developed|drafted"
    r"|co-produced|finalised|written)|in\sdevelopment|under\sdevelopment|awaiting)",
    _I,
)
_ENDED = re.compile(
    rf"^{_BETWEEN},?\s(?:which\s)?(?:(?:had|has|was|is)\s(?:now\s|recently\s"
    r"|been\s)?(?:expired|ended|lapsed|replaced|superseded|outdated|out\sof\sdate|out-of-date"
    r"|come\sto\san\send)"
    r"|expired|ended|came\sto\san\send|replaced\sby|ran\sout)",
    _I,
)
_FORMER = re.compile(
    r"\b(?:previous|former|old|outgoing|expired|earlier|out-of-date|outdated|replac(?:e|es|ed|ing)"
    r"|supersed(?:e|es|ed|ing))\s(?:the\s|its\s|their\s|an?\s)?(?:\w+\s){0,2}['\"]?$",
    _I,
)
# What replaces another document is in force.
_REPLACES = re.compile(r"\s(?:had\s|has\s)?(?:replaced|superseded)\s(?!by\b)", _I)
_SHARED = re.compile(
    r"\b(?:joint(?:ly)?|multi-agency|system-wide|partner\w*|with|together|alongside|collaborat\w+"
    r"|shared|agreed)\b",
    _I,
)
_NEAR = 90  # characters in which a date or a cue speaks of a title


def find_strategies(
    report: Report, council: Council | None, mentions: Iterable[Mention], vocabulary: Vocabulary
) -> tuple[Strategy, ...]:
    """The titled strategies of a report in reading order, each title once a sentence."""
    by_place: dict[Place, list[Mention]] = {}
    for mention in mentions:
        by_place.setdefault(mention.place, []).append(mention)
    states = vocabulary.finder("strategy-status")
    out: list[Strategy] = []
    for paragraph in report.paragraphs:
        for sentence in paragraph.sentences:
            place = Place(paragraph.section, paragraph.n, sentence.n)
            out.extend(_read(paragraph, sentence, place, by_place.get(place, []), council, states))
    return tuple(out)


def _read(
    paragraph: Paragraph,
    sentence: Sentence,
    place: Place,
    mentions: list[Mention],
    council: Council | None,
    states: Finder,
) -> list[Strategy]:
    text = straight(sentence.text)
    bodies = tuple((m.start - sentence.start, m.end - sentence.start) for m in mentions)
    titles = find_titles(text, bodies)
    if not titles:
        return []
    dates = [d for d in find_dates(text) if d.first]
    out: list[Strategy] = []
    seen: set[str] = set()
    for i, title in enumerate(titles):
        printed = sentence.text[title.start : title.end]
        if printed.lower() in seen:
            continue
        seen.add(printed.lower())
        lower = titles[i - 1].end if i else 0
        upper = titles[i + 1].start if i + 1 < len(titles) else len(text)
        before, after = (
            text[max(lower, title.start - _NEAR) : title.start],
            text[title.end : min(upper, title.end + _NEAR)],
        )
        start, end = years(text, title, [d for d in dates if nearest(d, titles) is title])
        status = _status(before, after, states)
        out.append(
            Strategy(
                printed,
                place,
                start,
                end,
                co_produced=_co_produced(text),
                status=status,
                parties=_parties(text, mentions, bodies, title, council),
            )
        )
    return out


def _status(before: str, after: str, states: Finder) -> str:
    if _FORMER.search(before) or _ENDED.match(after):
        return "superseded"
    if _DEVELOPING.search(before) or _BECOMING.match(after):
        return "in-development"
    # Labels of the scheme count where they touch the title.
    for hit in states.find(after):
        if hit.start <= 2 and not _REPLACES.match(after) and hit.slug != "in-force":
            return hit.slug
    for hit in states.find(before):
        if hit.end >= len(before) - 2 and hit.slug != "in-force":
            return hit.slug
    return "in-force"


def _co_produced(text: str) -> bool:
    match = _COPRODUCED.search(text)
    return bool(match) and not (match and _NOT_COPRODUCED.search(text[: match.start()][-40:]))


def _parties(
    text: str,
    mentions: list[Mention],
    bodies: tuple[tuple[int, int], ...],
    title: Title,
    council: Council | None,
) -> tuple[Party, ...]:
    """Bodies named beside a shared document, the assessed council left out."""
    if not _SHARED.search(text):
        return ()
    out: dict[str, Party] = {}
    for mention, (start, end) in zip(mentions, bodies, strict=True):
        inside = title.start <= start and end <= title.end
        if inside or (council and mention.council == council.code):
            continue
        name = mention.full_name or mention.text
        out.setdefault(name.lower(), Party(name, mention.kind, mention.organisation, mention.council))
    return tuple(out.values())
