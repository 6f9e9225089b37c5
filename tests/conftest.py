"""What all tests share: three invented councils, their tables and their reports."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ROOT = TESTS.parent
INVENTED = TESTS / "invented"
REPORTS = INVENTED / "reports"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def invented_data() -> Path:
    """The data folder of the invented councils; not to be changed."""
    return INVENTED / "data"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the invented data folder, to change."""
    return Path(shutil.copytree(INVENTED / "data", tmp_path / "data"))


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A copy of the invented reports, to change."""
    return Path(shutil.copytree(REPORTS, tmp_path / "reports"))


@pytest.fixture(scope="session")
def run() -> Run:
    """Runs the command line in a process of its own, as a user does."""

    def call(
        *arguments: object, cwd: Path | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("COUNCILGRAPH_")}
        return subprocess.run(
            [sys.executable, "-m", "councilgraph", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            cwd=cwd or ROOT,
            env={**clean, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment},
        )

    return call


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, run: Run, invented_data: Path) -> Path:
    """A store of the invented councils with both reports; not to be changed."""
    place = tmp_path_factory.mktemp("shared") / "store"
    done = run("build", "--store", place, "--data", invented_data, "--reports", REPORTS)
    assert done.returncode == 0, done.stderr
    return place
