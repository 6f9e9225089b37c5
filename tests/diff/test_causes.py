"""What is told as changed, and why: one thing is changed at a time, and two at once."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from councilgraph.build.run import Builder
from councilgraph.datafolder import DataFolder
from councilgraph.diff import Change, Comparison
from councilgraph.diff.causes import made_causes, parts_of
from councilgraph.diff.records import BOOKKEEPING, kind_of, name_of
from councilgraph.iris import IRIS
from councilgraph.linking.entry import Entry, Name
from councilgraph.linking.registry_build import build as build_registry
from councilgraph.model import Place
from councilgraph.store.embedded import open_embedded
from loaders import read_one
from loaders.reviews.decisions import record_of
from tests.conftest import INVENTED, ROOT
from tests.diff.conftest import Build, compare
from tests.reviews.deciding import decide

VAN = "Equity in experience and outcomes, paragraph 1, sentence 2"


def told(found: Comparison, *, quiet: bool = False) -> list[tuple[str, str, tuple[str, ...]]]:
    """Kind, way and causes of each change that is listed."""
    loud = (c for c in found.changes if quiet or c.how not in ("moved", "regraded"))
    return [(c.kind, c.how, c.causes) for c in loud]


def fields(change: Change) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {field.name: (field.old, field.new) for field in change.fields}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def judge(data: Path, reports: Path, paragraph: int = 1, sentence: int = 2) -> None:
    """A person finds something else in a sentence about equity."""
    narrative = read_one([reports / "northmoor"]).paragraphs
    section = [p for p in narrative if p.section == "equity"]
    record = {
        "kind": "finding", "section": "equity", "paragraph": paragraph, "sentence": sentence,
        "digest": section[paragraph - 1].sentences[sentence - 1].digest, "polarity": "improvement",
        "voices": ["partners"], "themes": ["carers"], "summary": "Ours", "illustrates": None,
        "review": "reviewed",
    }  # fmt: skip
    folder = data / "assessments" / "evidence"
    folder.mkdir(exist_ok=True)
    (folder / "NMR-2025-05.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")


def test_two_builds_of_the_same_inputs_are_the_same(before: Path, build: Build) -> None:
    found = compare(before, build())
    assert found.same and not found.changes and not found.graphs


def test_a_reworded_sentence_is_one_change_of_the_source(before: Path, build: Build, reports: Path) -> None:
    edit(reports / "northmoor" / "equity.txt", "nine markets", "ten markets")
    found = compare(before, build())
    assert told(found) == [("finding", "changed", ("source",))]
    (change,) = found.changes
    assert (change.council, change.assessment, change.label) == ("NMR", "NMR-2025-05", VAN)
    assert change.was and change.was != change.iri and 90 < change.alike < 100
    ((old, new),) = fields(change).values()
    assert "nine markets" in old[0] and "ten markets" in new[0]
    (graph,) = found.graphs
    (document,) = graph.documents
    assert document[0] == "equity.txt" and document[1] and document[2] and document[1] != document[2]


def test_a_mention_in_a_reworded_sentence_is_neither_lost_nor_found(
    before: Path, build: Build, reports: Path
) -> None:
    edit(reports / "northmoor" / "equity.txt", "A travelling advice van", "One slow travelling advice van")
    assert told(compare(before, build())) == [("finding", "changed", ("source",))]


def test_sentences_are_matched_by_their_words_and_not_by_their_numbers(
    before: Path, build: Build, reports: Path
) -> None:
    page = reports / "northmoor" / "equity.txt"
    edit(page, "Hill farmers were", "The council knew little of boat dwellers.\n\nHill farmers were")
    found = compare(before, build())
    assert told(found) == [("finding", "added", ("source",))]
    assert "boat dwellers" in found.changes[0].sentence
    moved = {c.place for c in found.changes if c.how == "moved" and c.kind == "finding"}
    assert "Equity in experience and outcomes, paragraph 2, sentence 1" in moved


def test_a_sentence_that_goes_to_another_section_has_changed_and_is_not_lost(
    before: Path, build: Build, reports: Path
) -> None:
    sentence = "They planned a second respite house for 2026."
    edit(reports / "northmoor" / "summary.txt", sentence, "")
    page = reports / "northmoor" / "equity.txt"
    page.write_text(page.read_text().rstrip() + f"\n\n{sentence}\n")
    found = compare(before, build())
    (change,) = (c for c in found.changes if c.kind == "finding")
    assert (change.how, change.causes, change.alike) == ("changed", ("source",), 100)
    assert "quality statement" in fields(change) and "sentence" not in fields(change)
    assert not [c for c in found.changes if c.how in ("added", "removed") and c.kind != "strategy"]


def test_quite_another_sentence_is_one_lost_and_one_found(before: Path, build: Build, reports: Path) -> None:
    page = reports / "northmoor" / "equity.txt"
    edit(page, "Staff told us that interpreters came within a day", "Carers had no break for years")
    found = [c for c in compare(before, build()).changes if c.kind == "finding"]
    assert sorted(c.how for c in found) == ["added", "removed"]
    assert all(c.causes == ("source",) and not c.was for c in found)


def test_a_judgement_is_a_change_by_review_alone(
    before: Path, build: Build, data: Path, reports: Path
) -> None:
    judge(data, reports)
    found = compare(before, build())
    assert {c.causes for c in found.changes} == {("review",)}
    (change,) = (c for c in found.changes if c.kind == "finding" and c.how == "changed")
    assert fields(change)["polarity"][1] == ("Area for improvement",)
    assert fields(change)["review state"][0] != fields(change)["review state"][1]
    assert change.label == VAN


def test_a_decision_is_told_with_the_role_and_the_day_and_what_it_changed(
    before: Path, build: Build, data: Path, reports: Path
) -> None:
    report = read_one([reports / "northmoor"])
    folder = DataFolder(data)
    evidence = folder.extractor("").read(report, folder.councils.require(report.authority, "here"))
    finding = next(f for f in evidence.findings if f.place == Place("equity", 1, 2))
    other = "mixed" if finding.polarity != "mixed" else "strength"
    decision = record_of(decide(report, finding, "corrected", {"polarity": other}))
    evidence_folder = data / "assessments" / "evidence"
    evidence_folder.mkdir()
    (evidence_folder / "NMR-2025-05.jsonl").write_text(json.dumps(decision) + "\n", encoding="utf-8")
    found = compare(before, build())
    assert sorted(told(found)) == [("decision", "added", ("review",)), ("finding", "changed", ("review",))]
    by_kind = {change.kind: change for change in found.changes}
    assert by_kind["decision"].label == "Corrected, analyst, 2026-11-20"
    assert by_kind["decision"].sentence == by_kind["finding"].sentence != ""
    assert by_kind["decision"].place == VAN


def test_where_a_document_and_a_review_changed_both_are_told(
    before: Path, build: Build, data: Path, reports: Path
) -> None:
    edit(reports / "northmoor" / "equity.txt", "nine markets", "ten markets")
    judge(data, reports)
    found = compare(before, build())
    assert {c.causes for c in found.changes if c.council == "NMR"} == {("source", "review")}


def test_a_corrected_score_is_a_change_of_its_table_and_of_that_score_alone(
    before: Path, build: Build, data: Path
) -> None:
    edit(data / "assessments" / "scores.csv", "EVB,2024-08,,2,2", "EVB,2024-08,,2,3")
    found = compare(before, build())
    assert told(found) == [("score", "changed", ("table",))]
    (change,) = found.changes
    assert fields(change) == {"score": (("2",), ("3",))}
    assert (change.council, change.assessment) == ("EVB", "EVB-2024-08")
    assert change.label == "Supporting people to lead healthier lives"


def test_a_register_that_changed_is_told_as_its_entry(before: Path, build: Build, data: Path) -> None:
    path = data / "reference" / "nhs-trusts.csv"
    rows = path.read_text().splitlines(keepends=True)
    name = rows[1].split(",")[1]
    path.write_text(rows[0] + rows[1].replace(name, "Upper Moor Trust", 1) + "".join(rows[2:]))
    found = compare(before, build())
    (change,) = (c for c in found.changes if c.kind == "register entry")
    assert change.how == "changed" and change.causes == ("table",)
    assert fields(change)["label"] == ((name,), ("Upper Moor Trust",))


@pytest.fixture
def careful(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The example of the documentation, with every finding below its threshold."""
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "extraction.md").read_text(), re.DOTALL)
    (tmp_path / "diffcareful.py").write_text(code.replace('"0.4"', '"2"'), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return "diffcareful:CarefulExtractor"


def test_other_rules_are_a_change_of_the_rules_alone(before: Path, build: Build, careful: str) -> None:
    found = compare(before, build(extractor=careful))
    assert found.changes and {c.causes for c in found.changes} == {("rule",)}
    polarities = [fields(c)["polarity"] for c in found.changes if "polarity" in fields(c)]
    assert polarities and all(new == () for _, new in polarities)
    assert found.old.rules != found.new.rules


def test_rules_a_document_and_a_table_that_changed_together_are_all_told(
    before: Path, build: Build, careful: str, data: Path, reports: Path
) -> None:
    edit(reports / "northmoor" / "equity.txt", "nine markets", "ten markets")
    path = data / "reference" / "police-forces.csv"
    path.write_text(path.read_text().rstrip("\n") + "\n\n")
    found = compare(before, build(extractor=careful))
    northmoor = {c.causes for c in found.changes if c.assessment == "NMR-2025-05"}
    assert northmoor == {("source", "table", "rule")}


def test_a_report_that_is_no_longer_given_takes_its_findings_and_leaves_the_scores_of_the_table(
    before: Path, build: Build, reports: Path
) -> None:
    for page in (reports / "northmoor").iterdir():
        page.unlink()
    found = compare(before, build())
    findings = [c for c in found.changes if c.kind == "finding"]
    assert findings and {(c.how, c.causes) for c in findings} == {("removed", ("source",))}
    assert not [c for c in found.changes if c.kind == "score"]
    assert {c.causes for c in found.changes} == {("source",)}


def test_reviewed_evidence_that_takes_the_place_of_its_report_is_the_same_evidence(
    build: Build, data: Path, reports: Path
) -> None:
    judge(data, reports)
    whole = build()
    for page in (reports / "northmoor").iterdir():
        page.unlink()
    found = compare(whole, build())
    about_van = [c for c in found.changes if c.kind == "finding" and c.place == VAN]
    assert [c for c in about_van if c.how in ("added", "removed")] == []
    lost = {c.causes for c in found.changes if c.how == "removed" and c.kind == "finding"}
    assert lost == {("source",)}


def test_a_new_link_is_told_with_what_brought_it_about(build: Build, reports: Path, tmp_path: Path) -> None:
    registry = tmp_path / "registry.sqlite"
    charity = Entry(
        "charity-commission", "1100001", "vcfse", (Name("Healthwatch Northmoor", "official"),),
        (("charity-commission", "1100001"),), ("E10009901",),
    )  # fmt: skip
    build_registry(registry, [charity])
    plain = build(registry=registry)
    page = reports / "northmoor" / "equity.txt"
    page.write_text(page.read_text() + "\nHealthwatch Northmoor told us that people waited.\n")
    unlinked, linked = build(), build(registry=registry)

    by_report = [c for c in compare(plain, linked).changes if c.kind == "link"]
    # The name in the report to the charity, and the charity to its page in another register.
    assert sorted((c.how, c.council, c.causes) for c in by_report) == [
        ("added", "", ("source",)),
        ("added", "NMR", ("source",)),
    ]

    by_register = [c for c in compare(unlinked, linked).changes if c.kind == "link"]
    assert {(c.how, c.causes) for c in by_register} == {("added", ("table",))} and len(by_register) == 2


def test_every_graph_of_a_build_has_known_causes(before: Path) -> None:
    manifest = open_embedded(str(before)).manifest()
    names = [source["name"] for source in manifest["sources"]]
    names += ["reviewed/NMR-2025-05", "observations/measures", "observations/table/area-figures"]
    for name in names:
        assert "unknown" not in parts_of(name).values(), name
        assert made_causes(name, None, None) != ("unknown",)


def test_no_kind_of_thing_that_a_build_writes_is_passed_over(tmp_path: Path) -> None:
    place = tmp_path / "store"
    builder = Builder(str(place), INVENTED / "data", jobs=1, observations=(INVENTED / "observations",))
    builder.build([INVENTED / "reports"])
    subjects = {q.subject.value for q in open_embedded(str(place)).quads()}
    names = {name_of(iri) for iri in subjects if not iri.startswith(IRIS.graph(""))}
    unknown = {name[0] or name[1] for name in names if not kind_of(name) and name[0] not in BOOKKEEPING}
    assert unknown == set()
    assert {kind_of(name) for name in names} >= {"finding", "score", "figure", "term", "register entry"}
