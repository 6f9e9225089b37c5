"""Rows to whole paragraphs, headings and items, by what a print shows of them.

A paragraph ends where the next line stands further down than its lines do, where the type
changes, at the mark of an item, at an indent, and where a line ends although the next word
would have fitted on it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from loaders.documents.pdf.hyphens import Words
from loaders.documents.pdf.rows import Row

_TERMINAL = re.compile(r"[.!?…:;][\"'’”)\]]{0,4}$")
_DASH = re.compile(r"^(?:[-–—*]|o)\s+\S")
_NUMBERED = re.compile(r"^\(?[0-9a-z]{1,3}[.)]\s")
_UNFINISHED = re.compile(r"(?:,|&|\b(?:and|of|on|in|for|the|with|to|upon|or|\d{1,2}))$", re.IGNORECASE)
_LEAST_WIDTH = 20  # letter sizes: some forty letters
_SPACE = 0.28  # of the letter size


class Paragraph(NamedTuple):
    """A paragraph, heading or item on one line, and the page on which it begins."""

    text: str
    page: int


def make_paragraphs(rows: Sequence[Row], outline: Sequence[str] = ()) -> Iterator[Paragraph]:
    """The paragraphs of rows in reading order; ``outline`` are titles known to be headings."""
    layout = _Layout(rows, outline)
    words = Words(row.text for row in rows)
    held: list[Row] = []
    for row in rows:
        if held and layout.parts(held, row):
            yield _paragraph(held, words)
            held = []
        held.append(row)
    if held:
        yield _paragraph(held, words)


def _paragraph(rows: Sequence[Row], words: Words) -> Paragraph:
    parts = [rows[0].text]
    for row in rows[1:]:
        # Only the last line can be broken: the text is not copied again for each line.
        parts[-1:] = [words.join(parts[-1], row.text)] if _is_broken(parts[-1]) else [parts[-1], row.text]
    return Paragraph(" ".join(parts), rows[0].page)


def _is_broken(text: str) -> bool:
    return text.endswith(("\x02", "\xad", "-", "‐"))


class _Layout:
    """What is usual in this document: line spacing, right edges, the size of its text."""

    def __init__(self, rows: Sequence[Row], outline: Sequence[str]) -> None:
        self.headings = {_words(title) for title in outline if title.strip()}
        sizes = Counter[float]()
        for row in rows:
            sizes[round(row.size * 2)] += len(row.text)
        self.body = sizes.most_common(1)[0][0] / 2 if sizes else 0.0
        self.leading = _leadings(rows)
        self.starts = _starts(rows)
        self.widths = self._widths(rows)
        self.depths: dict[str, float] = {}
        for row in rows:
            self.depths[row.column] = max(row.down, self.depths.get(row.column, 0.0))

    def parts(self, held: Sequence[Row], row: Row) -> bool:
        """Does ``row`` begin a paragraph of its own?"""
        last = held[-1]
        open_end = not _TERMINAL.search(last.text) and row.text[0].islower()
        other_size = abs(row.size - last.size) > 0.07 * max(row.size, last.size)
        other_weight = row.bold != last.bold and not open_end
        if row.is_item or other_size or other_weight or self._is_heading(held, row):
            return True
        if last.page != row.page or last.column != row.column or row.down < last.down:
            return self._parts_over_page(held, row, open_end)
        gap = row.down - last.down
        apart = gap < 0.5 * last.size or gap > 1.18 * self._usual(last) + 0.5
        if apart or self._is_dashed_item(held, row) or self._is_indented(held, row, row.left - last.left):
            return True
        return not open_end and not self._is_full(last, row)

    def _is_heading(self, held: Sequence[Row], row: Row) -> bool:
        if not self.headings:
            return False
        so_far = " ".join(r.text for r in held) if len(held) <= 3 else ""
        if _words(so_far) in self.headings:
            return not any(h.startswith(_words(f"{so_far} {row.text}")) for h in self.headings)
        return _words(row.text) in self.headings and _words(f"{so_far} {row.text}") not in self.headings

    def _parts_over_page(self, held: Sequence[Row], row: Row, open_end: bool) -> bool:
        last = held[-1]
        if _DASH.match(row.text) and not open_end:
            return True
        shift = (row.left - self._start(row)) - (last.left - self._start(last))
        if self._is_indented(held, row, shift):
            return True
        if open_end:
            return False
        # A last line that is full and ends a sentence tells nothing, but room below it does.
        room = self.depths[last.column] - last.down >= 1.05 * self._usual(last)
        ended = room and _TERMINAL.search(last.text) is not None
        return ended or self._ends_heading(last, row) or not self._is_full(last, row)

    def _usual(self, row: Row) -> float:
        """The distance between the lines of a paragraph in letters of this size."""
        body = self.leading.get(round(self.body * 2), 1.25 * self.body)
        return self.leading.get(round(row.size * 2), row.size * body / self.body)

    def _ends_heading(self, last: Row, row: Row) -> bool:
        """A heading that fills its line tells as little as a short one what follows it."""
        display = last.size > 1.07 * self.body
        return display and row.text[0].isupper() and not _UNFINISHED.search(last.text)

    def _is_full(self, last: Row, row: Row) -> bool:
        """Would the next word have had no place on the line?"""
        start = last.left if self._is_centred(last, row) else self._start(last)
        return last.right - start + _SPACE * last.size + row.first > self.widths[last.column] - 0.5

    def _is_indented(self, held: Sequence[Row], row: Row, shift: float) -> bool:
        """Does the line start a paragraph by its place: further in, or further out than an item?"""
        if self._is_centred(held[-1], row):
            return False
        item = held[0].is_item or bool(_DASH.match(held[0].text) or _NUMBERED.match(held[0].text))
        if shift > 0.8 * row.size:
            return not (item and len(held) == 1)
        # The first line of a paragraph stands in by a little, the last cell of a table's row by much.
        return shift < (-0.8 if len(held) > 1 else -4) * row.size

    def _is_centred(self, *rows: Row) -> bool:
        """Have the lines as much room on their left as on their right, and not the same?"""
        margins = [
            (row.left - self._start(row), self._start(row) + self.widths[row.column] - row.right)
            for row in rows
        ]
        even = all(left > 2 and abs(left - right) < 4 for left, right in margins)
        return even and abs(rows[0].left - rows[1].left) > 2

    def _start(self, row: Row) -> float:
        """The left edge of the row's column on its page: left and right pages have different margins."""
        return self.starts[row.page, row.column]

    def _widths(self, rows: Sequence[Row]) -> dict[str, float]:
        """How far the lines of each column reach; one that sticks out is no measure."""
        reach: dict[str, list[float]] = {}
        for row in rows:
            reach.setdefault(row.column, []).append(row.right - self._start(row))
        widths = {column: sorted(far)[-3 if len(far) >= 8 else -1] for column, far in reach.items()}
        # A page of a few short lines does not show how wide its column is.
        return {name: wide if name else max(wide, _LEAST_WIDTH * self.body) for name, wide in widths.items()}

    def _is_dashed_item(self, held: Sequence[Row], row: Row) -> bool:
        """A dash, a star or an 'o' begins an item only where it cannot be a word of the sentence."""
        if not _DASH.match(row.text):
            return False
        listed = _DASH.match(held[0].text) and abs(row.left - held[0].left) < 0.5 * row.size
        return bool(
            listed
            or abs(row.left - held[-1].left) > 0.5 * row.size
            or _TERMINAL.search(held[-1].text)
            or not self._is_full(held[-1], row)
        )


def _starts(rows: Sequence[Row]) -> dict[tuple[int, str], float]:
    starts: dict[tuple[int, str], float] = {}
    for row in rows:
        place = (row.page, row.column)
        starts[place] = min(row.left, starts.get(place, row.left))
    return starts


def _leadings(rows: Sequence[Row]) -> dict[int, float]:
    """The distance between the lines of a paragraph, by twice the size of their letters.

    It is the smallest over which sentences run on: what follows the end of a paragraph does
    not begin with a small letter.
    """
    gaps: dict[int, Counter[float]] = {}
    run_on: dict[int, Counter[float]] = {}
    for before, after in pairwise(rows):
        gap = after.down - before.down
        same = before.page == after.page and before.column == after.column
        if same and abs(before.size - after.size) < 0.3 and 0.9 <= gap / before.size <= 2.6:
            size, distance = round(before.size * 2), round(gap * 2) / 2
            gaps.setdefault(size, Counter())[distance] += 1
            run_on.setdefault(size, Counter())[distance] += after.text[0].islower()
    found = {
        size: [gap for gap, n in counts.items() if run_on[size][gap] >= max(1, 0.15 * n)]
        for size, counts in gaps.items()
    }
    return {size: min(distances) for size, distances in found.items() if distances}


def _words(text: str) -> str:
    return " ".join(text.split()).casefold()
