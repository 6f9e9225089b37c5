"""Integrated care boards and NHS trusts from our tidy tables.

Source: ``icbs.csv``, ``icb-successions.csv``, ``authority-icb.csv`` (ONS, ODS) and
``nhs-trusts.csv`` (ODS). Keys are ``ods-<code>``; the last day of a body is the last on
which it existed, so a report of 31 March 2026 still means the boards of before.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from councilgraph.model import (
    Coverage,
    Identifier,
    Organisation,
    ReferenceTable,
    Succession,
)
from loaders.csvfile import Row
from loaders.reference.checks import GSS, code, day, known, one_of, period, share, text
from loaders.tidy import read_table, values

ODS = re.compile(r"[A-Z0-9]{3,6}")
SUCCESSION_KINDS = ("merger", "split", "acquisition", "rename")


def read_icbs(data: Path) -> ReferenceTable:
    """The boards, which council areas they serve and when, and which took over from which.

    Raises InputError for an authority or board that is in no table, a bad code, date or
    share, and for two shares of an authority that together are more than the whole.
    """
    rows = read_table(data, "icbs")
    boards = {row["ods"]: _board(row) for row in rows}
    return ReferenceTable(
        name="icbs",
        organisations=tuple(boards.values()),
        coverages=_coverages(data, boards),
        successions=tuple(_succession(row, boards) for row in read_table(data, "icb-successions")),
    )


def _board(row: Row) -> Organisation:
    ods = code(row, "ods", ODS)
    identifiers = [Identifier("ods", ods)]
    if row["gss"]:
        identifiers.append(Identifier("gss", code(row, "gss", GSS)))
    first, last = period(row, "valid_from", "valid_until")
    return Organisation(
        key=f"ods-{ods}",
        name=text(row, "name"),
        kind="integrated-care-board",
        other_names=values(row["short_names"]),
        identifiers=tuple(identifiers),
        valid_from=first,
        valid_until=last,
    )


def _coverages(data: Path, boards: Mapping[str, Organisation]) -> tuple[Coverage, ...]:
    formed = {row["gss"]: day(row, "valid_from") for row in read_table(data, "authorities")}
    sums: dict[tuple[str, bool], float] = {}
    found = []
    for row in read_table(data, "authority-icb"):
        area = known(row, "authority_gss", formed, "authorities")
        board = boards[known(row, "icb_ods", boards, "icbs")]
        part = share(row, "share")
        # Old and new boards each share out the whole area, so they are summed apart.
        era = (area, _begun_later(board))
        sums[era] = sums.get(era, 0) + float(part)
        # Half a percent is left for rounding; more means a row counted twice.
        if sums[era] > 1.005:
            raise row.problem(
                f"The shares of {area} add up to more than 1.",
                "Make the table anew: `councilgraph refresh authority-icb FILE...`.",
            )
        found.append(
            Coverage(
                organisation=board.key,
                area=area,
                share=part,
                valid_from=_later(board.valid_from, formed[area]),
                valid_until=board.valid_until,
            )
        )
    return tuple(found)


def _begun_later(board: Organisation) -> bool:
    return board.valid_from is not None and board.valid_from > date(2022, 7, 1)


def _later(first: date | None, second: date | None) -> date | None:
    """The later of two days: a board cannot serve a council's area before both exist."""
    days = [one for one in (first, second) if one]
    return max(days) if days else None


def _succession(row: Row, boards: Mapping[str, Organisation]) -> Succession:
    on = day(row, "date")
    if on is None:
        raise row.problem("A succession has no date.", "Give the day it took effect, YYYY-MM-DD.")
    return Succession(
        original=f"ods-{known(row, 'predecessor', boards, 'icbs')}",
        resulting=f"ods-{known(row, 'successor', boards, 'icbs')}",
        on=on,
        kind=one_of(row, "kind", SUCCESSION_KINDS),
    )


def read_nhs_trusts(data: Path) -> ReferenceTable:
    """NHS trusts, open and closed, each with the board that commissions it.

    Raises InputError for a board that is not in ``icbs.csv``; Welsh trusts have none.
    """
    boards = {row["ods"]: day(row, "valid_from") for row in read_table(data, "icbs")}
    return ReferenceTable(
        name="nhs-trusts",
        organisations=tuple(_trust(row, boards) for row in read_table(data, "nhs-trusts")),
    )


def _trust(row: Row, boards: Mapping[str, date | None]) -> Organisation:
    ods = code(row, "ods", ODS)
    first, last = period(row, "opened", "closed")
    board = known(row, "icb_ods", boards, "icbs") if row["icb_ods"] else None
    begun = boards[board] if board else None
    if last and begun and last < begun:
        raise row.problem(
            f"{row['name']} closed on {last}, before its ICB {board} began on {begun}.",
            "Leave icb_ods empty: no integrated care board commissioned this trust.",
        )
    return Organisation(
        key=f"ods-{ods}",
        name=text(row, "name"),
        kind="nhs-trust",
        other_names=values(row["former_names"]),
        identifiers=(Identifier("ods", ods),),
        commissioned_by=f"ods-{board}" if board else None,
        valid_from=first,
        valid_until=last,
    )
