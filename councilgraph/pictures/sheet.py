"""What every picture has in common: heading, key, note and source, and its own identifiers.

A picture is copied out of its page into a report, so what it must not be read without stands
in the drawing itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from zlib import crc32

from councilgraph.catalogue import Column
from councilgraph.pictures.model import Picture
from councilgraph.pictures.source import Record
from councilgraph.pictures.svg import FAINT, INK, LARGE, RULE, SIZE, SMALL, Drawing
from councilgraph.pictures.text import width, wrap
from councilgraph.results.whole import Table
from councilgraph.version import __version__

MARGIN = 24.0
SOURCE = (
    "Source: assessments published by the Care Quality Commission. Contains Care Quality Commission "
    f"information. Drawn by councilgraph {__version__}."
)
WHAT_A_SCORE_IS_NOT = (
    "A score, from 1 to 4, is the regulator's judgement of one quality statement at one time. Scores are "
    "coarse and many councils share them, so they give no ranking."
)
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
NOT_FOUND = "Nothing was found for these choices."


@dataclass(frozen=True, slots=True)
class Score:
    """A score: its fill, from light to dark so that a grey print keeps the order, and its meaning."""

    fill: str
    meaning: str


# Letters on every fill are black with a contrast of at least 6 to 1.
SCORES = {
    1: Score("#fff1c2", "significant shortfalls"),
    2: Score("#c6dea6", "some shortfalls"),
    3: Score("#8cc5c0", "good standard"),
    4: Score("#5f9fd0", "exceptional standard"),
}
# The rating bands in the regulator's order, best first, with letter and fill.
RATINGS = {
    "Outstanding": ("O", SCORES[4].fill),
    "Good": ("G", SCORES[3].fill),
    "Requires improvement": ("R", SCORES[2].fill),
    "Inadequate": ("I", SCORES[1].fill),
}


class Mark(NamedTuple):
    """One entry of the key: what is drawn for it, and what it means."""

    fill: str
    words: str
    letter: str = ""
    stroke: str = RULE
    dashes: str = ""
    shape: str = "rect"


class Sheet:
    """A drawing with its heading, to be filled from ``y`` downwards and closed."""

    def __init__(self, name: str, chosen: Mapping[str, str], wide: float, title: str, subtitle: str) -> None:
        asked = "&".join(f"{key}={value}" for key, value in sorted(chosen.items()))
        self.name, self.title = name, title
        self.drawing = Drawing(wide, f"{name}-{crc32(asked.encode(errors='replace')):08x}")
        self.left, self.right = MARGIN, wide - MARGIN
        room = self.right - self.left
        y = self.drawing.lines(
            self.left, MARGIN + LARGE, wrap(title, room, LARGE, bold=True), size=LARGE, bold=True
        )
        self.y = self.drawing.lines(self.left, y - 4, wrap(subtitle, room, SIZE), size=SIZE, fill=FAINT)

    def key(self, marks: Sequence[Mark]) -> None:
        """The key, in as many lines as it needs."""
        x, step = self.left, 16.0
        for mark in marks:
            wide = step + 6 + width(mark.words, SMALL + 1) + 18
            if x > self.left and x + wide > self.right:
                x, self.y = self.left, self.y + 22
            draw_mark(self.drawing, x, self.y - 11, step, mark)
            self.drawing.text(x + step + 6, self.y + 1, mark.words, size=SMALL + 1)
            x += wide
        self.y += 24

    def close(self, notes: Sequence[str], description: str, table: Table) -> Picture:
        """The picture, with the notes and the source at its foot."""
        drawing, room = self.drawing, self.right - self.left
        drawing.rule(self.left, self.y, self.right, self.y)
        y = self.y + 18
        for line in (*notes, SOURCE):
            y = drawing.lines(self.left, y, wrap(line, room, SMALL), size=SMALL, fill=FAINT) + 3
        height = y - SMALL * 1.4 + MARGIN / 2 + 6
        svg = drawing.finish(height, self.title, description)
        note = " ".join(notes)
        size = (round(drawing.width), round(height))
        return Picture(self.name, self.title, description, svg, table, note, size)


def draw_mark(drawing: Drawing, x: float, y: float, side: float, mark: Mark) -> None:
    """The square, circle or line that stands for something."""
    dashes = mark.dashes or None
    if mark.shape == "circle":
        drawing.add(
            "circle", cx=x + side / 2, cy=y + side / 2, r=side / 2 - 2.5, fill=mark.fill, stroke=mark.stroke,
            stroke_width=1.5,
        )  # fmt: skip
    elif mark.shape == "line":
        middle = y + side / 2
        drawing.rule(x, middle, x + side, middle, stroke=mark.stroke, stroke_width=3, stroke_dasharray=dashes)
    else:
        how = {"stroke": mark.stroke, "stroke_dasharray": dashes, "stroke_width": 1.5 if dashes else 1}
        drawing.rect(x + 0.5, y + 0.5, side - 1, side - 1, mark.fill, **how)
    if mark.letter:
        drawing.text(x + side / 2, y + side / 2 + 4, mark.letter, size=SMALL, fill=INK, anchor="middle")


def table_of(name: str, title: str, columns: Sequence[Column], records: Sequence[Record]) -> Table:
    """The records as the table beside the picture; its name must be its own on any page."""
    rows = tuple(tuple(record.get(column.name) for column in columns) for record in records)
    return Table(f"picture-{name}", title, tuple(columns), rows)


def day(value: object) -> str:
    """2025-05-30 as 30 May 2025, 2025-05 as May 2025."""
    parts = str(value or "").split("-")
    if len(parts) < 2 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return str(value or "")
    month = f"{MONTHS[int(parts[1]) - 1]} {parts[0]}"
    return f"{int(parts[2])} {month}" if len(parts) > 2 else month
