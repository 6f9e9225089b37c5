"""The elements of a page to its blocks of text, in reading order.

The tree is walked step by step and never by a function that calls itself, so that no page can
be nested too deep for it.
"""

from __future__ import annotations

import re

from lxml import etree

from loaders.documents.html.block import Block, join_cells
from loaders.documents.html.breaking import BREAK, EDGE, split_lines
from loaders.documents.html.furniture import INLINE, is_left_out
from loaders.documents.html.plain import clean_quickly as clean
from loaders.documents.html.region import HEADINGS, Region
from loaders.documents.html.wording import is_rating, is_score, words

_BLOCKS = words(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol optgroup option "
    "p pre section summary table tbody td tfoot th thead tr ul"
)
_COUNTED = words("ul ol menu dir li h1 h2 h3 h4 h5 h6 pre tr dl td th dt dd")
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_VALUES = frozenset(("span", "strong", "b", "em", "i", "small", "mark", "font", "data", "output", "a"))
# What stands beside the link to a file: its kind and how large it is.
_FILE_SIZE = re.compile(
    r"\b(?:pdf|docx?|odt|odp|rtf|xlsx?|csv|pptx?|html?|bsl video|video|mp4)\b"
    r"|\d{1,4}(?:[.,]\d{1,3})? ?[kmg]i?b\b"
    r"|\b\d{1,4} pages?\b",
    re.IGNORECASE,
)
_VALUE_STARTS = frozenset("sSiIrRgGoO" + BREAK + EDGE)
_LAST_LINE = 65_535
"""The parser counts no line beyond this one."""


def read_blocks(region: Region) -> list[Block]:
    """The blocks of a region, without the elements that are no text of it."""
    return _Walk(region).blocks


class _Walk:
    def __init__(self, region: Region) -> None:
        self.region = region
        self.blocks: list[Block] = []
        self.number = 1
        self._parts: list[str] = []
        self._start: tuple[etree._Element, int] | None = None
        self._open: list[etree._Element] = []  # the blocks round the present place
        self._lists: list[int] = []
        self._list_count = 0
        self._bullet = False
        self._headings = self._anchors = self._pres = 0
        self._links = 0
        self._unlinked: list[str] = []
        self._inline: list[int] = []
        self._rows: list[list[int]] = []  # where each cell of a row begins
        self._walk()

    def _walk(self) -> None:
        walk = etree.iterwalk(self.region.root, events=("start", "end"))
        skipped: etree._Element | None = None
        for event, element in walk:
            tag = str(element.tag)
            if event == "start":
                if is_left_out(element, tag, self.region, in_heading=self._headings > 0):
                    if tag not in INLINE:
                        self._flush()
                    skipped = element
                    walk.skip_subtree()
                else:
                    self._enter(element, tag)
                continue
            if element is skipped:
                skipped = None
            else:
                self._leave(element, tag)
            if element is self.region.end:
                break
            if (tail := element.tail) and element is not self.region.root:
                self._say(tail)
        self._flush()

    def _enter(self, element: etree._Element, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
            line = element.sourceline or 0
            self.number = line if line < _LAST_LINE else max(self.number, line)
            self._open.append(element)
            if tag in _COUNTED:
                self._open_block(tag)
        elif tag in _VALUES:
            if tag == "a" and element.get("href") is not None:
                self._anchors += 1
                self._links += 1
            self._inline.append(len(self._parts))
        elif tag == "br":
            self._parts.append(BREAK)
        elif tag == "q":
            self._say("“")
        if text := element.text:
            self._say(text)

    def _open_block(self, tag: str) -> None:
        if tag in _LISTS:
            self._list_count += 1
            self._lists.append(self._list_count)
        elif tag == "li":
            self._bullet = True
        elif tag in HEADINGS:
            self._headings += 1
        elif tag == "pre":
            self._pres += 1
        elif tag in ("tr", "dl"):
            self._rows.append([])
        elif tag in ("td", "th", "dt", "dd") and self._rows:
            if tag == "dt":
                self._rows[-1] = []
            self._rows[-1].append(len(self.blocks))

    def _leave(self, element: etree._Element, tag: str) -> None:
        if tag in _BLOCKS:
            self._flush()
            self._open.pop()
            if tag in _COUNTED:
                self._close_block(tag)
        elif tag in _VALUES:
            self._mark_value(self._inline.pop())
            if tag == "a":
                self._anchors -= element.get("href") is not None
        elif tag == "q":
            self._say("”")

    def _close_block(self, tag: str) -> None:
        if tag in _LISTS:
            self._lists.pop()
        elif tag == "li":
            self._bullet = False
        elif tag in HEADINGS:
            self._headings -= 1
        elif tag == "pre":
            self._pres -= 1
        elif tag == "dd" and self._rows:
            join_cells(self.blocks, self._rows[-1])
        elif tag in ("tr", "dl") and self._rows:
            row = self._rows.pop()
            if tag == "tr":
                join_cells(self.blocks, row)

    def _say(self, text: str) -> None:
        if self._start is None:
            if text.isspace() and not self._parts:
                self.number += text.count("\n")
                return
            lead = len(text) - len(text.lstrip())
            if lead < len(text):
                element = self._open[-1] if self._open else self.region.root
                self._start = (element, self.number + text.count("\n", 0, lead))
        self.number += text.count("\n")
        if not self._anchors:
            self._unlinked.append(text)
        self._parts.append(text.replace("\n", BREAK) if self._pres else text)

    def _mark_value(self, start: int) -> None:
        """Set a score that an inline element holds apart from the words beside it."""
        if not 0 < len(self._parts) - start <= 8:
            return
        text = "".join(self._parts[start:]).strip()
        if len(text) > 120 or text[:1] not in _VALUE_STARTS:
            return
        text = clean(text.replace(BREAK, " ").replace(EDGE, ""))
        in_item = bool(self._open) and self._open[-1].tag in ("li", "td", "th", "dd", "dt")
        if is_score(text) or (in_item and is_rating(text)):
            self._parts.insert(start, EDGE)
            self._parts.append(EDGE)

    def _flush(self) -> None:
        if not self._parts:
            self._links = 1 if self._anchors else 0
            return
        if self._start is not None:
            element, number = self._start
            level = self._rank() if self._headings else 0
            lines = split_lines("".join(self._parts), heading=level > 0)
            if lines:
                linked = self._links > 0 and _is_nothing("".join(self._unlinked))
                self.blocks.append(
                    Block(
                        element,
                        number,
                        lines,
                        level,
                        self._bullet and not level,
                        tuple(self._lists),
                        self._links,
                        linked,
                        self._pres > 0,
                    )
                )
                self._bullet = False
        self._parts, self._start, self._unlinked = [], None, []
        # A link can hold whole blocks: each of them is a link.
        self._links = 1 if self._anchors else 0
        self._inline = [0] * len(self._inline)

    def _rank(self) -> int:
        return next((int(str(e.tag)[1]) for e in reversed(self._open) if e.tag in HEADINGS), 0)


def _is_nothing(beside: str) -> bool:
    """Is what stands beside the links of a block no word of its own?"""
    return len(beside) < 200 and not any(map(str.isalnum, _FILE_SIZE.sub("", beside)))
