"""A sentence has one digest, however it is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councilgraph.textdigest import digest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It's “good”.", 'It’s "good".'),
        ("co-ordinated care", "co‑ordinated care"),
        ("co-ordinated care", "co‐ordinated care"),
        ("2023-28", "2023–28"),
        ("of\xa0 the ﬁrst", "of the first"),
        ("5′ wide", "5' wide"),
        ("  spaced   out ", "spaced out"),
        ("co\xadordinated", "coordinated"),
    ],
)
def test_typing_does_not_change_the_digest(one: str, other: str) -> None:
    assert digest(one) == digest(other)


@pytest.mark.parametrize(("one", "other"), [("good", "Good"), ("19 of 36", "19 of 37"), ("a. b", "a b")])
def test_other_words_have_other_digests(one: str, other: str) -> None:
    assert digest(one) != digest(other)


@given(st.text())
def test_any_text_has_a_digest(text: str) -> None:
    assert len(digest(text)) == 64 == len(digest(text + " "))
    assert digest(text + " ") == digest(text)
