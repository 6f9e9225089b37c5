"""The SPARQL editor that comes inside the ``oxigraph`` server program.

The package of that name on PyPI is the server; its start page is Yasgui, whose two files are
nowhere else on the disk. So the program is started once, on this machine and without data,
asked for them, and ended. Nothing of it is needed for queries.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from functools import cache

FILES = ("yasgui.min.js", "yasgui.min.css")
_PATIENCE = 20.0  # seconds; it answers within a tenth of one
_MOST = 16 * 1024 * 1024  # bytes; the larger file has one million


@cache
def editor_files() -> dict[str, bytes]:
    """The files of the editor by name; empty where the program is not installed or does not answer."""
    program = _program()
    if program is None:
        return {}
    port = _free_port()
    with subprocess.Popen(
        [program, "serve", "--bind", f"127.0.0.1:{port}"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as server:
        try:
            return {name: _fetch(f"http://127.0.0.1:{port}/{name}", server) for name in FILES}
        except OSError:
            return {}
        finally:
            server.kill()


def _program() -> str | None:
    # Beside this Python first: the environment need not be on the PATH.
    return shutil.which("oxigraph", path=os.path.dirname(sys.executable)) or shutil.which("oxigraph")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _fetch(address: str, server: subprocess.Popen[bytes]) -> bytes:
    # No proxy: the address is on this machine, whatever the environment says.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            with opener.open(address, timeout=_PATIENCE) as response:
                data: bytes = response.read(_MOST)
                return data
        except urllib.error.HTTPError:
            raise  # it answers, and has no such file: another version
        except OSError:
            if server.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.02)
