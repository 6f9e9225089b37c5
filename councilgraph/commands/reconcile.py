"""Add identifiers to a list of bodies of your own: a table with a column of names.

Every row and column stays as it is; behind them come identifier, label, kind, state, method
and score. Rely on "certain", look at "probable", and know that "unresolved" was left alone.

Exit codes: 0 done; 2 could not run.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from councilgraph.commands.asking import add_asked, day_of, kind_of
from councilgraph.commands.asking_many import COLUMNS, Question, Setting, answers
from councilgraph.commands.options import say
from councilgraph.errors import UsageError
from councilgraph.exits import EXIT_DONE
from councilgraph.linking.listfile import ListFile, Row

EXAMPLE = "councilgraph reconcile partners.csv --column Partner --date 2025-05-01 -o matched.csv"
STATES = ("certain", "probable", "unresolved")
_TOLD_EVERY = 1_000  # rows
_WORTH_WORKERS = 200_000  # bytes of a list: less is done before a second process has begun


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("file", type=Path, metavar="FILE.csv", help="the list")
    parser.add_argument("--column", required=True, metavar="NAME", help="the column of names")
    parser.add_argument("--area-column", metavar="C", help="a column of areas: councils or GSS codes")
    parser.add_argument("--identifier-column", metavar="I", help="a column of identifiers of any register")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to this file, not to standard output")
    parser.add_argument(
        "--jobs", type=int, metavar="N", help="processes for a long list (default: one a core)"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress and no counts")
    add_asked(parser)


def run(options: argparse.Namespace) -> int:
    """Reconcile."""
    setting = Setting(options.registry, options.data, kind_of(options.kind), day_of(options.date))
    work = _Work(options, ListFile(options.file))
    with _output(options.output) as out:
        shape = work.given.shape
        text = io.TextIOWrapper(out, encoding=shape.encoding, newline="", write_through=True)
        try:
            for line in work.lines(setting, _jobs(options)):
                text.write(line)
        finally:
            text.detach()
    if not options.quiet:
        work.tell()
    return EXIT_DONE


def _jobs(options: argparse.Namespace) -> int:
    if options.jobs is not None and options.jobs < 1:
        raise UsageError(f"--jobs {options.jobs}: at least one process is needed.", cure="Give 1 or more.")
    # Our own tables answer faster than the answers could be handed from process to process.
    if options.registry is None or options.file.stat().st_size < _WORTH_WORKERS:
        return 1
    return options.jobs or os.cpu_count() or 1


@contextmanager
def _output(path: str | None) -> Iterator[BinaryIO]:
    if path is None:
        sys.stdout.flush()
        yield sys.stdout.buffer
        return
    from councilgraph.outfile import whole_file

    with whole_file(path) as out:
        yield out


class _Work:
    """One list, row by row."""

    def __init__(self, options: argparse.Namespace, given: ListFile) -> None:
        self.given = given
        self._name = given.column(options.column)
        self._area = given.column(options.area_column) if options.area_column else None
        self._identifier = given.column(options.identifier_column) if options.identifier_column else None
        self._progress = sys.stderr.isatty() and not options.quiet
        self._states = Counter[str]()
        self._nameless = 0
        self._unknown_areas = Counter[str]()

    def lines(self, setting: Setting, jobs: int) -> Iterator[str]:
        """The lines of the answer."""
        yield self.given.start()
        # Rows wait here, with blank lines among them, until their answers come.
        waiting: deque[tuple[Row, Question | None]] = deque()
        rows = self.given.rows()
        for row in rows:
            yield self.given.added(row, self._header() if row.fields else ())
            if row.fields:
                break

        def questions() -> Iterator[Question]:
            for row in rows:
                question = self._question(row.fields) if row.fields else None
                waiting.append((row, question))
                if question is not None:
                    yield question

        for done, answer in enumerate(answers(setting, questions(), jobs), start=1):
            while waiting[0][1] is None:
                yield self.given.added(waiting.popleft()[0], ())
            row, question = waiting.popleft()
            self._states[answer.state] += 1
            if question is not None and not answer.area_known:
                self._unknown_areas[question.area] += 1
            yield self.given.added(row, answer.cells)
            if self._progress and done % _TOLD_EVERY == 0:
                print(f"\r{done:,} rows", end="", file=sys.stderr, flush=True)
        yield from (self.given.added(row, ()) for row, _ in waiting)
        if self._progress:
            print("\r", end="", file=sys.stderr)

    def _header(self) -> tuple[str, ...]:
        # A list that has such a column keeps it, and two of one name could not be told apart.
        taken = {name.casefold() for name in self.given.header}
        return tuple(f"matched_{name}" if name in taken else name for name in COLUMNS)

    def _question(self, fields: tuple[str, ...]) -> Question:
        found = Question(
            _field(fields, self._name), _field(fields, self._area), _field(fields, self._identifier)
        )
        self._nameless += not (found.name or found.identifier)
        return found

    def tell(self) -> None:
        """The counts, for the person."""
        counts = ", ".join(f"{self._states[state]} {state}" for state in STATES)
        rows = sum(self._states.values())
        say(f"{rows} {'row' if rows == 1 else 'rows'}: {counts}.")
        if self._nameless:
            say(f"warning: {self._nameless} of them without a name.")
        if self._unknown_areas:
            shown = ", ".join(f"'{name}'" for name, _ in self._unknown_areas.most_common(5))
            say(f"warning: areas that are not known here and were left out of account: {shown}.")


def _field(fields: tuple[str, ...], place: int | None) -> str:
    return fields[place].strip() if place is not None and place < len(fields) else ""
