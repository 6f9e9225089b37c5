"""A measurement as plain values: what ``bench accuracy`` prints as JSON and pages are made from."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from councilgraph.accuracy.measuring import Measurement
from councilgraph.accuracy.split import PARTS
from councilgraph.accuracy.tally import POLARITIES, Score, Tally

ALL = "all"
# What the project set out to reach on pages that nobody looked at: (label, figure, value).
TARGETS = {
    "header fields": ("precision", 1.0),
    "sentences": ("recall", 1.0),
    "polarity: mean of the four": ("f1", 0.70),
    "shortfalls (improvement or mixed)": ("f1", 0.85),
    "voice": ("f1", 0.88),
    "themes": ("f1", 0.75),
    "mentions": ("f1", 0.85),
    "named mentions": ("f1", 0.92),
    "mention types": ("precision", 0.95),
    "full names": ("precision", 0.95),
    "partnerships": ("f1", 0.70),
    "parties": ("f1", 0.80),
    "strategies": ("f1", 0.90),
    "strategy years": ("precision", 0.95),
    "statistics": ("f1", 0.90),
    "law": ("f1", 0.95),
}
# Here all that is expected is given: there is one figure, the part that is right.
SHARES = ("header fields", "polarity", "mention types", "full names", "strategy years")
Row = dict[str, Any]


def record(measurement: Measurement, rules: str, part: str | None = None) -> dict[str, Any]:
    """The whole measurement, or that of one part, or of ``all`` taken together.

    ``rules`` is the version of the rules that were measured ("0.1.0+1a2b3c4d").
    """
    chosen = measurement.parts
    if part == ALL:
        total = Tally()
        for tally in chosen.values():
            total.add(tally)
        chosen = {ALL: total}
    names = [name for name in (*PARTS, ALL) if name in chosen and part in (None, name)]
    return {
        "rules": rules,
        "measured_on": [
            {**asdict(page), "sections": list(page.sections)}
            for page in measurement.pages
            if part in (None, ALL, page.part)
        ],
        "parts": {name: _part(chosen[name]) for name in names},
        "problems": list(measurement.problems),
    }


def _part(tally: Tally) -> dict[str, list[Row]]:
    rows: list[Row] = []
    for name in ("header fields", "sentences"):
        rows.append(_row(name, tally.score(name)))
    rows.append(_row("polarity", tally.polarity_right))
    rows.append(_mean(tally))
    rows += [_row(f"polarity: {one}", tally.of_polarity((one,))) for one in POLARITIES]
    rows.append(_row("shortfalls (improvement or mixed)", tally.shortfalls))
    rows.append(_row("voice", tally.score("voice")))
    rows += [_row(f"voice: {name}", score) for name, score in sorted(tally.voices.items())]
    for name in list(TARGETS)[list(TARGETS).index("themes") :]:
        rows.append(_row(name, tally.score(name)))
    themes = sorted(tally.themes.items(), key=lambda item: (-item[1].expected, item[0]))
    return {"labels": rows, "themes": [_row(name, score) for name, score in themes]}


def _row(name: str, score: Score) -> Row:
    """The three figures to three places, null where there was nothing to measure."""
    share = name in SHARES
    return {
        "label": name,
        "precision": round(score.precision, 3) if score.given else None,
        "recall": round(score.recall, 3) if score.expected and not share else None,
        "f1": round(score.f1, 3) if (score.given or score.expected) and not share else None,
        "right": score.right,
        "expected": score.expected,
        "given": score.given,
    }


def _mean(tally: Tally) -> Row:
    f1 = round(tally.polarity_f1, 3) if tally.polarity else None
    empty = dict.fromkeys(("precision", "recall"))
    counts = dict.fromkeys(("right", "expected", "given"))
    return {"label": "polarity: mean of the four", **empty, "f1": f1, **counts}
