"""Training: the same sentences give the same weights, and the shipped weights fit the ontology."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from councilgraph.extraction import model_linear
from councilgraph.extraction.labels import Models
from councilgraph.extraction.vocabulary import load_vocabulary
from councilgraph.textdigest import digest
from loaders import read_one

ROOT = Path(__file__).resolve().parents[2]
TRAINING = ROOT / "data" / "training"
VOCABULARY = load_vocabulary(ROOT / "ontology" / "schemes")
SHIPPED = json.loads(Path(model_linear.__file__).with_name("model_weights.json").read_text(encoding="utf-8"))
PAGES = sorted((ROOT / "tests" / "invented").rglob("*.txt"))


@pytest.fixture
def training(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The modules beside the training sentences, as ``python data/training/train.py`` finds them."""
    monkeypatch.syspath_prepend(str(TRAINING))
    train: ModuleType = importlib.import_module("train")
    return train


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """Every twelfth of our own sentences, enough of each polarity to learn from."""
    rows = [
        json.loads(line)
        for path in sorted(TRAINING.glob("sentences*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ][::12]
    path = tmp_path / "sentences-few.jsonl"
    path.write_text("".join(json.dumps({**row, "follows": False}) + "\n" for row in rows), encoding="utf-8")
    return path


def test_the_same_sentences_give_the_same_file_to_the_byte(
    training: ModuleType, few: Path, tmp_path: Path
) -> None:
    command = [sys.executable, str(TRAINING / "train.py"), "--own", str(few), "--out"]
    done = subprocess.run([*command, str(tmp_path / "a.json")], capture_output=True, text=True, check=True)
    training.main(["--own", str(few), "--out", str(tmp_path / "b.json")])
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
    sentences = len(few.read_text(encoding="utf-8").splitlines())
    assert f"{sentences} sentences" in done.stdout


def test_a_label_that_changes_changes_the_weights(training: ModuleType, few: Path) -> None:
    import fitting

    passages = training.read_passages([few], [], None)
    turned = [
        p._replace(examples=tuple(e._replace(polarity="mixed") if i % 2 else e for e in p.examples))
        for i, p in enumerate(passages)
    ]
    first, second = fitting.learn(passages, VOCABULARY), fitting.learn(turned, VOCABULARY)
    assert first["polarity"] != second["polarity"]
    assert first["theme"] == second["theme"]


def test_learned_weights_label_sentences_that_they_had_not_seen(training: ModuleType, few: Path) -> None:
    import fitting
    from measure import figures, tally

    passages = training.read_passages([few], [], None)
    learned = fitting.as_models(fitting.learn(passages[::2], VOCABULARY))
    measured = figures(tally(passages[1::2], VOCABULARY, learned))
    most = max(
        sum(e.polarity == c for p in passages[1::2] for e in p.examples) for c in ("strength", "improvement")
    )
    assert measured["accuracy"] > most / len(passages[1::2])


def test_cross_validation_prints_the_figures_of_each_source(
    training: ModuleType, few: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = few.with_name("sentences-other.jsonl")
    lines = few.read_text(encoding="utf-8").splitlines(keepends=True)
    few.write_text("".join(lines[::2]), encoding="utf-8")
    other.write_text("".join(lines[1::2]), encoding="utf-8")
    training.main(["--own", str(few), str(other), "--out", str(few), "--cross-validate"])
    printed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in printed] == ["sentences-few", "sentences-other"]
    assert all(re.search(r"macro 0\.\d+ .*shortfall 0\.\d+ .*themes 0\.\d+", line) for line in printed)
    assert few.read_text(encoding="utf-8").startswith('{"section"')


def test_a_line_that_follows_is_in_the_paragraph_of_the_line_above(
    training: ModuleType, tmp_path: Path
) -> None:
    row = {"section": "equity", "text": "A.", "polarity": "context", "voices": ["assessor"], "themes": []}
    rows = [
        {**row, "follows": False},
        {**row, "follows": True, "text": "B."},
        {**row, "follows": False, "text": "C."},
        {**row, "follows": True, "text": "D.", "section": "learning"},
    ]
    path = tmp_path / "sentences-x.jsonl"
    path.write_text("\n".join(json.dumps(r) for r in rows), encoding="utf-8")
    passages = training.read_passages([path], [], None)
    assert [[e.text for e in p.examples] for p in passages] == [["A.", "B."], ["C."], ["D."]]


def test_findings_are_found_by_digest_and_only_those_of_development_pages(
    training: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import examples

    (tmp_path / "data" / "assessments" / "evidence").mkdir(parents=True)
    split = tmp_path / "data" / "assessments" / "evidence" / "split.toml"
    split.write_text('[development]\n"f" = ["equity"]\n', encoding="utf-8")
    monkeypatch.setattr(examples, "ROOT", tmp_path)
    report = read_one([PAGES[0]])
    (first, second) = [s for p in report.paragraphs for s in p.sentences][:2]
    finding = {
        "kind": "finding", "section": "equity", "paragraph": 1, "sentence": 1, "polarity": "mixed",
        "voices": ["people"], "themes": [], "digest": digest(first.text), "close": ["voices"],
    }  # fmt: skip
    lost = {**finding, "digest": digest(second.text + " not there")}
    held_out = {**finding, "section": "learning", "digest": digest(second.text)}
    records = ({"kind": "mention"}, finding, lost, held_out)
    (tmp_path / "f.jsonl").write_text("\n".join(json.dumps(r) for r in records), encoding="utf-8")
    passages = training.read_passages([], [tmp_path / "f.jsonl"], PAGES[0].parent)
    assert [(e.text, e.voices, e.close) for p in passages for e in p.examples] == [
        (first.text, ("people",), {"voice"})
    ]
    assert not any(p.own for p in passages)


def test_our_echo_of_a_measured_sentence_is_left_out_of_learning(training: ModuleType) -> None:
    from examples import Example, Passage, without_echoes

    def passage(text: str) -> Passage:
        return Passage("x", (Example("equity", text, "context", ("assessor",), ()),), True)

    tested = passage("The council of Eastvale ran three village halls for older people.")
    echo = passage("The council of Northmoor ran three village halls for older people.")
    other = passage("Buses stopped early on the coast.")
    assert without_echoes([echo, other], [tested]) == [other]


def test_shipped_classes_are_the_concepts_of_the_schemes() -> None:
    assert set(SHIPPED["polarity"]["classes"]) == set(VOCABULARY.concepts["polarity"])
    assert SHIPPED["theme"]["classes"] == ["given"]
    themes = {slug for slug in VOCABULARY.concepts["theme"] if not slug.startswith("group-")}
    assert set(SHIPPED["topics"]["bias"]) == themes
    weighed = {f.partition(":")[2] for f in SHIPPED["theme"]["weights"] if f.startswith("theme:")}
    assert weighed <= themes


def test_shipped_weights_know_only_labels_that_are_in_the_schemes() -> None:
    labels = {
        scheme: {x for c in VOCABULARY.concepts[scheme].values() for kind in c.labels.values() for x in kind}
        for scheme in ("polarity", "theme")
    }
    for feature in SHIPPED["theme"]["weights"]:
        if feature.startswith("label:"):
            assert feature.partition(":")[2] in labels["theme"]
    for feature in SHIPPED["polarity"]["weights"]:
        if feature.startswith("label:"):
            assert feature.split(":", 2)[2] in labels["polarity"]


def test_shipped_weights_were_learned_from_all_our_sentences(training: ModuleType) -> None:
    import measure

    passages = training.read_passages(sorted(TRAINING.glob("sentences*.jsonl")), [], None)
    assert SHIPPED["sentences"] >= sum(len(p.examples) for p in passages)
    # What was learned from is fitted far better than chance: weights of other features would not be.
    counts = measure.tally(passages, VOCABULARY, Models())
    measured = measure.figures(counts)
    assert measured["accuracy"] > 0.9
    assert measured["themes"] > 0.8
