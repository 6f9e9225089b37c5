"""Values of registers made clean: names, dates, numbers, postcodes, addresses.

Registers are typed in by millions of people. A value that is no date or no postcode is left
out, for one bad field must not lose the body; a name is cleaned of everything that could do
harm further on: characters that steer a terminal or turn text round, and the sign that makes
a spreadsheet run a cell as a formula.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

LONGEST = 300
"""Characters of a name; the longest that Companies House allows is 160."""

_FORMULA = re.compile(r"^(?:[=\s]+|[+\-@\s]+(?=[^\s(|!]*[(|!]))")
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})")
_COMPANY = re.compile(r"[0-9]{1,8}|[A-Z]{2}[0-9]{1,6}|R[0-9]{1,7}")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`\x00-\x20]+", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,6}[a-z]{2,24}(?:/[^\s<>\"{}|\\^`]*)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(
    r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})(?:[T ].{0,20})?"
    r"|(?P<d2>[0-9]{1,2})/(?P<m2>[0-9]{1,2}|[A-Za-z]{3})/(?P<y2>[0-9]{4})(?: .{0,20})?"
)


def clean_name(text: str) -> str:
    """A name in one line without control characters and without the start of a formula.

    >>> clean_name("  Northmoor\\tHospice \\u202e")
    'Northmoor Hospice'
    >>> clean_name('=HYPERLINK("http://example.org")')
    'HYPERLINK("http://example.org")'
    """
    if not text.isprintable():
        text = "".join(
            " " if c.isspace() else c for c in text if c.isspace() or unicodedata.category(c)[0] != "C"
        )
    text = " ".join(text.split())
    if text[:1] in ("=", "+", "-", "@"):
        # A firm may be called "+Plus"; only what a spreadsheet would run loses its sign.
        text = _FORMULA.sub("", text)
    return text[:LONGEST].strip()


def code(text: str) -> str:
    """A code without white space and control characters."""
    return "".join(c for c in text[:64] if c.isascii() and c.isprintable() and c != " ")


def postcode(text: str) -> str | None:
    """A postcode with one space, None if it is none.

    >>> postcode("zz9 9zz"), postcode("n/a")
    ('ZZ9 9ZZ', None)
    """
    found = _POSTCODE.fullmatch("".join(text[:12].upper().split()))
    return f"{found[1]} {found[2]}" if found else None


def company_number(text: str) -> str | None:
    """A company number with its eight characters, None if it is none.

    Other registers drop the leading noughts, and with them the link.

    >>> company_number("123456"), company_number("sc1234"), company_number("n/a")
    ('00123456', 'SC001234', None)
    """
    given = "".join(text[:20].upper().split()).removesuffix(".0")
    if not _COMPANY.fullmatch(given) or not given.strip("0"):
        return None
    letters = given.rstrip("0123456789")
    return letters + given[len(letters) :].zfill(8 - len(letters))


def charity_number(text: str) -> str | None:
    """A number of the Charity Commission for England and Wales, None if it is none."""
    given = "".join(text[:20].split()).removesuffix(".0")
    return given.lstrip("0") if re.fullmatch(r"0{0,2}[1-9][0-9]{5,6}", given) else None


def ods_code(text: str) -> str | None:
    """A code of the Organisation Data Service, None if it is none."""
    given = text.strip().upper()
    return given if re.fullmatch(r"[A-Z0-9]{3,6}", given) else None


def homepage(text: str) -> str | None:
    """A web address with its scheme, None for anything else ("javascript:", plain text)."""
    given = text.strip()
    if len(given) > 500 or not given.isascii():
        return None
    if _ADDRESS.fullmatch(given):
        return given
    return f"http://{given}" if _DOMAIN.fullmatch(given.lower()) else None


def day(text: str) -> date | None:
    """A day written 2024-03-31, 2024-03-31T00:00:00, 31/03/2024 or 31/Mar/2024, else None."""
    found = _DAY.fullmatch(text.strip()[:40])
    if not found:
        return None
    year, month, of_month = (
        found["y"] or found["y2"],
        found["m"] or found["m2"],
        found["d"] or found["d2"],
    )
    try:
        number = int(month) if month.isdigit() else 1 + _MONTHS.index(month.lower())
        return date(int(year), number, int(of_month))
    except ValueError:
        return None
