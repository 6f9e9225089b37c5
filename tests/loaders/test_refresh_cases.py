"""Every folder below ``cases/``: publisher files, and the table or the error they must give.

A new example is a new folder with ``case.toml``, the files, ``README.md`` and, if the table
can be made, ``expected.csv``.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from councilgraph.errors import InputError
from loaders.refresh import refresh
from loaders.tidy import TABLES

CASES = sorted((Path(__file__).parent / "cases").iterdir())


def told(case: Path) -> dict[str, Any]:
    return tomllib.loads((case / "case.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", [c for c in CASES if "error" not in told(c)], ids=lambda c: c.name)
def test_files_give_the_expected_table(case: Path, data: Path) -> None:
    want = told(case)
    files = [case / name for name in want["files"]]
    target = data / TABLES[want["table"]].path

    report = refresh(want["table"], files, data, force=want.get("force", True))
    first = target.read_bytes()
    again = refresh(want["table"], list(reversed(files)), data, force=True)

    assert first.decode() == (case / "expected.csv").read_text(encoding="utf-8")
    assert report.rows == len(first.splitlines()) - 1
    assert want.get("follow_up", "") in report.follow_up
    assert bool(report.follow_up) is ("follow_up" in want)
    if want["table"] != "nhs-trusts":  # the order of its files has a meaning
        assert target.read_bytes() == first, "the order of the files must not matter"
        assert (again.added, again.removed, again.changed) == (0, 0, 0)


@pytest.mark.parametrize("case", [c for c in CASES if "error" in told(c)], ids=lambda c: c.name)
def test_bad_files_are_refused_and_the_table_kept(case: Path, data: Path) -> None:
    want = told(case)
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}

    with pytest.raises(InputError) as caught:
        refresh(
            want["table"],
            [case / name for name in want["files"]],
            data,
            force=want.get("force", True),
        )

    assert want["error"]["what"] in caught.value.what
    assert want["error"]["where"] in caught.value.where
    assert want["error"]["cure"] in caught.value.cure
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_case_is_complete(case: Path) -> None:
    want = told(case)
    assert (case / "README.md").exists()
    assert ("error" in want) != (case / "expected.csv").exists()
    assert want["table"] in TABLES
