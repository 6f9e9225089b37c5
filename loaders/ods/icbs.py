"""Integrated care boards: which there were when, and which took over from which.

Source: names and codes from the ONS, successions from a list written from the succession
events of the ODS. ``merger`` and ``split`` make a new board; an ``acquisition`` adds to one
that goes on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from councilgraph.errors import InputError
from loaders.csvfile import Row
from loaders.naming import distinct
from loaders.ods.trusts import FIRST_ICB_DAY, SOURCE
from loaders.source import Reading, read_form
from loaders.tidy import values

KINDS = frozenset({"merger", "split", "acquisition"})
BOARD = "Integrated Care Board"


def read_successions(path: Path, reading: Reading) -> list[Row]:
    """Rows predecessor, successor, successor_name, date, kind; dates are YYYY-MM-DD.

    Raises InputError for an unknown kind or a bad date.
    """
    found = []
    for row in read_form(SOURCE.forms["successions"], path, reading):
        if row["kind"] not in KINDS:
            raise row.problem(f"Unknown kind of succession {row['kind']!r}.", f"Use one of {sorted(KINDS)}.")
        try:
            date.fromisoformat(row["date"])
        except ValueError as error:
            raise row.problem(f"{row['date']!r} is no date.", "Write it YYYY-MM-DD.") from error
        found.append(row)
    return found


def icb_rows(
    named: Mapping[str, Row], successions: list[Row], existing: Mapping[str, Row]
) -> list[dict[str, str]]:
    """Rows of our table icbs: those of the ONS file, the new ones, and the ended ones.

    ``named`` has gss and name by ODS code, ``existing`` our rows by ODS code. A board that
    has left the ONS file stays in the table: reports of its time mean it.

    Raises InputError for a board without a name, and for one that is neither in the ONS
    file nor ended by a succession.
    """
    begun: dict[str, date] = {}
    ended: dict[str, date] = {}
    names: dict[str, Row] = {}
    for row in successions:
        first = date.fromisoformat(row["date"])
        names[row["successor"]] = row
        if row["kind"] != "acquisition":
            begun[row["successor"]] = first
        ended[row["predecessor"]] = min(first, ended.get(row["predecessor"], first))
    result = []
    for ods in sorted({*named, *names, *existing}):
        old = existing.get(ods)
        if ods in named:
            gss, name = named[ods]["gss"], named[ods]["name"]
        elif old and (ods in ended or ods in begun or old["valid_until"]):
            gss, name = old["gss"], old["name"]
        elif ods in names and ods in begun:
            gss, name = "", names[ods]["successor_name"]
        else:
            raise InputError(
                f"ICB {ods} is not in the ONS file and no succession begins or ends it.",
                where=names[ods].where if ods in names else old.where if old else "",
                cure="Give the ONS file that has it, or add its succession to the list.",
            )
        until = (ended[ods] - timedelta(days=1)).isoformat() if ods in ended else ""
        earlier = [*values(old["short_names"]), old["name"]] if old else []
        result.append(
            {
                "ods": ods,
                "gss": gss,
                "name": name,
                "short_names": "|".join(distinct([*short_names(name), *earlier], [name])),
                "valid_from": begun[ods].isoformat() if ods in begun else FIRST_ICB_DAY,
                "valid_until": until or (old["valid_until"] if old else ""),
            }
        )
    return result


def short_names(name: str) -> list[str]:
    """Other forms in which reports name a board.

    >>> short_names("NHS Northmoor Integrated Care Board")
    ['NHS Northmoor ICB', 'Northmoor ICB', 'Northmoor Integrated Care Board']
    """
    plain = name.removeprefix("NHS ")
    forms = {plain, plain.replace(BOARD, "ICB"), name.replace(BOARD, "ICB")}
    return sorted(forms - {name})
