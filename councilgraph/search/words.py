"""What people type into a search box, as an expression of SQLite's FTS5."""

from __future__ import annotations

import re

from councilgraph.errors import UsageError

# A phrase in double quotes, or a word; a star at its end means any ending.
_TERM = re.compile(r'"([^"]+)"|(\S+)')
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
# SQLite refuses deeper expressions; nobody looks for a sentence of more words.
MOST_TERMS = 50


def terms_of(words: str) -> list[str]:
    """The words and phrases to look for.

    Raises:
        UsageError: there is none, or there are more than anybody looks for.
    """
    words = _CONTROL.sub(" ", words)
    terms = [(phrase or word).strip() for phrase, word in _TERM.findall(words)]
    terms = [t for t in terms if any(c.isalnum() for c in t)]
    if not terms:
        raise UsageError("There is no word to look for.", cure='Give words, or a "phrase in quotes".')
    if len(terms) > MOST_TERMS:
        raise UsageError(
            f"There are {len(terms)} words to look for.", cure=f"Give {MOST_TERMS} at most, the rarest ones."
        )
    return terms


def expression(words: str, tags: tuple[str, ...] = ()) -> str:
    """The FTS5 expression of all words, and of all ``tags`` (see `councilgraph.search.index.tag`).

    Raises:
        UsageError: as ``terms_of``.
    """
    return " AND ".join(
        [f"text : {quoted(t)}" for t in terms_of(words)] + [f"tags : {quoted(t)}" for t in tags]
    )


def quoted(term: str) -> str:
    """A term as a phrase of FTS5: nothing in it can be an operator."""
    star = "*" if term.endswith("*") else ""
    body = term.rstrip("*").replace('"', '""')
    return f'"{body}"{star}'
