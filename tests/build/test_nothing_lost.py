"""A build that is killed, at whatever moment, leaves the old store whole."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPORTS, ROOT, Run

# Runs the command line and kills its own process, as the kernel would, at the n-th time
# that Python is about to change a file or folder. -1 only counts the moments.
KILLER = """
import os, signal, sys
from pathlib import Path

store, at, seen = sys.argv[1], int(sys.argv[2]), [0]
writes = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "shutil.rmtree", "shutil.copyfile"}

def watch(event, arguments):
    opened = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    if not (event in writes or opened) or store not in str(arguments[0]):
        return
    if seen[0] == at:
        os.kill(os.getpid(), signal.SIGKILL)
    seen[0] += 1

from councilgraph.cli import main
import councilgraph.build.run
sys.addaudithook(watch)
code = main(sys.argv[3:])
print("moments", seen[0])
sys.exit(code)
"""


def killed_build(at: int, store: Path, data: Path, reports: Path) -> subprocess.CompletedProcess[str]:
    arguments = [
        "build",
        "--store",
        str(store),
        "--data",
        str(data),
        "--reports",
        str(reports),
        "--jobs",
        "1",
    ]
    return subprocess.run(
        [sys.executable, "-c", KILLER, str(store), str(at), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def answers(run: Run, store: Path) -> str:
    done = run("sparql", "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", "--store", store, "--format", "csv")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
def test_a_killed_build_leaves_the_old_store_or_the_new_one_never_half(
    tmp_path: Path, run: Run, data: Path, reports: Path
) -> None:
    store = tmp_path / "store"
    assert run("build", "--store", store, "--data", data, "--reports", REPORTS).returncode == 0
    old = answers(run, store)
    extra = reports / "northmoor" / "equity.txt"
    extra.write_text(extra.read_text() + "\nThe council opened a new door.\n")

    done = killed_build(-1, tmp_path / "count", data, reports)
    assert done.returncode == 0, done.stderr
    new = answers(run, tmp_path / "count")
    assert new != old

    seen = set()
    at = 0
    while True:
        done = killed_build(at, store, data, reports)
        now = answers(run, store)
        assert now in (old, new), f"killed at moment {at}: half a store"
        seen.add(now)
        if done.returncode != -signal.SIGKILL:
            break
        at += 1
    assert done.returncode == 0, done.stderr
    assert seen == {old, new}
    assert at > 10, "the killer must meet the moments of a real build"


def test_what_killed_builds_left_is_swept_by_the_next(
    tmp_path: Path, run: Run, data: Path, reports: Path
) -> None:
    store = tmp_path / "store"
    for at in (3, 9, 15):
        assert killed_build(at, store, data, reports).returncode == -signal.SIGKILL
    assert run("build", "--store", store, "--data", data, "--reports", reports).returncode == 0
    assert len(list((store / "builds").iterdir())) == 1
    assert not [p for p in store.rglob("*") if ".new-" in p.name]
