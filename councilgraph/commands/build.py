"""Make the graph from the tables and the reports given, validate it, and put it in force.

The old store stays as it is until the new one is whole. What has not changed since the
last build is not read again. A report can be given by its address: its other pages are found
by its links. The network is used only for addresses.

Exit codes: 0 done; 1 done, but a report was not loaded; 2 could not run.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from councilgraph.commands import fetching
from councilgraph.commands.building import account, add_options, make_builder

EXAMPLE = "councilgraph build --reports reports/"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument(
        "--reports",
        nargs="+",
        type=fetching.given,
        default=[],
        metavar="PATH-or-URL",
        help="report files, folders of them (the pages of an assessment together), or addresses",
    )
    parser.add_argument(
        "--observations",
        nargs="+",
        type=Path,
        default=[],
        metavar="PATH",
        help="your own tables by GSS code (CSV with a TOML file of the same name), or folders of them",
    )
    fetching.add_options(parser)
    add_options(parser)


def run(options: argparse.Namespace) -> int:
    """Build."""
    builder = make_builder(options)
    builder.observations = tuple(options.observations)
    try:
        paths, unfetched = fetching.local_paths(options.reports, options, builder.progress, earlier=True)
        outcome = builder.build(paths)
    finally:
        builder.progress.stop()
    return account(replace(outcome, refused=(*unfetched, *outcome.refused)), options)
