"""Answers and the forms in which they are written.

`Result` is a table, `Triples` the answer of a CONSTRUCT. `write` puts either into a binary
stream in one of `FORMATS`; each writer is a module of its own and is imported only when its
format is asked for, because a table library costs more time than the query.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence

from councilgraph.catalogue import Column
from councilgraph.errors import UsageError
from councilgraph.results.values import Value, converter

TYPE_CHECKING = False  # the import of typing alone would cost a tenth of the start-up time
if TYPE_CHECKING:
    from typing import Any, BinaryIO

__all__ = ["FORMATS", "Format", "Result", "Triples", "format_of", "write", "write_file"]


class Result:
    """A table: columns with name and type, rows of plain Python values, read once."""

    __slots__ = ("columns", "rows", "title")

    def __init__(self, columns: Sequence[Column], rows: Iterable[tuple[Value, ...]], title: str = "") -> None:
        self.columns, self.rows, self.title = tuple(columns), rows, title

    @classmethod
    def of_terms(
        cls,
        names: Sequence[str],
        rows: Iterable[tuple[Any, ...]],
        columns: Sequence[Column] = (),
        title: str = "",
    ) -> Result:
        """A table from rows of terms (``None`` where unbound) and the names of their variables.

        ``columns`` come from the header of a stored query; a query of the user's own has
        none, and its values are typed one by one. Rows are converted as they are read.
        """
        known = {column.variable: column for column in columns}
        if columns and list(known) != list(names):
            raise UsageError(
                "The columns of the query are not those of its header.",
                where=title,
                cure=f"The query gives {', '.join(names)}; the header names {', '.join(known)}.",
            )
        ordered = tuple(known.get(name) or Column(name, "any") for name in names)
        convert = [converter(column.type) for column in ordered]

        def values() -> Iterator[tuple[Value, ...]]:
            for row in rows:
                yield tuple(
                    [None if term is None else one(term) for one, term in zip(convert, row, strict=True)]
                )

        return cls(ordered, values(), title)


class Triples:
    """The triples of a CONSTRUCT, as pyoxigraph terms, read once."""

    __slots__ = ("title", "triples")

    def __init__(self, triples: Iterable[Any], title: str = "") -> None:
        self.triples, self.title = triples, title


class Format:
    """A form of output: its module, the answers it takes and the endings of its files."""

    __slots__ = ("endings", "form", "module", "name", "text")

    def __init__(self, name: str, form: str, module: str, *endings: str, text: bool = True) -> None:
        self.name, self.form, self.module, self.endings, self.text = name, form, module, endings, text


FORMATS = {
    one.name: one
    for one in (
        Format("table", "SELECT", "table", ".txt"),
        Format("csv", "SELECT", "separated", ".csv"),
        Format("tsv", "SELECT", "separated", ".tsv", ".tab"),
        Format("json", "SELECT", "json_records", ".json"),
        Format("sparql-json", "SELECT", "sparql_json", ".srj"),
        Format("markdown", "SELECT", "markdown", ".md"),
        Format("xlsx", "SELECT", "xlsx", ".xlsx", text=False),
        Format("turtle", "CONSTRUCT", "graph", ".ttl", text=False),
        Format("nt", "CONSTRUCT", "graph", ".nt", text=False),
        Format("jsonld", "CONSTRUCT", "graph", ".jsonld", text=False),
    )
}


def format_of(path: str | os.PathLike[str]) -> str | None:
    """The format that the ending of a file name asks for, or None."""
    ending = os.path.splitext(os.fspath(path))[1].casefold()
    return next((one.name for one in FORMATS.values() if ending in one.endings), None)


def write(
    answer: Result | Triples, name: str, out: BinaryIO, *, width: int | None = None, colour: bool = False
) -> int:
    """Writes an answer in the format ``name`` and returns the number of rows or triples.

    Raises:
        UsageError: the format is unknown, or does not fit the answer.
    """
    chosen = _format(answer, name)
    writer: Callable[..., int] = _load(chosen.module).write
    options: dict[str, object] = {}
    if chosen.module == "table":
        options = {"width": width, "colour": colour}
    elif chosen.module in ("separated", "graph"):
        options = {"form": name}
    if not chosen.text:
        return writer(answer, out, **options)
    import io

    # newline="": the writers choose their line ends; Windows would turn \n into \r\n inside cells.
    stream = io.TextIOWrapper(out, encoding="utf-8", newline="")
    try:
        count = writer(answer, stream, **options)
        stream.flush()
    finally:
        # Detached, or closing the wrapper would close the caller's standard output.
        stream.detach()
    return count


def write_file(answer: Result | Triples, name: str, path: str | os.PathLike[str]) -> int:
    """As `write`, to a file that is there whole or not at all.

    Raises:
        InputError: the file cannot be written.
    """
    from councilgraph.outfile import whole_file  # a pipe does not need it

    _format(answer, name)
    with whole_file(os.fspath(path)) as out:
        return write(answer, name, out)


def _format(answer: Result | Triples, name: str) -> Format:
    form = "CONSTRUCT" if isinstance(answer, Triples) else "SELECT"
    fitting = ", ".join(one.name for one in FORMATS.values() if one.form == form)
    if name not in FORMATS:
        raise UsageError(f"There is no format {name!r}.", cure=f"Choose one of: {fitting}.")
    if FORMATS[name].form != form:
        kind = "a graph" if form == "CONSTRUCT" else "a table"
        raise UsageError(
            f"The answer is {kind}, which {name} cannot hold.", cure=f"Choose one of: {fitting}."
        )
    return FORMATS[name]


def _load(module: str) -> Any:
    full = f"councilgraph.results.{module}"
    __import__(full)
    return sys.modules[full]
