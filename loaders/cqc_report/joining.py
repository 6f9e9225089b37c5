"""Paragraphs that a page break, a blank line or a fixed line width has cut, put together.

Half a paragraph would give its findings another paragraph's number, and half a sentence
would be a finding that nobody wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from loaders.cqc_report.header import read_title
from loaders.cqc_report.lines import BULLET, LONE_BULLET, is_sentence, kind_of, unmarked
from loaders.cqc_report.lookups import comparable, lookups
from loaders.documents.model import Line

# Kinds of line that can be part of a longer one. Boilerplate is not among them: it is passed
# over, and what was joined to it would be passed over too.
_GOES_ON = ("text", "percentage", "about")
_LONGEST_LINE = 130  # of a text with a fixed width


class Held:
    """The paragraph that is being put together, and what lay between it and now.

    The parts are kept apart until the end: a text is not copied again for each of its lines.
    """

    def __init__(self, line: Line) -> None:
        self.number, self.page = line.number, line.page
        self.parts = [line.text]
        self.length = len(line.text)
        self.between: list[Line] = []
        self.blank = False

    @property
    def last(self) -> str:
        """The last line of the paragraph."""
        return self.parts[-1]

    def is_one_line(self) -> bool:
        """Is it a heading, a score or another line that no other goes on from?"""
        return len(self.parts) == 1 and _stands_alone(BULLET.sub(r"\g<text>", self.last))

    def add(self, text: str) -> None:
        """Go on with a line; the foot and head of a page between the two say nothing."""
        self.parts.append(text)
        self.length += len(text)
        self.between, self.blank = [], False

    def lines(self) -> Iterator[Line]:
        """The paragraph as one line, then what followed it."""
        joined = [self.parts[0]]
        for part in self.parts[1:]:
            # A hyphen at the end of a line is taken to belong to the word ("multi-agency"):
            # dropping it would make a word that nobody wrote.
            joined.append(part if joined[-1].endswith("-") and not joined[-1].endswith(" -") else f" {part}")
        yield Line(self.number, "".join(joined), self.page)
        yield from self.between


def join_broken(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines with text, each paragraph on one; the number is that of its first line."""
    width = _fixed_width(lines)
    title = next((name for line in lines if (name := read_title(unmarked(line.text)))), None)
    held: Held | None = None
    for line in lines:
        if held is None:
            held = Held(line) if line.text else None
        elif not line.text:
            held.blank = True
        elif held.last in LONE_BULLET and not held.between:
            held = Held(line._replace(text=f"{held.last} {line.text}"))  # a bullet on a line of its own
        elif _goes_on(held, line.text, width):
            held.add(line.text)
        elif _is_furniture(line.text, title):
            held.between.append(line)
        else:
            yield from held.lines()
            held = Held(line)
    if held is not None:
        yield from held.lines()


def _goes_on(held: Held, after: str, width: int | None) -> bool:
    within_page = width is not None and not held.blank and not held.between
    if bullet := BULLET.match(after):
        # "Boards included - and were led by - people", wrapped before the dash, is no list.
        dash = after[0] in "-–—" and bullet["text"][0].islower() and not BULLET.match(held.parts[0])
        return within_page and dash and len(held.last) >= 50 and not held.last.endswith((":", ";", ",", "."))
    if after in LONE_BULLET or _stands_alone(after) or held.is_one_line():
        return False
    if is_sentence(held.last):
        # The line is full, so its end says nothing of the paragraph's.
        return within_page and len(held.last) + 1 + len(after.split(maxsplit=1)[0]) > (width or 0)
    if " " in held.last and held.last.rsplit(None, 1)[-1].lower() in lookups().open_words:
        return True
    if held.length < 40:
        return False
    # At the foot of a page the blank lines say nothing either.
    wrapped = within_page or (width is not None and bool(held.between))
    full = wrapped and len(held.last) >= 50
    return full or after[0].islower() or held.last.endswith(",")


def _stands_alone(text: str) -> bool:
    """A line that is a heading, a score, a date or a rating is never half of a paragraph."""
    if len(text) > 200:
        return False
    text = unmarked(text)
    return kind_of(text)[0] not in _GOES_ON or (comparable(text) in lookups().ratings)


def _is_furniture(text: str, title: str | None) -> bool:
    """What stands at the head or foot of every printed page."""
    return kind_of(text)[0] == "foot" or (title is not None and read_title(unmarked(text)) == title)


def _fixed_width(lines: Sequence[Line]) -> int | None:
    """The width of a text that was wrapped; None where each paragraph is one line."""
    lengths = sorted(len(line.text) for line in lines if len(line.text) >= 50)
    if len(lengths) < 8 or lengths[-1] > _LONGEST_LINE or lengths[-1] - lengths[len(lengths) // 4] > 40:
        return None
    pairs = [
        before.text
        for before, after in pairwise(lines)
        if len(before.text) >= 50 and after.text and not BULLET.match(after.text)
    ]
    # Short paragraphs, one on each line, end where their sentences do.
    open_ends = sum(not is_sentence(text) for text in pairs)
    return lengths[-1] if pairs and open_ends * 2 >= len(pairs) else None
