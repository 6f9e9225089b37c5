"""A cell of a statistical table as a number, as nothing, or as the text that it is.

Publishers write thousands with commas, a pound sign, a per cent sign, and marks in place of
figures that they may not give. What is none of these is kept as printed: a number guessed
from "12.3.4" or from a rounded "1.2E+05" would be an invention with a source beside it.
"""

from __future__ import annotations

import re
from decimal import Decimal

# The marks that guidance for official statistics recommends, and those seen before it.
NO_VALUE = frozenset(
    [
        "[b]",
        "[c]",
        "[e]",
        "[f]",
        "[low]",
        "[n]",
        "[p]",
        "[r]",
        "[u]",
        "[w]",
        "[x]",
        "[z]",
        "..",
        ".",
        "-",
        "--",
        "–",
        "—",
        ":",
        "*",
        "**",
        "x",
        "z",
        "c",
        "n/a",
        "na",
        "null",
        "none",
    ]
) | {""}
# 15 digits before the point and 17 after it: more than any statistic has, less than the store's
# decimals hold; without a bound a cell of a million digits would be read as one number.
_NUMBER = re.compile(r"([+-]?)(\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(\.\d{1,17})?", re.ASCII)
_MOST_KEPT = 60


def read_value(text: str, unit: str | None = None) -> Decimal | str | None:
    """A number; None where the publisher gives no value; otherwise the text as printed.

    ``unit`` is the slug of the measure's unit: a pound sign belongs to ``gbp``, a per cent
    sign to ``percent``, and stands for something else everywhere else.

    >>> read_value("£1,234.50", "gbp")
    Decimal('1234.50')
    >>> read_value("12,34")
    '12,34'
    """
    if text.casefold() in NO_VALUE:
        return None
    plain = text.replace("\u2212", "-")
    if unit == "gbp":
        plain = plain.replace("£", "", 1)
    elif unit == "percent":
        plain = plain.removesuffix("%")
    found = _NUMBER.fullmatch(plain.strip())
    if not found:
        return text[:_MOST_KEPT]
    sign, whole, part = found.groups()
    number = Decimal(f"{sign}{whole.replace(',', '')}{part or ''}")
    return number if number else Decimal(0)  # the store writes no "-0"
