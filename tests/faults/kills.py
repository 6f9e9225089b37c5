"""Kills at random moments, over and over, and what was true after each.

    python -m tests.faults.kills --kills 1000 --seed 1

In a loop a command is taken (build, load, link, link --from, review, refresh, query -o), a point
that it passes, one of its passings, and a delay; the command dies there by SIGKILL, up to eight
times in a row. After each death the store must hold and answer exactly what it did before, or
exactly what the undisturbed command makes of it; every decision that the session had acknowledged
must stand in the review files. Then the command runs undisturbed: it must succeed, give the
digest that an undisturbed one gives elsewhere, and leave nothing of the killed ones behind.

Exit codes: 0 all of it was true; 1 something was not.
"""

from __future__ import annotations

import argparse
import os
import pickle
import random
import shutil
import sys
import tempfile
import time
import traceback
from collections import Counter, OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from tests.faults.children import Disturbed, Done, command, warm
from tests.faults.world import CHARITIES, COMPANIES, World, state, strays

IN_A_ROW = 8
LONGEST_DELAY = 0.15  # seconds: about what the rest of a command takes
KEPT = 30  # stores that are known from undisturbed commands
WEIGHTS = {"build": 27, "load": 22, "link": 13, "link --from": 8, "review": 18, "refresh": 6, "query -o": 6}


@dataclass
class Tally:
    """What happened: kills by command and by point, and which state was found after them."""

    kills: Counter[str] = field(default_factory=Counter)
    points: Counter[str] = field(default_factory=Counter)
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    survived: Counter[str] = field(default_factory=Counter)
    runs: Counter[str] = field(default_factory=Counter)
    decisions: int = 0
    failures: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Those of another process too."""
        for name in ("kills", "points", "before", "after", "survived", "runs"):
            getattr(self, name).update(getattr(other, name))
        self.decisions += other.decisions
        self.failures += other.failures

    def table(self) -> str:
        """For reading."""
        head = f"{'command':<14}{'kills':>7}{'as before':>11}{'as after':>10}{'outran':>8}{'next runs':>11}"
        lines = [head, "-" * len(head)]
        for name in WEIGHTS:
            row = (c[name] for c in (self.kills, self.before, self.after, self.survived, self.runs))
            lines.append("{:<14}{:>7}{:>11}{:>10}{:>8}{:>11}".format(name, *row))
        row = (sum(c.values()) for c in (self.kills, self.before, self.after, self.survived, self.runs))
        lines.append("{:<14}{:>7}{:>11}{:>10}{:>8}{:>11}".format("all", *row))
        reached = ", ".join(f"{name} {count}" for name, count in sorted(self.points.items()))
        lines += ["", f"{len(self.points)} points: {reached}"]
        lines += [f"{self.decisions} decisions were acknowledged; one that is lost is a failure."]
        lines += [f"{len(self.failures)} failures", *(f"  - {one}" for one in self.failures)]
        return "\n".join(lines)


class Killer:
    """One world, and a seeded choice of moments in it."""

    def __init__(self, root: Path, seed: int, *, warmed: bool = False) -> None:
        self.world = World.made(root / "world")
        self.kept: OrderedDict[str, tuple[Path, str, dict[str, int]]] = OrderedDict()
        self.elsewhere = root / "elsewhere"
        self.elsewhere.mkdir()
        self.chance = random.Random(seed)
        self.tally = Tally()
        self.count = 0
        self.passed: dict[str, dict[str, int]] = {}
        self.table = "a"
        if not warmed:
            warm(self.world.root / "data", self.world.root / "reports-a", root / "warm")
        self._undisturbed("build", self.world.build())
        self.now = state(self.world.store)
        self.pristine = self._copy(self.world.store)

    def run(self, kills: int, told: Callable[[int], None] | None = None) -> Tally:
        """Kill so often."""
        names, weights = list(WEIGHTS), list(WEIGHTS.values())
        while sum(self.tally.kills.values()) < kills and len(self.tally.failures) < 10:
            name = self.chance.choices(names, weights)[0]
            try:
                self.episode(name, kills)
            except AssertionError as error:
                self.tally.failures.append(f"{name}: {str(error)[:1500]}")
                print(self.tally.failures[-1], file=sys.stderr, flush=True)
                shutil.rmtree(self.world.store, ignore_errors=True)
                self._undisturbed("build", self.world.build())
                self.now = state(self.world.store)
                self.pristine = self._copy(self.world.store)
            if told:
                told(sum(self.tally.kills.values()))
        return self.tally

    def episode(self, name: str, most: int) -> None:
        """One command, killed some times and then let run."""
        if name == "review":
            self._review(most)
        elif name in ("refresh", "query -o"):
            self._file(name, most)
        else:
            self._store(name, most)

    def _store(self, name: str, most: int) -> None:
        world = self.world
        make: Callable[..., list[str]]
        if name == "build":
            world.version = self._other(world.version)
            make = world.build
            if self.chance.random() < 0.15:
                shutil.rmtree(world.store)
                self.now = state(world.store)
        elif name == "load":
            world.version = self._other(world.version)
            make = world.load
        elif name == "link":
            world.judge(self._other(world.judged))
            make = world.link
        else:
            files = [CHARITIES] if self.chance.random() < 0.5 else [CHARITIES, COMPANIES]

            def make(place: Path | None = None) -> list[str]:
                return world.link(place, *files)

        place, expected, passes = self._expected(name, make)
        for disturbed in self._moments(passes):
            if sum(self.tally.kills.values()) >= most:
                break
            done = self._disturbed(name, make(), disturbed)
            found = state(world.store)
            told = f"{disturbed}: {done.err[-300:]}"
            assert all(f in (b, a) for f, b, a in self._parts(found, expected)), f"half a store after {told}"
            if done.killed:
                (self.tally.after if found == expected else self.tally.before)[name] += 1
            if found == expected:
                break
        self._undisturbed(name, make())
        found = state(world.store)
        assert found == expected, f"the next {name} gave another store than an undisturbed one"
        left = strays(world.store)
        assert not left, f"left behind: {left}"
        self.now, self.pristine = expected, place

    def _parts(self, found: str, expected: str) -> list[tuple[str, str, str]]:
        # A registry and the store are two files, each whole by itself: link --from writes one, and then
        # the other.
        return list(zip(found.split("|"), self.now.split("|"), expected.split("|"), strict=True))

    def _expected(self, name: str, make: Callable[..., list[str]]) -> tuple[Path, str, dict[str, int]]:
        """What the command gives where nobody disturbs it, from a store that nobody disturbed."""
        command_line = " ".join(make(Path("S")))
        inputs = self.world.inputs()
        key = f"{'' if name == 'build' else self.now} {command_line} {inputs}"
        if key not in self.kept:
            if name == "build":
                place = self._new()
                place.mkdir()
                registry = self.world.store / "registry.sqlite"
                if registry.exists():
                    shutil.copy2(registry, place)
            else:
                place = self._copy(self.pristine)
            done = self._undisturbed(name, make(place), count=False)
            self.kept[key] = place, state(place), self.passed.setdefault(name, done.passed)
            while len(self.kept) > KEPT:
                _, (old, _, _) = self.kept.popitem(last=False)
                if old != self.pristine:
                    shutil.rmtree(old, ignore_errors=True)
        self.kept.move_to_end(key)
        return self.kept[key]

    def _review(self, most: int) -> None:
        world = self.world
        if self.chance.random() < 0.2:
            shutil.rmtree(world.reviews, ignore_errors=True)
            world.acknowledged.clear()
        passes = {"review.locked": 3, "review.made": 3, "review.recorded": 3}
        passes |= {f"write.{step}": 3 for step in ("open", "half", "synced", "replaced")}
        for disturbed in self._moments(passes):
            if sum(self.tally.kills.values()) >= most:
                break
            typed, notes = world.typed(3)
            done = self._disturbed("review", world.review(), disturbed, typed)
            self.tally.decisions += world.acknowledge(done.out, notes)
            lost = world.lost()
            assert not lost, f"{lost} lost after {disturbed}"
            if done.killed:
                self.tally.before["review"] += 1
        typed, notes = world.typed(1)
        done = self._undisturbed("review", world.review(), typed)
        self.tally.decisions += world.acknowledge(done.out, notes)
        if "Nothing waits" in done.out:
            shutil.rmtree(world.reviews)
            world.acknowledged.clear()
            return
        assert not world.lost(), "lost by the next session"
        assert not strays(world.reviews), strays(world.reviews)

    def _file(self, name: str, most: int) -> None:
        world = self.world
        if name == "refresh":
            self.table = self._other(self.table)
            arguments, folder = world.refresh(self.table), world.root / "table" / "reference"
            path = folder / "police-forces.csv"
            passes = dict.fromkeys(("table.begin", "table.written", "table.checked", "table.replaced"), 1)
        else:
            arguments, folder = world.query(), world.root / "out"
            path = folder / "answer.csv"
            passes = dict.fromkeys(("out.open", "out.written", "out.replaced"), 1)
        seen = [path.read_bytes() if path.exists() else None]
        for disturbed in self._moments(passes):
            if sum(self.tally.kills.values()) >= most:
                break
            done = self._disturbed(name, arguments, disturbed)
            seen.append(path.read_bytes() if path.exists() else None)
            if done.killed:
                (self.tally.before if seen[-1] == seen[0] else self.tally.after)[name] += 1
        self._undisturbed(name, arguments)
        assert set(seen) <= {seen[0], path.read_bytes()}, "half a file"
        assert not strays(folder), strays(folder)

    def _moments(self, passes: dict[str, int]) -> list[Disturbed]:
        moments = []
        for _ in range(self.chance.randint(2, IN_A_ROW)):
            point = self.chance.choice(sorted(passes))
            nth = self.chance.randint(1, passes[point])
            delay = self.chance.choice((0.0, self.chance.uniform(0.0001, LONGEST_DELAY)))
            moments.append(Disturbed(f"{point}@{nth}:kill", delay))
        return moments

    def _disturbed(self, name: str, arguments: list[str], disturbed: Disturbed, typed: str = "") -> Done:
        done = command(arguments, typed, disturbed)
        if done.killed:
            self.tally.kills[name] += 1
            self.tally.points[disturbed.fault.partition("@")[0]] += 1
        else:
            self.tally.survived[name] += 1
            assert done.code == 0, f"{arguments[0]} was not killed and failed: {done.err[-1500:]}"
        return done

    def _undisturbed(self, name: str, arguments: list[str], typed: str = "", *, count: bool = True) -> Done:
        done = command(arguments, typed)
        assert done.code == 0, f"the next {name} failed: {done.err[-1500:]}"
        if count:
            self.tally.runs[name] += 1
        return done

    def _copy(self, place: Path) -> Path:
        return Path(shutil.copytree(place, self._new()))

    def _new(self) -> Path:
        self.count += 1
        return self.elsewhere / str(self.count)

    @staticmethod
    def _other(which: str) -> str:
        return "b" if which == "a" else "a"


def main() -> int:
    """Kill, and tell."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=1000, metavar="N", help="so many (default: 1000)")
    parser.add_argument(
        "--seed", type=int, default=1, metavar="S", help="of the choice of moments (default: 1)"
    )
    parser.add_argument(
        "--dir", metavar="DIR", help="where the worlds are made (default: the system's place)"
    )
    parser.add_argument(
        "--jobs", type=int, default=1, metavar="J", help="so many worlds at once (default: 1)"
    )
    options = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="councilgraph-kills-", dir=options.dir) as folder:
        root = Path(folder)
        first = World.made(root / "first")
        warm(first.root / "data", first.root / "reports-a", root / "warm")
        tally = _many(root, options.kills, options.seed, options.jobs)
    print(tally.table())
    print(f"{time.monotonic() - started:.0f} seconds, seed {options.seed}, {options.jobs} worlds")
    return 1 if tally.failures or sum(tally.kills.values()) < options.kills else 0


def _many(root: Path, kills: int, seed: int, jobs: int) -> Tally:
    """Every world in a process of its own; what they found together."""
    pids = []
    for n in range(jobs):
        place = root / str(n)
        place.mkdir()
        pid = os.fork()
        if pid == 0:
            _one(place, kills // jobs + (n < kills % jobs), seed * 1000 + n)
        pids.append(pid)
    total = Tally()
    for n, pid in enumerate(pids):
        if code := os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]):
            total.failures.append(f"world {n} ended with {code}")
        else:
            total.add(pickle.loads((root / str(n) / "tally").read_bytes()))
    return total


def _one(place: Path, kills: int, seed: int) -> NoReturn:
    code = 1
    try:
        tally = Killer(place, seed, warmed=True).run(
            kills, lambda done: print(f"world {place.name}: {done} kills", file=sys.stderr, flush=True)
        )
        (place / "tally").write_bytes(pickle.dumps(tally))
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
