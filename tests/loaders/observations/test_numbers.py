"""Cells of statistical tables: what is a number, what is none, and what is nothing at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.observations.numbers import NO_VALUE, read_value


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("1,234,567.5", None, "1234567.5"),
        ("+12", None, "12"),
        ("-0.0", None, "0"),
        ("−4", None, "-4"),
        ("£1,000", "gbp", "1000"),
        ("-£20", "gbp", "-20"),
        ("45.5 %", "percent", "45.5"),
        ("12.300000000000001", None, "12.300000000000001"),
    ],
)
def test_numbers_as_people_write_them(text: str, unit: str | None, value: str) -> None:
    assert read_value(text, unit) == Decimal(value)


@pytest.mark.parametrize("text", ["", "[c]", "[X]", "*", "..", "-", "n/a", "N/A", "—"])
def test_marks_for_a_value_that_is_not_given(text: str) -> None:
    assert read_value(text, "count") is None


@pytest.mark.parametrize(
    "text",
    ["12,34", "1,2345", "1.2.3", "3I2", "1.2E+05", "about 300", "£5", "5%", "٣", "1" * 16, "0x10", "1_000"],
)
def test_what_is_no_number_stays_as_printed(text: str) -> None:
    assert read_value(text, "count") == text


@given(st.text(max_size=200), st.sampled_from([None, "gbp", "percent", "count"]))
def test_any_cell_is_a_bounded_number_a_bounded_text_or_nothing(text: str, unit: str | None) -> None:
    value = read_value(text, unit)
    if isinstance(value, Decimal):
        # What the store can hold: no more than 18 places, below 10 to the power of 20.
        assert value.is_finite() and abs(value) < 10**15 and len(format(value, "f")) < 40
    elif value is None:
        assert text.casefold() in NO_VALUE
    else:
        assert value == text[:60]


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
def test_a_number_printed_with_commas_is_the_number(number: Decimal) -> None:
    assert read_value(f"{number:,f}") == number
