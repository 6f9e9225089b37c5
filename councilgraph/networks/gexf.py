"""Networks as GEXF 1.2, the form of Gephi; written row by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO

from lxml import etree

from councilgraph.networks.about import description
from councilgraph.networks.model import Attribute, Network
from councilgraph.notice import VERSION
from councilgraph.plain import label, xml_text
from councilgraph.results.values import Value, shown

# 1.2 and not 1.3: every Gephi of the last ten years opens it, and so does networkx.
NAMESPACE = "http://www.gexf.net/1.2draft"
_TYPES = {"integer": "long", "decimal": "double", "boolean": "boolean", "iri": "anyURI"}
_KIND = Attribute("kind", "string")


def write(network: Network, out: BinaryIO) -> None:
    """Write it. An edge says by itself whether it has a direction."""
    node_columns = _numbered((_KIND, *network.node_columns))
    edge_columns = _numbered(network.edge_columns)
    directed = bool(network.edges) and all(edge.directed for edge in network.edges)
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("gexf", nsmap={None: NAMESPACE}, version="1.2"):
            with file.element("meta"):
                for name, text in (
                    ("creator", VERSION),
                    ("keywords", network.name),
                    ("description", description(network)),
                ):
                    with file.element(name):
                        file.write(xml_text(text))
            kind = {"mode": "static", "defaultedgetype": "directed" if directed else "undirected"}
            with file.element("graph", kind):
                _declare(file, "node", node_columns)
                _declare(file, "edge", edge_columns)
                with file.element("nodes", count=str(len(network.nodes))):
                    for node in network.nodes:
                        with file.element("node", id=label(node.id), label=label(node.label)):
                            _values(file, node_columns, {**node.values, "kind": label(node.kind)})
                with file.element("edges", count=str(len(network.edges))):
                    for edge in network.edges:
                        given = {
                            "id": label(edge.id),
                            "source": label(edge.source),
                            "target": label(edge.target),
                            "label": label(edge.label),
                            "weight": str(float(edge.weight)),
                        }
                        if edge.directed != directed:
                            given["type"] = "directed" if edge.directed else "undirected"
                        with file.element("edge", given):
                            _values(file, edge_columns, edge.values)


def _numbered(columns: tuple[Attribute, ...]) -> dict[str, tuple[str, Attribute]]:
    return {column.name: (str(number), column) for number, column in enumerate(columns)}


def _declare(file: Any, domain: str, columns: Mapping[str, tuple[str, Attribute]]) -> None:
    if not columns:
        return
    with file.element("attributes", {"class": domain, "mode": "static"}):
        for number, column in columns.values():
            given = {"id": number, "title": label(column.name), "type": _TYPES.get(column.type, "string")}
            with file.element("attribute", given):
                pass


def _values(file: Any, columns: Mapping[str, tuple[str, Attribute]], values: Mapping[str, Value]) -> None:
    held = {name: value for name, value in values.items() if value is not None and value != ""}
    if not held:
        return
    with file.element("attvalues"):
        for name, (number, _) in columns.items():
            if name in held:
                with file.element("attvalue", {"for": number, "value": xml_text(shown(held[name]))}):
                    pass
