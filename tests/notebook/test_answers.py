"""Answers in Python and in a notebook: used more than once, typed, and harmless when shown."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import councilgraph
from councilgraph.api import Answer, Graph
from councilgraph.catalogue import Column
from councilgraph.errors import UsageError
from councilgraph.results import html
from councilgraph.results.values import HIDDEN, Iri

NOT_IN_A_LINE = "\r\u0085\u2028\u2029\u202e"


@pytest.fixture
def graph(store: Path) -> Iterator[Graph]:
    with councilgraph.open(store) as opened:
        yield opened


class Seen(HTMLParser):
    """What a browser would take from a piece of HTML: elements, links and text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.cells: list[str] = []
        self._open = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs
        if tag == "td":
            self.cells.append("")
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag != "td"

    def handle_data(self, data: str) -> None:
        if self._open:
            self.cells[-1] += data

    @property
    def links(self) -> list[str]:
        return [value or "" for name, value in self.attributes if name == "href"]


def test_an_answer_can_be_used_again_once_it_was_held(graph: Graph) -> None:
    answer = graph.query("Q01")
    assert len(answer) == len(answer.records()) == len(answer.frame()) > 1
    assert [record["authority"] for record in answer] == [r["authority"] for r in answer.records()]


def test_an_answer_can_be_walked_through_as_the_package_says(graph: Graph) -> None:
    assert {record["rating"] for record in graph.query("Q01", region="E12000901")} == {None, "Good"}


def test_a_long_answer_is_not_held_while_it_is_written() -> None:
    rows = ((n,) for n in range(3))
    answer = Answer([Column("n", "integer")], rows)
    assert next(iter(answer.rows)) == (0,)
    assert answer.rows is rows


def test_a_frame_has_numbers_as_numbers(graph: Graph) -> None:
    frame = graph.query("Q03", authority="northmoor").frame()
    kinds = frame.dtypes.astype(str)
    assert (kinds["score"], kinds["average"]) == ("Int64", "float64")
    assert 1 <= frame["average"].mean() <= 4
    assert frame.attrs["title"].startswith("How does a council score against England")


def test_a_number_that_is_none_is_shown_and_not_dropped() -> None:
    answer = Answer([Column("share", "decimal")], [("70%",), (None,)])
    assert answer.frame()["share"].tolist()[0] == "70%"


def test_an_empty_answer_is_an_empty_frame_with_its_columns(graph: Graph) -> None:
    answer = graph.query("Q01", since="2199")
    assert list(answer.frame().columns)[:2] == ["authority", "gss"]
    assert (len(answer), len(answer.frame()), "0 rows." in answer._repr_html_()) == (0, 0, True)


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".json", ".xlsx", ".md", ".txt"])
def test_an_answer_can_be_saved_and_used_on(graph: Graph, tmp_path: Path, ending: str) -> None:
    answer = graph.query("Q01")
    assert answer.save(tmp_path / f"scores{ending}") == len(answer) > 0
    assert (tmp_path / f"scores{ending}").stat().st_size > 100


def test_a_file_of_no_known_form_is_refused(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="tells no form"):
        graph.query("Q01").save(tmp_path / "scores.docx")
    assert list(tmp_path.iterdir()) == []


def test_hits_give_records_and_a_frame(graph: Graph) -> None:
    hits = graph.search("staff")
    assert hits.records()[0]["sentence"] == hits[0].sentence
    assert hits.frame()["authority"].tolist() == [hit.authority for hit in hits]
    assert hits[0].authority in hits._repr_html_()


def test_the_questions_can_be_listed_and_found(graph: Graph) -> None:
    found = {record["id"]: record for record in graph.questions("carers")}
    assert "[theme]" in found["Q15"]["parameters"]
    assert len(graph.questions()) > 40 > len(found)


def test_a_graph_can_be_had_as_turtle_and_as_rdflib(graph: Graph) -> None:
    found = graph.construct("council-context", authority="northmoor")
    assert len(found.rdflib()) == len(found.rdflib()) > 10
    assert "@prefix cg:" in found.turtle()
    assert "statements." in found._repr_html_()


def test_a_notebook_shows_the_first_rows_and_says_how_many_there_are() -> None:
    answer = Answer([Column("n", "integer")], [(n,) for n in range(html.MOST_ROWS + 1)])
    seen = Seen(answer._repr_html_())
    assert len(seen.cells) == html.MOST_ROWS
    assert f"{html.MOST_ROWS + 1} rows. The first {html.MOST_ROWS} are shown." in answer._repr_html_()


def test_a_name_carries_the_link_of_its_thing_and_no_bare_iri_is_shown() -> None:
    columns = [Column("authority", "string"), Column("authority-iri", "iri"), Column("report", "iri")]
    seen = Seen(Answer(columns, [("Northmoor", "https://example.org/NMR", None)])._repr_html_())
    assert (seen.cells, seen.links) == (["Northmoor", ""], ["https://example.org/NMR"])


HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</td></table><iframe src=//x>",
    '" onmouseover="alert(1)',
    r"$\href{javascript:alert(1)}{x}$",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "https://example.org/\"onmouseover='alert(1)",
    "\u202eevil\u202c \x1b[31m",
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("kind", ["string", "iri", "any"])
def test_a_report_s_text_is_shown_as_text(text: str, kind: str) -> None:
    value: Any = Iri(text) if kind == "any" else text
    columns = [Column("a", kind), Column("b", "string"), Column("b-iri", "iri")]
    seen = Seen(Answer(columns, [(value, text, text)], text)._repr_html_())
    assert set(seen.elements) <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "p"}
    assert not [name for name, _ in seen.attributes if name not in ("class", "scope")]
    assert seen.cells[1] == text.translate(HIDDEN)


@given(text=st.text())
def test_any_text_comes_back_as_it_was_but_for_its_hidden_marks(text: str) -> None:
    seen = Seen(html.table("", [Column("a", "string")], [(text,)]))
    assert seen.cells == [text.translate(HIDDEN)]


def test_no_formula_is_made_of_what_stands_between_two_dollars() -> None:
    shown = html.table("", [Column("a", "string")], [("$x$",)])
    assert ("class", "tex2jax_ignore mathjax_ignore") in Seen(shown).attributes


def test_a_text_keeps_its_lines_and_loses_its_hidden_marks() -> None:
    shown = html.text("<b>", f"a\n<i>{NOT_IN_A_LINE}", count=1, unit="statement")
    assert "<pre>a\n&lt;i&gt;" in shown and "1 statement." in shown
    assert not set(NOT_IN_A_LINE) & set(shown)
