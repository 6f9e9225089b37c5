"""Every folder below ``cases/``: a publisher's files, and the entries or the error they must give.

A new example is a new folder with ``case.toml``, the files, ``README.md`` and, if the files can be
read, ``expected.json``.
"""

from __future__ import annotations

import json
import tomllib
import zipfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from councilgraph.errors import InputError
from councilgraph.linking.entry import Entry
from loaders.registers import PUBLISHED, read_register
from loaders.source import Reading

CASES = sorted((Path(__file__).parent / "cases").iterdir())


def told(case: Path) -> dict[str, Any]:
    return tomllib.loads((case / "case.toml").read_text(encoding="utf-8"))


def as_json(entries: Iterable[Entry]) -> Any:
    """Entries as they stand in ``expected.json``: without what is empty, days as text."""
    found = [asdict(entry) for entry in entries]
    for entry in found:
        entry["names"] = [{k: v for k, v in name.items() if v} for name in entry["names"]]
    return json.loads(json.dumps([{k: v for k, v in e.items() if v} for e in found], default=str))


def zipped(path: Path, folder: Path) -> Path:
    archive = folder / path.with_suffix(".zip").name
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as out:
        out.write(path, path.name)
    return archive


@pytest.mark.parametrize("case", [c for c in CASES if "error" not in told(c)], ids=lambda c: c.name)
def test_files_give_the_expected_entries(case: Path, invented_data: Path, tmp_path: Path) -> None:
    want = told(case)
    files = [case / name for name in want["files"]]
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))

    reading = Reading(force=True)
    assert as_json(read_register(want["register"], files, invented_data, reading)) == expected
    for part in want.get("notes", ()):
        assert any(part in note for note in reading.notes), reading.notes

    if want.get("zipped", True):
        archives = [zipped(file, tmp_path) for file in files]
        assert (
            as_json(read_register(want["register"], archives, invented_data, Reading(force=True))) == expected
        )


@pytest.mark.parametrize("case", [c for c in CASES if "error" in told(c)], ids=lambda c: c.name)
def test_bad_files_are_refused_with_place_and_cure(case: Path, invented_data: Path) -> None:
    want = told(case)

    with pytest.raises(InputError) as caught:
        list(
            read_register(
                want["register"],
                [case / name for name in want["files"]],
                invented_data,
                Reading(force=want.get("force", True)),
            )
        )

    assert want["error"]["what"] in caught.value.what
    assert want["error"]["where"] in caught.value.where
    assert want["error"]["cure"] in caught.value.cure


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_case_is_complete(case: Path) -> None:
    want = told(case)
    assert (case / "README.md").exists()
    assert ("error" in want) != (case / "expected.json").exists()
    assert want["register"] in PUBLISHED
