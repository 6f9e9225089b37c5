"""Write the graph, or a part of it, to files that other programs open.

rdf: every statement, as Turtle, TriG, N-Quads, N-Triples or JSON-LD; a name that ends in
  .gz is packed.
network: a stored view as GraphML, GEXF (Gephi), Cytoscape JSON, or a folder with a table of
  nodes and one of links. Without a view it lists them.
tables: all tables as one workbook (.xlsx), or as a folder of CSV files with their metadata.
picture: one question as SVG, PNG or a page of its own. Without a name it lists them.
site: the pages of the explorer as files, for any web server.

'councilgraph export network --help' says more of one of them.
"""

from __future__ import annotations

import argparse

from councilgraph.commands.options import add_store, say

EXAMPLE = "councilgraph export network partners-of-council authority=staffordshire -o partners.gexf"

_RDF = "rdf", "every statement of the graph", "councilgraph export rdf -o councilgraph.trig.gz"
_NETWORK = "network", "a network of a stored view, for Gephi, Cytoscape or networkx", EXAMPLE
_TABLES = "tables", "all tables as a workbook or as CSV files", "councilgraph export tables -o tables.xlsx"
_PICTURE = (
    "picture",
    "a picture of one question",
    "councilgraph export picture heat-map region=west-midlands -o scores.png",
)
_SITE = "site", "the pages of the explorer as files", "councilgraph export site public"


def configure(parser: argparse.ArgumentParser) -> None:
    """The command's options, one set for each form of export."""
    forms = parser.add_subparsers(dest="what", metavar="FORM", required=True, parser_class=type(parser))
    rdf = _form(forms, *_RDF)
    rdf.add_argument("--format", metavar="F", help="turtle, trig, nquads, ntriples, jsonld (default: by -o)")
    _output(rdf, "FILE", "write to this file, not to standard output")

    network = _form(forms, *_NETWORK)
    network.add_argument(
        "view", nargs="?", metavar="VIEW", help="name or id; without one the views are listed"
    )
    network.add_argument("parameters", nargs="*", metavar="key=value", help="the view's parameters")
    network.add_argument("--format", metavar="F", help="graphml, gexf, cytoscape, csv (default: by -o)")
    network.add_argument(
        "--no-measures", action="store_true", help="leave out degree, betweenness and community"
    )
    _output(network, "FILE", "write to this file; for csv a folder")

    tables = _form(forms, *_TABLES)
    tables.add_argument("tables", nargs="*", metavar="TABLE", help="only these tables (default: all)")
    tables.add_argument("--format", metavar="F", help="xlsx or csv (default: by -o)")
    _output(tables, "FILE-or-DIR", "the workbook, or for csv the folder", required=True)

    picture = _form(forms, *_PICTURE)
    picture.add_argument("name", nargs="?", metavar="NAME", help="without one the pictures are listed")
    picture.add_argument("parameters", nargs="*", metavar="key=value", help="the picture's choices")
    picture.add_argument("--format", metavar="F", help="svg, png, html (default: by -o, else svg)")
    _output(picture, "FILE", "write to this file, not to standard output")

    site = _form(forms, *_SITE)
    site.add_argument("folder", metavar="DIR", help="where the site is written")
    site.add_argument(
        "--base", default="", metavar="URL", help="the address of the site, for its sitemap.xml and its feed"
    )
    site.add_argument(
        "--previous", default="", metavar="OLD", help="an earlier build or release: pages of what changed"
    )


def run(options: argparse.Namespace) -> int:
    """Export."""
    from councilgraph.commands import exporting

    code: int = getattr(exporting, f"export_{options.what}")(options, say)
    return code


def _form(forms: argparse._SubParsersAction, name: str, help: str, example: str) -> argparse.ArgumentParser:  # type: ignore[type-arg]
    form: argparse.ArgumentParser = forms.add_parser(
        name,
        help=help,
        description=f"Write {help}.",
        epilog=f"Example: {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add_store(form)
    return form


def _output(form: argparse.ArgumentParser, metavar: str, help: str, *, required: bool = False) -> None:
    form.add_argument("-o", "--output", metavar=metavar, help=help, required=required)
