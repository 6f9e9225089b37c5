"""Read one assessment (one file, or its pages) and print its evidence. No store is needed.

It can be given by the address of one of its pages; only then is the network used.

Exit codes: 0 done; 2 could not run.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from councilgraph.build.progress import Silent
from councilgraph.commands import fetching
from councilgraph.commands.options import add_extractor, add_reviews, say
from councilgraph.evidence_json import evidence_object
from councilgraph.exits import EXIT_DONE
from councilgraph.resources import data_folder
from councilgraph.reviews import apply_reviews, reviews_of

EXAMPLE = "councilgraph extract reports/staffordshire/*.txt --format table"

_KINDS = ("mentions", "partnerships", "strategies", "statistics", "legislation", "facts")


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument(
        "paths",
        nargs="+",
        type=fetching.given,
        metavar="PATH-or-URL",
        help="one report, the pages of one, or its address",
    )
    parser.add_argument("--format", choices=("json", "table"), default="json", help="default: json")
    parser.add_argument(
        "--no-reviews", action="store_true", help="what the machine reads alone, without reviews"
    )
    parser.add_argument("--data", metavar="DIR", help="the folder of the tables")
    fetching.add_options(parser)
    add_reviews(parser)
    add_extractor(parser)


def run(options: argparse.Namespace) -> int:
    """Extract."""
    from councilgraph.datafolder import DataFolder
    from loaders import read_one

    paths, unfetched = fetching.local_paths(options.paths, options, Silent())
    if unfetched:
        raise unfetched[0].error
    report = read_one(paths)
    decided = (Path(options.reviews),) if options.reviews else ()
    data = DataFolder(Path(options.data or data_folder()), decided)
    council = data.councils.find(report.authority)
    evidence = data.extractor(options.extractor).read(report, council)
    if council and not options.no_reviews:
        reviews = data.reviews.values()
        if reviewed := reviews_of(reviews, council.code, report.published, report):
            evidence = apply_reviews(evidence, reviewed)
    shown = evidence_object(evidence)
    if council is None:
        shown["warnings"].append(_unknown(report.authority))
    if options.format == "json":
        import json

        print(json.dumps(shown, indent=1, ensure_ascii=False))
    else:
        _print_table(shown)
    for warning in shown["warnings"]:
        say(f"warning ({warning['code']}): {warning['where']}: {warning['message']}")
    return EXIT_DONE


def _unknown(name: str) -> dict[str, str]:
    return {
        "code": "unknown-council",
        "message": f"'{name}' is no council that is known here; it cannot be loaded into a store.",
        "where": "title",
    }


def _print_table(shown: dict[str, Any]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(file=sys.stdout)
    head = shown["assessment"]
    scores = ", ".join(f"{k} {v}" for k, v in head["scores"].items())
    console.print(
        Text(f"{shown['authority']['name']}  {head['published'] or ''}  {head['overall_rating'] or ''}")
    )
    console.print(Text(f"scores: {scores or 'none found'}"))
    table = Table(box=None, pad_edge=False)
    for name in ("section", "place", "polarity", "voice", "themes", "sentence"):
        table.add_column(name, overflow="fold")
    for paragraph in shown["paragraphs"]:
        for sentence in paragraph["sentences"]:
            table.add_row(
                paragraph["section"],
                f"{paragraph['n']}.{sentence['n']}",
                sentence["polarity"] or "",
                ", ".join(sentence["voice"]),
                ", ".join(sentence["themes"]),
                Text(sentence["text"]),
            )
    console.print(table)
    counts = ", ".join(f"{len(shown[kind])} {kind}" for kind in _KINDS)
    console.print(Text(f"also read: {counts} (--format json has them)"))
