"""Running the sides: fresh processes, in turn, and the medians of what they took."""

from __future__ import annotations

import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("pyoxigraph", "rdflib", "pyshacl", "shacl", "sentencex", "lxml", "pypdfium2")


# Assessments of the whole field, and of a run that only shows that everything works.
FULL, QUICK = 153, 12
SIZES, QUICK_SIZES = (FULL, FULL * 10, FULL * 100), (QUICK, QUICK * 2)


class NotMeasuredError(Exception):
    """A part or a side could not be run; the text says why."""


@dataclass(frozen=True, slots=True)
class Options:
    """How parts are measured.

    ``sizes`` are numbers of reports, ascending, of the parts that show growth. ``quick``: few
    reports, each side once, to see that everything works; its figures say nothing.
    """

    quick: bool = False
    seed: int = 1
    repetitions: int = 5
    sizes: tuple[int, ...] = SIZES

    @property
    def reports(self) -> int:
        """How many reports the parts work on that show no growth."""
        return QUICK if self.quick else FULL


@dataclass(frozen=True, slots=True)
class Sample:
    """One run: the seconds that count, those of the whole process, and what it told of itself.

    ``processor`` is what the process and all that it waited for took of the processors.
    """

    seconds: float
    wall: float
    told: dict[str, Any] = field(default_factory=dict)
    processor: float = 0.0


@dataclass(frozen=True, slots=True)
class Done:
    """A command that has ended well."""

    output: str
    wall: float
    processor: float


def environment() -> dict[str, str]:
    """The environment of the sides: compiled modules are kept, out of the repository."""
    env = dict(os.environ)
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env["PYTHONPATH"] = os.fspath(ROOT)
    return env


def execute(command: list[str]) -> Done:
    """Run a command to its end.

    Raises:
        NotMeasuredError: it ended with an error.
    """
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        start = perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=complained, env=environment(), cwd=ROOT)
        try:
            # Only the system call that waits tells what a process and its own children took.
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        wall = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        complained.seek(0)
        if process.returncode:
            text = complained.read().decode("utf-8", "replace").strip()
            last = (text or f"ended with {process.returncode}").splitlines()[-1]
            raise NotMeasuredError(f"{' '.join(command[1:4])}: {last}")
        return Done(said.read().decode("utf-8"), wall, used.ru_utime + used.ru_stime)


def run(command: list[str]) -> tuple[str, float]:
    """Run a command; its output and the seconds that it took.

    Raises:
        NotMeasuredError: it ended with an error.
    """
    done = execute(command)
    return done.output, done.wall


def run_module(*arguments: str) -> Sample:
    """Run a module that prints what it took as one line of JSON.

    Raises:
        NotMeasuredError: it ended with an error.
    """
    done = execute([sys.executable, "-m", *arguments])
    told = json.loads(done.output)
    return Sample(told.pop("seconds", done.wall), done.wall, told, done.processor)


def run_command(*arguments: str) -> Sample:
    """Run a command of councilgraph; the seconds that count are those of the processor.

    Raises:
        NotMeasuredError: it ended with an error.
    """
    done = execute([sys.executable, "-m", "councilgraph", *arguments])
    return Sample(done.processor, done.wall, {}, done.processor)


def peak_mib() -> float:
    """The most memory that this process has had, in MiB.

    ``getrusage`` cannot tell: what it says is never below what the process that started this one had.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def processor_time() -> float:
    """Processor seconds of this process and of the helpers that it has waited for."""
    own, helpers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + helpers.ru_utime + helpers.ru_stime


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


def found_of(result: Mapping[str, Any], name: str) -> dict[str, Any] | None:
    """What a run found of a part; None where it was not measured."""
    found: dict[str, Any] | None = result["parts"].get(name, {}).get("found")
    return found


def why_not(result: Mapping[str, Any], name: str) -> str:
    """Why a part was not measured."""
    return str(result["parts"].get(name, {}).get("reason", "not asked for"))


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
