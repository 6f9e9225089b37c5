"""What holds for the graph of any small collection, whatever was built before it."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pyoxigraph
import pytest
import rdflib
import rdflib.compare
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from councilgraph.build.run import Builder, Outcome
from councilgraph.iris import IRIS
from councilgraph.store.embedded import open_embedded
from loaders import read_one
from tests.conftest import INVENTED
from tests.faults.small import call, canonical
from tests.hostile.collection import report

COUNCILS = ("Northmoor County Council", "Eastvale Borough Council", "Saltmarsh Council")
SENTENCES = (
    "Carers were heard by the desk.",
    "Some people waited a month for an assessment.",
    "Partners from the NHS trust said the joint team worked well.",
    "Staff told us 83% of reviews were done on time under the Care Act 2014.",
    "The strategy for 2024 to 2027 was co-produced with people.",
)
# Graphs that tell of the whole collection, and change with any part of it.
TOGETHER = ("links", "catalog", "provenance", "scores/", "reference/act-sections", "reference/linked-bodies")

Collection = dict[tuple[str, str], tuple[str, ...]]
Graphs = dict[str, frozenset[str]]

# Months are drawn too: one council can be assessed twice.
collections = st.dictionaries(
    st.tuples(st.sampled_from(COUNCILS), st.sampled_from(("16 May 2025", "2 July 2024"))),
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4, unique=True).map(tuple),
    min_size=2,
    max_size=4,
)
# A failing example of this size is small enough: to make it smaller would take minutes.
few = settings(
    max_examples=2,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that has held other collections before, each example's after the other's."""
    return tmp_path_factory.mktemp("used") / "store"


def write(folder: Path, collection: Collection) -> list[Path]:
    files = []
    for n, ((council, day), sentences) in enumerate(sorted(collection.items())):
        files.append(folder / f"{n}-{council.split()[0]}.txt")
        text = report(
            title=f"{council}: local authority assessment",
            dates=f"Published: {day} Page last updated: {day}",
            prose=" ".join(sentences),
        ).replace("Northmoor County Council", council)
        files[-1].write_text(text, encoding="utf-8")
    return files


def build(place: Path, files: list[Path], data: Path = INVENTED / "data", *own: Path) -> Outcome:
    outcome = Builder(str(place), data=data, jobs=1, reviews=own).build(files)
    assert outcome.refused == () and len(outcome.reports) == len(files)
    return outcome


def graphs(place: Path) -> Graphs:
    """The statements of each named graph."""
    found: dict[str, set[str]] = {}
    for quad in open_embedded(str(place)).quads():
        name = str(quad.graph_name.value).removeprefix(IRIS.graph(""))
        found.setdefault(name, set()).add(str(quad.triple))
    return {name: frozenset(statements) for name, statements in found.items()}


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="councilgraph-properties-") as one:
        yield Path(one)


@few
@given(collection=collections, data=st.data())
def test_the_graph_is_that_of_its_inputs_in_any_order_after_any_history(
    collection: Collection, data: st.DataObject, used: Path
) -> None:
    with tempfile.TemporaryDirectory() as one:
        files = write(Path(one), collection)
        clean = Path(one, "store")
        build(clean, files)
        graph = canonical(clean)
        again = build(clean, data.draw(st.permutations(files)))
        assert again.unchanged and canonical(clean) == graph, "a build is idempotent"
        build(used, data.draw(st.permutations(files)))
        assert canonical(used) == graph


@few
@given(collection=collections, data=st.data())
def test_a_removed_input_takes_its_statements_and_no_others(
    collection: Collection, data: st.DataObject, used: Path
) -> None:
    with tempfile.TemporaryDirectory() as one:
        files = write(Path(one), collection)
        whole = build(used, files)
        before = graphs(used)
        gone = data.draw(st.sampled_from(files))
        name = next(s.name for s in whole.reports if s.documents[0].name == gone.name)
        outcome = build(used, [file for file in files if file != gone])
        assert outcome.gone == (name,)
        after = graphs(used)
        assert before.keys() - after.keys() >= {name}
        assert not before[name] & frozenset().union(*after.values()), "a statement of it is left"
        for other in before.keys() - {name}:
            if not other.startswith(TOGETHER):
                assert after[other] == before[other], other
        build(used, files)
        assert graphs(used) == before


@few
@given(collection=collections)
def test_an_export_that_is_read_in_again_is_the_same_graph(collection: Collection, used: Path) -> None:
    with tempfile.TemporaryDirectory() as one:
        outcome = build(used, write(Path(one), collection))
        for ending in ("nq", "trig"):
            path = Path(one, f"graph.{ending}")
            assert call("export", "rdf", "--store", used, "-o", path).code == 0
            read = pyoxigraph.Dataset(pyoxigraph.parse(path=str(path)))
            read.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
            assert "\n".join(sorted(str(quad) for quad in read)) == canonical(used)
        # An independent reader and an independent comparison, for the graph of one report.
        source = outcome.reports[0]
        ours = rdflib.Graph().parse(
            data=open_embedded(str(used)).graph_ntriples(source.graph), format="ntriples"
        )
        theirs = rdflib.Dataset().parse(str(Path(one, "graph.trig")), format="trig")
        assert rdflib.compare.isomorphic(ours, theirs.graph(rdflib.URIRef(source.graph)))


def test_a_score_that_is_corrected_and_corrected_back_leaves_no_trace(used: Path, folder: Path) -> None:
    data = Path(copytree(INVENTED / "data", folder / "data"))
    files = write(folder, {(COUNCILS[0], "16 May 2025"): SENTENCES[:2]})
    build(used, files, data)
    before, table = graphs(used), data / "assessments" / "scores.csv"
    text = table.read_text()
    assert "EVB,2024-08,,2,2,2," in text
    table.write_text(text.replace("EVB,2024-08,,2,2,2,", "EVB,2024-08,,2,2,3,"))
    build(used, files, data)
    changed = graphs(used)
    assert {name for name in before if before[name] != changed[name]} <= {"scores/scores", "catalog"}
    assert changed["scores/scores"] != before["scores/scores"]
    table.write_text(text)
    build(used, files, data)
    assert graphs(used) == before


def test_a_decision_that_is_added_and_removed_gives_the_earlier_graph(used: Path, folder: Path) -> None:
    files = write(
        folder, {(COUNCILS[0], "16 May 2025"): SENTENCES[:2], (COUNCILS[2], "2 July 2024"): SENTENCES}
    )
    own = folder / "reviews"
    own.mkdir()
    build(used, files, INVENTED / "data", own)
    before = graphs(used)
    paragraph = next(p for p in read_one([files[0]]).paragraphs if p.section == "assessing-needs")
    record = {
        "kind": "finding", "section": paragraph.section, "paragraph": paragraph.n, "sentence": 1,
        "digest": paragraph.sentences[0].digest, "polarity": "improvement", "voices": ["partners"],
        "themes": ["carers"], "summary": "Ours", "illustrates": None, "review": "reviewed",
    }  # fmt: skip
    path = own / "NMR-2025-05.jsonl"
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    build(used, files, INVENTED / "data", own)
    decided = graphs(used)
    changed = {name for name in before.keys() | decided.keys() if before.get(name) != decided.get(name)}
    assert "report/NMR-2025-05" in changed and not any("SLM" in name for name in changed)
    path.unlink()
    build(used, files, INVENTED / "data", own)
    assert graphs(used) == before
