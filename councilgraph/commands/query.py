"""Run a stored question, by its id or its name.

'councilgraph questions' lists them with their parameters. Parameters are given as
name=value; a council by name, short name, GSS code or IRI, other things by slug, label,
code or IRI.
"""

from __future__ import annotations

import argparse

from councilgraph.api import open_graph
from councilgraph.commands.options import add_format, add_store
from councilgraph.commands.printing import show
from councilgraph.errors import UsageError

EXAMPLE = "councilgraph query Q04 authority=staffordshire"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("name", metavar="NAME-or-ID", help="as 'councilgraph questions' lists it")
    parser.add_argument("parameters", nargs="*", metavar="key=value", help="the query's parameters")
    add_format(parser, "table, csv, tsv, json, sparql-json, markdown, xlsx; for a graph turtle, nt, jsonld")
    add_store(parser)


def run(options: argparse.Namespace) -> int:
    """Query."""
    given = dict(_pair(text) for text in options.parameters)
    with open_graph(options.store) as graph:
        show(graph.ask(options.name, given), options)
    return 0


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise UsageError(
            f"'{text}' is no parameter.", cure="Write name=value, as in authority=staffordshire."
        )
    return name, value
