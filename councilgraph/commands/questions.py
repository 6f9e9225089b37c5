"""List the stored questions with their parameters, or find them by words."""

from __future__ import annotations

import argparse

from councilgraph import resources
from councilgraph.catalogue import Catalogue, Column
from councilgraph.commands.options import add_format, say
from councilgraph.commands.printing import show
from councilgraph.exits import EXIT_DONE, EXIT_FOUND
from councilgraph.results import Result

EXAMPLE = "councilgraph questions rating"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("words", nargs="*", metavar="WORDS", help="only questions that hold all these words")
    add_format(parser, "table, csv, tsv, json, markdown")


def run(options: argparse.Namespace) -> int:
    """List."""
    found = Catalogue(resources.path("queries")).search(" ".join(options.words))
    if not found:
        say("No stored question holds these words; 'councilgraph questions' lists all.")
        return EXIT_FOUND
    columns = [Column(name, "string") for name in ("id", "name", "question", "parameters")]
    rows = [
        (
            query.id,
            query.name,
            query.question,
            " ".join(p.name if p.required else f"[{p.name}]" for p in query.parameters),
        )
        for query in found
    ]
    show(Result(columns, rows), options)
    return EXIT_DONE
