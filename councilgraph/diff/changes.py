"""What a comparison finds, as plain objects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

How = Literal["added", "removed", "changed", "moved", "regraded"]
Cause = Literal["source", "review", "table", "rule", "other-graphs", "unknown"]

HOW: dict[How, str] = {
    "added": "added",
    "removed": "removed",
    "changed": "changed",
    "moved": "moved: the same words at another place of the report",
    "regraded": "regraded: the same reading by another rule, or held more or less surely",
}
"""Each way of changing, in words."""
QUIET: frozenset[How] = frozenset({"moved", "regraded"})
"""What is counted and listed only on demand: nothing that anybody reads has changed."""
CAUSES: dict[Cause, str] = {
    "source": "source document",
    "review": "review",
    "table": "register or table",
    "rule": "rule",
    "other-graphs": "what other graphs of the build say",
    "unknown": "not known",
}
"""Each cause, in words."""
KINDS = {
    "assessment": "assessments",
    "score": "scores",
    "finding": "findings",
    "sentence": "sentences without a finding",
    "mention": "mentions",
    "partnership": "partnerships",
    "strategy": "strategies",
    "statistic": "statistics",
    "citation": "citations",
    "fact": "facts",
    "decision": "decisions",
    "link": "links",
    "body": "bodies",
    "register entry": "register entries",
    "figure": "figures",
    "term": "terms",
}
"""What can change, one and many, in the order in which it is told."""
_QUOTING = frozenset({"sentence", "counts", "covers", "verdict"})  # properties that hold words of a report


@dataclass(frozen=True, slots=True)
class Field:
    """One property of a thing: its name in words, what it was and what it is, in words."""

    name: str
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was.

    ``kind`` is a key of ``KINDS``. ``iri`` is that of the new build, of a removed thing that of
    the old; ``was`` the old IRI where it is another (a sentence that was reworded or has moved to
    another section), and ``alike`` how alike the two sentences are (0 to 100; 0: not compared).
    ``council`` is a code of the local authority register or "", ``assessment`` the key of an
    assessment or "". ``place`` tells section, paragraph and sentence in words. ``sentence`` holds
    words of a report, ``label`` too where ``quotes`` says so: they belong to its publisher and are
    left out of what is published. ``causes`` are all that can have brought it about; two
    mean that both changed.
    """

    kind: str
    how: How
    iri: str
    label: str
    causes: tuple[Cause, ...]
    fields: tuple[Field, ...] = ()
    council: str = ""
    assessment: str = ""
    place: str = ""
    sentence: str = ""
    was: str = ""
    alike: int = 0
    quotes: bool = False


@dataclass(frozen=True, slots=True)
class GraphChange:
    """A named graph whose statements differ: how many are new and how many gone, and why.

    ``documents`` are the files that it was made from and that came, went or were replaced:
    name, old SHA-256 or "", new SHA-256 or "".
    """

    name: str
    how: How
    added: int
    removed: int
    causes: tuple[Cause, ...]
    documents: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SideTold:
    """One of the two builds: the place as the user named it, and what it says of itself.

    ``rules`` are the versions of the rules that read its reports; ``newest`` is the latest day
    that its reports bear (ISO 8601) or "". ``manifest`` says whether it tells what its graphs
    were made from.
    """

    place: str
    version: str
    rules: tuple[str, ...]
    newest: str
    statements: int
    reports: int
    manifest: bool


@dataclass(frozen=True, slots=True)
class CouncilChanges:
    """All changes of one council; of no council where ``code`` is ""."""

    code: str
    name: str
    iri: str
    changes: tuple[Change, ...]

    @property
    def assessments(self) -> tuple[str, ...]:
        """The assessments that the changes are about, the newest first."""
        return tuple(sorted({c.assessment for c in self.changes if c.assessment}, reverse=True))

    @property
    def causes(self) -> tuple[Cause, ...]:
        """All causes of its changes."""
        found = {cause for change in self.changes for cause in change.causes}
        return tuple(cause for cause in CAUSES if cause in found)


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs: by council (what belongs to none comes last), and graph by graph."""

    old: SideTold
    new: SideTold
    councils: tuple[CouncilChanges, ...]
    graphs: tuple[GraphChange, ...]

    @property
    def same(self) -> bool:
        """Whether both hold the same statements."""
        return not self.graphs and not self.councils

    @property
    def changes(self) -> tuple[Change, ...]:
        """All changes, council by council."""
        return tuple(change for council in self.councils for change in council.changes)


def only(found: Comparison, code: str) -> Comparison:
    """What of it is about one council, by its code in the local authority register."""
    return replace(
        found,
        councils=tuple(one for one in found.councils if one.code == code),
        graphs=tuple(one for one in found.graphs if f"/{code}-" in one.name),
    )


def wordless(found: Comparison) -> Comparison:
    """The same with no word of a report in it, for what is published.

    The reports belong to their publisher. Names of bodies, titles of strategies and our own
    labels, numbers and summaries stay.
    """

    def without(change: Change) -> Change:
        if not change.assessment:
            return change
        fields = tuple(field for field in change.fields if field.name not in _QUOTING)
        label = change.place if change.quotes else change.label
        return replace(change, sentence="", label=label, fields=fields)

    councils = (replace(one, changes=tuple(map(without, one.changes))) for one in found.councils)
    return replace(found, councils=tuple(councils))


def counted(changes: Iterable[Change]) -> dict[str, dict[How, int]]:
    """How many of each kind changed in each way, in the order of ``KINDS`` and ``HOW``."""
    found = Counter((change.kind, change.how) for change in changes)
    return {kind: row for kind in KINDS if (row := {how: n for how in HOW if (n := found[kind, how])})}


def counts_in_words(changes: Iterable[Change]) -> str:
    """ "2 findings added, 1 score changed"; "nothing that is told one by one" where there is none."""
    told = [
        f"{n:,} {kind if n == 1 else KINDS[kind]} {how}"
        for kind, row in counted(changes).items()
        for how, n in row.items()
    ]
    return ", ".join(told) or "nothing that is told one by one"


def because(causes: Iterable[Cause]) -> str:
    """Causes in words: "source document and rule"."""
    return " and ".join(CAUSES[cause] for cause in causes)
