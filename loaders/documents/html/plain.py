"""Cleaning of text that is plain already, which nearly every text of a page is."""

from __future__ import annotations

import re

from loaders.documents.cleaning import clean

# Characters that cleaning keeps as they are, and white space. None of them combines with another.
_KEPT = re.compile(r"[\t\n\f\r -~\xa0£½é–—‘’“”•…€]*")


def clean_quickly(text: str) -> str:
    """What ``clean`` gives, in a fraction of the time where there is nothing to clean.

    >>> clean_quickly("The  Care\\n Act")
    'The Care Act'
    """
    if "](" not in text and _KEPT.fullmatch(text):
        return " ".join(text.split())
    return clean(text)
