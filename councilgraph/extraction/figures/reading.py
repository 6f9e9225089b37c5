"""From sentences to statistics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from councilgraph.extraction.dates import DateSpan, find_dates
from councilgraph.extraction.figures import units, words
from councilgraph.extraction.numbers import NUMERALS, Number, find_numbers
from councilgraph.extraction.vocabulary import Finder, Vocabulary, straight
from councilgraph.model import Finding, Place, Report, Statistic

# A sentence without a digit or one of these words holds no number: most sentences end here.
_DIGIT = re.compile("[0-9]")
_LETTERS = re.compile("[a-z]+")
# "One" and "first" alone stand in every third sentence and are never a figure.
_NUMERALS = NUMERALS - {"one", "zero", "first"}
_FOLLOWS = re.compile(r"(?:this|that|it|which|the\sfigure|these)\b", re.IGNORECASE)
# A bare year counts people only where the words say so ("around 2000 people").
_COUNTS_YEAR = re.compile(r"\s(?:people|adults|carers|residents|referrals|staff|homes|beds)\b")
_QUALIFIED = re.compile(
    r"\b(?:around|about|approximately|nearly|almost|over|than|some|circa)\s$", re.IGNORECASE
)
_WITHIN = re.compile(r"\bwithin(?:\s[\w-]{1,15}){0,3}\s$", re.IGNORECASE)
_SPLIT = 3  # characters between a label and its number: a space, an article


@dataclass(frozen=True, slots=True)
class _Figure:
    statistic: Statistic
    start: int
    end: int
    comparator: bool


def find_statistics(
    report: Report, findings: Iterable[Finding], vocabulary: Vocabulary
) -> tuple[Statistic, ...]:
    """The statistics of a report in reading order.

    A figure's voice is that of its sentence in ``findings``; a national figure's is
    ``national-data``. Each value is made of characters of its sentence (``text``).
    """
    voices = {f.place: f.voices for f in findings}
    qualifiers = vocabulary.finder("qualifier")
    out: list[Statistic] = []
    for paragraph in report.paragraphs:
        last: list[_Figure] = []
        for sentence in paragraph.sentences:
            place = Place(paragraph.section, paragraph.n, sentence.n)
            text = straight(sentence.text)
            if not _DIGIT.search(text) and _NUMERALS.isdisjoint(_LETTERS.findall(text.lower())):
                if last and _FOLLOWS.match(text):
                    _carry(out, last, sentence.text, text)
                last = []
                continue
            figures = list(_read(text, sentence.text, place, voices.get(place, ()), qualifiers))
            if last and _FOLLOWS.match(text) and all(f.comparator for f in figures):
                _carry(out, last, sentence.text, text)
            out.extend(f.statistic for f in figures)
            last = figures
    return tuple(out)


def _carry(out: list[Statistic], last: list[_Figure], printed: str, text: str) -> None:
    """ "This was in line with the national average" speaks of the figure before it."""
    spans = words.verdicts(text)
    own = [f.statistic for f in last if not f.comparator]
    if not spans or not own or own[-1].verdict:
        return
    verdict = printed[slice(*spans[0])]
    at = max(i for i, s in enumerate(out) if s is own[-1])
    out[at] = replace(own[-1], verdict=verdict, comparison=words.comparison_of(verdict))


def _numbers(text: str, dates: tuple[DateSpan, ...]) -> Iterator[Number]:
    """The numbers that are no part of a date."""
    taken = bytearray(len(text))
    for date in dates:
        after = text[date.end : date.end + 20]
        alone = date.end - date.start == len("2000") and date.last is None
        if (
            alone
            and _COUNTS_YEAR.match(after)
            and _QUALIFIED.search(text[max(0, date.start - 20) : date.start])
        ):
            continue
        taken[date.start : date.end] = b"\1" * (date.end - date.start)
    for number in find_numbers(text):
        if not any(taken[number.start : number.end]):
            yield number


def _read(
    text: str, printed: str, place: Place, voices: tuple[str, ...], qualifiers: Finder
) -> Iterator[_Figure]:
    dates = find_dates(text)
    found: list[tuple[Number, str]] = []
    for number in _numbers(text, dates):
        before = text[max(0, number.start - units.BEFORE) : number.start]
        after = text[number.end : number.end + units.AFTER]
        unit = units.unit_of(number, before, after, text)
        bare = unit in (None, "count") and number.form == "digits" and found and found[-1][1] != "rank"
        if bare and words.is_set_against(before, after):
            # "a score of 18.9, in line with the average of 19.0": both are of one unit.
            unit = found[-1][1]
        if unit:
            found.append((number, unit))
    if not found:
        return
    hits = qualifiers.find(text)
    spans = words.verdicts(text)
    period = _period(text, printed, dates)
    subject = ""
    figures: list[_Figure] = []
    for i, (number, unit) in enumerate(found):
        # A figure's own words end where its neighbours begin.
        lower = found[i - 1][0].end if i else 0
        upper = found[i + 1][0].start if i + 1 < len(found) else len(text)
        before = text[max(lower, number.start - 120) : number.start]
        after = text[number.end : min(upper, number.end + 120)]
        comparator = unit != "rank" and words.is_comparator(before, after)
        counts = words.counted(before, after, share=unit == "percent")
        if unit == "gbp":
            counts = words.spent_on(after) or counts
        if comparator:
            counts = subject or counts
        subject = subject or counts
        start = number.start - 1 if before.endswith("£") else number.start
        value: Decimal | str = _normal(number.value)
        qualifier = next((h.slug for h in hits if 0 <= start - h.end <= _SPLIT), None)
        if qualifier is None and _WITHIN.search(before):
            qualifier = "within"
        statistic = Statistic(
            value,
            unit,
            counts,
            place,
            printed[start : number.end],
            qualifier=qualifier,
            period=period,
            voices=("national-data",) if comparator else voices,
        )
        figures.append(_Figure(statistic, start, number.end, comparator))
    yield from _judged(_filled(figures), spans, printed)


def _filled(figures: list[_Figure]) -> list[_Figure]:
    """A figure without words of its own counts what its neighbour does: "12% (48 people)"."""
    out = list(figures)
    for i in range(len(out)):
        if not out[i].statistic.counts and len(out) > 1:
            near = out[i - 1] if i else out[1]
            out[i] = replace(out[i], statistic=replace(out[i].statistic, counts=near.statistic.counts))
    return out


def _normal(value: Decimal | str) -> Decimal | str:
    """A number without the zeros that only printing put there: 1.2 million is 1200000."""
    if isinstance(value, str):
        return value
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _judged(figures: list[_Figure], spans: list[tuple[int, int]], printed: str) -> Iterator[_Figure]:
    """Each verdict belongs to the nearest own figure before it, or else to the first after it."""
    given: dict[int, tuple[int, int]] = {}
    own = [i for i, f in enumerate(figures) if not f.comparator]
    for span in spans:
        ahead = [i for i in own if figures[i].end <= span[0] and i not in given]
        behind = [i for i in own if figures[i].start >= span[1] and i not in given]
        if ahead or behind:
            given[ahead[-1] if ahead else behind[0]] = span
    for i, figure in enumerate(figures):
        if i in given:
            verdict = printed[slice(*given[i])]
            judged = replace(figure.statistic, verdict=verdict, comparison=words.comparison_of(verdict))
            yield replace(figure, statistic=judged)
        else:
            yield figure


def _period(text: str, printed: str, dates: tuple[DateSpan, ...]) -> str | None:
    """The period of a sentence's figures as printed: years first, then words for a time."""
    for date in dates:
        if date.first:
            return printed[date.start : date.end]
    span = words.period_words(text)
    return printed[slice(*span)] if span else None
