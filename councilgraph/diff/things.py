"""Two descriptions of one thing to the change that a reader is told, if there is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from councilgraph.diff.changes import HOW, KINDS, Cause, Change, Field, How
from councilgraph.diff.records import (
    SENTENCE,
    TYPE,
    Record,
    in_words,
    iri_of,
    kind_of,
    only_moved,
    regraded,
)
from councilgraph.diff.words import Find, Words, resting_on
from councilgraph.iris import DEF

_FINDING = f"{DEF}Finding"
_QUOTED = frozenset({"statistic", "citation"})  # their labels are words of the report


class Teller:
    """Says how things changed, in words; ``find_old`` and ``find_new`` give sentences of a report."""

    def __init__(self, words: Words, find_old: Find, find_new: Find) -> None:
        self._words, self._find_old, self._find_new = words, find_old, find_new

    def change(
        self,
        old: Record | None,
        new: Record | None,
        causes: tuple[Cause, ...],
        *,
        was: str = "",
        alike: int = 0,
        council: str = "",
        assessment: str = "",
    ) -> Change | None:
        """The change from one to the other; None where there is none to tell.

        ``was`` is the old IRI of a thing whose sentence has another name now. Of things that
        are added or removed the fields are all that is said of them.
        """
        shown = new or old
        if shown is None or not (kind := kind_of(shown.name)):
            return None
        if kind == "finding" and not any(str(t.value) == _FINDING for t in shown.said.get(TYPE, ())):
            kind = "sentence"
        how, fields = self._how(old, new, reworded=0 < alike < 100)
        if how is None:
            return None
        find = self._find_new if new else self._find_old
        if not council:
            council, assessment = self._words.council_of(shown)
        held = resting_on(shown, find)
        return Change(
            kind=kind,
            how=how,
            iri=iri_of(shown.name),
            label=self._words.title(shown, find),
            causes=causes,
            fields=fields,
            council=council,
            assessment=assessment,
            place=self._words.place(held) if held else "",
            sentence=held.one(SENTENCE) if held else "",
            was=was,
            alike=alike,
            quotes=kind in _QUOTED,
        )

    def _how(
        self, old: Record | None, new: Record | None, *, reworded: bool
    ) -> tuple[How | None, tuple[Field, ...]]:
        before = old.content(words=reworded) if old else {}
        after = new.content(words=reworded) if new else {}
        fields = self._fields(before, after)
        if old and new:
            if fields:
                return "changed", fields
            if only_moved(old, new):
                return "moved", ()
            return ("regraded", ()) if regraded(old, new) else (None, ())
        side = old or new
        assert side is not None
        if side.exists:
            return ("removed" if old else "added"), fields
        # Spoken of only on one side: the thing itself is described in a graph that is as it was.
        return ("changed", fields) if fields else (None, ())

    def _fields(
        self, before: Mapping[str, tuple[Any, ...]], after: Mapping[str, tuple[Any, ...]]
    ) -> tuple[Field, ...]:
        found = []
        for predicate in sorted({*before, *after}):
            old, new = before.get(predicate, ()), after.get(predicate, ())
            if old != new:
                told = Field(
                    in_words(predicate),
                    self._words.values(old, self._find_old),
                    self._words.values(new, self._find_new),
                )
                found.append(told)
        return tuple(sorted(found, key=lambda field: field.name))


def in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Changes in the order in which they are told: newest assessment, kind, way, place."""
    kinds, ways = list(KINDS), list(HOW)
    ordered = sorted(changes, key=lambda c: (kinds.index(c.kind), ways.index(c.how), c.label, c.iri))
    return tuple(sorted(ordered, key=lambda c: c.assessment, reverse=True))
