"""Run your own SPARQL: SELECT and ASK give a table, CONSTRUCT and DESCRIBE a graph.

All named graphs count as one. The prefixes of the ontology are cg:
<https://w3id.org/councilgraph/def#> and those that everybody uses; declare what you use.
"""

from __future__ import annotations

import argparse
import sys

from councilgraph.api import open_graph
from councilgraph.catalogue import Column
from councilgraph.commands.options import add_format, add_store
from councilgraph.commands.printing import show
from councilgraph.errors import InputError, UsageError
from councilgraph.results import Result

EXAMPLE = "councilgraph sparql 'SELECT ?s WHERE { ?s a <https://w3id.org/councilgraph/def#Assessment> }'"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("text", nargs="?", metavar="SPARQL", help="the query")
    parser.add_argument(
        "-f", "--file", metavar="FILE", help="read the query from a file; - is standard input"
    )
    add_format(parser, "table, csv, tsv, json, sparql-json, markdown, xlsx; for a graph turtle, nt, jsonld")
    add_store(parser)


def run(options: argparse.Namespace) -> int:
    """Query."""
    text = _text(options)
    with open_graph(options.store) as graph:
        answer = graph.sparql(text)
        shown = Result([Column("answer", "boolean")], [(answer,)]) if isinstance(answer, bool) else answer
        show(shown, options)
    return 0


def _text(options: argparse.Namespace) -> str:
    if (options.text is None) == (options.file is None):
        raise UsageError("Give the query as one argument or with -f FILE.", cure=f"Example: {EXAMPLE}")
    if options.text is not None:
        return str(options.text)
    try:
        if options.file == "-":
            return sys.stdin.read()
        with open(options.file, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"The query file cannot be read: {error}.", where=options.file, cure="Check the path."
        ) from None
