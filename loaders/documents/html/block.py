"""One block of a page's text, and the cells of a row made into one."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from loaders.documents.html.wording import is_label, is_rating, is_score


@dataclass(slots=True, eq=False)
class Block:
    """A paragraph, heading, item or cell, as cleaned lines.

    ``level`` is the rank of a heading, 0 for others; ``lists`` the lists that an item lies in,
    outermost first; ``links`` the number of links in it, ``linked`` whether all its words are
    links.
    """

    element: etree._Element
    number: int
    lines: list[str]
    level: int = 0
    bullet: bool = False
    lists: tuple[int, ...] = ()
    links: int = 0
    linked: bool = False
    preformatted: bool = False

    @property
    def text(self) -> str:
        """All of it on one line."""
        return self.lines[0] if len(self.lines) == 1 else " ".join(self.lines)


def join_cells(blocks: list[Block], starts: list[int]) -> None:
    """Make one block of the last row, whose cells begin at ``starts``, if its cells are short.

    'Population' and '212,340' say nothing apart. Cells with sentences stay blocks of their own,
    and so do scores and ratings, which are lines of their own in every layout.
    """
    if len(starts) < 2:
        return
    ends = [*starts[1:], len(blocks)]
    cells = [blocks[a:b] for a, b in zip(starts, ends, strict=True) if a < b]
    starts.clear()
    if len(cells) < 2 or not all(len(cell) == 1 and _is_short(cell[0]) for cell in cells):
        return
    row = [cell[0] for cell in cells]
    texts = [block.text for block in row]
    label = texts[0].rstrip(": ")
    joined = f"{label}: {texts[1]}" if label and len(texts) == 2 else " | ".join(texts)
    first = row[0]
    blocks[-len(row) :] = [
        Block(
            first.element,
            first.number,
            [joined],
            lists=first.lists,
            links=sum(block.links for block in row),
            linked=all(block.linked for block in row),
        )
    ]


def _is_short(block: Block) -> bool:
    value = is_score(block.text) or is_rating(block.text)
    return len(block.lines) == 1 and not (block.level or block.bullet or value) and is_label(block.text)
