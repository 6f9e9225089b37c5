"""Numbers: digits, words, fractions; each value from its own characters."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from councilgraph.extraction.numbers import find_numbers

VALUES: list[tuple[str, list[tuple[str, Decimal | str]]]] = [
    ("12", [("12", Decimal(12))]),
    ("1,204 and 895,817,000", [("1,204", Decimal(1204)), ("895,817,000", Decimal(895817000))]),
    ("41.95", [("41.95", Decimal("41.95"))]),
    ("1.2 million", [("1.2 million", Decimal(1200000))]),
    ("3m, 2bn, 4k", [("3m", Decimal(3000000)), ("2bn", Decimal(2 * 10**9)), ("4k", Decimal(4000))]),
    ("eight", [("eight", Decimal(8))]),
    ("twenty-five", [("twenty-five", Decimal(25))]),
    ("a hundred", [("a hundred", Decimal(100))]),
    ("two hundred and fifty", [("two hundred and fifty", Decimal(250))]),
    ("three thousand two hundred", [("three thousand two hundred", Decimal(3200))]),
    ("two-thirds", [("two-thirds", Decimal("66.7"))]),
    ("a fifth", [("a fifth", Decimal(20))]),
    ("three quarters", [("three quarters", Decimal(75))]),
    ("half", [("half", Decimal(50))]),
    ("one in five", [("one in five", Decimal(20))]),
    ("9 out of 10", [("9 out of 10", Decimal(90))]),
    ("62 out of 102", [("62", Decimal(62)), ("102", Decimal(102))]),
    ("4th and fourth", [("4th", Decimal(4)), ("fourth", Decimal(4))]),
    # malformed thousands stay as printed
    ("10,49", [("10,49", "10,49")]),
    ("1,2345", [("1,2345", "1,2345")]),
    # no numbers: letters beside them
    ("s42 D2A A4x", []),
    ("people", []),
    ("", []),
    # digits of other scripts are not ours to read
    ("٣٤ １２ ²", []),
]


@pytest.mark.parametrize(("text", "expected"), VALUES, ids=[t or "nothing" for t, _ in VALUES])
def test_numbers_are_read(text: str, expected: list[tuple[str, Decimal | str]]) -> None:
    assert [(n.text, n.value) for n in find_numbers(text)] == expected


@given(
    st.text(max_size=150)
    | st.lists(
        st.sampled_from(
            [
                "0",
                "9",
                ",",
                ".",
                "one",
                "two",
                "twenty",
                "hundred",
                "million",
                "half",
                "third",
                "in",
                "out",
                "of",
                "k",
                "m",
            ]
        )
    ).map(" ".join)
)
@settings(max_examples=300)
def test_spans_are_the_text_and_do_not_overlap(text: str) -> None:
    end = 0
    for number in find_numbers(text):
        assert number.start >= end
        assert text[number.start : number.end] == number.text
        end = number.end


@pytest.mark.parametrize("piece", ["1,", "9", "1 in ", "one hundred and ", "half ", "two-", "1.", "a "])
def test_hostile_text_is_quick(piece: str) -> None:
    start = time.perf_counter()
    find_numbers(piece * 20_000)
    assert time.perf_counter() - start < 5
