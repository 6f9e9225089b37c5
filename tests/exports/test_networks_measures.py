"""Degree, betweenness and community of a network."""

from __future__ import annotations

import os
import subprocess
import sys

import networkx as nx
import pytest

from councilgraph.networks import Edge, Network, Node, measured, measures
from tests.conftest import ROOT


def made(*pairs: tuple[str, str, float], alone: str = "") -> Network:
    names = sorted({name for a, b, _ in pairs for name in (a, b)} | set(alone))
    edges = [Edge(f"{a}{b}{n}", a, b, weight=weight) for n, (a, b, weight) in enumerate(pairs)]
    return Network("test", "Test", tuple(Node(name, name) for name in names), tuple(edges))


def column(network: Network, name: str) -> dict[str, object]:
    return {node.id: node.values[name] for node in network.nodes}


def test_degree_counts_neighbours_and_weight_counts_evidence() -> None:
    found = measured(made(("a", "b", 2), ("a", "c", 3), ("a", "b", 1), ("c", "c", 5), alone="z"))
    assert column(found, "degree") == {"a": 2, "b": 1, "c": 1, "z": 0}
    assert column(found, "weighted-degree") == {"a": 6, "b": 3, "c": 13, "z": 0}


def test_betweenness_is_that_of_the_middle_of_a_star_and_follows_no_direction() -> None:
    found = column(measured(made(("m", "a", 1), ("b", "m", 9), ("m", "c", 1))), "betweenness")
    assert found == {"m": 1.0, "a": 0.0, "b": 0.0, "c": 0.0}


def test_parts_that_do_not_hang_together_are_numbered_by_size() -> None:
    found = measured(made(("x", "y", 1), ("a", "b", 1), ("b", "c", 1)))
    assert column(found, "component") == {"a": 1, "b": 1, "c": 1, "x": 2, "y": 2}
    communities = column(found, "community")
    assert communities["x"] == communities["y"] != communities["a"]


def test_two_circles_with_one_link_between_them_are_two_communities() -> None:
    circles = [(f"{side}{n}", f"{side}{m}", 1) for side in "pq" for n in range(4) for m in range(n)]
    found = column(measured(made(*circles, ("p0", "q0", 1))), "community")
    assert len({found[f"p{n}"] for n in range(4)}) == len({found[f"q{n}"] for n in range(4)}) == 1
    assert found["p0"] != found["q0"]


def test_a_network_without_links_and_an_empty_one_have_measures_too() -> None:
    assert column(measured(made(alone="ab")), "community") == {"a": 1, "b": 2}
    assert measured(made()).nodes == ()


def test_a_large_network_is_estimated_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    star = made(*(("m", f"n{n:02}", 1) for n in range(40)))
    assert any("exact" in note for note in measured(star).notes)
    monkeypatch.setattr(measures, "MOST_EXACT", 10)
    monkeypatch.setattr(measures, "PIVOTS", 8)
    found = measured(star)
    assert any("estimate" in note for note in found.notes)
    between = column(found, "betweenness")
    assert max(between, key=lambda name: float(str(between[name]))) == "m"
    assert found == measured(star), "the same nodes are followed each time"


def test_the_measures_are_the_same_in_every_process() -> None:
    """Sets of text come in another order each time Python starts; communities must not."""
    script = (
        "import networkx as nx\n"
        "from councilgraph.networks import *\n"
        "g = nx.karate_club_graph()\n"
        "nodes = tuple(Node(f'n{n:02}', str(n)) for n in g)\n"
        "edges = tuple(Edge(f'{a}-{b}', f'n{a:02}', f'n{b:02}') for a, b in g.edges)\n"
        "print([dict(node.values) for node in measured(Network('k', 'K', nodes, edges)).nodes])\n"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(answers) == 1
    assert nx.karate_club_graph().number_of_nodes() == answers.pop().count("'degree'")
