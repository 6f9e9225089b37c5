"""Figures: every pattern and every exclusion, on sentences of invented councils."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from councilgraph.extraction.figures import find_statistics
from councilgraph.extraction.vocabulary import load_vocabulary
from councilgraph.model import Finding, Place, Report, Statistic
from tests.support.reports import make_report

SCHEMES = Path(__file__).resolve().parents[2] / "ontology" / "schemes"
VOCABULARY = load_vocabulary(SCHEMES)


def report(*sentences: str) -> Report:
    """A report of one paragraph."""
    return make_report({"governance": [sentences]})


def read(*sentences: str, findings: tuple[Finding, ...] = ()) -> tuple[Statistic, ...]:
    return find_statistics(report(*sentences), findings, VOCABULARY)


def brief(*sentences: str) -> list[tuple[object, str]]:
    return [(float(s.value) if isinstance(s.value, Decimal) else s.value, s.unit) for s in read(*sentences)]


FIGURES: list[tuple[str, list[tuple[object, str]]]] = [
    # percentages
    ("In Northmoor 63% of adults were content with their homecare.", [(63, "percent")]),
    ("Some 4.5 per cent of posts stood empty.", [(4.5, "percent")]),
    ("Sickness fell by 3 percentage points.", [(3, "percent")]),
    ("Between 10-20% of calls were lost.", [(10, "percent"), (20, "percent")]),
    ("Take-up rose from 31% to 44%.", [(31, "percent"), (44, "percent")]),
    ("Eighty-two percent of staff in Eastvale knew the plan.", [(82, "percent")]),
    ("Turnover was 12%, against an England average of 24.8%.", [(12, "percent"), (24.8, "percent")]),
    (
        "Completion was 92% (England average 84%, regional average 87%).",
        [(92, "percent"), (84, "percent"), (87, "percent")],
    ),
    ("The target of 85% was missed, with 71% done.", [(85, "percent"), (71, "percent")]),
    # fractions
    ("Two-thirds of carers felt heard.", [(66.7, "percent")]),
    ("A fifth of people lived alone.", [(20, "percent")]),
    ("Over half of the providers were rated good.", [(50, "percent")]),
    ("Three quarters of reviews were on time.", [(75, "percent")]),
    ("One in five adults in Saltmarsh had a long-term illness.", [(20, "percent")]),
    ("Nearly 9 out of 10 people kept their helper.", [(90, "percent")]),
    ("Waits were cut by a third.", [(33.3, "percent")]),
    # counts
    ("There were 1,204 people on the list.", [(1204, "count")]),
    ("Staff spoke to eight providers.", [(8, "count")]),
    ("The list fell from 340 to 55 people.", [(340, "count"), (55, "count")]),
    ("The number of people waiting was 76.", [(76, "count")]),
    ("Around 2000 people used the hub.", [(2000, "count")]),
    ("Of the 220 replies, 31 were from carers.", [(220, "count"), (31, "count")]),
    ("12% (48 people) waited longer.", [(12, "percent"), (48, "count")]),
    ("A survey had two hundred and fifty replies.", [(250, "count")]),
    ("The county has 1.2 million residents.", [(1200000, "count")]),
    ("Of 62 out of 102 people, most agreed.", [(62, "count"), (102, "count")]),
    ("There were twelve care homes in special measures.", [(12, "count")]),
    # malformed thousands stay as printed
    ("There were 10,49 people on the list.", [("10,49", "count")]),
    # money
    ("The fund stood at £1.2 million.", [(1200000, "gbp")]),
    ("Eastvale spent £3m and saved £450,000.", [(3000000, "gbp"), (450000, "gbp")]),
    ("A grant of £2.5bn was shared.", [(2500000000, "gbp")]),
    # times
    ("People waited 12 weeks on average.", [(12, "weeks")]),
    ("Urgent calls were answered within 24 hours.", [(24, "hours")]),
    ("The target was 28 days, the median wait 41 days.", [(28, "days"), (41, "days")]),
    ("Waits of 4 to 6 weeks were common.", [(4, "weeks"), (6, "weeks")]),
    ("There was a 12-week wait for a ramp.", [(12, "weeks")]),
    ("The longest wait was 2 years.", [(2, "years")]),
    ("Contact was made within two working days.", [(2, "days")]),
    ("Assessments took up to nineteen months.", [(19, "months")]),
    # ranks and scores
    ("Northmoor ranked 4th of 15 for reablement.", [(4, "rank")]),
    ("It was the third most hilly place nationally.", [(3, "rank")]),
    ("The council was ranked 12 for staff turnover.", [(12, "rank")]),
    ("Satisfaction was 7.8 out of 10.", [(7.8, "score")]),
    ("The quality of life score was 19.1.", [(19.1, "score")]),
    ("Carers scored the hub 4.5 (highest score being 5).", [(4.5, "score")]),
]

NO_FIGURES = [
    "Adults aged 65 and over used the hub.",
    "The offer was for people over 65.",
    "People aged 18 to 64 were seen by one team.",
    "The team works with 14-25 year olds.",
    "Young people turned 18 before they were seen.",
    "Over-65s were invited.",
    "It began before they become 18.",
    "The service is for those aged 18+.",
    "The duty line was open 24 hours a day, seven days a week.",
    "Help was at hand 24/7.",
    "Carers met three times a year.",
    "Reviews were held every 12 months.",
    "A three-year programme was funded.",
    "The contract was for five years.",
    "A 5 year contract was let.",
    "There was a five-year plan.",
    "In the last two years the offer grew.",
    "Over the past 12 months more people came.",
    "In 2023 people told the council so.",
    "The plan ran from 2023 to 2028.",
    "Data for 2022/23 was not to hand.",
    "On 11 May 2023 the board met.",
    "Section 42 enquiries were shared.",
    "An s117 register was kept.",
    "Part 2 of that Act applies.",
    "The Level 3 course was full.",
    "Stage 2 and Tier 1 were joined.",
    "Call 0300 555 0199 for help.",
    "People could ring NHS 111.",
    "One of the teams was new.",
    "A third party held the data.",
    "Support was one-to-one.",
    "Staff had 1:1 meetings.",
    "The desk closed at 5pm and opened at 8.30am.",
    "Five Rivers House was rebuilt.",
    "She had been in post for 10 years.",
    "That was changed six months ago.",
    "Two key priorities were agreed.",
    "There was zero tolerance of abuse.",
    "See paragraph 14.5 of the guidance.",
    "Half a day was set aside.",
    "In the second half of the year, work began.",
    "First, the council listened; second, it acted.",
    "A 10-bedded unit opened.",
    "Satisfaction was scored on a scale of 1 to 10.",
]


@pytest.mark.parametrize(("sentence", "expected"), FIGURES, ids=[s for s, _ in FIGURES])
def test_figure_is_read(sentence: str, expected: list[tuple[object, str]]) -> None:
    assert brief(sentence) == expected


@pytest.mark.parametrize("sentence", NO_FIGURES)
def test_no_figure_is_read(sentence: str) -> None:
    assert brief(sentence) == []


FOUND = [
    ("Some 4.5 per cent of posts stood empty.", "approximately", "posts stood empty"),
    ("Fewer than 100 people were waiting.", "less-than", "people"),
    ("Over half of the providers were rated good.", "more-than", "providers were rated good"),
    ("Urgent calls were answered within 24 hours.", "within", "Urgent calls"),
    ("The use of pendants stood at 31%.", None, "use of pendants"),
    ("The number of people waiting was 76.", None, "number of people waiting"),
]


@pytest.mark.parametrize(("sentence", "qualifier", "counts"), FOUND, ids=[s for s, _, _ in FOUND])
def test_qualifier_and_what_is_counted(sentence: str, qualifier: str | None, counts: str) -> None:
    (found,) = read(sentence)
    assert (found.qualifier, found.counts) == (qualifier, counts)


VERDICTS = [
    (
        "Use was 31%, well above the national average.",
        "above-national-average",
        "well above the national average",
    ),
    (
        "Take-up was 31%, lower than the England average.",
        "below-national-average",
        "lower than the England average",
    ),
    ("At 31% take-up was in line with the national average.", "in-line", "in line with the national average"),
    ("Take-up was 31%, tending towards the England average.", None, "tending towards the England average"),
    (
        "Take-up was 31%, somewhat worse than the England average.",
        None,
        "somewhat worse than the England average",
    ),
]


@pytest.mark.parametrize(("sentence", "comparison", "verdict"), VERDICTS, ids=[v for _, _, v in VERDICTS])
def test_verdict_is_kept_word_for_word(sentence: str, comparison: str | None, verdict: str) -> None:
    (found,) = read(sentence)
    assert (found.comparison, found.verdict) == (comparison, verdict)


def test_verdict_of_the_next_sentence() -> None:
    own, national = read("Take-up was 25%.", "This was in line with the national average (26%).")
    assert (own.comparison, national.comparison) == ("in-line", None)


def test_voice_is_that_of_the_sentence_and_national_of_a_comparator() -> None:
    finding = Finding(Place("governance", 1, 1), voices=("carers",))
    own, national = read("Of carers, 31% felt safe, against an England average of 40%.", findings=(finding,))
    assert own.voices == ("carers",)
    assert national.voices == ("national-data",)


def test_period_is_kept_as_printed() -> None:
    assert [s.period for s in read("In 2022/23, 31% of reviews were late.")] == ["2022/23"]
    assert [s.period for s in read("In the last two years 31% of reviews were late.")] == [
        "In the last two years"
    ]


PIECES = st.sampled_from(
    [
        "1,2,3",
        "£",
        "%",
        "999999999999999",
        "0.",
        "two",
        "hundred",
        "half",
        "of",
        "people",
        "(",
        "days",
        "in",
        "10",
        "-",
        "1 in 5",
        "³",
        "٣",
        "a third",
        "2024",
        ".",
        "s",
    ]
)


@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=120))
@settings(max_examples=300)
def test_never_raises_and_invents_no_value(text: str) -> None:
    for found in read(text):
        assert found.text in text
        assert found.unit in VOCABULARY.concepts["unit"]
        if isinstance(found.value, str):
            assert found.value in text


def test_hostile_numbers_are_quick() -> None:
    import time

    start = time.perf_counter()
    read("1,2" * 20_000)
    read("one hundred and " * 5_000)
    read("1 in 5 " * 5_000)
    assert time.perf_counter() - start < 5
