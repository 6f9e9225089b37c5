"""What one object of the API or one row of a file says of a provider, in plain values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loaders.csvfile import Row
from loaders.register_fields import (
    charity_number,
    clean_name,
    company_number,
    day,
    homepage,
    ods_code,
    postcode,
)
from loaders.stream_json import as_text

Told = dict[str, Any]
SUCCESSOR = "hsca successor"
PREDECESSOR = "hsca predecessor"
MOST_RELATED = 50

# Kinds by the CQC's type of provider; all others give care.
NHS = "nhs healthcare organisation"
PRIMARY = ("primary medical services", "primary dental care")
COUNCIL = ("council", "council of the isles of scilly")


def from_object(value: Mapping[str, Any], areas: Mapping[str, str]) -> Told:
    """A provider of the syndication API; absent keys are unknown."""

    def text(key: str) -> str:
        return as_text(value.get(key))

    name = clean_name(text("name"))
    related = value.get("relationships")
    links = (
        [one for one in related if isinstance(one, dict)][:MOST_RELATED] if isinstance(related, list) else []
    )

    def linked(kind: str) -> list[str]:
        found = (
            as_text(one.get("relatedProviderId"))
            for one in links
            if as_text(one.get("type")).casefold() == kind
        )
        return sorted({code for code in found if code})

    board = text("onspdIcbCode")
    council = areas.get(text("localAuthority").casefold(), "")
    return {
        "name": name,
        "also": [also for also in (clean_name(text("alsoKnownAs")),) if also],
        "kind": _kind(name, text("type"), text("ownershipType")),
        "ownership": text("ownershipType"),
        "identifiers": _identifiers(text("odsCode"), text("companiesHouseNumber"), text("charityNumber")),
        "areas": [area for area in (council, board if _is_area(board) else "") if area],
        "postcode": postcode(text("postalCode")),
        "since": _iso(text("registrationDate")),
        "until": _iso(text("deregistrationDate")),
        "homepage": homepage(text("website")),
        "successors": linked(SUCCESSOR),
        "predecessors": linked(PREDECESSOR),
    }


def from_row(row: Row, areas: Mapping[str, str]) -> Told:
    """A provider as a row about one of its locations names it."""
    values = row.values

    def text(key: str) -> str:
        return values.get(key, "")

    name = clean_name(text("name"))
    area = areas.get(text("area").casefold())
    return {
        "name": name,
        "kind": _kind(name, text("type"), text("ownership")),
        "ownership": text("ownership"),
        "identifiers": _identifiers("", text("company"), text("charity")),
        "areas": [area] if area else [],
        "postcode": postcode(text("postcode")),
        "since": _iso(text("begun")),
        "until": _iso(text("ended")),
        "homepage": homepage(text("website")),
    }


def _identifiers(ods: str, company: str, charity: str) -> dict[str, str]:
    found = {
        "ods": ods_code(ods),
        "companies-house": company_number(company),
        "charity-commission": charity_number(charity),
    }
    return {scheme: value for scheme, value in found.items() if value}


def _kind(name: str, sector: str, ownership: str) -> str:
    if sector.casefold() == NHS or ownership.casefold() == "nhs body":
        return "nhs-trust"
    if sector.casefold() in PRIMARY:
        return "primary-care"
    return "local-authority" if name.casefold().endswith(COUNCIL) else "care-provider"


def _is_area(code: str) -> bool:
    return len(code) == 9 and code[:3] == "E54" and code[3:].isdigit()


def _iso(text: str) -> str:
    found = day(text)
    return found.isoformat() if found else ""
