"""Measure: how right the machine is, on reports that people have annotated and by what they decided.

  councilgraph bench accuracy --reports FOLDER   a table per label and per theme
  councilgraph bench reviews                     agreement of machine and reviewers, and of reviewers
                                                 with each other, out of the review files

What it costs, as ratios within one run, is measured from a checkout of the repository, which
holds the data generator and the other sides: python -m benchmarks.run

Exit codes: 0 done; 1 some annotated page could not be measured; 2 could not run.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from councilgraph.commands.options import add_extractor, say
from councilgraph.errors import InputError, UsageError
from councilgraph.exits import EXIT_DONE, EXIT_FOUND
from councilgraph.resources import data_folder

EXAMPLE = "councilgraph bench accuracy --reports reports/ --pages held-out"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument(
        "what", nargs="?", choices=("accuracy", "reviews"), help="what to measure; without it, what there is"
    )
    parser.add_argument("--reports", nargs="+", type=Path, metavar="PATH", help="report files, or folders")
    parser.add_argument(
        "--gold",
        nargs="+",
        type=Path,
        default=[],
        metavar="PATH",
        help="gold annotations (evidence JSON), or folders of them, beside the review files",
    )
    parser.add_argument(
        "--pages",
        choices=("development", "held-out", "all"),
        help="the pages that the rules were written on, those kept away from them, or both taken as one "
        "(default: the two side by side)",
    )
    parser.add_argument(
        "--reviews",
        action="append",
        metavar="DIR",
        help="of reviews: a folder of review files of your own (default: COUNCILGRAPH_REVIEWS); given more "
        "than once, the readers of each folder are told apart",
    )
    parser.add_argument("--council", metavar="A", help="of reviews: only the reports of this council")
    parser.add_argument(
        "--by",
        choices=("confidence", "day", "month", "rules", "role", "council"),
        help="of reviews: also agreement by this (default: confidence)",
    )
    parser.add_argument(
        "--format", choices=("table", "json", "csv", "markdown"), default="table", help="default: table"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="write to this file, not to standard output")
    parser.add_argument(
        "--page", metavar="FILE", help="also make the tables between the marks of this Markdown page anew"
    )
    parser.add_argument("--data", metavar="DIR", help="the folder of the tables and reviews")
    add_extractor(parser)


def run(options: argparse.Namespace) -> int:
    """Bench."""
    if options.what is None:
        print(__doc__.partition("Exit codes:")[0].rstrip())
        return EXIT_DONE
    _check(options)
    if options.what == "reviews":
        from councilgraph.commands.benching import reviews

        _write(reviews(options), options.output)
        return EXIT_DONE
    if not options.reports:
        raise UsageError(
            "Which reports? Their text belongs to its publisher and does not come along.",
            cure="Save the annotated reports as text and give --reports FOLDER.",
        )
    from councilgraph.accuracy.measuring import measure
    from councilgraph.accuracy.record import record
    from councilgraph.build.rules import rules_version

    data = Path(options.data or data_folder())
    measured = measure(options.reports, options.gold, data, options.extractor)
    rules = f"{options.extractor} {measured.version}" if options.extractor else rules_version()
    result = record(measured, rules, options.pages)
    if not result["parts"]:
        raise InputError(
            f"None of these reports is annotated in a part that is '{options.pages}'.",
            where=", ".join(map(str, options.reports)),
            cure="Leave --pages out to see what there is.",
        )
    _write(_shown(result, options.format), options.output)
    if options.page:
        _renew(options.page, result)
    for problem in result["problems"]:
        say(f"warning: {problem}")
    return EXIT_FOUND if result["problems"] else EXIT_DONE


def _check(options: argparse.Namespace) -> None:
    """Whether the options are of what is measured: one that does nothing would mislead."""
    of = {
        "accuracy": ("reports", "gold", "pages", "page", "extractor"),
        "reviews": ("reviews", "council", "by"),
    }
    other = "reviews" if options.what == "accuracy" else "accuracy"
    if given := next((name for name in of[other] if getattr(options, name)), None):
        raise UsageError(f"--{given} is an option of 'bench {other}'.", cure="Leave it out.")
    if options.what == "accuracy" and options.format == "csv":
        raise UsageError("'bench accuracy' makes no CSV.", cure="Choose one of: table, json, markdown.")


def _shown(result: dict[str, object], form: str) -> str:
    import json

    from councilgraph.accuracy.page import markdown, table

    if form == "json":
        return json.dumps(result, indent=1, ensure_ascii=False) + "\n"
    return table(result) if form == "table" else markdown(result)


def _write(text: str, output: str | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    from councilgraph.outfile import whole_file

    with whole_file(output) as out:
        out.write(text.encode("utf-8"))


def _renew(page: str, result: dict[str, object]) -> None:
    from councilgraph.accuracy.page import renewed

    if not os.path.isfile(page):
        raise InputError("There is no such page.", where=page, cure="Check the path.")
    with open(page, encoding="utf-8") as file:
        text = file.read()
    _write(renewed(text, result, page), page)
