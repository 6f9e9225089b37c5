"""When assessments were published, and with which rating: a square for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from councilgraph.pictures.choosing import SCORE_COLUMNS, assessments, not_drawn, scope
from councilgraph.pictures.model import Picture
from councilgraph.pictures.sheet import (
    MONTHS,
    NOT_FOUND,
    RATINGS,
    Mark,
    Sheet,
    day,
    draw_mark,
    table_of,
)
from councilgraph.pictures.source import Record, Source
from councilgraph.pictures.svg import FAINT, INK, PAPER, RULE, SMALL, Drawing
from councilgraph.pictures.text import counted, fit, width

_WIDE, _AXIS, _SQUARE = 1080.0, 34.0, 17.0
_MOST_NAMED = 36  # so many assessments have a line and a name each
_NAME, _LINE = 260.0, 22.0
_MOST_COLUMNS = 48
_HIGHEST_STACK = 32
Step = tuple[int, int]  # year and number within the year
# How many months stand in one column, and what the column is called.
_STEPS = ((1, "month"), (3, "quarter"), (12, "year"))


def timeline(source: Source, chosen: Mapping[str, str]) -> Picture:
    """The assessments that fit the choices, by date of publication."""
    rows = sorted(assessments(source, chosen), key=lambda row: (_time(row), str(row["authority"])))
    of = scope(source, chosen)
    title = "Assessments by date of publication" + (f": {of}" if of else "")
    councils = len({row["authority-iri"] for row in rows})
    subtitle = f"{counted(len(rows), 'assessment')} of {counted(councils, 'council')}"
    if rows:
        subtitle += f", {day(rows[0]['published'])} to {day(rows[-1]['published'])}"
    sheet = Sheet("timeline", chosen, _WIDE, title, subtitle)
    marks = [Mark(fill, name, letter) for name, (letter, fill) in RATINGS.items()]
    if any(not row["rating"] for row in rows):
        marks.append(Mark(PAPER, "no rating published", "–"))
    if any(row["status"] == "indicative" for row in rows):
        marks.append(Mark(PAPER, "broken frame: pilot, indicative rating", stroke=INK, dashes="3 2"))
    sheet.key(marks)
    if not rows:
        sheet.drawing.text(sheet.left, sheet.y + 20, NOT_FOUND)
        sheet.y += 44
    elif len(rows) <= _MOST_NAMED:
        _lines(sheet, rows)
    else:
        _stacks(sheet, rows)
    notes = not_drawn(source, chosen, rows)
    notes.append("A council that was assessed twice stands here twice.")
    return sheet.close(notes, _described(rows), table_of("timeline", title, SCORE_COLUMNS, rows))


def _mark(row: Record) -> Mark:
    pilot = row["status"] == "indicative"
    name = str(row["rating"] or "").removesuffix(" (indicative)")
    letter, fill = RATINGS.get(name, ("–", PAPER))
    return Mark(fill, "", letter, INK if pilot else RULE, "3 2" if pilot else "")


def _month(row: Record) -> int:
    """The month of publication, counted from the year 0."""
    year, month = str(row["published"]).split("-")[:2]
    return int(year) * 12 + int(month) - 1


def _lines(sheet: Sheet, rows: list[Record]) -> None:
    """Few assessments: a line for each, with the council's name."""
    drawing, top = sheet.drawing, sheet.y + 22
    first, last = _month(rows[0]), _month(rows[-1]) + 1
    left, wide = sheet.left + _NAME, sheet.right - sheet.left - _NAME - _SQUARE
    step = wide / max(last - first, 1)
    bottom = top + len(rows) * _LINE
    every = next(n for n in (1, 3, 6, 12, 24, 60, 120, 1200) if (last - first) / n <= 12)
    for month in range(first, last + 1):
        if month % every == 0:
            x = left + (month - first) * step
            words = str(month // 12) if every >= 12 else f"{MONTHS[month % 12][:3]} {month // 12}"
            if x + width(words, SMALL) <= sheet.right:
                drawing.text(x, top - 8, words, size=SMALL, fill=FAINT)
            drawing.rule(x, top - 4, x, bottom)
    for at, row in enumerate(rows):
        y = top + at * _LINE
        x = left + (_time(row) - first) * step
        drawing.text(sheet.left, y + 15, fit(_name(row), _NAME - 84, 12), size=12)
        words = day(row["published"])
        short = words.replace(words.split()[-2], words.split()[-2][:3]) if len(words.split()) > 1 else words
        drawing.text(left - 10, y + 15, short, size=SMALL, fill=FAINT, anchor="end")
        drawing.rule(left, y + _LINE / 2, x, y + _LINE / 2, stroke_dasharray="1 3")
        draw_mark(drawing, x, y + 2, _SQUARE, _mark(row))
    sheet.y = bottom + 16


def _time(row: Record) -> float:
    """The month with the part of it that had passed; half of it where the day is not known."""
    parts = str(row["published"]).split("-")
    return _month(row) + ((int(parts[2]) - 1) / 31 if len(parts) > 2 else 0.5)


def _name(row: Record) -> str:
    return f"{row['short-name']}{' (pilot)' if row['status'] == 'indicative' else ''}"


def _stacks(sheet: Sheet, rows: list[Record]) -> None:
    """Many assessments: squares on top of each other for each month, quarter or year."""
    months = _month(rows[-1]) - _month(rows[0]) + 1
    size, word = next((one for one in _STEPS if months / one[0] <= _MOST_COLUMNS), _STEPS[-1])
    stacks: dict[int, list[Record]] = {
        n: [] for n in range(_month(rows[0]) // size, _month(rows[-1]) // size + 1)
    }
    for row in rows:
        stacks[_month(row) // size].append(row)
    bands = list(RATINGS)
    for stack in stacks.values():
        # The same rating together, best at the foot: the shape of a stack can be compared.
        stack.sort(key=lambda row: (row["status"] == "indicative", _band(row, bands), str(row["authority"])))
    drawing, tallest = sheet.drawing, max(map(len, stacks.values()))
    side = min(_SQUARE, (sheet.right - sheet.left - _AXIS) / len(stacks) - 3)
    tall = side if tallest <= _HIGHEST_STACK else side * _HIGHEST_STACK / tallest
    top, step = sheet.y + 12, (sheet.right - sheet.left - _AXIS) / len(stacks)
    bottom = top + tallest * tall
    _scale(sheet, bottom, tall, tallest)
    for at, (number, stack) in enumerate(stacks.items()):
        x = sheet.left + _AXIS + at * step + (step - side) / 2
        for up, row in enumerate(stack):
            _square(drawing, x, bottom - (up + 1) * tall, (side, tall), row)
        _under(drawing, sheet.left + _AXIS + at * step, bottom, step, (number, size), first=at == 0)
    drawing.rule(sheet.left + _AXIS, bottom + 0.5, sheet.right, bottom + 0.5, stroke=INK)
    drawing.text(
        sheet.left, bottom + 46, f"Squares: assessments published in each {word}", size=SMALL, fill=FAINT
    )
    sheet.y = bottom + 60


def _square(drawing: Drawing, x: float, y: float, size: tuple[float, float], row: Record) -> None:
    side, tall = size
    mark = _mark(row)
    with drawing.group(f"{_name(row)}, {day(row['published'])}, {row['rating'] or 'no rating published'}"):
        if tall >= _SQUARE - 5 and side >= _SQUARE - 5:
            draw_mark(drawing, x, y + (tall - min(side, tall)) / 2, min(side, tall), mark)
        else:
            dashes = mark.dashes or None
            drawing.rect(x, y, side, tall, mark.fill, stroke=mark.stroke, stroke_dasharray=dashes)


def _scale(sheet: Sheet, bottom: float, tall: float, tallest: int) -> None:
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100, 1000) if tallest / n <= 8)
    for count in range(0, tallest + 1, every):
        y = bottom - count * tall
        sheet.drawing.text(sheet.left + _AXIS - 8, y + 4, count, size=SMALL, fill=FAINT, anchor="end")
        sheet.drawing.rule(sheet.left + _AXIS, y, sheet.right, y, stroke_width=0.6)


def _under(drawing: Drawing, x: float, bottom: float, step: float, at: Step, *, first: bool) -> None:
    """The label of a column, and of its year where one begins."""
    number, size = at
    month = number * size
    if size == 12:
        drawing.text(x + step / 2, bottom + 16, number, size=SMALL, fill=FAINT, anchor="middle")
        return
    inside = MONTHS[month % 12][0] if size == 1 else f"Q{month % 12 // 3 + 1}"
    drawing.text(x + step / 2, bottom + 16, inside, size=SMALL, fill=FAINT, anchor="middle")
    if month % 12 == 0 or first:
        drawing.rule(x, bottom, x, bottom + 32)
        room = (12 - month % 12) // size * step
        if room > 34:
            drawing.text(x + 4, bottom + 31, month // 12, size=SMALL)


def _band(row: Record, bands: list[str]) -> int:
    name = str(row["rating"] or "").removesuffix(" (indicative)")
    return bands.index(name) if name in bands else len(bands)


def _described(rows: list[Record]) -> str:
    if not rows:
        return NOT_FOUND
    years = Counter(str(row["published"])[:4] for row in rows)
    ratings = Counter(str(row["rating"] or "no rating published") for row in rows)
    by_year = ", ".join(f"{count} in {year}" for year, count in sorted(years.items()))
    by_rating = ", ".join(f"{count} {name}" for name, count in ratings.most_common())
    return f"Assessments by date of publication: {by_year}. By rating: {by_rating}."
