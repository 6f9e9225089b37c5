"""What is told of a source of data: the plain object between loaders and the catalogue."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DataSource:
    """A source as its ``source.toml`` tells it; ``licence`` and ``address`` are web addresses.

    ``name`` is a slug ("charity-commission"), ``cadence`` how often the publisher issues it, in
    words.
    """

    name: str
    title: str
    publisher: str
    licence: str
    address: str
    cadence: str
    description: str
