"""Things and values as a reader calls them: labels, places, numbers; never a bare IRI."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import pyoxigraph

from councilgraph.diff.records import SECTION, Name, Record, iri_of, label_of, name_of
from councilgraph.diff.sides import Side
from councilgraph.errors import CouncilgraphError
from councilgraph.iris import DEF

Find = Callable[[Name], Record | None]
_LOCAL = re.compile(r"/(?:[a-z-]+/)?(?:local-)?([A-Z]{3,4})-([0-9]{4}-[0-9]{2})(?:[/-]|$)")
_COUNCIL = re.compile(r"/id/council/([A-Z]{3,4})$")


class Words:
    """What things are called in either build; the new one is asked first."""

    def __init__(self, old: Side, new: Side) -> None:
        self._sides = (new, old)
        self.councils: dict[str, tuple[str, str]] = {}
        self._areas: dict[str, str] = {}
        for side in (old, new):
            for iri, name, area in side.councils():
                code = iri.rsplit("/", 1)[-1]
                self.councils[code] = (name, iri)
                self._areas[area] = code
        self._label = lru_cache(50_000)(self._ask)  # bodies and concepts come back again and again

    def label(self, iri: str) -> str:
        """The label of a thing, or the last part of its IRI where it has none."""
        return str(self._label(iri))

    def value(self, term: Any, find: Find) -> str:
        """A value in words; ``find`` gives the sentences of the report at hand."""
        if not isinstance(term, pyoxigraph.NamedNode):
            return str(term.value)
        name = name_of(term.value)
        if name[0] == "finding":
            record = find(name)
            return self.place(record) if record else name[1]
        return self.label(term.value)

    def values(self, terms: Iterable[Any], find: Find) -> tuple[str, ...]:
        """As ``value``, in alphabetical order."""
        return tuple(sorted(self.value(term, find) for term in terms))

    def place(self, record: Record) -> str:
        """ "Equity, paragraph 2, sentence 1", or "" for what has no place of its own."""
        section = record.one(SECTION)
        if not section:
            return ""
        paragraph, sentence = record.one(f"{DEF}paragraphNumber"), record.one(f"{DEF}sentenceNumber")
        return f"{self.label(section)}, paragraph {paragraph}, sentence {sentence}"

    def title(self, record: Record, find: Find) -> str:
        """What a thing is called in a list."""
        kind, rest = record.name
        if kind == "finding":
            return self.place(record)
        parts = [
            self.value(record.said[f"{DEF}{name}"][0], find)
            for name in _TITLES.get(kind, ())
            if f"{DEF}{name}" in record.said
        ]
        found = _JOINTS.get(kind, " ").join(parts)
        # A score is named by its quality statement, even where only its table speaks of it.
        own = self.label(rest.rsplit("/", 1)[-1] if kind == "judgement" else iri_of(record.name))
        return found or label_of(record) or own

    def council_of(self, record: Record) -> tuple[str, str]:
        """The code of the council that a thing is about, and the key of the assessment; "" where none."""
        spoken_of = (term.value for name in _ABOUT for term in record.said.get(f"{DEF}{name}", ()))
        for iri in (iri_of(record.name), *spoken_of):
            if found := _LOCAL.search(iri):
                return found[1], f"{found[1]}-{found[2]}"
            if found := _COUNCIL.search(iri):
                return found[1], ""
            if iri in self._areas:
                return self._areas[iri], ""
        return "", ""

    def _ask(self, iri: str) -> str:
        for side in self._sides:
            try:
                labels = side.labels(iri)
            except CouncilgraphError:
                continue  # an address from outside that no query can hold
            if labels:
                return labels[0]
        return re.split(r"[#/]", iri.rstrip("/"))[-1]


# What names a thing that has no label of its own.
_TITLES = {
    "judgement": ("qualityStatement",),
    "statistic": ("value", "unit", "counts"),
    "link": ("linkSubject", "linkObject"),
    "fact": ("measure", "period"),
    "observation": ("measure", "ofArea", "period"),
    "neighbour": ("neighbourOf", "neighbour"),
    "recommendation": ("summary",),
    "coverage": ("coveringOrganisation", "coveredArea"),
    "review": ("decision", "reviewerRole", "decidedOn"),
}
_JOINTS = {"link": " – ", "neighbour": " – ", "coverage": " – ", "review": ", "}
_ABOUT = ("linkSubject", "linkObject", "ofArea", "neighbourOf", "reviews", "coveredArea")


def resting_on(record: Record, find: Find) -> Record | None:
    """The sentence that a thing is, hangs on by its name, or has as its first evidence."""
    kind, rest = record.name
    if kind == "finding":
        return record
    # A sentence is named by assessment, section and digest; a decision by what it is about.
    parts = rest.split("/")[1:] if kind == "review" else rest.split("/")
    if found := find(("finding", "/".join(parts[:3]))):
        return found
    spoken_of = (term for name in ("passage", "evidence") for term in record.said.get(f"{DEF}{name}", ()))
    return next((found for term in spoken_of if (found := find(name_of(term.value)))), None)
