"""A folder of everything: the good is loaded, the rest is listed, for people and for programs."""

from __future__ import annotations

import json
import resource
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.hostile.collection import COLLECTIONS

GIB = 1024 * 1024  # in kilobytes


@pytest.fixture
def folder(reports: Path) -> Path:
    """Two invented assessments among every file that must be refused."""
    for n, file in enumerate(f for collection in COLLECTIONS for f in collection() if f.refused):
        place = reports / f"refused-{n}"
        place.mkdir()
        (place / file.name).write_bytes(file.content)
    return reports


def told(path: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return report


def test_a_build_goes_on_past_every_bad_file_on_every_core(
    run: Run, tmp_path: Path, invented_data: Path, folder: Path
) -> None:
    store = tmp_path / "store"
    done = run("build", "--store", store, "--data", invented_data, "--jobs", 2, "--reports", folder)
    report = told(store / "load-report.json")
    assert done.returncode == 1
    assert "2 reports among them" in done.stderr
    assert "Traceback" not in done.stderr
    assert f"all are in {store / 'load-report.json'}" in done.stderr
    files = {file["path"]: file for file in report["files"]}
    given = {str(p) for p in folder.rglob("*") if p.is_file()}
    assert files.keys() == given, "each file that was given is accounted for"
    refused = [file for file in files.values() if file["state"] == "refused"]
    assert report["counts"] == {"loaded": len(given) - len(refused), "refused": len(refused)}
    assert all(file["what"] and file["where"] and file["cure"] for file in refused)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < GIB


def test_the_load_report_names_the_assessment_and_the_warnings_of_a_file(
    run: Run, tmp_path: Path, invented_data: Path, reports: Path
) -> None:
    page = reports / "northmoor" / "equity.txt"
    page.write_text(page.read_text(encoding="utf-8") + "\nA stray heading\n", encoding="utf-8")
    done = run(
        "build", "--store", tmp_path / "store", "--data", invented_data, "--reports", reports,
        "--load-report", tmp_path / "told.json",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    report = told(tmp_path / "told.json")
    assert not (tmp_path / "store" / "load-report.json").exists()
    assert report["assessments"] == 2
    (equity,) = [f for f in report["files"] if f["path"] == str(page)]
    assert equity["state"] == "loaded" and equity["assessment"] == "NMR-2025-05"
    assert [w["code"] for w in equity["warnings"]] == ["unknown-heading"]


def test_a_load_report_that_cannot_be_written_is_said(
    run: Run, tmp_path: Path, invented_data: Path, reports: Path
) -> None:
    done = run(
        "build", "--store", tmp_path / "store", "--data", invented_data, "--reports", reports,
        "--load-report", tmp_path / "nowhere" / "told.json",
    )  # fmt: skip
    assert done.returncode == 2
    assert "cannot be written" in done.stderr and "Traceback" not in done.stderr
