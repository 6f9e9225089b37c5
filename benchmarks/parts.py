"""All parts of a run, in the order in which they are measured and told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from benchmarks import (
    asking,
    builds,
    cluster,
    explorer,
    exports,
    figures,
    growth,
    linking,
    objects,
    reading,
    searching,
    startup,
    validating,
)
from benchmarks.measure import Options, found_of, why_not


class Part(Protocol):
    """A module that measures something and tells of it."""

    @property
    def NAME(self) -> str:
        """What it is called in the JSON and on the command line."""

    def measure(self, work: Path, options: Options) -> dict[str, Any]:
        """What was found, fit for JSON; ``work`` is an empty folder of its own.

        Raises:
            NotMeasuredError: it cannot be measured here; the text says why.
        """

    def rows(self, found: dict[str, Any]) -> list[figures.Row]:
        """Its rows of the table of figures (see ``figures``)."""

    def section(self, found: dict[str, Any]) -> Iterator[str]:
        """The Markdown lines of its section of the page, the heading included."""


PARTS: tuple[Part, ...] = (
    objects,
    validating,
    reading,
    builds,
    growth,
    cluster,
    asking,
    searching,
    exports,
    explorer,
    linking,
    startup,
)
BY_NAME = {part.NAME: part for part in PARTS}


def rows(result: Mapping[str, Any]) -> Iterator[figures.Row]:
    """The rows of all parts; one that was not measured has a row that says why."""
    for part in PARTS:
        if found := found_of(result, part.NAME):
            yield from part.rows(found)
        else:
            title = f"(the part `{part.NAME}`)"
            yield figures.row(part.NAME, title, None, over=part.NAME, reason=why_not(result, part.NAME))
