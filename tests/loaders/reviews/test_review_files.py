"""Review files: what the reader takes, what it refuses, and that ours are whole."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from councilgraph.errors import InputError
from councilgraph.model import Act, Doubt, Place, Reviewed
from councilgraph.reviews import find_again
from councilgraph.statements import STATEMENTS
from councilgraph.textdigest import digest
from loaders import REFERENCE_LOADERS, read_one, read_reviews
from loaders.reviews import records
from tests.conftest import ROOT

ACTS = (Act("ukpga/2014/23", "Care Act 2014", 2014, 23, ("Care Act",)),)
SAMPLES = ROOT.parent / "shared" / "reports"
EVIDENCE = ROOT / "data" / "assessments" / "evidence"

AT = {"section": "equity", "paragraph": 1, "review": "reviewed"}
FINDING = {
    **AT,
    "kind": "finding",
    "sentence": 1,
    "digest": digest("A van called."),
    "polarity": "strength",
    "voices": ["people"],
    "themes": [],
    "summary": "Advice travels",
}
MENTION = {
    **AT,
    "kind": "mention",
    "sentence": 1,
    "start": 0,
    "end": 5,
    "text": "A van",
    "type": "vcfse",
    "named": False,
    "full_name": None,
}
PARTNERSHIP = {
    **AT,
    "kind": "partnership",
    "sentences": [1],
    "type": "board",
    "name": None,
    "parties": ["Moor"],
    "since": "2021",
    "covers": None,
}
STATISTIC = {
    **AT,
    "kind": "statistic",
    "sentence": 1,
    "value": 9.5,
    "unit": "percent",
    "qualifier": None,
    "counts": "vans",
    "period": None,
    "comparison": None,
    "verdict": None,
    "voices": [],
}
STRATEGY = {
    **AT,
    "kind": "strategy",
    "sentence": 1,
    "title": "Moor Plan",
    "start": 2024,
    "end": "2029-03",
    "co_produced": True,
    "status": "in-force",
    "parties": [],
}
CITATION = {**AT, "kind": "citation", "sentence": 1, "act": "Care Act", "year": 2014, "law_section": 42}


def read(tmp_path: Path, *lines: dict[str, Any] | str) -> Reviewed:
    folder = tmp_path / "assessments" / "evidence"
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    (folder / "NMR-2025-05.jsonl").write_text(text + "\n", encoding="utf-8")
    (found,) = read_reviews(tmp_path, ACTS)
    return found


def test_every_kind_of_record_becomes_its_object(tmp_path: Path) -> None:
    told = read(tmp_path, FINDING, "", MENTION, PARTNERSHIP, STATISTIC, STRATEGY, CITATION)
    place = Place("equity", 1, 1)
    assert told.key == "NMR-2025-05" and told.digests == {place: FINDING["digest"]}
    assert [f.summary for f in told.findings] == ["Advice travels"]
    assert [(m.text, m.named) for m in told.mentions] == [("A van", False)]
    assert [(p.sentences, p.since) for p in told.partnerships] == [((1,), 2021)]
    assert [str(s.value) for s in told.statistics] == ["9.5"]
    assert [(s.start, s.end) for s in told.strategies] == [("2024", "2029-03")]
    assert [(c.act, c.section) for c in told.citations] == [("ukpga/2014/23", "42")]
    assert told.doubts == {}


def test_what_a_reviewer_was_unsure_of_is_kept_with_its_record(tmp_path: Path) -> None:
    told = read(
        tmp_path,
        {**FINDING, "close": ["polarity", "voices"], "alt": {"polarity": ["mixed", "context"]}},
        {**MENTION, "close": True, "alt": {"type": "care-provider"}},
        {**PARTNERSHIP, "alt": {"type": ["network"]}},
        STATISTIC,
    )
    assert told.doubts == {
        told.findings[0]: Doubt(("polarity", "voices"), False, (("polarity", ("mixed", "context")),)),
        told.mentions[0]: Doubt((), True, (("type", ("care-provider",)),)),
        told.partnerships[0]: Doubt((), False, (("type", ("network",)),)),
    }


def test_an_act_of_no_table_is_left_out_because_it_has_no_address(tmp_path: Path) -> None:
    assert read(tmp_path, FINDING, {**CITATION, "act": "Moor Act", "close": True}).citations == ()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "no JSON"),
        ("[1]", "no record"),
        ({**MENTION, "kind": "rumour"}, "'rumour'"),
        ({**MENTION, "review": "guessed"}, "not say that it was reviewed"),
        ({k: v for k, v in MENTION.items() if k != "text"}, "'text'"),
        ({**MENTION, "paragraph": "first"}, "first"),
        ({**MENTION, "sentence": 2}, "no finding"),
        ({**PARTNERSHIP, "sentences": [1, 2]}, "no finding"),
        ({**MENTION, "close": ["polarity"]}, "close as a whole"),
        ({**FINDING, "sentence": 2, "close": ["voice"]}, "'voice' is none of polarity, voices, themes"),
        ({**FINDING, "sentence": 2, "polarity": ["mixed"], "close": ["themes"]}, "unhashable"),
        ({**MENTION, "alt": ["vcfse"]}, "items"),
        (FINDING, "two findings"),
        ({**STATISTIC, "value": "many"}, "lacks or misuses"),
    ],
)
def test_a_bad_record_is_refused_with_file_and_line(
    tmp_path: Path, line: dict[str, Any] | str, words: str
) -> None:
    with pytest.raises(InputError, match=words) as caught:
        read(tmp_path, FINDING, line)
    assert caught.value.where.endswith("NMR-2025-05.jsonl:2")


def test_a_file_that_names_no_assessment_is_refused(tmp_path: Path) -> None:
    read(tmp_path, FINDING)
    folder = tmp_path / "assessments/evidence"
    (folder / "NMR-2025-05.jsonl").rename(folder / "NMR-2025-13.jsonl")
    with pytest.raises(InputError, match="council and month"):
        read_reviews(tmp_path, ACTS)


def test_a_file_that_is_no_text_is_refused_by_name(tmp_path: Path) -> None:
    read(tmp_path, FINDING)
    path = tmp_path / "assessments/evidence/NMR-2025-05.jsonl"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="no text in UTF-8") as caught:
        read_reviews(tmp_path, ACTS)
    assert caught.value.where == f"{path}:1"


# --- the files that come along ---------------------------------------------------------

OURS = {"LIN-2023-11": (353, 228), "STS-2025-05": (287, 160)}
SECTIONS = ("strengths-summary", "people-experience-summary", *STATEMENTS)


def rows(key: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (EVIDENCE / f"{key}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_files_are_those_that_the_data_readme_names() -> None:
    assert {path.stem for path in EVIDENCE.glob("*.jsonl")} == set(OURS)
    told = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    for key, (records_, findings) in OURS.items():
        kinds = Counter(row["kind"] for row in rows(key))
        assert (kinds.total(), kinds["finding"]) == (records_, findings)
        assert f"`{key}.jsonl`: {records_}" in told


@pytest.mark.parametrize("key", OURS)
def test_our_records_load_and_none_is_lost(key: str) -> None:
    data = ROOT / "data"
    acts = tuple(act for load in REFERENCE_LOADERS for table in load(data) for act in table.acts)
    told = next(one for one in read_reviews(data, acts) if one.key == key)
    read_in = {
        "finding": told.findings,
        "mention": told.mentions,
        "partnership": told.partnerships,
        "strategy": told.strategies,
        "statistic": told.statistics,
        "citation": told.citations,
    }
    assert {kind: len(found) for kind, found in read_in.items()} == Counter(row["kind"] for row in rows(key))
    doubtful = sum(records.doubt_of(row) is not None for row in rows(key))
    assert 0 < len(told.doubts) <= doubtful


def test_the_lincolnshire_records_stand_in_the_order_of_the_report() -> None:
    places = [
        (SECTIONS.index(row["section"]), row["paragraph"], (row.get("sentences") or [row["sentence"]])[0])
        for row in rows("LIN-2023-11")
    ]
    assert places == sorted(places)


@pytest.mark.parametrize("key", OURS)
def test_the_labels_of_our_records_are_concepts(key: str) -> None:
    def slugs(scheme: str) -> set[str]:
        text = (ROOT / "ontology" / "schemes" / f"{scheme}.ttl").read_text(encoding="utf-8")
        return {line.rstrip(">").rsplit("/", 1)[1] for line in text.splitlines() if line.startswith("<")}

    for row in rows(key):
        if row["kind"] == "finding":
            assert row["polarity"] in slugs("polarity")
            assert set(row["voices"]) <= slugs("voice") and row["voices"]
            assert set(row["themes"]) <= slugs("theme")
        if row["kind"] == "mention":
            assert row["type"] in slugs("organisation-kind")
        if row["kind"] == "partnership":
            assert row["type"] in slugs("partnership-type")
        if row["kind"] == "statistic":
            assert row["unit"] in slugs("unit")


at_hand = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the sample reports are not at hand (../shared/reports)"
)
FILES = {"LIN-2023-11": ["004"], "STS-2025-05": ["000", "001", "002", "003"]}


@at_hand
@pytest.mark.parametrize("key", OURS)
def test_every_sentence_of_the_reports_joins_its_record(key: str) -> None:
    report = read_one([path for head in FILES[key] for path in SAMPLES.glob(f"{head}_*.txt")])
    (told,) = (one for one in read_reviews(ROOT / "data", ACTS) if one.key == key)
    joined = find_again(told, report)
    assert joined.warnings == ()
    sentences = {Place(p.section, p.n, s.n): (p, s) for p in report.paragraphs for s in p.sentences}
    assert joined.moved == {place: place for place in sentences}
    for mention in told.mentions:
        paragraph, _ = sentences[mention.place]
        assert paragraph.text[mention.start : mention.end] == mention.text


@at_hand
@pytest.mark.parametrize("key", OURS)
def test_no_summary_copies_six_words_of_its_sentence(key: str) -> None:
    from councilgraph.accuracy.names import words

    report = read_one([path for head in FILES[key] for path in SAMPLES.glob(f"{head}_*.txt")])
    text = {
        (p.section, p.n, s.n): f" {' '.join(words(s.text))} " for p in report.paragraphs for s in p.sentences
    }
    copied = []
    for row in rows(key):
        if row["kind"] == "finding":
            own = words(row["summary"])
            runs = (f" {' '.join(own[n : n + 6])} " for n in range(len(own) - 5))
            sentence = text[row["section"], row["paragraph"], row["sentence"]]
            copied += [row["summary"] for run in runs if run in sentence]
    assert copied == []
