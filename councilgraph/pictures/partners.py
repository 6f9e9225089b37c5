"""The partners of one council: whom its reports name most, with what is said and agreed.

A network of one council and its partners is a star, and is drawn so that every name can be
read: the council in the middle, its partners in two lists, by kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from councilgraph.catalogue import Column
from councilgraph.iris import IRIS
from councilgraph.pictures.choosing import only_one, scope
from councilgraph.pictures.model import Picture
from councilgraph.pictures.sheet import NOT_FOUND, Mark, Sheet, table_of
from councilgraph.pictures.source import Record, Source
from councilgraph.pictures.svg import FAINT, INK, PAPER, SMALL, Drawing
from councilgraph.pictures.text import counted, wrap

LINE, AGREED, NODE = "#8c9aa3", "#1f5f8b", "#1f5f8b"
_WIDE, _LIST, _RADIUS = 1120.0, 390.0, 62.0
_HEADING, _GAP, _LINE_HEIGHT = 30.0, 12.0, 16.0
_THINNEST, _THICKEST = 1.5, 10.0
_OTHER = "Other bodies"
_COLUMNS = (
    Column("organisation", "string", "official name, or the name as written"),
    Column("organisation-iri", "iri", "the body, empty where it could not be settled"),
    Column("kind", "string", "kind of organisation"),
    Column("findings", "integer", "findings that name it"),
    Column("strengths", "integer", "those that are strengths"),
    Column("improvements", "integer", "those that are areas for improvement"),
    Column("mixed", "integer", "those that are both"),
    Column("context", "integer", "those that describe and do not judge"),
    Column("arrangements", "string", "types of the arrangements that it is a party to"),
)
Group = tuple[str, list[Record]]


def partners(source: Source, chosen: Mapping[str, str]) -> Picture:
    """The organisations that a council's reports name most.

    Raises:
        UsageError: the council is unknown, or more than one was given.
    """
    council = only_one(source, chosen)
    given = {name: chosen.get(name) for name in ("authority", "kind", "since", "until")}
    rows = source.records("partners-by-findings", **given)
    drawn = rows[: int(chosen["most"])]
    of = scope(source, chosen)
    title = f"Partners of {council}" + (f": {of}" if of else "")
    subtitle = (
        f"The {len(drawn)} of {counted(len(rows), 'organisation')} that its reports name in most findings"
        if len(drawn) < len(rows)
        else f"{counted(len(rows), 'organisation')} that its reports name"
    )
    sheet = Sheet("partners", chosen, _WIDE, title, subtitle)
    sheet.key(
        [
            Mark("", "reports tell of an arrangement", stroke=AGREED, shape="line"),
            Mark("", "named only", stroke=LINE, dashes="4 3", shape="line"),
            Mark(NODE, "body in an open register", stroke=NODE, shape="circle"),
            Mark(PAPER, "known from the reports only", stroke=NODE, shape="circle"),
        ]
    )
    if drawn:
        _star(sheet, council, drawn)
    else:
        sheet.drawing.text(sheet.left, sheet.y + 20, NOT_FOUND)
        sheet.y += 44
    return sheet.close(
        _notes(rows, len(drawn)), _described(council, drawn), table_of("partners", title, _COLUMNS, rows)
    )


def _star(sheet: Sheet, council: str, rows: list[Record]) -> None:
    sides = _sides(rows)
    heights = [_height(groups) for groups in sides]
    tall = max(*heights, 2 * _RADIUS + 20)
    drawing, top = sheet.drawing, sheet.y + 4
    centre, middle = drawing.width / 2, top + tall / 2
    most = max(_number(row, "findings") for row in rows)
    for side, groups in enumerate(sides):
        y = top + (tall - heights[side]) / 2
        inner = sheet.left + _LIST if side == 0 else sheet.right - _LIST
        for kind, members in groups:
            _text(drawing, side, inner, y + 18, kind, size=12, bold=True)
            y += _HEADING
            for row in members:
                lines, said = _lines(row)
                place = y + len(lines) * _LINE_HEIGHT / 2
                _link(drawing, (centre, middle), (inner, place), row, most)
                for at, line in enumerate(lines):
                    _text(drawing, side, inner, y + 12 + at * _LINE_HEIGHT, line, size=13)
                y += len(lines) * _LINE_HEIGHT
                for line in said:
                    _text(drawing, side, inner, y + 10, line, size=SMALL, fill=FAINT)
                    y += 14
                y += _GAP
    drawing.add("circle", cx=centre, cy=middle, r=_RADIUS, fill=NODE)
    names = wrap(council, 2 * _RADIUS - 16, 12, bold=True, most=5)
    first = middle - (len(names) - 1) * 7.5 + 4
    for at, line in enumerate(names):
        drawing.text(centre, first + at * 15, line, size=12, bold=True, fill=PAPER, anchor="middle")
    sheet.y = top + tall + 18


def _sides(rows: list[Record]) -> tuple[list[Group], list[Group]]:
    """The kinds, each whole on one side, so that both sides are about as long."""
    by_kind = sorted(rows, key=lambda row: str(row["kind"] or _OTHER))
    groups = [(kind, list(members)) for kind, members in groupby(by_kind, lambda r: str(r["kind"] or _OTHER))]
    groups.sort(key=lambda group: (-sum(_number(row, "findings") for row in group[1]), group[0]))
    sides: tuple[list[Group], list[Group]] = ([], [])
    for kind, members in groups:
        members.sort(key=lambda row: (-_number(row, "findings"), str(row["organisation"])))
        shorter = 0 if _height(sides[0]) <= _height(sides[1]) else 1
        sides[shorter].append((kind, members))
    return sides


def _height(groups: list[Group]) -> float:
    rows = [_lines(row) for _, members in groups for row in members]
    inside = sum(len(lines) * _LINE_HEIGHT + len(said) * 14 + _GAP for lines, said in rows)
    return inside + len(groups) * _HEADING


def _lines(row: Record) -> tuple[list[str], list[str]]:
    """The name of a partner, and what stands below it."""
    room = _LIST - 24
    said = [
        (_number(row, "strengths"), "strength", "strengths"),
        (_number(row, "improvements"), "area for improvement", "areas for improvement"),
        (_number(row, "mixed"), "both", "both"),
    ]
    parts = [counted(count, one, many) for count, one, many in said if count]
    total = counted(_number(row, "findings"), "finding")
    below = wrap(f"{total}: {', '.join(parts)}" if parts else total, room, SMALL, most=2)
    if row["arrangements"]:
        below += wrap(row["arrangements"], room, SMALL, most=2)
    return wrap(row["organisation"], room, 13, most=2), below


def _link(
    drawing: Drawing, centre: tuple[float, float], place: tuple[float, float], row: Record, most: int
) -> None:
    """The line from the council to a partner, the thicker the more findings, and the partner's mark."""
    side = -1 if place[0] < centre[0] else 1
    start, bend = centre[0] + side * (_RADIUS - 4), (place[0] - centre[0] - side * _RADIUS) * 0.55
    agreed = bool(row["arrangements"])
    drawing.add(
        "path",
        d=f"M{start:.1f} {centre[1]:.1f}C{start + bend:.1f} {centre[1]:.1f} "
        f"{place[0] - bend:.1f} {place[1]:.1f} {place[0]:.1f} {place[1]:.1f}",
        fill="none",
        stroke=AGREED if agreed else LINE,
        stroke_width=_THINNEST + (_THICKEST - _THINNEST) * (_number(row, "findings") - 1) / max(most - 1, 1),
        stroke_opacity=0.75,
        stroke_dasharray=None if agreed else "5 4",
    )
    fill = NODE if _registered(row) else PAPER
    drawing.add("circle", cx=place[0], cy=place[1], r=6, fill=fill, stroke=NODE, stroke_width=2)


def _registered(row: Record) -> bool:
    """Whether the body stands in a register; one that only reports know has a key of its own."""
    iri = str(row["organisation-iri"] or "")
    return bool(iri) and not iri.startswith(f"{IRIS.id}organisation/local-")


def _text(drawing: Drawing, side: int, inner: float, y: float, words: str, **how: object) -> None:
    """A line of the left or the right list, both of which face the middle."""
    x, anchor = (inner - 14, "end") if side == 0 else (inner + 14, "")
    drawing.text(x, y, words, anchor=anchor, **{"fill": INK, **how})  # type: ignore[arg-type]


def _number(row: Record, name: str) -> int:
    value = row[name]
    return value if isinstance(value, int) else 0


def _notes(rows: list[Record], drawn: int) -> list[str]:
    notes = [
        "A thicker line is more findings. A finding is one sentence of a report; strength or area for "
        "improvement is said of the whole sentence, not of the body. Most were read by machine. A body or "
        "an arrangement that is not named in a report may exist all the same.",
    ]
    if left := rows[drawn:]:
        most = max(_number(row, "findings") for row in left)
        each = "each in one finding" if most == 1 else f"each in at most {most} findings"
        notes.insert(
            0, f"{counted(len(left), 'other organisation')}, {each}, in the table beside the picture."
        )
    return notes


def _described(council: str, rows: list[Record]) -> str:
    if not rows:
        return NOT_FOUND
    said = "; ".join(
        f"{row['organisation']}, {counted(_number(row, 'findings'), 'finding')}"
        + (f", {row['arrangements']}" if row["arrangements"] else "")
        for row in rows[:10]
    )
    more = f" {len(rows) - 10} more follow in the table." if len(rows) > 10 else ""
    return f"{council} in the middle, joined to the organisations that its reports name. {said}.{more}"
