"""Providers as entries, put together from whichever of the three files are given.

A provider is one object in the API and many rows, one for each of its locations, in the other
two files; what the API says comes first, then the monthly file, then the directory. People
who are registered in their own name are left out: a person is no body to link to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from typing import Any

from councilgraph.errors import InputError
from councilgraph.linking.entry import Entry, Name
from loaders.cqc_providers.told import from_object, from_row
from loaders.register_fields import day
from loaders.register_files import Given, check_count, note, progress_of, rows
from loaders.side_table import SideTable
from loaders.source import read_source
from loaders.stream_json import read_objects

SOURCE = read_source("cqc_providers")
REGISTER = "cqc-providers"
PROVIDER = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
MOST_AREAS = 12
"""A provider in more councils' areas is a national one; its areas would tell nothing."""

MOST_NAMES = 20

_PERSON = re.compile(
    r"(?:mr|mrs|miss|ms|dr|prof|professor|sir|dame|rev)\.? (?!.*\b(?:ltd|limited|llp|trust)\b)"
)


def entries(given: Given) -> Iterator[Entry]:
    """Every provider, sorted by its code.

    Raises InputError as ``loaders.register_files.rows`` does, before the first entry.
    """
    with closing(SideTable()) as side:
        left_out = _read(given, side)
        side.close_writing()
        if left_out:
            note(given.reading, f"{left_out} rows about single persons left out.")
        for key, told in side.groups():
            if not key.startswith("<"):
                if entry := _entry(given, key, map(json.loads, told), side):
                    yield entry
                else:
                    note(given.reading, f"Provider {key} has no name and is left out.")


def _read(given: Given, side: SideTable) -> int:
    """Set aside what every file says, best file first; how many rows were about persons."""
    left_out = 0
    for code, told in _all(given):
        if _is_person(told):
            left_out += 1
            continue
        for earlier in told.pop("predecessors", ()):
            side.add(f"<{earlier}", code)
        side.add(code, json.dumps(told))
    return left_out


def _all(given: Given) -> Iterator[tuple[str, dict[str, Any]]]:
    count = 0
    form = SOURCE.forms["providers"]
    paths = given.files.get(form.name, ())
    for path in paths:
        for where, value in read_objects(path, progress_of(given, path)):
            count += 1
            for names in form.columns.values():
                if not any(str(name) in value for name in names):
                    raise InputError(
                        f"{path.name} has no column {names[0]}.",
                        where=where,
                        cure=f"This must be {form.describe}; the list of /providers has names only.",
                    )
            yield _code(str(value["providerId"]), where), from_object(value, given.areas)
    if paths:
        check_count(form, paths, count, given.reading)
    for name in ("active-locations", "directory"):
        for row in rows(SOURCE.forms[name], given):
            if row["code"] or row["name"]:
                yield _code(row["code"], row.where), from_row(row, given.areas)


def _code(text: str, where: str) -> str:
    if not PROVIDER.fullmatch(text.strip()) or len(text) > 32:
        raise InputError(
            f"{text[:40]!r} is no code of a provider.", where=where, cure="Get the file again from the CQC."
        )
    return text.strip()


def _is_person(told: dict[str, Any]) -> bool:
    name = str(told.get("name", "")).casefold()
    return told.get("ownership", "").casefold() == "individual" or bool(_PERSON.match(name))


def _entry(given: Given, code: str, told: Iterable[dict[str, Any]], side: SideTable) -> Entry | None:
    best: dict[str, Any] = {}
    names: dict[str, str] = {}
    areas: dict[str, None] = {}
    for one in told:
        for text in (one["name"], *one.get("also", ())):
            if not text or text.casefold() in names or len(names) == MOST_NAMES:
                continue
            if names and text is one["name"]:
                first = next(iter(names.values()))
                note(given.reading, f"{code} has two names, {first!r} and {text!r}.")
            names[text.casefold()] = text
        areas |= dict.fromkeys(one.get("areas", ()))
        best = {key: value for key, value in one.items() if value} | best
    if not names:
        return None
    successors = sorted({*best.get("successors", ()), *side.values(f"<{code}")} - {code})
    return Entry(
        register=REGISTER,
        code=code,
        kind=best["kind"],
        names=tuple(
            Name(text, "other" if place else "official") for place, text in enumerate(names.values())
        ),
        identifiers=tuple((scheme, value) for scheme, value in best.get("identifiers", {}).items()),
        areas=tuple(areas) if len(areas) <= MOST_AREAS else (),
        postcode=best.get("postcode"),
        since=day(best.get("since", "")),
        until=day(best.get("until", "")),
        successors=tuple(successors),
        homepage=best.get("homepage"),
    )
