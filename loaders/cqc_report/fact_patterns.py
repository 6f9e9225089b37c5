"""The words round each figure of the 'About' part, one row for each measure."""

from __future__ import annotations

import re
from typing import NamedTuple

# Atomic: without that, "18.5%" where no percentage may stand would be read as 18.
NUMBER = r"(?P<value>(?>\d[\d,]{0,20}(?:\.\d{1,6})?))"
# A year in the same sentence ("in 2021 was 354,036") is no population.
NOT_A_YEAR = r"(?!(?:19|20)\d\d(?![\d,]*\d))"
PERCENT = rf"{NUMBER}\s?(?:%|per ?cent)"
MONEY = rf"£\s?{NUMBER}"
YEAR = re.compile(r"\b\d{4}\s?[-/–]\s?\d{2,4}\b")
ORDINALS = {
    "most": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
# 'Its actual spend was X, which was Y more than estimated' follows either estimate; the
# sentence before it says of which budget it speaks.
ACTUAL = re.compile(rf"\bactual spend\b[^.£]{{0,40}}{MONEY}", re.IGNORECASE)
DIFFERENCE = re.compile(rf"which (?:was|is) {MONEY} (?P<sign>more|less) than", re.IGNORECASE)


class Pattern(NamedTuple):
    """``section`` says in which part the pattern is tried; ``value`` is a named group."""

    measure: str
    unit: str | None
    section: str
    regex: re.Pattern[str]


def _demographic(measure: str, unit: str, regex: str) -> Pattern:
    return Pattern(measure, unit, "about-demographics", re.compile(regex, re.IGNORECASE))


def _financial(measure: str, unit: str | None, regex: str) -> Pattern:
    return Pattern(measure, unit, "about-financial", re.compile(regex, re.IGNORECASE))


PATTERNS = (
    _demographic(
        "population",
        "count",
        rf"\bpopulation\b[^.%]{{0,80}}?\b{NOT_A_YEAR}{NUMBER}(?!\s?(?:%|per ?cent))(?=[\s,.]|$)",
    ),
    _demographic(
        "population-over-65",
        "percent",
        rf"{PERCENT}[^.]{{0,60}}?\b(?:over the age of 65|aged 65|over 65|65 (?:and|or|years))",
    ),
    _demographic("districts", "count", rf"\b{NUMBER} (?:district|borough)s?\b"),
    _demographic(
        "rurality-rank",
        "rank",
        rf"\b(?P<value>(?:(?:{'|'.join(o for o in ORDINALS if o != 'most')}) )?most)"
        r" rural (?:county|council|authority|area)",
    ),
    _demographic(
        "deprivation-decile",
        "score",
        r"\b(?:Index of Multiple Deprivation|IMD)\b[^.]{0,120}?\b(?:is|of|was|as) (?:a )?"
        r"(?P<value>10|[1-9])(?=\s*\(|\s*[.,]|\s*$|\s+out of 10)",
    ),
    _demographic("communities-of-interest", "count", rf"\b{NUMBER} [‘'\"]?communities of interest"),
    _demographic(
        "ethnic-diversity",
        "percent",
        rf"{PERCENT}[^.%]{{0,60}}?\b(?:ethnic minorit|minority ethnic|Black, Asian)",
    ),
    _financial("total-budget-estimated", "gbp", rf"\btotal budget would be {MONEY}"),
    _financial(
        "adult-social-care-estimated", "gbp", rf"would spend {MONEY}[^.£]{{0,40}}on adult social care"
    ),
    _financial(
        "adult-social-care-share",
        "percent",
        rf"\b{NUMBER}\s?% of (?:the|its|this) (?:total )?budget was spent on adult social care",
    ),
    _financial(
        "precept-raised",
        None,
        r"\braised the (?P<value>full|maximum|partial) adult social care precept for (?P<periods>[^.]{4,60})",
    ),
    _financial("long-term-support", "count", rf"\b{NUMBER} people were accessing long-term"),
    _financial("short-term-support", "count", rf"\b{NUMBER} people were accessing short-term"),
)
