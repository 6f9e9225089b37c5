"""Kill -9 at every declared point of every command: old state or new, nothing between, nothing left."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from councilgraph.faultpoints import POINTS
from tests.conftest import ROOT
from tests.faults.nursery import Nursery
from tests.faults.steps import BY_NAME, IN_NO_COMMAND_HERE, STEPS, Step, tried
from tests.faults.world import World, strays

_CALL = re.compile(r"(?<!def )faultpoint\((.*?)\)")


def test_every_point_that_is_declared_stands_in_the_code_and_the_other_way_round() -> None:
    files = [p for top in ("councilgraph", "loaders") for p in (ROOT / top).rglob("*.py")]
    files.remove(ROOT / "councilgraph" / "faultpoints.py")
    placed = [name for p in files for name in _CALL.findall(p.read_text(encoding="utf-8"))]
    assert {name.strip('"') for name in placed} == set(POINTS)
    assert len(placed) == len(set(placed)), "one name, one place"


def test_every_point_belongs_to_a_command_that_is_killed_there() -> None:
    assert IN_NO_COMMAND_HERE.union(*(step.points for step in STEPS)) == set(POINTS)


def whole(world: World, step: Step, nursery: Nursery) -> str:
    """What the folders of a command hold now."""
    if step.name in ("build", "load", "link", "link --from"):
        return nursery.state(world.store)
    if step.name == "review":
        assert world.lost() == []
        return ""
    files = [p for folder in step.kept(world) for p in sorted(folder.rglob("*")) if p.is_file()]
    return repr([(p.name, p.read_bytes()) for p in files if not strays_of(p)])


def strays_of(path: Path) -> bool:
    return bool(re.search(r"\.part(/|$)|\.old(/|$)|\.lock", str(path)))


def copy(kept: list[Path], to: Path) -> None:
    """Set the folders aside, or put them back."""
    for n, folder in enumerate(kept):
        shutil.rmtree(to / str(n), ignore_errors=True)
        if folder.exists():
            shutil.copytree(folder, to / str(n), symlinks=True)


def restore(kept: list[Path], where: Path) -> None:
    for n, folder in enumerate(kept):
        shutil.rmtree(folder, ignore_errors=True)
        if (where / str(n)).exists():
            shutil.copytree(where / str(n), folder)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_killed_at_each_point_it_leaves_the_old_state_or_the_new_and_the_next_run_makes_it_good(
    step: Step, world: World, nursery: Nursery, tmp_path: Path
) -> None:
    step.prepare(world)
    kept = step.kept(world)
    copy(kept, tmp_path / "old")
    old = whole(world, step, nursery)
    undisturbed = nursery.command(step.make(world), *typed(world, step))
    assert undisturbed.code == 0, undisturbed.err
    missed = step.points - undisturbed.passed.keys()
    assert not missed, f"{step.name} does not pass {missed}"
    new = whole(world, step, nursery)
    assert new != old or step.typed
    restore(kept, tmp_path / "old")

    found = set()
    for point in sorted(tried(step)):
        for nth in sorted({1, undisturbed.passed[point]}):
            # What the killed ones have written already would not be written again, and the files
            # that they have looked at would not be looked at.
            if nth > 1 or point == "look.file":
                restore(kept, tmp_path / "old")
            lines, notes = typed_notes(world, step)
            done = nursery.command(step.make(world), lines, fault=f"{point}@{nth}:kill")
            assert done.killed, f"{point}@{nth}: {done.code} {done.err}"
            world.acknowledge(done.out, notes)
            now = whole(world, step, nursery)
            if not (step.name == "export tables" and point == "folder.aside"):
                assert now in (old, new), f"killed at {point}@{nth}: half of it"
            found.add(now)
            if now != old:
                again(world, step, nursery, new)
                restore(kept, tmp_path / "old")
    again(world, step, nursery, new)
    assert found >= {old, new}


def again(world: World, step: Step, nursery: Nursery, new: str) -> None:
    """The next run: it succeeds, gives what an undisturbed one gives, and leaves nothing behind."""
    done = nursery.command(step.make(world), *typed(world, step))
    assert done.code == 0, done.err
    assert whole(world, step, nursery) == new
    assert strays(*step.kept(world)) == []


def typed(world: World, step: Step) -> tuple[str, ...]:
    return (typed_notes(world, step)[0],)


def typed_notes(world: World, step: Step) -> tuple[str, list[str]]:
    return world.typed(1) if step.typed else ("", [])


def test_builds_that_were_killed_before_they_could_sweep_do_not_pile_up(
    world: World, nursery: Nursery
) -> None:
    for version in "bab":
        world.version = version
        assert nursery.command(world.build(), fault="publish.current:kill").killed
    done = nursery.command(world.build())
    assert done.code == 0 and "Nothing has changed" in done.err
    assert strays(world.store) == []


def test_a_folder_of_tables_that_was_set_aside_when_it_was_killed_comes_back(
    world: World, nursery: Nursery
) -> None:
    step = BY_NAME["export tables"]
    step.prepare(world)
    folder = world.root / "out" / "tables"
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    assert nursery.command(step.make(world), fault="folder.aside:kill").killed
    assert not folder.exists()
    # The next one fails half-way: what was there last month is there again.
    done = nursery.command(step.make(world), fault="folder.written:enospc")
    assert done.code == 2 and "No space left" in done.err
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before


@pytest.mark.parametrize("point", sorted(IN_NO_COMMAND_HERE))
def test_a_site_that_was_killed_while_its_files_were_moved_can_be_written_again(
    point: str, tmp_path: Path
) -> None:
    place = tmp_path / "site"
    for name in ("old.html", "both.html"):
        write_site(place, {name: "yesterday", "both.html": "yesterday"})
    pid = os.fork()
    if pid == 0:
        write_site(place, {"both.html": "today", "new.html": "today"}, kill_at=point)
        os._exit(0)
    assert os.WTERMSIG(os.waitpid(pid, 0)[1]) == 9
    write_site(place, {"both.html": "today", "new.html": "today"})
    names = {p.name: p.read_text(encoding="utf-8") for p in place.iterdir()}
    listing = names.pop("councilgraph-site.json")
    assert names == {"both.html": "today", "new.html": "today"} and "old.html" not in listing


def write_site(place: Path, files: dict[str, str], kill_at: str = "") -> None:
    from councilgraph import faultpoints
    from councilgraph.site.folder import site_folder

    if kill_at:
        faultpoints.watch(faultpoints.fault(f"{kill_at}:kill"))
    with site_folder(str(place), {"title": "A site"}) as folder:
        for name, text in files.items():
            folder.write(name, text)
