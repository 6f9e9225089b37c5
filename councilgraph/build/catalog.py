"""The graph that describes the graph: sources, versions, prefixes, stored queries."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

from councilgraph import resources
from councilgraph.build.fixed import Validate, must_conform
from councilgraph.build.sources import Made, Source, SourceFolder, file_digest, key_of
from councilgraph.catalogue import Catalogue
from councilgraph.version import __version__
from councilgraph.writing.catalog import write_catalog
from loaders.described import described


def queries_digest() -> str:
    """Digest of the stored queries and the version: nothing else is made from them."""
    paths = Catalogue(resources.path("queries")).paths()
    return key_of(__version__, *(f"{os.path.basename(path)} {file_digest(path)}" for path in paths))


def catalog_source(folder: SourceFolder, sources: Sequence[Source], made: Made, validate: Validate) -> Source:
    """The catalogue over these ``sources``.

    Raises:
        QueryError: two stored queries use one prefix for two namespaces. ValidationError: a
        source or a query lacks what the shapes ask for.
    """
    triples = sum(source.triples for source in sources)
    made = replace(made, rest=key_of(queries_digest(), str(triples)))
    if kept := folder.kept("catalog", made):
        return kept
    queries = list(Catalogue(resources.path("queries")))
    return must_conform(folder.write("catalog", made, write_catalog(described(), queries, triples), validate))
