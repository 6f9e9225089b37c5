"""Which council a name means."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from councilgraph.errors import InputError
from councilgraph.model import Council
from councilgraph.textdigest import straighten

_WORD = re.compile(r"[a-z0-9']+")


class CouncilIndex:
    """Finds councils by any name that the reference tables know, however it is typed."""

    def __init__(self, councils: Iterable[Council]) -> None:
        self._by_name: dict[str, set[str]] = {}
        self._councils: dict[str, Council] = {}
        for council in councils:
            self._councils[council.code] = council
            for name in (council.name, council.short_name, *council.other_names):
                self._by_name.setdefault(normal(name), set()).add(council.code)

    def find(self, name: str) -> Council | None:
        """The council that is meant; None where no name fits or two councils share it."""
        codes = self._by_name.get(normal(name), set())
        return self._councils[next(iter(codes))] if len(codes) == 1 else None

    def get(self, code: str) -> Council:
        """The council with that register code."""
        return self._councils[code]

    def require(self, name: str, where: str) -> Council:
        """As ``find``.

        Raises:
            InputError: no council has that name; it lists those that come near.
        """
        council = self.find(name)
        if council is None:
            near = get_close_matches(normal(name), self._by_name, n=3, cutoff=0.6)
            names = dict.fromkeys(self._councils[c].name for n in near for c in sorted(self._by_name[n]))
            hint = f" Did you mean {' or '.join(names)}?" if names else ""
            raise InputError(
                f"'{name}' is no council with adult social care responsibilities that is known here.{hint}",
                where=where,
                cure="Check the title line; a new council is added in data/reference/authorities.csv.",
            )
        return council


def normal(name: str) -> str:
    """Words in lower case, "and" for "&", nothing else."""
    return " ".join(_WORD.findall(straighten(name).lower().replace("&", " and ")))
