"""Paragraphs to sentences.

The splitting is sentencex's; it was made for running text in many languages and keeps
offsets. What it cuts after an abbreviation that these reports use ("s. 42", "approx.") is
joined again here, because half a sentence is a finding that nobody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import segment

from councilgraph.model import Sentence
from councilgraph.textdigest import digest

# No paragraph of a report is a third as long. sentencex takes the square of the time for
# twice the quotation marks, so a longer text is given to it in parts.
_LONGEST_PART = 10_000
_PART_END = re.compile(r"[.!?]\s+(?=[A-Z])")
# All that decides whether a piece is unfinished stands at its end.
_TAIL = 24
_UNFINISHED = re.compile(
    r"(?:^|[\s(\[‘“'\"])(?:Dr|Mr|Mrs|Ms|Prof|Rev|St|No|Nos|ss?|sch|para|paras|vs|cf|viz|approx|"
    r"c|ca|est|incl|excl|e\.g|i\.e|etc\.,|Cllr|Dept|Govt|Ltd|Co)\.\s*$"
)
_PLAIN_NO = re.compile(r"\bno\.[”’\"')]?\s+(?=[A-Z])")
# "No." and "St." also end sentences; they are joined only to what can follow them.
_NEEDS_NUMBER = re.compile(r"(?:^|[\s(])(?:No|Nos|ss?|sch|para|paras|c|ca|approx|est)\.\s*$")


def split_sentences(paragraph: str) -> tuple[Sentence, ...]:
    """The sentences of one cleaned paragraph, with offsets into it.

    Every character that is not a space stands in exactly one sentence.
    """
    sentences: list[Sentence] = []
    for start, end in _spans(paragraph):
        text = paragraph[start:end]
        sentences.append(Sentence(len(sentences) + 1, text, start, end, digest(text)))
    return tuple(sentences)


def _spans(paragraph: str) -> Iterator[tuple[int, int]]:
    start = position = 0
    wordless = True
    for piece in _pieces(paragraph):
        if position > start and not wordless and not _goes_on(paragraph[start:position][-_TAIL:], piece):
            yield from _stripped(paragraph, start, position)
            start, wordless = position, True
        position += len(piece)
        # "1." at the head of a numbered point is no sentence: it goes with what follows.
        wordless = wordless and not any(c.isalpha() for c in piece)
    yield from _stripped(paragraph, start, len(paragraph))


def _stripped(paragraph: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    text = paragraph[start:end]
    if words := text.strip():
        start += len(text) - len(text.lstrip())
        yield start, start + len(words)


def _pieces(paragraph: str) -> Iterator[str]:
    for part in _parts(paragraph):
        for piece in segment("en", part):
            yield from _after_no(piece)


def _after_no(piece: str) -> Iterator[str]:
    """sentencex takes every "no." for "number"; in small letters before a new word it is a no."""
    start = 0
    for end in _PLAIN_NO.finditer(piece):
        yield piece[start : end.end()]
        start = end.end()
    yield piece[start:]


def _parts(paragraph: str) -> Iterator[str]:
    start = 0
    while len(paragraph) - start > _LONGEST_PART:
        ends = [m.end() for m in _PART_END.finditer(paragraph, start, start + _LONGEST_PART)]
        end = ends[-1] if ends else start + _LONGEST_PART
        yield paragraph[start:end]
        start = end
    yield paragraph[start:]


def _goes_on(before: str, after: str) -> bool:
    """Does ``after`` belong to the sentence that ``before`` is the end of?"""
    if not before[-1].isspace() and not before.endswith((".", "!", "?")):
        return True  # cut in mid-sentence, or in mid-word, to keep a part short
    head = after.lstrip()
    if not head or not head.strip(".,;:!?)]}’”'\""):
        return True  # nothing but closing marks: they close the sentence before
    if head[0].islower() and before.rstrip().endswith("."):
        return True  # no sentence of these reports begins with a small letter
    if not _UNFINISHED.search(before):
        return False
    return head[0].isdigit() or not _NEEDS_NUMBER.search(before)
