"""Words by which the parts of a page are told apart, and how its short lines look."""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


_TITLE = re.compile(r"(?::\s?local authority assessment|\bCouncil assessment)$", re.IGNORECASE)
_TRAIL = re.compile(r"[›»>|→/]")
_SENTENCE_END = re.compile(r"[.!?…][\"'’”)\]]{0,4}$")
_SCORE = re.compile(r"(?:indicative )?score ?:? ?\d{1,6}(?: ?[-–—] ?\S.{0,80})?", re.IGNORECASE)
_RATING = re.compile(r"inadequate|requires improvement|good|outstanding", re.IGNORECASE)
# A line that ends with one of these goes on below it.
_OPEN_WORDS = words(
    "a an the of to in on at by for from with and or as its their his her our that which who were was is are "
    "has have had be been between including such through this these those into than"
)


def is_title(text: str) -> bool:
    """Is it the title line of an assessment? A trail of links that ends in one is not."""
    if len(text) > 200 or text[-10:].lower() != "assessment":
        return False
    return bool(_TITLE.search(text)) and not _TRAIL.search(text)


def is_sentence(text: str) -> bool:
    """Does it end as running text ends?"""
    return bool(_SENTENCE_END.search(text[-5:]))


def is_score(text: str) -> bool:
    """Is it a score as it stands on a line of its own, 'Score: 3'?"""
    return len(text) <= 120 and bool(_SCORE.fullmatch(text))


def is_rating(text: str) -> bool:
    """Is it one of the four ratings and nothing else?"""
    return bool(_RATING.fullmatch(text))


def is_label(text: str) -> bool:
    """Is it short and unlike running text: a heading, a name, a value?"""
    return (
        len(text) <= 90
        and len(text.split()) <= 12
        and not is_sentence(text)
        and not text.endswith((",", ";", "-", "–", "—"))
    )


def is_open(text: str) -> bool:
    """Does it end with a word that no line ends with?"""
    return text.rsplit(None, 1)[-1].lower() in _OPEN_WORDS
