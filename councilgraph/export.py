"""The whole graph as RDF files."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import IO, Any, cast

import pyoxigraph

from councilgraph.outfile import chosen_format, whole_file
from councilgraph.terms import PREFIXES

FORMATS = {
    "turtle": (pyoxigraph.RdfFormat.TURTLE, ".ttl"),
    "trig": (pyoxigraph.RdfFormat.TRIG, ".trig"),
    "nquads": (pyoxigraph.RdfFormat.N_QUADS, ".nq"),
    "ntriples": (pyoxigraph.RdfFormat.N_TRIPLES, ".nt"),
    "jsonld": (pyoxigraph.RdfFormat.JSON_LD, ".jsonld"),
}


def format_for(path: str | None, asked: str | None) -> str:
    """The format that was asked for, else that of the file's ending, else N-Quads.

    Raises:
        UsageError: there is no such format, or the ending says nothing.
    """
    return chosen_format(
        {name: (ending,) for name, (_, ending) in FORMATS.items()},
        path.removesuffix(".gz") if path else None,
        asked,
        what="RDF",
        otherwise="nquads",
        cure=f"Add --format, or end the name in {', '.join(e for _, e in FORMATS.values())}.",
    )


def export_rdf(store: Any, format: str, out: IO[bytes]) -> int:
    """Write every statement of the store; the number written.

    Formats that know no graphs (Turtle, N-Triples) get the union of all.
    """
    rdf, _ = FORMATS[format]
    count = 0

    def statements() -> Iterator[Any]:
        nonlocal count
        for quad in store.quads():
            count += 1
            yield quad if rdf.supports_datasets else quad.triple

    pyoxigraph.serialize(statements(), out, rdf, prefixes=_prefixes(format))
    return count


def export_rdf_file(store: Any, format: str, path: str) -> int:
    """As ``export_rdf``, into a file that is there whole or not at all; ``.gz`` is packed.

    Raises:
        InputError: the file cannot be written.
    """
    with whole_file(path) as file:
        if not path.endswith(".gz"):
            return export_rdf(store, format, file)
        # Neither name nor time in the packed file: the same graph, the same bytes.
        with gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed:
            return export_rdf(store, format, cast("IO[bytes]", packed))


def _prefixes(format: str) -> dict[str, str] | None:
    return dict(PREFIXES) if format in ("turtle", "trig", "jsonld") else None
