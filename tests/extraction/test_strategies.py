"""Strategies: titles, years, states and parties, on sentences of invented councils."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from councilgraph.extraction.strategies import find_strategies
from councilgraph.extraction.vocabulary import load_vocabulary
from councilgraph.model import Council, Mention, Place, Report, Strategy
from tests.support.reports import make_report

VOCABULARY = load_vocabulary(Path(__file__).resolve().parents[2] / "ontology" / "schemes")
NORTHMOOR = Council("NMR", "Northmoor County Council", "Northmoor", "county", "E10009901")


def report(text: str) -> Report:
    return make_report({"governance": [[text]]})


def read(text: str, *bodies: str) -> tuple[Strategy, ...]:
    mentions = tuple(
        Mention(Place("governance", 1, 1), text.index(b), text.index(b) + len(b), b, "nhs-trust", True)
        for b in bodies
    )
    return find_strategies(report(text), NORTHMOOR, mentions, VOCABULARY)


TITLES: list[tuple[str, list[str]]] = [
    ("The Northmoor Carers Strategy was in place.", ["Northmoor Carers Strategy"]),
    (
        "Leaders spoke of the Living Well in Eastvale Strategy 2023-2028.",
        ["Living Well in Eastvale Strategy"],
    ),
    ("The local authority had an Adult Social Care Prevention Plan.", ["Adult Social Care Prevention Plan"]),
    ("A Market Position Statement set out what was needed.", ["Market Position Statement"]),
    ("The market position statement was due for renewal.", ["market position statement"]),
    ("It drew on the Joint Strategic Needs Assessment (JSNA).", ["Joint Strategic Needs Assessment"]),
    ("The Quality Assurance Framework was used.", ["Quality Assurance Framework"]),
    (
        "The Housing Strategy and the Dementia Strategy were linked.",
        ["Housing Strategy", "Dementia Strategy"],
    ),
    ("The Joint Health and Wellbeing Strategy was shared.", ["Joint Health and Wellbeing Strategy"]),
    (
        "The Learning Disability, Autism and Mental Health Strategy was new.",
        ["Learning Disability, Autism and Mental Health Strategy"],
    ),
    ("A joint Strategy for Unpaid Carers was agreed.", ["Strategy for Unpaid Carers"]),
    ("The strategy 'Better by the Sea' was launched in 2024.", ["Better by the Sea"]),
    ("The ‘Ageing Well’ strategy was refreshed.", ["Ageing Well"]),
    ("The 2023-2028 Workforce Strategy was clear.", ["Workforce Strategy"]),
    ("Adult social care strategy 2022-2027 guided the work.", ["Adult social care strategy"]),
    ("The council's carers strategy (2023 to 2028) was known.", ["carers strategy"]),
    ("For example, the All Age Autism Strategy named gaps.", ["All Age Autism Strategy"]),
    (
        "The Prevention and Wellbeing Strategy and Delivery Plan was live.",
        ["Prevention and Wellbeing Strategy and Delivery Plan"],
    ),
    ("The Better Care Fund Plan was signed.", ["Better Care Fund Plan"]),
    ("There was a Vision 2030 Plan for the county.", ["Vision 2030 Plan"]),
    ("The Public Health Annual Report told of gaps.", ["Public Health Annual Report"]),
]
NO_TITLES = [
    "There was a clear action plan.",
    "Commissioning strategies were in place.",
    "People had a Care Plan.",
    "Each person had a Care and Support Plan.",
    "An Education, Health and Care Plan was shared.",
    "The local authority's equity strategy was known.",
    "Strategy was the work of all.",
    "The Plan was good.",
    "The Adult Social Care Outcomes Framework was used.",
    "A carer's assessment was offered.",
    "The Northmoor County Council strategy was sound.",
    "Staff knew the plan for the winter.",
    "“I have a plan for when I am ill,” a person said.",
    "The programme had run well.",
    "This Programme was new.",
]
YEARS: list[tuple[str, str | None, str | None]] = [
    ("The Carers Strategy 2023-2028 was known.", "2023", "2028"),
    ("The Carers Strategy (2023 to 2028) was known.", "2023", "2028"),
    ("The Carers Strategy 2023/28 was known.", "2023", "2028"),
    ("The Carers Strategy, 2024–29, was known.", "2024", "2029"),
    ("The 2022-2025 Carers Strategy was known.", "2022", "2025"),
    ("The Carers Strategy (March 2024) was known.", "2024-03", None),
    ("The five-year Carers Strategy, launched in 2024, was known.", "2024", "2029"),
    ("The Carers Strategy was launched in 2024 as a three-year plan.", "2024", "2027"),
    ("The Carers Strategy was refreshed in March 2024.", "2024-03", None),
    ("The Carers Strategy ran until 2027.", None, "2027"),
    ("The Carers Strategy ran from 2023 to 2027.", "2023", "2027"),
    ("In 2024 the local authority published its Carers Strategy.", "2024", None),
    ("The Carers Strategy used data from the 2021 census.", None, None),
    ("The Carers Strategy was known.", None, None),
    ("The Carers Strategy (CS) 2023-2026 was known.", "2023", "2026"),
]
STATES: list[tuple[str, str]] = [
    ("The Carers Strategy was in place.", "in-force"),
    ("The local authority was developing a Carers Strategy.", "in-development"),
    ("A new Carers Strategy was being co-produced.", "in-development"),
    ("A draft Carers Strategy was out for comment.", "in-development"),
    ("The Carers Strategy was under development.", "in-development"),
    ("The Carers Strategy was due to be published in 2025.", "in-development"),
    ("The Carers Strategy had expired.", "superseded"),
    ("The previous Carers Strategy was short.", "superseded"),
    ("The Carers Strategy had been replaced.", "superseded"),
    ("The local authority had developed a Carers Strategy.", "in-force"),
    ("The Carers Strategy set out how carers are helped.", "in-force"),
]


@pytest.mark.parametrize(("text", "titles"), TITLES, ids=[t for t, _ in TITLES])
def test_titles_are_found(text: str, titles: list[str]) -> None:
    assert [s.title for s in read(text)] == titles


@pytest.mark.parametrize("text", NO_TITLES)
def test_untitled_is_left_out(text: str) -> None:
    assert read(text, *(["Northmoor County Council"] if "County Council" in text else [])) == ()


@pytest.mark.parametrize(("text", "start", "end"), YEARS, ids=[t for t, _, _ in YEARS])
def test_years_are_read(text: str, start: str | None, end: str | None) -> None:
    assert [(s.start, s.end) for s in read(text)] == [(start, end)]


@pytest.mark.parametrize(("text", "status"), STATES, ids=[t for t, _ in STATES])
def test_state_is_read(text: str, status: str) -> None:
    assert [s.status for s in read(text)] == [status]


def test_dates_go_to_their_own_title() -> None:
    found = read("The Housing Strategy 2020-2025 and the Carers Strategy 2023-2028 were linked.")
    assert [(s.title, s.start, s.end) for s in found] == [
        ("Housing Strategy", "2020", "2025"),
        ("Carers Strategy", "2023", "2028"),
    ]


def test_co_produced_and_parties() -> None:
    (found,) = read(
        "The joint Carers Strategy was co-produced with Eastvale NHS Trust.", "Eastvale NHS Trust"
    )
    assert found.co_produced
    assert [p.name for p in found.parties] == ["Eastvale NHS Trust"]
    (found,) = read("The Carers Strategy was not co-produced.")
    assert not found.co_produced


def test_a_title_is_told_once_in_a_sentence() -> None:
    assert len(read("The Carers Strategy was new, and the Carers Strategy was read.")) == 1


@given(st.text(alphabet="Strategy Plan'\"(),.-–2024 ABCab Carers for of and the", max_size=200))
@settings(max_examples=200)
def test_never_raises_and_invents_no_title(text: str) -> None:
    for found in read(text):
        assert found.title in text
        for year in (found.start, found.end):
            assert year is None or len(year) in (4, 7)
