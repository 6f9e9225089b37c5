"""Networks as GraphML, for Gephi, Cytoscape, yEd and networkx; written row by row."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

from lxml import etree

from councilgraph.networks.about import description
from councilgraph.networks.model import Attribute, Network
from councilgraph.plain import label, xml_text
from councilgraph.results.values import Value, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_TYPES = {"integer": "long", "decimal": "double", "boolean": "boolean"}
_NODE_FIRST = (Attribute("label", "string"), Attribute("kind", "string"))
_EDGE_FIRST = (Attribute("label", "string"), Attribute("weight", "decimal"))


def write(network: Network, out: BinaryIO) -> None:
    """Write it. An edge says by itself whether it has a direction."""
    node_keys = _keys("n", (*_NODE_FIRST, *network.node_columns))
    edge_keys = _keys("e", (*_EDGE_FIRST, *network.edge_columns))
    directed = bool(network.edges) and all(edge.directed for edge in network.edges)
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("graphml", nsmap={None: NAMESPACE}):
            for keys, domain in ((node_keys, "node"), (edge_keys, "edge")):
                for name, (key, column) in keys.items():
                    _key(file, key, name, domain, column)
            default = "directed" if directed else "undirected"
            with file.element("graph", id=label(network.name), edgedefault=default):
                with file.element("desc"):
                    file.write(xml_text(description(network)))
                for node in network.nodes:
                    with file.element("node", id=label(node.id)):
                        first = {"label": label(node.label), "kind": label(node.kind)}
                        _data(file, node_keys, {**node.values, **first})
                for edge in network.edges:
                    ends = {"source": label(edge.source), "target": label(edge.target)}
                    if edge.directed != directed:
                        ends["directed"] = "true" if edge.directed else "false"
                    with file.element("edge", id=label(edge.id), **ends):
                        _data(
                            file,
                            edge_keys,
                            {**edge.values, "label": label(edge.label), "weight": Decimal(str(edge.weight))},
                        )


def _keys(letter: str, columns: tuple[Attribute, ...]) -> dict[str, tuple[str, Attribute]]:
    return {column.name: (f"{letter}{number}", column) for number, column in enumerate(columns)}


def _key(file: Any, key: str, name: str, domain: str, column: Attribute) -> None:
    attributes = {"attr.name": label(name), "attr.type": _TYPES.get(column.type, "string")}
    with file.element("key", {"id": key, "for": domain, **attributes}):
        pass


def _data(file: Any, keys: Mapping[str, tuple[str, Attribute]], values: Mapping[str, Value]) -> None:
    for name, (key, _) in keys.items():
        value = values.get(name)
        if value is not None and value != "":
            with file.element("data", key=key):
                file.write(xml_text(shown(value)))
