"""The description of a table: the TOML file of the same name beside the CSV file.

It is strict: a misspelt key that was passed over would leave out a period or a licence, and
nobody would see it.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from councilgraph.errors import InputError
from councilgraph.outside import Known, Measure, Unit

FIGURES, NEIGHBOURS, PEER_CHALLENGE = "figures", "neighbours", "peer-challenge"
COLUMNS: Mapping[str, Mapping[str, str]] = {
    FIGURES: {"area": "gss", "value": "value", "period": "period", "measure": "measure"},
    NEIGHBOURS: {"area": "gss", "neighbour": "neighbour_gss", "rank": "rank"},
    PEER_CHALLENGE: {
        "area": "gss",
        "date": "date",
        "theme": "theme",
        "recommendation": "recommendation",
        "address": "address",
    },
}
"""For each kind of table our names of its columns, and the file's where nothing else is said."""
_KEYS = ("kind", "title", "publisher", "licence", "address", "rows", "columns", "measures")
_MEASURE_KEYS = ("label", "definition", "unit", "unit_label", "column", "code", "period", "better")
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]{1,500}")
EXAMPLE = "data/observations/README.md has an example of each kind."


@dataclass(frozen=True, slots=True)
class Series:
    """A measure of the table and where it stands in it.

    ``column`` is the column of its values, ``code`` its value in the column of measures
    where they stand one below the other, ``period`` the period of all its values.
    """

    measure: Measure
    column: str | None = None
    code: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Description:
    """A description that was read. ``columns`` maps our names to those of the file.

    ``rows`` is the number of rows that the table must have, where somebody gave it.
    """

    path: Path
    kind: str
    title: str
    publisher: str
    licence: str
    address: str
    columns: Mapping[str, str]
    series: tuple[Series, ...] = ()
    rows: int | None = None


def read_description(path: Path, known: Known) -> Description:
    """The description in a TOML file.

    Raises InputError for a file that is no TOML, a missing, unknown or empty key, a measure
    that contradicts our scheme, a licence or an address that is no web address.
    """
    told = _toml(path)
    _only(told, _KEYS, path)
    kind = told.get("kind", FIGURES)
    if kind not in COLUMNS:
        raise _wrong(path, f"There is no kind of table {kind!r}.", f"Kinds are: {', '.join(COLUMNS)}.")
    texts = {key: _text(told, key, path) for key in ("title", "publisher", "licence", "address")}
    for key in ("licence", "address"):
        if not _ADDRESS.fullmatch(texts[key]):
            raise _wrong(path, f"The {key} is no web address: {texts[key]!r}.", "Write it as https://...")
    columns = _table(told, "columns", path)
    _only(columns, COLUMNS[kind], path)
    rows = told.get("rows")
    if rows is not None and (type(rows) is not int or rows < 1):
        raise _wrong(path, f"rows = {rows!r} is no number of rows.", "Give a whole number, or leave it out.")
    return Description(
        path=path,
        kind=kind,
        columns={key: _text(columns, key, path) for key in columns},
        series=_series(told, kind, columns, known, path),
        rows=rows,
        **texts,
    )


def _series(
    told: Mapping[str, Any], kind: str, columns: Mapping[str, Any], known: Known, path: Path
) -> tuple[Series, ...]:
    measures = _table(told, "measures", path)
    if (kind == FIGURES) != bool(measures):
        need = "needs at least one" if kind == FIGURES else "has no"
        raise _wrong(path, f"A table of {kind} {need} measure.", f"Write [measures.population]; {EXAMPLE}")
    found = tuple(_one_series(slug, _table(measures, slug, path), known, path) for slug in measures)
    if len(found) > 1 and not all(one.column for one in found) and not all(one.code for one in found):
        raise _wrong(
            path,
            "Several measures need each a column of its own, or each a code in the column of measures.",
            f"Give every measure a column, or every measure a code; {EXAMPLE}",
        )
    for name, values in (("column", [s.column for s in found]), ("code", [s.code for s in found])):
        twice = sorted({v for v in values if v and values.count(v) > 1})
        if twice:
            raise _wrong(path, f"Two measures have the {name} {twice[0]!r}.", "Give each its own.")
    if "period" in columns and any(one.period for one in found):
        raise _wrong(
            path,
            "The period is given twice: as a column and for a measure.",
            "Keep the column where the table has one, otherwise the period of the measure.",
        )
    return found


def _one_series(slug: str, told: Mapping[str, Any], known: Known, path: Path) -> Series:
    if not _SLUG.fullmatch(slug):
        raise _wrong(path, f"{slug!r} is no name for a measure.", "Use small letters, digits and hyphens.")
    _only(told, _MEASURE_KEYS, path)
    given = {key: _text(told, key, path) for key in told}
    ours = slug in known.measures
    if ours and ("label" in given or "definition" in given):
        raise _wrong(
            path,
            f"The measure {slug} is one of our scheme and has its label there.",
            "Drop label and definition; if it counts something else, give it another name.",
        )
    if not ours and "label" not in given:
        near = difflib.get_close_matches(slug, sorted(known.measures), 3)
        hint = f" Or did you mean {', '.join(near)}?" if near else ""
        raise _wrong(path, f"The measure {slug} has no label.", f'Write label = "..." below it.{hint}')
    if given.get("better") not in (None, "higher", "lower"):
        raise _wrong(path, f"better = {given['better']!r} of {slug}.", "Write higher or lower, or drop it.")
    return Series(
        Measure(
            slug=slug,
            label=given.get("label"),
            definition=given.get("definition"),
            unit=_unit(given, slug, known, path),
            higher_is_better=given["better"] == "higher" if "better" in given else None,
        ),
        column=given.get("column"),
        code=given.get("code"),
        period=given.get("period"),
    )


def _unit(given: Mapping[str, str], slug: str, known: Known, path: Path) -> Unit | None:
    unit = given.get("unit")
    if unit is None:
        return None
    if not _SLUG.fullmatch(unit) or (unit in known.units) == ("unit_label" in given):
        raise _wrong(
            path,
            f"The unit {unit!r} of {slug} is not understood.",
            f"Use one of {', '.join(sorted(known.units))}; or name your own in small letters and "
            "hyphens, and give its unit_label.",
        )
    return Unit(unit, given.get("unit_label"))


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise _wrong(path, f"The description cannot be read: {error.strerror}.", EXAMPLE) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _wrong(path, f"The description is no TOML in UTF-8: {error}.", EXAMPLE) from error


def _only(told: Mapping[str, Any], allowed: Collection[str], path: Path) -> None:
    for key in told:
        if key not in allowed:
            near = difflib.get_close_matches(key, allowed, 1)
            hint = f"Did you mean {near[0]}? " if near else ""
            raise _wrong(path, f"Unknown key {key!r}.", f"{hint}Known here are: {', '.join(allowed)}.")


def _table(told: Mapping[str, Any], key: str, path: Path) -> Mapping[str, Any]:
    value = told.get(key, {})
    if not isinstance(value, dict):
        raise _wrong(path, f"{key!r} is no section.", f"Write it in square brackets; {EXAMPLE}")
    return value


def _text(told: Mapping[str, Any], key: str, path: Path) -> str:
    value = told.get(key, "")
    value = str(value) if type(value) is int else value  # period = 2024
    if not isinstance(value, str) or not value.strip() or len(value) > 500 or not value.isprintable():
        raise _wrong(path, f"{key!r} is missing, or not a line of text.", EXAMPLE)
    return value.strip()


def _wrong(path: Path, what: str, cure: str) -> InputError:
    return InputError(what, where=str(path), cure=cure)
