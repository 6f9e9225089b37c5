"""Full text over the findings, best first, with their places.

All words must stand in the sentence, in any form ("waiting" finds "waits"); a "phrase in
quotes" must stand as it is; a star at the end of a word means any ending.

Exit codes: 0 found; 1 nothing found; 2 could not run.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import textwrap

from councilgraph.api import open_graph
from councilgraph.catalogue import Column
from councilgraph.commands.options import add_format, add_store, say
from councilgraph.commands.printing import show
from councilgraph.exits import EXIT_DONE, EXIT_FOUND
from councilgraph.results import Result
from councilgraph.search.find import Hit

EXAMPLE = "councilgraph search '\"unpaid carers\" respite' --authority staffordshire"
_TYPES = {"report": "iri", "finding": "iri"}


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("words", nargs="+", metavar="WORDS", help="what to look for")
    parser.add_argument("--authority", metavar="A", help="only this council's reports")
    parser.add_argument("--theme", metavar="T", help="only findings of this theme")
    parser.add_argument("--polarity", metavar="P", help="strength, improvement, mixed or context")
    parser.add_argument("--limit", type=int, metavar="N", help="at most this many (default: all)")
    add_format(parser, "table, csv, tsv, json, markdown, xlsx")
    add_store(parser)


def run(options: argparse.Namespace) -> int:
    """Search."""
    with open_graph(options.store) as graph:
        hits = graph.search(
            " ".join(options.words),
            authority=options.authority,
            theme=options.theme,
            polarity=options.polarity,
            limit=options.limit,
        )
    if not hits:
        say("Not found in the text of the reports in this store.")
        return EXIT_FOUND
    if options.format == "table" or (options.format is None and not options.output and sys.stdout.isatty()):
        _print_hits(hits)
    else:
        columns = [Column(name, _TYPES.get(name, "string")) for name in hits[0]._fields]
        show(Result(columns, hits), options)
    return EXIT_DONE


def _print_hits(hits: list[Hit]) -> None:
    """One hit after the other, the sentence under its place: a table would break every word."""
    width = min(shutil.get_terminal_size((100, 24)).columns, 100)
    for hit in hits:
        head = ", ".join(
            part for part in (hit.authority, hit.published, hit.section, hit.place, hit.polarity) if part
        )
        print(textwrap.fill(head, width))
        print(textwrap.fill(hit.sentence, width, initial_indent="    ", subsequent_indent="    "))
        print(f"    {hit.report or hit.finding}")
    say(f"{len(hits)} {'finding' if len(hits) == 1 else 'findings'}")
