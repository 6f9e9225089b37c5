"""Who is meant by a name: each rule, and each doubt that stops it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from councilgraph.linking.candidates import Memory
from councilgraph.linking.entry import Entry, Name
from councilgraph.linking.matching import match
from councilgraph.linking.result import Limits, Match
from councilgraph.linking.spelling import near
from tests.linking.bodies import (
    BOARD,
    COUNCIL,
    EASTVALE,
    ENTRIES,
    NORTHMOOR,
    POLICE,
    SALTMARSH,
    TRUST,
    official,
)

SOURCE = Memory(ENTRIES)
BEFORE, AFTER = date(2026, 3, 31), date(2026, 4, 1)


def ask(
    name: str,
    kind: str | None = None,
    area: str | None = None,
    on: date | None = None,
    identifier: str | None = None,
) -> Match:
    return match(name, kind=kind, area=area, on=on, identifier=identifier, source=SOURCE)


def told(found: Match) -> tuple[str, str | None, str]:
    return found.state, found.entry.code if found.entry else None, found.rule


# --- identifiers ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("GB-LAE-NMR", "NMR"),
        ("gb-nhs-rz1", "RZ1"),
        ("E10009901", "NMR"),
        ("http://statistics.data.gov.uk/id/statistical-geography/E10009901", "NMR"),
        ("https://www.wikidata.org/wiki/Q99000001", "NMR"),
        ("https://directory.spineservices.nhs.uk/STU3/Organization/RZ1", "RZ1"),
        ("GB-GOR-PB9901", "gor-PB9901"),
        ("https://findthatcharity.uk/orgid/GB-CHC-1100002", "1100002"),
        ("http://business.data.gov.uk/id/company/00000017", "00000017"),
    ],
)
def test_an_identifier_is_certain_wherever_it_stands(written: str, code: str) -> None:
    for found in (ask(written), ask("whatever", identifier=written)):
        assert told(found) == ("certain", code, "identifier")
        assert (found.method, found.score) == ("register-identifier", 1.0)


@pytest.mark.parametrize(
    ("written", "code"), [("RZ1", "RZ1"), ("1100002", "1100002"), ("17", None), ("00000017", "00000017")]
)
def test_a_bare_code_is_an_identifier_in_its_column(written: str, code: str | None) -> None:
    found = ask("", identifier=written)
    assert (found.entry.code if found.entry else None) == code


def test_zeros_that_a_spreadsheet_took_are_put_back() -> None:
    entry = Entry(
        "companies", "00123456", "commercial", official("THORN LIMITED"), (("companies-house", "00123456"),)
    )
    found = match("Thorn", identifier="123456", source=Memory([entry]))
    assert told(found) == ("certain", "00123456", "identifier")


def test_a_code_of_two_registers_stays_open() -> None:
    other = Entry("trusts", "NMR", TRUST, official("Wold NHS Trust"), (("ods", "NMR"),))
    source = Memory([*ENTRIES, other])
    assert match("", identifier="NMR", source=source).state == "unresolved"
    assert told(match("", identifier="NMR", kind=TRUST, source=source)) == ("certain", "NMR", "identifier")


def test_an_identifier_against_a_certain_name_stays_open() -> None:
    found = ask("Eastvale Borough Council", identifier=NORTHMOOR)
    assert found.state == "unresolved"
    assert {rival.entry.code for rival in found.rivals} == {"NMR", "EVB"}


def test_an_unknown_identifier_leaves_the_name_to_decide() -> None:
    found = ask("Care Checks Commission", identifier="GB-GOR-PB1")
    assert told(found) == ("certain", "gor-PB9901", "official")
    assert "no identifier known here" in found.steps[0].said


def test_an_identifier_means_its_body_on_every_day() -> None:
    found = ask("", identifier="QZ1", on=AFTER)
    assert told(found) == ("certain", "QZ1", "identifier")
    assert found.successor is not None and found.successor.code == "QZ3"


# --- the name as it is -----------------------------------------------------------------------------


def test_an_official_name_is_certain() -> None:
    assert told(ask("the NORTHMOOR county council")) == ("certain", "NMR", "official")


def test_a_place_alone_is_its_council_only_if_a_council_is_asked_for() -> None:
    assert told(ask("Northmoor", COUNCIL)) == ("certain", "NMR", "short")
    assert told(ask("Northmoor")) == ("probable", "NMR", "short")


def test_another_kind_than_asked_for_is_not_meant() -> None:
    found = ask("Northmoor County Council", POLICE)
    assert found.entry is None


def test_kinds_that_registers_cannot_tell_apart_are_probable() -> None:
    assert told(ask("Care Checks Commission", "national-body")) == ("probable", "gor-PB9901", "official")


def test_a_name_in_brackets_behind_a_name_must_be_its_own() -> None:
    assert ask("Care Checks Commission (CCC)").state == "certain"
    assert ask("Moorland Partnership University NHS Foundation Trust (MPFT)").state == "certain"
    assert ask("Care Checks Commission (inspectors)").state == "probable"
    assert ask("Northmoor County Council (Canada)").entry is None


def test_local_names_are_certain_in_their_area_alone() -> None:
    assert told(ask("Moorland Carers", area=NORTHMOOR)) == ("certain", "1100001", "official")
    assert ask("Moorland Carers").state == "probable"
    away = ask("Moorland Carers", area=EASTVALE)
    assert away.entry is None
    assert away.runner_up is not None and away.runner_up.code == "1100001"


def test_the_area_decides_between_two_of_one_name() -> None:
    assert told(ask("Vale Friends", area=SALTMARSH)) == ("certain", "1100003", "official")
    open_ = ask("Vale Friends")
    assert told(open_) == ("unresolved", None, "name")
    assert {rival.entry.code for rival in open_.rivals} == {"1100002", "1100003"}


def test_a_national_body_comes_before_the_charity_of_its_name() -> None:
    assert told(ask("Skills for Moors")) == ("probable", "name-moors", "official")
    assert told(ask("Skills for Moors", "national-body")) == ("certain", "name-moors", "official")


def test_entries_that_share_an_identifier_are_one_body() -> None:
    found = ask("Moorland Carers Ltd", area=NORTHMOOR)
    assert told(found) == ("certain", "01100001", "official")
    assert not found.rivals


# --- dates ---------------------------------------------------------------------------------------------


def test_the_date_decides_between_a_board_and_its_successor() -> None:
    before, after = ask("Northmoor ICB", on=BEFORE), ask("Northmoor ICB", on=AFTER)
    assert told(before) == ("certain", "QZ1", "short")
    assert [heir.code for heir in before.successors] == ["QZ3"]
    assert told(after) == ("probable", "QZ3", "short")
    assert after.runner_up is not None and after.runner_up.code == "QZ1"


def test_of_several_successors_the_area_decides_or_nobody() -> None:
    assert told(ask("Split Hills ICB", area=EASTVALE, on=AFTER)) == ("probable", "QZ6", "short")
    open_ = ask("Split Hills ICB", on=AFTER)
    assert open_.state == "unresolved"
    assert {"QZ5", "QZ6"} <= {rival.entry.code for rival in open_.rivals}


def test_nobody_is_meant_before_there_was_anybody() -> None:
    found = ask("Great Moor ICB", on=BEFORE)
    assert found.state == "unresolved"
    assert found.runner_up is not None and found.runner_up.code == "QZ3"


def test_a_body_that_ended_without_successor_is_probable() -> None:
    assert told(ask("Vale Hospitals NHS Trust", on=AFTER)) == ("probable", "RZ2", "official")
    assert told(ask("Vale Hospitals NHS Trust", on=date(2024, 3, 31))) == ("certain", "RZ2", "official")


def test_a_former_name_is_certain_in_its_own_time() -> None:
    name = "Moorland Mental Health NHS Trust"
    assert told(ask(name, on=date(2018, 3, 31))) == ("certain", "RZ1", "former")
    assert told(ask(name, on=date(2018, 4, 1))) == ("probable", "RZ1", "former")
    assert told(ask(name)) == ("probable", "RZ1", "former")


def test_the_name_of_a_body_of_the_day_comes_before_a_former_name() -> None:
    old = Entry("trusts", "RX1", TRUST, official("Wold NHS Trust"), until=date(2010, 1, 1))
    new = Entry(
        "trusts", "RX2", TRUST, (Name("Coast NHS Trust", "official"), Name("Wold NHS Trust", "former"))
    )
    source = Memory([old, new])
    for on, code in ((date(2009, 1, 1), "RX1"), (date(2020, 1, 1), "RX2")):
        found = match("Wold NHS Trust", on=on, source=source)
        assert found.entry is not None and found.entry.code == code


def test_a_circle_of_successors_comes_to_an_end() -> None:
    one = Entry(
        "x", "1", TRUST, official("Wold NHS Trust"), until=date(2010, 1, 1), successors=("2", "missing")
    )
    two = Entry("x", "2", TRUST, official("Coast NHS Trust"), until=date(2011, 1, 1), successors=("1",))
    found = match("Wold NHS Trust", on=AFTER, source=Memory([one, two]))
    assert told(found) == ("probable", "1", "official")


# --- forms, abbreviations, generic names ------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Northmoor Council", "NMR"),
        ("Northmoor CC", "NMR"),
        ("Moorland Partnership University Trust", "RZ1"),
        ("Upper Vale Care Partnership", "RZ4"),
        ("NHS Northmoor", "QZ1"),
        ("Northmoor Police", "E23000901"),
        ("North moor County Council", "NMR"),
    ],
)
def test_another_word_for_the_kind_of_body_is_probable(name: str, code: str) -> None:
    assert told(ask(name)) == ("probable", code, "form")


@pytest.mark.parametrize(
    "name",
    [
        "Northmoor City Council",
        "Northmoor Police and Crime Commissioner",
        "Northmoor Integrated Care System",
        "Northmoor Fire and Rescue Service",
        "Northmoor Safeguarding Adults Board",
        "Northmoor University",
        "Northmoor Town Council",
        "Healthwatch Northmoor",
        "Marsh County Hospital",
        "Rose Care CIO",
        "Skills for Moors NHS Trust",
    ],
)
def test_another_body_of_the_same_place_is_not_meant(name: str) -> None:
    assert ask(name).entry is None


def test_a_hospital_is_its_trust_only_if_a_trust_is_asked_for() -> None:
    assert told(ask("Marsh County Hospital", TRUST)) == ("probable", "RZ3", "form")


def test_abbreviations_are_probable() -> None:
    assert told(ask("CCC")) == ("probable", "gor-PB9901", "abbreviation")
    assert told(ask("MPFT")) == ("probable", "RZ1", "initials")
    assert told(ask("mpft"))[1] is None


def test_initials_of_two_bodies_stay_open_until_the_area_decides() -> None:
    entries = [
        Entry("c", code, COUNCIL, official(f"{place} County Council"), areas=(area,))
        for code, place, area in (("A", "Sandmoor", NORTHMOOR), ("B", "Shoremoor", EASTVALE))
    ]
    source = Memory(entries)
    assert match("SCC", source=source).state == "unresolved"
    for area, code in ((NORTHMOOR, "A"), (EASTVALE, "B")):
        assert told(match("SCC", area=area, source=source)) == ("probable", code, "initials")
    assert match("SCC", area=SALTMARSH, source=source).entry is None


@pytest.mark.parametrize(
    ("name", "kind", "code"),
    [("the ICB", None, "QZ1"), ("local police", None, "E23000901"), ("the Council", COUNCIL, "NMR")],
)
def test_a_kind_alone_is_the_one_body_of_the_area(name: str, kind: str | None, code: str) -> None:
    found = ask(name, kind, NORTHMOOR, BEFORE)
    assert told(found) == ("probable", code, "area")
    assert found.method == "area-and-date"
    assert ask(name, kind, None, BEFORE).entry is None


@pytest.mark.parametrize("name", ["the Trust", "Healthwatch", "NHS", "local hospital", "the ombudsman"])
def test_a_kind_of_which_an_area_has_many_is_nobody(name: str) -> None:
    assert ask(name, area=NORTHMOOR).entry is None


# --- spelling ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Northmor County Council", "NMR"),
        ("Northmoor County Counicl", "NMR"),
        ("Care Cheks Commision", "gor-PB9901"),
        ("Moorland Partnership NHS Foundation Trust", "RZ1"),
        ("Moorland University Partnership NHS Foundation Trust", "RZ1"),
        ("Vale Hospital NHS Trust", "RZ2"),
    ],
)
def test_a_slip_of_the_pen_is_probable(name: str, code: str) -> None:
    found = ask(name)
    assert told(found) == ("probable", code, "spelling")
    assert found.score < 0.95


@pytest.mark.parametrize(
    "name",
    [
        "Vale Care Partnership NHS Trust",
        "Middle Vale Care Partnership NHS Trust",
        "Northmoor and Eastvale Council",
        "Moorland Foundation Trust",
        "Nrthmr Cnty Cncl",
        "Care Commission",
        "Southmoor County Council",
        "Northmoors Borough Council",
    ],
)
def test_what_is_only_like_a_name_is_nobody(name: str) -> None:
    assert ask(name).entry is None


def test_a_word_that_other_bodies_have_is_no_slip() -> None:
    names = ("Herfordshire Partnership NHS Trust", "Hertfordshire County Council")
    source = Memory(
        [Entry("x", str(n), TRUST if n == 0 else COUNCIL, official(t)) for n, t in enumerate(names)]
    )
    assert match("Hertfordshire Partnership NHS Trust", source=source).entry is None
    assert told(match("Herfordshir Partnership NHS Trust", source=source)) == ("probable", "0", "spelling")


def test_two_names_that_are_equally_near_stay_open() -> None:
    source = Memory(Entry("x", t, "vcfse", official(t)) for t in ("Wendlebury Friends", "Wendleburi Friends"))
    found = match("Wendleburo Friends", source=source)
    assert found.state == "unresolved"
    assert len(found.rivals) == 2


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("bolton", "boston", None),
        ("derby", "derry", None),
        ("kent", "kant", 1),
        ("moor", "moors", 1),
        ("eastvale", "eastvael", 1),
        ("eastvale", "westvale", None),
        ("northumberland", "northumbrland", 1),
        ("northumberland", "northumbria", None),
        ("bath", "path", None),
        ("abc", "abd", None),
    ],
)
def test_short_words_take_no_other_consonant(one: str, other: str, apart: int | None) -> None:
    assert near(one, other) == apart
    assert near(other, one) == apart


@pytest.mark.parametrize(
    ("name", "area", "on", "why"),
    [
        ("Northmoor", None, None, "the place of that name may be meant"),
        ("Care Visits Inspectorate", None, None, "that is a former name"),
        ("Northmoor CC", None, None, "the name is not written in full"),
        ("MPFT", None, None, "initials are no proof"),
        ("Moorland Carers", None, None, "such names recur from place to place"),
        ("Northmor County Council", None, None, "the name is written otherwise"),
        ("Northmoor County Council - Moor team", None, None, "'Moor team' beside the name is not of it"),
        ("the police", NORTHMOOR, None, "it is inferred from the area"),
        ("Northmoor ICB", None, AFTER, "the name is that of the body it took over from"),
        ("Vale Hospitals NHS Trust", None, AFTER, "it had ended and no successor is known"),
        ("Skills for Moors", None, None, "others have that name too"),
    ],
)
def test_why_a_link_is_only_probable_is_told(name: str, area: str | None, on: date | None, why: str) -> None:
    found = ask(name, area=area, on=on)
    assert found.state == "probable"
    assert found.steps[-1].said.endswith(f": probable, for {why}.")


def test_a_kind_alone_is_the_successor_where_the_body_of_the_area_has_ended() -> None:
    assert told(ask("the ICB", area=SALTMARSH, on=AFTER)) == ("probable", "QZ3", "area")


def test_a_charity_named_as_a_national_body_is_for_short_does_not_take_its_place() -> None:
    charity = Entry("charities", "1100009", "vcfse", official("CCC"))
    source = Memory([*ENTRIES, charity])
    found = match("CCC", source=source)
    assert told(found) == ("probable", "gor-PB9901", "abbreviation")
    assert found.runner_up == charity
    assert told(match("CCC", kind="vcfse", source=source))[1] == "1100009"


def test_a_company_is_no_better_answer_to_initials_than_a_trust() -> None:
    company = Entry("companies", "00000099", "commercial", official("MPFT LIMITED"))
    assert told(match("MPFT", source=Memory([*ENTRIES, company]))) == ("probable", "RZ1", "initials")
    assert told(match("MPFT", source=Memory([company])))[1] == "00000099"


def test_limits_are_data() -> None:
    strict = Limits(spelling=0.99)
    assert match("Northmor County Council", source=SOURCE, limits=strict).entry is None


# --- what holds for every name ------------------------------------------------------------------------------

_WORDS = sorted(
    {w for e in ENTRIES for n in e.names for w in n.text.split()}
    | {"(MPFT)", "&", "SCC", "the", ",", "Northmor", "RZ1"}
)
_TEXT = st.text(max_size=40) | st.lists(st.sampled_from(_WORDS), max_size=7).map(" ".join)
_ASKED = st.tuples(
    _TEXT,
    st.sampled_from([None, COUNCIL, TRUST, BOARD, "vcfse"]),
    st.sampled_from([None, NORTHMOOR, EASTVALE]),
    st.sampled_from([None, BEFORE, AFTER]),
    st.none() | st.sampled_from(["RZ1", "NMR", "GB-CHC-1100001"]) | st.text(max_size=12),
)


@given(_ASKED)
def test_any_text_has_an_answer_that_fits_together(asked: tuple[str, str, str, date, str]) -> None:
    found = ask(*asked)
    assert (found.entry is None) == (found.state == "unresolved") == (found.method is None)
    assert 0 <= found.score <= 1
    assert found.steps
    if found.state == "certain":
        assert found.rule in {"identifier", "official", "short", "former", "other"}
    assert all(rival.entry != found.entry for rival in found.rivals)


@settings(max_examples=40)
@given(_ASKED, st.permutations(ENTRIES))
def test_the_order_of_a_register_changes_no_answer(
    asked: tuple[str, str, str, date, str], entries: list[Entry]
) -> None:
    name, kind, area, on, identifier = asked
    other = Memory([*entries, *entries[:3]])
    assert match(name, kind=kind, area=area, on=on, identifier=identifier, source=other) == ask(*asked)


@given(st.sampled_from([e for e in ENTRIES if e.kind != "vcfse"]), st.data())
def test_no_slip_is_ever_certain(entry: Entry, data: st.DataObject) -> None:
    text = entry.names[0].text
    place = data.draw(st.integers(0, len(text) - 1))
    spoilt = text[:place] + "x" + text[place + 1 :]
    found = ask(spoilt)
    assert found.state != "certain" or found.entry == entry
