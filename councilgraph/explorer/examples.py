"""The examples of the ontology: which of its files show a term in use."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from councilgraph import resources
from councilgraph.explorer.snapshot import Snapshot

_TERM = re.compile(r"\bcg:([A-Za-z]\w*)")
_LONGEST = 40  # lines of an example that are shown


@dataclass(frozen=True, slots=True)
class Example:
    """A file of examples: its name, the question that it answers, and its parts as Turtle."""

    name: str
    question: str
    parts: tuple[str, ...]

    def part(self, term: str) -> str:
        """The first part that uses the term, the shortest of those that name it as a class."""
        using = [part for part in self.parts if term in _TERM.findall(part)]
        typed = [part for part in using if f"a cg:{term} " in part]
        found = min(typed or using, key=len, default="")
        return "\n".join(found.splitlines()[:_LONGEST])


def examples(snapshot: Snapshot) -> Mapping[str, tuple[Example, ...]]:
    """The examples by the name of each term that they use, read once; they come with the software."""
    return snapshot.once("examples", _read)


def _read(snapshot: Snapshot) -> Mapping[str, tuple[Example, ...]]:
    folder = resources.path("ontology", "examples")
    found: dict[str, list[Example]] = defaultdict(list)
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        if not name.endswith(".ttl"):
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            text = file.read()
        question = text.partition("\n")[0].lstrip("# ").partition("?")[0]
        # A part is what stands between two empty lines: one thing with all that is said of it.
        parts = [part for part in text.split("\n\n") if not part.startswith(("#", "@"))]
        example = Example(name.removesuffix(".ttl"), f"{question}?", tuple(parts))
        for term in sorted(set(_TERM.findall("\n".join(parts)))):
            found[term].append(example)
    # Those that are about little else come first.
    return {term: tuple(sorted(some, key=lambda one: len(one.parts))) for term, some in found.items()}
