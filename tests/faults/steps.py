"""The commands that change a user's data, each with the points that it passes and the files it writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.faults.world import CHARITIES, World

WRITE = frozenset({"write.open", "write.half", "write.synced", "write.replaced"})
OUT = frozenset({"out.open", "out.written", "out.replaced"})
PUBLISH = WRITE | OUT | {
    "store.locked", "store.swept", "put.begin", "put.filled", "put.checked", "index.graph", "put.indexed",
    "publish.closed", "publish.manifest", "publish.copied", "publish.listed", "publish.current",
}  # fmt: skip
PATCH = frozenset({"patch.copied", "patch.removed", "patch.loaded", "sweep.source"})
REPORTS = frozenset({"look.file", "report.begin", "report.end", "build.read", "account.begin"})


@dataclass(frozen=True, slots=True)
class Step:
    """``prepare`` makes what is there before, ``make`` the command; ``kept`` are the folders it writes to."""

    name: str
    make: Callable[[World], list[str]]
    points: frozenset[str]
    kept: Callable[[World], list[Path]]
    prepare: Callable[[World], None] = lambda world: None
    typed: bool = False


def _no_store(world: World) -> None:
    import shutil

    shutil.rmtree(world.store)


def _earlier_build(world: World) -> None:
    """A build before the one in force: the next one removes it."""
    from shutil import copytree

    name = (world.store / "CURRENT").read_text(encoding="ascii").split()[1]
    copytree(world.store / "builds" / name, world.store / "builds" / "before-it")


def _judged(world: World) -> None:
    world.version = "a"
    world.judge("b")


def _of_store(world: World) -> list[Path]:
    return [world.store]


def _of_out(world: World) -> list[Path]:
    return [world.root / "out"]


def _exported(world: World) -> None:
    """Folders of an earlier export, as the command leaves them."""
    folder = world.root / "out" / "tables"
    folder.mkdir()
    (folder / "csv-metadata.json").write_text("{}", encoding="utf-8")
    (folder / "councils.csv").write_text("council\nyesterday\n", encoding="utf-8")


STEPS = (
    Step(
        "load",
        World.load,
        PUBLISH | REPORTS | PATCH | {"sweep.build"},
        _of_store,
        _earlier_build,
    ),
    Step("build", World.build, PUBLISH | REPORTS | {"load.file", "links.half"}, _of_store, _no_store),
    Step("link", World.link, (PUBLISH - OUT) | PATCH | {"links.half"}, _of_store, _judged),
    Step(
        "link --from",
        lambda world: world.link(None, CHARITIES),
        frozenset({"registry.begin", "registry.filled", "registry.synced", "registry.replaced"}),
        _of_store,
    ),
    Step(
        "review",
        World.review,
        WRITE | {"review.locked", "review.made", "review.recorded"},
        lambda world: [world.reviews],
        typed=True,
    ),
    Step(
        "refresh",
        lambda world: world.refresh("b"),
        frozenset({"table.begin", "table.written", "table.checked", "table.replaced"}),
        lambda world: [world.root / "table" / "reference"],
    ),
    Step("query -o", World.query, OUT, _of_out),
    Step(
        "export tables",
        lambda world: world.export("tables"),
        OUT | {"folder.written", "folder.aside", "folder.replaced"},
        _of_out,
        _exported,
    ),
)
BY_NAME = {step.name: step for step in STEPS}
_AGAIN = frozenset({"publish.listed", "publish.current"})


def tried(step: Step) -> frozenset[str]:
    """The points at which a command is disturbed.

    What load, build and link have in common is one piece of code, and is tried in the first of
    them; the step that puts a store in force is tried in each.
    """
    if step.name not in ("build", "link"):
        return step.points
    before = STEPS[: STEPS.index(step)]
    return (step.points - frozenset[str]().union(*(other.points for other in before))) | _AGAIN


IN_NO_COMMAND_HERE = frozenset({"site.listed", "site.moved"})
"""A site starts processes of its own; its folder is killed in a test of its own."""
