"""Networks as two tables, with the column names that Gephi and Cytoscape look for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from councilgraph.catalogue import Column
from councilgraph.networks.model import Attribute, Network
from councilgraph.plain import label
from councilgraph.results import Result
from councilgraph.results.values import Value

_NODES = (
    Column("Id", "iri", "the thing's address in the graph"),
    Column("Label", "string", "its name"),
    Column("Kind", "string", "what kind of thing it is"),
)
_EDGES = (
    Column("Source", "iri", "Id of the node where the link starts"),
    Column("Target", "iri", "Id of the node where it ends"),
    Column("Type", "string", "Directed or Undirected"),
    Column("Id", "iri", "the link's own key"),
    Column("Label", "string", "what the link says"),
    Column("Weight", "decimal", "how much evidence there is for it"),
)
HELP = {
    "degree": "how many other nodes it is linked to",
    "weighted-degree": "sum of the weights of its links",
    "betweenness": "share of the shortest paths between two others that lead through it, 0 to 1",
    "community": "number of the group that it is linked to most, 1 the largest",
    "component": "number of the part of the network that hangs together, 1 the largest",
    "strengths": "sentences that tell of a strength",
    "improvements": "sentences that tell of something to improve",
    "reviewed": "sentences that have been reviewed",
    "finding": "one of the sentences, as an example",
    "report": "landing page of the report",
}


def nodes(network: Network) -> Result:
    """One row a node."""
    rows = (
        (node.id, label(node.label), node.kind, *_row(network.node_columns, node.values))
        for node in network.nodes
    )
    return Result((*_NODES, *_columns(network.node_columns)), rows, f"{network.title}: nodes")


def edges(network: Network) -> Result:
    """One row a link."""
    rows = (
        (
            *(edge.source, edge.target, "Directed" if edge.directed else "Undirected", edge.id),
            *(label(edge.label), Decimal(str(edge.weight)), *_row(network.edge_columns, edge.values)),
        )
        for edge in network.edges
    )
    return Result((*_EDGES, *_columns(network.edge_columns)), rows, f"{network.title}: links")


def _columns(attributes: Iterable[Attribute]) -> list[Column]:
    return [Column(one.name, one.type, HELP.get(one.name, "")) for one in attributes]


def _row(attributes: Iterable[Attribute], values: Mapping[str, Value]) -> list[Value]:
    return [values.get(one.name) for one in attributes]
