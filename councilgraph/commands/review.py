"""Look at what the machine read, least sure first, and record what you decide.

Each thing is shown in its paragraph, with what the machine said, why, and how sure it was. Type a
letter and Enter: accept, correct, reject, note (look at it again later), skip, undo, quit. What you
type behind the letter of accept, reject and note is kept as your note; behind correct it is
field=value; field=value. Each decision is on the disk before the next thing is shown.

Decisions go to the review files of the data folder, or of --reviews; the next build puts them in
force, and every later one keeps them. No name is asked for: say in which role you decide.

Without a keyboard: --list writes the queue as a table; fill in its columns 'decision', 'correction'
and 'note', and give it back with --from.

Exit codes: 0 done; 2 could not run.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from councilgraph.api import Graph, open_graph
from councilgraph.catalogue import Column
from councilgraph.commands.options import add_format, add_reviews, add_store, say
from councilgraph.commands.printing import show
from councilgraph.commands.reviewing import Session
from councilgraph.errors import UsageError
from councilgraph.exits import EXIT_DONE
from councilgraph.model import EVIDENCE_KINDS
from councilgraph.parameters import term_of
from councilgraph.resources import data_folder
from councilgraph.results import Result
from councilgraph.reviews.desk import Desk
from councilgraph.reviews.given import read_given
from councilgraph.reviews.queue import Waiting, Wanted
from councilgraph.reviews.showing import COLUMNS, Cell, row_of

EXAMPLE = "councilgraph review --authority staffordshire --kind finding --below 0.6"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("--authority", metavar="A", help="only this council's reports")
    parser.add_argument("--theme", metavar="T", help="only what stands in sentences of this theme")
    parser.add_argument("--statement", metavar="S", help="only the section of this quality statement")
    parser.add_argument(
        "--kind", action="append", choices=EVIDENCE_KINDS, help="only this kind of evidence; may be repeated"
    )
    parser.add_argument("--below", metavar="C", help="only what is less sure than this, 0 to 1")
    parser.add_argument("--limit", type=int, metavar="N", help="at most this many (default: all)")
    parser.add_argument(
        "--again", action="store_true", help="what other roles have settled, as a second reading of it"
    )
    parser.add_argument(
        "--role",
        default=os.environ.get("COUNCILGRAPH_ROLE") or "reviewer",
        metavar="R",
        help="in which role you decide; never a name (default: COUNCILGRAPH_ROLE, or reviewer)",
    )
    parser.add_argument("--on", metavar="DAY", help="the day of the decisions (default: today)")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--list", action="store_true", help="write the queue and ask nothing")
    how.add_argument(
        "--from", dest="given", type=Path, metavar="FILE", help="take the decisions of this list (CSV, JSONL)"
    )
    parser.add_argument("--data", metavar="DIR", help="the folder of the tables")
    add_reviews(parser)
    add_format(parser, "of --list: table, csv, tsv, json, markdown, xlsx")
    add_store(parser)


def run(options: argparse.Namespace) -> int:
    """Review."""
    from councilgraph.datafolder import DataFolder

    data = Path(options.data or data_folder())
    own = Path(options.reviews) if options.reviews else None
    with open_graph(options.store) as graph:
        acts = DataFolder(data).acts
        desk = Desk.at(graph.store.select, data, acts, own, options.role, _day(options.on))
        desk.again = options.again
        if options.given:
            count, new = desk.decide_all(read_given(options.given))
            known = f"; {count - new} were recorded before" if count > new else ""
            say(f"{new} {'decision' if new == 1 else 'decisions'} recorded in {desk.files.folder}{known}.")
            _next(new)
            return EXIT_DONE
        queue = desk.queue(_wanted(options, graph))
        shown = queue if options.limit is None else queue[: options.limit]
        if options.list:
            _list(desk, shown, options)
            say(f"{len(queue)} wait; {len(shown)} are listed.")
            return EXIT_DONE
        made = Session(desk, shown, sys.stdin, sys.stdout).run()
        say(f"{made} {'decision' if made == 1 else 'decisions'} in {desk.files.folder}.")
        _next(made)
    return EXIT_DONE


def _next(made: int) -> None:
    if made:
        say("'councilgraph build' with your reports puts them in force.")


def _list(desk: Desk, queue: list[Waiting], options: argparse.Namespace) -> None:
    things = desk.things()

    def rows() -> Iterator[tuple[Cell, ...]]:
        yield from map(row_of, things.read_all(one.iri for one in queue))

    columns = [Column(name, kind) for name, kind in COLUMNS.items()]
    show(Result(columns, rows(), "What waits for a person"), options)


def _wanted(options: argparse.Namespace, graph: Graph) -> Wanted:
    def found(kind: str, value: str | None) -> str:
        return str(term_of(kind, value, lambda text: graph.store.select(text)[1]).value) if value else ""

    if options.limit is not None and options.limit < 1:
        raise UsageError(f"--limit {options.limit}: at least one.", cure="Give 1 or more, or leave it out.")
    return Wanted(
        council=found("authority", options.authority),
        theme=found("theme", options.theme),
        section=found("statement", options.statement).rpartition("/")[2],
        kinds=tuple(options.kind or EVIDENCE_KINDS),
        below=_share(options.below),
    )


def _share(given: str | None) -> Decimal | None:
    if given is None:
        return None
    try:
        value = Decimal(given)
    except InvalidOperation:
        value = Decimal(-1)
    if not 0 <= value <= 1:
        raise UsageError(f"--below {given[:20]}: this is no confidence.", cure="Give 0 to 1, such as 0.6.")
    return value


def _day(given: str | None) -> date:
    if given is None:
        return date.today()
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise UsageError(f"--on {given[:20]}: this is no day.", cure="Write it as 2026-11-20.") from None
