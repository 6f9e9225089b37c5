"""Small line charts as SVG.

Both axes are logarithmic, so that a cost in proportion is a straight line and equal growth looks
equal. Lines are told apart by their dashes and marks, not by colour. The same points give the same
bytes. Attributes only: GitHub takes style sheets out of pictures.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10
from xml.etree import ElementTree as ET

WIDTH, HEIGHT = 560, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 150, 34, 46  # room for labels
INK, FAINT = "#222222", "#bbbbbb"
DASHES = ("", "7 4", "2 3", "9 3 2 3")
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Line:
    """A named series; its points are positive, ascending in x."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """One chart; ``name`` is that of its file."""

    name: str
    title: str
    across: str
    up: str
    lines: tuple[Line, ...]

    def told(self) -> str:
        """The lines in words, for who does not see them."""
        return "; ".join(
            f"{line.name} from {_number(line.points[0][1])} at {_number(line.points[0][0])} "
            f"to {_number(line.points[-1][1])} at {_number(line.points[-1][0])}"
            for line in self.lines
        )


def svg(plot: Plot) -> bytes:
    """The chart as SVG."""
    xs = [x for line in plot.lines for x, _ in line.points]
    ys = [y for line in plot.lines for _, y in line.points]
    low, high = floor(log10(min(ys))), max(ceil(log10(max(ys))), floor(log10(min(ys))) + 1)
    first, last = log10(min(xs)), max(log10(max(xs)), log10(min(xs)) + 0.1)

    def across(x: float) -> float:
        return LEFT + (log10(x) - first) / (last - first) * (WIDTH - LEFT - RIGHT)

    def up(y: float) -> float:
        return HEIGHT - BOTTOM - (log10(y) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    names = {"role": "img", "aria-labelledby": f"{plot.name}-title {plot.name}-desc"}
    root = ET.Element(
        "svg",
        {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {HEIGHT}"}
        | {"width": str(WIDTH), "height": str(HEIGHT), "font-family": "sans-serif", "font-size": "12"}
        | names,
    )
    ET.SubElement(root, "title", {"id": f"{plot.name}-title"}).text = plot.title
    ET.SubElement(root, "desc", {"id": f"{plot.name}-desc"}).text = plot.told()
    ET.SubElement(root, "rect", {"width": str(WIDTH), "height": str(HEIGHT), "fill": "#ffffff"})
    _text(root, LEFT, 20, plot.title, weight="bold")
    for power in range(low, high + 1):
        y = up(10.0**power)
        _stroke(root, (LEFT, y), (WIDTH - RIGHT, y), FAINT)
        _text(root, LEFT - 8, y + 4, _number(10.0**power), anchor="end")
    for x in sorted(set(xs)):
        _stroke(root, (across(x), TOP), (across(x), HEIGHT - BOTTOM), FAINT)
        _text(root, across(x), HEIGHT - BOTTOM + 18, _number(x), anchor="middle")
    _text(root, (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, plot.across, anchor="middle")
    heights = _apart([up(line.points[-1][1]) for line in plot.lines])
    for n, (line, height) in enumerate(zip(plot.lines, heights, strict=True)):
        points = [(across(x), up(y)) for x, y in line.points]
        for start, end in pairwise(points):
            _stroke(root, start, end, INK, dash=DASHES[n % len(DASHES)], width="2")
        for point in points:
            _mark(root, point, n)
        _text(root, points[-1][0] + 10, height + 4, line.name)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _apart(heights: list[float], least: float = 15) -> list[float]:
    """The heights of labels, moved so that none covers another."""
    placed: dict[int, float] = {}
    last = -least
    for n in sorted(range(len(heights)), key=lambda n: heights[n]):
        last = placed[n] = max(heights[n], last + least)
    return [placed[n] for n in range(len(heights))]


def _stroke(root: ET.Element, start: Point, end: Point, ink: str, dash: str = "", width: str = "1") -> None:
    ends = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}
    told = {name: f"{value:.1f}" for name, value in ends.items()} | {"stroke": ink, "stroke-width": width}
    ET.SubElement(root, "line", told | ({"stroke-dasharray": dash} if dash else {}))


def _mark(root: ET.Element, point: Point, kind: int) -> None:
    x, y = point
    look = {"stroke": INK, "stroke-width": "2", "fill": INK if kind % 2 == 0 else "#ffffff"}
    if kind < 2:
        ET.SubElement(root, "circle", {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "4"} | look)
    else:
        box = {"x": f"{x - 4:.1f}", "y": f"{y - 4:.1f}", "width": "8", "height": "8"}
        ET.SubElement(root, "rect", box | look)


def _text(
    root: ET.Element, x: float, y: float, text: str, *, anchor: str = "start", weight: str = "normal"
) -> None:
    place = {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor, "font-weight": weight, "fill": INK}
    ET.SubElement(root, "text", place).text = text


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 10 else f"{value:.3g}"
