"""``councilgraph export`` as people type it; every file is read back."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import networkx as nx
import openpyxl
import pytest
import rdflib

import councilgraph
from councilgraph import networks
from councilgraph.errors import UsageError
from tests.conftest import Run

FORMS = ("rdf", "network", "tables", "picture", "site")


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("all.ttl", "turtle"),
        ("all.trig", "trig"),
        ("all.nq", "nquads"),
        ("all.nt", "nt"),
        ("all.jsonld", "json-ld"),
    ],
)
def test_rdf_is_what_rdflib_reads(run: Run, store: Path, tmp_path: Path, name: str, form: str) -> None:
    done = run("export", "rdf", "--store", store, "-o", tmp_path / f"{name}.gz")
    assert done.returncode == 0, done.stderr
    with councilgraph.open(store) as graph:
        quads = list(graph.store.quads())
    assert f"{len(quads):,} statements" in done.stderr
    read = rdflib.Dataset(default_union=True)
    read.parse(data=gzip.decompress((tmp_path / f"{name}.gz").read_bytes()), format=form)
    triples = {(quad.subject, quad.predicate, quad.object) for quad in quads}
    found = {triple for graph in read.graphs() for triple in graph}
    assert len(found) == len(triples)


@pytest.mark.parametrize("ending", ["graphml", "gexf", "cyjs"])
def test_a_network_is_what_its_readers_read(run: Run, store: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"partners.{ending}"
    done = run("export", "network", "partners-of-council", "--store", store, "-o", path)
    assert done.returncode == 0, done.stderr
    with councilgraph.open(store) as graph:
        made = networks.network(graph, "V10")
    assert made.edges, "the invented reports name partners"
    assert f"{len(made.nodes):,} nodes and {len(made.edges):,} links" in done.stderr
    if ending == "cyjs":
        elements = json.loads(path.read_text("utf-8"))["elements"]
        assert (len(elements["nodes"]), len(elements["edges"])) == (len(made.nodes), len(made.edges))
        return
    read = nx.read_gexf(path) if ending == "gexf" else nx.read_graphml(path)
    assert set(read) == {node.id for node in made.nodes}
    assert {frozenset(pair) for pair in read.edges()} == {frozenset((e.source, e.target)) for e in made.edges}


@pytest.mark.parametrize(
    "view",
    [
        "partners-of-council", "shared-partners", "councils-to-themes", "formal-arrangements",
        "citations-of-law", "council-context",
    ],
)  # fmt: skip
def test_every_view_is_a_network_with_labels_and_kinds(store: Path, view: str) -> None:
    given = {"shared-partners": {"councils": "1"}}.get(view, {})
    with councilgraph.open(store) as graph:
        if view == "council-context":
            given = {"authority": str(graph.query("Q01").records()[0]["gss"])}
        made = networks.network(graph, view, given)
        assert view in {query.name for query in networks.views(graph)}
    ids = {node.id for node in made.nodes}
    assert made.edges
    for edge in made.edges:
        assert {edge.source, edge.target} <= ids
        assert edge.weight > 0
        assert edge.label
    for node in made.nodes:
        assert node.kind or view == "council-context", "that view is older and types no areas"
        assert not node.label.startswith("http"), node


def test_a_network_of_nothing_is_an_empty_file_and_says_so(run: Run, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "none.graphml"
    done = run("export", "network", "citations-of-law", "since=2199", "--store", store, "-o", path)
    assert done.returncode == 0, done.stderr
    assert "0 nodes and 0 links" in done.stderr
    assert nx.read_graphml(path).number_of_nodes() == 0


def test_a_network_without_measures_and_to_a_pipe(run: Run, store: Path) -> None:
    done = run("export", "network", "V12", "--store", store, "--no-measures", "--format", "gexf")
    assert done.returncode == 0, done.stderr
    read = nx.read_gexf(io.BytesIO(done.stdout.encode()))
    assert read.number_of_edges() > 0
    assert "betweenness" not in done.stdout


def test_a_network_as_csv_is_a_folder(run: Run, store: Path, tmp_path: Path) -> None:
    done = run("export", "network", "V12", "--store", store, "-o", tmp_path / "themes")
    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "themes").iterdir()} == {
        "nodes.csv", "edges.csv", "csv-metadata.json", "about.txt",
    }  # fmt: skip


def test_views_are_listed_with_their_parameters(run: Run, store: Path) -> None:
    done = run("export", "network", "--store", store)
    assert done.returncode == 0, done.stderr
    assert "V10  partners-of-council" in done.stdout
    assert "authority=..." in done.stdout


def test_a_query_that_gives_a_table_is_no_network(store: Path) -> None:
    with councilgraph.open(store) as graph, pytest.raises(UsageError, match="gives a table") as caught:
        networks.network(graph, "Q01")
    assert "partners-of-council" in caught.value.cure


def test_tables_as_a_workbook_and_as_a_folder(run: Run, store: Path, tmp_path: Path) -> None:
    done = run("export", "tables", "scores", "councils", "--store", store, "-o", tmp_path / "t.xlsx")
    assert done.returncode == 0, done.stderr
    read = openpyxl.load_workbook(tmp_path / "t.xlsx")
    assert read.sheetnames == ["About", "scores", "councils"]
    assert f"scores: {read['scores'].max_row - 1:,} rows" in done.stderr
    done = run("export", "tables", "scores", "--store", store, "-o", tmp_path / "t")
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "t" / "scores.csv").read_text("utf-8").splitlines()
    assert len(lines) == read["scores"].max_row


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tables", "-o", "t.ods"], "cannot be written as '.ods'"),
        (["tables", "nothing", "-o", "t.xlsx"], "There is no table 'nothing'"),
        (["network", "V10", "-o", "n.ods"], "names no network format"),
        (["network", "V10", "--format", "csv"], "folder of two tables"),
        (["network", "V10", "authority"], "is no parameter"),
        (["network", "V10", "least=1", "least=2"], "given twice"),
        (["network", "V10", "authority=nowhere-at-all"], "is not known"),
        (["network", "V99"], "There is no stored query"),
        (["rdf", "-o", "g.ods"], "names no RDF format"),
        (["site", "out", "--store", "https://127.0.0.1:9/sparql"], "not from an endpoint"),
    ],
)
def test_what_cannot_be_done_is_said_and_leaves_no_file(
    run: Run, store: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    done = run("export", *arguments, cwd=tmp_path, COUNCILGRAPH_STORE=str(store))
    assert done.returncode == 2
    assert said in done.stderr
    assert "what to do" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_without_a_form_the_forms_are_named(run: Run) -> None:
    done = run("export")
    assert done.returncode == 2
    assert "FORM" in done.stderr
    shown = run("export", "--help").stdout
    assert all(form in shown for form in FORMS)
    for form in FORMS:
        assert f"Example: councilgraph export {form}" in run("export", form, "--help").stdout


def test_a_picture_is_written(run: Run, store: Path, tmp_path: Path) -> None:
    done = run("export", "picture", "heat-map", "--store", store, "-o", tmp_path / "scores.svg")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "scores.svg").read_text("utf-8").startswith("<?xml")
    listed = run("export", "picture", "--store", store)
    assert "heat-map" in listed.stdout
