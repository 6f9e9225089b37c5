"""Networks into files: the formats, their endings, and files that are there whole or not at all."""

from __future__ import annotations

import io
from typing import BinaryIO

from councilgraph.errors import UsageError
from councilgraph.networks.model import Network
from councilgraph.outfile import chosen_format, whole_file

# Format, ending and what opens it. "csv" is a folder: a network needs two tables.
FORMATS = {"graphml": ".graphml", "gexf": ".gexf", "cytoscape": ".cyjs", "csv": ""}


def format_of(path: str | None, asked: str | None) -> str:
    """The format that was asked for, else that of the file's ending; no file: GraphML.

    Raises:
        UsageError: there is no such format, or the ending says nothing.
    """
    return chosen_format(
        {**{name: (ending,) for name, ending in FORMATS.items()}, "cytoscape": (".cyjs", ".json")},
        path,
        asked,
        what="network",
        otherwise="graphml",
        cure="End it in .graphml, .gexf or .cyjs, give a folder for CSV, or add --format.",
    )


def write(network: Network, format: str, out: BinaryIO) -> None:
    """Write the network in one of the formats that are one file.

    Raises:
        UsageError: ``csv``, which is a folder of two tables, or no format at all.
    """
    if format == "graphml":
        from councilgraph.networks import graphml

        graphml.write(network, out)
    elif format == "gexf":
        from councilgraph.networks import gexf

        gexf.write(network, out)
    elif format == "cytoscape":
        from councilgraph.networks import cytoscape

        text = io.TextIOWrapper(out, encoding="utf-8", newline="")
        try:
            cytoscape.write(network, text)
            text.flush()
        finally:
            # Detached, or closing the wrapper would close the caller's standard output.
            text.detach()
    else:
        raise UsageError(
            f"'{format}' cannot be written to one file.",
            cure=f"Choose one of: {', '.join(n for n in FORMATS if n != 'csv')}, or give a folder with -o.",
        )


def write_file(network: Network, format: str, path: str) -> None:
    """As ``write``, into a file, or for ``csv`` into a folder with nodes.csv and edges.csv.

    Raises:
        InputError: it cannot be written. UsageError: the folder holds other things.
    """
    if format == "csv":
        from councilgraph.networks import tables
        from councilgraph.networks.about import about
        from councilgraph.workbook import Sheet, write_folder

        sheets = [
            Sheet("nodes", "Nodes", tables.nodes(network)),
            Sheet("edges", "Links", tables.edges(network)),
        ]
        write_folder(sheets, about(network), path)
        return
    with whole_file(path) as out:
        write(network, format, out)
