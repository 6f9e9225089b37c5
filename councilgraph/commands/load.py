"""Add reports to an existing store, or replace those of the same council and month.

Give all the pages of an assessment together. Everything else in the store stays.

Exit codes: 0 done; 1 done, but a report was not loaded; 2 could not run.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from councilgraph.commands.building import account, add_options, make_builder

EXAMPLE = "councilgraph load reports/staffordshire/"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument(
        "reports", nargs="+", type=Path, metavar="PATH", help="report files, or folders of them"
    )
    add_options(parser)


def run(options: argparse.Namespace) -> int:
    """Load."""
    builder = make_builder(options)
    try:
        outcome = builder.load(options.reports)
    finally:
        builder.progress.stop()
    return account(outcome, options)
