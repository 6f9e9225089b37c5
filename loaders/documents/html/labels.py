"""A label and its value that a page puts into two boxes: 'Published' and '12 June 2025'.

On the screen they stand side by side. Apart, the date would be a line that says nothing and
the page would have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from loaders.documents.html.block import Block

_DATE_LABEL = re.compile(
    r"(?:assessment published|published|page last updated|last updated|assessment start date"
    r"|assessment started)\s?:?",
    re.IGNORECASE,
)
_DATE = re.compile(r"\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9} \d{4}", re.IGNORECASE)
_SCORE_LABEL = re.compile(r"(?:indicative )?score\s?:?", re.IGNORECASE)
_SCORE = re.compile(r"\d{1,6}")


def join_labels(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, each label of a date or score on one line with its value."""
    held: Block | None = None
    for block in blocks:
        if held is not None and _belong_together(held.lines[-1], block.lines[0]):
            held.lines[-1:] = [f"{held.lines[-1]} {block.lines[0]}", *block.lines[1:]]
            continue
        if held is not None:
            yield held
        held = block
    if held is not None:
        yield held


def _belong_together(label: str, value: str) -> bool:
    if len(label) > 40 or len(value) > 40:
        return False
    dated = _DATE_LABEL.fullmatch(label) and _DATE.fullmatch(value)
    return bool(dated or (_SCORE_LABEL.fullmatch(label) and _SCORE.fullmatch(value)))
