"""Text in a picture: what may stand in it, how wide it is, where its lines break.

A drawing has no line breaks and no scroll bars, so room has to be known before it is drawn.
Widths are those of DejaVu Sans; Verdana's are nearly the same and Arial's are smaller, so
what fits here fits wherever the picture is shown.
"""

from __future__ import annotations

import re
import unicodedata

FONT = "DejaVu Sans, Verdana, Arial, sans-serif"
_BOLD = 1.12  # bold letters are at most this much wider
# Widths of the characters from space to tilde in hundredths of the letter size.
_WIDTHS = (
    *(32, 40, 46, 84, 64, 95, 78, 27, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64),
    *(64, 64, 34, 34, 84, 84, 84, 53, 100, 68, 69, 70, 77, 63, 58, 77, 75, 29, 29, 66, 56, 86, 75, 79),
    *(60, 79, 69, 63, 61, 73, 68, 99, 69, 61, 69, 39, 34, 39, 84, 50, 50, 61, 63, 55, 63, 62, 35, 63),
    *(63, 28, 28, 58, 28, 97, 63, 61, 63, 63, 41, 52, 39, 63, 59, 82, 59, 59, 52, 64, 34, 64, 84),
)
_OTHER, _FULL = 70, 100  # an accented letter; a sign of a wide script
# What XML cannot hold (C0, surrogates, non-characters), what moves a cursor, and the marks that
# turn the order of a line, so that it reads as another line.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]")
_ELLIPSIS = "…"


def clean(text: object) -> str:
    """The text as it may stand in a drawing: one line, without control characters."""
    kept = _CONTROLS.sub(" ", "" if text is None else str(text))
    kept = "".join(c for c in kept if not 0xD800 <= ord(c) <= 0xDFFF and ord(c) & 0xFFFE != 0xFFFE)
    return " ".join(kept.split())


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of a line in pixels, never less than it will be."""
    hundredths = sum(_width(c) for c in text)
    return hundredths * size / 100 * (_BOLD if bold else 1)


def fit(text: object, room: float, size: float, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it is wider than the room."""
    line = clean(text)
    if width(line, size, bold=bold) <= room:
        return line
    while line and width(line + _ELLIPSIS, size, bold=bold) > room:
        line = line[:-1]
    return line.rstrip(" ,-–") + _ELLIPSIS


def wrap(text: object, room: float, size: float, *, bold: bool = False, most: int = 0) -> list[str]:
    """The text in lines no wider than the room; the last of ``most`` lines is cut, 0 for all."""
    lines: list[str] = []
    for word in clean(text).split():
        if lines and width(f"{lines[-1]} {word}", size, bold=bold) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    if most and len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [fit(line, room, size, bold=bold) for line in lines]


def _width(character: str) -> int:
    at = ord(character) - 32
    if 0 <= at < len(_WIDTHS):
        return _WIDTHS[at]
    if unicodedata.combining(character):
        return 0
    return _FULL if unicodedata.east_asian_width(character) in "WF" or character in "…—" else _OTHER


def listed(words: list[str], most: int = 0) -> str:
    """Words as a list in a sentence: "a, b and c"; beyond ``most`` only their number."""
    if most and len(words) > most:
        words = [*words[:most], f"{len(words) - most} more"]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def counted(count: int, one: str, many: str = "") -> str:
    """1 council, 2 councils, 1,204 findings."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
