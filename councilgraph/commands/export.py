"""Write the graph to files.

rdf: every statement, as Turtle, TriG, N-Quads, N-Triples or JSON-LD; a name that ends in
.gz is packed.
"""

from __future__ import annotations

import argparse
import sys

from councilgraph.api import open_graph
from councilgraph.commands.options import add_store, say
from councilgraph.export import FORMATS, export_rdf, export_rdf_file, format_for

EXAMPLE = "councilgraph export rdf -o councilgraph.trig.gz"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options."""
    parser.add_argument("what", choices=("rdf",), help="what to write")
    parser.add_argument("--format", metavar="F", help=f"{', '.join(FORMATS)} (default: by the file's ending)")
    parser.add_argument("-o", "--output", metavar="FILE", help="write to this file, not to standard output")
    add_store(parser)


def run(options: argparse.Namespace) -> int:
    """Export."""
    format = format_for(options.output, options.format)
    with open_graph(options.store) as graph:
        if options.output:
            count = export_rdf_file(graph.store, format, options.output)
            say(f"{count:,} statements in {options.output}")
        else:
            sys.stdout.flush()
            export_rdf(graph.store, format, sys.stdout.buffer)
    return 0
