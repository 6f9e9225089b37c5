"""Themes by polarity: areas for improvement to the left, strengths to the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from councilgraph.catalogue import Column
from councilgraph.pictures.choosing import only_one, scope
from councilgraph.pictures.model import Picture
from councilgraph.pictures.sheet import MARGIN, NOT_FOUND, Mark, Sheet, table_of
from councilgraph.pictures.source import Record, Source
from councilgraph.pictures.svg import FAINT, INK, RULE, SMALL, Drawing
from councilgraph.pictures.text import counted, wrap

STRENGTH, IMPROVEMENT, IMPROVEMENT_INK = "#4f9a94", "#fbe3cd", "#b55a00"
_NAME, _LEFT, _RIGHT, _NUMBER, _ROW = 262.0, 210.0, 290.0, 66.0, 24.0
_GAP = 6.0
_ORDERS: dict[str, tuple[str, Callable[[Record], int]]] = {
    "findings": ("with most findings", lambda row: _count(row, "findings")),
    "improvements": ("with most areas for improvement", lambda row: _count(row, "improvements")),
    "strengths": ("with most strengths", lambda row: _count(row, "strengths")),
}
_COLUMNS = (
    Column("theme", "string", "theme"),
    Column("theme-iri", "iri", "its concept"),
    Column("findings", "integer", "findings with this theme"),
    Column("strengths", "integer", "those that are strengths"),
    Column("improvements", "integer", "those that are areas for improvement"),
    Column("mixed", "integer", "those that are both"),
    Column("context", "integer", "those that describe and do not judge"),
)
_COUNCILS = Column("councils", "integer", "councils whose reports have a finding with this theme")


def themes(source: Source, chosen: Mapping[str, str]) -> Picture:
    """Findings by theme and polarity, of one council or of all that fit the choices.

    Raises:
        UsageError: several councils were given, or a council and a region or type.
    """
    council = only_one(source, chosen)
    given = {name: chosen.get(name) for name in ("statement", "since", "until", "pilots")}
    if council:
        rows = source.records("themes-of-council", authority=chosen["authority"], **given)
    else:
        given |= {name: chosen.get(name) for name in ("region", "type")}
        rows = source.records("themes-by-polarity", **given)
    words, key = _ORDERS[chosen["order"]]
    ordered = sorted(rows, key=lambda row: (-key(row), -_count(row, "findings"), str(row["theme"])))
    drawn = ordered[: int(chosen["most"])]
    of = ", ".join(part for part in (council, scope(source, chosen)) if part)
    title = "Strengths and areas for improvement by theme" + (f": {of}" if of else "")
    subtitle = (
        f"Findings in reports; the {len(drawn)} of {counted(len(rows), 'theme')} {words}"
        if len(drawn) < len(rows)
        else f"Findings in reports; {counted(len(rows), 'theme')}"
    )
    wide = _NAME + _LEFT + _RIGHT + 2 * _NUMBER + 2 * MARGIN
    sheet = Sheet("themes", chosen, wide, title, subtitle)
    hatch = sheet.drawing.hatched(IMPROVEMENT, IMPROVEMENT_INK)
    sheet.key([Mark(hatch, "area for improvement", stroke=IMPROVEMENT_INK), Mark(STRENGTH, "strength")])
    if drawn:
        _chart(sheet, drawn, hatch)
    else:
        sheet.drawing.text(sheet.left, sheet.y + 20, NOT_FOUND)
        sheet.y += 44
    columns = _COLUMNS if council else (*_COLUMNS, _COUNCILS)
    notes = [
        "A finding is one sentence of a report; most were read by machine, and a sentence with two themes "
        "counts under each. Few findings on a theme do not mean that little is done.",
    ]
    if left := ordered[len(drawn) :]:
        notes.insert(0, f"{counted(len(left), 'other theme')} in the table beside the picture.")
    return sheet.close(notes, _described(drawn), table_of("themes", title, columns, ordered))


def _chart(sheet: Sheet, rows: list[Record], hatch: str) -> None:
    drawing, top = sheet.drawing, sheet.y + 18
    zero = sheet.left + _NAME + _LEFT
    room_left, room_right = _LEFT - 46, _RIGHT - 46
    most_left = max(_count(row, "improvements") for row in rows)
    most_right = max(_count(row, "strengths") for row in rows)
    # One scale for both sides, or a short bar on one would be longer than a long one on the other.
    scale = min(room_left / max(most_left, 1), room_right / max(most_right, 1))
    heads = sheet.y + 6
    drawing.text(zero - _GAP, heads, "Areas for improvement", size=SMALL, fill=FAINT, anchor="end")
    drawing.text(zero + _GAP, heads, "Strengths", size=SMALL, fill=FAINT)
    for at, name in enumerate(("Both", "Neither")):
        x = zero + _RIGHT + (at + 1) * _NUMBER - 8
        drawing.text(x, heads, name, size=SMALL, fill=FAINT, anchor="end")
    y = top
    for row in rows:
        y += _row(drawing, sheet.left, y, row, scale, hatch)
    drawing.rule(zero, top - 2, zero, y - 2, stroke=INK)
    sheet.y = y + 12


def _row(drawing: Drawing, x: float, y: float, row: Record, scale: float, hatch: str) -> float:
    """Draw a theme and say how much room it took."""
    zero = x + _NAME + _LEFT
    lines = wrap(row["theme"], _NAME - 8, 13, most=2)
    high = _ROW + (len(lines) - 1) * 15
    middle = y + high / 2 - 1
    base, tall = middle + 4.5, _ROW - 7
    weak, strong = _count(row, "improvements"), _count(row, "strengths")
    drawing.rule(x, y + high - 2, zero + _RIGHT + 2 * _NUMBER, y + high - 2, stroke=RULE, stroke_width=0.5)
    for at, line in enumerate(lines):
        drawing.text(x, base + (at - (len(lines) - 1) / 2) * 15, line)
    drawing.rect(zero - weak * scale, middle - tall / 2, weak * scale, tall, hatch, stroke=IMPROVEMENT_INK)
    drawing.rect(zero, middle - tall / 2, strong * scale, tall, STRENGTH)
    drawing.text(zero - weak * scale - _GAP, base, f"{weak:,}", size=12, anchor="end")
    drawing.text(zero + strong * scale + _GAP, base, f"{strong:,}", size=12)
    for at, name in enumerate(("mixed", "context")):
        place = zero + _RIGHT + (at + 1) * _NUMBER - 8
        drawing.text(place, base, f"{_count(row, name):,}", size=12, fill=FAINT, anchor="end")
    return high


def _count(row: Record, name: str) -> int:
    value = row[name]
    return value if isinstance(value, int) else 0


def _described(rows: list[Record]) -> str:
    if not rows:
        return NOT_FOUND
    said = [
        f"{row['theme']}: {_count(row, 'strengths'):,} strengths, "
        f"{_count(row, 'improvements'):,} areas for improvement"
        for row in rows[:10]
    ]
    more = f" {len(rows) - 10} more follow in the table." if len(rows) > 10 else ""
    return (
        "Bars for each theme, areas for improvement to the left and strengths to the right. "
        f"{'; '.join(said)}.{more}"
    )
