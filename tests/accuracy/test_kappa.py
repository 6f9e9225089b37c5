"""Cohen's kappa and the intervals: as the books have them, and told where they are undefined."""

from __future__ import annotations

import warnings
from collections import Counter
from math import isfinite, isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from councilgraph.accuracy.agreement import cohen, wilson
from councilgraph.accuracy.agreement.kappa import NOTHING, ONE_VALUE

VALUES = st.sampled_from(["strength", "improvement", "mixed", "context"])
PAIRS = st.lists(st.tuples(VALUES, VALUES), max_size=40)


def sklearn(pairs: list[tuple[str, str]]) -> float:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where kappa is undefined, which is what we compare
        return float(cohen_kappa_score([one for one, _ in pairs], [other for _, other in pairs]))


@given(PAIRS.filter(bool))
def test_kappa_is_that_of_an_independent_implementation(pairs: list[tuple[str, str]]) -> None:
    ours, theirs = cohen(Counter(pairs)), sklearn(pairs)
    if ours.value is None:
        assert isnan(theirs)
    else:
        assert ours.value == pytest.approx(theirs, abs=1e-9)


@given(PAIRS)
def test_kappa_is_a_number_in_its_interval_or_a_reason(pairs: list[tuple[str, str]]) -> None:
    found = cohen(Counter(pairs))
    assert found.n == len(pairs) and found.agreed == sum(one == other for one, other in pairs)
    if found.value is None:
        assert found.why and found.low is None and found.high is None
    else:
        assert found.low is not None and found.high is not None and not found.why
        assert -1 <= found.low <= found.value <= found.high <= 1
        assert isfinite(found.low) and isfinite(found.high)


@given(PAIRS)
def test_kappa_does_not_know_who_is_first_nor_the_order(pairs: list[tuple[str, str]]) -> None:
    turned = cohen(Counter((other, one) for one, other in reversed(pairs)))
    found = cohen(Counter(pairs))
    assert (turned.n, turned.agreed, turned.why) == (found.n, found.agreed, found.why)
    assert (turned.value is None) == (found.value is None)
    if found.value is not None:
        assert turned.value == pytest.approx(found.value, abs=1e-12)


def test_the_example_of_the_textbook() -> None:
    # 50 proposals, two readers: 20 yes by both, 15 no by both, 5 and 10 apart.
    found = cohen({("yes", "yes"): 20, ("yes", "no"): 5, ("no", "yes"): 10, ("no", "no"): 15})
    assert found.value == pytest.approx(0.4)
    assert found.low is not None and found.high is not None
    # The standard error of 1960 gives 0.147 to 0.653.
    assert found.low == pytest.approx(0.147, abs=0.04) and found.high == pytest.approx(0.653, abs=0.04)


def test_where_chance_alone_agrees_everywhere_kappa_is_not_there_and_says_why() -> None:
    found = cohen({("context", "context"): 12})
    assert (found.value, found.n, found.agreed, found.why) == (None, 12, 12, ONE_VALUE)
    assert cohen({}).why == NOTHING and cohen({}).value is None


def test_three_of_three_is_no_certainty() -> None:
    found = cohen({("yes", "yes"): 2, ("no", "no"): 1})
    assert found.value == 1 and found.high == 1
    assert found.low is not None and found.low < 0.2


@given(st.integers(0, 300), st.integers(0, 300))
def test_the_interval_of_a_share_holds_it_and_stays_in_bounds(right: int, wrong: int) -> None:
    found = wilson(right, right + wrong)
    if right + wrong == 0:
        assert found is None
    else:
        assert found is not None
        low, high = found
        assert 0 <= low <= right / (right + wrong) <= high <= 1
        assert low < high


def test_the_interval_of_a_share_as_published() -> None:
    # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)
