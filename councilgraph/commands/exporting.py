"""What each form of 'councilgraph export' does; every one says how much it wrote."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable

from councilgraph.api import open_graph
from councilgraph.errors import UsageError
from councilgraph.exits import EXIT_DONE, EXIT_FOUND
from councilgraph.store import is_address, location

Say = Callable[[str], None]


def export_rdf(options: argparse.Namespace, say: Say) -> int:
    """Every statement."""
    from councilgraph import export

    format = export.format_for(options.output, options.format)
    with open_graph(options.store) as graph:
        if options.output:
            count = export.export_rdf_file(graph.store, format, options.output)
            say(f"{count:,} statements in {options.output}")
        else:
            sys.stdout.flush()
            export.export_rdf(graph.store, format, sys.stdout.buffer)
    return EXIT_DONE


def export_network(options: argparse.Namespace, say: Say) -> int:
    """The network of a stored view."""
    from councilgraph import networks

    with open_graph(options.store) as graph:
        if options.view is None:
            for query in networks.views(graph):
                listed = [f"{p.name}={'...' if p.default is None else p.default}" for p in query.parameters]
                print(f"{query.id}  {query.name}  {query.summary}\n     {' '.join(listed)}")
            return EXIT_DONE
        format = networks.format_of(options.output, options.format)
        if format == "csv" and not options.output:
            raise UsageError("csv is a folder of two tables.", cure="Give the folder with -o.")
        given = _pairs(options.parameters)
        if not given.get("authority", "").strip():
            # A view of all councils looks up so much that reading the store into memory first
            # takes half the time; that of one council answers from disk at once.
            from councilgraph.store.memory import quick

            graph.store = quick(graph.store)
        network = networks.network(graph, options.view, given)
    if not options.no_measures:
        network = networks.measured(network)
    if options.output:
        networks.write_file(network, format, options.output)
    else:
        sys.stdout.flush()
        networks.write(network, format, sys.stdout.buffer)
    where = f" in {options.output}" if options.output else ""
    say(f"{len(network.nodes):,} nodes and {len(network.edges):,} links{where}")
    for note in network.notes[1:]:  # the first is the view's own description
        say(note)
    return EXIT_DONE


def export_tables(options: argparse.Namespace, say: Say) -> int:
    """All tables, or those that were named."""
    from councilgraph import workbook

    ending = os.path.splitext(options.output.rstrip("/\\"))[1].casefold()
    format = options.format or {".xlsx": "xlsx", "": "csv"}.get(ending, "")
    if format not in ("xlsx", "csv"):
        raise UsageError(
            f"The tables cannot be written as '{options.format or ending}'.",
            cure="Give a file that ends in .xlsx, a folder for CSV, or --format xlsx or csv.",
        )
    write = workbook.write_book_file if format == "xlsx" else workbook.write_folder
    with open_graph(options.store) as graph:
        counts = write(workbook.sheets(graph, options.tables), workbook.about(graph), options.output)
    for name, count in counts.items():
        say(f"{name}: {count:,} rows")
    say(f"{sum(counts.values()):,} rows of {len(counts)} tables in {options.output}")
    return EXIT_DONE


def export_picture(options: argparse.Namespace, say: Say) -> int:
    """One picture."""
    from councilgraph import pictures

    if options.name is None:
        for kind in pictures.PICTURES.values():
            print(f"{kind.name}  {kind.title}\n     {' '.join(f'{one.name}=...' for one in kind.settings)}")
        return EXIT_DONE
    with open_graph(options.store) as graph:
        picture = pictures.draw(graph, options.name, _pairs(options.parameters))
    if options.output:
        pictures.write_file(picture, options.output, options.format)
        say(f"{picture.title} in {options.output}; its table has {len(picture.table.rows):,} rows")
    else:
        sys.stdout.flush()
        pictures.write(picture, options.format or "svg", sys.stdout.buffer)
    return EXIT_DONE


def export_site(options: argparse.Namespace, say: Say) -> int:
    """The pages of the explorer."""
    from councilgraph.commands.building import terminal_progress
    from councilgraph.site import write_site

    place = location(options.store)
    if is_address(place):
        raise UsageError(
            "A site is written from a store in a folder, not from an endpoint.",
            where=place,
            cure="Build the store here, and name its folder with --store.",
        )
    site = write_site(
        place,
        options.folder,
        base=options.base,
        previous=options.previous,
        progress=terminal_progress(False),
    )
    say(f"{sum(site.pages.values()):,} pages, {site.files:,} files and {site.size:,} bytes in {site.folder}")
    for one in site.broken:
        say(f"leads nowhere: {one}")
    return EXIT_FOUND if site.broken else EXIT_DONE


def _pairs(texts: Iterable[str]) -> dict[str, str]:
    """Parameters from name=value.

    Raises:
        UsageError: a text has no name or no equals sign, or a name is given twice.
    """
    given: dict[str, str] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise UsageError(
                f"'{text}' is no parameter.", cure="Write name=value, as in authority=staffordshire."
            )
        if name in given:
            raise UsageError(f"'{name}' is given twice.", cure="Give each parameter once.")
        given[name] = value
    return given
