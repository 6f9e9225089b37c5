"""Heat map: councils by quality statements, every score a shade and a number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from councilgraph.pictures.choosing import SCORE_COLUMNS, assessments, latest, not_drawn, scope
from councilgraph.pictures.model import Picture
from councilgraph.pictures.sheet import (
    MARGIN,
    NOT_FOUND,
    RATINGS,
    SCORES,
    WHAT_A_SCORE_IS_NOT,
    Mark,
    Sheet,
    table_of,
)
from councilgraph.pictures.source import Record, Source
from councilgraph.pictures.svg import FAINT, INK, PAPER, Drawing
from councilgraph.pictures.text import counted, fit, width
from councilgraph.results.values import Value
from councilgraph.statements import STATEMENTS

_ROW, _CELL, _HEAD, _GAP = 19.0, 25.0, 96.0, 36.0
_PERCENT, _RATING = 46.0, 146.0
_LONGEST_NAME = 190.0
_ROWS_OF_A_PANEL = 60  # more rows than this stand beside each other
_ORDERS = {"region": "by region", "type": "by type of council", "rating": "by rating, then by percentage"}
_NO_RATING, _PILOT = "No rating published", "Indicative ratings of the pilots"
Line = tuple[str, Record | None]  # a heading, or a council


def heat_map(source: Source, chosen: Mapping[str, str]) -> Picture:
    """The latest assessment of each council that fits the choices; see `kinds` for the choices."""
    found = assessments(source, chosen)
    rows = latest(found)
    groups = _grouped(rows, chosen["order"])
    of = scope(source, chosen)
    title = "Scores on the nine quality statements" + (f": {of}" if of else "")
    subtitle = f"The latest assessment of {counted(len(rows), 'council')}, {_ORDERS[chosen['order']]}"
    panels = _panels(groups, chosen.get("panels", "auto"))
    names = [str(row["short-name"]) + _suffix(row) for row in rows]
    name_room = min(max([90.0, *(width(name, 12) + 8 for name in names)]), _LONGEST_NAME)
    panel = name_room + 9 * _CELL + _PERCENT + _RATING
    wide = max(len(panels) * (panel + _GAP) - _GAP + 2 * MARGIN, 640)
    sheet = Sheet("heat-map", chosen, wide, title, subtitle)
    sheet.key(
        [
            *(
                Mark(one.fill, f"{score} {one.meaning}", str(score), INK if score == 1 else one.fill)
                for score, one in SCORES.items()
            ),
            Mark(PAPER, "no score published", "–"),
        ]
    )
    if rows:
        top = sheet.y
        for at, lines in enumerate(panels):
            _panel(sheet.drawing, sheet.left + at * (panel + _GAP), top, lines, name_room)
        sheet.y = top + _HEAD + max(map(len, panels)) * _ROW + 14
    else:
        sheet.drawing.text(sheet.left, sheet.y + 20, NOT_FOUND)
        sheet.y += 44
    return sheet.close(
        _notes(source, chosen, found, rows),
        _described(rows),
        table_of("heat-map", title, SCORE_COLUMNS, rows),
    )


def _grouped(rows: list[Record], order: str) -> dict[str, list[Record]]:
    """The councils of each group; within a rating by percentage, elsewhere by name."""

    def group(row: Record) -> str:
        if order != "rating":
            return str(row[order] or "Not known")
        if row["status"] == "indicative":
            return _PILOT
        return str(row["rating"] or _NO_RATING)

    bands = [*RATINGS, _NO_RATING, _PILOT]
    found: dict[str, list[Record]] = {}
    for row in sorted(rows, key=lambda row: (str(row["short-name"]), str(row["authority-iri"]))):
        found.setdefault(group(row), []).append(row)
    if order != "rating":
        return dict(sorted(found.items()))
    for band in found.values():
        band.sort(key=lambda row: -int(row["percentage"] or 0))
    return dict(sorted(found.items(), key=lambda one: bands.index(one[0]) if one[0] in bands else len(bands)))


def _panels(groups: Mapping[str, list[Record]], asked: str) -> list[list[Line]]:
    """The lines of each panel; a group that goes on in the next one has its heading there too."""
    total = sum(len(rows) + 1 for rows in groups.values())
    count = int(asked) if asked.isdigit() else min(3, -(-total // _ROWS_OF_A_PANEL))
    most = max(-(-(total + count - 1) // max(count, 1)), 3)
    panels: list[list[Line]] = [[]]
    for name, rows in groups.items():
        # A heading at the foot of a panel would stand over nothing.
        if len(panels[-1]) + 2 > most and panels[-1]:
            panels.append([])
        panels[-1].append((f"{name} ({len(rows)})", None))
        for row in rows:
            if len(panels[-1]) >= most and len(panels) < count:
                panels.append([(f"{name} (continued)", None)])
            panels[-1].append(("", row))
    return panels


def _panel(drawing: Drawing, x: float, y: float, lines: list[Line], name_room: float) -> None:
    cells = x + name_room
    for at, slug in enumerate(STATEMENTS):
        place = cells + (at + 0.5) * _CELL
        drawing.text(place + 4, y + _HEAD - 8, slug.replace("-", " ").capitalize(), size=11, turn=-60)
    after = cells + 9 * _CELL
    drawing.text(after + _PERCENT - 6, y + _HEAD - 8, "%", size=11, anchor="end")
    drawing.text(after + _PERCENT + 6, y + _HEAD - 8, "Rating", size=11)
    y += _HEAD
    shades: dict[int, list[str]] = {}
    for at, (heading, row) in enumerate(lines):
        top = y + at * _ROW
        if row is None:
            drawing.text(
                x, top + 14, fit(heading, after + _PERCENT + _RATING - x, 12, bold=True), size=12, bold=True
            )
            continue
        drawing.text(x, top + 14, fit(str(row["short-name"]) + _suffix(row), name_room - 6, 12), size=12)
        scores = [row[slug] if row[slug] in SCORES else None for slug in STATEMENTS]
        for column, score in enumerate(scores):
            if isinstance(score, int):
                shades.setdefault(score, []).append(f"M{_short(cells + column * _CELL)} {_short(top)}")
        _digits(drawing, cells, top + 14, scores)
        if row["percentage"] is not None:
            drawing.text(after + _PERCENT - 6, top + 14, row["percentage"], size=12, anchor="end")
        drawing.text(after + _PERCENT + 6, top + 14, fit(_band(row), _RATING - 10, 11), size=11, fill=FAINT)
    _cells(drawing, shades)


def _digits(drawing: Drawing, x: float, y: float, scores: Sequence[Value]) -> None:
    """The nine numbers as one text, each with a place of its own."""
    places = " ".join(_short(x + (at + 0.5) * _CELL) for at in range(len(scores)))
    # Placed by attribute: a text element for every score would triple the size of the drawing.
    element = drawing.add("text", x=places, y=y, font_size=12, fill=INK, text_anchor="middle")
    element.text = "".join("–" if score is None else str(score) for score in scores)


def _cells(drawing: Drawing, shades: Mapping[int, list[str]]) -> None:
    """One path for all cells of a shade, under the numbers; those of 1 are framed."""
    side, tall = _short(_CELL - 2), _short(_ROW - 2)
    for score, places in sorted(shades.items()):
        path = "".join(f"{place}h{side}v{tall}h-{side}z" for place in places)
        framed = score == 1
        drawing.add(
            "path", under=True, d=path, fill=SCORES[score].fill,
            stroke=INK if framed else None, stroke_width=1.4 if framed else None,
        )  # fmt: skip


def _band(row: Record) -> str:
    return str(row["rating"] or "none published").removesuffix(" (indicative)")


def _suffix(row: Record) -> str:
    return " (pilot)" if row["status"] == "indicative" else ""


def _notes(source: Source, chosen: Mapping[str, str], found: list[Record], rows: list[Record]) -> list[str]:
    notes = []
    if earlier := len(found) - len(rows):
        notes.append(f"{counted(earlier, 'earlier assessment')} of the same councils left out.")
    if any(row["status"] == "indicative" for row in rows):
        notes.append("Scores and ratings of the pilots of 2023 are indicative.")
    notes += not_drawn(source, chosen, rows)
    notes.append(
        "% is the regulator's percentage, or the sum of the nine scores out of 36, rounded up. "
        + WHAT_A_SCORE_IS_NOT
    )
    return notes


def _described(rows: list[Record]) -> str:
    if not rows:
        return NOT_FOUND
    given = Counter(row[slug] for row in rows for slug in STATEMENTS if row[slug] in SCORES)
    said = "; ".join(f"{score} ({one.meaning}): {given[score]:,}" for score, one in reversed(SCORES.items()))
    return (
        f"A table of {counted(len(rows), 'council')} by nine quality statements. "
        f"How often each of the {given.total():,} scores was given: {said}. "
        "Every score stands in the table beside the picture."
    )


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
