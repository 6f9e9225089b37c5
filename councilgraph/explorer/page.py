"""A page before it has a form: plain objects between the graph and HTML, JSON, CSV or a file.

A page is made by a function of a snapshot and of what was asked. Server, static site, sitemap
and benchmark all walk the same list of kinds, so that none of them can forget a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from councilgraph.errors import UsageError
from councilgraph.results.whole import Table

if TYPE_CHECKING:
    from councilgraph.explorer.snapshot import Snapshot


# Pictures and exports hold tables too, and stand below the explorer.
__all__ = ["Asked", "Kind", "NotFoundError", "Page", "Table"]


class NotFoundError(UsageError):
    """There is no such council, theme, question ...; the cure names the nearest."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for: the parts of the path and of the query string, as text.

    ``form`` is "html", "json", "csv" or "xlsx": a page may hold back in HTML what is dear to make.
    """

    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    form: str = "html"

    def one(self, name: str, default: str = "") -> str:
        """The last value that was given for a name, without the space around it."""
        given = [value.strip() for value in self.query.get(name, ()) if value.strip()]
        return given[-1] if given else default

    def many(self, name: str) -> tuple[str, ...]:
        """All values that were given for a name; one may hold several, parted by commas."""
        parts = (part.strip() for value in self.query.get(name, ()) for part in value.split(","))
        return tuple(dict.fromkeys(part for part in parts if part))


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows.

    ``template`` is its file, ``content`` what the template is given beside title, description,
    tables and crumbs. The first of ``tables`` is what ``.csv`` holds, ``.json`` and ``.xlsx``
    hold all. ``about`` is the IRI of the thing that the page tells of, "" where there is none;
    ``crumbs`` are (label, address) from the home page to the page above this one.
    """

    template: str
    title: str
    content: Mapping[str, Any] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()
    description: str = ""
    about: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page.

    ``path`` is its pattern ("/councils/{code}"); ``make`` raises `NotFoundError` and
    ``UsageError``; ``addresses`` gives every address of the kind that a static site holds;
    ``menu`` is its label in the navigation, "" for none.
    """

    name: str
    path: str
    make: Callable[[Snapshot, Asked], Page]
    addresses: Callable[[Snapshot], Iterable[str]]
    menu: str = ""
