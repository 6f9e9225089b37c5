"""Several registers asked as one: our tables beside a registry file.

Our tables are always the newest of what they hold, so their entry stands where two have one
register and code.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from councilgraph.linking.candidates import Memory, Source
from councilgraph.linking.entry import Entry
from councilgraph.store import is_address

REGISTRY = "registry.sqlite"
"""The registry's file in the folder of a store."""


def registry_of(place: str, given: Path | None = None) -> Path | None:
    """The registry to link with: what was given, ``COUNCILGRAPH_REGISTRY``, or that of the store.

    ``place`` is the store's folder or address. None where there is no registry: then our own
    tables are all that is asked.
    """
    if given is not None:
        return given
    if chosen := os.environ.get("COUNCILGRAPH_REGISTRY"):
        return Path(chosen)
    own = Path(place, REGISTRY)
    return own if not is_address(place) and own.is_file() else None


@contextmanager
def opened(ours: Iterable[Entry], registry: Path | None) -> Iterator[Source]:
    """Our tables' entries, and a registry file beside them if there is one.

    Raises InputError for a registry that cannot be read.
    """
    if registry is None:
        yield Memory(ours)
        return
    from councilgraph.linking.registry_sharing import SharingRegistry

    with SharingRegistry(registry) as held:
        yield Joined(Memory(ours), held)


class Joined:
    """A ``Source`` over others; of entries with one register and code the first source's counts."""

    def __init__(self, *sources: Source) -> None:
        self._sources = sources

    def exact(self, key: str) -> Sequence[Entry]:
        """As ``Source``."""
        return self._all(one.exact(key) for one in self._sources)

    def identified(self, scheme: str, value: str) -> Sequence[Entry]:
        """As ``Source``."""
        return self._all(one.identified(scheme, value) for one in self._sources)

    def entry(self, register: str, code: str) -> Entry | None:
        """As ``Source``."""
        found = (one.entry(register, code) for one in self._sources)
        return next((entry for entry in found if entry is not None), None)

    def serving(self, kind: str, area: str) -> Sequence[Entry]:
        """As ``Source``."""
        return self._all(one.serving(kind, area) for one in self._sources)

    def known(self, word: str) -> bool:
        """As ``Source``."""
        return any(one.known(word) for one in self._sources)

    def sharing(self, words: Sequence[str], limit: int) -> Sequence[Entry]:
        """As ``Source``."""
        return self._all(one.sharing(words, limit) for one in self._sources)[:limit]

    def _all(self, answers: Iterable[Sequence[Entry]]) -> Sequence[Entry]:
        found: dict[tuple[str, str], Entry] = {}
        for place, answer in enumerate(answers):
            for entry in answer:
                if (key := (entry.register, entry.code)) not in found and self._first(entry, place):
                    found[key] = entry
        return [found[key] for key in sorted(found)]

    def _first(self, entry: Entry, place: int) -> bool:
        """Whether no source before has the entry, which may be filed otherwise there."""
        return all(one.entry(entry.register, entry.code) is None for one in self._sources[:place])
