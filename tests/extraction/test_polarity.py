"""Polarity: how the close calls of the annotation guide are settled, and how cues are read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councilgraph.extraction.model_linear import Linear
from councilgraph.extraction.polarity import judge, polarity_features
from councilgraph.extraction.polarity_words import rules_of
from councilgraph.extraction.vocabulary import load_vocabulary

SCHEMES = Path(__file__).resolve().parents[2] / "ontology" / "schemes"
VOCABULARY = load_vocabulary(SCHEMES)
POLARITIES = {"strength", "improvement", "mixed", "context"}

CASES = [
    # praised, or in place and doing what is asked
    ("People told us their workers were kind and listened to them.", "people", "strength"),
    ("There were robust arrangements to keep people in Northmoor safe.", "assessor", "strength"),
    ("Reviews were timely and person-centred.", "assessor", "strength"),
    ("The number of people waiting had fallen because of a new duty team.", "local-data", "strength"),
    ("Eastvale performed better than the England average.", "national-data", "strength"),
    # put fully right
    ("The local authority had addressed the delays.", "assessor", "strength"),
    ("There was no waiting list for equipment.", "assessor", "strength"),
    # a gap, a delay, a risk
    ("People waited too long for an assessment.", "assessor", "improvement"),
    ("There was a shortage of nursing beds in the south of Northmoor.", "assessor", "improvement"),
    ("Carers told us they did not know where to turn.", "carers", "improvement"),
    ("Records were inconsistent and often out of date.", "assessor", "improvement"),
    ("Staff told us caseloads were too high.", "staff", "improvement"),
    ("Eastvale performed worse than the England average.", "national-data", "improvement"),
    # a stated or implied shortfall on which work is under way
    ("Leaders acknowledged there was more to do to reach rural villages.", "leaders", "improvement"),
    ("Work was underway to address the backlog.", "assessor", "improvement"),
    ("Further work was needed to embed the new approach.", "assessor", "improvement"),
    ("The policy was not yet embedded in practice.", "assessor", "improvement"),
    # both in one sentence
    ("Feedback was mixed.", "people", "mixed"),
    ("Carers had mixed views of the new helpline.", "carers", "mixed"),
    ("Most people were happy with their care, but some waited a long time for it.", "people", "mixed"),
    ("While staff felt well supported, they were concerned about high caseloads.", "staff", "mixed"),
    # no judgement
    ("The team was made up of twelve social workers.", "assessor", "context"),
    ("The board was chaired by the cabinet member.", "assessor", "context"),
    ("Saltmarsh had a population of 214,000.", "assessor", "context"),
    ("The figure was in line with the England average.", "national-data", "context"),
    ("A new strategy was due to be published in the autumn.", "assessor", "context"),
]


@pytest.mark.parametrize(("text", "voice", "expected"), CASES)
def test_a_sentence_is_judged_as_the_guide_settles_it(text: str, voice: str, expected: str) -> None:
    judged = judge(text, VOCABULARY, (voice,))
    assert judged.slug == expected
    assert judged.rule


def test_an_illustration_keeps_the_polarity_of_what_it_illustrates() -> None:
    text = "For example, in the north of Saltmarsh calls were made at eleven at night."
    strength = judge(text, VOCABULARY, ("assessor",), "strength", illustrates=True)
    improvement = judge(text, VOCABULARY, ("assessor",), "improvement", illustrates=True)
    assert (strength.slug, improvement.slug) == ("strength", "improvement")
    assert improvement.rule.endswith("illustrates improvement")


def test_an_illustration_that_objects_in_its_own_words_is_judged_by_them() -> None:
    text = "For example, people waited too long, calls were missed and records were poor and out of date."
    assert judge(text, VOCABULARY, ("assessor",), "strength", illustrates=True).slug == "improvement"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Access was timely.", "strength"),
        ("Access was not timely.", "improvement"),
        ("Access was never really timely.", "improvement"),
        ("No one in the whole of the team was confident.", "improvement"),
        ("Few of the older people we met felt safe.", "improvement"),
        ("There were delays.", "improvement"),
        ("There were no delays.", "strength"),
        ("The council had resolved all the delays.", "strength"),
        ("It was not late, timely help came.", "strength"),
    ],
)
def test_a_cue_is_turned_round_by_what_negates_it(text: str, slug: str) -> None:
    cues = polarity_features(text, VOCABULARY, ("assessor",))[1]
    assert cues[-1].slug == slug


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("it was good, however it was late", "contrast"),
        ("it needed to grow", "need"),
        ("it was lower than the national average", "lower"),
        ("it was higher than in similar councils", "higher"),
        ("only 12% had one", "only"),
        ("numbers had risen", "grew"),
        ("numbers had fallen", "fell"),
        ("they could not go", "could-not"),
        ("people were waiting", "waiting"),
        ("there were two", "there-were"),
        ("it was in line with others", "in-line"),
    ],
)
def test_a_way_of_wording_a_judgement_is_known(text: str, name: str) -> None:
    tokens = text.replace(",", "").split()
    assert name in rules_of(text, set(tokens))
    assert name not in rules_of("the hall was green", {"the", "hall", "was", "green"})


def test_the_two_sides_of_a_contrast_are_weighed_apart() -> None:
    turned = polarity_features("Access was timely, but records were poor.", VOCABULARY, ("assessor",))[0]
    plain = polarity_features("Access was timely and records were poor.", VOCABULARY, ("assessor",))[0]
    assert "turn:+-:1" in turned
    assert not any(f.startswith("turn:") for f in plain)


def test_the_model_decides_and_its_chance_is_the_confidence() -> None:
    model = Linear(
        ("context", "improvement", "mixed", "strength"), (0.0, 0.0, 0.0, 0.0), {"w:wonky": (0, 9, 0, 0)}
    )
    judged = judge("A wonky lift.", VOCABULARY, model=model)
    assert judged.slug == "improvement"
    assert judged.sure > 0.99
    assert judge("A lift.", VOCABULARY, model=model).sure == 0.25


WORDS = (
    "not no never timely delays but however while mixed feedback was were had further good poor 12% ,"
    " ; . For example few nobody reduced work underway the in line with average"
)
PIECES = st.sampled_from(WORDS.split())


@given(
    st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map(" ".join)),
    st.sampled_from([None, *sorted(POLARITIES)]),
    st.booleans(),
)
def test_any_text_has_one_of_the_four_polarities(text: str, before: str | None, illustrates: bool) -> None:
    judged = judge(text, VOCABULARY, ("assessor",), before, illustrates=illustrates)
    assert judged.slug in POLARITIES
    assert 0.25 <= judged.sure <= 1
    assert judge(text, VOCABULARY, ("assessor",), before, illustrates=illustrates) == judged
