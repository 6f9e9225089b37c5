"""A process that only forks: pytest's own has opened databases, and those do not survive a fork.

One JSON object a line comes in, one goes out.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tests.conftest import ROOT
from tests.faults.children import Disturbed, Done, command, warm
from tests.faults.world import World, state


class Nursery:
    """The other side: what is asked of it is done in a child of that process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
        )

    def command(self, arguments: list[str], typed: str = "", *, workers: int = 0, **disturbed: Any) -> Done:
        """As ``children.command``; with ``workers`` a build has so many however little there is to do."""
        asked = {"arguments": arguments, "typed": typed, "workers": workers, "disturbed": disturbed}
        return Done(**self._ask("command", **asked))

    def state(self, place: Path) -> str:
        """As ``world.state``.

        Raises:
            AssertionError: it is half a store.
        """
        return str(self._ask("state", place=str(place)))

    def kills(self, root: Path, kills: int, seed: int) -> dict[str, Any]:
        """As ``kills.Killer.run``: the failures, and the kills by command."""
        return dict(self._ask("kills", root=str(root), kills=kills, seed=seed))

    def close(self) -> None:
        """End it."""
        self._process.communicate()

    def _ask(self, call: str, **given: Any) -> Any:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({"call": call, **given}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        assert "wrong" not in answer, answer["wrong"]
        return answer["told"]


def _command(arguments: list[str], typed: str, workers: int, disturbed: dict[str, Any]) -> dict[str, Any]:
    from councilgraph.build import indexing, looking, pool

    few = looking.WORTH_WORKERS, pool.WORTH_WORKERS, indexing.WORTH_WORKERS
    if workers:
        looking.WORTH_WORKERS = pool.WORTH_WORKERS = indexing.WORTH_WORKERS = 1
        arguments = [*arguments, "--jobs", str(workers)]
    try:
        return asdict(command(arguments, typed, Disturbed(**disturbed)))
    finally:
        looking.WORTH_WORKERS, pool.WORTH_WORKERS, indexing.WORTH_WORKERS = few


def _kills(root: str, kills: int, seed: int) -> dict[str, Any]:
    from tests.faults.kills import Killer

    tally = Killer(Path(root), seed, warmed=True).run(kills)
    return {"failures": tally.failures, "kills": dict(tally.kills), "decisions": tally.decisions}


def main() -> None:
    """Serve until the input ends."""
    calls: dict[str, Callable[..., Any]] = {
        "command": _command,
        "state": lambda place: state(Path(place)),
        "kills": _kills,
    }
    answers, sys.stdout = sys.stdout, sys.stderr
    with tempfile.TemporaryDirectory(prefix="councilgraph-faults-") as folder:
        world = World.made(Path(folder) / "warm")
        warm(world.root / "data", world.root / "reports-a", world.root / "sources")
    for line in sys.stdin:
        asked = json.loads(line)
        call = calls[asked.pop("call")]
        try:
            told: dict[str, Any] = {"told": call(**asked)}
        except Exception as error:
            told = {"wrong": f"{type(error).__name__}: {error}"}
        print(json.dumps(told), file=answers, flush=True)


if __name__ == "__main__":
    main()
