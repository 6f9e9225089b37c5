"""Make one reference table anew from the file its publisher issues.

The old table stays until the new one is complete and has passed its checks. A register
that has lost more than a tenth of its rows is refused; --force takes it all the same.
Nothing is read from the network but the table 'wikidata' with --fetch, which asks Wikidata
the queries in queries/links/, slowly and once a day at the most.

Exit codes: 0 done; 2 could not run.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from councilgraph.commands.options import say
from councilgraph.errors import UsageError
from councilgraph.exits import EXIT_DONE
from councilgraph.resources import data_folder

EXAMPLE = "councilgraph refresh nhs-trusts etr.csv"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    from loaders.recipes import TABLE_ORDER

    parser.add_argument(
        "table", choices=TABLE_ORDER, metavar="TABLE", help=f"one of: {', '.join(TABLE_ORDER)}"
    )
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="the publisher's file or files")
    parser.add_argument("--data", metavar="DIR", help="the folder of the tables")
    parser.add_argument("--force", action="store_true", help="take a table that lost many rows")
    parser.add_argument("--fetch", action="store_true", help="ask Wikidata (only for the table 'wikidata')")
    parser.add_argument("--endpoint", metavar="URL", help="with --fetch: another endpoint with the same data")


def run(options: argparse.Namespace) -> int:
    """Refresh."""
    from loaders.refresh import refresh

    files = _fetched(options) if options.fetch or options.endpoint else options.files
    if not files:
        raise UsageError(
            "No file was given.",
            where=f"refresh {options.table}",
            cure="Name the publisher's file; data/README.md says where it is issued. "
            "'councilgraph refresh wikidata --fetch' asks Wikidata itself.",
        )
    report = refresh(options.table, files, Path(options.data or data_folder()), force=options.force)
    print(report)
    say("Run 'councilgraph build' to use it.")
    return EXIT_DONE


def _fetched(options: argparse.Namespace) -> list[Path]:
    """The answers of the endpoint as files, in the folder of the cache."""
    if options.table != "wikidata" or options.files or not options.fetch:
        raise UsageError(
            "--fetch asks Wikidata for the table 'wikidata', and takes no files.",
            where=f"refresh {options.table}",
            cure="councilgraph refresh wikidata --fetch",
        )
    from councilgraph import resources
    from councilgraph.catalogue import Catalogue
    from councilgraph.commands.fetching import cache_folder
    from councilgraph.linking.endpoints import Guest
    from loaders.wikidata.items import SOURCE

    guest = Guest(options.endpoint or SOURCE.address, cache_folder() / "answers")
    files = []
    for query in Catalogue(resources.path("queries")).all("links"):
        # A page can take a minute: without a word between, people think that it hangs.
        answer = guest.answer(query.name, query.text, lambda rows: say(f"  {rows:,} rows so far"))
        say(f"{query.id} {query.name}: {answer.rows:,} rows of {answer.on} from {answer.address}")
        files.append(answer.path)
    return files
