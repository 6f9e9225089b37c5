"""The explorer as people run it: the real command in a process of its own, on this machine only."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATHS = f"{ROOT / 'tests' / 'support' / 'guard'}{os.pathsep}{ROOT}"  # the process stays on this machine
# A start takes two seconds; on a machine that is busy with other work, many times that.
_PATIENCE = 90.0


@contextmanager
def served(store: Path, *options: str, impatient: float = 0) -> Iterator[str]:
    """The address of an explorer over that store, until the block ends.

    ``options`` are those of the command; ``impatient`` are seconds after which it lets slow
    clients go (the command has no option for it).
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "councilgraph", "serve", "--store", str(store), "--port", str(port)]
    if impatient:
        command = [sys.executable, "-m", "tests.support.impatient", str(store), str(port), str(impatient)]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COUNCILGRAPH_")}
    environment |= {"PYTHONPATH": PATHS, "PYTHONUTF8": "1"}
    with subprocess.Popen(
        [*command, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=ROOT,
    ) as process:
        try:
            _wait(process, address)
            yield address
        finally:
            process.terminate()
            try:
                process.communicate(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(process: subprocess.Popen[str], address: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            assert process.stderr is not None
            raise AssertionError(f"the explorer ended with {process.returncode}: {process.stderr.read()}")
        try:
            with urllib.request.urlopen(f"{address}/councils", timeout=20):
                return
        except urllib.error.HTTPError:
            return  # it answers; what it says is for the tests to judge
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"the explorer did not answer within {_PATIENCE:.0f} seconds")


def free_port() -> int:
    """A port of the loopback address that nobody uses now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
