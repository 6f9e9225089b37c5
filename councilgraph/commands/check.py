"""Check that a store is whole: every file against its digest, and its parts against each other.

Looked at are the database, the full-text index, the N-Quads files, the manifest and the answers
that were kept. Nothing is changed, unless --repair is given: then the store is made anew from
its N-Quads files, without any report, and with the same statements.

Exit codes: 0 whole, or whole again; 1 something is damaged; 2 could not run.
"""

from __future__ import annotations

import argparse
import os

from councilgraph.commands.building import terminal_progress
from councilgraph.commands.options import add_store, say
from councilgraph.errors import UsageError
from councilgraph.exits import EXIT_DONE, EXIT_FOUND
from councilgraph.store import is_address, location
from councilgraph.upkeep.checking import Checked, check_store
from councilgraph.upkeep.repairing import Repaired, repair

EXAMPLE = "councilgraph check --repair"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument(
        "--repair", action="store_true", help="make a damaged store anew from its N-Quads files"
    )
    parser.add_argument("--format", choices=("table", "json"), default="table", help="default: table")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress, and only what is damaged")
    add_store(parser, endpoints=False)


def run(options: argparse.Namespace) -> int:
    """Check."""
    place = location(options.store)
    if is_address(place):
        raise UsageError(
            "The files of an endpoint cannot be seen from here.",
            where=place,
            cure="Run 'councilgraph build' with its address: graphs that differ are sent anew.",
        )
    progress = terminal_progress(options.quiet)
    try:
        checked = check_store(place, progress)
        if options.repair and checked.damage:
            for damage in checked.damage:
                say(f"damaged: {damage.what}\n  where: {damage.where}")
            done = repair(checked, progress)
            checked = check_store(place, progress)
            progress.stop()
            _tell(done)
    finally:
        progress.stop()
    if options.format == "json":
        _print_json(checked)
    else:
        _print(checked, quiet=options.quiet)
    return EXIT_DONE if checked.whole else EXIT_FOUND


def _tell(done: Repaired) -> None:
    if done.answers:
        say(f"{done.answers} kept answers were removed; they are asked anew when they are needed.")
        return
    say(f"The store has been made anew from its {done.graphs} N-Quads files.")
    if done.restored:
        say(f"Written again from the database: {', '.join(done.restored)}.")
    if done.bare:
        say(
            "Which files its reports were read from is no more known: 'load' and 'link' need a "
            "'councilgraph build' with all your reports first."
        )


def _print(checked: Checked, *, quiet: bool) -> None:
    for damage in checked.damage:
        print(f"damaged: {damage.what}\n  where: {damage.where}\n  what to do: {damage.cure}")
    if quiet:
        return
    for note in checked.notes:
        print(f"note: {note}")
    where = os.path.abspath(checked.place)
    if checked.damage:
        print(f"{len(checked.damage)} found in {where}")
    else:
        print(
            f"whole: {checked.statements:,} statements in {checked.graphs} graphs, {checked.files} files and "
            f"{checked.answers} kept answers as they were written, in {where}"
        )


def _print_json(checked: Checked) -> None:
    import json

    told = {
        "store": os.path.abspath(checked.place),
        "build": checked.build,
        "whole": checked.whole,
        "graphs": checked.graphs,
        "statements": checked.statements,
        "files": checked.files,
        "answers": checked.answers,
        "damage": [{"what": d.what, "where": d.where, "cure": d.cure} for d in checked.damage],
        "notes": checked.notes,
    }
    print(json.dumps(told, indent=1, ensure_ascii=False))
