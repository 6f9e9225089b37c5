"""Numbers in running text: digits, words and fractions, each with the characters it came from.

A small grammar of our own: the libraries at hand rewrite the whole text, and a figure of the
graph has to be traced to its characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORDS: dict[str, int] = {w: n for n, w in enumerate(_ONES + _TEENS)} | {
    w: 10 * n for n, w in enumerate(_TENS, 2)
}
SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "k": Decimal(1000),
    "million": Decimal(10**6),
    "m": Decimal(10**6),
    "mn": Decimal(10**6),
    "billion": Decimal(10**9),
    "bn": Decimal(10**9),
}
_PARTS = {"half": 2, "halve": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7}
_PARTS |= {"eighth": 8, "ninth": 9, "tenth": 10}
_ORDINALS: dict[str, int] = {
    w: n
    for n, w in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
        ],
        start=1,
    )
}

_S = "|".join(_ONES + _TEENS)
_BELOW = rf"(?:(?:{'|'.join(_TENS)})(?:[-‐‑ ](?:{'|'.join(_ONES[1:])})\b)?|{_S})"
_HUNDREDS = rf"(?:(?:a|{_S})\shundred(?:\sand\s{_BELOW})?)"
_WORDED = re.compile(
    rf"\b(?:(?:{_HUNDREDS}|{_BELOW}|a)\s(?:thousand|million)(?:\s(?:and\s)?(?:{_HUNDREDS}|{_BELOW}))?"
    rf"|{_HUNDREDS}|{_BELOW})\b",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    r"(?<![\w.,])[0-9]{1,15}(?:,[0-9]{1,15}){0,8}(?:\.[0-9]{1,8})?(?![0-9])"
    r"(?P<ordinal>(?:st|nd|rd|th)\b)?"
    r"(?:(?P<scale>\s?(?:million|billion|thousand|bn|mn|m|k))\b)?"
    r"(?![A-Za-z_])"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,8}(?:\.[0-9]{1,8})?")
_PLAIN = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,8})?")
_MANY = "|".join(_ONES[2:])
_FRACTION = re.compile(
    rf"\b(?:(?P<one>an?|one)[-‐‑ ](?P<part>half|third|quarter|fifth|sixth|seventh|eighth|ninth|tenth)"
    rf"|(?P<many>{_MANY})[-‐‑ ](?P<parts>thirds|quarters|fifths|sixths|sevenths|eighths|ninths|tenths)"
    rf"|(?P<half>half))\b",
    re.IGNORECASE,
)
_NUMERAL = rf"(?:[0-9]{{1,3}}|{_S}|{'|'.join(_TENS)})"
_RATIO = re.compile(
    rf"(?<![\w.,-])(?P<n>{_NUMERAL})\s(?:in|out\sof)\s(?:every\s)?(?P<m>{_NUMERAL})(?![\w,%-]|\.[0-9])",
    re.IGNORECASE,
)
_ORDINAL = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\b", re.IGNORECASE)


_LETTERS = re.compile("[a-z]+")
_IN = re.compile(r"[0-9]\s(?:in|out\sof)\s")
NUMERALS = frozenset(
    [*WORDS, *_PARTS, *(f"{part}s" for part in _PARTS), *_ORDINALS, "hundred", "thousand", "million"]
)
"""The words that numbers are made of: a text without them has numbers in digits only."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text. ``form``: digits, word, fraction, ratio or ordinal.

    ``value`` is the number, or the text as printed where its thousands are malformed; a
    fraction's and a ratio's is the percentage. ``whole`` is the M of "N in M".
    """

    start: int
    end: int
    text: str
    value: Decimal | str
    form: str
    scaled: bool = False
    whole: int = 0


def _worded(text: str) -> Decimal:
    total, group = Decimal(0), Decimal(0)
    for word in re.split(r"[-‐‑\s]", text.lower()):
        if word == "hundred":
            group = max(group, Decimal(1)) * 100
        elif word in SCALES:
            total, group = total + max(group, Decimal(1)) * SCALES[word], Decimal(0)
        elif word in WORDS:
            group += WORDS[word]
        elif word == "a":
            group = Decimal(1)
    return total + group


def _percent(part: int, whole: int) -> Decimal:
    """A share as a percentage, to one decimal as people write thirds (66.7)."""
    exact = Decimal(100 * part) / whole
    return exact if exact == round(exact, 2) else round(exact, 1)


def _numeral(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else WORDS[text.lower()]


def _digits(match: re.Match[str]) -> Number:
    printed = match[0]
    bare = printed[: match.start("ordinal") - match.start()] if match["ordinal"] else printed
    if match["scale"]:
        bare = bare[: match.start("scale") - match.start()]
    value: Decimal | str
    if _PLAIN.fullmatch(bare) or _GROUPED.fullmatch(bare):
        value = Decimal(bare.replace(",", "")) * SCALES.get((match["scale"] or "").strip(), Decimal(1))
    else:
        value = printed
    form = "ordinal" if match["ordinal"] else "digits"
    return Number(match.start(), match.end(), printed, value, form, scaled=bool(match["scale"]))


def _shares(text: str) -> list[Number]:
    """Fractions and ratios; a ratio inside a fraction cannot be, they share no words."""
    found = []
    for match in _FRACTION.finditer(text):
        part = (match["part"] or match["parts"] or match["half"]).lower()
        part = part if part in _PARTS else part.removesuffix("s")
        times = WORDS[match["many"].lower()] if match["many"] else 1
        if times < _PARTS[part]:
            value = _percent(times, _PARTS[part])
            found.append(Number(match.start(), match.end(), match[0], value, "fraction", whole=_PARTS[part]))
    for match in _RATIO.finditer(text):
        part_, whole = _numeral(match["n"]), _numeral(match["m"])
        # A share of a sample ("62 out of 102") is two counts; a round base is a way to say a share.
        if 0 < part_ < whole and whole in {2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 100}:
            value = _percent(part_, whole)
            found.append(Number(match.start(), match.end(), match[0], value, "ratio", whole=whole))
    return found


def find_numbers(text: str) -> tuple[Number, ...]:
    """Every number of ``text`` in order of place; spans do not overlap, the longer reading wins."""
    worded = not NUMERALS.isdisjoint(_LETTERS.findall(text.lower()))
    found = _shares(text) if worded or _IN.search(text) else []
    # A map of the characters already read keeps this linear for a text of nothing but numbers.
    taken = bytearray(len(text))
    for n in found:
        taken[n.start : n.end] = b"\1" * (n.end - n.start)

    def free(start: int, end: int) -> bool:
        return not any(taken[start:end])

    for match in _DIGITS.finditer(text):
        if free(*match.span()):
            found.append(_digits(match))
    for match in _WORDED.finditer(text) if worded else ():
        if free(*match.span()):
            taken[match.start() : match.end()] = b"\1" * len(match[0])
            found.append(Number(match.start(), match.end(), match[0], _worded(match[0]), "word"))
    for match in _ORDINAL.finditer(text) if worded else ():
        if free(*match.span()):
            value = Decimal(_ORDINALS[match[0].lower()])
            found.append(Number(match.start(), match.end(), match[0], value, "ordinal"))
    return tuple(sorted(found, key=lambda n: n.start))
