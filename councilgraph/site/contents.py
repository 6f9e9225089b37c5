"""What a site has instead of a search: a list of its pages by kind and name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from councilgraph.explorer.links import address_of
from councilgraph.explorer.page import Page
from councilgraph.site.links import INDEX

# A longer list is parted by first letter: a page should open at once on a telephone.
_LONGEST = 400

# Title and address of a page.
Entry = tuple[str, str]


def contents(groups: Mapping[str, Sequence[Entry]]) -> Iterator[tuple[str, Page]]:
    """The pages of the list with their addresses: the overview first.

    ``groups`` is the label of a kind of page to its entries.
    """
    parts = {label: _parts(label, entries) for label, entries in groups.items()}
    overview = [
        {"label": label, "count": len(groups[label]), "parts": [(name, to) for name, to, _ in found]}
        if len(found) > 1
        else {"label": label, "count": len(groups[label]), "entries": found[0][2]}
        for label, found in parts.items()
    ]
    about = "Every page of this copy, by kind and name."
    yield INDEX, Page("site/contents.html", "All pages", {"groups": overview}, description=about)
    for label, found in parts.items():
        for name, address, entries in found if len(found) > 1 else ():
            content = {"groups": [{"label": label, "count": len(entries), "entries": entries}]}
            crumbs = (("Home", "/"), ("All pages", INDEX))
            yield address, Page("site/contents.html", f"{label}: {name}", content, crumbs=crumbs)


def addresses(groups: Mapping[str, Sequence[Entry]]) -> list[str]:
    """The addresses of these pages."""
    return [address for address, _ in contents(groups)]


def _parts(label: str, entries: Sequence[Entry]) -> list[tuple[str, str, list[Entry]]]:
    """(name, address, entries) of each part: the whole, or one for each first letter."""
    ordered = sorted(entries, key=lambda entry: (_letter(entry[0]), entry[0].casefold(), entry[1]))
    if len(ordered) <= _LONGEST:
        return [(label, INDEX, ordered)]
    letters: dict[str, list[Entry]] = {}
    for entry in ordered:
        letters.setdefault(_letter(entry[0]), []).append(entry)
    return [(name, address_of(INDEX[1:], of=label, letter=name), some) for name, some in letters.items()]


def _letter(title: str) -> str:
    """The letter under which a name is looked for, "0-9" where it begins with none."""
    for character in unicodedata.normalize("NFKD", title):
        if character.isalpha():
            return character.upper()
        if character.isdigit():
            return "0-9"
    return "0-9"
