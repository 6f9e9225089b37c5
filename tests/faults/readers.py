"""Readers at full rate while the store is built again and again from two inputs in turn.

    python -m tests.faults.readers --readers 50 --rebuilds 20

A reader opens the store, asks it in three ways (SPARQL, a stored question, full text), and closes
it; others ask /sparql and a page of the explorer. What one of them is told must be all of the one
build or all of the other.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import councilgraph
from councilgraph.build.run import Builder
from tests.support.serving import served

ROOT = Path(__file__).resolve().parents[2]
INVENTED = ROOT / "tests" / "invented"
ALL = "SELECT ?s ?p ?o { ?s ?p ?o . ?s a <https://w3id.org/councilgraph/def#Finding> }"
PAGE = "/councils/NMR/findings.csv"


@dataclass
class Tally:
    """What readers met: answers by way of asking and build, and what went wrong."""

    answers: Counter[str] = field(default_factory=Counter)
    errors: list[str] = field(default_factory=list)
    busy: int = 0  # the endpoint asked to come again later (503 with Retry-After)

    def add(self, other: Tally) -> None:
        """Count what another met."""
        self.answers += other.answers
        self.errors += other.errors
        self.busy += other.busy


def digest(lines: list[str]) -> str:
    """Of the lines of an answer, whose order is the engine's own."""
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()[:12]


def in_python(place: Path) -> str:
    """One opening of the store, asked in three ways: a digest of each."""
    with councilgraph.open(place) as graph:
        rows = [str(sorted(row.items())) for row in graph.sparql(ALL)]  # type: ignore[union-attr, union-attr]
        stored = [str(sorted(row.items())) for row in graph.query("Q38", authority="northmoor")]
        found = [str(hit) for hit in graph.search("people")]
        return f"{digest(rows)} {digest(stored)} {digest(found)}"


def at_sparql(address: str) -> str:
    """One answer of the endpoint."""
    return _fetched(f"{address}/sparql?{urllib.parse.urlencode({'query': ALL, 'format': 'csv'})}")


def at_page(address: str) -> str:
    """One answer of a page."""
    return _fetched(address + PAGE)


def _fetched(address: str) -> str:
    with urllib.request.urlopen(address, timeout=120) as answer:
        return digest(answer.read().decode().splitlines())


def read_on(ask: Callable[[], str], way: str, right: dict[str, str], stop: Callable[[], bool]) -> Tally:
    """Ask without a pause until it is told to stop; ``right`` names the build of each whole answer."""
    tally = Tally()
    while not stop():
        try:
            said = ask()
        except urllib.error.HTTPError as error:
            if error.code == 503 and error.headers.get("Retry-After"):
                tally.busy += 1
            else:
                tally.errors.append(f"{way}: HTTP {error.code}: {error.read()[:300]!r}")
            continue
        except Exception as error:
            tally.errors.append(f"{way}: {type(error).__name__}: {error}")
            continue
        if said in right:
            tally.answers[f"{way} {right[said]}"] += 1
        else:
            tally.errors.append(f"{way}: a mixed answer: {said}")
    return tally


class Inputs:
    """Two folders of reports to build from in turn."""

    def __init__(self, root: Path, place: Path) -> None:
        self.place = place
        self.folders = {name: root / name for name in "AB"}
        for folder in self.folders.values():
            shutil.copytree(INVENTED / "reports", folder)
        equity = self.folders["B"] / "northmoor" / "equity.txt"
        equity.write_text(equity.read_text() + "\nThe council opened a new door for people.\n")

    def build(self, name: str) -> None:
        """As ``councilgraph build``, in this process."""
        Builder(str(self.place), data=INVENTED / "data", jobs=1).build([self.folders[name]])


def run(readers: int, rebuilds: int, root: Path) -> tuple[Tally, float]:
    """So many readers during so many builds; what they met, and the seconds that it took."""
    place = root / "store"
    inputs = Inputs(root, place)
    right: dict[str, dict[str, str]] = {"python": {}, "process": {}, "sparql": {}, "page": {}}
    inputs.build("B")
    with served(place) as address:
        for name in "BA":
            inputs.build(name)
            said = in_python(place)
            right["python"][said] = right["process"][said] = name
            right["sparql"][at_sparql(address)] = name
            # The page is of the new build as soon as that has been read.
            while (page := at_page(address)) in right["page"]:
                time.sleep(0.1)
            right["page"][page] = name
    tally, stopped = Tally(), threading.Event()
    flag = root / "stop"
    with ExitStack() as held:
        address = held.enter_context(served(place))
        ways: dict[str, Callable[[], str]] = {
            "python": lambda: in_python(place),
            "sparql": lambda: at_sparql(address),
            "page": lambda: at_page(address),
        }
        share = {"process": readers * 3 // 10, "sparql": readers // 5, "page": readers // 5}
        share["python"] = readers - sum(share.values())
        processes = [_process(place, right["process"], flag) for _ in range(share.pop("process"))]
        threads, lock = [], threading.Lock()

        def reader(way: str) -> None:
            met = read_on(ways[way], way, right[way], stopped.is_set)
            with lock:
                tally.add(met)

        for way, count in share.items():
            threads += [threading.Thread(target=reader, args=(way,)) for _ in range(count)]
        begun = time.monotonic()
        for thread in threads:
            thread.start()
        for n in range(rebuilds):
            inputs.build("BA"[n % 2])
        taken = time.monotonic() - begun
        stopped.set()
        flag.touch()
        for thread in threads:
            thread.join()
        for process in processes:
            told, error = process.communicate()
            if process.returncode:
                tally.errors.append(f"process: ended with {process.returncode}: {error[-300:]}")
                continue
            met = json.loads(told)
            tally.add(Tally(Counter(met["answers"]), met["errors"]))
    return tally, taken


def _process(place: Path, right: dict[str, str], flag: Path) -> subprocess.Popen[str]:
    options = json.dumps({"place": str(place), "right": right, "flag": str(flag)})
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.readers", "--as-reader", options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def _as_reader(options: dict[str, str]) -> None:
    place, flag = Path(options["place"]), Path(options["flag"])
    right: dict[str, str] = options["right"]  # type: ignore[assignment]
    met = read_on(lambda: in_python(place), "process", right, flag.exists)
    print(json.dumps({"answers": met.answers, "errors": met.errors}))


def main() -> int:
    """Run it and print the figures; 1 where anything went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--rebuilds", type=int, default=20)
    parser.add_argument("--as-reader", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.as_reader:
        _as_reader(json.loads(options.as_reader))
        return 0
    with tempfile.TemporaryDirectory(prefix="councilgraph-readers-") as root:
        tally, taken = run(options.readers, options.rebuilds, Path(root))
    print(f"{options.readers} readers, {options.rebuilds} rebuilds in {taken:.0f} seconds")
    print(f"{sum(tally.answers.values()):,} whole answers, {len(tally.errors)} errors, {tally.busy} put off")
    for way, count in sorted(tally.answers.items()):
        print(f"  {way}: {count:,}")
    for error, count in Counter(tally.errors).most_common(10):
        print(f"  {count} x {error}")
    return 1 if tally.errors else 0


if __name__ == "__main__":
    sys.exit(main())
