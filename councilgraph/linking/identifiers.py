"""Codes of registers as people write them: bare, as org-id strings, as web addresses.

Source of the prefixes: org-id.guide; of the addresses: the publishers named in them.
"""

from __future__ import annotations

import re

from councilgraph.linking.entry import Entry

_LISTS = {
    "GB-CHC": "charity-commission",
    "GB-COH": "companies-house",
    "GB-GOR": "gor",
    "GB-LAE": "lae",
    "GB-NHS": "ods",
}
_CHIEF = (
    ("gor", "GB-GOR-"),
    ("gss", ""),
    ("ods", ""),
    ("charity-commission", "GB-CHC-"),
    ("companies-house", "GB-COH-"),
    ("lae", "GB-LAE-"),
    ("wikidata", ""),
)
_ORG_ID = re.compile(r"(?:org-id:)?(GB-[A-Z]{2,6})-([A-Z0-9-]{1,20})", re.I)
_ADDRESSES = (
    ("wikidata", re.compile(r"https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/(Q[0-9]{1,12})", re.I)),
    ("gss", re.compile(r"https?://statistics\.data\.gov\.uk/id/statistical-geography/([A-Z][0-9]{8})", re.I)),
    ("companies-house", re.compile(r"https?://business\.data\.gov\.uk/id/company/([A-Z0-9]{8})", re.I)),
    (
        "companies-house",
        re.compile(
            r"https?://find-and-update\.company-information\.service\.gov\.uk/company/([A-Z0-9]{8})", re.I
        ),
    ),
    (
        "ods",
        re.compile(
            r"https?://directory\.spineservices\.nhs\.uk/[A-Z0-9]+/Organization/([A-Z0-9]{3,6})", re.I
        ),
    ),
    ("ods", re.compile(r"https://fhir\.nhs\.uk/Id/ods-organization-code[|/]([A-Z0-9]{3,6})", re.I)),
)
_FIND_THAT_CHARITY = re.compile(r"https?://findthatcharity\.uk/orgid/(GB-[A-Z]{2,6}-[A-Z0-9-]{1,20})", re.I)
_OPEN_DATA_COMMUNITIES = re.compile(r"http://opendatacommunities\.org/id/[a-z0-9/-]{1,80}")
_BARE = (
    ("gss", re.compile(r"[EWSN][0-9]{8}")),
    ("wikidata", re.compile(r"Q[1-9][0-9]{2,11}")),
    ("gor", re.compile(r"(?:D|EA|IM|OT|PB|PC)[0-9]{1,5}")),
    ("companies-house", re.compile(r"(?:[0-9]{8}|[A-Z]{2}[0-9]{6})")),
    ("charity-commission", re.compile(r"[1-9][0-9]{5,6}(?:-[0-9]{1,3})?")),
    ("lae", re.compile(r"[A-Z]{3}")),
    ("ods", re.compile(r"[A-Z][A-Z0-9]{2,5}")),
)


def unmistakable(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs of scheme and value of a text that can be nothing but an identifier; else empty."""
    text = text.strip()
    if found := _FIND_THAT_CHARITY.fullmatch(text):
        text = found[1]
    if found := _ORG_ID.fullmatch(text):
        scheme = _LISTS.get(found[1].upper())
        return ((scheme, found[2].upper()),) if scheme else ()
    for scheme, address in _ADDRESSES:
        if found := address.fullmatch(text):
            return ((scheme, found[1].upper()),)
    if _OPEN_DATA_COMMUNITIES.fullmatch(text):
        return (("opendatacommunities", text),)
    if _BARE[0][1].fullmatch(text.upper()):
        return (("gss", text.upper()),)
    return ()


def possible(text: str) -> tuple[tuple[str, str], ...]:
    """Every pair that a text in a column of identifiers may be, the likeliest first.

    A spreadsheet takes the zeros from the front of a company number: they are put back.
    """
    if found := unmistakable(text):
        return found
    code = "".join(text.split()).upper()
    pairs = [(scheme, code) for scheme, form in _BARE if form.fullmatch(code)]
    if code.isascii() and code.isdigit() and 4 <= len(code) < 8:
        pairs.append(("companies-house", code.zfill(8)))
    return tuple(pairs)


def chief(entry: Entry) -> str:
    """The identifier to give out: as in evidence JSON, then the public registers' org-id strings.

    An entry without any is named by register and code.
    """
    codes = dict(reversed(entry.identifiers))
    for scheme, form in _CHIEF:
        if scheme in codes:
            return form + codes[scheme]
    return f"{entry.register}:{entry.code}"
