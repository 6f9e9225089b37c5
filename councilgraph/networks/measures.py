"""Degree, betweenness and community of each node, by networkx.

All are worked out on the network without directions: a report names a body, and along such
links alone no path would lead from one council to another. Links of the same two nodes are
taken together. Distances are counted in links, whatever their weight, because a weight here
says how much evidence there is and not how far two things are apart; communities use the weight.
"""

from __future__ import annotations

from dataclasses import replace

import networkx as nx

from councilgraph.networks.model import Attribute, Network, Node

# Exact betweenness takes nodes times links: above this it is estimated from some of the nodes.
MOST_EXACT = 1_000
PIVOTS = 250
SEED = 1
_COLUMNS = (
    Attribute("degree", "integer"),
    Attribute("weighted-degree", "decimal"),
    Attribute("betweenness", "decimal"),
    Attribute("community", "integer"),
    Attribute("component", "integer"),
)


def measured(network: Network) -> Network:
    """The network with these columns on each node; notes say how they were worked out.

    ``degree``: how many other nodes it is linked to. ``weighted-degree``: the sum of the weights.
    ``betweenness``: the share of shortest paths between two others that lead through it, 0 to 1.
    ``community``: the group that it is linked to most (Louvain), 1 the largest. ``component``:
    the part of the network that hangs together, 1 the largest.
    """
    order = {node.id: number for number, node in enumerate(network.nodes)}
    # Numbers instead of IRIs: sets of text come in another order each time Python starts.
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(len(order)))
    sums = [0.0] * len(order)
    for edge in network.edges:
        one, other = order[edge.source], order[edge.target]
        sums[one] += edge.weight
        sums[other] += edge.weight
        if one != other:
            held = graph.get_edge_data(one, other, {"weight": 0})["weight"]
            graph.add_edge(one, other, weight=held + edge.weight)
    between, note = _betweenness(graph)
    community = _numbered(_communities(graph))
    component = _numbered(nx.connected_components(graph))
    nodes = []
    for number, node in enumerate(network.nodes):
        values = {
            **node.values,
            "degree": graph.degree[number],
            "weighted-degree": _number(sums[number]),
            "betweenness": round(between[number], 6),
            "community": community[number],
            "component": component[number],
        }
        nodes.append(Node(node.id, node.label, node.kind, values))
    own = {column.name for column in _COLUMNS}
    kept = tuple(column for column in network.node_columns if column.name not in own)
    made = replace(network, nodes=tuple(nodes), node_columns=(*kept, *_COLUMNS))
    return made.with_notes(note) if network.nodes else made


def _number(value: float) -> int | float:
    return int(value) if value.is_integer() else round(value, 6)


def _betweenness(graph: nx.Graph[int]) -> tuple[dict[int, float], str]:
    size = graph.number_of_nodes()
    if size <= MOST_EXACT:
        exact = nx.betweenness_centrality(graph)
        return exact, "Betweenness is exact, over shortest paths counted in links."
    estimate = nx.betweenness_centrality(graph, k=PIVOTS, seed=SEED)
    return estimate, (
        f"Betweenness is an estimate: of {size:,} nodes the shortest paths from {PIVOTS} were followed, "
        "the same ones each time."
    )


def _communities(graph: nx.Graph[int]) -> list[set[int]]:
    if not graph.number_of_edges():
        return [{node} for node in graph]
    return [set(one) for one in nx.community.louvain_communities(graph, weight="weight", seed=SEED)]


def _numbered(groups: object) -> dict[int, int]:
    """Group number by node: the largest group is 1, of equal ones that with the first node."""
    ranked = sorted((sorted(one) for one in groups), key=lambda one: (-len(one), one[0]))  # type: ignore[attr-defined]
    return {node: number for number, group in enumerate(ranked, 1) for node in group}
