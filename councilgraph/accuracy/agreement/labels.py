"""The labels that machine and reviewers are compared on, for each kind of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from councilgraph.reviews.correcting import FIELDS, choices
from councilgraph.textdigest import straighten

KEPT: Final = "kept"
"""Whether the thing is one at all: not rejected, and not missing."""
# A summary is a person's own words: the machine has none to agree with.
_OWN = ("summary",)


@dataclass(frozen=True, slots=True)
class Label:
    """A field of the records; ``scheme`` tells that its values are slugs, to be counted one by one."""

    kind: str
    field: str
    scheme: bool

    def value(self, fields: Mapping[str, Any]) -> tuple[str, ...]:
        """What a reading says, in a form in which equal values are equal; empty where nothing."""
        given = fields.get(self.field)
        values = given if isinstance(given, list | tuple) else [given]
        return tuple(sorted(_text(one) for one in values if one is not None))


@cache
def labels_of(kind: str) -> tuple[Label, ...]:
    """The labels of a kind of evidence, in the order of its records."""
    # The schemes are Turtle, which takes longer to read than all the decisions.
    return tuple(
        Label(kind, name, form == "yes-no" or bool(choices(kind, name)))
        for name, form in FIELDS[kind].items()
        if name not in _OWN
    )


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return straighten(str(value))
