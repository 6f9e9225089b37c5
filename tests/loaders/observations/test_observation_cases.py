"""Every folder below ``cases/``: a table with its description, and the rows or the error that it must give.

A new example is a new folder with ``case.toml``, the files, ``README.md`` and, if the table
can be read, ``expected.csv``.
"""

from __future__ import annotations

import csv
import io
import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from councilgraph.errors import InputError
from councilgraph.outside import Known, OutsideTable
from loaders import read_outside

CASES = sorted((Path(__file__).parent / "cases").iterdir())
KNOWN = Known(
    areas=frozenset({"E10009901", "E08009902", "E06009903"}),
    measures=frozenset({"population"}),
    units=frozenset({"count", "gbp", "percent"}),
    themes=frozenset({"unpaid-carers", "workforce"}),
)


def told(case: Path) -> dict[str, Any]:
    return tomllib.loads((case / "case.toml").read_text(encoding="utf-8"))


def files(case: Path) -> list[Path]:
    return [path for path in (case / "table.csv", case / "table.toml") if path.exists()]


def as_csv(table: OutsideTable) -> str:
    rows: list[tuple[object, ...]] = []
    if table.figures:
        rows = [("measure", "area", "period", "value", "printed")]
        for f in table.figures:
            number = isinstance(f.value, Decimal)
            rows.append((f.measure, f.area, f.period, f.value if number else "", "" if number else f.value))
    elif table.likenesses:
        rows = [("area", "neighbour", "rank"), *((n.area, n.neighbour, n.rank) for n in table.likenesses)]
    else:
        rows = [("area", "made_on", "theme", "text", "address")]
        rows += [(a.area, a.made_on, a.theme, a.text, a.address) for a in table.advice]
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def brief(code: str, message: str) -> str:
    """A warning's sort, count and examples: its wording is not what a case is about."""
    return f"{code}: {re.sub(r'^[^:]*: ', '', message).removesuffix('.')}"


@pytest.mark.parametrize("case", [c for c in CASES if "error" not in told(c)], ids=lambda c: c.name)
def test_a_table_gives_its_rows_and_tells_what_was_left_out(case: Path) -> None:
    for given in (files(case), files(case)[:1], files(case)[1:]):
        (table,) = read_outside(given, KNOWN)
        assert as_csv(table) == (case / "expected.csv").read_text(encoding="utf-8")
        assert [brief(w.code, w.message) for w in table.warnings] == told(case)["warnings"]
        assert table.name == "table"
        assert table.licence == "https://example.org/licence"


@pytest.mark.parametrize("case", [c for c in CASES if "error" in told(c)], ids=lambda c: c.name)
def test_a_table_that_cannot_be_used_is_refused_with_place_and_cure(case: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_outside(files(case), KNOWN)
    want = told(case)["error"]
    assert want["what"] in caught.value.what
    assert want["where"] in caught.value.where
    assert want["cure"] in caught.value.cure


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_case_is_complete(case: Path) -> None:
    assert (case / "README.md").exists()
    assert ("error" in told(case)) != (case / "expected.csv").exists()
