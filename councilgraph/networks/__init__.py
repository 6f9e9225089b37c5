"""Networks: what a stored view gives, as nodes and edges that Gephi, Cytoscape and networkx read.

A view is a stored CONSTRUCT query. `network` asks one and gives a `Network` of plain objects;
`measured` adds degree, betweenness and community; `write_file` puts it into a file. How the
triples of a view become nodes and edges is said in `councilgraph.networks.reading`, so that
anybody can write a view of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from councilgraph.errors import UsageError
from councilgraph.networks.measures import measured
from councilgraph.networks.model import Attribute, Edge, Network, Node
from councilgraph.networks.reading import read
from councilgraph.networks.writing import FORMATS, format_of, write, write_file

if TYPE_CHECKING:
    from councilgraph.api import Graph
    from councilgraph.catalogue import Query

__all__ = [
    "FORMATS", "Attribute", "Edge", "Network", "Node", "format_of", "measured", "network", "read",
    "views", "write", "write_file",
]  # fmt: skip


def views(graph: Graph) -> list[Query]:
    """The stored views that give a graph, in the order of their ids."""
    return [query for query in graph.catalogue.all("view") if query.form == "CONSTRUCT"]


def network(graph: Graph, name: str, parameters: Mapping[str, str] | None = None) -> Network:
    """The network of a stored view.

    Args:
        graph: an open store.
        name: id or name of the view ("V10", "partners-of-council").
        parameters: as a user types them: ``{"authority": "staffordshire"}``.

    Raises:
        UsageError: no such view or parameter, an unknown value, or the query gives a table.
    """
    query = graph.catalogue.get(name)
    if query.form != "CONSTRUCT":
        known = ", ".join(one.name for one in views(graph))
        raise UsageError(
            f"{query.id} {query.name} gives a table, not a network.",
            cure=f"Choose one of: {known}. For the table: councilgraph query {query.id}",
        )
    given = {key: value for key, value in (parameters or {}).items() if value.strip()}
    triples = graph.construct(name, **given).triples
    return read(
        triples, name=query.name, title=query.summary, question=query.question, why=query.why, asked=given
    )
