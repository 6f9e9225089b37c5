"""Every source that a loader reads, as its ``source.toml`` describes it."""

from __future__ import annotations

import tomllib

from councilgraph.datasource import DataSource
from councilgraph.errors import InputError
from loaders import source


def described() -> list[DataSource]:
    """The sources of all loaders' folders, by name.

    Raises InputError for a description that is no TOML or lacks a part: what we publish of a
    source rests on it, the licence first of all.
    """
    found = []
    for path in sorted(source.LOADERS.glob("*/source.toml")):
        try:
            told = tomllib.loads(path.read_text(encoding="utf-8"))
            parts = [
                told[part] for part in ("title", "publisher", "licence", "address", "cadence", "description")
            ]
        except (OSError, ValueError, KeyError) as error:
            raise InputError(
                f"The description of the source {path.parent.name} is missing or incomplete: {error}.",
                where=str(path),
                cure="Compare it with loaders/ons/source.toml.",
            ) from error
        found.append(DataSource(path.parent.name.replace("_", "-"), *parts))
    return found
