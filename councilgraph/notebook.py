"""What Python gives beyond plain records: frames, rdflib graphs, and answers that show themselves.

Imported at the first use of any of it: the command line, which shares the classes of the
Python interface, must not wait for it.
"""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from councilgraph.catalogue import Catalogue, Column, Parameter
from councilgraph.errors import UsageError
from councilgraph.results import Result, Triples, format_of, html, write, write_file
from councilgraph.results.values import Value

if TYPE_CHECKING:
    import pandas as pd
    import rdflib

    from councilgraph.search.find import Hit

_HELD = "records() and frame() give all of them."
_LINKED = ("report", "finding")


def frame(title: str, columns: Sequence[Column], rows: Sequence[tuple[Value, ...]]) -> pd.DataFrame:
    """Rows as a pandas frame with the numbers as numbers; ``attrs["title"]`` is the question.

    Whole numbers become ``Int64``, which can be empty, other numbers ``float64``, yes and no
    ``boolean``; everything else stays text, also a month, which is known to the day or not.

    Raises:
        UsageError: pandas is not installed.
    """
    try:
        import pandas
    except ImportError:
        raise UsageError(
            "pandas is not installed.", cure="Run: pip install 'councilgraph[pandas]', or use records()."
        ) from None
    made = pandas.DataFrame.from_records(list(rows), columns=[column.name for column in columns])
    kinds = {"integer": "Int64", "decimal": "float64", "boolean": "boolean"}
    for column in columns:
        if column.type in kinds:
            # Where "70%" stands for a number the column is left as it is, and no value is dropped.
            with contextlib.suppress(TypeError, ValueError):
                made[column.name] = made[column.name].astype(kinds[column.type])  # type: ignore[call-overload]
    made.attrs["title"] = title
    return made


def shown(title: str, columns: Sequence[Column], rows: Sequence[tuple[Value, ...]]) -> str:
    """The HTML that a notebook shows for a table."""
    return html.table(title, columns, rows, held=_HELD)


def save(answer: Result, path: str | os.PathLike[str]) -> int:
    """Write a table in the form that the ending of the path asks for; gives the number of rows.

    Raises:
        UsageError: there is no form with this ending. InputError: the file cannot be written.
    """
    form = format_of(path)
    if form is None:
        raise UsageError(
            f"The ending of {os.fspath(path)!r} tells no form.",
            cure="Use .csv, .tsv, .json, .xlsx, .md or .txt.",
        )
    return write_file(answer, form, path)


def turtle(triples: Triples) -> tuple[str, int]:
    """The triples as Turtle, and their number; they are read once."""
    out = io.BytesIO()
    count = write(triples, "turtle", out)
    return out.getvalue().decode(), count


def rdflib_graph(turtle: str) -> rdflib.Graph:
    """Turtle as an rdflib graph."""
    import rdflib

    return rdflib.Graph().parse(data=turtle, format="turtle")


class Hits(list["Hit"]):
    """Findings that hold the words, best first: a list that also gives records and a frame."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """What each hit holds."""
        from councilgraph.search.find import Hit

        return tuple(Column(name, "iri" if name in _LINKED else "string") for name in Hit._fields)

    def records(self) -> list[dict[str, Any]]:
        """One dictionary a hit."""
        return [hit._asdict() for hit in self]

    def frame(self) -> pd.DataFrame:
        """The hits as a pandas frame.

        Raises:
            UsageError: pandas is not installed.
        """
        return frame("Findings", self.columns, self)

    def _repr_html_(self) -> str:
        return shown("Findings that hold the words, best first", self.columns, self)


def questions(catalogue: Catalogue, words: str) -> tuple[list[Column], list[tuple[Value, ...]]]:
    """The stored questions that hold all the words, as a table: columns and rows."""
    columns = [Column(name, "string") for name in ("id", "name", "question", "parameters")]
    rows: list[tuple[Value, ...]] = [
        (query.id, query.name, query.question, " ".join(_typed(one) for one in query.parameters))
        for query in catalogue.search(words, "question")
    ]
    return columns, rows


def _typed(parameter: Parameter) -> str:
    return parameter.name if parameter.required else f"[{parameter.name}]"
