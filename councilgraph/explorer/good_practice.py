"""What good looks like: themes praised where a statement scored high, and criticised where it scored low.

As the stored questions Q10 and Q11 count it (a test holds the three together), from the
findings that the pages hold in memory: the questions take seconds, and a page has
milliseconds. Reports are counted and not sentences; a mixed sentence is praise and criticism.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from councilgraph.explorer.entries import Entry
from councilgraph.explorer.findings import Findings, Named
from councilgraph.explorer.scores import HIGH, Report, Scores, key_of

PRAISE = ("strength", "mixed")
CRITICISM = ("improvement", "mixed")
# Enough to show another one where a sentence has been shown for another theme, or its council has.
_EXAMPLES = 200


@dataclass(frozen=True, slots=True)
class Contrast:
    """How many reports praise and criticise a theme under one statement.

    ``not_found`` are the low reports in whose section it was not found; ``contrast`` is the
    per cent of high reports that praise it less that of low ones, None where there are none.
    ``examples`` are some sentences of high reports that praise it, the plainest first.
    """

    theme: Named
    praised_high: int
    criticised_high: int
    praised_low: int
    criticised_low: int
    not_found_low: int
    contrast: Decimal | None
    examples: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A theme criticised in low reports: how many tell of it, in how many sentences, some of them."""

    theme: Named
    reports: int
    share: Decimal
    sentences: int
    examples: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class GoodPractice:
    """Both sides of a statement; ``high`` and ``low`` are the numbers of reports whose section was read."""

    high: int
    low: int
    contrasts: tuple[Contrast, ...]
    shortfalls: tuple[Shortfall, ...]


def good_practice(
    found: Findings,
    scores: Scores,
    statement: str,
    wanted: Callable[[Report], bool] = lambda report: not report.assessment.indicative,
) -> GoodPractice:
    """What the reports say of a statement (a slug) by theme; ``wanted`` chooses the reports."""
    read: dict[str, int] = {}
    by_theme: dict[str, list[Entry]] = defaultdict(list)
    for entry in found.select(statement=statement):
        report, score = scores.report(entry), scores.of(entry)
        if not entry.polarity or report is None or score is None or not wanted(report):
            continue
        read[report.key] = score
        for theme in entry.themes:
            by_theme[theme].append(entry)
    high = {key for key, score in read.items() if score in HIGH}
    low = read.keys() - high
    named = {theme: found.named("theme", theme) for theme in by_theme}
    contrasts = [_contrast(named[theme], entries, high, low) for theme, entries in by_theme.items()]
    shortfalls = [
        _shortfall(named[theme], weak, len(low))
        for theme, entries in by_theme.items()
        if (weak := [e for e in entries if e.polarity in CRITICISM and key_of(e) in low])
    ]
    contrasts = [one for one in contrasts if one.praised_high]
    contrasts.sort(key=lambda one: (-(one.contrast or 0), -one.praised_high, one.theme.label))
    shortfalls.sort(key=lambda one: (-one.reports, -one.sentences, one.theme.label))
    return GoodPractice(len(high), len(low), tuple(contrasts), tuple(shortfalls))


def _contrast(theme: Named, entries: Sequence[Entry], high: set[str], low: set[str]) -> Contrast:
    praising = [entry for entry in entries if entry.polarity in PRAISE]
    praised = _reports(praising)
    criticised = _reports(entry for entry in entries if entry.polarity in CRITICISM)
    # A plain strength says it better than a sentence that takes half of it back.
    examples = sorted(
        (entry for entry in praising if key_of(entry) in high),
        key=lambda e: (e.polarity != "strength", e.iri),
    )
    return Contrast(
        theme,
        *(len(praised & high), len(criticised & high), len(praised & low), len(criticised & low)),
        len(low - _reports(entries)),
        _difference(len(praised & high), len(high), len(praised & low), len(low)),
        tuple(examples[:_EXAMPLES]),
    )


def _shortfall(theme: Named, weak: Sequence[Entry], low: int) -> Shortfall:
    reports = len(_reports(weak))
    examples = sorted(weak, key=lambda entry: (entry.polarity != "improvement", entry.iri))
    share = _rounded(_share(reports, low))
    return Shortfall(theme, reports, share, len(weak), tuple(examples[:_EXAMPLES]))


def _reports(entries: Iterable[Entry]) -> set[str]:
    return {key_of(entry) for entry in entries}


def _difference(part: int, whole: int, other_part: int, other_whole: int) -> Decimal | None:
    if not whole or not other_whole:
        return None
    return _rounded(_share(part, whole) - _share(other_part, other_whole))


def _share(part: int, whole: int) -> Decimal:
    return Decimal(part * 100) / whole


def _rounded(share: Decimal) -> Decimal:
    """To one place, a half up, as SPARQL rounds."""
    return (share * 10 + Decimal("0.5")).to_integral_value(ROUND_FLOOR) / 10
