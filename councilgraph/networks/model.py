"""A network before it has a form: nodes, edges and the columns that they carry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from councilgraph.results.values import Value


@dataclass(frozen=True, slots=True)
class Attribute:
    """A column of nodes or edges: its name and the type of its values.

    ``type`` is "string", "integer", "decimal", "boolean" or "iri".
    """

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Node:
    """A thing of the network: its IRI, its label, what kind of thing it is, and what else is known."""

    id: str
    label: str
    kind: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """A link between two nodes.

    ``weight`` is how much evidence there is for it (most views count sentences), and at least
    above 0. An edge without direction has source and target all the same: files need an order.
    """

    id: str
    source: str
    target: str
    label: str = ""
    weight: int | float = 1
    directed: bool = False
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes and edges with their columns, and what a reader of the file must be told.

    ``notes`` are sentences: what was left out, how a measure was worked out. ``asked`` holds
    the parameters as they were given. Nodes and edges are sorted by their ids, so that the
    same graph gives the same file.
    """

    name: str
    title: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    node_columns: tuple[Attribute, ...] = ()
    edge_columns: tuple[Attribute, ...] = ()
    question: str = ""
    asked: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    def with_notes(self, *notes: str) -> Network:
        """The same network with more notes."""
        return replace(self, notes=(*self.notes, *notes))
