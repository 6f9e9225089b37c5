"""Bodies that a report names: invented sentences, each with all that is found in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from councilgraph.extraction.bodies import find_mentions
from councilgraph.extraction.register import Register
from councilgraph.extraction.vocabulary import load_vocabulary
from councilgraph.model import Mention, Report
from loaders.reference import read_reference
from tests.support.reports import make_report, sentences_of

REGISTER = Register.of(read_reference(Path(__file__).resolve().parents[1] / "invented" / "data"))
VOCABULARY = load_vocabulary(Path(__file__).resolve().parents[2] / "ontology" / "schemes")
NORTHMOOR = REGISTER.council("NMR")


def report_of(*paragraphs: str, published: date | None = date(2025, 5, 1)) -> Report:
    """A report of Northmoor: each text is a paragraph, and its sentences end in ". "."""
    return make_report({"partnerships": [sentences_of(text) for text in paragraphs]}, published=published)


def mentions(*texts: str, published: date | None = date(2025, 5, 1)) -> tuple[Mention, ...]:
    return find_mentions(report_of(*texts, published=published), NORTHMOOR, REGISTER, VOCABULARY)


def told(*texts: str) -> list[str]:
    """What is found, as "text|kind", with a star after proper names."""
    return [f"{m.text}|{m.kind}{'*' if m.named else ''}" for m in mentions(*texts)]


NAMES = [
    ("Leaders met Northmoor Partnership NHS Trust.", ["Northmoor Partnership NHS Trust|nhs-trust*"]),
    ("Eastvale Council and Westmoor District Council agreed.",
     ["Eastvale Council|local-authority*", "Westmoor District Council|district-council*"]),
    ("The City of Marsh Council agreed.", ["City of Marsh Council|district-council*"]),
    ("The Northmoor Health and Wellbeing Board and Integrated Care Board agreed.",
     ["Northmoor Health and Wellbeing Board|health-and-wellbeing-board*",
      "Integrated Care Board|integrated-care-board"]),
    ("The Chair of Northmoor Safeguarding Adults Board spoke.",
     ["Northmoor Safeguarding Adults Board|safeguarding-adults-board*"]),
    ("Northmoor and Eastvale Safeguarding Adults Partnership Board met.",
     ["Northmoor and Eastvale Safeguarding Adults Partnership Board|safeguarding-adults-board*"]),
    ("It told the Learning Disability and Autism Partnership Board.",
     ["Learning Disability and Autism Partnership Board|partnership-board*"]),
    ("Eastvale Carers Centre and Age UK Northmoor helped.",
     ["Eastvale Carers Centre|vcfse*", "Age UK Northmoor|vcfse*"]),
    ("Northmoor Together for Carers and Support Northmoor helped.",
     ["Northmoor Together for Carers|vcfse*", "Support Northmoor|vcfse*"]),
    ("Northmoor Mind was there.", ["Northmoor Mind|vcfse*"]),
    ("Healthwatch Northmoor was there.", ["Healthwatch Northmoor|healthwatch*"]),
    ("University Hospitals of Marsh NHS Foundation Trust and the University of Marsh took part.",
     ["University Hospitals of Marsh NHS Foundation Trust|nhs-trust*", "University of Marsh|education*"]),
    ("HMP Westmoor and Northmoor Fire and Rescue Service took part.",
     ["HMP Westmoor|prison-and-probation*", "Northmoor Fire and Rescue Service|fire-and-rescue*"]),
    ("Moor Vale Housing Association and Vale Advocacy took part.",
     ["Moor Vale Housing Association|housing*", "Vale Advocacy|advocacy-provider*"]),
    ("The Safer Northmoor Partnership met.", ["Safer Northmoor Partnership|partnership-board*"]),
    ("Northmoor Constabulary and Northmoor Police are one.",
     ["Northmoor Constabulary|police*", "Northmoor Police|police*"]),
    ("Skills for Moors, the LGA and Ofsted took part.",
     ["Skills for Moors|national-body*", "LGA|national-body*", "Ofsted|regulator*"]),
    ("The Care Visits Inspectorate came.", ["Care Visits Inspectorate|regulator*"]),
]  # fmt: skip

KINDS = [
    ("The local Integrated Care Board paid.", ["local Integrated Care Board|integrated-care-board"]),
    ("Learning disability partnership boards met.",
     ["Learning disability partnership boards|partnership-board"]),
    ("Multi-agency partnership boards met.", ["Multi-agency partnership boards|partnership-board"]),
    ("Providers and small homecare providers agreed.",
     ["Providers|care-provider", "small homecare providers|care-provider"]),
    ("A provider told us so.", ["provider|care-provider"]),
    ("Voluntary, community and social enterprise (VCSE) organisations met VCSE partners.",
     ["Voluntary, community and social enterprise (VCSE) organisations|vcfse", "VCSE partners|vcfse"]),
    ("The voluntary and community sector and local charities agreed.",
     ["voluntary and community sector|vcfse", "local charities|vcfse"]),
    ("The NHS, NHS partners, GPs and primary care networks agreed.",
     ["NHS|nhs-trust", "NHS partners|nhs-trust", "GPs|primary-care", "primary care networks|primary-care"]),
    ("Prison staff and the police met.", ["Prison|prison-and-probation", "police|police"]),
    ("Partners from housing joined.", ["housing|housing"]),
    ("District and borough councils and neighbouring local authorities met.",
     ["District and borough councils|district-council",
      "neighbouring local authorities|local-authority"]),
    ("Carers’ centres and the carers’ centre agreed.", ["carers’ centre|vcfse"]),
    ("The advocacy provider spoke to homecare agencies.",
     ["advocacy provider|advocacy-provider", "homecare agencies|care-provider"]),
]  # fmt: skip

NOTHING = [
    "The local authority worked with partners and partner agencies.",
    "Staff of the hospital discharge team spoke to their GP.",
    "People in prison and people living in care homes were asked.",
    "The provider forum and the provider market were strong.",
    "They acted as key providers of day support.",
    "Housing was poor, and education mattered.",
    "NHS services and nhs numbers were listed.",
    "The Police and Crime Plan and the Joint Health and Wellbeing Strategy were read.",
    "The Northmoor Partnership Board Strategy was new.",
    "Equipment providers and training providers came.",
    "The Northmoor Hospital Discharge Team came.",
    "Mind the gap, and make sense of it in shelter.",
    "Nine community groups had been asked.",
    "the northmoor partnership nhs trust in small letters",
    "",
]


@pytest.mark.parametrize(("text", "expected"), [*NAMES, *KINDS])
def test_what_is_found(text: str, expected: list[str]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize("text", NOTHING)
def test_where_nothing_is_found(text: str) -> None:
    assert told(text) == []


def test_a_registered_name_resolves() -> None:
    (one,) = mentions("Leaders met Northmoor Mental Health NHS Trust.")
    assert (one.organisation, one.identifier, one.method) == ("ods-RZ1", "RZ1", "name-match")
    assert one.full_name == "Northmoor Mental Health NHS Trust"
    (council,) = mentions("Leaders met Eastvale Council.")
    assert (council.council, council.organisation) == ("EVB", None)
    assert (council.full_name, council.identifier) == ("Eastvale Borough Council", "E08009902")


@pytest.mark.parametrize(
    ("text", "full", "key", "code"),
    [
        ("The ICB paid.", "NHS Northmoor Integrated Care Board", "ods-QZ1", "E54000901"),
        ("The police came.", "Northmoor Constabulary", "gss-E23000901", "E23000901"),
        ("The Safeguarding Adults Board met.", "Northmoor Safeguarding Adults Board", None, None),
        ("The Health and Wellbeing Board met.", "Northmoor Health and Wellbeing Board", None, None),
        ("The local Healthwatch spoke.", "Healthwatch Northmoor", None, None),
        ("Healthwatch spoke.", "Healthwatch Northmoor", None, None),
    ],
)
def test_a_kind_of_which_the_area_has_one_resolves(
    text: str, full: str, key: str | None, code: str | None
) -> None:
    (one,) = mentions(text)
    assert (one.full_name, one.organisation, one.identifier) == (full, key, code)
    assert one.method == "area-and-date"


@pytest.mark.parametrize("text", ["The ICBs paid.", "Police forces came.", "Care providers came."])
def test_several_bodies_resolve_to_none(text: str) -> None:
    (one,) = mentions(text)
    assert one.full_name is one.organisation is one.method is None


def test_the_report_s_day_decides() -> None:
    (board,) = mentions("The ICB paid.", published=date(2026, 5, 1))
    assert board.organisation == "ods-QZ2"
    (board,) = mentions("The ICB paid.", published=None)
    assert (board.organisation, board.kind) == (None, "integrated-care-board")


def test_without_a_council_kinds_stay_unresolved() -> None:
    report = report_of("The ICB and the police met Eastvale Council.")
    found = find_mentions(report, None, REGISTER, VOCABULARY)
    assert [m.method for m in found] == [None, None, "name-match"]


def test_the_report_s_own_name_of_a_board_is_preferred() -> None:
    found = mentions("Marsh and Moor Safeguarding Adults Board met.", "The Safeguarding Adults Board met.")
    assert found[1].full_name == "Marsh and Moor Safeguarding Adults Board"


def test_the_trust_is_the_only_one_that_was_named() -> None:
    found = mentions("Northmoor Partnership NHS Trust came. It was the Trust that paid.")
    assert [(m.text, m.organisation) for m in found][1:] == [("Trust", "ods-RZ1")]


def test_an_introduced_abbreviation_carries_on() -> None:
    found = mentions(
        "Northmoor Partnership NHS Trust (NPT) came.",
        "NPT paid, as NPT said. Eastvale Carers Centre (ECC) came. ECC left.",
    )
    assert [m.text for m in found] == [
        "Northmoor Partnership NHS Trust", "NPT", "NPT", "Eastvale Carers Centre", "ECC",
    ]  # fmt: skip
    assert {m.organisation for m in found[:3]} == {"ods-RZ1"} and all(m.named for m in found)
    assert found[4].full_name == "Eastvale Carers Centre"


def test_letters_that_stand_for_something_else_are_no_body() -> None:
    assert told("An integrated community services (ICS) team grew.", "The ICS was new.") == []
    assert told("The police (MARAC) met.", "The MARAC met.") == ["police|police"]


def test_a_short_abbreviation_needs_an_introduction() -> None:
    assert told("CCC came.") == []
    assert told("The Care Checks Commission (CCC) came.", "CCC left.") == [
        "Care Checks Commission|regulator*",
        "CCC|regulator*",
    ]


WORDS = """
    Northmoor Eastvale and of the The , . ( ) ’s 's - – & NHS Trust Foundation ICB ICS
    Partnership Board Health Wellbeing Safeguarding Adults Care providers provider police prison Council City
    Healthwatch Age UK
    University HMP VCSE sector partners local voluntary, community (VCSE) (NPT) NPT Housing İstanbul ß housing
    from Mind Support Carers for Together Trust’s Police Crime"""
PIECES = st.sampled_from(WORDS.split())


@settings(max_examples=150)
@given(st.lists(st.one_of(st.lists(PIECES, max_size=25).map(" ".join), st.text(max_size=60)), max_size=4))
def test_any_text_is_read(texts: list[str]) -> None:
    report = report_of(*texts)
    found = find_mentions(report, NORTHMOOR, REGISTER, VOCABULARY)
    assert found == find_mentions(report, NORTHMOOR, REGISTER, VOCABULARY)
    at: dict[int, int] = {}
    for one in found:
        paragraph = report.paragraphs[one.place.paragraph - 1]
        sentence = paragraph.sentences[one.place.sentence - 1]
        assert one.text and paragraph.text[one.start : one.end] == one.text
        assert sentence.start <= one.start < one.end <= sentence.end
        assert one.start >= at.get(paragraph.n, 0)
        at[paragraph.n] = one.end


def test_work_grows_with_the_text_only() -> None:
    # A trap for patterns that try every split: it would take minutes, not a moment.
    text = "Northmoor and Eastvale of the Health and " * 2000 + "Partnership Board"
    assert told(text)[-1].endswith("partnership-board*")
