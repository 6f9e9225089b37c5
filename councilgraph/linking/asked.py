"""What is asked of a register by name: the register itself, and the kind, area and day that were given.

Shared by the commands that match names and by the reconciliation service.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from councilgraph.errors import UsageError
from councilgraph.linking.candidates import Source
from councilgraph.linking.forms import COUNCIL
from councilgraph.linking.joined import registry_of
from councilgraph.linking.matching import match
from councilgraph.resources import data_folder, path
from councilgraph.store import location

_GSS = re.compile(r"[EWSN][0-9]{8}")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?")


@contextmanager
def open_source(registry: Path | None, data: str | None, store: str | None = None) -> Iterator[Source]:
    """What to match against: the tables of ``data``, and a registry file where there is one.

    Raises InputError for a registry or table that cannot be read.
    """
    from councilgraph.linking.joined import opened
    from loaders.registers import tables

    found = registry_of(location(store), registry)
    with opened(tables(Path(data or data_folder())), found) as source:
        yield source


def kind_of(text: str | None) -> str | None:
    """The slug of a kind, given as slug or label.

    Raises UsageError, which lists the nearest, for a kind that the scheme has not.
    """
    if not (text or "").strip():
        return None
    from councilgraph.extraction.vocabulary import load_vocabulary

    kinds = load_vocabulary(Path(path("ontology", "schemes"))).concepts["organisation-kind"]
    named = {label.casefold(): slug for slug, kind in kinds.items() for label in (kind.pref, slug)}
    wanted = str(text).strip().casefold()
    if wanted in named:
        return named[wanted]
    near = list(dict.fromkeys(named[n] for n in get_close_matches(wanted, named, n=3, cutoff=0.5)))
    raise UsageError(
        f"There is no kind of body '{text}'.",
        cure=f"Did you mean {' or '.join(near)}?" if near else f"Kinds are: {', '.join(sorted(kinds))}.",
    )


def day_of(text: str | None) -> date | None:
    """A day, or the first of a month.

    Raises UsageError for what is no date.
    """
    if not (text or "").strip():
        return None
    if found := _DAY.fullmatch(str(text).strip()):
        try:
            return date(int(found[1]), int(found[2]), int(found[3] or 1))
        except ValueError:
            pass
    raise UsageError(f"'{text}' is no date.", cure="Write it as 2025-05-01 or 2025-05.")


class Areas:
    """GSS codes of areas that are given as codes or as councils' names."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._find = lru_cache(maxsize=4096)(self._named)

    def find(self, text: str | None) -> str | None:
        """The code; None where no area or no one council is meant."""
        wanted = (text or "").strip()
        return self._find(wanted) if wanted else None

    def require(self, text: str | None) -> str | None:
        """As ``find``; raises UsageError for an area that is given and unknown."""
        found = self.find(text)
        if found is None and (text or "").strip():
            raise UsageError(
                f"'{text}' is no area that is known here.",
                cure="Give the GSS code or the name of the council, such as E10000028 or Staffordshire.",
            )
        return found

    def _named(self, wanted: str) -> str | None:
        if _GSS.fullmatch(wanted.upper()):
            return wanted.upper()
        found = match(wanted, kind=COUNCIL, source=self._source)
        # Nearly a name is not enough here: every answer for that area would rest on it.
        sure = found.entry is not None and found.rule != "spelling"
        return found.entry.areas[0] if sure and found.entry and found.entry.areas else None
