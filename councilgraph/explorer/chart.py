"""One plain picture of an answer, where a picture helps: bars, with their numbers beside them.

Which answers have one is decided here, question by question: bars of whatever number came
first would be a picture of nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from xml.etree import ElementTree as ET

from councilgraph.explorer.filters import day
from councilgraph.explorer.page import Table
from councilgraph.results.values import Value, shown

# The column of names and the column of numbers of each question, and what the bars show.
_CHARTS = {
    "Q01": ("authority", "percentage", "Overall percentage of each council"),
    "Q02": ("statement", "share-3-or-4", "Share of scores 3 and 4 on each quality statement, per cent"),
    "Q08": ("month", "assessments", "Assessments published in each month"),
    "Q33": ("organisation", "councils", "Councils whose reports name each organisation"),
    "Q42": ("authority", "days", "Days from the start of the assessment to publication"),
}
MOST = 30  # bars; more cannot be read, and the table has them all
_LABEL, _BAR, _NUMBER, _ROW = 300, 420, 70, 24  # pixels
_LONGEST = 44  # characters of a name
_INK, _FILL = "#0b0c0c", "#1d70b8"


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of an answer: what it shows, the drawing, and what was left out of it."""

    title: str
    svg: str
    note: str


def chart_of(question: str, answer: Table) -> Chart | None:
    """The picture of an answer; None where none would help: no rows, one row, no plain number."""
    names = [column.name for column in answer.columns]
    label, number, title = _CHARTS.get(question, ("", "", ""))
    if label not in names or number not in names:
        return None
    at, to = names.index(label), names.index(number)
    rows = [(row[at], row[to]) for row in answer.rows if _is_number(row[to]) and row[at] is not None]
    if len(rows) < 2 or any(float(shown(value)) < 0 for _, value in rows):
        return None
    part = rows[:MOST]
    notes = []
    if len(part) < len(rows):
        notes.append(f"The first {len(part)} of {len(rows):,} rows are drawn, in the order of the table.")
    if len(rows) < len(answer.rows):
        notes.append(f"{len(answer.rows) - len(rows):,} rows without a number are left out.")
    return Chart(title, _drawn(title, part), " ".join(notes))


def _is_number(value: Value) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def _drawn(title: str, rows: list[tuple[Value, Value]]) -> str:
    """The bars as SVG: presentation attributes only, since the page's policy forbids styles."""
    numbers = [float(shown(value)) for _, value in rows]
    most = max(numbers) or 1.0
    width, height = _LABEL + _BAR + _NUMBER, _ROW * len(rows) + 8
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {width} {height}",
            "width": str(width),
            "height": str(height),
            "role": "img",
            "aria-label": f"{title}: {len(rows)} bars; the numbers stand in the table below.",
            "font-family": "Arial, Helvetica, sans-serif",
            "font-size": "14",
        },
    )
    for place, ((name, value), number) in enumerate(zip(rows, numbers, strict=True)):
        middle = 4 + _ROW * place + _ROW / 2
        text = {"y": f"{middle + 5:g}", "fill": _INK}
        ET.SubElement(svg, "text", {**text, "x": str(_LABEL - 8), "text-anchor": "end"}).text = _short(name)
        length = _BAR * number / most
        bar = {"x": str(_LABEL), "y": f"{middle - 8:g}", "width": f"{length:.1f}", "height": "16"}
        ET.SubElement(svg, "rect", {**bar, "fill": _FILL})
        ET.SubElement(svg, "text", {**text, "x": f"{_LABEL + length + 6:.1f}"}).text = shown(value)
    return ET.tostring(svg, encoding="unicode")


def _short(value: Value) -> str:
    text = "".join(c if c.isprintable() else " " for c in day(shown(value)))
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3].rstrip() + "..."
