"""A disk that is full, a folder that may only be read: an explanation, and everything as it was."""

from __future__ import annotations

import errno
import signal
from pathlib import Path

import pytest

from councilgraph import faultpoints
from councilgraph.errors import UsageError
from councilgraph.exits import EXIT_STOPPED
from councilgraph.outfile import whole_file
from tests.faults.children import Done
from tests.faults.nursery import Nursery
from tests.faults.steps import BY_NAME, STEPS, Step, tried
from tests.faults.test_points import copy, restore, typed_notes, whole
from tests.faults.world import World, strays

# What is cleaned up afterwards is no reason to call a command failed.
TOLERANT = frozenset({"sweep.build", "sweep.source"})


def explained(done: Done) -> None:
    """Exit code 2, what is wrong and what to do about it; nothing that only a programmer reads."""
    assert done.code == 2, (done.code, done.err)
    assert "what to do:" in done.err and "where:" in done.err, done.err
    for word in ("Traceback", "not foreseen", "Errno"):
        assert word not in done.err, done.err


@pytest.mark.parametrize(
    "step", [s for s in STEPS if s.name not in ("build", "link")], ids=lambda step: step.name
)
def test_a_refusal_of_the_system_at_any_point_is_explained_and_changes_nothing_by_halves(
    step: Step, world: World, nursery: Nursery, tmp_path: Path
) -> None:
    step.prepare(world)
    kept = step.kept(world)
    copy(kept, tmp_path / "old")
    old = whole(world, step, nursery)
    new = ""
    current = (world.store / "CURRENT").read_text(encoding="ascii")
    answers = ("enospc", "erofs", "eacces", "eio")
    for n, point in enumerate(sorted(tried(step))):
        if point == "look.file":  # of files that were looked at before, it would not be passed
            restore(kept, tmp_path / "old")
        lines, notes = typed_notes(world, step)
        done = nursery.command(step.make(world), lines, fault=f"{point}:{answers[n % 4]}")
        world.acknowledge(done.out, notes)
        if point in TOLERANT:
            assert done.code == 0, done.err
        else:
            explained(done)
        if step.name == "load" and (world.store / "CURRENT").read_text(encoding="ascii") == current:
            continue  # the same build in force: it is looked at once, at the end
        now = whole(world, step, nursery)
        if now != old:
            new = new or now
            assert now == new, f"half of it after {point}"
            restore(kept, tmp_path / "old")
    assert whole(world, step, nursery) in (old, new)
    done = nursery.command(step.make(world), typed_notes(world, step)[0])
    assert done.code == 0, done.err
    assert not new or whole(world, step, nursery) == new
    assert strays(*kept) == []


@pytest.mark.parametrize("largest", [500, 20_000, 150_000])
def test_a_disk_that_fills_up_leaves_the_store_in_force_as_it_was(
    largest: int, world: World, nursery: Nursery
) -> None:
    old = nursery.state(world.store)
    explained(nursery.command(world.build(), largest=largest))
    assert nursery.state(world.store) == old
    assert nursery.command(world.build()).code == 0
    assert nursery.state(world.store) != old
    assert strays(world.store) == []


@pytest.mark.parametrize("name", ["build", "link --from", "review", "refresh", "query -o", "export tables"])
def test_a_disk_that_is_full_from_the_start_is_explained(name: str, world: World, nursery: Nursery) -> None:
    step = BY_NAME[name]
    step.prepare(world)
    old = whole(world, step, nursery)
    lines, notes = typed_notes(world, step)
    done = nursery.command(step.make(world), lines, largest=10)
    explained(done)
    world.acknowledge(done.out, notes)
    assert whole(world, step, nursery) == old
    assert nursery.command(step.make(world), typed_notes(world, step)[0]).code == 0


@pytest.mark.parametrize("name", ["load", "link --from", "review", "refresh", "query -o"])
def test_a_folder_that_may_only_be_read_is_told_with_what_to_do(
    name: str, world: World, nursery: Nursery
) -> None:
    step = BY_NAME[name]
    world.reviews.mkdir()
    old = whole(world, step, nursery)
    folders = [p for folder in step.kept(world) for p in (folder, *folder.rglob("*")) if p.is_dir()]
    for folder in folders:
        folder.chmod(0o555)
    try:
        done = nursery.command(step.make(world), typed_notes(world, step)[0], bound=True)
        explained(done)
        assert "Permission denied" in done.err
        if name == "load":  # who only asks needs no right to write
            asked = nursery.command(["query", "Q01", "--store", str(world.store)], bound=True)
            assert asked.code == 0, asked.err
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert whole(world, step, nursery) == old


@pytest.mark.parametrize(
    "point", ["report.begin", "put.filled", "publish.listed", "publish.current", "sweep.build"]
)
def test_stopped_with_ctrl_c_at_any_step_a_store_is_whole(point: str, world: World, nursery: Nursery) -> None:
    step = BY_NAME["load"]
    step.prepare(world)
    old = nursery.state(world.store)
    done = nursery.command(world.load(), fault=f"{point}:stop")
    assert done.code == EXIT_STOPPED and "Traceback" not in done.err
    in_force = nursery.state(world.store) != old
    assert in_force == (point in ("publish.current", "sweep.build"))
    assert nursery.command(world.load()).code == 0


def test_a_load_report_that_cannot_be_written_does_not_call_the_build_a_failure_of_the_store(
    world: World, nursery: Nursery
) -> None:
    old = nursery.state(world.store)
    done = nursery.command(world.load(), fault="account.begin:enospc")
    explained(done)
    assert "The store is in force" in done.err and "load-report.json" in done.err
    assert nursery.state(world.store) != old


def test_a_worker_that_is_killed_from_outside_is_told_as_what_it_is(world: World, nursery: Nursery) -> None:
    old = nursery.state(world.store)
    done = nursery.command(world.build(), workers=2, fault="look.file:kill")
    assert done.code == 2 and "memory" in done.err and "--jobs" in done.err
    assert nursery.state(world.store) == old


def test_a_report_that_ends_its_worker_even_alone_is_listed_and_all_else_is_built(
    world: World, nursery: Nursery
) -> None:
    done = nursery.command(world.build(), workers=2, fault="report.begin:kill")
    assert done.code == 1 and "ended the process that read it" in done.err and "memory" in done.err
    nursery.state(world.store)
    done = nursery.command(world.build())
    assert done.code == 0 and "ended" not in done.err, "what was refused is tried again"


def test_a_result_goes_straight_to_a_device_and_does_not_replace_it(tmp_path: Path) -> None:
    device = tmp_path / "null"
    device.symlink_to("/dev/null")
    with whole_file(str(device)) as out:
        out.write(b"a table")
    assert device.is_symlink() and Path("/dev/null").is_char_device()


def test_a_part_that_another_process_is_writing_is_left_to_it(tmp_path: Path) -> None:
    target = tmp_path / "t.csv"
    dead = tmp_path / "t.csv.1.part"
    dead.write_text("half")
    with whole_file(str(target)) as first:
        first.write(b"one")
        (mine,) = [p for p in tmp_path.glob("*.part") if p != dead]
        with whole_file(str(tmp_path / "u.csv")) as other:
            other.write(b"two")
        assert mine.exists() and not dead.exists()
    assert target.read_text() == "one"


@pytest.mark.parametrize(
    "wanted", ["nowhere:kill", "put.filled:explode", "put.filled@x:kill", "put.filled:pause=x"]
)
def test_a_moment_that_there_is_not_is_refused(wanted: str) -> None:
    with pytest.raises(UsageError, match="no moment"):
        faultpoints.fault(wanted)


def test_without_the_variable_nobody_watches() -> None:
    assert faultpoints._watchers == []
    faultpoints.faultpoint("put.filled")


def test_a_wrong_variable_is_told_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv(faultpoints.VARIABLE, "nowhere:kill")
    monkeypatch.setattr(faultpoints, "_watchers", [faultpoints._asked])
    with pytest.raises(UsageError), whole_file(str(tmp_path / "x")):
        pass
    assert not (tmp_path / "x").exists()


def test_kill_is_kill_and_the_nth_passing_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[int] = []
    monkeypatch.setattr("os.kill", lambda pid, number: sent.append(number))
    passing = faultpoints.fault("write.half@2:kill")
    for name in ("write.half", "write.open", "write.half", "write.half"):
        passing(name)
        sent.append(0)
    assert sent == [0, 0, signal.SIGKILL, 0, 0]


def test_an_error_of_the_system_at_a_point_is_the_systems_own() -> None:
    with pytest.raises(OSError, match="No space left") as told:
        faultpoints.fault("write.half:enospc")("write.half")
    assert told.value.errno == errno.ENOSPC
