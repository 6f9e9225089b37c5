"""Networks as Cytoscape JSON, for Cytoscape desktop and cytoscape.js; written row by row.

JSON holds every text exactly as it is in the graph.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TextIO

from councilgraph.networks.about import about
from councilgraph.networks.model import Network
from councilgraph.notice import VERSION
from councilgraph.results.values import Value


def write(network: Network, out: TextIO) -> None:
    """Write it, one element a line."""
    told: dict[str, str] = {"name": network.title or network.name, "shared_name": network.name}
    notes = [f"{heading}: {text}" for heading, text in about(network)]
    head = {"format_version": "1.0", "generated_by": VERSION, "target_cytoscapejs_version": "~3.0"}
    out.write(json.dumps({**head, "data": {**told, "about": notes}}, ensure_ascii=False)[:-1])
    out.write(', "elements": {\n"nodes": [')
    for number, node in enumerate(network.nodes):
        data = {"id": node.id, "name": node.label, "label": node.label, "kind": node.kind}
        _element(out, number, {**_plain(node.values), **data})
    out.write('\n],\n"edges": [')
    for number, edge in enumerate(network.edges):
        ends = {"id": edge.id, "source": edge.source, "target": edge.target}
        said = {"name": edge.label, "interaction": edge.label}
        told_of = {"weight": edge.weight, "directed": edge.directed}
        _element(out, number, {**_plain(edge.values), **ends, **said, **told_of})
    out.write("\n]}}\n")


def _element(out: TextIO, number: int, data: dict[str, object]) -> None:
    out.write(("," if number else "") + "\n" + json.dumps({"data": data}, ensure_ascii=False))


def _plain(values: Mapping[str, Value]) -> dict[str, object]:
    return {name: _json(value) for name, value in values.items() if value is not None}


def _json(value: Value) -> object:
    if value is None or isinstance(value, (str, int)):
        return value
    number = float(value)
    # JSON has no NaN and no infinity; a reader in another language would refuse the whole file.
    return number if number - number == 0 else str(value)
