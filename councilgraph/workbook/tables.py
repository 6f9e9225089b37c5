"""Which tables there are, and the stored query that fills each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from councilgraph.catalogue import bind
from councilgraph.errors import UsageError
from councilgraph.parameters import resolve
from councilgraph.results import Result
from councilgraph.store.memory import quick
from councilgraph.workbook.sheet import Sheet

if TYPE_CHECKING:
    from councilgraph.api import Graph


@dataclass(frozen=True, slots=True)
class TableKind:
    """A table: its name, the stored query behind it, and what it is asked with."""

    name: str
    query: str
    given: Mapping[str, str] = field(default_factory=dict)


# In the order of the sheets: what most people open first stands first.
TABLES = (
    TableKind("assessments", "compare-scores", {"pilots": "yes"}),
    TableKind("scores", "table-of-scores"),
    TableKind("findings", "table-of-findings"),
    TableKind("themes", "table-of-themes"),
    TableKind("statistics", "table-of-statistics"),
    TableKind("facts", "table-of-facts"),
    TableKind("arrangements", "table-of-arrangements"),
    TableKind("strategies", "list-strategies"),
    TableKind("laws", "list-laws-cited"),
    TableKind("mentions", "table-of-mentions"),
    TableKind("organisations", "table-of-organisations"),
    TableKind("links", "list-links"),
    TableKind("councils", "councils"),
    TableKind("sources", "sources-of-data"),
)


def sheets(graph: Graph, only: Sequence[str] = ()) -> Iterator[Sheet]:
    """The tables, each asked when it is its turn; with ``only`` those of these names.

    A store in a folder is first read into memory (about 0.3 GiB for a million statements).
    Rows stream from the query into the file; nothing is cut.

    Raises:
        UsageError: there is no table of such a name.
    """
    unknown = [name for name in only if name not in {kind.name for kind in TABLES}]
    if unknown:
        raise UsageError(
            f"There is no table '{unknown[0]}'.", cure=f"Choose from: {', '.join(k.name for k in TABLES)}."
        )
    store = quick(graph.store)

    def run(sparql: str) -> Iterator[tuple[object, ...]]:
        rows: Iterator[tuple[object, ...]] = store.select(sparql)[1]
        return rows

    for kind in TABLES:
        if not only or kind.name in only:
            query = graph.catalogue.get(kind.query)
            terms, limit = resolve(query, kind.given, run)
            # Not the call for stored queries: an answer of this size is not to be kept.
            names, rows = store.select(bind(query, terms, limit))
            title = query.summary
            yield Sheet(kind.name, title, Result.of_terms(names, rows, query.columns, title))
