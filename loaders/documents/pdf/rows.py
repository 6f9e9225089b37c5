"""Spans to rows: what stands on one baseline, and the cells that a wide gap parts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from loaders.documents.pdf.extract import Span

BULLET = re.compile(r"^[•●▪◦·∙‣○■□➢\uf0b7\uf0a7\uf0d8\uf076\uf0fc]")
_MARK = re.compile(r"^(?:[•●▪◦·∙‣○■□➢\uf0b7\uf0a7\uf0d8\uf076\uf0fc*o–—-]|\(?[0-9a-z]{1,3}[.)])$")
# In widths of the letter size. A space is a quarter; justified text has gaps up to two.
_CELL_GAP = 2.5


class Row(NamedTuple):
    """Words on one baseline of one cell; ``column`` names the column that it stands in."""

    page: int
    text: str
    left: float
    right: float
    down: float
    size: float
    bold: bool
    first: float
    column: str = ""

    @property
    def is_item(self) -> bool:
        """Does it begin with the mark of a list?"""
        return bool(BULLET.match(self.text))


def make_rows(page: int, spans: Iterable[Span]) -> list[list[Row]]:
    """The rows of a page from the top, each as its cells from the left."""
    rows: list[list[Span]] = []
    for span in sorted(spans, key=lambda s: (s.down, s.left)):
        # Raised and sunken characters stand on a baseline of their own.
        near = [row for row in rows[-3:] if _same_line(row[0], span)]
        if near:
            near[-1].append(span)
        else:
            rows.append([span])
    return [_cells(page, sorted(row, key=lambda s: s.left)) for row in rows]


def _same_line(first: Span, span: Span) -> bool:
    return abs(span.down - first.down) <= 0.3 * min(first.size, span.size)


def _cells(page: int, spans: list[Span]) -> list[Row]:
    gaps = [after.left - before.right for before, after in pairwise(spans)]
    wide = [gap for gap, span in zip(gaps, spans, strict=False) if gap > _CELL_GAP * span.size]
    # Words of one line that are pushed apart are pushed apart alike.
    justified = len(wide) >= 3 and max(wide) <= 1.2 * min(wide)
    cells = [[spans[0]]]
    for gap, span in zip(gaps, spans[1:], strict=True):
        before = cells[-1][-1]
        parted = gap > _CELL_GAP * before.size and not justified
        if parted and not (len(cells[-1]) == 1 and _MARK.match(before.text)):
            cells.append([span])
        else:
            cells[-1].append(span)
    return [_row(page, cell) for cell in cells]


def _row(page: int, spans: list[Span]) -> Row:
    longest = max(spans, key=lambda s: len(s.text))
    return Row(
        page,
        " ".join(s.text for s in spans),
        spans[0].left,
        max(s.right for s in spans),
        longest.down,
        longest.size,
        all(s.bold for s in [s for s in spans if not _MARK.match(s.text)] or spans),
        spans[0].first,
    )
