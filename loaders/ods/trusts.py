"""The ODS export of NHS trusts, file by file from the oldest to the newest.

Source: ``etr.csv``, no header row, 27 fields, dates YYYYMMDD, names in capitals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from loaders.csvfile import Row
from loaders.naming import distinct, title_case
from loaders.source import Reading, read_form, read_source
from loaders.tidy import values

SOURCE = read_source("ods")
FIRST_ICB_DAY = "2022-07-01"
"""The Health and Care Act 2022 made all 42 integrated care boards on this day."""

WALES = "Q99"
"""Stands in the ICB field of the three Welsh trusts: Wales has no ICBs."""


def trust_rows(paths: Sequence[Path], existing: Iterable[Row], reading: Reading) -> list[dict[str, str]]:
    """Rows of our table nhs-trusts from files given from the oldest to the newest.

    Name and closing date are those of the newest file, earlier names are kept as former
    names. The ICB is that of the first file that has the trust: reports up to March 2026
    mean the boards of their time, and the export overwrites them. ``existing`` rows of our
    table count as the oldest file, so that a refresh does not forget former names.
    """
    trusts = {row["ods"]: dict(row.values) for row in existing}
    for path in paths:
        for row in read_form(SOURCE.forms["trusts"], path, reading):
            new = _trust(row)
            old = trusts.get(new["ods"])
            if old:
                former = distinct([*values(old["former_names"]), old["name"]], [new["name"]])
                new |= {"former_names": "|".join(former), "icb_ods": old["icb_ods"]}
            trusts[new["ods"]] = new
    return list(trusts.values())


def _trust(row: Row) -> dict[str, str]:
    if not row["ods"] or not row["name"]:
        raise row.problem("A trust has no code or no name.", "Get etr.csv again from the ODS.")
    closed = _day(row, "closed")
    # The export gives trusts that closed long ago the board of their place today; taken
    # over, the graph would say that a board of 2026 commissioned a trust of 2006.
    before_boards = bool(closed) and closed < FIRST_ICB_DAY
    return {
        "ods": row["ods"],
        "name": title_case(row["name"]),
        "icb_ods": "" if row["icb"] == WALES or before_boards else row["icb"],
        "opened": _day(row, "opened"),
        "closed": closed,
        "former_names": "",
    }


def _day(row: Row, column: str) -> str:
    """YYYYMMDD as YYYY-MM-DD; empty stays empty."""
    if not row[column]:
        return ""
    try:
        if len(row[column]) != 8:
            raise ValueError(row[column])
        return datetime.strptime(row[column], "%Y%m%d").date().isoformat()
    except ValueError as error:
        raise row.problem(
            f"{row[column]!r} is no date of the form YYYYMMDD ({column} of {row['ods']}).",
            "Open the file as text, not in a spreadsheet: that rewrites dates. Get it again.",
        ) from error
