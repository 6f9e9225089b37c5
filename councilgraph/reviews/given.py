"""Decisions that somebody wrote into a list: a table (CSV) or JSON Lines.

The table is the one that ``councilgraph review --list`` writes, with the columns ``decision``,
``correction``, ``note``, ``role`` and ``on`` filled in; rows without a decision are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from councilgraph.errors import InputError

IRI, DIGEST = "evidence-iri", "digest"
_NEEDED = (IRI, "decision")
_MORE = ("correction", "note", DIGEST, "role", "on", "of")


@dataclass(frozen=True, slots=True)
class Given:
    """One line: about which thing, what was decided, and where it stands.

    ``digest`` is that of the sentence when the list was made, "" where the list has none;
    ``role`` and ``on`` are the session's where they are empty. ``of`` is the kind of what is added.
    """

    iri: str
    decision: str
    correction: str | Mapping[str, Any]
    note: str
    digest: str
    role: str
    on: date | None
    where: str
    of: str = ""


def read_given(path: Path) -> Iterator[Given]:
    """The decisions of a list, line by line.

    Raises:
        InputError: with file and line, for what is no table of decisions.
    """
    for where, row in _json_lines(path) if path.suffix.casefold() in (".jsonl", ".ndjson") else _table(path):
        if missing := [name for name in _NEEDED if name not in row]:
            raise InputError(
                f"The list has no '{missing[0]}'.",
                where=where,
                cure=f"Columns are: {', '.join((*_NEEDED, *_MORE))}.",
            )
        if not str(row["decision"] or "").strip():
            continue
        correction = row.get("correction") or ""
        yield Given(
            str(row[IRI]),
            str(row["decision"]),
            correction if isinstance(correction, Mapping) else str(correction),
            str(row.get("note") or ""),
            str(row.get(DIGEST) or ""),
            str(row.get("role") or ""),
            _day(row.get("on"), where),
            where,
            str(row.get("of") or "").strip(),
        )


def _table(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    from loaders.csvfile import rows

    for row in rows(path):
        yield row.where, row.values


def _json_lines(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    n = 1
    try:
        with path.open(encoding="utf-8") as file:
            for n, line in enumerate(file, start=1):
                if line.strip():
                    row = json.loads(line)
                    if not isinstance(row, dict):
                        raise ValueError("the line is no record")
                    yield f"{path}:{n}", row
    except OSError as error:
        raise InputError(
            f"The list cannot be read: {error.strerror or error}.", where=str(path), cure="Check the path."
        ) from None
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"The list is no JSON Lines: {error}.", where=f"{path}:{n}", cure="Give one object a line."
        ) from None


def _day(given: object, where: str) -> date | None:
    if not given:
        return None
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise InputError(
            f"'{str(given)[:40]}' is no day.", where=where, cure="Write it as 2026-11-20, or leave it empty."
        ) from None
