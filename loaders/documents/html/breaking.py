"""Line breaks inside a paragraph, a heading or an item: which of them end a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.documents.html.plain import clean_quickly as clean
from loaders.documents.html.wording import is_label, is_open, is_rating, is_score, is_sentence

# Marks in the raw text of a block. No parser gives these characters back.
BREAK = "\x00"
EDGE = "\x01"
"""Before and after an inline element that holds a score or rating and nothing else."""

_LONGEST_LABELS = 300  # a text with a name, a score and its wording is far shorter
_BLANK_LINE = re.compile(rf"{BREAK}[\s{EDGE}]*(?:{BREAK}[\s{EDGE}]*)+")


def split_lines(marked: str, *, heading: bool = False) -> list[str]:
    """The cleaned lines of a block, from its raw text with marks.

    A break is a space inside running text. It ends a line where a label stands before it:
    'Council / Good' are two lines of the report, and so they are in its text form. Two breaks
    on end part paragraphs. A score is a line of its own unless it stands in a sentence.
    """
    if BREAK not in marked and EDGE not in marked:
        text = clean(marked)
        return [text] if text else []
    return [line for part in _BLANK_LINE.split(marked) for line in _paragraph(part, heading)]


def _paragraph(marked: str, heading: bool) -> Iterator[str]:
    whole = clean(marked.replace(BREAK, " ").replace(EDGE, ""))
    if not whole:
        return
    if is_sentence(whole) or len(whole) > _LONGEST_LABELS:
        marked = marked.replace(EDGE, "")
    held = last = ""
    for part in _apart(marked):
        for piece in part.split(BREAK):
            text = clean(piece)
            if not text:
                continue
            if held and _ends(last, text, heading):
                yield held
                held = ""
            held = f"{held} {text}" if held else text
            last = text
        if held:
            yield held
        held = last = ""


def _apart(marked: str) -> Iterator[str]:
    """The parts that scores and a last rating cut the text into."""
    pieces = marked.split(EDGE)
    held = pieces[0]
    for n, piece in enumerate(pieces[1:], start=1):
        before, after = clean(held.rpartition(BREAK)[2]), clean(piece.partition(BREAK)[0])
        last = not any(map(str.strip, pieces[n + 1 :]))
        if is_score(before) or is_score(after) or (last and after[:1].isupper() and is_rating(after)):
            yield held
            held = piece
        else:
            held += piece
    yield held


def _ends(before: str, after: str, heading: bool) -> bool:
    """Does a line end between the two?"""
    if is_score(before) or is_score(after):
        return True
    if heading:
        return False
    if is_sentence(before):
        return is_label(after)
    cut = after[0].islower() or before[0].islower() or is_open(before)
    return is_label(before) and not cut
