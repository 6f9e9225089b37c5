"""Builds: the same bytes every time, only what changed is read, every source is named."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest

from councilgraph import resources
from councilgraph.build import fixed
from councilgraph.build.run import Builder, Outcome
from councilgraph.build.sources import Made, SourceFolder
from councilgraph.errors import InputError, StoreError, ValidationError
from councilgraph.store.embedded import open_embedded
from loaders import group_pages, peek_files, read_group
from loaders.cqc_report import PageKey
from tests.conftest import ROOT, Run

CG = "https://w3id.org/councilgraph/"


def build(place: Path, data: Path, *reports: Path, jobs: int = 1) -> Outcome:
    return Builder(str(place), data, jobs=jobs).build(reports)


def statements(place: Path) -> list[str]:
    return sorted(str(quad) for quad in open_embedded(str(place)).quads())


def files(place: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (place / "sources").iterdir()}


def group_of(folder: Path) -> list[PageKey]:
    """The pages of the one assessment in a folder."""
    keys, _ = peek_files(sorted(folder.glob("*.txt")))
    (group,), _ = group_pages(keys)
    return list(group)


def test_the_same_input_gives_the_same_bytes_under_any_hash_seed(
    tmp_path: Path, run: Run, invented_data: Path, reports: Path
) -> None:
    made = []
    for seed in ("0", "1", "2"):
        place = tmp_path / seed
        done = run(
            "build", "--store", place, "--data", invented_data, "--reports", reports, PYTHONHASHSEED=seed
        )
        assert done.returncode == 0, done.stderr
        made.append(files(place))
    assert made[0] == made[1] == made[2]
    assert len(made[0]) > 10


def test_the_order_of_the_inputs_does_not_matter(tmp_path: Path, data: Path, reports: Path) -> None:
    pages = sorted(reports.rglob("*.txt"))
    build(tmp_path / "one", data, *pages)
    build(tmp_path / "two", data, *reversed(pages))
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_a_build_with_nothing_changed_does_nothing(tmp_path: Path, data: Path, reports: Path) -> None:
    first = build(tmp_path / "store", data, reports)
    current = (tmp_path / "store" / "CURRENT").read_text()
    second = build(tmp_path / "store", data, reports)
    assert not first.unchanged and first.read == 2
    assert second.unchanged and second.read == 0 and second.triples == first.triples
    assert (tmp_path / "store" / "CURRENT").read_text() == current


def test_one_changed_report_is_the_only_one_read_and_the_store_is_as_if_made_anew(
    tmp_path: Path, data: Path, reports: Path
) -> None:
    build(tmp_path / "store", data, reports)
    page = reports / "northmoor" / "equity.txt"
    page.write_text(page.read_text().replace("nine markets", "ten markets"))
    outcome = build(tmp_path / "store", data, reports)
    assert outcome.read == 1
    build(tmp_path / "fresh", data, reports)
    assert statements(tmp_path / "store") == statements(tmp_path / "fresh")
    found = [h.sentence for h in _search(tmp_path / "store", "markets")]
    assert len(found) == 1 and "ten markets" in found[0]


def test_a_judgement_makes_only_the_report_anew_that_it_is_about(
    tmp_path: Path, data: Path, reports: Path
) -> None:
    build(tmp_path / "store", data, reports)
    equity = next(p for p in read_group(group_of(reports / "northmoor")).paragraphs if p.section == "equity")
    record = {
        "kind": "finding", "section": "equity", "paragraph": equity.n, "sentence": 1,
        "digest": equity.sentences[0].digest, "polarity": "improvement", "voices": ["staff"], "themes": [],
        "summary": "In our own words", "illustrates": None, "review": "reviewed",
    }  # fmt: skip
    evidence = data / "assessments" / "evidence"
    evidence.mkdir()
    (evidence / "NMR-2025-05.jsonl").write_text(json.dumps(record) + "\n")

    outcome = build(tmp_path / "store", data, reports)

    assert outcome.read == 1
    (changed,) = (s for s in outcome.sources if s.name == "report/NMR-2025-05")
    assert changed.made.reviews
    build(tmp_path / "fresh", data, reports)
    assert statements(tmp_path / "store") == statements(tmp_path / "fresh")


def test_a_score_that_is_corrected_in_the_table_makes_no_report_anew(
    tmp_path: Path, data: Path, reports: Path
) -> None:
    build(tmp_path / "store", data, reports)
    scores = data / "assessments" / "scores.csv"
    scores.write_text(scores.read_text().replace("EVB,2024-08,,2,2", "EVB,2024-08,,2,3"))
    outcome = build(tmp_path / "store", data, reports)
    assert (outcome.read, outcome.unchanged) == (0, False)
    build(tmp_path / "fresh", data, reports)
    assert statements(tmp_path / "store") == statements(tmp_path / "fresh")


def test_removing_a_report_removes_exactly_its_statements(tmp_path: Path, data: Path, reports: Path) -> None:
    build(tmp_path / "store", data, reports)
    (reports / "saltmarsh-pilot.txt").unlink()
    outcome = build(tmp_path / "store", data, reports)
    assert outcome.gone == ("report/SLM-2023-11",)
    build(tmp_path / "fresh", data, reports)
    assert statements(tmp_path / "store") == statements(tmp_path / "fresh")
    assert _search(tmp_path / "store", "harbour") == []


def test_saved_pages_whose_metadata_disagree_on_the_day_are_refused_and_the_rest_is_built(
    tmp_path: Path, data: Path, reports: Path
) -> None:
    page = (
        '<html><head><meta property="article:published_time" content="{day}"></head><body>'
        "<h1>Eastvale Borough Council: local authority assessment</h1><h2>{name}</h2><p>Score: 3</p>"
        "<h3>Key findings for this quality statement</h3><p>Carers were heard.</p></body></html>"
    )
    (reports / "eastvale").mkdir()
    for name, day in (("Assessing needs", "2025-06-12"), ("Safeguarding", "2025-07-01")):
        (reports / "eastvale" / f"{name}.html").write_text(page.format(name=name, day=day))
    outcome = build(tmp_path / "store", data, reports)
    assert len(outcome.reports) == 2
    (refusal,) = outcome.refused
    assert "when it was published" in refusal.error.what


def test_many_workers_make_what_one_makes(
    tmp_path: Path, data: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("councilgraph.build.pool.WORTH_WORKERS", 1)
    monkeypatch.setattr("councilgraph.build.pool.WAITING_PER_WORKER", 1)
    build(tmp_path / "one", data, reports, jobs=1)
    build(tmp_path / "two", data, reports, jobs=2)
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_a_table_row_and_a_report_are_one_assessment_with_two_sources(store: Path) -> None:
    _, rows = open_embedded(str(store)).select(
        f"""PREFIX cg: <{CG}def#> PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?thing (COUNT(DISTINCT ?source) AS ?n) WHERE {{
          VALUES ?thing {{ <{CG}id/assessment/NMR-2025-05> <{CG}id/judgement/NMR-2025-05/equity> }}
          ?thing prov:wasDerivedFrom ?source . ?source a cg:SourceDocument }}
        GROUP BY ?thing ORDER BY ?thing"""
    )
    # Two pages and the score table.
    assert [int(row[1].value) for row in rows] == [3, 3]


def test_a_table_that_contradicts_a_report_is_a_warning_and_the_report_is_kept(
    tmp_path: Path, data: Path, reports: Path
) -> None:
    table = data / "assessments" / "scores.csv"
    table.write_text(table.read_text().replace("good,3,3,3,3,3,3,3,3,3,75", "good,3,3,2,3,3,3,3,3,3,75"))
    outcome = build(tmp_path / "store", data, reports)
    told = [w.message for s in outcome.sources for w in s.warnings if w.code == "sources-disagree"]
    assert told == [
        "Northmoor County Council: report against score table, equity: 3 against 2; the report is kept."
    ]
    assert open_embedded(str(tmp_path / "store")).ask(
        f"ASK {{ <{CG}id/judgement/NMR-2025-05/equity> <{CG}def#score> 3 }}"
    )


def test_a_report_that_breaks_a_rule_is_refused_and_the_others_are_loaded(
    tmp_path: Path, data: Path, reports: Path
) -> None:
    page = reports / "saltmarsh-pilot.txt"
    page.write_text(page.read_text().replace("15 May 2023", "15 May 2024"))
    outcome = build(tmp_path / "store", data, reports)
    assert [s.name for s in outcome.reports] == ["report/NMR-2025-05"]
    (refusal,) = outcome.refused
    assert refusal.results and "startedOn" in str(refusal.results[0].path)
    again = build(tmp_path / "store", data, reports)
    assert not again.unchanged and again.refused, "what was refused is told again"


def test_load_adds_and_replaces_single_reports(tmp_path: Path, data: Path, reports: Path) -> None:
    place = tmp_path / "store"
    build(place, data)
    builder = Builder(str(place), data, jobs=1)
    builder.load([reports / "northmoor"])
    builder.load([reports / "saltmarsh-pilot.txt"])
    build(tmp_path / "fresh", data, reports)
    assert statements(place) == statements(tmp_path / "fresh")


def test_load_refuses_to_drop_pages(tmp_path: Path, data: Path, reports: Path) -> None:
    place = tmp_path / "store"
    build(place, data, reports)
    before = statements(place)
    with pytest.raises(InputError, match="would be lost") as caught:
        Builder(str(place), data, jobs=1).load([reports / "northmoor" / "summary.txt"])
    assert "equity.txt" in caught.value.cure
    assert statements(place) == before


def test_load_without_a_store_says_how_to_make_one(tmp_path: Path, data: Path, reports: Path) -> None:
    with pytest.raises(StoreError, match="no store here yet"):
        Builder(str(tmp_path / "none"), data).load([reports])


def test_a_page_without_date_and_summary_is_refused_with_the_cure(
    tmp_path: Path, data: Path, reports: Path
) -> None:
    (reports / "northmoor" / "summary.txt").unlink()
    outcome = build(tmp_path / "store", data, reports)
    (refusal,) = outcome.refused
    assert "when it was published" in refusal.error.what and "summary page" in refusal.error.cure


def test_a_broken_ontology_file_names_file_and_line(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "store"
    build(place, data)
    before = statements(place)
    copy = Path(shutil.copytree(ROOT / "ontology", tmp_path / "ontology"))
    scheme = copy / "schemes" / "polarity.ttl"
    scheme.write_text(scheme.read_text() + "\n<broken> a \n")
    monkeypatch.setattr(resources, "path", lambda *parts: str(tmp_path.joinpath(*parts)))
    with pytest.raises(InputError, match="not valid Turtle") as caught:
        fixed.ontology_source(SourceFolder(str(tmp_path)), Made())
    assert "polarity.ttl:" in caught.value.where and not caught.value.where.endswith("?")
    assert statements(place) == before


def test_a_table_that_breaks_a_rule_stops_the_build(tmp_path: Path, data: Path) -> None:
    place = tmp_path / "store"
    build(place, data)
    before = statements(place)
    forces = data / "reference" / "authority-icb.csv"
    # The reader takes a share of more than nothing; the shape knows that it cannot pass 1.
    acts = data / "reference" / "acts.csv"
    acts.write_text(acts.read_text() + "ukpga/2014/0,Nothing Act 2014,2014,0,\n")
    assert forces.exists()
    with pytest.raises(ValidationError, match="break a rule"):
        build(place, data)
    assert statements(place) == before


@pytest.mark.skipif(sys.platform != "linux", reason="limits of a process are set in the Linux way")
def test_a_full_disk_leaves_the_store_in_force(tmp_path: Path, data: Path, reports: Path) -> None:
    place = tmp_path / "store"
    build(place, data)
    before = statements(place)

    def no_file_above_100_kb() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "councilgraph",
            "build",
            "--store",
            place,
            "--data",
            data,
            "--reports",
            reports,
        ],
        preexec_fn=no_file_above_100_kb,
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 2, done.stdout + done.stderr
    assert "cannot be written" in done.stderr and "Traceback" not in done.stderr
    assert statements(place) == before
    assert [p for p in place.rglob("*") if ".new-" in p.name] == []


def _search(place: Path, words: str) -> list[object]:
    from councilgraph.search.find import find

    return list(find(open_embedded(str(place)), words))


def test_export_then_load_gives_the_same_graph(store: Path, tmp_path: Path, run: Run) -> None:
    original = statements(store)
    for name in ("graph.nq", "graph.trig.gz", "graph.jsonld"):
        assert run("export", "rdf", "-o", tmp_path / name, "--store", store).returncode == 0
        data = (tmp_path / name).read_bytes()
        if name.endswith(".gz"):
            import gzip

            data = gzip.decompress(data)
        ending = name.removesuffix(".gz").rsplit(".", 1)[1]
        kind = pyoxigraph.RdfFormat.from_extension("json" if ending == "jsonld" else ending)
        if ending == "jsonld":
            kind = pyoxigraph.RdfFormat.JSON_LD
        assert kind is not None
        assert sorted(str(q) for q in pyoxigraph.parse(data, format=kind)) == original, name
