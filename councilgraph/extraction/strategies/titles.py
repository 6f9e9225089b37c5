"""The titles of documents in a sentence.

A title is read backwards from the word that makes it a document ("Strategy") over capitalised
words and the small words between them, and forwards where it goes on ("Strategy for ...").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from councilgraph.extraction.strategies.patterns import (
    AND_PLAN,
    ANY_HEAD,
    CALLED,
    DATE_NEXT,
    DETERMINER,
    FORWARD,
    HEADS,
    KEPT,
    KIND,
    KNOWN,
    LEAD,
    LIKELY,
    NOT,
    PARTNERS,
    QUOTED,
    REACH,
    SMALL,
    TOKEN,
)

_OF_THE = frozenset({"the", "its", "our", "their"})


@dataclass(frozen=True, slots=True)
class Title:
    """A title with its offsets; ``known`` where small letters are used for a well-known paper."""

    start: int
    end: int
    text: str


@lru_cache(maxsize=1024)  # strategies and arrangements both ask for the titles of each sentence
def find_titles(text: str, bodies: tuple[tuple[int, int], ...] = ()) -> tuple[Title, ...]:
    """The titles of a sentence (straight quotes) in order; spans do not overlap.

    ``bodies`` are offsets of organisations named in it: a strategy "of" a body is not titled
    by the body's name alone.
    """
    low = text.lower()
    if not ANY_HEAD.search(low):
        return ()
    if not LIKELY.search(text):
        return _well_known(text, low, [])
    found = _quoted(text)
    tokens = list(TOKEN.finditer(text))
    floor = 0
    for i, token in enumerate(tokens):
        word = token[0].strip(".,;:'!?").removesuffix("'s")
        if word.lower() not in HEADS or token.start() < floor:
            continue
        if (title := _title(text, tokens, i, floor, bodies)) and not _taken(found, title):
            found.append(title)
        floor = found[-1].end if found and found[-1].end > token.end() else token.end()
    return _well_known(text, low, found)


def _well_known(text: str, low: str, found: list[Title]) -> tuple[Title, ...]:
    if "joint" in low or "market" in low or "integrated" in low:
        for match in KNOWN.finditer(text):
            title = Title(match.start(), match.end(), match[0])
            if not _taken(found, title):
                found.append(title)
    return tuple(sorted(found, key=lambda t: t.start))


def _taken(found: list[Title], title: Title) -> bool:
    return any(title.start < t.end and t.start < title.end for t in found)


def _quoted(text: str) -> list[Title]:
    found = []
    for match in QUOTED.finditer(text):
        inside = match["title"].strip(" ,.")
        last = inside.split()[-1].lower()
        end = match.start("title") + len(inside)
        before, after = text[max(0, match.start() - 80) : match.start()], text[match.end() : match.end() + 60]
        # What a person says is quoted too: only a document's name stands beside its kind.
        beside = KIND.match(after.lstrip()) or CALLED.search(before)
        if not (last in ("strategy", "plan", "framework") or beside):
            continue
        # A sentence that somebody says has one capital; a title has more.
        if beside and after.startswith(",") and _capitals_of(inside) < 2:
            continue
        if len(inside.split()) <= REACH and not NOT.search(inside):
            found.append(Title(match.start("title"), end, inside))
    return found


def _capitals_of(words: str) -> int:
    return sum(word[:1].isupper() for word in words.split())


def _word(token: re.Match[str]) -> str:
    return token[0].strip("'.;:")


def _title(  # noqa: PLR0911 (one return for each rule)
    text: str, tokens: list[re.Match[str]], at: int, floor: int, bodies: tuple[tuple[int, int], ...]
) -> Title | None:
    head = tokens[at][0].strip(".,;:'!?").removesuffix("'s")
    capital = head[:1].isupper()
    low = head.lower()
    if low in PARTNERS and (not at or tokens[at - 1][0].lower() not in PARTNERS[low]):
        return None
    end = tokens[at].start() + len(head)
    first = _back(text, tokens, at, floor)
    dated = bool(DATE_NEXT.match(text[end : end + 30]))
    onwards = FORWARD.match(text, end) if capital and first == at else None
    if onwards and not NOT.search(text[tokens[at].start() : onwards.end()]):
        return Title(tokens[at].start(), onwards.end(), text[tokens[at].start() : onwards.end()])
    if first == at or (not capital and _capitals(tokens[first:at]) < 2):
        # "Adult social care strategy 2023-2028": small letters, but its years make it a document.
        if not dated or low in ("programme", "report", "account"):
            return None
        first = _back_small(tokens, at, floor)
        if first == at:
            return None
    start = tokens[first].start() + (len(tokens[first][0]) - len(tokens[first][0].lstrip("'")))
    if capital:
        end = _onwards(text, end)
    name = text[start:end]
    alone = any(s <= start and tokens[at - 1].end() <= e for s, e in bodies)
    # "the Northmoor County Council strategy" has no title; "Northmoor Carers Plan" has one.
    if (alone and not capital) or len(name.split()) < 2 or (NOT.search(name) and not KEPT.search(name)):
        return None
    if low == "programme" and _capitals(tokens[first:at]) < 2:
        return None
    return Title(start, end, name)


def _capitals(tokens: list[re.Match[str]]) -> int:
    return sum(t[0].strip("'")[:1].isupper() for t in tokens)


def _back(text: str, tokens: list[re.Match[str]], at: int, floor: int) -> int:
    """The first word of the run of capitals that ends before ``at``."""
    first = best = at
    listed = False
    while first > 0 and at - first < REACH:
        token = tokens[first - 1]
        gap = text[token.end() : tokens[first].start()]
        word = _word(token)
        if token.start() < floor or any(c in gap for c in '()[]"') or token[0][-1] in ".;:!?":
            break
        # A comma belongs to a list inside the title only where an "and" follows it.
        if token[0].endswith(","):
            between = {t[0].lower() for t in tokens[first:at]}
            if not (listed or between & {"and", "&"}) or not word[:1].isupper():
                break
            listed = True
        if word.rstrip(",").lower() in SMALL and not word[:1].isupper():
            first -= 1
            continue
        if not (
            word[:1].isupper()
            or (word[:4].isdigit() and len(word) == 4 and first > 1 and tokens[first - 2][0][:1].isupper())
        ):
            break
        first -= 1
        best = first
    # "Targets in the Equality Plan": the first word of a sentence is a capital by its place only.
    if best == 0 and at > 2 and not tokens[1][0][:1].isupper() and tokens[2][0].lower() in _OF_THE:
        best = 3
    while best < at and (_word(tokens[best]).lower().rstrip(",") in LEAD):
        # "All Age" begins a title, "All" at the head of a sentence does not.
        if (
            _word(tokens[best]).lower() == "all"
            and best + 1 < at
            and tokens[best + 1][0].lower().startswith("age")
        ):
            break
        if (
            _word(tokens[best]).lower() in ("local", "people", "partners")
            and best > 0
            and tokens[best][0][:1].isupper()
        ):
            break
        best += 1
    return best


def _back_small(tokens: list[re.Match[str]], at: int, floor: int) -> int:
    """The first word after the determiner, for a title in small letters with years behind it."""
    first = at
    while first > 0 and at - first < 6:
        token = tokens[first - 1]
        if token.start() < floor or token[0][-1] in ".,;:!?":
            break
        word = token[0].lower()
        if word in DETERMINER or word.endswith("'s"):
            return first
        if not word.replace("-", "").replace("'", "").isalpha() or (word in LEAD and word != "and"):
            return first
        first -= 1
        if token[0][:1].isupper():
            return first
    return first if first != at else at


def _onwards(text: str, end: int) -> int:
    if match := AND_PLAN.match(text, end):
        return match.end()
    if match := FORWARD.match(text, end):
        return match.end()
    return end
