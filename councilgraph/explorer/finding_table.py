"""Findings as a table: what a page of findings hands out as CSV, XLSX and JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import overload

from councilgraph.catalogue import Column
from councilgraph.explorer.entries import Entry
from councilgraph.explorer.findings import Finding, Findings
from councilgraph.explorer.page import Table
from councilgraph.explorer.scores import Scores
from councilgraph.results.values import Value

# Read from the store so many at a time, so that the rows of a file are never all described at once.
_PORTION = 500

COLUMNS = (
    Column("authority", "string", "official name of the council"),
    Column("authority-iri", "iri", "the council"),
    Column("published", "month", "day of publication, or the month where the day is not known"),
    Column("statement", "string", "quality statement of the section, empty in the summaries"),
    Column("statement-iri", "iri", "its concept"),
    Column("score", "integer", "score of that statement in this report"),
    Column("polarity", "string", "strength, improvement, mixed or context"),
    Column("themes", "string", "its themes, with a comma between them"),
    Column("voices", "string", "whose evidence it is, with a comma between them"),
    Column("sentence", "string", "the sentence, empty where the report is not at hand"),
    Column("summary", "string", "the sentence in our own words, where someone wrote it"),
    Column("section", "string", "section of the report"),
    Column("paragraph", "integer", "paragraph number in the section"),
    Column("sentence-number", "integer", "sentence number in the paragraph"),
    Column("review-state", "string", "whether it has been reviewed"),
    Column("finding", "iri", "the finding"),
    Column("report", "iri", "page of the report that it stands on, otherwise its landing page"),
)

Row = tuple[Value, ...]


class Rows(Sequence[Row]):
    """The rows of some findings, made only where they are read: most visitors take no file."""

    def __init__(self, entries: Sequence[Entry], make: Callable[[Sequence[Entry]], list[Row]]) -> None:
        self._entries, self._make = entries, make

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> list[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | list[Row]:
        if isinstance(at, slice):
            return self._make(self._entries[at])
        return self._make([self._entries[at]])[0]

    def __iter__(self) -> Iterator[Row]:
        for start in range(0, len(self._entries), _PORTION):
            yield from self._make(self._entries[start : start + _PORTION])


def finding_table(
    found: Findings, scores: Scores, entries: Sequence[Entry], title: str, name: str = "findings"
) -> Table:
    """All of these findings, one row each, in their order."""

    def make(some: Sequence[Entry]) -> list[Row]:
        return [_row(one, scores.of(one.entry)) for one in found.show(some)]

    return Table(name, title, COLUMNS, Rows(entries, make))


def _row(one: Finding, score: int | None) -> Row:
    return (
        *(one.council.label, one.council.iri, one.published or None),
        *((one.statement.label, one.statement.iri) if one.statement else (None, None)),
        score,
        one.polarity.label if one.polarity else None,
        ", ".join(theme.label for theme in one.themes) or None,
        ", ".join(voice.label for voice in one.voices) or None,
        *(one.sentence or None, one.summary or None, one.section or None),
        *(one.paragraph or None, one.number or None, one.state_words, one.iri, one.source or None),
    )
