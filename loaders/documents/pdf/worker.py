"""Runs in a process of its own: a PDF on standard input, its text with positions as JSON lines.

PDFs can be made to crash, to fill the memory or to run for ever whatever reads them. Here
that ends this process and nothing else. It imports nothing of ours, so that it starts fast
and can be run by its path. No form environment is made: no script in a PDF is ever run.

The first line is ``{"pages": n, "title": str, "outline": [str, ...]}`` or ``{"error": code, "n": n}``;
then one object for each page: ``{"width", "height", "spans", "unread", "turned", "unseen",
"picture", "paths"}``. A span is ``[text, left, right, down, size, bold, first]`` in points
from the upper left corner of the page as it is read; ``down`` is its baseline, ``first`` the
width of its first word. ``picture`` is the share of the page under its largest picture.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

MOST_PAGES = 400
MOST_CHARACTERS = 2_000_000
MOST_ON_A_PAGE = 60_000
MOST_SPANS = 200_000  # a report has some five thousand
MOST_MEMORY = 900 * 1024 * 1024
MOST_SECONDS = 6
_MOST_OBJECTS = 20_000  # looked at on one page, for pictures
_MOST_BOOKMARKS = 2_000

# What has no place on the page, or no character that it stands for.
_UNREAD = {0, 0xFFFD, 0xFFFE, 0xFFFF}


def limit() -> None:
    """Let the system end this process when it takes too much; a no-op where it cannot."""
    try:
        import resource
    except ImportError:  # Windows: there the time limit of the caller is all
        return
    for kind, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))


def main() -> None:
    """Read, write, and say in one word what went wrong."""
    limit()
    data = sys.stdin.buffer.read()
    try:
        for record in _records(data):
            sys.stdout.write(json.dumps(record, separators=(",", ":")))
            sys.stdout.write("\n")
    except MemoryError:
        sys.exit(3)


def _records(data: bytes) -> Iterator[dict[str, Any]]:
    import pypdfium2  # type: ignore[import-untyped]
    from pypdfium2 import raw

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        yield {"error": "locked" if locked else "damaged", "n": 0}
        return
    pages = len(pdf)
    if not 1 <= pages <= MOST_PAGES:
        yield {"error": "pages" if pages else "damaged", "n": pages}
        return
    yield {"pages": pages, "title": _text(lambda: pdf.get_metadata_value("Title")), "outline": _outline(pdf)}
    characters = spans = 0
    for number in range(pages):
        try:
            page = pdf[number]
            text = page.get_textpage()
            count = text.count_chars()
        except pypdfium2.PdfiumError:
            yield {"error": "page", "n": number + 1}
            return
        characters += count
        record = None
        if characters <= MOST_CHARACTERS and count <= MOST_ON_A_PAGE:
            record = _Page(raw, page, text, count).record()
            spans += len(record["spans"])
        if record is None or spans > MOST_SPANS:
            yield {"error": "characters", "n": number + 1}
            return
        yield record
        text.close()
        page.close()


def _text(get: Callable[[], str]) -> str:
    try:
        return get()[:300]
    except (UnicodeDecodeError, ValueError):
        return ""


def _outline(pdf: Any) -> list[str]:
    titles = []
    with contextlib.suppress(Exception):  # a bookmark only confirms what the page shows
        for bookmark in islice(pdf.get_toc(max_depth=6), _MOST_BOOKMARKS):
            titles.append(_text(bookmark.get_title))
    return titles


class _Page:
    """The characters of one page, gathered into spans as they are met."""

    def __init__(self, raw: Any, page: Any, text: Any, count: int) -> None:
        self.raw, self.page, self.text, self.count = raw, page, text, count
        self.left, self.bottom, self.right, self.top = page.get_cropbox()
        self.quarters = self._quarters()
        self.box, self.x, self.y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        self.box_at, self.x_at, self.y_at = map(ctypes.byref, (self.box, self.x, self.y))
        self.foot = math.nan
        self.spans: list[list[Any]] = []
        self.lost = Counter[str]()

    def record(self) -> dict[str, Any]:
        self._read()
        wide, high = self.right - self.left, self.top - self.bottom
        if self.quarters % 2:
            wide, high = high, wide
        picture, paths = self._drawn()
        return {
            "width": round(wide, 2),
            "height": round(high, 2),
            "spans": self.spans,
            "unread": self.lost["unread"],
            "turned": self.lost["turned"],
            "unseen": self.lost["unseen"],
            "picture": round(picture, 3),
            "paths": paths,
        }

    def _quarters(self) -> int:
        """By how many quarter turns most of the text is turned: pages are printed sideways."""
        turns = Counter[int]()
        for index in range(0, self.count, max(1, self.count // 50)):
            angle = self.raw.FPDFText_GetCharAngle(self.text, index)
            if angle >= 0:
                turns[round(angle / (math.pi / 2)) % 4] += 1
        return turns.most_common(1)[0][0] if turns else 0

    def _read(self) -> None:
        span: _Span | None = None
        for index, code in self._codes():
            if code in (10, 13):
                self._end(span)
                span = None
            elif code in (9, 32, 160):
                if span is not None:
                    span.space()
            elif code in _UNREAD:
                self.lost["unread"] += 1
            elif place := self._place(index, fresh=span is None):
                left, right, down = place
                if span is None or not span.goes_on(left, right, down):
                    self._end(span)
                    span = self._begin(index, left, down)
                if span is None:
                    self.lost["turned"] += 1
                # A soft hyphen without ink is a place to break that was not used.
                elif code != 0xAD or not self._is_empty(index):
                    span.add("-" if code == 0xAD else chr(code), left, right, index)
        self._end(span)

    def _codes(self) -> Iterator[tuple[int, int]]:
        """Each character with its index; what pdfium gives as two halves as one."""
        unicode_of, handle, high = self.raw.FPDFText_GetUnicode, self.text.raw, 0
        for index in range(self.count):
            code = unicode_of(handle, index)
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00) if high else 0xFFFD
            high = 0
            yield index, code

    def _place(self, index: int, *, fresh: bool) -> tuple[float, float, float] | None:
        """Left, right and baseline of a character; None where it is on no place of the page."""
        box, handle = self.box, self.text.raw
        if not self.raw.FPDFText_GetLooseCharBox(handle, index, self.box_at):
            return None
        # Letters of one font that stand equally high have one baseline: it is not asked for each.
        if fresh or box.bottom != self.foot or self.quarters % 2:
            self.foot = box.bottom
            self.raw.FPDFText_GetCharOrigin(handle, index, self.x_at, self.y_at)
        place = self._turned(box, self.x.value, self.y.value)
        if not all(map(math.isfinite, place)):
            self.lost["unread"] += 1
            return None
        if not self._on_page(box.left, self.y.value if self.quarters % 2 == 0 else box.bottom):
            self.lost["unseen"] += 1
            return None
        return place

    def _turned(self, box: Any, x: float, y: float) -> tuple[float, float, float]:
        """Left, right and baseline from the upper left corner, as the text is read."""
        match self.quarters:
            case 0:
                return box.left - self.left, box.right - self.left, self.top - y
            case 1:  # the text runs upwards or downwards by how the page is turned
                return self.top - box.top, self.top - box.bottom, self.right - x
            case 2:
                return self.right - box.right, self.right - box.left, y - self.bottom
            case _:
                return box.bottom - self.bottom, box.top - self.bottom, x - self.left

    def _on_page(self, x: float, y: float) -> bool:
        inside: bool = self.left - 2 <= x <= self.right + 2 and self.bottom - 2 <= y <= self.top + 2
        return inside

    def _is_empty(self, index: int) -> bool:
        """Has a soft hyphen no ink? Some fonts call their visible hyphen so."""
        edges = [ctypes.c_double() for _ in range(4)]
        self.raw.FPDFText_GetCharBox(self.text, index, *edges)
        return math.isclose(edges[0].value, edges[1].value, abs_tol=0.01)

    def _begin(self, index: int, left: float, down: float) -> _Span | None:
        """A new span; None where its text is not parallel to that of the page."""
        matrix = self.raw.FS_MATRIX()
        self.raw.FPDFText_GetMatrix(self.text, index, matrix)
        angle = self.raw.FPDFText_GetCharAngle(self.text, index) - self.quarters * math.pi / 2
        if abs(math.remainder(angle, 2 * math.pi)) > 0.1:
            return None
        size = self.raw.FPDFText_GetFontSize(self.text, index) * math.hypot(matrix.c, matrix.d)
        return _Span(left, down, size if math.isfinite(size) and 0 < size < 2000 else 10.0)

    def _end(self, span: _Span | None) -> None:
        if span is not None and span.words():
            self.spans.append([*span.record(), self._is_bold(span), span.first()])

    def _is_bold(self, span: _Span) -> bool:
        """Are the first and the last character of the span in a bold font?"""
        return all(self._bold(index) for index in {span.head, span.tail})

    def _bold(self, index: int) -> bool:
        name, flags = ctypes.create_string_buffer(128), ctypes.c_int()
        self.raw.FPDFText_GetFontInfo(self.text, index, name, 128, flags)
        weight: int = self.raw.FPDFText_GetFontWeight(self.text, index)
        return weight >= 600 or b"bold" in name.value.lower()

    def _drawn(self) -> tuple[float, int]:
        """The share of the page under its largest picture, and the number of drawn shapes."""
        raw, area = self.raw, (self.right - self.left) * (self.top - self.bottom)
        largest, paths = 0.0, 0
        with contextlib.suppress(RuntimeError):
            for drawn in islice(self.page.get_objects(max_depth=3), _MOST_OBJECTS):
                if drawn.type == raw.FPDF_PAGEOBJ_IMAGE:
                    left, bottom, right, top = drawn.get_bounds()
                    # A picture in a form stands where the form puts it; its size is told by neither.
                    share = (right - left) * (top - bottom) / area if area > 0 else 0.0
                    largest = max(largest, 1.0 if drawn.level else min(1.0, share))
                paths += drawn.type == raw.FPDF_PAGEOBJ_PATH
        return largest, paths


class _Span:
    """Characters that follow each other on one baseline without a wide gap."""

    def __init__(self, left: float, down: float, size: float) -> None:
        self.left, self.down, self.size = left, down, size
        self.right = self.last = left
        self.text: list[str] = []
        self.pending = False
        self.head = self.tail = -1
        self.first_right: float | None = None

    def goes_on(self, left: float, right: float, down: float) -> bool:
        near = abs(down - self.down) <= 0.5 * self.size
        # The letters of a ligature all stand where the ligature does.
        after = left >= self.last - 0.01 or left >= self.right - 0.5 * self.size
        return near and after and left <= self.right + self.size

    def space(self) -> None:
        self.pending = bool(self.text)

    def add(self, character: str, left: float, right: float, index: int) -> None:
        if self.pending:
            if self.first_right is None:
                self.first_right = self.right
            self.text.append(" ")
            self.pending = False
        self.text.append(character)
        self.right, self.last = max(self.right, right), left
        self.head, self.tail = index if self.head < 0 else self.head, index

    def words(self) -> bool:
        return bool(self.text)

    def first(self) -> float:
        return round((self.first_right or self.right) - self.left, 2)

    def record(self) -> list[Any]:
        numbers = [round(n, 2) for n in (self.left, self.right, self.down, self.size)]
        return ["".join(self.text), *numbers]


if __name__ == "__main__":
    main()
