"""A side that is asked again and again: a process that answers orders and tells how long each took.

Several such processes stand ready at once and are asked in turn, one order after the other, so
that a busy minute of the machine meets all sides. One that takes too long is killed, and begins
afresh with the next order. Orders and answers are JSON, one a line.
"""

from __future__ import annotations

import contextlib
import json
import queue
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping
from statistics import median
from time import perf_counter, process_time
from typing import IO, Any

from benchmarks.measure import ROOT, NotMeasuredError, environment

# Seconds: runs that took as long together are enough; a process that is not ready by then never
# will be (it reads ten million statements).
ENOUGH, STARTING = 0.5, 900.0
Answer = dict[str, Any]


class OverLimitError(BaseException):
    """It took longer than it may. No ``Exception``: rdflib passes over those where it reads values."""


class Asker:
    """A process of ``python -m module ...``, started when it is first asked. For one thread.

    ``limit``: seconds that one run may take; ``patience``: those after which it is killed, where
    the process keeps to the limit by itself. ``afresh`` is called when it was killed: a server that
    it asked is still at work on the question.
    """

    def __init__(
        self,
        *module: str,
        limit: float,
        patience: float | None = None,
        afresh: Callable[[], None] = lambda: None,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.limit, self._patience = limit, patience or limit
        self._module, self._afresh = module, afresh
        self._environment = environment() | dict(settings or {})
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._said: IO[bytes] | None = None
        self._held = contextlib.ExitStack()

    def ready(self) -> Answer:
        """Start it; what it says of itself.

        Raises:
            NotMeasuredError: it does not start.
        """
        self.end()
        self._said = self._held.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - closed in `end`
        self._lines = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-m", *self._module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            text=True,
            env=self._environment,
            cwd=ROOT,
        )
        assert self._process.stdout
        threading.Thread(target=_collect, args=(self._process.stdout, self._lines), daemon=True).start()
        try:
            told = self._next(STARTING)
        except queue.Empty:
            self.end()
            raise NotMeasuredError(f"{' '.join(self._module[:2])}: not ready in time") from None
        if told is None:
            raise NotMeasuredError(f"{' '.join(self._module[:2])}: {self._last_words()}")
        return told

    def ask(self, order: Mapping[str, Any]) -> Answer:
        """What it answers, see ``timed``; ``over`` the limit; or the ``error``, never raised."""
        try:
            if self._process is None:
                self.ready()
            assert self._process and self._process.stdin
            self._process.stdin.write(json.dumps({**order, "limit": self.limit}) + "\n")
            self._process.stdin.flush()
            while True:
                told = self._next(self._patience)
                if told is None:
                    return {"error": self._last_words()}
                if "run" not in told:
                    return told
        except queue.Empty:
            self.end()
            self._afresh()
            return over(self.limit)
        except (NotMeasuredError, OSError) as error:
            self.end()
            return {"error": str(error)}

    def end(self) -> None:
        """End the process."""
        if self._process:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with contextlib.suppress(OSError):
                    pipe and pipe.close()
            self._process = None
        self._held.close()

    def _next(self, seconds: float) -> Answer | None:
        """What it says next; None where it has ended instead."""
        line = self._lines.get(timeout=seconds)
        return None if line is None else dict(json.loads(line))

    def _last_words(self) -> str:
        assert self._process and self._said
        code = self._process.wait()
        self._said.seek(0)
        text = self._said.read().decode("utf-8", "replace").strip()
        self.end()
        return (text or f"ended with {code}").splitlines()[-1][:200]


def _collect(lines: Iterable[str], into: queue.Queue[str | None]) -> None:
    with contextlib.suppress(ValueError, OSError):  # the pipe of one that is killed
        for line in lines:
            into.put(line)
    into.put(None)


def over(limit: float) -> Answer:
    """The answer to an order that took longer: it counts as the limit, which is in seconds."""
    return {"rows": None, "ms": limit * 1000, "processor_ms": limit * 1000, "over": True}


def answer_orders(first: Answer, work: Callable[[Answer], Answer]) -> int:
    """The other end: say what there is, then answer orders until there are no more."""
    out, sys.stdout = sys.stdout, sys.stderr  # what a library prints is no answer

    def say(told: Answer) -> None:
        print(json.dumps(told), file=out, flush=True)

    say(first)
    for line in sys.stdin:
        order = json.loads(line)
        try:
            told = work({**order, "begins": lambda n: say({"run": n})})
        except OverLimitError:
            told = over(order["limit"])
        except Exception as error:
            text = getattr(error, "what", None) or f"{type(error).__name__}: {error}"
            told = {"error": " ".join(text.split())[:200]}
        say(told)
    return 0


def timed(ask: Callable[[], int], order: Answer) -> Answer:
    """Rows, and the median milliseconds of a few runs: on the clock, and of this process's processor.

    What takes ``ENOUGH`` seconds or more is asked once.
    """
    seconds: list[float] = []
    processor: list[float] = []
    rows = 0
    while len(seconds) < order["repetitions"] and sum(seconds) < ENOUGH:
        order["begins"](len(seconds))
        start, used = perf_counter(), process_time()
        rows = ask()
        seconds.append(perf_counter() - start)
        processor.append(process_time() - used)
    told = {"ms": median(seconds), "processor_ms": median(processor)}
    return {"rows": rows, "runs": len(seconds), **{name: round(t * 1000, 3) for name, t in told.items()}}
