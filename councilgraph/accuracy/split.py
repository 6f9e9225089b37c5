"""Which annotated sections the rules were written on, and which were kept away from them."""

from __future__ import annotations

import tomllib
from pathlib import Path

from councilgraph.errors import InputError

DEVELOPMENT, HELD_OUT = "development", "held-out"
PARTS = (HELD_OUT, DEVELOPMENT)
FILE = Path("assessments") / "evidence" / "split.toml"


class Split:
    """The sections that were used in development, by assessment; all others are held out."""

    def __init__(self, development: dict[str, frozenset[str]]) -> None:
        self._development = development

    def part(self, assessment: str, section: str) -> str:
        """``development`` or ``held-out``."""
        used = self._development.get(assessment, frozenset())
        return DEVELOPMENT if section in used else HELD_OUT

    def holds(self, part: str, assessment: str, section: str) -> bool:
        """Is the section in that part?"""
        return self.part(assessment, section) == part


def read_split(data: Path) -> Split:
    """The split of a data folder. Where none is recorded, nothing was used in development.

    Raises:
        InputError: the file is no TOML, or not a table of lists.
    """
    path = data / FILE
    if not path.is_file():
        return Split({})
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        if unknown := set(table) - {DEVELOPMENT}:
            raise ValueError(f"'{min(unknown)}' is no part that is listed, only '{DEVELOPMENT}'")
        listed = table.get(DEVELOPMENT, {})
        if not all(isinstance(names, list) for names in listed.values()):
            raise ValueError(f"'{DEVELOPMENT}' holds something else than lists of sections")
        return Split({key: frozenset(map(str, names)) for key, names in listed.items()})
    except (OSError, ValueError, AttributeError) as error:
        raise InputError(
            f"The split into development and held-out pages cannot be read: {error}.",
            where=str(path),
            cure="Correct the file; data/README.md tells its form.",
        ) from None
