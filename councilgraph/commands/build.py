"""Make the graph from the tables and the reports given, validate it, and put it in force.

The old store stays as it is until the new one is whole. What has not changed since the
last build is not read again.

Exit codes: 0 done; 1 done, but a report was not loaded; 2 could not run.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from councilgraph.commands.building import account, add_options, make_builder

EXAMPLE = "councilgraph build --reports reports/"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument(
        "--reports",
        nargs="+",
        type=Path,
        default=[],
        metavar="PATH",
        help="report files in plain text, or folders of them (the pages of an assessment together)",
    )
    add_options(parser)


def run(options: argparse.Namespace) -> int:
    """Build."""
    builder = make_builder(options)
    try:
        outcome = builder.build(options.reports)
    finally:
        builder.progress.stop()
    return account(outcome, options)
