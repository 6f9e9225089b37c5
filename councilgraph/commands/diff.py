"""What changed between two builds or releases, by council, and why.

OLD and NEW are each the folder of a store or of a release, a build of a store (STORE/builds/NAME),
an N-Quads or TriG file, or the address of an endpoint, the only one for which the network is used.
For every finding, score, link and so on that is not as it was, it is told whether the source
document, a review, a register or table, or a rule changed; where several changed, all are told.
Which of them did is known from what each build says it was made from.

Exit codes: 0 both are the same; 1 they differ; 2 could not run.
"""

from __future__ import annotations

import argparse
import sys

from councilgraph.commands.options import day, say
from councilgraph.diff.forms import FORMS
from councilgraph.errors import UsageError
from councilgraph.exits import EXIT_DONE, EXIT_FOUND

TYPE_CHECKING = False
if TYPE_CHECKING:
    from councilgraph.build.progress import Progress
    from councilgraph.diff.sides import Side

EXAMPLE = "councilgraph diff last-month/ .councilgraph -o changes.html"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("old", metavar="OLD", help="the build to compare with")
    parser.add_argument("new", metavar="NEW", help="the build that is asked about")
    parser.add_argument(
        "--format", metavar="F", help=f"{', '.join(FORMS)} (default: by the file's ending, or text)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write to this file, not to standard output")
    parser.add_argument("--authority", metavar="A", help="only this council: name, short name or code")
    parser.add_argument(
        "--no-sentences",
        action="store_true",
        help="leave the words of the reports out, for a page that is published; notes and atom have none",
    )
    group = parser.add_mutually_exclusive_group()
    group.add_argument("-q", "--quiet", action="store_true", help="no progress and no message, only problems")
    group.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        help="also list what only moved within its report, or was regraded",
    )
    parser.add_argument(
        "--date",
        metavar="DAY",
        help="the day of the new release, for atom (default: that of its newest report)",
    )
    parser.add_argument("--earlier", metavar="FEED", help="keep the entries of this feed after the new ones")


def run(options: argparse.Namespace) -> int:
    """Diff."""
    from councilgraph.diff import compared, only, opened_side
    from councilgraph.diff.forms import form_of, written

    form = options.format or form_of(options.output)
    chosen = day(options.date)
    if form not in FORMS:
        raise UsageError(f"There is no form '{form}'.", cure=f"Choose one of: {', '.join(FORMS)}.")
    if form == "xlsx" and not options.output:
        raise UsageError("A workbook cannot be shown here.", cure="Add -o FILE.xlsx.")
    with opened_side(options.old) as old, opened_side(options.new) as new:
        code = _council(options.authority, new, old) if options.authority else ""
        progress = _progress(options.quiet)
        try:
            found = compared(old, new, progress)
        finally:
            progress.stop()
    if code:
        found = only(found, code)
    data = written(
        found,
        form,
        sentences=not options.no_sentences,
        quiet=options.verbose,
        day=chosen,
        earlier=options.earlier,
    )
    if options.output:
        from councilgraph.outfile import whole_file

        with whole_file(options.output) as out:
            out.write(data)
        if not options.quiet:
            say(f"{'They are the same' if found.same else 'They differ'}; told in {options.output}.")
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    return EXIT_DONE if found.same else EXIT_FOUND


def _progress(quiet: bool) -> Progress:
    if quiet or not sys.stderr.isatty():
        from councilgraph.build.progress import Silent

        return Silent()
    from councilgraph.commands.building import terminal_progress  # it brings all that builds with it

    return terminal_progress(quiet)


def _council(name: str, *sides: Side) -> str:
    """The code of a council that one of the builds knows.

    Raises:
        UsageError: none of them does; the nearest are listed.
    """
    from councilgraph.parameters import term_of

    refused: UsageError | None = None
    for side in sides:
        try:
            term = term_of("authority", name, side.rows)
        except UsageError as error:
            refused = refused or error
        else:
            return str(term.value).rsplit("/", 1)[-1]
    assert refused is not None
    raise refused
