"""Dates: every form that people print, each with the characters it came from."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from councilgraph.extraction.dates import find_dates

DATES: list[tuple[str, list[tuple[str | None, str | None]]]] = [
    ("2024", [("2024", None)]),
    ("2023-2028", [("2023", "2028")]),
    ("2024 – 2029", [("2024", "2029")]),
    ("2023 to 2028", [("2023", "2028")]),
    ("2023 until 2028", [("2023", "2028")]),
    ("2023/28", [("2023", "2028")]),
    ("2022/23", [("2022", "2023")]),
    ("2024–29", [("2024", "2029")]),
    ("1999/00", [("1999", "2000")]),
    ("March 2024", [("2024-03", None)]),
    ("11 May 2023", [("2023-05", None)]),
    ("1st Sept 2023", [("2023-09", None)]),
    ("April 2023 to March 2024", [("2023-04", "2024-03")]),
    ("April and June 2024", [("2024-04", "2024-06")]),
    ("January 2024 to March 2024", [("2024-01", "2024-03")]),
    # two years that make no run
    ("2024 and 2019", [("2024", None), ("2019", None)]),
    # a day without a year is a date, and tells no year
    ("5 June", [(None, None)]),
    ("01/02/2024", [(None, None)]),
    # numbers that are no years
    ("£2,024", []),
    ("2024%", []),
    ("12024", []),
    ("they may march", []),
]


@pytest.mark.parametrize(("text", "expected"), DATES, ids=[t for t, _ in DATES])
def test_dates_are_read(text: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert [(d.first, d.last) for d in find_dates(f"It was {text} then.")] == expected


@given(
    st.text(max_size=120)
    | st.lists(
        st.sampled_from(["2024", "23", "/", "-", "–", "to", "and", "March", "May", "5", "1st", ",", ".", "("])
    ).map(" ".join)
)
@settings(max_examples=300)
def test_spans_do_not_overlap_and_years_are_printed(text: str) -> None:
    end = 0
    for date in find_dates(text):
        assert end <= date.start < date.end <= len(text)
        end = date.end
        if date.first:
            assert date.first[:4] in text
            assert date.last is None or date.first[:4] <= date.last[:4]


@pytest.mark.parametrize("piece", ["2024-", "2024 to ", "May ", "1/1/", "20", "1 May 2024 and "])
def test_hostile_text_is_quick(piece: str) -> None:
    start = time.perf_counter()
    find_dates(piece * 20_000)
    assert time.perf_counter() - start < 5
