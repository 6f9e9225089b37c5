"""Names made comparable: what counts as the same, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councilgraph.linking.indexing import index_keys, initials, initials_in
from councilgraph.linking.names import LONGEST, key, parts, readings
from tests.linking.bodies import ENTRIES

PIECES = """
the The St. Saint Ltd Limited plc public limited company NHS FT Foundation Trust Council County of and &
ICB Integrated Care Board Moor Vale's (MV) - , L.B. Éa ß ŉ İ community interest his majesty's
"""
NAMES = st.text(max_size=60) | st.lists(st.sampled_from(PIECES.split()), max_size=10).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Moor & Vale Council", "MOOR AND VALE COUNCIL"),
        ("The Moor Hospital", "moor hospital"),
        ("Saint Ada's Home", "St. Adas Home"),
        ("Rose Care Limited", "rose care LTD."),
        ("Rose Care public limited company", "Rose Care PLC"),
        ("Rose Care Community Interest Company", "Rose Care C.I.C."),
        ("Rose Charitable Incorporated Organisation", "Rose CIO"),
        ("Moor NHS FT", "Moor NHS Foundation Trust"),
        ("Moor Foundation NHS Trust", "Moor NHSFT"),
        ("Moor ICB", "Moor Integrated Care Board"),
        ("Moor-on-Vale MBC", "Moor on Vale Metropolitan Borough Council"),
        ("Café Zoë", "Cafe Zoe"),
        ("King’s Moor", "Kings Moor"),
        ("Staffs Moor", "Staffordshire Moor"),
    ],
)
def test_spellings_of_one_name_have_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Skills for Moors", "Skills of Moors"),
        ("Moor Ltd", "Moor plc"),
        ("Moor NHS Trust", "Moor NHS Foundation Trust"),
        ("Northmoor", "Northmoorshire"),
        ("Moor City Council", "Moor County Council"),
    ],
)
def test_what_tells_bodies_apart_stays_in_the_key(one: str, other: str) -> None:
    assert key(one) != key(other)


@given(NAMES)
def test_a_key_is_its_own_key(text: str) -> None:
    assert key(key(text)) == key(text)


@given(NAMES)
def test_any_text_can_be_taken_apart(text: str) -> None:
    taken = parts(text)
    assert set(taken.stem) <= set(key(text).split())
    assert readings(text)[0].text == readings(text)[0].text.strip()
    assert all(form or len(letters) >= 3 for form, letters in initials(text))


def test_a_pasted_page_is_cut_off() -> None:
    assert len(key("moor " * 100_000)) <= LONGEST


@pytest.mark.parametrize(
    ("text", "form", "stem", "types"),
    [
        ("Northmoor County Council", "local-authority", "northmoor", {"county"}),
        ("London Borough of Northmoor", "local-authority", "northmoor", {"borough"}),
        ("City of Northmoor Metropolitan District Council", "local-authority", "northmoor",
         {"city", "district", "metropolitan"}),
        ("Northmoor CC", "local-authority", "northmoor", set()),
        ("County Northmoor", "", "county northmoor", set()),
        ("Moor Health NHS Foundation Trust", "nhs-trust", "moor health", set()),
        ("NHS Moor and Vale ICB", "integrated-care-board", "moor and vale", set()),
        ("NHS Moor", "integrated-care-board", "moor", set()),
        ("City of Northmoor Police", "police", "city of northmoor", set()),
        ("Healthwatch Northmoor", "healthwatch", "northmoor", set()),
        ("Northmoor Police and Crime Commissioner", "police-and-crime-commissioner", "northmoor", set()),
        ("Rose Care Ltd", "", "rose care", set()),
        ("Council", "", "council", set()),
    ],
)  # fmt: skip
def test_a_name_says_what_the_body_is(text: str, form: str, stem: str, types: set[str]) -> None:
    taken = parts(text)
    assert (taken.form, " ".join(taken.stem), set(taken.types)) == (form, stem, types)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Moorland Partnership University NHS Foundation Trust", ["mpuft", "mpft", "mpunhsft"]),
        ("Vale Hospitals NHS Trust", ["vht", "vhnhst"]),
        ("Tees, Moor and Wold Valleys NHS Foundation Trust", ["tmwv", "tmwvft", "tmawv"]),
        ("Northmoor County Council", ["ncc"]),
        ("Royal Borough of Moor and Vale", ["rbmv"]),
        ("NHS Moor, Wold and Vale Integrated Care Board", ["mwvicb"]),
        ("Great Northmoor Police", ["gnp"]),
    ],
)
def test_initials_leave_out_what_people_leave_out(name: str, letters: list[str]) -> None:
    assert {("", one) for one in letters} <= initials(name)


def test_the_places_of_a_board_are_initials_only_beside_its_form() -> None:
    found = initials("NHS Bathmoor and North East Wold, Swinvale and Wiltmoor Integrated Care Board")
    assert ("integrated-care-board", "bsw") in found
    assert ("", "bsw") not in found


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("MPFT", "mpft"),
        ("M.P.F.T.", "mpft"),
        ("M P F T", "mpft"),
        ("RDaSH", "rdash"),
        ("B&NES", "bnes"),
        ("Moor", ""),
        ("moor", ""),
        ("MP", ""),
        ("NHS Moor", ""),
        ("ABCDEFGHIJ", ""),
        ("R2D2", ""),
    ],
)
def test_only_capitals_are_initials(text: str, letters: str) -> None:
    assert initials_in(text) == letters


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Northmoor, County of", ["County of Northmoor"]),
        ("Moor Trust (MT)", ["Moor Trust"]),
        ("Moor Trust - East team", ["Moor Trust"]),
        ("Rose Ltd t/a Thorn House", ["Rose Ltd", "Thorn House"]),
        ("Northmoor County Council's", ["Northmoor County Council"]),
        ("(MT)", []),
        ("Moor-on-Vale", []),
    ],
)
def test_what_people_add_to_a_name_is_left_out_in_a_second_reading(text: str, others: list[str]) -> None:
    assert [one.text for one in readings(text)] == [text, *others]


def test_an_entry_stands_under_each_of_its_names_once() -> None:
    found = list(index_keys(ENTRIES[1]))
    assert len(found) == len(set(found))
    assert {"eastvale borough council", "eastvale", "~local-authority:eastvale", "^:ebc"} <= set(found)


def test_companies_stand_under_no_initials() -> None:
    company = next(entry for entry in ENTRIES if entry.kind == "commercial")
    assert not any(one.startswith("^") for one in index_keys(company))
