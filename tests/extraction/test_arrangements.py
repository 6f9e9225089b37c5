"""Arrangements: every type and every exclusion, on sentences of invented councils."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from councilgraph.extraction.arrangements import find_partnerships
from councilgraph.extraction.vocabulary import load_vocabulary
from councilgraph.model import Citation, Council, Mention, Partnership, Place, Report
from tests.support.reports import make_report

VOCABULARY = load_vocabulary(Path(__file__).resolve().parents[2] / "ontology" / "schemes")
NORTHMOOR = Council("NMR", "Northmoor County Council", "Northmoor", "county", "E10009901")
# Bodies of the invented sentences: text, kind, whether it is a name, key in a register.
BODIES: tuple[tuple[str, str, bool, str | None], ...] = (
    ("Fenland Invented NHS Trust", "nhs-trust", True, "ods-X01"),
    ("Northmoor Health and Wellbeing Board", "health-and-wellbeing-board", True, "name-nhwb"),
    ("Northmoor Safeguarding Adults Board", "safeguarding-adults-board", True, "name-nsab"),
    ("Autism Partnership Board", "partnership-board", True, None),
    ("Moor Carers Trust", "vcfse", True, None),
    ("Integrated Care Board", "integrated-care-board", False, "ods-Q99"),
    ("ICB", "integrated-care-board", False, "ods-Q99"),
    ("Northmoor Police", "police", True, "name-northmoor-police"),
    ("health partners", "nhs-trust", False, None),
    ("district councils", "district-council", False, None),
    ("care providers", "care-provider", False, None),
    ("homecare providers", "care-provider", False, None),
    ("VCFSE partners", "vcfse", False, None),
    ("voluntary sector", "vcfse", False, None),
    ("primary care networks", "primary-care", False, None),
    ("University of Northmoor", "education", True, None),
)


def report(*paragraphs: tuple[str, ...]) -> tuple[Report, tuple[Mention, ...]]:
    """A report of paragraphs, each a tuple of sentences, with the bodies it mentions."""
    made = make_report({"partnerships": paragraphs})
    mentions = []
    for paragraph in made.paragraphs:
        for sentence in paragraph.sentences:
            taken: list[tuple[int, int]] = []
            for body, kind, named, key in BODIES:
                i = sentence.text.find(body)
                if i >= 0 and not any(s <= i < e for s, e in taken):
                    taken.append((i, i + len(body)))
                    place = Place("partnerships", paragraph.n, sentence.n)
                    start, full = sentence.start + i, body if named else None
                    mentions.append(
                        Mention(place, start, start + len(body), body, kind, named, full, organisation=key)
                    )
    return made, tuple(mentions)


def read(*sentences: str) -> tuple[Partnership, ...]:
    page, mentions = report(sentences)
    return find_partnerships(page, NORTHMOOR, mentions, (), VOCABULARY)


TOLD: list[tuple[str, list[str]]] = [
    (
        "A Section 75 agreement with Fenland Invented NHS Trust covered mental health.",
        ["section-75-agreement"],
    ),
    ("An s75 arrangement was in place with the ICB.", ["section-75-agreement"]),
    ("The Better Care Fund paid for reablement.", ["pooled-budget"]),
    ("There was a pooled budget with the ICB for equipment.", ["pooled-budget"]),
    ("The hub was jointly funded with the Integrated Care Board.", ["pooled-budget"]),
    ("An integrated discharge team worked in Northmoor.", ["integrated-team"]),
    ("The multi-agency safeguarding hub (MASH) looked at all concerns.", ["integrated-team"]),
    ("Multi-disciplinary teams met people with Fenland Invented NHS Trust.", ["integrated-team"]),
    ("Social workers were co-located with Northmoor Police.", ["co-location"]),
    ("Staff were based in the hospital with health partners.", ["co-location"]),
    ("The joint Carers Strategy was written with the ICB.", ["joint-strategy"]),
    ("The Joint Health and Wellbeing Strategy set the aims.", ["joint-strategy"]),
    ("A Housing Plan was being written with district councils.", ["joint-strategy"]),
    ("Leaders sat on the Northmoor Safeguarding Adults Board.", ["board"]),
    ("The council chaired the Autism Partnership Board.", ["board"]),
    ("Provider forums were held each month.", ["board"]),
    ("A multi-agency risk management panel looked at hard cases.", ["board"]),
    ("Advocacy was provided by an independent charity.", ["commissioned-service"]),
    ("The local authority commissioned Moor Carers Trust to support carers.", ["commissioned-service"]),
    ("A carers service was commissioned from the voluntary sector.", ["commissioned-service"]),
    ("Moor Carers Trust provided advice to carers.", ["commissioned-service"]),
    ("The wellbeing service was delivered by a partner organisation.", ["commissioned-service"]),
    ("A data sharing agreement with the ICB was in place.", ["information-sharing"]),
    ("Staff shared information with Northmoor Police about people at risk.", ["information-sharing"]),
    ("A joint post with the ICB led commissioning.", ["joint-post"]),
    ("There was a jointly funded director with Fenland Invented NHS Trust.", ["joint-post"]),
    ("A pilot with homecare providers tested trusted reviews.", ["joint-programme"]),
    ("Staff worked with district councils to build homes.", ["joint-programme"]),
    (
        "The local authority worked in partnership with the University of Northmoor to train staff.",
        ["joint-programme"],
    ),
    ("The Discharge to Assess pathway brought people home with health partners.", ["joint-programme"]),
    ("A regional network with VCFSE partners shared what worked for carers.", ["network"]),
    ("A provider alliance with care providers was set up to steady the market.", ["network"]),
]
UNTOLD = [
    "Partnership working was strong.",
    "Staff had good relationships with partners.",
    "Leaders worked well with partners.",
    "The local authority valued its partners.",
    "There was no section 75 agreement with the ICB.",
    "There was not a pooled budget with the ICB.",
    "The section 75 agreement with the ICB had ended.",
    "Leaders were exploring a pooled budget with the ICB.",
    "There were plans to create an integrated discharge team.",
    "Leaders planned to commission an advocacy service.",
    "Staff had support networks of their own.",
    "People were helped by primary care networks.",
    "VCFSE partners told us they felt heard.",
    "Information was provided by the local authority.",
    "Northmoor Police told us staff were kind.",
    "Leaders had a shared vision.",
    "Roles and duties were understood by all.",
    "Commissioning staff knew the market.",
    "Information sharing with health partners was not good.",
    "The council could have had a joint post with the ICB.",
]


@pytest.mark.parametrize(("text", "types"), TOLD, ids=[t for t, _ in TOLD])
def test_arrangement_is_entered(text: str, types: list[str]) -> None:
    assert [p.type for p in read(text)] == types


@pytest.mark.parametrize("text", UNTOLD)
def test_no_arrangement_is_entered(text: str) -> None:
    assert [(p.type, p.covers) for p in read(text)] == []


def test_parties_are_the_council_and_who_is_named() -> None:
    (found,) = read("A Section 75 agreement with Fenland Invented NHS Trust covered mental health.")
    assert [(p.name, p.council, p.organisation) for p in found.parties] == [
        ("Northmoor County Council", "NMR", None),
        ("Fenland Invented NHS Trust", None, "ods-X01"),
    ]
    assert found.law == "ukpga/2006/41/section/75"


def test_partners_without_a_name_are_told_by_kind() -> None:
    (found,) = read("The wellbeing service was delivered by a partner organisation.")
    assert [p.name for p in found.parties][1:] == ["partner organisation"]


def test_a_witness_is_no_party() -> None:
    (found,) = read(
        "Northmoor Police told us staff shared information with health partners about people at risk."
    )
    assert [p.name for p in found.parties][1:] == ["health partners"]


def test_an_unknown_council_is_named_as_printed() -> None:
    page, mentions = report(("The Better Care Fund paid for reablement with the ICB.",))
    (found,) = find_partnerships(page, None, mentions, (), VOCABULARY)
    assert found.parties[0].name == "Northmoor County Council"
    assert found.parties[0].council is None


def test_sentences_that_go_on_are_evidence_of_the_same() -> None:
    (found,) = read(
        "An integrated discharge team worked with Fenland Invented NHS Trust.",
        "The team saw people within a day.",
        "This kept people well.",
        "Leaders knew the market.",
    )
    assert found.sentences == (1, 2, 3)


def test_an_example_joins_what_it_illustrates() -> None:
    (found,) = read(
        "The local authority worked with partners on joint funding.",
        "For example, the Better Care Fund with the ICB paid for equipment.",
    )
    assert (found.type, found.sentences) == ("pooled-budget", (1, 2))


def test_the_same_arrangement_shares_its_key() -> None:
    page, mentions = report(
        ("A Section 75 agreement with Fenland Invented NHS Trust covered mental health.",),
        ("Leaders knew the market.",),
        ("The section 75 agreement with Fenland Invented NHS Trust was reviewed.",),
    )
    first, second = find_partnerships(page, NORTHMOOR, mentions, (), VOCABULARY)
    assert first.key == second.key
    assert (first.paragraph, second.paragraph) == (1, 3)


def test_unnamed_arrangements_stay_apart() -> None:
    page, mentions = report(
        ("Advocacy was provided by an independent charity.",),
        ("Meals were provided by an independent charity.",),
    )
    first, second = find_partnerships(page, NORTHMOOR, mentions, (), VOCABULARY)
    assert first.key != second.key


def test_since_and_covers_are_cut_from_the_sentence() -> None:
    (found,) = read(
        "Since 2019 a Section 75 agreement with the ICB has been used for mental health services."
    )
    assert found.since == 2019
    assert found.covers == "mental health services"


def test_the_law_of_its_sentence_is_its_basis() -> None:
    page, mentions = report(("A joint post with the ICB was made under section 3.",))
    citation = Citation("ukpga/2014/23", "Care Act 2014", 2014, Place("partnerships", 1, 1), "section 3", "3")
    (found,) = find_partnerships(page, NORTHMOOR, mentions, (citation,), VOCABULARY)
    assert found.law == "ukpga/2014/23/section/3"


WORDS = [
    "joint",
    "multi-agency",
    "team",
    "with",
    "the",
    "ICB",
    "section",
    "75",
    "Better",
    "Care",
    "Fund",
    "commissioned",
    "partners",
    "For",
    "example",
    ",",
    ".",
    "(",
    ")",
    "board",
    "Strategy",
    "not",
]


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join), min_size=1, max_size=4))
@settings(max_examples=150)
def test_never_raises_and_invents_nothing(sentences: list[str]) -> None:
    page, mentions = report(tuple(sentences))
    for found in find_partnerships(page, NORTHMOOR, mentions, (), VOCABULARY):
        assert found.sentences
        assert len(found.parties) > 1
        assert found.key
        if found.covers:
            assert found.covers in " ".join(sentences)
