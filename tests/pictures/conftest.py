"""What the tests of the pictures share: the mini graph as an open graph, and invented councils."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from lxml import etree

from councilgraph.api import Graph
from councilgraph.pictures import Picture
from councilgraph.statements import STATEMENTS
from councilgraph.store.embedded import OxigraphReader
from tests.queries.answers import mini_graph

SVG = "{http://www.w3.org/2000/svg}"
IRI = "https://w3id.org/councilgraph/id/"
HOSTILE = (
    "<script>alert(1)</script>",
    "\" onload=\"alert(1)' style='x",
    "]]> &lt;b&gt; <!-- <?php",
    '=HYPERLINK("http://example.invalid")',
    "Abc\u202eevil\u2066\u200f\x00\x08\x1b[31m\ud800\ufffe\r\n\tEnd",
    "https://example.invalid/{{ 7*7 }}",
)


@pytest.fixture(scope="session")
def graph() -> Graph:
    """The mini graph of the stored queries, open for reading."""
    return Graph(OxigraphReader(mini_graph(), "mini"))


def parsed(picture: Picture) -> Any:
    """The drawing as a tree; a reader of its own proves that it is well formed."""
    return etree.fromstring(picture.svg.encode())


def texts(picture: Picture) -> list[str]:
    """Every text that is drawn, in order."""
    return ["".join(one.itertext()) for one in parsed(picture).iter(SVG + "text")]


def drawn(picture: Picture, tag: str) -> list[Any]:
    """Every element of that name, in order."""
    return list(parsed(picture).iter(SVG + tag))


def assessment(number: int, **values: object) -> dict[str, Any]:
    """A row of scores-of-councils for an invented council."""
    row: dict[str, Any] = {
        "authority": f"Council {number:03}",
        "authority-iri": f"{IRI}council/C{number:03}",
        "code": f"C{number:03}",
        "short-name": f"Place {number:03}",
        "gss": f"E{number:08}",
        "region": f"Region {number % 9}",
        "type": "County council",
        "published": f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}",
        "status": "formal",
        "rating": "Good",
        "percentage": 67,
        "report": "https://example.org/report",
        **dict.fromkeys(STATEMENTS, 3),
    }
    return {**row, **values}


class Invented:
    """A graph that answers stored queries with given rows, and labels with what was typed."""

    def __init__(self, **answers: list[dict[str, Any]]) -> None:
        self.answers = {name.replace("_", "-"): rows for name, rows in answers.items()}
        self.store = self

    def records(self, name: str, **parameters: object) -> list[dict[str, Any]]:
        """The rows that were given for that query, none for another."""
        return self.answers.get(name, [])

    def select(self, sparql: str) -> tuple[list[str], Iterator[Any]]:
        """The one council that can be chosen."""
        import pyoxigraph as ox

        iri, name = ox.NamedNode(f"{IRI}council/C001"), ox.Literal("Council 001")
        found = [(iri, name, name)]
        return ["thing", "label", "name"], iter(found)
