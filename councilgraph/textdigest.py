"""The digest of a sentence: how stand-off records find their sentence again."""

from __future__ import annotations

import hashlib
import unicodedata

# Every mark that people and programs type for the same thing.
_LEVEL = {
    **dict.fromkeys(map(ord, "‘’‚‛′`´"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″«»"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    0xAD: None,  # a soft hyphen is a place to break, not a letter
}


def straighten(text: str) -> str:
    """The text with straight quotes and plain hyphens: the form that is compared."""
    return text.translate(_LEVEL)


def digest(sentence: str) -> str:
    """SHA-256 of a sentence, the same for every way of typing the same words.

    Quotes, dashes, ligatures and spaces are levelled first: the web page and the PDF of a
    report differ in them, and a review must find its sentence in both.
    """
    level = " ".join(straighten(unicodedata.normalize("NFKC", straighten(sentence))).split())
    return hashlib.sha256(level.encode("utf-8")).hexdigest()
