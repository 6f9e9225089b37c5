"""Exports of a store in which every name, sentence and address is hostile: text stays text."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import openpyxl
import pytest

import councilgraph
from councilgraph.networks import measured, network, write, write_file
from councilgraph.workbook import about, sheets, write_book, write_folder
from tests.support.poison import ATTRIBUTE, ELEMENT, poisoned

VIEWS = ("partners-of-council", "councils-to-themes", "formal-arrangements", "citations-of-law")
FORMULA = ("=", "+", "@", "\t")


@pytest.fixture(scope="module")
def hostile(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return poisoned(store, tmp_path_factory.mktemp("poisoned") / "store")


@pytest.mark.parametrize("view", VIEWS)
def test_networks_hold_hostile_text_as_text(hostile: Path, tmp_path: Path, view: str) -> None:
    with councilgraph.open(hostile) as graph:
        made = measured(network(graph, view))
    assert any(ELEMENT in node.label for node in made.nodes), "the poison is in the labels"
    for format, reader in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        out = io.BytesIO()
        write(made, format, out)
        elements = list(ElementTree.fromstring(out.getvalue()).iter())
        assert not [one for one in elements if one.tag.rpartition("}")[2] in (ELEMENT, "script", "img")]
        assert not [one for one in elements if ATTRIBUTE in one.attrib]
        assert set(reader(io.BytesIO(out.getvalue()))) == {node.id for node in made.nodes}
    out = io.BytesIO()
    write(made, "cytoscape", out)
    held = [element["data"]["label"] for element in json.loads(out.getvalue())["elements"]["nodes"]]
    assert held == [node.label for node in made.nodes]
    write_file(made, "csv", str(tmp_path / "net"))
    for name in ("nodes", "edges"):
        with (tmp_path / "net" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert not [cell for row in csv.reader(file) for cell in row if cell.startswith(FORMULA)]


def test_a_workbook_of_a_hostile_store_has_no_formula_and_no_link_but_to_the_web(hostile: Path) -> None:
    with councilgraph.open(hostile) as graph:
        out = io.BytesIO()
        counts = write_book(sheets(graph), about(graph), out)
    assert sum(counts.values()) > 0
    read = openpyxl.load_workbook(io.BytesIO(out.getvalue()))
    found = 0
    for page in read:
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell
                found += ELEMENT in str(cell.value)
                if cell.hyperlink and cell.hyperlink.target:
                    assert cell.hyperlink.target.startswith(("https://", "http://")), cell.hyperlink.target
    assert found, "the poison is in the cells"


def test_csv_of_a_hostile_store_runs_nothing_and_keeps_its_rows(hostile: Path, tmp_path: Path) -> None:
    with councilgraph.open(hostile) as graph:
        counts = write_folder(sheets(graph), about(graph), str(tmp_path / "all"))
    for name, count in counts.items():
        with (tmp_path / "all" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert len(rows) == count + 1, name
        assert not [cell for row in rows for cell in row if cell.startswith(FORMULA)], name
