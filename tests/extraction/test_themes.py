"""Themes: given where a sentence is about them, carried on where it goes on, never invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councilgraph.extraction.model_linear import Linear, Topics
from councilgraph.extraction.themes import MOST, candidates, find_themes, topic_words
from councilgraph.extraction.vocabulary import load_vocabulary

SCHEMES = Path(__file__).resolve().parents[2] / "ontology" / "schemes"
VOCABULARY = load_vocabulary(SCHEMES)
ALL = {slug for slug in VOCABULARY.concepts["theme"] if not slug.startswith("group-")}
NO_TOPICS = Topics((), (), {})

CASES = [
    (
        "assessing-needs",
        "People waited months for a Care Act assessment.",
        "assessment-and-review waiting-times",
    ),
    ("assessing-needs", "Direct payments were easy to set up in Northmoor.", "direct-payments"),
    ("assessing-needs", "Unpaid carers told us their assessments were rushed.", "unpaid-carers"),
    ("assessing-needs", "Financial assessments took ten weeks.", "charging-and-financial-assessment"),
    ("healthier-lives", "The reablement team helped people regain their skills.", "reablement"),
    ("healthier-lives", "Telecare and falls sensors were offered early.", "technology-enabled-care"),
    ("equity", "Interpreters and easy read letters were available.", "equality-and-inclusion"),
    ("care-provision", "There were not enough nursing home beds.", "residential-and-nursing-care"),
    ("care-provision", "Homecare providers had capacity in Saltmarsh.", "homecare"),
    ("partnerships", "The Better Care Fund paid for two posts.", "pooled-funding"),
    ("safe-pathways", "Hospital discharge was well coordinated.", "hospital-discharge"),
    ("safe-pathways", "Transition planning began at fourteen.", "transition-to-adulthood"),
    ("safeguarding", "Section 42 enquiries were completed on time.", "safeguarding-enquiries"),
    ("safeguarding", "There was a backlog of DoLS applications.", "deprivation-of-liberty"),
    ("governance", "The scrutiny committee challenged leaders well.", "governance-and-scrutiny"),
    ("learning", "Staff had good access to training.", "training-and-development"),
]


@pytest.mark.parametrize(("section", "text", "expected"), CASES)
def test_a_sentence_about_a_theme_is_given_it(section: str, text: str, expected: str) -> None:
    assert set(expected.split()) <= set(find_themes(text, section, VOCABULARY).slugs)


def test_a_sentence_that_goes_on_keeps_the_theme_before_it() -> None:
    text = "This meant people had more choice and control."
    carried = find_themes(text, "healthier-lives", VOCABULARY, ("direct-payments",), ("direct-payments",))
    assert "direct-payments" in carried.slugs
    assert "direct-payments" not in find_themes(text, "healthier-lives", VOCABULARY).slugs
    assert "theme direct-payments: goes on from before" in carried.rules


def test_a_theme_says_which_label_gave_it() -> None:
    rules = find_themes("Direct payments were easy to set up.", "assessing-needs", VOCABULARY).rules
    assert "theme direct-payments: label 'Direct payments'" in rules


def test_a_sentence_without_a_subject_of_care_has_no_theme() -> None:
    assert find_themes("The hall was painted green.", "about-financial", VOCABULARY).slugs == ()


def test_a_label_is_a_candidate_and_the_model_decides() -> None:
    text = "Respite was offered."
    found = candidates(text, "about-financial", VOCABULARY, topics=NO_TOPICS)
    assert [c.slug for c in found] == ["respite"]
    never = Linear(("given",), (-9.0,), {})
    always = Linear(("given",), (9.0,), {})
    assert find_themes(text, "equity", VOCABULARY, model=never, topics=NO_TOPICS).slugs == ()
    assert find_themes(text, "about-financial", VOCABULARY, model=always, topics=NO_TOPICS).slugs == (
        "respite",
    )


def test_words_that_go_with_a_theme_make_it_a_candidate_without_a_label() -> None:
    topics = Topics.of({"bias": {"respite": 0.0, "prisons": 0.0}, "weights": {"wobbly": {"respite": 0.8}}})
    found = candidates("It was wobbly.", "about-financial", VOCABULARY, topics=topics)
    assert [(c.slug, c.why) for c in found] == [("respite", "words that go with it")]


def test_no_sentence_has_more_than_four_themes_and_the_likeliest_stay() -> None:
    labels = ["Respite", "Prisons", "Advocacy", "Homecare", "Reablement", "Rurality"]
    model = Linear(("given",), (1.0,), {"theme:respite": (-0.5,), "theme:prisons": (-0.4,)})
    text = " and ".join(labels)
    found = find_themes(text, "about-financial", VOCABULARY, model=model, topics=NO_TOPICS).slugs
    assert len(found) == MOST
    assert set(found) == {"advocacy", "homecare", "reablement", "rurality"}


def test_topic_words_leave_out_the_commonest_and_keep_pairs() -> None:
    assert topic_words("the care homes of the town") == ["care", "home", "town", "care home", "home town"]


LABELS = sorted(
    label for c in VOCABULARY.concepts["theme"].values() for kind in c.labels.values() for label in kind
)


@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(LABELS), max_size=12).map(" and ".join)),
    st.sampled_from(["equity", "safeguarding", "strengths-summary", "no-such-section"]),
    st.lists(st.sampled_from(sorted(ALL)), max_size=4, unique=True),
)
def test_any_text_has_at_most_four_known_themes_in_order(text: str, section: str, before: list[str]) -> None:
    found = find_themes(text, section, VOCABULARY, before, before)
    assert set(found.slugs) <= ALL
    assert list(found.slugs) == sorted(set(found.slugs))
    assert len(found.slugs) <= MOST
    assert len(found.rules) == len(found.slugs)
    assert 0 <= found.sure <= 1
