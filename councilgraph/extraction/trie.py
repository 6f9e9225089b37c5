"""Many phrases as one regular expression whose work grows with the text, not with the phrases."""

from __future__ import annotations

import re
from collections.abc import Iterable

_Node = dict[str, "_Node"]
_END = ""  # no character: a phrase may stop here
NOTHING = r"(?!)"


def pattern(phrases: Iterable[str]) -> str:
    """A pattern that finds whole phrases, the longest first.

    A space in a phrase stands for up to four spaces or hyphens. Word characters may not
    touch the phrase on either side.
    """
    root: _Node = {}
    for phrase in phrases:
        node = root
        for character in phrase:
            node = node.setdefault(character, {})
        node[_END] = {}
    return rf"(?<!\w){_branch(root)}(?!\w)" if root else NOTHING


def _branch(node: _Node) -> str:
    """A node as a pattern; runs without a branch are taken in one step, which keeps it shallow."""
    options = []
    for character in sorted(c for c in node if c != _END):
        run, below = [character], node[character]
        while len(below) == 1 and _END not in below:
            ((only, below),) = below.items()
            run.append(only)
        tail = "" if list(below) == [_END] else _branch(below)
        options.append("".join("[ -]{1,4}" if c == " " else re.escape(c) for c in run) + tail)
    if not options:
        return ""
    body = options[0] if len(options) == 1 and _END not in node else f"(?:{'|'.join(options)})"
    return body + "?" if _END in node else body
