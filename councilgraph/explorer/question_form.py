"""The form of a stored question: a field for each parameter, with what the data can answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from councilgraph.catalogue import Parameter, Query
from councilgraph.iris import DEF, IRIS, concept
from councilgraph.parameters import choices
from councilgraph.terms import SKOS

if TYPE_CHECKING:
    from councilgraph.explorer.snapshot import Snapshot

Option = tuple[str, str]  # value, label
_LABELS = {
    "authority": "Council",
    "statement": "Quality statement",
    "organisation": "Organisation",
    "kind": "Kind of organisation",
    "type": "Type of council",
    "since": "Published since",
    "until": "Published until",
    "pilots": "With the pilots of 2023",
    "limit": "At most this many rows",
}
_HINTS = {
    "month": "As in 2025, 2025-03 or 2025-03-20",
    "organisation": "Often named ones are suggested",
    "integer": "A whole number",
}
_SUGGESTED = 150  # bodies in the list of suggestions: all 1,700 would be most of the page


@dataclass(frozen=True, slots=True)
class Group:
    """Choices under a heading; "" where they stand without one."""

    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``kind`` is "select", "text" or "number"; a text field suggests its choices.

    ``hint`` says what the field is for and how it is written.
    """

    name: str
    kind: str
    label: str
    hint: str
    required: bool
    value: str
    groups: tuple[Group, ...]


def fields(snapshot: Snapshot, query: Query, values: Mapping[str, str]) -> list[Field]:
    """The fields of a question, filled with what was given."""
    return [_field(snapshot, one, values.get(one.name, "")) for one in query.parameters]


def _field(snapshot: Snapshot, one: Parameter, value: str) -> Field:
    kind = {"month": "text", "organisation": "text", "integer": "number"}.get(one.type, "select")
    groups = options(snapshot, one.type)
    if one.type == "boolean":
        groups = (Group("", (("yes", "Yes"), ("no", "No"))),)
        value = value or one.default or ""
    if kind == "select":
        value = _key(groups, value)
    label = _LABELS.get(one.name) or one.name.replace("-", " ").capitalize()
    told = "" if one.help == label else one.help
    hint = ". ".join(part for part in (told, _HINTS.get(one.type, "")) if part)
    return Field(one.name, kind, label, hint, one.required, value, groups)


def options(snapshot: Snapshot, type: str) -> tuple[Group, ...]:
    """What a parameter of this type can be, read from the data once for a build."""
    if type in ("integer", "boolean"):
        return ()
    return snapshot.once(f"choices-{type}", lambda held: _options(held, type))


def _options(snapshot: Snapshot, type: str) -> tuple[Group, ...]:
    if type == "month":
        return (Group("", _months(snapshot)),)
    found = choices(type, lambda text: snapshot.graph.store.select(text)[1])
    if type == "organisation":
        counts = _mentions(snapshot)
        often = sorted(found, key=lambda key: -counts.get(IRIS.organisation(key), 0))[:_SUGGESTED]
        labels = sorted({found[key] for key in often}, key=str.casefold)
        return (Group("", tuple((label, label) for label in labels)),)
    if type == "theme":
        return _themes(snapshot, found)
    return (Group("", tuple(found.items())),)


def _themes(snapshot: Snapshot, found: dict[str, str]) -> tuple[Group, ...]:
    """The themes under their groups; a group can be asked for too."""
    above = {key: _one(snapshot, concept("theme", key), SKOS + "broader") for key in found}
    groups = []
    for key, label in found.items():
        below = [(k, name) for k, name in found.items() if above[k] == concept("theme", key)]
        if below:
            groups.append(Group(label, ((key, f"All of {label}"), *below)))
    grouped = {key for group in groups for key, _ in group.options}
    alone = tuple((key, label) for key, label in found.items() if key not in grouped)
    return (Group("", alone), *groups) if alone else tuple(groups)


def _months(snapshot: Snapshot) -> tuple[Option, ...]:
    """The months in which reports were published, the newest first."""
    import pyoxigraph

    by = pyoxigraph.NamedNode(DEF + "publishedMonth")
    quads = snapshot.graph.store.graph.quads_for_pattern(None, by, None, None)
    return tuple((month, month) for month in sorted({quad.object.value for quad in quads}, reverse=True))


def _mentions(snapshot: Snapshot) -> dict[str, int]:
    """How often each body is named."""
    import pyoxigraph

    counts: dict[str, int] = {}
    by = pyoxigraph.NamedNode(DEF + "mentionedOrganisation")
    for quad in snapshot.graph.store.graph.quads_for_pattern(None, by, None, None):
        counts[quad.object.value] = counts.get(quad.object.value, 0) + 1
    return counts


def _one(snapshot: Snapshot, iri: str, by: str) -> str:
    import pyoxigraph

    thing, property = pyoxigraph.NamedNode(iri), pyoxigraph.NamedNode(by)
    quads = snapshot.graph.store.graph.quads_for_pattern(thing, property, None, None)
    return min((str(quad.object.value) for quad in quads), default="")


def _key(groups: tuple[Group, ...], value: str) -> str:
    """The choice that a value means where it is written otherwise: "Staffordshire" as its code.

    A value that is none of them is kept, so that the form shows what was asked.
    """
    wanted = value.casefold()
    for group in groups:
        for key, label in group.options:
            if wanted in (key.casefold(), label.casefold()) or wanted.rsplit("/", 1)[-1] == key.casefold():
                return key
    return value
