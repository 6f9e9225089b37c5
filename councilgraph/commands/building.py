"""What ``build`` and ``load`` have alike: options, progress, and the account they give."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from pathlib import Path

from councilgraph.build.loadreport import load_report, write_load_report
from councilgraph.build.progress import Progress, Silent
from councilgraph.build.run import Builder, Outcome
from councilgraph.commands.options import add_extractor, add_reviews, add_store, add_verbosity, say
from councilgraph.errors import InputError, UsageError
from councilgraph.exits import EXIT_DONE, EXIT_FOUND
from councilgraph.faultpoints import faultpoint
from councilgraph.resources import data_folder
from councilgraph.store import is_address, location

_MOST_TOLD = 20  # refusals on the screen; of thousands, the rest is in the load report


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of both commands."""
    add_store(parser)
    parser.add_argument(
        "--data",
        metavar="DIR",
        help="the folder of the tables (default: COUNCILGRAPH_DATA, or what came along)",
    )
    parser.add_argument("--jobs", type=int, metavar="N", help="worker processes (default: one a core)")
    parser.add_argument(
        "--cluster",
        default="",
        metavar="ADDRESS",
        help="read the reports on a Dask cluster over the network, such as tcp://10.0.0.5:8786 "
        "(docs/scale-build.md)",
    )
    parser.add_argument(
        "--engine",
        default="auto",
        metavar="E",
        help="SHACL engine: auto, fast or reference (default: auto, which is fast where that one can)",
    )
    parser.add_argument(
        "--load-report",
        metavar="FILE",
        help="what became of every file, as JSON (default: load-report.json in the folder of the store)",
    )
    add_reviews(parser)
    add_extractor(parser)
    add_verbosity(parser)


def make_builder(options: argparse.Namespace) -> Builder:
    """The builder that the options describe.

    Raises:
        UsageError: the number of jobs is none. InputError: there is no such data folder.
    """
    if options.jobs is not None and options.jobs < 1:
        raise UsageError(f"--jobs {options.jobs}: at least one worker is needed.", cure="Give 1 or more.")
    data = Path(options.data or data_folder())
    if not data.is_dir():
        raise InputError(
            "There is no such data folder.",
            where=str(data),
            cure="Give a folder with reference/ and assessments/.",
        )
    return Builder(
        place=location(options.store),
        data=data,
        jobs=options.jobs or os.cpu_count() or 1,
        engine=options.engine,
        extractor=options.extractor,
        reviews=(Path(options.reviews),) if options.reviews else (),
        cluster=options.cluster,
        progress=terminal_progress(options.quiet),
    )


def account(outcome: Outcome, options: argparse.Namespace) -> int:
    """Say what the store holds, what it warns of and what was not read; the exit code."""
    for found in outcome.damage:
        say(f"The store was damaged and has been made anew: {found}.")
    if not options.quiet:
        _summary(outcome, location(options.store))
    _warnings(outcome, options)
    written = _write_load_report(outcome, options)
    shown = outcome.refused if options.verbose else outcome.refused[:_MOST_TOLD]
    for refusal in shown:
        say(f"not loaded: {refusal.error}")
    if len(shown) < len(outcome.refused):
        rest = f"; all are in {written}" if written else "; --verbose lists them"
        say(f"and {len(outcome.refused) - len(shown):,} more{rest}.")
    if outcome.refused:
        files = sum(len(r.files) for r in outcome.refused)
        say(f"{files:,} {_plural(files, 'file')} not loaded; everything else is in the store.")
        return EXIT_FOUND
    return EXIT_DONE


def _write_load_report(outcome: Outcome, options: argparse.Namespace) -> str:
    """Write what became of every file; the path, or "" where nobody asked and the store is no folder."""
    place = location(options.store)
    path = options.load_report or ("" if is_address(place) else os.path.join(place, "load-report.json"))
    if path and (options.load_report or os.path.isdir(place)):
        told = load_report(outcome.reports, outcome.refused)
        try:
            faultpoint("account.begin")
            write_load_report(told, path)
        except (InputError, OSError) as error:
            raise InputError(
                "The store is in force, but the load report was not written: "
                + (error.what if isinstance(error, InputError) else f"{error.strerror}."),
                where=path,
                cure="Nothing is lost. Free some space, or name another file with --load-report; "
                "the next build writes it.",
            ) from None
        return str(path)
    return ""


def _summary(outcome: Outcome, place: str) -> None:
    reports = outcome.reports
    shown = f"Nothing has changed: {place} holds" if outcome.unchanged else f"{place} now holds"
    say(
        f"{shown} {outcome.triples:,} statements in {len(outcome.sources)} graphs, "
        f"{len(reports)} {_plural(len(reports), 'report')} among them"
        + (f" ({outcome.read} read anew)." if not outcome.unchanged and reports else ".")
    )


def _warnings(outcome: Outcome, options: argparse.Namespace) -> None:
    told: list[tuple[str, str]] = []
    for source in outcome.sources:
        told += [(w.code, f"{w.where}: {w.message}") for w in source.warnings]
        for result in source.results:
            if result.severity == "Warning":
                told.append(("shape", f"{result.focus.rsplit('/id/', 1)[-1]}: {result.message}"))
    told += [(row.check, f"{row.entity.rsplit('/id/', 1)[-1]}: {row.problem}") for row in outcome.checks]
    for name in outcome.gone:
        told.append(
            ("gone", f"{name}: the store held this report; it is not among the inputs of this build.")
        )
    if not told:
        return
    if options.verbose:
        for code, message in told:
            say(f"warning ({code}): {message}")
        return
    counts = Counter(code for code, _ in told)
    listed = ", ".join(f"{n} {code}" for code, n in sorted(counts.items()))
    say(f"{len(told)} {_plural(len(told), 'warning')} ({listed}); --verbose lists them.")


def _plural(n: int, word: str) -> str:
    return word if n == 1 else word + "s"


def terminal_progress(quiet: bool) -> Progress:
    """Bars on a terminal, silence in a pipe."""
    if quiet or not sys.stderr.isatty():
        return Silent()
    return _Bars()


class _Bars:
    """Progress as rich draws it; one bar a step, gone when it is done."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as RichProgress

        self._rich = RichProgress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task: object = None

    def start(self, label: str, total: int) -> None:
        """Begin a step."""
        if self._task is None:
            self._rich.start()
        else:
            self._rich.remove_task(self._task)  # type: ignore[arg-type]
        self._task = self._rich.add_task(label, total=total)

    def advance(self) -> None:
        """One part of the step is done."""
        self._rich.advance(self._task)  # type: ignore[arg-type]

    def stop(self) -> None:
        """Take the bars away."""
        self._rich.stop()
