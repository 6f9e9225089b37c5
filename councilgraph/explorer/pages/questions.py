"""The stored questions: a list to search, and for each a form, its answer and the ways to share it."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from councilgraph.catalogue import Column, Query
from councilgraph.errors import UsageError
from councilgraph.explorer import asking
from councilgraph.explorer.chart import Chart, chart_of
from councilgraph.explorer.naming import names_of
from councilgraph.explorer.page import Asked, Kind, Page, Table
from councilgraph.explorer.paging import paging
from councilgraph.explorer.question_form import fields
from councilgraph.explorer.snapshot import Snapshot

# Heading, kind and form of the parts of the list; tables among the views are what our pages are made of.
_PARTS = (
    ("Questions", "question", "SELECT"),
    ("Parts of the graph to take away", "view", "CONSTRUCT"),
    ("Checks of the data", "check", "SELECT"),
    ("Tables behind the pages of this site", "view", "SELECT"),
)
# Answered before anything is chosen: these take a tenth of a second, others two.
_AT_ONCE = ("position",)
_BESIDE = ("page", "ask", "table")
_ROOM = 36_000  # characters of an answer that stand in one page of HTML
_SIZES = (100, 50, 25, 10, 5)
_LIST = (
    Column("id", "string", "its id"),
    Column("question", "string", "what it asks"),
    Column("question-page", "string", "its page"),
    Column("why", "string", "why it is asked, and what to know of the answer"),
    Column("kind", "string", "question, check or view"),
    Column("parameters", "string", "what can be chosen"),
)
_TRIPLES = (
    Column("subject", "string", "the thing"),
    Column("subject-iri", "iri", "its IRI"),
    Column("property", "string", "what is said of it"),
    Column("property-iri", "iri", "the property"),
    Column("value", "string", "its value"),
    Column("value-iri", "iri", "the thing, where the value is one"),
)


def listed(snapshot: Snapshot, asked: Asked) -> Page:
    """All questions, or those that hold every word of ``q``."""
    words = asked.one("q").casefold().split()[:20]
    found = [query for query in asking.stored(snapshot) if all(word in _text(query) for word in words)]
    rows = tuple(
        (q.id, q.question, f"/questions/{q.id}", q.why, q.kind, ", ".join(p.name for p in q.parameters))
        for q in found
    )
    groups = [
        (heading, [q for q in found if (q.kind, q.form) == (kind, form)]) for heading, kind, form in _PARTS
    ]
    content = {
        "words": asked.one("q"),
        "groups": [(heading, queries) for heading, queries in groups if queries],
        "count": len(found),
    }
    title = "Questions" if not words else f"Questions about {asked.one('q')[:60]}"
    return Page(
        "questions.html",
        title,
        content,
        (Table("questions", "The stored questions", _LIST, rows),),
        "Questions that people ask across councils, each with a form, an answer and its sources.",
    )


def question(snapshot: Snapshot, asked: Asked) -> Page:
    """One question: its form, and its answer where enough was given.

    Raises:
        NotFoundError: there is no such question.
        UsageError: something was asked that it does not know; in HTML the form says so instead.
    """
    query = asking.find(snapshot, asked.path["id"])
    values, error, tables = {}, None, list[Table]()
    content: dict[str, object] = {}
    try:
        values = asking.given(query, asked.query, _BESIDE)
        if _is_asked(query, values, asked):
            full = _answer(snapshot, query, values)
            tables = [full]
            content = _shown(snapshot, query, values, full, asked)
    except UsageError as wrong:
        # Beside the form it can be put right at once; a program gets the error itself.
        if asked.form != "html" or type(wrong) is not UsageError:
            raise
        error = wrong
        values = values or {n: texts[-1] for n, texts in asked.query.items() if query.parameter(n)}
    content = {
        **dict.fromkeys(("table_shown", "paging", "chart", "sparql", "api", "command")),
        **content,
        "query": query,
        "fields": fields(snapshot, query, values),
        "error": error,
    }
    return Page(
        "question.html",
        query.question,
        content,
        tuple(tables),
        query.summary,
        "",
        (("Questions", "/questions"),),
    )


def _is_asked(query: Query, values: dict[str, str], asked: Asked) -> bool:
    if asked.form != "html" or values or asked.one("ask"):
        return True
    return not asking.missing(query, values) and any(tag in _AT_ONCE for tag in query.tags)


def _answer(snapshot: Snapshot, query: Query, values: dict[str, str]) -> Table:
    if query.form != "CONSTRUCT":
        return asking.answer(snapshot, query, values)
    names, rows = names_of(snapshot), []
    for triple in asking.graph(snapshot, query, values):
        thing = type(triple.object).__name__ == "NamedNode"
        value = triple.object.value  # type: ignore[union-attr]
        subject, by = str(triple.subject.value), triple.predicate.value  # type: ignore[union-attr]
        shown = (names.of(value), value) if thing else (value, None)
        rows.append((names.of(subject), subject, names.of(by), by, *shown))
    return Table(query.name, query.question, _TRIPLES, tuple(rows))


def _shown(
    snapshot: Snapshot, query: Query, values: dict[str, str], full: Table, asked: Asked
) -> dict[str, object]:
    """What of an answer stands in the page, and where to have all of it."""
    turn = paging(asked, len(full.rows), _page_size(full))
    part = _ordered(Table(full.name, full.title, full.columns, tuple(turn.of(full.rows))))
    written = urlencode(sorted(values.items()))
    typed = " ".join(f"{name}={_quoted(value)}" for name, value in sorted(values.items()))
    chart: Chart | None = chart_of(query.id, full)
    return {
        "table_shown": part,
        "paging": turn,
        "chart": chart,
        "sparql": asking.sparql(snapshot, query, values),
        "api": f"/api/questions/{query.id}" + (f"?{written}" if written else ""),
        "command": f"councilgraph query {query.id} {typed}".strip(),
    }


def _ordered(table: Table) -> Table:
    """The sentence behind the name of the council: twenty columns are wider than any screen, and it is
    what people came to read. Files keep the order of the question."""
    names = [column.name for column in table.columns]
    if "sentence" not in names[2:]:
        return table
    at = names.index("sentence")
    order = [0, at, *(place for place in range(1, len(names)) if place != at)]
    columns = tuple(table.columns[place] for place in order)
    return Table(table.name, table.title, columns, tuple(tuple(row[n] for n in order) for row in table.rows))


def _page_size(table: Table) -> int:
    """How many rows make a page that a phone can load: few of sentences, many of numbers."""
    sample = table.rows[:200]
    length = sum(len(str(value)) + 40 for row in sample for value in row if value is not None)
    room = _ROOM // max(1, length // max(1, len(sample)))
    return next((size for size in _SIZES if size <= room), _SIZES[-1])


def _quoted(value: str) -> str:
    import shlex

    return shlex.quote(value)


def _text(query: Query) -> str:
    return " ".join((query.id, query.name, query.summary, query.question, query.why, *query.tags)).casefold()


def _addresses(snapshot: Snapshot) -> Iterable[str]:
    return (f"/questions/{query.id}" for query in asking.stored(snapshot))


KINDS = (
    Kind("questions", "/questions", listed, lambda _: ("/questions",), "Questions"),
    Kind("question", "/questions/{id}", question, _addresses),
)
