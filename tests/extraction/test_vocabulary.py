"""Vocabulary: what an editor writes in Turtle is what is found, and how a label is matched."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councilgraph.errors import InputError
from councilgraph.extraction.arrangements import find_partnerships
from councilgraph.extraction.bodies import find_mentions
from councilgraph.extraction.polarity import polarity_features
from councilgraph.extraction.register import Register
from councilgraph.extraction.themes import candidates
from councilgraph.extraction.vocabulary import Finder, Vocabulary, level, load_vocabulary, straight
from councilgraph.extraction.voices import find_voices
from councilgraph.model import Report
from tests.support.reports import make_report

SCHEMES = Path(__file__).resolve().parents[2] / "ontology" / "schemes"
VOCABULARY = load_vocabulary(SCHEMES)


def found(finder: Finder, text: str) -> list[tuple[str, str]]:
    return [(h.slug, text[h.start : h.end]) for h in finder.find(text)]


def with_label(folder: Path, scheme: str, slug: str, label: str) -> Vocabulary:
    """The vocabulary after an editor has added a hidden label to a concept."""
    shutil.copytree(SCHEMES, folder, dirs_exist_ok=True)
    path = folder / f"{scheme}.ttl"
    text = path.read_text(encoding="utf-8")
    concept = text.index(f"<https://w3id.org/councilgraph/scheme/{scheme}/{slug}>\n    a skos:Concept")
    place = text.index("skos:hiddenLabel", concept) + len("skos:hiddenLabel")
    path.write_text(f'{text[:place]} "{label}"@en ,{text[place:]}', encoding="utf-8")
    return load_vocabulary(folder)


def test_a_hidden_label_added_in_turtle_is_found_as_a_theme(tmp_path: Path) -> None:
    text = "Eastvale had opened a wobblehouse for young parents."
    edited = with_label(tmp_path, "theme", "respite", "wobblehouse")
    assert "respite" not in {c.slug for c in candidates(text, "about-financial", VOCABULARY)}
    assert [c.why for c in candidates(text, "about-financial", edited) if c.slug == "respite"] == [
        "label 'wobblehouse'"
    ]


def test_a_hidden_label_added_in_turtle_is_found_as_a_voice(tmp_path: Path) -> None:
    text = "The jackdaw line rang with stories of late visits."
    edited = with_label(tmp_path, "voice", "carers", "the jackdaw line rang")
    assert find_voices(text, VOCABULARY).voices == ("assessor",)
    assert find_voices(text, edited).voices == ("carers",)


def test_a_hidden_label_added_in_turtle_is_weighed_as_a_cue(tmp_path: Path) -> None:
    text = "The lift was wonky on both days."
    edited = with_label(tmp_path, "polarity", "improvement", "wonky")
    assert not polarity_features(text, VOCABULARY, ("assessor",))[1]
    features, cues = polarity_features(text, edited, ("assessor",))
    assert [(c.slug, c.label) for c in cues] == [("improvement", "wonky")]
    assert "cue:improvement:1" in features


def test_a_hidden_label_added_in_turtle_is_found_as_a_kind_of_body(tmp_path: Path) -> None:
    edited = with_label(tmp_path, "organisation-kind", "vcfse", "barn circles")

    def kinds(vocabulary: Vocabulary) -> list[tuple[str, str]]:
        report = one_sentence("Northmoor funded two barn circles for older farmers.")
        return [(m.text, m.kind) for m in find_mentions(report, None, Register.of([]), vocabulary)]

    assert kinds(VOCABULARY) == []
    assert kinds(edited) == [("barn circles", "vcfse")]


def test_a_hidden_label_added_in_turtle_is_found_as_a_partnership(tmp_path: Path) -> None:
    edited = with_label(tmp_path, "partnership-type", "pooled-budget", "common purse")

    def types(vocabulary: Vocabulary) -> list[str]:
        report = one_sentence("The local authority and health partners had a common purse for equipment.")
        return [p.type for p in find_partnerships(report, None, (), (), vocabulary)]

    assert types(VOCABULARY) == []
    assert types(edited) == ["pooled-budget"]


def one_sentence(text: str) -> Report:
    return make_report({"partnerships": [[text]]})


def test_a_changed_file_is_read_again_and_changes_the_digest(tmp_path: Path) -> None:
    first = with_label(tmp_path, "theme", "respite", "wobblehouse")
    second = with_label(tmp_path, "theme", "respite", "jumblehouse")
    assert first.digest != second.digest
    assert found(second.finder("theme"), "A jumblehouse") == [("respite", "jumblehouse")]


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("care home", "Two care homes closed", "care homes"),
        ("facility", "Both facilities were full", "facilities"),
        ("day", "Three days a week", "days"),
        ("box", "The boxes came", "boxes"),
        ("care homes", "One care home closed", None),
        ("needs", "The needss list", None),
    ],
)
def test_a_label_is_found_in_the_plural_of_its_last_word(label: str, text: str, expected: str | None) -> None:
    assert [w for _, w in found(Finder([("x", label)]), text)] == ([expected] if expected else [])


def test_a_plural_that_another_concept_claims_stays_with_it() -> None:
    finder = Finder([("one", "carer"), ("many", "carers")])
    assert found(finder, "A carer and two carers") == [("one", "carer"), ("many", "carers")]


@pytest.mark.parametrize(
    ("label", "text", "expected"),
    [
        ("SAR", "A SAR was held", ["SAR"]),
        ("SAR", "Two SARs were held", ["SARs"]),
        ("SAR", "sar and Sar and sars", []),
        ("TEC", "We used tec and TEC", ["TEC"]),
        ("Autism", "AUTISM and autism", ["AUTISM", "autism"]),
    ],
)
def test_an_abbreviation_is_found_only_in_capitals(label: str, text: str, expected: list[str]) -> None:
    assert [w for _, w in found(Finder([("x", label)]), text)] == expected


def test_small_letters_of_an_abbreviation_may_be_a_shorter_label() -> None:
    finder = Finder([("abbreviation", "AB"), ("word", "ab")])
    # The first of two labels that differ in nothing but case wins; the text's case then decides.
    assert found(finder, "AB ab") == [("abbreviation", "AB")]
    both = Finder([("abbreviation", "ABC"), ("word", "a b")])
    assert found(both, "abc a-b ABC") == [("word", "a-b"), ("abbreviation", "ABC")]


@pytest.mark.parametrize("typed", ["carers' centre", "carers’ centre", "carers‘  centre", "Carers´-centre"])
def test_quotes_hyphens_and_spaces_are_found_however_they_are_typed(typed: str) -> None:
    assert found(Finder([("x", "carers' centre")]), f"The {typed}, in town") == [("x", typed)]


def test_the_longest_label_at_a_place_wins_and_hits_do_not_overlap() -> None:
    finder = Finder([("board", "board"), ("hwb", "health and wellbeing board"), ("health", "health")])
    text = "The health and wellbeing board, a health board"
    assert found(finder, text) == [
        ("hwb", "health and wellbeing board"),
        ("health", "health"),
        ("board", "board"),
    ]


def test_a_label_inside_a_word_is_not_found() -> None:
    assert found(Finder([("x", "art")]), "start party art's artful art") == [("x", "art"), ("x", "art")]


def test_groups_that_are_for_browsing_are_not_looked_for() -> None:
    slugs = {
        slug for slug, _ in found(VOCABULARY.finder("theme"), "Care and the care market, Carers and respite")
    }
    assert slugs
    assert not any(slug.startswith("group-") for slug in slugs)


def test_a_label_too_long_to_be_one_is_left_out(tmp_path: Path) -> None:
    edited = with_label(tmp_path, "theme", "respite", "word " * 40)
    assert edited.concepts["theme"]["respite"] == VOCABULARY.concepts["theme"]["respite"]


def test_an_unknown_scheme_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        VOCABULARY.finder("colours")


def test_a_folder_without_schemes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        load_vocabulary(tmp_path)


def test_broken_turtle_is_refused_by_the_name_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "theme.ttl").write_text("<a> <b> .", encoding="utf-8")
    with pytest.raises(InputError, match=r"theme\.ttl|no Turtle"):
        load_vocabulary(tmp_path)


@given(st.text(max_size=300))
def test_levelled_text_keeps_every_offset(text: str) -> None:
    assert len(level(text)) == len(straight(text)) == len(text)


@pytest.mark.parametrize("scheme", ["theme", "voice", "polarity"])
@given(data=st.data())
def test_hits_are_in_order_apart_and_whole_words_of_any_text(scheme: str, data: st.DataObject) -> None:
    labels = [
        label for c in VOCABULARY.concepts[scheme].values() for kind in c.labels.values() for label in kind
    ]
    pieces = data.draw(st.lists(st.one_of(st.sampled_from(labels), st.text(max_size=8)), max_size=12))
    text = data.draw(st.sampled_from([" ", "", ", ", "-", "’"])).join(pieces)
    at = 0
    for hit in VOCABULARY.finder(scheme).find(text):
        assert at <= hit.start < hit.end <= len(text)
        assert not re.match(r"\w", text[hit.end :][:1] or " ")
        assert not re.match(r"\w", text[: hit.start][-1:] or " ")
        at = hit.end
