"""One worker process, seen from the side that asks it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, Any

from councilgraph.errors import CouncilgraphError, QueryError, StoreError
from councilgraph.service import failures, frames
from councilgraph.store.holding import Hold

START_SECONDS = 60.0  # a machine that is busy with a build is slow, not broken
# What the process gets of our environment: nothing that holds a secret.
_ENVIRONMENT = (
    *("PATH", "LANG", "LC_ALL", "TZ", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "LD_LIBRARY_PATH"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "VIRTUAL_ENV"),
)
_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
_NO_MEMORY = (b"memory allocation of", b"bad_alloc", b"MemoryError", b"capacity overflow")


@dataclass(frozen=True, slots=True)
class Question:
    """A query and how it is to be answered.

    ``default_graphs`` and ``named_graphs`` are those of the protocol, None where it names
    none. ``forms`` gives for each kind of answer ("solutions", "boolean", "graph") the name
    of its form (see `councilgraph.service.forms`).
    """

    query: str
    forms: dict[str, str]
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one query may cost: seconds, bytes of memory, bytes and rows of its answer; whom it may ask."""

    seconds: float = 10.0
    memory: int = 1 << 30
    size: int = 1 << 26
    rows: int = 100_000
    hosts: tuple[str, ...] = ()


class Worker:
    """A process that has a build open. Not to be used by two threads at a time, but for ``kill``."""

    def __init__(self, build: str, bounds: Bounds, *, sealed: bool = True, held: Hold | None = None) -> None:
        self.build, self.bounds = build, bounds
        self._held = held  # its files stay as long as the process may read them
        self._killed = ""  # why we ended it
        self._fit = True
        self._lock = threading.Lock()
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115  (closed with the worker)
        options = {"graph": os.path.join(build, "graph"), "memory": bounds.memory, "sealed": sealed}
        self._process = subprocess.Popen(
            # -P: no module is looked for in the folder where it happens to stand.
            [sys.executable, "-P", "-m", "councilgraph.service.worker", json.dumps(options)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env=_environment(),
            cwd=os.path.abspath(os.sep),
            start_new_session=True,  # Ctrl-C is for the server, which ends its workers in order
        )
        self.sealed = self._started()

    def ask(self, question: Question, out: IO[bytes]) -> dict[str, Any]:
        """Write the answer to ``out``; returns its kind and its form.

        Raises:
            LimitError, RefusedError, QueryError: the query cannot be answered.
            NeedsConnections: a sealed worker was asked to ask others.
            StoppedError: ``kill`` was called meanwhile.
        """
        self._fit = False
        timer = self._timer(self.bounds.seconds)
        try:
            return self._ask(question, out)
        except (OSError, EOFError):
            raise self._ended() from None
        finally:
            timer.cancel()

    def kill(self, why: str = "stopped") -> None:
        """End the process at once, whatever it does."""
        with self._lock:
            self._killed = self._killed or why
            if self._process.poll() is None:
                self._process.kill()

    def close(self) -> None:
        """End the process and free what belongs to it."""
        self.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout, self._complaints):
            try:
                if stream is not None:
                    stream.close()
            except OSError:
                pass  # it held words for a process that is gone

    @property
    def fit(self) -> bool:
        """Can it be asked again? Not after a query that ended it or that used up its memory."""
        return self._fit and not self._killed and self._process.poll() is None

    def _started(self) -> bool:
        timer = self._timer(START_SECONDS)
        try:
            kind, data = self._next()
        except (OSError, EOFError):
            kind, data = b"", b""
        finally:
            timer.cancel()
        if kind != frames.READY:
            self.kill()
            self._process.wait()
            said = self._said().decode("utf-8", "replace").strip().splitlines()
            self.close()
            raise StoreError(
                "The store cannot be opened for queries" + (f": {said[-1][:300]}" if said else "."),
                where=self.build,
                cure="Run 'councilgraph build' again, or give the queries more memory.",
            )
        return bool(json.loads(data)["sealed"])

    def _ask(self, question: Question, out: IO[bytes]) -> dict[str, Any]:
        assert self._process.stdin is not None
        asked = {
            "query": question.query,
            "forms": question.forms,
            "default_graphs": question.default_graphs,
            "named_graphs": question.named_graphs,
            "size": self.bounds.size,
            "rows": self.bounds.rows,
            "seconds": self.bounds.seconds,
            "hosts": self.bounds.hosts,
        }
        frames.send(self._process.stdin, frames.ASK, asked)
        head: dict[str, Any] = {}
        failed: Exception | None = None
        while True:
            kind, data = self._next()
            if kind == frames.DATA:
                out.write(data)
            elif kind == frames.HEAD:
                head = json.loads(data)
            elif kind == frames.FAILED:
                failed = self._failure(json.loads(data))
            else:
                break
        self._fit = bool(json.loads(data)["fit"])
        if failed is not None:
            raise failed
        return head

    def _next(self) -> tuple[bytes, bytes]:
        assert self._process.stdout is not None
        frame = frames.receive(self._process.stdout)
        if frame is None:
            raise EOFError
        return frame

    def _timer(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(seconds, self.kill, ("time",))
        timer.daemon = True
        timer.start()
        return timer

    def _failure(self, said: dict[str, str]) -> Exception:
        name, what, cure = said["error"], said["what"], said["cure"]
        made: dict[str, Callable[[], Exception]] = {
            "size": lambda: failures.too_large(self.bounds.size),
            "rows": lambda: failures.too_many(self.bounds.rows),
            "memory": lambda: failures.too_hungry(self.bounds.memory),
            "refused": lambda: failures.RefusedError(what, cure=cure),
            "unseal": NeedsConnections,
            "request": lambda: QueryError(what, cure=cure),
            "syntax": lambda: QueryError(
                f"The query is not valid SPARQL: {what}",
                cure="Correct the text; the stored questions are queries that work.",
            ),
        }
        return made.get(name, lambda: QueryError(f"The query could not be run: {what}"))()

    def _ended(self) -> CouncilgraphError:
        """Why the process ended before it had answered."""
        code = self._process.wait()
        with self._lock:
            if self._killed == "time":
                return failures.too_slow(self.bounds.seconds)
            if self._killed:
                return failures.StoppedError("The query was ended.")
        said = self._said()
        if any(words in said for words in _NO_MEMORY) or code == -9:  # 9: the system's own guard of memory
            return failures.too_hungry(self.bounds.memory)
        if code == -24:
            return failures.too_slow(self.bounds.seconds)
        # 11 and 6 without a word about memory: the stack was used up. 10: the same on macOS.
        if code in (-11, -10, -6):
            return failures.too_deep()
        return CouncilgraphError(
            "The process that answered the query ended by itself.",
            cure="Try again; if it stays, tell those who run this site what you asked for.",
        )

    def _said(self) -> bytes:
        self._complaints.seek(0)
        return self._complaints.read(64 * 1024)


class NeedsConnections(Exception):
    """The query asks hosts that are allowed; a sealed worker cannot."""


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    return {
        **kept,
        "PYTHONPATH": _ROOT,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        # One pool of memory for all threads: each further one reserves 64 MiB of addresses.
        "MALLOC_ARENA_MAX": "1",
    }
