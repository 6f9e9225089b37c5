"""Characters that a reader sees, and one space between words, whatever the form they came in.

Characters that a reader cannot see (zero-width, control, bidirectional overrides) are
dropped, because the same sentence copied from two places would otherwise get two digests,
and because they can make a page show what is not there.
"""

from __future__ import annotations

import re
import unicodedata

# Bullets of Word's symbol fonts; they are private-use characters and would be dropped.
_SYMBOL_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf0fc", "•"))
_MARKDOWN_LINK = re.compile(r"\[([^\[\]]{1,300})\]\([^()\s]{0,500}\)")
_NESTED_LINKS = 4
# Control, zero-width, bidirectional, private-use and non-characters. Spaces of every kind
# are left: they part words.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\ufff0-\ufffb\ufffe\uffff\U000e0000-\U0010ffff]"
)


def clean(text: str) -> str:
    """One space between words, links as their words, no invisible characters.

    >>> clean("The  [Care Act](https://example.org/act)\u200b applies")
    'The Care Act applies'
    """
    text = _level(text.translate(_SYMBOL_BULLETS))
    for _ in range(_NESTED_LINKS):
        plain = _level(_MARKDOWN_LINK.sub(r"\1", text))
        if plain == text:
            return text
        text = plain
    # Links within links within links are no text of a report. What is left of them is kept,
    # parted so that cleaning it again would change nothing.
    return text.replace("](", "] (")


def _level(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).split())
