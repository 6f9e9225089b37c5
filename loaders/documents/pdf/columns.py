"""The order in which pages are read: where they have two columns, each from its top."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator, Sequence
from statistics import median

from loaders.documents.pdf.extract import PageText, Span
from loaders.documents.pdf.rows import Row, make_rows

# A table has as many columns as a page can have; prose fills its lines, and has many.
_LEAST_LINES = 5
_LEAST_WORDS = 3
_LEAST_GUTTER = 6.0  # points
_DEEPEST = 2  # a page of three columns is a page of one and of two
_MOST_ACROSS = 0.25  # of the lines of a column


def in_reading_order(pages: Sequence[PageText]) -> Iterator[Row]:
    """The cells of all pages as a person reads them; ``column`` tells where each stands."""
    own = [_gutter(page.number, page.spans) for page in pages]
    found = sorted(gutter for gutter in own if gutter is not None)
    # What most pages have, a page of short lines has too: a list, the end of a chapter.
    usual = found[len(found) // 2] if len(found) >= max(2, len(pages) / 3) else None
    for page, gutter in zip(pages, own, strict=True):
        if usual is not None and _fits(page.spans, usual):
            yield from _ordered(page.number, page.spans, usual)
        else:
            yield from _ordered(page.number, page.spans, gutter)


def _ordered(page: int, spans: Sequence[Span], gutter: float | None, name: str = "") -> Iterator[Row]:
    if gutter is None:
        for row in make_rows(page, spans):
            yield from (cell._replace(column=name) for cell in row)
        return
    # What runs over the gutter ends the columns above it.
    across = make_rows(page, (s for s in spans if s.left < gutter <= s.right))
    ends = [row[0].down - 0.3 * row[0].size for row in across]
    bands: list[tuple[list[Span], list[Span]]] = [([], []) for _ in range(len(across) + 1)]
    for span in spans:
        if not span.left < gutter <= span.right:
            bands[bisect(ends, span.down)][span.left >= gutter].append(span)
    for sides, row in zip(bands, [*across, []], strict=True):
        for side, letter in zip(sides, "lr", strict=True):
            within = f"{name}{letter}"
            yield from _ordered(page, side, _gutter(page, side) if len(within) < _DEEPEST else None, within)
        yield from (cell._replace(column=name) for cell in row)


def _gutter(page: int, spans: Sequence[Span]) -> float | None:
    """The left edge of the right column; None where there is one column, or a table."""
    if len(spans) < 2 * _LEAST_LINES:
        return None
    start, end = min(s.left for s in spans), max(s.right for s in spans)
    edges: dict[int, list[Span]] = {}
    for span in spans:
        if start + 0.2 * (end - start) < span.left < start + 0.8 * (end - start):
            edges.setdefault(round(span.left / 3), []).append(span)
    found: list[tuple[float, float]] = []
    for group in sorted(edges.values(), key=len, reverse=True)[:4]:
        edge = min(s.left for s in group) - 0.5
        left = [s for s in spans if s.right <= edge - _LEAST_GUTTER]
        right = [s for s in spans if s.left >= edge]
        if (
            len(group) >= _LEAST_LINES
            and _side_by_side(left, right)
            and _across(spans, edge) <= _MOST_ACROSS * len(right)
            and _is_prose(page, left)
            and _is_prose(page, right)
        ):
            found.append((edge - max(s.right for s in left), edge))
    # Of a column with indented items, the edge is that before the widest gap.
    return max(found)[1] if found else None


def _fits(spans: Sequence[Span], gutter: float) -> bool:
    """Do lines begin at this gutter, and hardly any run over it?"""
    begin = sum(abs(s.left - 0.5 - gutter) <= 3 for s in spans)
    return begin >= 2 and _across(spans, gutter) <= _MOST_ACROSS * (begin + _LEAST_LINES)


def _across(spans: Sequence[Span], gutter: float) -> int:
    return sum(s.left < gutter <= s.right for s in spans)


def _side_by_side(left: Sequence[Span], right: Sequence[Span]) -> bool:
    if min(len(left), len(right)) < _LEAST_LINES:
        return False
    top = max(min(s.down for s in side) for side in (left, right))
    bottom = min(max(s.down for s in side) for side in (left, right))
    beside = [sum(top - 2 <= s.down <= bottom + 2 for s in side) for side in (left, right)]
    return min(beside) >= _LEAST_LINES


def _is_prose(page: int, side: Sequence[Span]) -> bool:
    start, end = min(s.left for s in side), max(s.right for s in side)
    rows = make_rows(page, side)
    words = median(sum(len(cell.text.split()) for cell in row) for row in rows)
    filled = median(row[-1].right - start for row in rows)
    return words >= _LEAST_WORDS and filled >= 0.5 * (end - start)
