"""``councilgraph diff`` as a user meets it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from councilgraph.build.run import Builder
from tests.conftest import INVENTED, REPORTS, Run
from tests.diff.test_causes import edit


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reworded sentence and a corrected score."""
    place = tmp_path_factory.mktemp("after")
    data = shutil.copytree(INVENTED / "data", place / "data")
    reports = shutil.copytree(REPORTS, place / "reports")
    edit(reports / "northmoor" / "equity.txt", "nine markets", "ten markets")
    edit(data / "assessments" / "scores.csv", "EVB,2024-08,,2,2", "EVB,2024-08,,2,3")
    Builder(str(place / "store"), data, jobs=1).build([reports])
    return place / "store"


def test_the_exit_code_tells_same_different_and_could_not_run(
    run: Run, before: Path, after: Path, tmp_path: Path
) -> None:
    same = run("diff", before, before)
    assert same.returncode == 0 and "Both hold the same statements." in same.stdout
    other = run("diff", before, after)
    assert other.returncode == 1 and "2 councils changed: 1 score changed, 1 finding changed." in other.stdout
    for arguments, words in (
        ((before, tmp_path / "none"), "no such place"),
        ((before, after, "--format", "runes"), "no form 'runes'"),
        ((before, after, "--format", "xlsx"), "-o FILE.xlsx"),
        ((before, after, "--format", "atom", "--date", "soon"), "no day"),
        ((before, after, "--authority", "Nowhere"), "Nowhere"),
    ):
        refused = run("diff", *arguments)
        assert refused.returncode == 2 and refused.stdout == "", arguments
        assert words in refused.stderr and "what to do:" in refused.stderr


def test_the_form_is_that_of_the_files_ending_and_the_file_is_whole(
    run: Run, before: Path, after: Path, tmp_path: Path
) -> None:
    for name, start in (
        ("changes.html", b"<!DOCTYPE html>"),
        ("changes.json", b"{"),
        ("changes.md", b"# What changed"),
        ("changes.atom", b"<?xml"),
        ("changes.csv", b"authority,"),
        ("changes.xlsx", b"PK"),
        ("changes.txt", b"old: "),
    ):
        done = run("diff", before, after, "-o", tmp_path / name)
        assert done.returncode == 1 and done.stdout == "" and name in done.stderr
        assert (tmp_path / name).read_bytes().startswith(start)
    assert len(list(tmp_path.glob("changes.*"))) == 7
    assert run("diff", before, after, "-q", "-o", tmp_path / "changes.txt").stderr == ""


def test_the_same_two_builds_give_the_same_bytes_under_any_hash_seed(
    run: Run, before: Path, after: Path
) -> None:
    told = {
        run("diff", before, after, "--format", form, PYTHONHASHSEED=seed).stdout
        for form in ("json", "atom")
        for seed in ("1", "2")
    }
    assert len(told) == 2 and all(told)


def test_one_council_can_be_asked_about(run: Run, before: Path, after: Path) -> None:
    done = run("diff", before, after, "--authority", "eastvale", "--format", "json")
    told = json.loads(done.stdout)
    assert done.returncode == 1 and [council["code"] for council in told["councils"]] == ["EVB"]
    unchanged = run("diff", before, after, "--authority", "SLM")
    assert unchanged.returncode == 0
