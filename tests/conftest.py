"""What all tests share: three invented councils, their tables and their reports."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.support.guard import sitecustomize as ours

TESTS = Path(__file__).parent
ROOT = TESTS.parent
INVENTED = TESTS / "invented"
REPORTS = INVENTED / "reports"

# A deadline would fail on a busy machine and pass on a quick one.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

# What a Python that a test starts gets as PYTHONPATH: it too stays on this machine.
PATHS = f"{TESTS / 'support' / 'guard'}{os.pathsep}{ROOT}"

Run = Callable[..., "subprocess.CompletedProcess[str]"]

# One file for each process of the suite: with several at work, each tells of its own tests.
_OUTSIDE = Path(tempfile.mkdtemp(prefix="councilgraph-outside-")) / "attempts"
os.environ[ours.RECORD] = str(_OUTSIDE)
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (PATHS, os.environ.get("PYTHONPATH"))))
# A worker of a suite on several cores was started with that path: it has the guard under that name.
given = sys.modules.get("sitecustomize")
WentOutsideError = getattr(given, "WentOutsideError", ours.WentOutsideError)
if WentOutsideError is ours.WentOutsideError:
    ours.guard()


@pytest.fixture
def outside() -> Iterator[Callable[[], list[str]]]:
    """What has tried to leave this machine since it was last asked; what is not asked for fails the test."""

    def taken() -> list[str]:
        if not _OUTSIDE.exists():
            return []
        found = _OUTSIDE.read_text(encoding="utf-8").splitlines()
        _OUTSIDE.unlink()
        return found

    yield taken


@pytest.fixture(autouse=True)
def stays_on_this_machine(outside: Callable[[], list[str]]) -> Iterator[None]:
    """Fails a test that went, or tried to go, anywhere but to this machine."""
    yield
    if went := outside():
        pytest.fail("This test tried to leave this machine:\n" + "\n".join(went))


def pytest_unconfigure() -> None:
    """Leave no folder behind."""
    shutil.rmtree(_OUTSIDE.parent, ignore_errors=True)


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
            env={**clean, "PYTHONPATH": PATHS, "PYTHONUTF8": "1", **environment},
        )

    return call


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory, run: Run, invented_data: Path) -> Path:
    """A store of the invented councils with both reports; not to be changed."""
    place = tmp_path_factory.mktemp("shared") / "store"
    done = run("build", "--store", place, "--data", invented_data, "--reports", REPORTS)
    assert done.returncode == 0, done.stderr
    return place
