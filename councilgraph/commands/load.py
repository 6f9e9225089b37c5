"""Add reports to an existing store, or replace those of the same council and month.

Give all the pages of an assessment together, or the address of one of them: its other pages
are found by its links. Everything else in the store stays. What an assessment was read from
before stays named in the provenance. The network is used only for addresses.

Exit codes: 0 done; 1 done, but a report was not loaded; 2 could not run.
"""

from __future__ import annotations

import argparse
from dataclasses import replace

from councilgraph.commands import fetching
from councilgraph.commands.building import account, add_options, make_builder

EXAMPLE = "councilgraph load reports/staffordshire/"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument(
        "reports",
        nargs="+",
        type=fetching.given,
        metavar="PATH-or-URL",
        help="report files, folders of them, or addresses",
    )
    fetching.add_options(parser)
    add_options(parser)


def run(options: argparse.Namespace) -> int:
    """Load."""
    builder = make_builder(options)
    try:
        paths, unfetched = fetching.local_paths(options.reports, options, builder.progress)
        outcome = builder.load(paths)
    finally:
        builder.progress.stop()
    return account(replace(outcome, refused=(*unfetched, *outcome.refused)), options)
