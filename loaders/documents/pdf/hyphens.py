"""Words that the end of a line has cut, and letters that print as one.

A print does not tell a hyphen that belongs to a word from one that only breaks it. To drop
one of the first kind would make a word that nobody wrote, so a hyphen goes only where the
rest of the report writes the word without it, or where what follows can be no word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# pdfium writes U+0002 for any hyphen at a line's end between letters, soft or not.
_MARK = "\x02"
_BREAKS = (_MARK, "\xad", "\u2010", "-")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")
_LAST = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*$")
_FIRST = re.compile(r"^[^\W\d_]+(?:[-‐][^\W\d_]+)*")
# Ends of words that are no words themselves.
_ENDINGS = frozenset(
    """
    ably ance ances ary ated ately ates ating ation ations ative ed ence ences ency ently ents ered ering ery
    es ful fully ial ible ibly ical ically ies ified ing ings ion ions isation ised ising ity ive ively ly
    ment mental ments nised nising ous ously sion sional sions sive tion tional tions tive tively tures ties
    ty ular
    """.split()  # noqa: SIM905 -- it reads as the list that it is
)
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"},
)


def letters(text: str) -> str:
    """The text with ligatures as their letters.

    >>> letters("oﬃce staﬀ")
    'office staff'
    """
    return text.translate(_LIGATURES)


class Words:
    """The words of a document that stand whole, by which broken ones are known."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._known: set[str] = set()
        broken = False
        for line in lines:
            words = [match[0].lower().replace("‐", "-") for match in _WORD.finditer(line)]
            # The last word of a broken line is half of one, and the next line begins with the other.
            start, broken = int(broken), line.endswith(_BREAKS)
            self._known.update(words[start : len(words) - broken])

    def join(self, before: str, after: str) -> str:
        """Two lines of one paragraph as one.

        >>> words = Words(["They are responsible for multi-agency work"])
        >>> words.join("respons-", "ible people"), words.join("a multi-", "agency team")
        ('responsible people', 'a multi-agency team')
        """
        if not before.endswith(_BREAKS):
            return f"{before} {after}"
        stem = before[:-1]
        first, second = _LAST.search(stem), _FIRST.match(after)
        if first is None or second is None:
            # "2019-" before "2020"; a dash that stands alone keeps its space.
            glue = " " if not stem or stem.endswith(" ") else ""
            return f"{stem}-{glue}{after}"
        one = f"{first[0]}{second[0]}".lower().replace("‐", "-")
        two = f"{first[0]}-{second[0]}".lower().replace("‐", "-")
        whole = one in self._known or (two not in self._known and self._can_only_end(second[0]))
        return f"{stem}{after}" if whole else f"{stem}-{after}"

    def _can_only_end(self, part: str) -> bool:
        return part in _ENDINGS and part not in self._known
