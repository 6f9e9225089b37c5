"""Figures and surveys as a source: whose data a sentence reports, where it reports any."""

from __future__ import annotations

import re
from collections.abc import Iterable

from councilgraph.extraction.vocabulary import word_set

LOCAL, NATIONAL = "local-data", "national-data"
_SURVEY = re.compile(
    r"(?<!\w)(?:surveys?|engagement exercise|questionnaires?|consultation with people)(?!\w)"
)
_SURVEY_FINDS = re.compile(
    r"(?<!\w)(?:found|show(?:ed|s|ing)?|indicat(?:ed|es)|respon\w+|results?|carried out|received|satisf\w+"
    r"|told|said|reported"
    r"|highlighted|identified|%)(?!\w)|%"
)
_LOCAL_DATA = re.compile(
    r"(?<!\w)(?:(?:local authority|local authority's|council|council's|authority's)(?: own)? (?:data|figures"
    r"|performance data|dashboard)(?!\w)"
    r"|according to (?:local|internal) data|own figures"
    r"|(?:(?:performance|internal|local|its own) (?:data|records|figures|reports?)"
    r"|data(?: (?:we )?(?:provided|supplied|shared"
    r"|received|submitted|from|by|for) (?:by |from |to us by )?the (?:local authority|council))?|audits?"
    r"|records|self-assessments?"
    r"|documents|figures|monitoring|dashboards?|evaluations?|(?:audit|evaluation|analysis) (?:commissioned "
    r"|completed )?by the (?:local authority|council)) "
    r"(?:(?!and |used )\w+ ){0,6}?(?:show(?:ed|s|n)?|indicat(?:ed|es)|found|demonstrat(?:ed|es)|confirmed"
    r"|suggest(?:ed|s)|put|rated|judged|"
    r"reported|identified)(?!\w))"
)
_NATIONAL_DATA = re.compile(
    r"(?<!\w)(?:national (?:\w+ )?(?:data|figures?|surveys?|averages?|statistics)|(?:england|english"
    r"|regional|national|similar councils) (?:average|figure)"
    r"|(?:average|figure) (?:for|across) (?:england|the region)|across england|in england as a whole"
    r"|compared (?:to|with) (?:england|nationally|\S{1,8} nationally)"
    r"|than nationally|ascof|ascs|sace|ascwe|salt data|higher than average|lower than average"
    r"|tending towards the"
    r"|skills for care (?:data|figures|estimates))(?!\w)"
)
_RATED = re.compile(
    r"\d[^.]{0,120}?(?<!\w)rated (?:as )?(?:good|outstanding|inadequate|requires)|ratings data"
)
# A survey that is planned or only a way of working has found nothing yet.
_NO_FINDING = re.compile(r"(?<!\w)(?:due to carry out|will|surveys and|evidence)(?!\w)")
# Words without one of which a pattern need not be tried.
_NATION = word_set(
    "national nationally england english regional region average ascof ascs sace ascwe salt skills similar"
)
_RATING = word_set("rated ratings")
_FIGURES = word_set(
    "data figures dashboard dashboards records audit audits evaluation evaluations analysis monitoring"
    " documents assessment assessments reports report"
)
_SURVEYS = word_set("survey surveys engagement questionnaire questionnaires consultation")
_ASKED = word_set("staff carers people")


def with_data(
    low: str, tokens: frozenset[str], found: set[str], groups: Iterable[frozenset[str]], rule: str
) -> tuple[set[str], str]:
    """Voices with those of figures and surveys, and the rule that gave the first of them.

    ``low`` is the levelled sentence, ``tokens`` its words, ``found`` the voices of those who
    speak in it, ``groups`` the voices that the people named in it would be.
    """
    national = not tokens.isdisjoint(_NATION) and _NATIONAL_DATA.search(low)
    if national or (not found and not tokens.isdisjoint(_RATING) and _RATED.search(low)):
        # People counted by a national survey did not speak to the assessors.
        return (found - {LOCAL, "people", "carers"}) | {NATIONAL}, rule or "national figures"
    figures = LOCAL not in found and "healthwatch" not in found and not tokens.isdisjoint(_FIGURES)
    if figures and _LOCAL_DATA.search(low):
        found, rule = found | {LOCAL}, rule or "the authority's data"
    surveyed = (
        not tokens.isdisjoint(_SURVEYS)
        and _SURVEY.search(low)
        and _SURVEY_FINDS.search(low)
        and not _NO_FINDING.search(low)
    )
    if surveyed and not found & {NATIONAL, "healthwatch", "providers"}:
        asked = {v for who in groups for v in who} & _ASKED
        if {"staff", "people"} <= asked and "staff survey" not in low:
            asked.discard("staff")
        found, rule = found | {LOCAL} | (asked or {"people"}), rule or "survey"
    return found, rule
