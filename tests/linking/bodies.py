"""Invented bodies that the tests of matching share."""

from __future__ import annotations

from datetime import date

from councilgraph.linking.entry import Entry, Name

NORTHMOOR, EASTVALE, SALTMARSH = "E10009901", "E08009902", "E06009903"
COUNCIL, TRUST, BOARD, POLICE = "local-authority", "nhs-trust", "integrated-care-board", "police"
MERGER = date(2026, 4, 1)


def official(text: str) -> tuple[Name, ...]:
    return (Name(text, "official"),)


def board(
    code: str, place: str, areas: tuple[str, ...], last: date | None = None, *heirs: str, since: date
) -> Entry:
    names = (Name(f"NHS {place} Integrated Care Board", "official"), Name(f"{place} ICB", "short"))
    return Entry("boards", code, BOARD, names, (("ods", code),), areas, None, since, last, heirs)


def charity(code: str, name: str, *areas: str) -> Entry:
    return Entry("charities", code, "vcfse", official(name), (("charity-commission", code),), areas)


def company(code: str, name: str, *areas: str) -> Entry:
    return Entry("companies", code, "commercial", official(name), (("companies-house", code),), areas)


ENTRIES = (
    Entry(
        "councils",
        "NMR",
        COUNCIL,
        (Name("Northmoor County Council", "official"), Name("Northmoor", "short")),
        (("gss", NORTHMOOR), ("lae", "NMR"), ("wikidata", "Q99000001")),
        (NORTHMOOR,),
    ),
    Entry(
        "councils",
        "EVB",
        COUNCIL,
        (
            Name("Eastvale Borough Council", "official"),
            Name("Eastvale", "short"),
            Name("Eastvale Council", "other"),
        ),
        (("gss", EASTVALE), ("lae", "EVB")),
        (EASTVALE,),
    ),
    Entry(
        "councils",
        "SLM",
        COUNCIL,
        (Name("Saltmarsh City Council", "official"), Name("Saltmarsh", "short")),
        (("gss", SALTMARSH), ("lae", "SLM")),
        (SALTMARSH,),
    ),
    board("QZ1", "Northmoor", (NORTHMOOR,), date(2026, 3, 31), "QZ3", since=date(2022, 7, 1)),
    board("QZ2", "Vale and Marsh", (EASTVALE, SALTMARSH), date(2026, 3, 31), "QZ3", since=date(2022, 7, 1)),
    board("QZ3", "Great Moor", (), since=MERGER),
    board("QZ4", "Split Hills", (), date(2026, 3, 31), "QZ5", "QZ6", since=date(2022, 7, 1)),
    board("QZ5", "Upper Hills", (NORTHMOOR,), since=MERGER),
    board("QZ6", "Lower Hills", (EASTVALE,), since=MERGER),
    Entry(
        "trusts",
        "RZ1",
        TRUST,
        (
            Name("Moorland Partnership University NHS Foundation Trust", "official"),
            Name("Moorland Mental Health NHS Trust", "former", until=date(2018, 3, 31)),
        ),
        (("ods", "RZ1"),),
        (NORTHMOOR,),
        since=date(2001, 4, 1),
    ),
    Entry(
        "trusts",
        "RZ2",
        TRUST,
        official("Vale Hospitals NHS Trust"),
        (("ods", "RZ2"),),
        (EASTVALE,),
        since=date(2010, 4, 1),
        until=date(2024, 3, 31),
    ),
    Entry("trusts", "RZ3", TRUST, official("Marsh County Hospital NHS Foundation Trust"), (("ods", "RZ3"),)),
    Entry("trusts", "RZ4", TRUST, official("Upper Vale Care Partnership NHS Trust"), (("ods", "RZ4"),)),
    Entry("trusts", "RZ5", TRUST, official("Lower Vale Care Partnership NHS Trust"), (("ods", "RZ5"),)),
    Entry("forces", "E23000901", POLICE, official("Northmoor Constabulary"), (), (NORTHMOOR,)),
    Entry(
        "national",
        "gor-PB9901",
        "regulator",
        (
            Name("Care Checks Commission", "official"),
            Name("Care Visits Inspectorate", "former"),
            Name("CCC", "abbreviation"),
        ),
        (("gor", "PB9901"),),
    ),
    Entry("national", "name-moors", "national-body", official("Skills for Moors")),
    charity("1100001", "Moorland Carers", NORTHMOOR),
    charity("1100002", "Vale Friends", EASTVALE),
    charity("1100003", "Vale Friends", SALTMARSH),
    charity("1100004", "Skills for Moors"),
    Entry(
        "companies",
        "01100001",
        "commercial",
        official("MOORLAND CARERS LIMITED"),
        (("companies-house", "01100001"), ("charity-commission", "1100001")),
        (NORTHMOOR,),
    ),
    company("00000017", "ROSE CARE LIMITED"),
    company("00000018", "ROSE CARE PLC"),
    company("00000019", "HEALTHWATCH LIMITED"),
)
