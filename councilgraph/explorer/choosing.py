"""What a visitor chose of a list: a slug that is known, or an error that says which are."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from councilgraph.explorer.directory import Council, directory
from councilgraph.explorer.page import Asked, NotFoundError
from councilgraph.explorer.scores import Report
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import slugify
from councilgraph.terms import SKOS

_MOST_LISTED = 12


def known(kind: str, given: str, labels: Mapping[str, str]) -> str:
    """``given`` where it is one of the slugs of ``labels``, or what a label is slugged to.

    Raises:
        NotFoundError: it is none of them; the cure names the nearest, or all of a short list.
    """
    if given in labels:
        return given
    by_label = {slugify(label): slug for slug, label in labels.items()}
    wanted = slugify(given[:80])
    if wanted and wanted in labels:
        return wanted
    if wanted and wanted in by_label:
        return by_label[wanted]
    near = difflib.get_close_matches(wanted, [*labels, *by_label], 3, 0.5)
    listed = dict.fromkeys(f"{labels[s]} ({s})" for s in (by_label.get(n, n) for n in near))
    if not listed and len(labels) <= _MOST_LISTED:
        listed = dict.fromkeys(f"{label} ({slug})" for slug, label in labels.items())
    cure = f"The nearest are: {'; '.join(listed)}." if listed else f"Choose another {kind}."
    raise NotFoundError(f"There is no {kind} {given[:80]!r}.", cure=cure)


@dataclass(frozen=True, slots=True)
class Group:
    """The councils that a page is narrowed to: slugs of a region and a type, "" for all."""

    region: str = ""
    type: str = ""
    regions: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)

    @property
    def said(self) -> str:
        """The group in words, "" for all councils."""
        return ", ".join(
            label for label in (self.regions.get(self.region), self.types.get(self.type)) if label
        )

    def holds(self, council: Council) -> bool:
        """Is the council in it?"""
        return (not self.region or slugify(council.region) == self.region) and (
            not self.type or slugify(council.type) == self.type
        )

    def reports(self) -> Callable[[Report], bool]:
        """Chooses the formal reports of the group: the scores of a pilot are indicative."""
        return lambda report: not report.assessment.indicative and self.holds(report.council)


def group(snapshot: Snapshot, asked: Asked) -> Group:
    """The region and the type that were asked for.

    Raises:
        NotFoundError: there is no such region or type.
    """
    councils = directory(snapshot)
    regions = {slugify(label): label for label in councils.regions()}
    types = {slugify(label): label for label in councils.types()}
    region, type = asked.one("region"), asked.one("type")
    return Group(
        known("region", region, regions) if region else "",
        known("type of council", type, types) if type else "",
        regions,
        types,
    )


def concepts(snapshot: Snapshot, scheme: str) -> dict[str, str]:
    """The concepts of one of our schemes: slug to label, in the order of their notations, read once."""
    return snapshot.once(f"concepts-{scheme}", lambda held: _concepts(held, scheme))


def _concepts(snapshot: Snapshot, scheme: str) -> dict[str, str]:
    from pyoxigraph import NamedNode

    from councilgraph.iris import SCHEME

    graph = snapshot.graph.store.graph
    of = NamedNode(SCHEME + scheme)
    found = []
    for quad in graph.quads_for_pattern(None, NamedNode(SKOS + "inScheme"), of, None):
        slug = quad.subject.value.rsplit("/", 1)[-1]
        notation = NamedNode(SKOS + "notation")
        numbers = [one.object.value for one in graph.quads_for_pattern(quad.subject, notation, None, None)]
        order = min((int(text) for text in numbers if text.isascii() and text.isdigit()), default=0)
        label = snapshot.label(quad.subject.value)
        found.append((order, label.casefold(), slug, label))
    return {slug: label for _, _, slug, label in sorted(found)}


def words_of(text: str) -> list[str]:
    """The words of a name, small and without marks: what a list is narrowed by."""
    return re.findall(r"\w+", text.casefold().replace("'", "").replace("’", ""))
