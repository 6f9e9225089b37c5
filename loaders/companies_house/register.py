"""Companies as entries, each with the names it had before.

Source: basic company data, one row a company, dates DD/MM/YYYY. The file has live companies;
dissolved ones, where a file has them, end on their day of dissolution.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from councilgraph.linking.entry import Entry, Name
from loaders.csvfile import Row
from loaders.register_fields import clean_name, company_number, day, postcode
from loaders.register_files import Given, note, rows
from loaders.source import read_source

SOURCE = read_source("companies_house")
REGISTER = "companies-house"
FORMER = range(1, 11)

# Legal forms that only charities, social enterprises and bodies for the public good may have,
# and companies without shares, nearly all of which are such bodies.
VOLUNTARY = (
    "charitable incorporated organisation",
    "community interest company",
    "industrial and provident society",
    "pri/lbg/nsc",
    "pri/ltd by guar/nsc",
    "registered society",
    "royal charter",
    "scottish charitable incorporated organisation",
)
EDUCATION = ("further education",)


def entries(given: Given) -> Iterator[Entry]:
    """Every company that has a number and a name.

    Raises InputError as ``loaders.register_files.rows`` does, partly after the last entry.
    """
    for row in rows(SOURCE.forms["companies"], given):
        if entry := _entry(row):
            yield entry
        else:
            note(given.reading, f"Left out, it has no company number or no name: {row.where}.")


def _entry(row: Row) -> Entry | None:
    number, name = company_number(row["number"]), clean_name(row["name"])
    if number is None or not name:
        return None
    begun = day(row["begun"])
    former, since = _former(row, begun)
    return Entry(
        register=REGISTER,
        code=number,
        kind=_kind(row["category"].casefold()),
        names=(Name(name, "official", since=since), *former),
        identifiers=(("companies-house", number),),
        postcode=postcode(row["postcode"]),
        since=begun,
        until=day(row["dissolved"]),
    )


def _former(row: Row, begun: date | None) -> tuple[list[Name], date | None]:
    """Former names from the latest to the first, and the day from which today's name holds."""
    given = [
        (day(row[f"changed_{place}"]), -place, name)
        for place in FORMER
        if row[f"former_{place}"] and (name := clean_name(row[f"former_{place}"]))
    ]
    if not given:
        return [], begun
    # Names without a day come last; they hold from the beginning, as far as is known.
    given.sort(key=lambda one: (one[0] or date.min, one[1]), reverse=True)
    starts = [changed for changed, _, _ in given[1:]] + [begun]
    names = [
        Name(name, "former", since=start, until=changed)
        for (changed, _, name), start in zip(given, starts, strict=True)
    ]
    return names, given[0][0]


def _kind(category: str) -> str:
    if category.startswith(VOLUNTARY):
        return "vcfse"
    return "education" if category.startswith(EDUCATION) else "commercial"
