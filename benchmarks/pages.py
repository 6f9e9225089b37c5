"""The explorer's pages: how long they take, how large they are, and what a hundred readers meet.

    python -m benchmarks.pages STORE [SEED]

The real server runs on one core, the readers on the others. Each kind of page is asked for at
addresses spread over all that it has: once right after the start, when nothing is known yet, and
once more. Time is that on the clock and that of the server's processor; on a shared machine only
the second tells of the page.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import httpx

from benchmarks.bare import bare_seconds
from benchmarks.measure import environment
from councilgraph.explorer.snapshot import Snapshot, Snapshots
from councilgraph.site import walking

EACH = 12  # addresses of each kind
READERS, PAGES_EACH = 100, 5
_PATIENCE = 120.0
_COMPARED = "question"
_FEWEST = 0.0005  # seconds; a form that waits for a choice asks nothing yet

Result = dict[str, Any]


def main(arguments: list[str]) -> int:
    """Measure and print one line of JSON."""
    store, seed = Path(arguments[0]), int(arguments[1]) if len(arguments) > 1 else 1
    print(json.dumps(measure(store, seed)))
    return 0


def measure(store: Path, seed: int) -> Result:
    """All figures of one store."""
    snapshot = Snapshots(str(store)).current()
    chosen = choose(snapshot, Random(seed))
    visits: list[Result] = []
    with server(store) as (address, process), httpx.Client(base_url=address, timeout=60) as client:
        client.get("/static/style.css")  # the connection stands; no page was made yet
        order = [(kind, page) for kind, pages in chosen.items() for page in pages]
        Random(seed).shuffle(order)
        for turn in ("first", "again"):
            for kind, page in order:
                told = {"kind": kind, "page": page, "turn": turn}
                visits.append({**told, **_visit(client, process.pid, page)})
        load = asyncio.run(_crowd(address, [page for _, page in order], seed))
    # What other pages look up is shared between them; the answer of a question is its own.
    bare = {page: bare_seconds(snapshot, [page]) for page in chosen[_COMPARED]}
    return {"kinds": by_kind(visits, bare), "all": pooled(visits), "crowd": load}


def choose(snapshot: Snapshot, rng: Random) -> dict[str, list[str]]:
    """Kind of page to some of its addresses, the largest councils and the empty ones alike."""
    found: dict[str, list[str]] = {}
    for kind, address in walking.addresses(snapshot):
        found.setdefault(kind.name, []).append(address)
    # A search has no address of its own: a word that many sentences hold, two, and a phrase.
    found["search"] = [f"/search?q={words}" for words in ("carers", "waiting+times", "%22direct+payments%22")]
    return {name: rng.sample(all_of, min(EACH, len(all_of))) for name, all_of in found.items()}


@contextmanager
def server(store: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The server's address and process, on a core of its own where there are two."""
    cores = sorted(os.sched_getaffinity(0))
    address = f"http://127.0.0.1:{(port := _free_port())}"
    os.sched_setaffinity(0, {cores[0]})  # the server inherits it
    try:
        command = [sys.executable, "-m", "councilgraph", "serve", "--store", str(store), "--port", str(port)]
        process = subprocess.Popen(
            command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    finally:
        os.sched_setaffinity(0, set(cores[1:] or cores))
    try:
        _wait(address, process)
        yield address, process
    finally:
        process.terminate()
        process.wait(30)
        os.sched_setaffinity(0, set(cores))


def _visit(client: httpx.Client, pid: int, page: str) -> Result:
    before, start = processor_seconds(pid), time.perf_counter()
    answer = client.get(page)
    wall = time.perf_counter() - start
    return {
        "wall": wall,
        "processor": processor_seconds(pid) - before,
        "bytes": len(answer.content),
        "status": answer.status_code,
    }


def processor_seconds(pid: int) -> float:
    """What all threads of a process have taken of a processor, to the nanosecond."""
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        try:
            total += int((task / "schedstat").read_text().split()[0])
        except (FileNotFoundError, ProcessLookupError):
            continue  # a thread that ended just now
    return total / 1e9


async def _crowd(address: str, pages: list[str], seed: int) -> Result:
    """A hundred readers at once, each on a connection of its own, none waiting between pages."""
    seconds: list[float] = []
    errors: list[str] = []
    limits = httpx.Limits(max_connections=READERS, max_keepalive_connections=READERS)

    async def read(client: httpx.AsyncClient, rng: Random) -> None:
        for page in rng.choices(pages, k=PAGES_EACH):
            start = time.perf_counter()
            try:
                answer = await client.get(page)
            except httpx.HTTPError as error:
                errors.append(f"{page}: {type(error).__name__}")
                continue
            seconds.append(time.perf_counter() - start)
            if answer.status_code != 200:
                errors.append(f"{page}: {answer.status_code}")

    start = time.perf_counter()
    async with httpx.AsyncClient(base_url=address, timeout=120, limits=limits) as client:
        await asyncio.gather(*(read(client, Random(f"{seed}/{n}")) for n in range(READERS)))
    took = time.perf_counter() - start
    return {
        "readers": READERS,
        "requests": READERS * PAGES_EACH,
        "errors": len(errors),
        "first_errors": sorted(set(errors))[:5],
        "requests_a_second": round(len(seconds) / took, 1),
        "median_ms": milliseconds(seconds, 0.5),
        "p95_ms": milliseconds(seconds, 0.95),
    }


def by_kind(visits: list[Result], bare: dict[str, float]) -> dict[str, Result]:
    """The figures of each kind; ``times_bare`` is a first page over its own queries, run bare.

    ``bare`` is address to seconds; pages that it does not name are compared with nothing.
    """
    found: dict[str, Result] = {}
    for kind in dict.fromkeys(visit["kind"] for visit in visits):
        own = [visit for visit in visits if visit["kind"] == kind]
        row = pooled(own)
        pairs = [
            (visit["processor"], bare[visit["page"]])
            for visit in own
            if visit["turn"] == "first" and bare.get(visit["page"], 0) >= _FEWEST
        ]
        if pairs:
            row["bare_ms"] = milliseconds([under for _, under in pairs], 0.5)
            row["times_bare"] = round(median(over / under for over, under in pairs), 2)
        found[kind] = row
    return found


def pooled(visits: list[Result]) -> Result:
    """Median and 95th percentile in milliseconds, the largest page, and answers that were not 200."""
    row: Result = {"addresses": sum(visit["turn"] == "first" for visit in visits)}
    for turn in ("first", "again"):
        own = [visit for visit in visits if visit["turn"] == turn]
        for clock in ("wall", "processor"):
            seconds = [visit[clock] for visit in own]
            row[f"{turn}_{clock}_ms"] = milliseconds(seconds, 0.5)
            row[f"{turn}_{clock}_p95_ms"] = milliseconds(seconds, 0.95)
    row["largest_kb"] = round(max(visit["bytes"] for visit in visits) / 1000, 1)
    row["not_200"] = sum(visit["status"] != 200 for visit in visits)
    return row


def milliseconds(seconds: list[float], share: float) -> float:
    """The value below which that share of them lies; the nearest that was measured."""
    if not seconds:
        return 0.0
    ordered = sorted(seconds)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000, 2)


def _free_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SystemExit(f"the explorer ended with {process.returncode}")
        try:
            httpx.get(f"{address}/static/style.css", timeout=5)
            return
        except httpx.HTTPError:
            time.sleep(0.1)
    raise SystemExit("the explorer did not answer")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
