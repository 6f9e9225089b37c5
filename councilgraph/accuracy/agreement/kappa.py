"""Shares and Cohen's kappa with their 95 per cent intervals, safe where they are undefined.

Kappa: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological
Measurement 20 (1960). Interval of a share: E. B. Wilson, JASA 22 (1927).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Final

# The normal deviate of 95 per cent, two-sided.
Z: Final = 1.959963984540054
NOTHING = "nothing that both decided about"
ONE_VALUE = "both gave one and the same value everywhere, which chance alone would give too"


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement of two readers over ``n`` things, ``agreed`` of them with the same value.

    ``value``, ``low`` and ``high`` (-1 to 1) are None where kappa is undefined, and ``why`` says why.
    """

    n: int
    agreed: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    why: str = ""


def wilson(right: int, total: int) -> tuple[float, float] | None:
    """The 95 per cent interval of a share, 0 to 1; None of nothing.

    It does not shrink to a point where all or none are right: three of three is no certainty.
    """
    if not total:
        return None
    share, spread = right / total, Z * Z / total
    middle = (share + spread / 2) / (1 + spread)
    half = Z * sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    # The ends are exact where nothing or all is right; rounding must not move them.
    low = 0.0 if right == 0 else max(0.0, middle - half)
    return low, 1.0 if right == total else min(1.0, middle + half)


def cohen(pairs: Mapping[tuple[Hashable, Hashable], int]) -> Kappa:
    """Cohen's kappa of two readers; ``pairs`` counts what the one and the other said of a thing.

    The interval is that of the agreement (Wilson) with the agreement by chance held fixed, as in
    Cohen's own standard error. The usual one is a point where two readers agree everywhere.
    """
    n = sum(pairs.values())
    agreed = sum(count for (one, other), count in pairs.items() if one == other)
    interval = wilson(agreed, n)
    if interval is None:
        return Kappa(0, 0, why=NOTHING)
    first: Counter[Hashable] = Counter()
    second: Counter[Hashable] = Counter()
    for (one, other), count in pairs.items():
        first[one] += count
        second[other] += count
    # Whole numbers as long as possible: n * n times the agreement that chance would give.
    chance = sum(count * second[value] for value, count in first.items())
    if chance == n * n:
        return Kappa(n, agreed, why=ONE_VALUE)
    expected = chance / (n * n)

    def beyond(share: float) -> float:
        return max(-1.0, (share - expected) / (1 - expected))

    value = (agreed * n - chance) / (n * n - chance)
    low, high = (beyond(end) for end in interval)
    # At the ends of the scale the two ways of reckoning differ by a rounding.
    return Kappa(n, agreed, value, min(low, value), max(high, value))
