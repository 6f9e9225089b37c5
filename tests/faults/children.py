"""Commands in processes that are killed: forked from one that has everything imported already.

A fresh interpreter for each of a thousand kills would spend its time on imports. The parent must
never have opened a database on disk: its engine's threads do not come along in a fork.
"""

from __future__ import annotations

import ctypes
import fcntl
import io
import json
import os
import resource
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from councilgraph import faultpoints

LONGEST = 120  # seconds that a child may take on a busy machine


@dataclass(frozen=True, slots=True)
class Disturbed:
    """What happens to a child: ``fault`` as in ``COUNCILGRAPH_FAULT``.

    ``delay`` (seconds): with a fault ``point@n:kill``, the kill comes so long after that moment,
    from outside. ``largest``: no file may become larger, in bytes (a full disk, as the system tells it).
    ``bound``: the rights to folders and files bind it also where it runs as root.
    """

    fault: str = ""
    delay: float = 0.0
    largest: int = 0
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """How it ended: ``code``, or minus the signal; ``passed`` counts the points on its way."""

    code: int
    out: str
    err: str
    passed: dict[str, int] = field(default_factory=dict)

    @property
    def killed(self) -> bool:
        """Whether it was ended by kill -9."""
        return self.code == -signal.SIGKILL


def command(arguments: list[str], typed: str = "", disturbed: Disturbed = Disturbed()) -> Done:
    """Run the command line in a child."""

    def work() -> int:
        from councilgraph.cli import main

        sys.stdin = io.StringIO(typed)
        try:
            return main(arguments)
        except SystemExit as stopped:
            return int(stopped.code or 0)

    return in_child(work, disturbed)


def told(work: Callable[[], Any]) -> Any:
    """What a function returns, as JSON, when it is called in a child."""
    done = in_child(lambda: print(json.dumps(work())) or 0)
    if done.code:
        raise AssertionError(f"the check itself ended with {done.code}: {done.err[-2000:]}")
    return json.loads(done.out)


def in_child(work: Callable[[], int], disturbed: Disturbed = Disturbed()) -> Done:
    """Fork, disturb, wait."""
    told = [_pipe() for _ in ("out", "err", "passed")]
    ready, tell = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        _be_the_child(work, disturbed, [into for _, into in told], tell)
    os.close(tell)
    try:
        code = _ended(child, disturbed.delay, ready)
        out, err, passed = (_text(handle) for handle, _ in told)
    finally:
        for handle in (*(handle for pair in told for handle in pair), ready):
            os.close(handle)
    return Done(code, out, err, dict(Counter(passed.split())))


def _be_the_child(work: Callable[[], int], disturbed: Disturbed, files: list[int], tell: int) -> None:
    code = 99
    try:
        os.dup2(files[0], 1)
        os.dup2(files[1], 2)
        sys.stdin = io.StringIO()
        sys.stdout = io.TextIOWrapper(os.fdopen(1, "wb", closefd=False), encoding="utf-8", write_through=True)
        sys.stderr = io.TextIOWrapper(os.fdopen(2, "wb", closefd=False), encoding="utf-8", write_through=True)
        faultpoints.watch(_watcher(disturbed, files[2], tell))
        if disturbed.largest:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (disturbed.largest, disturbed.largest))
        if disturbed.bound:
            _bind()
        code = work()
    except BaseException as error:  # a defect: it must be seen in the parent
        os.write(2, f"Traceback: {type(error).__name__}: {error}\n".encode())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _bind() -> None:
    """Give up root's right to pass over the rights to files (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH)."""
    if os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    sets = (ctypes.c_uint32 * 6)()
    if libc.capget(header, sets) == 0:
        sets[0] &= ~0b110
    if libc.capset(header, sets) != 0:
        raise OSError(ctypes.get_errno(), "capset")


def _watcher(disturbed: Disturbed, passed: int, tell: int) -> Callable[[str], None]:
    moment = disturbed.fault.partition(":")[0] if disturbed.delay else ""
    act = faultpoints.fault(disturbed.fault) if disturbed.fault and not moment else None
    point, _, nth = moment.partition("@")
    left = [int(nth or 1)]

    def passing(name: str) -> None:
        os.write(passed, f"{name}\n".encode())
        if name == point:
            left[0] -= 1
            if left[0] == 0:
                os.write(tell, b".")
        if act is not None:
            act(name)

    return passing


def _ended(child: int, delay: float, ready: int) -> int:
    """Its exit code, or minus the signal that ended it."""
    if delay:
        if not select.select([ready], [], [], LONGEST)[0]:
            os.kill(child, signal.SIGKILL)
            raise AssertionError("a child hangs")
        if os.read(ready, 1):  # else it ended without reaching the moment
            time.sleep(delay)
            os.kill(child, signal.SIGKILL)  # not yet waited for: its number is still its own
    waited = time.monotonic() + LONGEST
    nap = 0.0005
    while True:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > waited:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            raise AssertionError("a child hangs")
        time.sleep(nap)
        nap = min(nap * 1.5, 0.01)


def _pipe() -> tuple[int, int]:
    """A pipe that takes all that a child says, though nobody reads before it ends.

    A file would do but for the limit on the size of files, which would hold for it too.
    """
    out, into = os.pipe()
    fcntl.fcntl(into, fcntl.F_SETPIPE_SZ, 1 << 20)
    os.set_blocking(out, False)
    return out, into


def _text(handle: int) -> str:
    data = b""
    try:
        while piece := os.read(handle, 1 << 20):
            data += piece
    except BlockingIOError:
        pass  # a worker that has not noticed yet that its parent is gone holds the other end
    return data.decode("utf-8", "replace")


def warm(data: Path, reports: Path, place: Path) -> None:
    """Import and read once what every child needs; no database is opened."""
    import importlib

    from councilgraph import cli, resources
    from councilgraph.build.intoendpoint import EndpointTarget
    from councilgraph.build.run import Builder
    from councilgraph.build.sources import SourceFolder

    for name in ("build", "load", "link", "refresh", "review", "query", "export", "check"):
        importlib.import_module(f"councilgraph.commands.{name}")
        cli.make_parser(name)

    class Nowhere(EndpointTarget):
        """Takes everything and keeps nothing."""

        def __init__(self) -> None:
            self.manifest = {}

        def __enter__(self) -> Nowhere:
            return self

        def __exit__(self, *error: object) -> None:
            pass

        def folder(self) -> SourceFolder:
            place.mkdir(parents=True, exist_ok=True)
            return SourceFolder(os.fspath(place), ())

        def put(self, *_: Any, **__: Any) -> tuple[()]:
            return ()

    class Warming(Builder):
        __slots__ = ()

        def _target(self) -> Nowhere:
            return Nowhere()

    assert resources.path("queries")
    Warming("", data, jobs=1).build([reports])
