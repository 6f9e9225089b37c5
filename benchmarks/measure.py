"""Running the sides: fresh processes, in turn, and the medians of what they took."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("pyoxigraph", "rdflib", "pyshacl", "shacl", "sentencex", "lxml", "pypdfium2")


class NotMeasuredError(Exception):
    """A side could not be run; the text says why."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: the seconds that count, those of the whole process, and what it told of itself."""

    seconds: float
    wall: float
    told: dict[str, Any] = field(default_factory=dict)


def environment() -> dict[str, str]:
    """The environment of the sides: compiled modules are kept, out of the repository."""
    env = dict(os.environ)
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env["PYTHONPATH"] = os.fspath(ROOT)
    return env


def run(command: list[str]) -> tuple[str, float]:
    """Run a command; its output and the seconds that it took.

    Raises:
        NotMeasuredError: it ended with an error.
    """
    start = perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment(), cwd=ROOT)
    wall = perf_counter() - start
    if done.returncode:
        last = (done.stderr.strip() or "no message").splitlines()[-1]
        raise NotMeasuredError(f"{' '.join(command[1:4])}: {last}")
    return done.stdout, wall


def run_module(*arguments: str) -> Sample:
    """Run a module that prints what it took as one line of JSON."""
    output, wall = run([sys.executable, "-m", *arguments])
    told = json.loads(output)
    return Sample(told.pop("seconds", wall), wall, told)


def in_turn(sides: Mapping[str, Callable[[], Sample]], repetitions: int) -> dict[str, list[Sample]]:
    """Run the sides A B C A B C ..., so that a busy minute of the machine meets all of them."""
    found: dict[str, list[Sample]] = {name: [] for name in sides}
    for _ in range(repetitions):
        for name, side in sides.items():
            found[name].append(side())
    return found


def summary(samples: Iterable[Sample]) -> dict[str, Any]:
    """Median and spread of one side, its greatest memory, and the medians of its parts."""
    held = list(samples)
    seconds = [sample.seconds for sample in held]
    result: dict[str, Any] = {
        "median": round(median(seconds), 4),
        "lowest": round(min(seconds), 4),
        "highest": round(max(seconds), 4),
        "runs": len(held),
        "seconds": [round(one, 4) for one in seconds],
    }
    if any("rss_mib" in s.told for s in held):
        result["rss_mib"] = round(max(s.told["rss_mib"] for s in held))
    if "units" in held[0].told:
        result["units"] = held[0].told["units"]
    if "triples" in held[0].told:
        result["triples"] = held[0].told["triples"]
    parts = {name for sample in held for name in sample.told.get("parts", {})}
    if parts:
        order = list(held[0].told["parts"])
        result["parts"] = {
            name: round(median(s.told["parts"].get(name, 0.0) for s in held), 4)
            for name in sorted(parts, key=lambda p: order.index(p) if p in order else len(order))
        }
    return result


def machine() -> dict[str, Any]:
    """What the figures were taken on."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {
        "cores": os.cpu_count(),
        "memory_gib": round(pages * size / 2**30),
        "system": f"{platform.system()} {platform.machine()}",
        "load_average": round(os.getloadavg()[0], 2),
    }


def versions() -> dict[str, str]:
    """Python and the packages that decide the figures."""
    return {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}}
