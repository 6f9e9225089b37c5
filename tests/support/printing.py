"""Prints the text of an invented report as a PDF, in the ways that offices print."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

_BULLET = re.compile(r"^(?:[•*]|- )\s*")
_WORD = re.compile(r"^[a-z]{8,}$")


@dataclass(frozen=True)
class Print:
    """How a report is printed; measures in points."""

    columns: int = 1
    size: float = 11
    leading: float = 14
    gap: float = 8  # after each paragraph
    indent: float = 0  # of the first line of a paragraph
    justified: bool = False
    centred: bool = False  # headings
    hyphens: bool = False
    headings: float = 15  # their size; that of the text for a print without styles
    head: str = ""
    foot: str = ""  # '{page}' and '{pages}' are replaced
    first_head: bool = True
    bookmarks: bool = False
    width: float = 595
    height: float = 842
    margin: float = 72
    gutter: float = 20
    sideways: bool = False


def print_pdf(text: str, style: Print | None = None, *, user_password: str = "") -> bytes:
    """The text as a PDF: one paragraph for each of its lines that is not blank."""
    out = io.BytesIO()
    pages = _Press(text, style or Print(), 0, io.BytesIO()).run()
    encrypt = None
    if user_password:
        from reportlab.lib.pdfencrypt import StandardEncryption

        encrypt = StandardEncryption(user_password, canPrint=0)
    _Press(text, style or Print(), pages, out, encrypt).run()
    return out.getvalue()


def is_heading(line: str) -> bool:
    """Is it printed in larger letters?"""
    return len(line) < 90 and not re.search(r"[.!?;,:%]$|^Score|^\d|^Indicative|Evidence", line)


class _Press:
    def __init__(self, text: str, style: Print, pages: int, out: io.BytesIO, encrypt: object = None) -> None:
        self.style, self.pages = style, pages
        self.lines = [line.strip() for line in text.splitlines() if line.strip()]
        self.words = Counter(re.findall(r"[a-z]+", text))
        size = (style.height, style.width) if style.sideways else (style.width, style.height)
        self.canvas = Canvas(out, pagesize=size, invariant=1, encrypt=encrypt)
        self.page, self.column, self.down = 0, 0, 0.0
        self.wide = (style.width - 2 * style.margin - (style.columns - 1) * style.gutter) / style.columns

    def run(self) -> int:
        self._new_page()
        for line in self.lines:
            self._paragraph(line)
        self.canvas.showPage()
        self.canvas.save()
        return self.page

    def _new_page(self) -> None:
        style = self.style
        if self.page:
            self.canvas.showPage()
        self.page, self.column, self.down = self.page + 1, 0, style.margin
        if style.sideways:
            self.canvas.translate(style.height, 0)
            self.canvas.rotate(90)
        self.canvas.setFont("Helvetica", 9)
        if style.head and (self.page > 1 or style.first_head):
            self._draw("Helvetica", 9, style.margin, 36, style.head)
        if style.foot:
            foot = style.foot.format(page=self.page, pages=self.pages)
            self._draw("Helvetica", 9, style.margin, style.height - 30, foot)

    def _paragraph(self, line: str) -> None:
        style = self.style
        heading, item = is_heading(line) and not _BULLET.match(line), _BULLET.match(line)
        size = style.headings if heading else style.size
        font = "Helvetica-Bold" if heading and style.headings > style.size else "Helvetica"
        leading = size * style.leading / style.size
        if heading and style.bookmarks:
            self.canvas.bookmarkPage(f"{self.page}-{line}")
            self.canvas.addOutlineEntry(line, f"{self.page}-{line}")
        hang = 14.0 if item else 0.0
        lines = list(
            self._broken(_BULLET.sub("", line), font, size, hang, 0 if heading or item else style.indent)
        )
        for n, words in enumerate(lines):
            self._room(leading)
            left = style.margin + self.column * (self.wide + style.gutter) + hang
            if item and n == 0:
                self._draw("Helvetica", size, left - hang, self.down, "•")
            if n == 0 and not heading and not item:
                left += style.indent
            shown = " ".join(words)
            if heading and style.centred:
                left += (self.wide - stringWidth(shown, font, size)) / 2
            last = n == len(lines) - 1
            stretch = 0.0
            if style.justified and not last and not heading and len(words) > 1:
                room = style.margin + self.column * (self.wide + style.gutter) + self.wide - left
                stretch = (room - stringWidth(shown, font, size)) / (len(words) - 1)
            self._draw(font, size, left, self.down, shown, stretch)
        self.down += max(style.gap, 4) if heading else style.gap

    def _room(self, leading: float) -> None:
        if self.down + leading > self.style.height - self.style.margin:
            self.column += 1
            self.down = self.style.margin
            if self.column == self.style.columns:
                self._new_page()
        self.down += leading

    def _draw(self, font: str, size: float, left: float, down: float, text: str, stretch: float = 0) -> None:
        out = self.canvas.beginText(left, self.style.height - down)
        out.setFont(font, size)
        out.setWordSpace(stretch)
        out.textOut(text)
        self.canvas.drawText(out)

    def _broken(self, text: str, font: str, size: float, hang: float, indent: float) -> Iterator[list[str]]:
        line: list[str] = []
        words = text.split()[::-1]
        hyphens = self.style.hyphens and size == self.style.size
        room = self.wide - hang - indent
        while words:
            word = words.pop()
            if stringWidth(" ".join([*line, word]), font, size) <= room:
                line.append(word)
                continue
            part = self._part(word) if hyphens else ""
            if part and stringWidth(" ".join([*line, part]), font, size) <= room:
                yield [*line, part]
                word = word[len(part) :] if word.startswith(part) else word[len(part) - 1 :]
            elif line:
                yield line
            else:
                line.append(word)
                continue
            line, room = [], self.wide - hang
            words.append(word)
        if line:
            yield line

    def _part(self, word: str) -> str:
        """What of a word can stand at the end of a line, with its hyphen."""
        if "-" in word[1:-1]:
            return word[: word.index("-", 1) + 1]
        if _WORD.match(word) and self.words[word] > 4:
            return f"{word[: len(word) // 2]}-"
        return ""
