"""Many names asked one after the other, by several processes where the register is large.

The answers come in the order of the questions, and only so many questions are on their way
that a list of any length passes in bounded memory.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import islice
from pathlib import Path

from councilgraph.commands.asking import Areas, open_source
from councilgraph.linking.identifiers import chief
from councilgraph.linking.matching import match

COLUMNS = ("identifier", "label", "kind", "state", "method", "score")
_REMEMBERED = 50_000  # answers: lists name the same bodies again and again
_BATCH = 250  # questions that a process is handed at a time
_AHEAD = 4  # batches on their way for each process


@dataclass(frozen=True, slots=True)
class Question:
    """What stands in one row; empty strings where nothing does."""

    name: str
    area: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The cells for ``COLUMNS``, and whether the area that was given is one."""

    cells: tuple[str, ...]
    area_known: bool = True

    @property
    def state(self) -> str:
        """certain, probable or unresolved."""
        return self.cells[COLUMNS.index("state")]


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for the whole list; handed to every process."""

    registry: Path | None
    data: str | None
    kind: str | None
    day: date | None


class Answering:
    """Answers questions in one process. To be closed."""

    def __init__(self, setting: Setting) -> None:
        self._open = ExitStack()
        source = self._open.enter_context(open_source(setting.registry, setting.data))
        self._areas = Areas(source)

        @lru_cache(maxsize=_REMEMBERED)
        def cells(name: str, area: str | None, identifier: str) -> tuple[str, ...]:
            found = match(
                name,
                kind=setting.kind,
                area=area,
                on=setting.day,
                identifier=identifier or None,
                source=source,
            )
            score = f"{found.score:.2f}"
            if found.entry is None:
                return ("", "", "", found.state, "", score)
            entry = found.entry
            return (chief(entry), entry.names[0].text, entry.kind, found.state, found.method or "", score)

        self._cells = cells

    def __enter__(self) -> Answering:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def answer(self, question: Question) -> Answer:
        """The cells for one row."""
        area = self._areas.find(question.area)
        cells = self._cells(question.name, area, question.identifier)
        return Answer(cells, area_known=area is not None or not question.area)


def answers(setting: Setting, questions: Iterable[Question], jobs: int) -> Iterator[Answer]:
    """The answers in the order of the questions.

    Raises InputError for a registry or table that cannot be read.
    """
    if jobs <= 1:
        with Answering(setting) as answering:
            yield from map(answering.answer, questions)
        return
    # A registry that cannot be opened must say so here: a process that fails at its start says nothing.
    with open_source(setting.registry, setting.data):
        left = iter(questions)
    with ProcessPoolExecutor(jobs, initializer=_start, initargs=(setting,)) as pool:
        running: deque[Future[list[Answer]]] = deque()
        try:
            while batch := list(islice(left, _BATCH)):
                running.append(pool.submit(_answered, batch))
                if len(running) >= _AHEAD * jobs:
                    yield from running.popleft().result()
            while running:
                yield from running.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


# What a worker process answers with; made once in it.
_own: list[Answering] = []


def _start(setting: Setting) -> None:
    _own[:] = [Answering(setting)]


def _answered(batch: list[Question]) -> list[Answer]:
    return [_own[0].answer(question) for question in batch]
