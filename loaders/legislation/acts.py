"""The table of Acts out of feeds of legislation.gov.uk.

Feeds come a page at a time and may be of one year or one search, so an Act that no feed names
stays as it is. Other titles ("Care Act") are written by hand and stay too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from loaders.naming import distinct
from loaders.recipe import Given
from loaders.source import read_form, read_source
from loaders.tidy import values

SOURCE = read_source("legislation")
_ACT = "UnitedKingdomPublicGeneralAct"
_PATH = re.compile(r"https?://www\.legislation\.gov\.uk/(?:id/)?(ukpga/(\d{4})/(\d{1,4}))")


def act_rows(given: Given) -> Iterator[Mapping[str, str]]:
    """Rows of ``acts.csv``: those of the feeds, and the present ones that no feed names.

    A title that the publisher has changed stays as another title: reports cite the old one.
    Left out, with a note: laws of other types, and Acts whose address is by the reign, for
    which citations have no form.

    Raises InputError as ``read_form`` does, and for an entry whose number is not its address's.
    """
    present = {row["path"]: row for row in given.existing("acts")}
    told: dict[str, str] = {}
    left_out = 0
    for feed in given.files["feed"]:
        for row in read_form(SOURCE.forms["feed"], feed, given.reading):
            found = _PATH.fullmatch(row["id"])
            if row["type"] != _ACT or found is None or not row["title"].endswith(found[2]):
                left_out += 1
                continue
            if (row["year"], row["number"]) != (found[2], found[3]):
                raise row.problem(
                    f"{row['title']}: its address says {found[2]} c. {found[3]}, "
                    f"its entry {row['year']} c. {row['number']}.",
                    "Get the feed again from legislation.gov.uk.",
                )
            # Feeds overlap, and list an Act again with each of its versions: the first is the newest.
            told.setdefault(found[1], row["title"])
    if left_out:
        given.reading.notes.append(
            f"{left_out} entries left out: no public general Acts, or without a year in title and address."
        )
    for path in sorted(told.keys() | present.keys()):
        old = present.get(path)
        title = told.get(path) or (old["title"] if old else "")
        others = [*values(old["other_titles"]), old["title"]] if old else []
        _, year, number = path.split("/")
        yield {
            "path": path,
            "title": title,
            "year": year,
            "number": number,
            "other_titles": "|".join(distinct(others, [title])),
        }
