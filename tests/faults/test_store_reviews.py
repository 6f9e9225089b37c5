"""Damaged review files and damaged stand-off evidence: told with file and line, and nothing is lost."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from councilgraph.textdigest import digest
from tests.conftest import REPORTS
from tests.faults.small import call, canonical

KEY = "NMR-2025-05"


def record(number: int) -> bytes:
    one = {
        "kind": "finding", "section": "equity", "paragraph": 1, "sentence": number,
        "digest": digest(f"Invented {number}."), "polarity": "improvement", "voices": ["partners"],
        "themes": ["carers"], "summary": f"Größe {number}", "illustrates": None, "review": "reviewed",
    }  # fmt: skip
    return json.dumps(one, ensure_ascii=False).encode() + b"\n"


DAMAGES = {
    "cut off": lambda data: data[:-40],
    "a flipped bit in a letter": lambda data: data.replace("ö".encode(), b"\xc3\x36", 2)[: len(data)],
    "a flipped bit in a name of a field": lambda data: data.replace(b'"polarity"', b'"polarit9"'),
    "a flipped quotation mark": lambda data: data.replace(b'"section":', b'#section":'),
    "zeros, as a disk leaves them": lambda data: data[:-30] + bytes(30),
    "two versions joined in Git": lambda data: data + b"<<<<<<< HEAD\n" + record(3),
    "a record of another file's kind": lambda data: data + b"[1, 2]\n",
}


@pytest.mark.parametrize(
    ("damage", "where"),
    [(one, ("of the data folder", "of the user")[n % 2]) for n, one in enumerate(DAMAGES)],
)
def test_a_damaged_file_is_told_with_its_line_and_nothing_is_touched(
    damage: str, where: str, store: Path, data: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    own.mkdir()
    folder = own if where == "of the user" else data / "assessments" / "evidence"
    folder.mkdir(exist_ok=True)
    path = folder / f"{KEY}.jsonl"
    damaged = record(1) + DAMAGES[damage](record(2))
    assert damaged != record(1) + record(2)
    path.write_bytes(damaged)
    given = ("--data", data, "--reviews", own)
    line = 3 if damage in ("two versions joined in Git", "a record of another file's kind") else 2
    for asked in (
        ("build", "--store", store, "--reports", REPORTS, "--jobs", "1", *given),
        ("load", REPORTS / "northmoor", "--store", store, *given),
        ("extract", REPORTS / "northmoor", *given),
        ("review", "--list", "--store", store, *given),
    ):
        said = call(*asked)
        # A report that cannot be loaded is told with what it lacks, and what else was given is loaded.
        assert said.explained or (asked[0] == "load" and said.code == 1), f"{asked[0]}: {said}"
        assert f"  where: {path}:{line}\n  what to do: " in said.error, f"{asked[0]}: {said}"
    assert path.read_bytes() == damaged


def test_the_store_in_force_answers_on_and_the_mended_file_is_taken(
    store: Path, data: Path, tmp_path: Path
) -> None:
    place = Path(shutil.copytree(store, tmp_path / "store"))
    before = canonical(place)
    folder = data / "assessments" / "evidence"
    folder.mkdir()
    path = folder / f"{KEY}.jsonl"
    arguments = ("build", "--store", place, "--data", data, "--reports", REPORTS, "--jobs", "1")
    path.write_bytes(record(1)[:-9])
    assert call(*arguments).explained and canonical(place) == before
    path.write_bytes(record(1))
    assert call(*arguments).code == 0 and canonical(place) != before
