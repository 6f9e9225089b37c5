"""Every network file is read back with a reader of its own, hostile text included."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest
from csvw import CSVW

from councilgraph.errors import UsageError
from councilgraph.networks import Edge, Network, Node, format_of, measured, write, write_file
from councilgraph.plain import label, xml_text
from tests.exports.hostile import TEXTS, network

DIRECTIONS = set("\u202e\u202c\u2066\u2069")


def written(made: Network, format: str) -> bytes:
    out = io.BytesIO()
    write(made, format, out)
    return out.getvalue()


def test_graphml_is_what_networkx_reads() -> None:
    made = measured(network())
    read = nx.read_graphml(io.BytesIO(written(made, "graphml")))
    assert not read.is_directed()
    assert set(read) == {node.id for node in made.nodes}
    for node in made.nodes:
        held = read.nodes[node.id]
        assert held.get("label", "") == label(node.label)
        assert held.get("note", "") == xml_text(str(node.values["note"]))
        assert held["degree"] == node.values["degree"]
        assert held["betweenness"] == node.values["betweenness"]
    for edge in made.edges:
        held = read.edges[edge.source, edge.target]
        assert held["weight"] == edge.weight
        assert held.get("said", "") == xml_text(str(edge.values["said"]))


def test_gexf_is_what_networkx_reads() -> None:
    made = measured(network())
    read = nx.read_gexf(io.BytesIO(written(made, "gexf")))
    assert not read.is_directed()
    assert set(read) == {node.id for node in made.nodes}
    for node in made.nodes:
        held = read.nodes[node.id]
        assert held["label"] == label(node.label)
        assert held["community"] == node.values["community"]
    for edge in made.edges:
        held = read.edges[edge.source, edge.target]
        assert held["weight"] == edge.weight
        assert held["id"] == edge.id


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_nothing_of_a_report_becomes_an_element(format: str) -> None:
    data = written(network(), format)
    names = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(data).iter()}
    assert names <= {
        "graphml", "key", "graph", "desc", "node", "edge", "data", "gexf", "meta", "creator", "keywords",
        "description", "attributes", "attribute", "nodes", "edges", "attvalues", "attvalue",
    }  # fmt: skip
    text = data.decode()
    assert "<!DOCTYPE" not in text.replace("&lt;", "")
    assert not DIRECTIONS & set(text)
    assert "<script" not in text


def test_cytoscape_json_holds_every_text_exactly() -> None:
    made = measured(network())
    read = json.loads(written(made, "cytoscape"))
    nodes = [element["data"] for element in read["elements"]["nodes"]]
    assert [node["label"] for node in nodes] == list(TEXTS)
    assert [node["id"] for node in nodes] == [node.id for node in made.nodes]
    edges = [element["data"] for element in read["elements"]["edges"]]
    assert {(edge["source"], edge["target"], edge["weight"]) for edge in edges} == {
        (edge.source, edge.target, edge.weight) for edge in made.edges
    }
    # networkx reads this form too, where each node has a value.
    for node in nodes:
        node["value"] = node["id"]
    again = nx.cytoscape_graph({**read, "directed": False, "multigraph": False, "data": []})
    assert again.number_of_edges() == len(edges)


def test_csv_has_the_columns_that_gephi_looks_for_and_runs_no_formula(tmp_path: Path) -> None:
    made = measured(network())
    write_file(made, "csv", str(tmp_path / "net"))
    with (tmp_path / "net" / "nodes.csv").open(encoding="utf-8", newline="") as file:
        nodes = list(csv.DictReader(file))
    with (tmp_path / "net" / "edges.csv").open(encoding="utf-8", newline="") as file:
        edges = list(csv.DictReader(file))
    assert list(nodes[0])[:3] == ["Id", "Label", "Kind"]
    assert list(edges[0])[:6] == ["Source", "Target", "Type", "Id", "Label", "Weight"]
    assert {edge["Type"] for edge in edges} == {"Undirected"}
    assert len(nodes) == len(made.nodes)
    assert len(edges) == len(made.edges)
    for row in (*nodes, *edges):
        assert not any(str(value).startswith(("=", "+", "@")) for value in row.values())


def test_csv_metadata_describes_every_column(tmp_path: Path) -> None:
    made = measured(network())
    write_file(made, "csv", str(tmp_path / "net"))
    read = CSVW(str(tmp_path / "net" / "csv-metadata.json"), validate=True)
    assert read.is_valid, [str(warning) for warning in getattr(read, "warnings", [])]
    degrees = {
        row["Id"].unsplit(): row["degree"]
        for table in read.tables
        if table.local_name == "nodes.csv"
        for row in table
    }
    assert degrees == {node.id: node.values["degree"] for node in made.nodes}


def test_every_format_states_counts_licence_and_version() -> None:
    for format in ("graphml", "gexf", "cytoscape"):
        text = written(network(), format).decode()
        assert "creativecommons.org/licenses/by/4.0" in text
        assert "councilgraph 0." in text
        assert f"odes: {len(TEXTS)}" in text


def test_a_direction_is_kept_beside_links_without_one() -> None:
    nodes = tuple(Node(f"https://example.org/{n}", n) for n in "abc")
    ids = [node.id for node in nodes]
    both = Network(
        "both", "Both", nodes, (Edge("1", ids[0], ids[1], directed=True), Edge("2", ids[1], ids[2]))
    )
    assert b'directed="true"' in written(both, "graphml")
    assert b'type="directed"' in written(both, "gexf")
    one_way = Network("one", "One", nodes, (Edge("1", ids[0], ids[1], directed=True),))
    assert nx.read_graphml(io.BytesIO(written(one_way, "graphml"))).is_directed()
    assert nx.read_gexf(io.BytesIO(written(one_way, "gexf"))).is_directed()


@pytest.mark.parametrize("format", ["graphml", "gexf", "cytoscape"])
def test_an_empty_network_is_a_whole_file(format: str, tmp_path: Path) -> None:
    path = tmp_path / "empty"
    write_file(Network("none", "None", (), ()), format, str(path))
    data = path.read_bytes()
    if format == "cytoscape":
        assert json.loads(data)["elements"] == {"nodes": [], "edges": []}
    else:
        reader = nx.read_graphml if format == "graphml" else nx.read_gexf
        assert reader(io.BytesIO(data)).number_of_nodes() == 0


def test_the_same_network_gives_the_same_bytes() -> None:
    for format in ("graphml", "gexf", "cytoscape"):
        assert written(measured(network()), format) == written(measured(network()), format)


def test_the_ending_chooses_the_format() -> None:
    paths = ("a.graphml", "a.GEXF", "a.cyjs", "a.json", "folder/", None)
    formats = ["graphml", "gexf", "cytoscape", "cytoscape", "csv", "graphml"]
    assert [format_of(path, None) for path in paths] == formats
    assert format_of("a.gexf", "graphml") == "graphml"
    with pytest.raises(UsageError, match="no network format"):
        format_of("a.xlsx", None)
    with pytest.raises(UsageError, match="no network format 'pajek'"):
        format_of("a.net", "pajek")
    with pytest.raises(UsageError, match="one file"):
        write(network(), "csv", io.BytesIO())
