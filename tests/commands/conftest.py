"""Reviewed evidence of the invented council Northmoor, beside its tables."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from councilgraph.cli import main
from loaders import read_one
from tests.conftest import REPORTS, Run

Review = Callable[..., Path]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs the command line in this process: the vocabulary is read once for all of these tests."""
    for name in [name for name in os.environ if name.startswith("COUNCILGRAPH_")]:
        monkeypatch.delenv(name)

    def call(*arguments: object) -> subprocess.CompletedProcess[str]:
        capsys.readouterr()
        try:
            code = main([*map(str, arguments)])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        told = capsys.readouterr()
        return subprocess.CompletedProcess([*map(str, arguments)], code, told.out, told.err)

    return call


@pytest.fixture
def review(data: Path) -> Review:
    """Writes a review file for every sentence of Northmoor, and gives its path.

    ``changes`` maps (section, paragraph, sentence) to other fields of that record; ``more``
    are further records.
    """

    def write(
        changes: dict[tuple[str, int, int], dict[str, Any]] | None = None,
        more: tuple[dict[str, Any], ...] = (),
        key: str = "NMR-2025-05",
    ) -> Path:
        rows: list[dict[str, Any]] = []
        for paragraph in read_one([REPORTS / "northmoor"]).paragraphs:
            for sentence in paragraph.sentences:
                rows.append(
                    {
                        "kind": "finding",
                        "section": paragraph.section,
                        "paragraph": paragraph.n,
                        "sentence": sentence.n,
                        "digest": sentence.digest,
                        "polarity": "mixed",
                        "voices": ["healthwatch"],
                        "themes": ["prisons"],
                        "summary": "In our own words",
                        "review": "reviewed",
                        **(changes or {}).get((paragraph.section, paragraph.n, sentence.n), {}),
                    }
                )
        folder = data / "assessments" / "evidence"
        folder.mkdir(exist_ok=True)
        path = folder / f"{key}.jsonl"
        path.write_text("".join(json.dumps(row) + "\n" for row in (*rows, *more)), encoding="utf-8")
        return path

    return write
