"""Running heads, running feet and page numbers: what every page of a print repeats.

Left in, they would stand in the middle of the sentences that go over a page's end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from loaders.documents.pdf.rows import Row

_DEEPEST = 4  # rows of a running head or foot
_MARGIN = 0.14  # of the page's height
_NUMBER = re.compile(r"\d{1,9}")
_PAGE_NUMBER = re.compile(
    r"^(?:page|p\.?)? ?\d{1,3}(?: ?(?:of|/|\|) ?\d{1,3})?$|^[-–—] ?\d{1,3} ?[-–—]$", re.IGNORECASE
)
_NAMED_PAGE_NUMBER = re.compile(r"^page \d{1,3}(?: ?(?:of|/|\|) ?\d{1,3})?$", re.IGNORECASE)

Rows = list[list[Row]]


def furniture(pages: Sequence[Rows], heights: Sequence[float]) -> tuple[list[set[Row]], list[str]]:
    """The cells of each page that are furniture, and the words of the running heads.

    ``pages`` has each page's rows from the top. A row is furniture only where all rows
    beyond it are: the first line of the text itself can be the same on many pages.
    """
    found: list[set[Row]] = [set() for _ in pages]
    heads = _strip(pages, heights, found, top=True)
    _strip(pages, heights, found, top=False)
    return found, heads


def _strip(pages: Sequence[Rows], heights: Sequence[float], found: list[set[Row]], *, top: bool) -> list[str]:
    """Mark the furniture of one end of all pages; returns its words, each once, without numbers."""
    words: dict[str, None] = {}
    going = {index: 0 for index, rows in enumerate(pages) if rows}
    for _ in range(_DEEPEST):
        groups: dict[tuple[int, str], dict[int, str]] = {}
        going = {
            i: n for i, n in going.items() if _in_margin(pages[i][n if top else -1 - n], heights[i], top)
        }
        for index, depth in going.items():
            row = pages[index][depth if top else -1 - depth]
            groups.setdefault(_key(row, heights[index], top), {})[index] = _words(row)
        repeated = [g for g in groups.values() if _repeats(g, len(pages))]
        gone = {index for group in repeated for index in group}
        for index, depth in going.items():
            row = pages[index][depth if top else -1 - depth]
            if depth == 0 and len(row) == 1 and _is_page_number(row[0], index, heights[index]):
                gone.add(index)
        for index in sorted(gone):
            row = pages[index][going[index] if top else -1 - going[index]]
            found[index].update(row)
            words.update({cell.text: None for cell in row if not _NUMBER.search(cell.text)})
        going = {i: going[i] + 1 for i in gone if going[i] + 1 < len(pages[i])}
    return list(words)


def _is_page_number(cell: Row, index: int, height: float) -> bool:
    """Is it one even where no other page has any? A lone number must be that of the page."""
    if _NAMED_PAGE_NUMBER.match(cell.text):
        return True
    lone = _PAGE_NUMBER.match(cell.text) and int(_NUMBER.findall(cell.text)[0]) == index + 1
    return bool(lone) and not 0.08 * height < cell.down < 0.92 * height


def _in_margin(row: Sequence[Row], height: float, top: bool) -> bool:
    return row[0].down < _MARGIN * height if top else row[0].down > (1 - _MARGIN) * height


def _words(row: Iterable[Row]) -> str:
    return " ".join(cell.text for cell in row)


def _key(row: Sequence[Row], height: float, top: bool) -> tuple[int, str]:
    distance = row[0].down if top else height - row[0].down
    return round(distance / 4), _NUMBER.sub("#", _words(row))


def _repeats(group: Mapping[int, str], pages: int) -> bool:
    """Does the row stand on enough pages, alike but for numbers that count the pages?"""
    text = next(iter(group.values()))
    # The left and the right pages of a book have each their own; the first has often none.
    enough = len(group) >= (max(3, 0.4 * pages) if pages > 3 else 2)
    if not enough and not (len(group) > 1 and _PAGE_NUMBER.match(text)):
        return False
    for numbers in zip(*(map(int, _NUMBER.findall(words)) for words in group.values()), strict=False):
        pairs = list(zip(group, numbers, strict=True))
        offsets = [number - index for index, number in pairs]
        usual = max(set(offsets), key=offsets.count)
        if len(set(numbers)) > 1 and offsets.count(usual) < 0.8 * len(offsets):
            return False
    return True
