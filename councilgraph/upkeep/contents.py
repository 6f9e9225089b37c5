"""What a database and an index hold, against what they should."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence

from councilgraph.build.progress import Progress
from councilgraph.build.sources import Source
from councilgraph.errors import CouncilgraphError, InputError
from councilgraph.iris import DEF, IRIS
from councilgraph.search.index import usable
from councilgraph.store.embedded import EmbeddedStore

# Nothing is counted, grouped or sorted by the engine: a damaged block would keep it for ever.
_FINDINGS = f"""PREFIX cg: <{DEF}>
SELECT ?g ?finding WHERE {{
  GRAPH ?g {{
    ?finding a cg:Finding ; cg:passage ?passage ; cg:inAssessment ?assessment .
    ?assessment cg:assessedCouncil ?council .
  }}
}}"""


def database_damage(store: EmbeddedStore, sources: Sequence[Source], progress: Progress) -> Iterator[str]:
    """What is wrong with the contents of a database, as sentences.

    Every statement is read, so that a block that the engine finds damaged is met.

    Raises:
        InputError: its graphs have other names than ours.
    """
    try:
        graphs = {str(graph.value) for graph in store.graph.named_graphs() if hasattr(graph, "value")}
        if graphs and not any(graph.startswith(IRIS.graph("")) for graph in graphs):
            raise InputError(
                "None of the store's graphs is named as ours are.",
                where=store.place,
                cure="If it was built with another COUNCILGRAPH_BASE, set that variable.",
            )
        for source in sources:
            held = store.graph_ntriples(source.graph).count(b"\n")
            if held != source.triples:
                yield (
                    f"The database holds {held:,} statements of '{source.name}', "
                    f"the N-Quads file {source.triples:,}."
                )
            progress.advance()
        known = {source.graph for source in sources}
        for graph in sorted(graphs - known):
            yield f"The database holds a graph that no file is of: {graph}."
    except InputError:
        raise
    except (CouncilgraphError, OSError, RuntimeError) as error:
        yield f"The database cannot be read: {getattr(error, 'what', error)}"


def index_damage(store: EmbeddedStore) -> Iterator[str]:
    """What is wrong with the full-text index, as sentences."""
    path = os.path.join(store.build, "search.sqlite")
    if not usable(path):
        yield "The full-text index is not there, cannot be read or is of another version."
        return
    try:
        db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
        try:
            told = [str(row[0]) for row in db.execute("PRAGMA integrity_check(3)")]
            held = int(db.execute("SELECT COUNT(*) FROM place").fetchone()[0])
        finally:
            db.close()
    except sqlite3.DatabaseError as error:
        yield f"The full-text index cannot be read: {error}."
        return
    if told != ["ok"]:
        yield f"The full-text index is damaged: {told[0]}."
    try:
        _, rows = store.select(_FINDINGS)
        findings = len({(graph.value, finding.value) for graph, finding in rows})
    except (CouncilgraphError, OSError, RuntimeError):
        return  # the database is told by itself
    if findings != held:
        yield f"The full-text index holds {held:,} findings, the database {findings:,}."
