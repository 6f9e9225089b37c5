"""Voices: whose evidence a sentence is, by the rules of the annotation guide."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councilgraph.extraction.vocabulary import load_vocabulary
from councilgraph.extraction.voices import find_voices

SCHEMES = Path(__file__).resolve().parents[2] / "ontology" / "schemes"
VOCABULARY = load_vocabulary(SCHEMES)
ALL = frozenset(VOCABULARY.concepts["voice"])


def voices(text: str, before: str = "", illustrates: bool = False) -> str:
    found = find_voices(text, VOCABULARY, tuple(before.split()), illustrates)
    assert found.rule
    return " ".join(found.voices)


SPEAKERS = [
    ("Leaders acknowledged that more beds were needed in Northmoor.", "leaders"),
    ("Leaders recognised the strain on the duty desk.", "leaders"),
    ("Senior leaders told us the plan was on course.", "leaders"),
    ("The local authority told us it would widen the scheme.", "leaders"),
    ("Councillors said they visited the day centre each term.", "leaders"),
    ("People told us the line was always busy.", "people"),
    ("People we spoke with were pleased with their care.", "people"),
    ("Families felt left out of the decision.", "people"),
    ("A woman in Saltmarsh told us her rail had come within a day.", "people"),
    ("Unpaid carers said nights were hardest.", "carers"),
    ("Young carers told us the club was fun.", "carers"),
    ("Staff described the new form as clumsy.", "staff"),
    ("Social workers told us supervision was regular.", "staff"),
    ("Staff in the hub and at the front desk said they were proud of their work.", "staff"),
    ("Staff could tell us how the rota worked.", "staff"),
    ("Staff knew the policy well and told us they used it.", "staff"),
    ("Health partners told us the joint rota had helped.", "partners"),
    ("Prison staff told us referrals were answered.", "partners"),
    ("Police officers said the panel was quick.", "partners"),
    ("Hospital managers told us the lounge opened early.", "partners"),
    ("The Ombudsman found fault with two letters.", "partners"),
    ("A peer review had found that records were thin.", "partners"),
    ("Providers said the fees came late.", "providers"),
    ("Care home managers told us the nurse line helped.", "providers"),
    ("The advocacy provider said referrals had grown.", "providers"),
    ("Smaller homecare agencies told us tenders were long.", "providers"),
    ("A local charity told us its grant had been renewed.", "vcfse"),
    ("Voluntary sector partners told us they were heard.", "vcfse"),
    ("Community groups said the forum had lapsed.", "vcfse"),
    ("Healthwatch Eastvale reported long waits for letters.", "healthwatch"),
    ("Healthwatch had published a report on dentists.", "healthwatch"),
    ("Staff, leaders and partners told us the aims were shared.", "leaders partners staff"),
    ("Feedback from carers was that breaks were rare.", "carers"),
    ("According to staff, the lift seldom worked.", "staff"),
    ("Morale was good, with staff confirming that they were listened to.", "staff"),
    ("'It changed my life,' said one man.", "people"),
]


@pytest.mark.parametrize(("text", "expected"), SPEAKERS)
def test_those_who_say_it_are_the_voice(text: str, expected: str) -> None:
    assert voices(text) == expected


NOT_VOICES = [
    "Leaders had oversight of the waiting list.",
    "Staff and leaders understood the needs of each village.",
    "The team supported people to find work.",
    "There was a helpline for people who felt lonely.",
    "Services for carers were spread across Northmoor.",
    "Feedback from people was gathered after each visit and used to train new workers.",
    "People told their story only once.",
    "The forum met every month.",
    "People had been told of the change by letter.",
    "Performance was reported to leaders each quarter.",
    "The guide was written in plain words.",
]


@pytest.mark.parametrize("text", NOT_VOICES)
def test_the_subject_of_a_sentence_is_not_its_voice(text: str) -> None:
    assert voices(text) == "assessor"


FIGURES = [
    ("National data showed 61% of carers were content.", "national-data"),
    ("National data showed 61% of people said they felt safe.", "national-data"),
    ("Take-up was 31%, which was above the England average.", "national-data"),
    ("The local authority's data showed no one was waiting.", "local-data"),
    ("Data provided by the local authority showed 80 people were waiting.", "local-data"),
    ("Internal audits found that plans were rarely updated.", "local-data"),
    ("An external audit found the accounts in order.", "local-data"),
    ("At the time of our visit 80 people were waiting for an assessment.", "assessor"),
    ("A survey by the council found most people were content.", "local-data people"),
    ("The council's own survey of carers found half were content.", "carers local-data"),
    ("A staff survey showed morale had improved.", "local-data staff"),
    ("The local authority was using data to find gaps.", "assessor"),
    ("The area had a population of 214,000.", "assessor"),
]


@pytest.mark.parametrize(("text", "expected"), FIGURES)
def test_figures_and_surveys_have_the_voice_of_their_source(text: str, expected: str) -> None:
    assert voices(text) == expected


@pytest.mark.parametrize(
    ("text", "before", "expected"),
    [
        ("They said visits were short.", "carers", "carers"),
        ("They valued the same face at the door.", "people", "people"),
        ("Others told us the bus no longer ran.", "people", "people"),
        ("The letters, they said, were hard to follow.", "providers", "providers"),
        ("They were based in the town hall.", "assessor", "assessor"),
        ("Staff told us they knew of it.", "people", "staff"),
        ("The median wait was 12 days.", "local-data", "local-data"),
        ("The centre had a garden.", "people", "assessor"),
    ],
)
def test_a_pronoun_carries_the_voice_of_the_sentence_before(text: str, before: str, expected: str) -> None:
    assert voices(text, before) == expected


def test_an_illustration_without_a_source_speaks_with_what_it_illustrates() -> None:
    text = "For example, a ramp had been fitted in a week."
    assert voices(text, "people", illustrates=True) == "people"
    assert voices(text, "people") == "assessor"


def test_a_cue_inside_the_name_of_another_group_is_not_that_group() -> None:
    assert voices("Charity staff told us the hall was cold.") != "staff"
    assert voices("Special school staff felt plans came late.") == "partners"


WORDS = (
    "people staff leaders carers providers partners told said felt us that who with and , ; . ' ’"
    " survey 12% found they For example healthwatch the local authority data showed ombudsman"
)
PIECES = st.sampled_from(WORDS.split())


@given(
    st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join)),
    st.lists(st.sampled_from(sorted(ALL)), max_size=2, unique=True).map(lambda v: tuple(sorted(v))),
    st.booleans(),
)
def test_any_text_has_known_voices_in_order(text: str, before: tuple[str, ...], illustrates: bool) -> None:
    found = find_voices(text, VOCABULARY, before, illustrates).voices
    assert found
    assert set(found) <= ALL
    assert list(found) == sorted(set(found))
    assert len(found) == 1 or "assessor" not in found or "assessor" in before
