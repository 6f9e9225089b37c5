"""What people have reviewed is shown though the report itself is not at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from councilgraph import resources
from councilgraph.build.run import Builder
from councilgraph.explorer.app import create_app
from councilgraph.explorer.findings import findings
from councilgraph.explorer.settings import Settings
from councilgraph.explorer.snapshot import Snapshots


@pytest.fixture(scope="module")
def tables_only(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What somebody has who built the project's own data and read no report."""
    place = tmp_path_factory.mktemp("tables") / "store"
    Builder(str(place), Path(resources.path("data")), jobs=1).build()
    return place


def test_every_finding_of_the_graph_is_among_those_of_the_explorer(tables_only: Path) -> None:
    snapshot = Snapshots(str(tables_only)).current()
    rejected = "https://w3id.org/councilgraph/scheme/review-state/rejected"
    asked = f"""PREFIX cg: <https://w3id.org/councilgraph/def#>
      SELECT ?finding {{
        ?finding a cg:Finding . FILTER NOT EXISTS {{ ?finding cg:reviewState <{rejected}> }}
      }}"""
    in_graph = {str(row[0].value) for row in snapshot.graph.store.select(asked)[1]}
    shown = {entry.iri for entry in findings(snapshot).entries}
    assert len(in_graph) > 100
    assert shown == in_graph


def test_its_place_and_review_stand_in_the_page_instead_of_its_words(tables_only: Path) -> None:
    with TestClient(create_app(Settings(store=str(tables_only)))) as client:
        text = client.get("/councils/STS/findings").text
    assert text.count("are not in this copy of the data") >= 20
    assert "Reviewed: accepted" in text
    assert "paragraph 1, sentence 1" in text
