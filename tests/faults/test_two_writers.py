"""One writer at a time: the second is told who the first is, and a dead one stands in nobody's way."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from filelock import FileLock

from councilgraph.errors import InputError
from councilgraph.linking import registry_build
from councilgraph.locking import BusyError, alone
from councilgraph.reviews import recording
from councilgraph.reviews.recording import ReviewFiles
from tests.conftest import ROOT
from tests.faults.nursery import Nursery
from tests.faults.world import World


def test_the_second_build_is_told_who_builds_since_when_and_what_to_do(
    world: World, nursery: Nursery
) -> None:
    old = nursery.state(world.store)
    first = subprocess.Popen(
        [sys.executable, "-m", "councilgraph", *world.build()],
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "COUNCILGRAPH_FAULT": "put.filled:pause"},
    )
    try:
        assert first.stderr and first.stderr.readline() == "paused\n"
        for arguments in (world.build(), world.load(), world.link()):
            second = nursery.command(arguments)
            assert second.code == 2
            what, where, cure = second.err.splitlines()
            assert "Another build is writing to this store: 'councilgraph build'" in what
            assert f"process {first.pid}" in what and "since 20" in what
            assert str(world.store) in where
            assert "Wait" in cure and "--store" in cure and f"kill {first.pid}" in cure
        # Who only asks is not kept waiting, and sees the old store.
        asked = nursery.command(["query", "Q01", "--store", str(world.store)])
        assert asked.code == 0
    finally:
        first.kill()
        first.communicate()
    assert nursery.command(world.build()).code == 0
    assert nursery.state(world.store) != old
    assert not (world.store / "lock-holder").exists()


@pytest.mark.parametrize("point", ["look.file", "report.begin", "index.graph"])
def test_workers_of_a_killed_build_do_not_keep_its_lock(point: str, world: World, nursery: Nursery) -> None:
    done = nursery.command(world.build(), workers=2, fault=f"{point}:kill", delay=0.0001)
    assert done.killed, done.err
    assert nursery.command(world.build()).code == 0


def test_who_holds_a_lock_is_told_by_process_machine_and_time(tmp_path: Path) -> None:
    with alone(tmp_path / "lock", "councilgraph test"):
        with pytest.raises(BusyError) as told, alone(tmp_path / "lock", "another"):
            pass
        assert told.value.pid == os.getpid()
        assert "'councilgraph test'" in told.value.told("Busy") and " since 20" in told.value.told("Busy")
        assert f"kill {os.getpid()}" in told.value.cure
    with alone(tmp_path / "lock", "another"):
        pass
    assert sorted(p.name for p in tmp_path.iterdir()) == ["lock"]


def test_a_lock_whose_holder_told_nothing_is_explained_all_the_same(tmp_path: Path) -> None:
    with FileLock(tmp_path / "lock"), pytest.raises(BusyError) as told, alone(tmp_path / "lock", "another"):
        pass
    assert told.value.told("Somebody is at work") == "Somebody is at work."
    assert "no file to delete" in told.value.cure


def test_what_a_dead_process_said_of_itself_is_not_believed(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    about = {"pid": child, "host": os.uname().nodename, "work": "x", "since": "y"}
    (tmp_path / "lock-holder").write_text(json.dumps(about), encoding="utf-8")
    with alone(tmp_path / "lock", "councilgraph test"):
        assert json.loads((tmp_path / "lock-holder").read_text(encoding="utf-8"))["pid"] == os.getpid()

    # Its workers still hold the lock, and are about to notice.
    held = FileLock(tmp_path / "lock", thread_local=False)
    held.acquire()
    (tmp_path / "lock-holder").write_text(json.dumps(about), encoding="utf-8")
    threading.Timer(0.2, held.release).start()
    with alone(tmp_path / "lock", "councilgraph test"):
        assert not held.is_locked


def test_a_second_session_of_reviews_is_told_who_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "WAIT", 0)
    first, second = ReviewFiles(tmp_path), ReviewFiles(tmp_path)
    with first.held():
        with first.held():
            pass
        with pytest.raises(InputError, match=f"process {os.getpid()}") as told, second.held():
            pass
        assert "Nothing was written" in told.value.cure
    with second.held():
        pass


def test_two_at_a_registry_do_not_lose_each_others_registers(tmp_path: Path) -> None:
    path = tmp_path / "registry.sqlite"
    with (
        alone(tmp_path / ".registry.lock", "councilgraph link --from"),
        pytest.raises(InputError, match="Another process is writing this registry") as told,
    ):
        registry_build.build(path, iter(()))
    assert "Nothing was written" in told.value.cure and not path.exists()
