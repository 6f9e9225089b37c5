"""What changed since an earlier build, by council and with its cause; and all of it of one council."""

from __future__ import annotations

from collections.abc import Iterable

from councilgraph.catalogue import Column
from councilgraph.diff import Comparison, CouncilChanges, only
from councilgraph.diff.changes import HOW, QUIET, because, counted, counts_in_words
from councilgraph.diff.changes import KINDS as NAMES
from councilgraph.diff.plain import ELSEWHERE, shown, side_rows
from councilgraph.diff.records_out import as_table
from councilgraph.explorer.directory import directory
from councilgraph.explorer.links import address_of
from councilgraph.explorer.page import Asked, Kind, NotFoundError, Page, Table
from councilgraph.explorer.paging import Paging, paging
from councilgraph.explorer.snapshot import Snapshot

CODE_OF_NONE = "elsewhere"  # in addresses, for what belongs to no one council
_COLUMNS = (
    Column("authority", "string", "official name of the council, or that it belongs to none"),
    Column("authority-page", "string", "the page of its changes"),
    Column("changes", "integer", "how many things are not as they were"),
    Column("what", "string", "how many of each kind changed in each way"),
    Column("because-of", "string", "all causes of its changes"),
)
_GRAPHS = (
    Column("graph", "string", "name of the graph"),
    Column("change", "string", "added, removed or changed"),
    Column("new-statements", "integer", "statements that it did not have"),
    Column("gone-statements", "integer", "statements that it does not have any more"),
    Column("because-of", "string", "what it was made from that changed"),
)
_HOME = ("Home", "/")


def address(code: str) -> str:
    """The address of the changes of a council by its register code, "" for what belongs to none."""
    return address_of("changes", code or CODE_OF_NONE)


def overview(snapshot: Snapshot, asked: Asked) -> Page:
    """All councils with changes.

    Raises:
        StoreError: the builds are still being compared, or cannot be.
    """
    found = snapshot.earlier.found() if snapshot.earlier else None
    tables = _tables(found) if found else ()
    counts = counted(found.changes) if found else {}
    content = {
        "found": found,
        "sides": side_rows(found) if found else (),
        "counts": [(NAMES[kind], [row.get(how, 0) for how in HOW]) for kind, row in counts.items()],
        "ways": {how: (words.partition(": ")[2], how in QUIET) for how, words in HOW.items()},
        "councils": sum(bool(one.code) for one in found.councils) if found else 0,
    }
    about = "What is not as it was in the build before, council by council, and why."
    return Page("changes.html", "What changed", content, tables, about, "", (_HOME,))


def of_council(snapshot: Snapshot, asked: Asked) -> Page:
    """Every change of one council, or of what belongs to none.

    Raises:
        NotFoundError: there is no such council, or no earlier build. StoreError: as ``overview``.
    """
    code = asked.path["code"]
    if snapshot.earlier is None:
        raise NotFoundError(
            "There is no earlier build to compare with.",
            cure="It is there after the next build, or where the server was given one.",
        )
    found = snapshot.earlier.found()
    wanted = "" if code == CODE_OF_NONE else code.upper()
    own = next((one for one in found.councils if one.code == wanted), None)
    known = {one.code: one for one in directory(snapshot).all}
    if wanted and own is None and wanted not in known:
        directory(snapshot).get(code)  # says which are near
    council = known.get(wanted)
    name = council.name if council else own.name if own and wanted else ELSEWHERE
    quiet = asked.one("quiet") == "yes"
    listed = shown(own, quiet=quiet) if own else []
    part = paging(asked, len(listed))
    changes = as_table(only(found, wanted))
    content = {
        "council": council,
        "found": found,
        "own": own,
        "told": counts_in_words(own.changes) if own else "",
        "because": because(own.causes) if own else "",
        "changes": [(one, because(one.causes)) for one in part.of(listed)],
        "paging": part,
        "quiet": quiet,
        "unlisted": sum(one.how in QUIET for one in own.changes) if own and not quiet else 0,
        "here": address(wanted),
    }
    title = f"What changed: {name}"
    table = Table("changes", title, tuple(changes.columns), tuple(changes.rows))
    above = (_HOME, ("What changed", "/changes"))
    about = f"What is not as it was in the build before: {name}."
    return Page("changes_council.html", title, content, (table,), about, "", above)


def _tables(found: Comparison) -> tuple[Table, ...]:
    councils = tuple(
        (
            *(one.name or ELSEWHERE, address(one.code), len(one.changes)),
            *(counts_in_words(one.changes), because(one.causes)),
        )
        for one in found.councils
    )
    graphs = tuple((one.name, one.how, one.added, one.removed, because(one.causes)) for one in found.graphs)
    changes = as_table(found)
    return (
        Table("councils", "Councils with changes", _COLUMNS, councils),
        Table("graphs", "Graphs whose statements differ", _GRAPHS, graphs),
        Table("changes", "Every change", tuple(changes.columns), tuple(changes.rows)),
    )


def _overview_addresses(snapshot: Snapshot) -> Iterable[str]:
    """The page, where there is an earlier build."""
    return ["/changes"] if snapshot.earlier else []


def _addresses(snapshot: Snapshot) -> Iterable[str]:
    """Each council with changes, once they are known: a list of addresses waits for nothing."""
    known = snapshot.earlier
    for one in known.found().councils if known and known.ready else ():
        yield from _pages(one)


def _pages(one: CouncilChanges) -> Iterable[str]:
    for page in range(1, Paging(len(shown(one, quiet=False))).pages + 1):
        yield address(one.code) + (f"?page={page}" if page > 1 else "")


KINDS = (
    Kind("changes", "/changes", overview, _overview_addresses),
    Kind("council-changes", "/changes/{code}", of_council, _addresses),
)
