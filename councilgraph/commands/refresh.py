"""Make one reference table anew from the file its publisher issues.

The old table stays until the new one is complete and has passed its checks. A register
that has lost more than a tenth of its rows is refused; --force takes it all the same.

Exit codes: 0 done; 2 could not run.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from councilgraph.commands.options import say
from councilgraph.exits import EXIT_DONE
from councilgraph.resources import data_folder

EXAMPLE = "councilgraph refresh nhs-trusts etr.csv"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    from loaders.recipes import TABLE_ORDER

    parser.add_argument(
        "table", choices=TABLE_ORDER, metavar="TABLE", help=f"one of: {', '.join(TABLE_ORDER)}"
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="the publisher's file or files")
    parser.add_argument("--data", metavar="DIR", help="the folder of the tables")
    parser.add_argument("--force", action="store_true", help="take a table that lost many rows")


def run(options: argparse.Namespace) -> int:
    """Refresh."""
    from loaders.refresh import refresh

    report = refresh(options.table, options.files, Path(options.data or data_folder()), force=options.force)
    print(report)
    say("Run 'councilgraph build' to use it.")
    return EXIT_DONE
