"""The Python interface: open a store, ask it, get records.

>>> import councilgraph
>>> with councilgraph.open(".councilgraph") as graph:                    # doctest: +SKIP
...     graph.query("Q01", region="west-midlands").records()[0]["authority"]
'Coventry City Council'
"""

from __future__ import annotations

import os

from councilgraph import resources
from councilgraph.catalogue import Catalogue, bind
from councilgraph.errors import UsageError
from councilgraph.parameters import resolve
from councilgraph.results import Result, Triples
from councilgraph.store import is_address, location

TYPE_CHECKING = False  # the import of typing alone would cost a tenth of the start-up time
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, Self

    import pandas as pd
    import rdflib

    from councilgraph.notebook import Hits
    from councilgraph.results.values import Value


class Answer(Result):
    """A table that can also be had as records or as a data frame.

    Its rows come as they are read, so that a long answer can be written without being held.
    The first of ``records``, ``frame``, ``len``, a loop over it and a notebook that shows it
    holds them, and from then on all of these can be used again.
    """

    __slots__ = ()

    def __len__(self) -> int:
        return len(self._held())

    def __iter__(self) -> Iterator[dict[str, Any]]:
        names = [column.name for column in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self._held())

    def records(self) -> list[dict[str, Any]]:
        """One dictionary a row, column name to value; None where nothing was found."""
        return list(iter(self))

    def frame(self) -> pd.DataFrame:
        """The table as a pandas frame: numbers as numbers, the question in ``attrs["title"]``.

        Raises:
            UsageError: pandas is not installed.
        """
        from councilgraph.notebook import frame

        return frame(self.title, self.columns, self._held())

    def save(self, path: str | os.PathLike[str]) -> int:
        """Write the table to a file that is there whole or not at all; gives the number of rows.

        The ending of its name tells the form: .csv, .tsv, .json, .xlsx, .md or .txt.

        Raises:
            UsageError: there is no form with this ending. InputError: the file cannot be written.
        """
        from councilgraph.notebook import save

        self._held()
        return save(self, path)

    def _repr_html_(self) -> str:
        from councilgraph.notebook import shown

        return shown(self.title, self.columns, self._held())

    def _held(self) -> list[tuple[Value, ...]]:
        if not isinstance(self.rows, list):
            self.rows = list(self.rows)
        return self.rows


class Statements(Triples):
    """The triples of a CONSTRUCT that can also be had as Turtle or as an rdflib graph."""

    __slots__ = ()

    def turtle(self) -> str:
        """The triples as Turtle, sorted and without repeats."""
        return self._text()[0]

    def rdflib(self) -> rdflib.Graph:
        """The triples as a graph of rdflib."""
        from councilgraph.notebook import rdflib_graph

        return rdflib_graph(self.turtle())

    def _repr_html_(self) -> str:
        from councilgraph.results import html

        text, count = self._text()
        return html.text(self.title, text, count=count, unit="statement", held="turtle() gives all of it.")

    def _text(self) -> tuple[str, int]:
        from councilgraph.notebook import turtle

        if not isinstance(self.triples, list):
            self.triples = list(self.triples)
        return turtle(self)


class Graph:
    """A store that is open for reading. Use it in a ``with`` statement, or ``close`` it.

    ``queries`` is the folder of the stored queries; by default those that come along.
    """

    def __init__(self, store: Any, queries: str | None = None) -> None:
        self.store = store
        self.catalogue = Catalogue(queries or resources.path("queries"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the store; the object answers no more."""
        self.store = None

    def query(self, name: str, **parameters: object) -> Answer:
        """Run a stored query that gives a table.

        Args:
            name: its id ("Q01") or its name ("compare-scores").
            parameters: as on the command line: ``authority="staffordshire"``, ``limit=10``.

        Raises:
            UsageError: no such query or parameter, an unknown value, or the query gives a graph.
        """
        answer = self.ask(name, {k: str(v) for k, v in parameters.items() if v is not None})
        if isinstance(answer, Statements):
            raise UsageError(f"{name} gives a graph, not a table.", cure="Use construct().")
        return answer

    def construct(self, name: str, **parameters: object) -> Statements:
        """Run a stored query that gives a graph; as ``query``."""
        answer = self.ask(name, {k: str(v) for k, v in parameters.items() if v is not None})
        if not isinstance(answer, Statements):
            raise UsageError(f"{name} gives a table, not a graph.", cure="Use query().")
        return answer

    def ask(self, name: str, parameters: Mapping[str, str]) -> Answer | Statements:
        """Run a stored query of either form, its parameters as text."""
        query = self.catalogue.get(name)
        terms, limit = resolve(query, parameters, self._rows)
        text = bind(query, terms, limit)
        if query.form == "CONSTRUCT":
            return Statements(self.store.construct(text), query.question)
        names, rows = self.store.select_stored(text)
        columns = query.columns
        return Answer.of_terms(names, rows, columns, query.question)  # type: ignore[return-value]

    def sparql(self, text: str) -> Answer | Statements | bool:
        """Run a query of your own: a table for SELECT, triples for CONSTRUCT, true or false for ASK.

        Raises:
            QueryError: the text is no SPARQL query.
        """
        form = query_form(text)
        if form == "ASK":
            return bool(self.store.ask(text))
        if form in ("CONSTRUCT", "DESCRIBE"):
            return Statements(self.store.construct(text))
        names, rows = self.store.select(text)
        return Answer.of_terms(names, rows)  # type: ignore[return-value]

    def search(
        self,
        words: str,
        *,
        authority: str | None = None,
        theme: str | None = None,
        polarity: str | None = None,
        limit: int | None = None,
    ) -> Hits:
        """Full text over the findings, best first; filters as on the command line.

        Raises:
            UsageError: there is no word to look for, or a filter's value is unknown.
        """
        from councilgraph.notebook import Hits
        from councilgraph.parameters import term_of
        from councilgraph.search.find import find

        filters = {
            name: term_of(kind, value, self._rows).value
            for name, kind, value in (
                ("council", "authority", authority),
                ("theme", "theme", theme),
                ("polarity", "polarity", polarity),
            )
            if value
        }
        return Hits(find(self.store, words, limit=limit, **filters))

    def questions(self, words: str = "") -> Answer:
        """The stored questions that hold all these words, each with its parameters; no word gives all."""
        from councilgraph.notebook import questions

        columns, rows = questions(self.catalogue, words)
        return Answer(columns, rows, f"Stored questions{f' on {words}' if words else ''}")

    def _rows(self, sparql: str) -> Any:
        return self.store.select(sparql)[1]


def open_graph(store: str | os.PathLike[str] | None = None, *, queries: str | None = None) -> Graph:
    """Open a store for reading.

    Args:
        store: a folder or the address of an endpoint; by default ``COUNCILGRAPH_STORE``, or
            ``.councilgraph`` in the current folder.
        queries: a folder of stored queries of your own.

    Raises:
        StoreError: there is none, it is damaged or of another version, or it does not answer.
    """
    place = location(os.fspath(store) if store is not None else None)
    if is_address(place):
        from councilgraph.store.endpoint import Endpoint

        return Graph(Endpoint(place), queries)
    from councilgraph.store.embedded import open_embedded

    return Graph(open_embedded(place), queries)


def query_form(text: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE: the first of these words outside prologue and comments.

    A query without any is taken for a SELECT: the engine then says what is wrong with it.
    """
    import re

    bare = re.sub(r"<[^<>\s]*>|#[^\n]*", " ", text)
    found = re.search(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", bare, re.IGNORECASE)
    return found[1].upper() if found else "SELECT"
