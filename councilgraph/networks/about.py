"""What a network file says of itself: question, counts, notes, licence, version."""

from __future__ import annotations

from councilgraph.networks.model import Network
from councilgraph.notice import ATTRIBUTION, LICENCE, MACHINE_READ, VERSION


def about(network: Network) -> list[tuple[str, str]]:
    """Heading and text, in the order in which they are read."""
    asked = ", ".join(f"{name}={value}" for name, value in network.asked.items())
    facts = [
        ("title", network.title or network.name),
        ("question", network.question),
        ("asked with", asked or "no filter"),
        ("nodes", f"{len(network.nodes):,}"),
        ("links", f"{len(network.edges):,}"),
        *(("note", note) for note in network.notes),
        ("note", MACHINE_READ),
        ("attribution", ATTRIBUTION),
        ("licence", LICENCE),
        ("version", VERSION),
    ]
    return [(heading, text) for heading, text in facts if text]


def description(network: Network) -> str:
    """The same as one paragraph, for formats with one field for it."""
    return " ".join(
        f"{heading.capitalize()}: {text}{'' if text.endswith(('.', '?')) else '.'}"
        for heading, text in about(network)
    )
