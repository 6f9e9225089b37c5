"""Text that would do harm if a file took it for anything but text; nothing of it is from a report."""

from __future__ import annotations

from councilgraph.networks import Edge, Network, Node
from councilgraph.networks.model import Attribute

TEXTS = (
    "<script>alert(1)</script>",
    '"/><y:ShapeNode>&xxe;',
    "]]> <!ENTITY x SYSTEM 'file:///etc/passwd'>",
    '=HYPERLINK("http://127.0.0.1/","x")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(A1:A2)",
    "line one\nline two\ttab",
    "nul\x00 bell\x07 escape\x1b[31m",
    "next line\x85 and \ufffe \uffff",
    "turned \u202eround\u202c and \u2066isolated\u2069",
    "אבג דהו",
    "élan, “quoted”; a|b",
    "",
)


def network() -> Network:
    """One node for each text, all joined to the first; the text is label, kind and value."""
    nodes = tuple(
        Node(f"https://example.org/id/{n:02}", text, text, {"note": text, "count": n})
        for n, text in enumerate(TEXTS)
    )
    edges = tuple(
        Edge(f"https://example.org/edge/{n:02}", nodes[0].id, node.id, text, n + 0.5, values={"said": text})
        for n, (node, text) in enumerate(zip(nodes, TEXTS, strict=True))
        if n
    )
    return Network(
        name="hostile",
        title="<b>Hostile</b> =1+1",
        nodes=nodes,
        edges=edges,
        node_columns=(Attribute("count", "integer"), Attribute("note", "string")),
        edge_columns=(Attribute("said", "string"),),
        question="Does it stay text?",
        notes=("A note with <mark-up> & \x00 in it.",),
    )
