"""The example notebooks run from top to bottom, and hold no output of somebody's data."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.conftest import ROOT

NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


@each
def test_no_output_is_kept(path: Path) -> None:
    code = [cell for cell in read(path).cells if cell.cell_type == "code"]
    assert code
    assert not [cell.id for cell in code if cell.outputs or cell.execution_count]


@each
def test_it_runs_and_shows_what_it_promises(
    path: Path, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COUNCILGRAPH_STORE", str(store))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    notebook = read(path)
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": os.fspath(tmp_path)}}
    )
    client.execute()
    outputs = [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]
    errors = [
        one for cell in outputs for one in cell if one.output_type == "error" or one.get("name") == "stderr"
    ]
    assert not errors
    shown = "".join(
        one.data.get("text/html", "") if one.output_type == "execute_result" else one.get("text", "")
        for cell in outputs
        for one in cell
    )
    for promised in ("Northmoor County Council", "eleven weeks", "rows in findings.xlsx", "<svg"):
        assert promised in shown, promised
