"""Virtuoso and Oxigraph as servers of their own, on free ports of loopback, in a folder that is given.

For the benchmarks and for the tests: what they hold is thrown away with the folder.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Sequence
from pathlib import Path

INI = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
CaseMode = 2
CheckpointInterval = 0
DefaultIsolation = 4
DirsAllowed = {folder}
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
ThreadsPerQuery = {threads}
AsyncQueueMaxThreads = {threads}
TransactionAfterImageLimit = 2000000000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 10
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = 0
[Client]
SQL_QUERY_TIMEOUT = 0
[Replication]
ServerName = councilgraph
"""
STARTING = 60  # seconds


class ServerError(Exception):
    """A server cannot be started or filled; the text says why."""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


class Server:
    """A server: ``place`` for ``--store``, ``settings`` for the environment. It can be killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None
        folder.mkdir(parents=True, exist_ok=True)

    place: str
    settings: dict[str, str]

    def command(self) -> list[str]:
        raise NotImplementedError

    def start_with(self, files: Sequence[Path]) -> None:
        """Start it, holding what these N-Quads files hold, by its own bulk loader.

        Raises:
            ServerError: it does not start, or does not take a file.
        """
        raise NotImplementedError

    def start(self) -> None:
        """Start it, and wait until it answers.

        Raises:
            ServerError: it does not start.
        """
        # In a session of its own: what interrupts the tests must not interrupt a write here.
        self.process = subprocess.Popen(
            self.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
        )
        end = time.monotonic() + STARTING
        while time.monotonic() < end:
            if self.process.poll() is not None:
                raise ServerError(f"the server ended before it answered: {Path(self.command()[0]).name}")
            try:
                urllib.request.urlopen(f"{self.place}?query=ASK%7B%7D", timeout=5).close()
                return
            except OSError:
                time.sleep(0.05)
        raise ServerError(f"the server does not answer: {Path(self.command()[0]).name}")

    def kill(self) -> None:
        """As a power cut would: nothing is written that was not written before."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(20)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.kill()  # what it holds is thrown away: an orderly end would only write it out


class Oxigraph(Server):
    """``oxigraph serve`` of the package ``oxigraph``."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.place = f"http://127.0.0.1:{self.port}/query"
        self.settings = {}

    def command(self) -> list[str]:
        bind = ("--bind", f"127.0.0.1:{self.port}")
        return [*self._tool("serve"), *bind, "--union-default-graph"]

    def start_with(self, files: Sequence[Path]) -> None:
        _run([*self._tool("load"), "--lenient", "--file", *map(str, files)])
        self.start()

    def _tool(self, verb: str) -> list[str]:
        # Beside this Python: the environment of the tests need not be on the PATH.
        found = shutil.which("oxigraph", path=str(Path(sys.executable).parent))
        return [found or _installed("oxigraph", "pip install oxigraph"), verb, "--location", self._data]

    @property
    def _data(self) -> str:
        return str(self.folder / "data")


class Virtuoso(Server):
    """Virtuoso 7.2 of Debian; ``buffers``, of 8 KiB each, keep its database in memory."""

    def __init__(self, folder: Path, *, buffers: int = 20_000, threads: int = 1) -> None:
        super().__init__(folder)
        self.place = f"http://127.0.0.1:{self.port}/sparql"
        # A new database has one user who may write; the server listens on loopback only.
        self.settings = {
            "COUNCILGRAPH_UPDATE": f"http://127.0.0.1:{self.port}/sparql-auth",
            "COUNCILGRAPH_AUTH": "digest",
            "COUNCILGRAPH_USER": "dba",
            "COUNCILGRAPH_PASSWORD": "dba",
        }
        self._sql = free_port()
        sizes = {"buffers": buffers, "dirty": buffers * 3 // 5, "threads": threads}
        ini = INI.format(folder=folder, sql=self._sql, http=self.port, **sizes)
        (folder / "virtuoso.ini").write_text(ini)

    def command(self) -> list[str]:
        found = _installed("virtuoso-t", "apt-get install --no-install-recommends virtuoso-opensource-7")
        return [found, "+foreground", "+configfile", str(self.folder / "virtuoso.ini")]

    def start(self) -> None:
        (self.folder / "virtuoso.lck").unlink(missing_ok=True)  # left by the one that was killed
        super().start()

    def start_with(self, files: Sequence[Path]) -> None:
        self.start()
        isql = _installed("isql-vt", "apt-get install virtuoso-opensource-7-bin")
        loaded = self.folder / "loaded"
        loaded.mkdir()
        # It reads from the folders that its settings name, and knows N-Quads by the ending.
        for file in files:
            shutil.copyfile(file, loaded / f"{file.stem}.nq")
        orders = (
            f"ld_dir('{loaded}', '*.nq', 'urn:councilgraph:none')",
            "rdf_loader_run()",
            # A file that it cannot read is passed over, and told of in this table alone.
            "SELECT 'failed', ll_file, ll_error FROM DB.DBA.load_list "
            "WHERE ll_state <> 2 OR ll_error IS NOT NULL",
            "checkpoint",
        )
        told = _run(
            [isql, f"127.0.0.1:{self._sql}", "dba", "dba", "VERBOSE=OFF", *(f"EXEC={one};" for one in orders)]
        )
        shutil.rmtree(loaded)
        wrong = [line for line in told.splitlines() if line.startswith(("failed", "*** Error"))]
        if wrong:
            raise ServerError(f"Virtuoso does not take the graph: {' '.join(wrong[0].split())[:200]}")


ENGINES: dict[str, type[Server]] = {"oxigraph": Oxigraph, "virtuoso": Virtuoso}


def settings_for(server: Server) -> dict[str, str]:
    """The environment of a command that asks this server."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("COUNCILGRAPH_")}
    return {**clean, **server.settings}


def _installed(name: str, cure: str) -> str:
    found = shutil.which(name)
    if not found:
        raise ServerError(f"{name} is not installed: {cure}")
    return found


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
        raise ServerError(f"{Path(command[0]).name}: {last[-1][:200]}")
    return done.stdout
