"""Make a release: the build in force as a dated, checksummed folder for others; or check one.

DIR gets the graph as N-Quads, tables, ontology and shapes, load report, accuracy, licence and
attributions, a DCAT description, a citation, a README and SHA256SUMS. The same inputs give the same
bytes. A build that is not whole is not released. The network is used only where the store is an
endpoint.

Exit codes: 0 done, or the release is as it was made; 1 --check found something; 2 could not run.
"""

from __future__ import annotations

import argparse

from councilgraph.commands.options import add_store, say
from councilgraph.exits import EXIT_DONE, EXIT_FOUND

EXAMPLE = "councilgraph release releases/2026-03-31 --date 2026-03-31 --previous releases/2025-12-31"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("folder", metavar="DIR", help="the folder of the release; it must not exist yet")
    parser.add_argument(
        "--check", action="store_true", help="name what is missing, changed or extra in the release DIR"
    )
    parser.add_argument(
        "--date", metavar="DAY", help="its day (default: that of the newest publication or decision in it)"
    )
    parser.add_argument("--release-version", default="", metavar="V", help="its version (default: the day)")
    parser.add_argument(
        "--previous", default="", metavar="OLD", help="the release before it, for NOTES.md: what changed"
    )
    parser.add_argument(
        "--reviewed-only", action="store_true", help="refuse evidence that no person has decided about"
    )
    parser.add_argument(
        "--no-sentences",
        action="store_true",
        help="leave the words of the reports out, which belong to their publisher",
    )
    parser.add_argument(
        "--accuracy", default="", metavar="FILE", help="a measurement of your own, from 'bench accuracy'"
    )
    parser.add_argument("--base", default="", metavar="URL", help="the address under which it will lie")
    parser.add_argument("--doi", default="", metavar="DOI", help="its DOI, as in 10.5281/zenodo.1234567")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress and no summary")
    add_store(parser)


def run(options: argparse.Namespace) -> int:
    """Release."""
    if options.check:
        return _check(options)
    from councilgraph.commands.building import terminal_progress
    from councilgraph.commands.options import day
    from councilgraph.release import Wanted, write_release

    wanted = Wanted(
        day=day(options.date),
        version=options.release_version,
        base=options.base,
        doi=options.doi,
        previous=options.previous,
        accuracy=options.accuracy,
        reviewed_only=options.reviewed_only,
        sentences=not options.no_sentences,
    )
    progress = terminal_progress(options.quiet)
    try:
        made = write_release(options.store, options.folder, wanted, progress)
    finally:
        progress.stop()
    if not options.quiet:
        there = "is there already, the same: " if made.unchanged else ""
        say(
            f"Release {made.version} of {made.day}: {there}{made.statements:,} statements in {made.graphs} "
            f"graphs, {made.files} files and {made.size:,} bytes in {made.folder}"
        )
    return EXIT_DONE


def _check(options: argparse.Namespace) -> int:
    from councilgraph.release.sums import check_release

    problems = check_release(options.folder)
    for problem in problems:
        print(problem)
    if not options.quiet:
        n = len(problems)
        found = (
            f"{n} {'file is' if n == 1 else 'files are'} not as made" if n else "every file is as it was made"
        )
        say(f"{options.folder}: {found}.")
    return EXIT_FOUND if problems else EXIT_DONE
