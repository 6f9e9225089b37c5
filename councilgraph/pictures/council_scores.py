"""One council beside others: how many scored lower, the same and higher, statement by statement."""

from __future__ import annotations

from collections.abc import Mapping

from councilgraph.catalogue import Column
from councilgraph.pictures.choosing import only_one
from councilgraph.pictures.model import Picture
from councilgraph.pictures.sheet import (
    MARGIN,
    NOT_FOUND,
    SCORES,
    WHAT_A_SCORE_IS_NOT,
    Mark,
    Sheet,
    day,
    table_of,
)
from councilgraph.pictures.source import Record, Source
from councilgraph.pictures.svg import FAINT, INK, SMALL, Drawing
from councilgraph.pictures.text import counted, fit, listed, wrap

LOWER, SAME, HIGHER = "#dbe7f3", "#9fb2be", "#b55a00"
_NAME, _BAR, _ROW, _HEAD, _SPACE = 226.0, 196.0, 46.0, 54.0, 26.0
_SCORE = 40.0
_MOST_GROUPS = 5
_KINDS = (("lower", LOWER), ("same", SAME), ("higher", HIGHER))
_PILOT = (
    "Only the pilot of 2023 was found for this council; its scores are indicative, and the pilots of "
    "other councils are counted too."
)
COLUMNS = (
    Column("authority", "string", "official name of the council"),
    Column("authority-iri", "iri", "the council"),
    Column("published", "month", "day of publication of its latest assessment, or the month"),
    Column("statement", "string", "quality statement"),
    Column("statement-iri", "iri", "its concept"),
    Column("score", "integer", "the council's score"),
    Column("compared-with", "string", "England, its region, its type, or a list of neighbours"),
    Column("councils", "integer", "other councils in that group"),
    Column("assessed", "integer", "those of them that have a score for the statement"),
    Column("lower", "integer", "how many of them scored lower"),
    Column("same", "integer", "how many scored the same"),
    Column("higher", "integer", "how many scored higher"),
)


def council_scores(source: Source, chosen: Mapping[str, str]) -> Picture:
    """A council's latest assessment against those of England, its region, its type and its neighbours.

    Raises:
        UsageError: the council is unknown, or more than one was given.
    """
    council = only_one(source, chosen)
    given = {name: chosen.get(name) for name in ("authority", "nearest", "pilots")}
    rows = source.records("compare-with-neighbours", **given)
    only_pilot = not rows and chosen["pilots"] == "no"
    if only_pilot:
        rows = source.records("compare-with-neighbours", **{**given, "pilots": "yes"})
    title = f"{council}: scores beside those of other councils"
    groups = list(dict.fromkeys(str(row["compared-with"]) for row in rows if row["councils"]))
    drawn = groups[:_MOST_GROUPS]
    when = f"Assessment published {day(rows[0]['published'])}; others by their latest" if rows else ""
    wide = _NAME + _SCORE + max(len(drawn), 2) * (_BAR + _SPACE) + 2 * MARGIN
    sheet = Sheet("council-scores", chosen, wide, title, when)
    sheet.key(
        [
            Mark(LOWER, "scored lower than this council"),
            Mark(SAME, "the same"),
            Mark(HIGHER, "higher"),
        ]
    )
    if rows:
        _head(sheet, rows, drawn)
        for statement, of_statement in _by_statement(rows).items():
            _row(sheet, statement, of_statement, drawn)
        sheet.y += 8
    else:
        sheet.drawing.text(sheet.left, sheet.y + 20, NOT_FOUND)
        sheet.y += 44
    return sheet.close(
        [_PILOT, *_notes(rows, groups, drawn)] if rows and only_pilot else _notes(rows, groups, drawn),
        _described(council, rows),
        table_of("council-scores", title, COLUMNS, rows),
    )


def _by_statement(rows: list[Record]) -> dict[str, dict[str, Record]]:
    """Statement to group to row, both in the order of the query."""
    found: dict[str, dict[str, Record]] = {}
    for row in rows:
        found.setdefault(str(row["statement"]), {})[str(row["compared-with"])] = row
    return found


def _place(sheet: Sheet, group: int) -> float:
    return sheet.left + _NAME + _SCORE + group * (_BAR + _SPACE)


def _head(sheet: Sheet, rows: list[Record], groups: list[str]) -> None:
    drawing, y = sheet.drawing, sheet.y
    drawing.text(sheet.left + _NAME + 12, y + 36, "Score", size=SMALL, fill=FAINT, anchor="middle")
    for at, group in enumerate(groups):
        kind, _, name = group.partition(": ")
        assessed = max(int(str(row["assessed"])) for row in rows if row["compared-with"] == group)
        councils = next(row["councils"] for row in rows if row["compared-with"] == group)
        drawing.text(_place(sheet, at), y + 2, kind if name else "Country", size=SMALL, fill=FAINT)
        drawing.text(_place(sheet, at), y + 19, fit(name or kind, _BAR, 13, bold=True), bold=True)
        words = f"{assessed} of {councils} other councils assessed"
        drawing.text(_place(sheet, at), y + 36, words, size=SMALL, fill=FAINT)
    sheet.y += _HEAD + 8


def _row(sheet: Sheet, statement: str, groups: Mapping[str, Record], drawn: list[str]) -> None:
    drawing, y = sheet.drawing, sheet.y
    drawing.rule(sheet.left, y - 8, sheet.right, y - 8)
    lines = wrap(statement, _NAME - 16, 13, most=2)
    drawing.lines(sheet.left, y + (13 if len(lines) == 1 else 6), lines, size=13)
    score = next(iter(groups.values()))["score"]
    shade = SCORES.get(score) if isinstance(score, int) else None
    x = sheet.left + _NAME
    frame = INK if score == 1 else None
    drawing.rect(x, y - 2, 24, 24, shade.fill if shade else "#ffffff", stroke=frame, stroke_width=1.4)
    drawing.text(x + 12, y + 15, "–" if score is None else score, size=15, bold=True, anchor="middle")
    for at, name in enumerate(drawn):
        if name in groups:
            _bar(drawing, _place(sheet, at), y - 2, groups[name])
    sheet.y += _ROW


def _bar(drawing: Drawing, x: float, y: float, row: Record) -> None:
    """The shares of a group as a bar, and the numbers below it, whether or not a share can be seen."""
    counts = [int(str(row[kind] or 0)) for kind, _ in _KINDS]
    total = sum(counts)
    if not total:
        drawing.text(x, y + 15, "no score to compare with", size=SMALL, fill=FAINT)
        return
    at = x
    for (_, fill), count in zip(_KINDS, counts, strict=True):
        drawing.rect(at, y, _BAR * count / total, 14, fill)
        at += _BAR * count / total
    drawing.rect(x, y, _BAR, 14, "none", stroke=FAINT, stroke_width=0.8)
    for share in (counts[0], counts[0] + counts[1]):
        if 0 < share < total:
            drawing.rule(x + _BAR * share / total, y, x + _BAR * share / total, y + 14, stroke=INK)
    places = ((x, ""), (x + _BAR / 2, "middle"), (x + _BAR, "end"))
    for (place, anchor), (kind, _), count in zip(places, _KINDS, counts, strict=True):
        drawing.text(place, y + 27, f"{count} {kind}", size=SMALL, anchor=anchor)


def _notes(rows: list[Record], groups: list[str], drawn: list[str]) -> list[str]:
    notes = []
    if left := groups[len(drawn) :]:
        notes.append(
            f"{counted(len(left), 'list')} of neighbours not drawn; the table holds them: {listed(left, 3)}."
        )
    if any(row["compared-with"] == "Neighbours: no list in the graph" for row in rows):
        notes.append("No list of nearest neighbours is in this graph.")
    notes.append("Each group is the other councils of it that have a score. " + WHAT_A_SCORE_IS_NOT)
    return notes


def _described(council: str, rows: list[Record]) -> str:
    england = [row for row in rows if row["compared-with"] == "England"]
    if not england:
        return NOT_FOUND
    said = "; ".join(
        f"{row['statement']}: score {row['score'] or 'not published'}, "
        f"{row['lower']} lower, {row['same']} the same, {row['higher']} higher"
        for row in england
    )
    return (
        f"For each quality statement, the score of {council} and how many other councils in England "
        f"scored lower, the same and higher. {said}. "
        "The other groups stand in the table beside the picture."
    )
