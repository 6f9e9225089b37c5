"""What a user may choose of a release."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from councilgraph.errors import UsageError

_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}")
_DOI = re.compile(r"10\.[0-9]{4,9}/[^\s\"<>\\]+")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The choices; each has a default that comes out of the build itself.

    Attributes:
        day: the day of the release; None takes that of the newest publication or decision.
        version: how the release is called; "" takes the day.
        base: the address under which its files will lie, "" where that is not known.
        doi: its DOI ("10.5281/zenodo.1234567"), "" where it has none.
        previous: the release or build before it, for the notes; "" for none.
        accuracy: a measurement written by ``bench accuracy``; "" takes the one that comes along.
        reviewed_only: refuse evidence that no person has decided about.
        sentences: with False the words of the reports are left out.
    """

    day: date | None = None
    version: str = ""
    base: str = ""
    doi: str = ""
    previous: str = ""
    accuracy: str = ""
    reviewed_only: bool = False
    sentences: bool = True

    def __post_init__(self) -> None:
        if self.version and not _VERSION.fullmatch(self.version):
            raise UsageError(
                f"'{self.version}' cannot be the version of a release.",
                cure="Use letters, digits and . + _ - only, as in 2026-03-31 or 2026.1.",
            )
        if self.doi and not _DOI.fullmatch(self.doi):
            raise UsageError(f"'{self.doi}' is no DOI.", cure="Write it as in 10.5281/zenodo.1234567.")
        if self.base and not re.fullmatch(r"https?://[^\s\"<>\\^`{|}]+", self.base):
            raise UsageError(
                f"The base '{self.base}' is no address.", cure="Write it as in https://data.example/2026-03/."
            )
