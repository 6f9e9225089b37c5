"""Values of registers: cleaned, brought into one form, or left out."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.register_fields import (
    charity_number,
    clean_name,
    code,
    company_number,
    day,
    homepage,
    ods_code,
    postcode,
)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("  Northmoor \t Hospice\r\n", "Northmoor Hospice"),
        ("North\u200bmoor\u202e \x1b[31mHospice", "Northmoor [31mHospice"),
        ("Northmoor\u00a0Café", "Northmoor Café"),
        ("=1+1", "1+1"),
        ("==@SUM(A1)", "@SUM(A1)"),
        ("@SUM(A1)", "SUM(A1)"),
        ("-2+3+cmd|' /C calc'!A0", "2+3+cmd|' /C calc'!A0"),
        ("+Plus Northmoor (Holdings)", "+Plus Northmoor (Holdings)"),
        ("@Northmoor Ltd", "@Northmoor Ltd"),
        ("", ""),
        ("x" * 5000, "x" * 300),
    ],
)
def test_a_name_is_one_clean_line(text: str, name: str) -> None:
    assert clean_name(text) == name


@given(st.text())
def test_no_name_steers_a_terminal_or_begins_like_a_formula_call(text: str) -> None:
    name = clean_name(text)
    assert not any(unicodedata.category(c)[0] == "C" for c in name)
    assert not name.startswith("=") or "=" not in text
    assert name == name.strip()
    assert len(name) <= 300


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("00990001", "00990001"),
        ("990001", "00990001"),
        ("990001.0", "00990001"),
        (" sc 99 01", "SC009901"),
        ("R0000123", "R0000123"),
        ("IP12345R", None),
        ("0", None),
        ("00000000", None),
        ("123456789", None),
        ("none", None),
        ("", None),
    ],
)
def test_company_numbers_get_their_noughts_back(text: str, number: str | None) -> None:
    assert company_number(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("9900001", "9900001"),
        ("990001.0", "990001"),
        ("0990001", "990001"),
        ("12345", None),
        ("SC012345", None),
        ("", None),
    ],
)
def test_charity_numbers_of_another_country_are_left_out(text: str, number: str | None) -> None:
    assert charity_number(text) == number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024-03-31", date(2024, 3, 31)),
        ("2024-03-31T00:00:00", date(2024, 3, 31)),
        ("2024-03-31 00:00:00.000", date(2024, 3, 31)),
        ("31/03/2024", date(2024, 3, 31)),
        ("9/Jan/2018 - 00:00", date(2018, 1, 9)),
        ("31/02/2024", None),
        ("31/Foo/2024", None),
        ("03-31-2024", None),
        ("20240331", None),
        ("0000-01-01", None),
        ("٢٠٢٤-٠٣-٣١", None),
        ("", None),
    ],
)
def test_days_are_read_in_the_forms_of_the_publishers_only(text: str, found: date | None) -> None:
    assert day(text) == found


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://www.moor.example/a?b=c", "https://www.moor.example/a?b=c"),
        ("www.moor.example", "http://www.moor.example"),
        ("WWW.Moor.Example/Help", "http://WWW.Moor.Example/Help"),
        ("javascript:alert(1)", None),
        ('http://moor.example/"><script>', None),
        ("http://moor.example/a b", None),
        ("see our page", None),
        ("ftp://moor.example", None),
        ("n/a", None),
        ("http://" + "a" * 600, None),
        ("", None),
    ],
)
def test_only_web_addresses_become_home_pages(text: str, address: str | None) -> None:
    assert homepage(text) == address


def test_postcodes_and_codes_have_one_form() -> None:
    assert postcode(" zz999zz ") == "ZZ99 9ZZ"
    assert postcode("ZZ9 9ZZ and more") is None
    assert ods_code(" rz1 ") == "RZ1"
    assert ods_code("unknown") is None
    assert code(" 99\u200b00\x0001\n") == "990001"


@given(st.text(max_size=60))
def test_no_text_upsets_a_reader_of_values(text: str) -> None:
    for read in (company_number, charity_number, ods_code, postcode, homepage, day):
        found = read(text)
        assert found is None or found
        if isinstance(found, str) and read is not homepage:
            assert read(found) == found
