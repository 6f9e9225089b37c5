"""Answers keep to their bounds and say so; words that are not ours are kept apart."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import councilgraph
from councilgraph import resources
from councilgraph.api import Graph
from councilgraph.catalogue import Catalogue, Column
from councilgraph.mcp import answers, asking, notices, opened, quoting

ROWS = (Column("authority", "string"), Column("sentence", "string"), Column("report", "iri"))


@pytest.fixture(scope="module")
def graph(store: Path) -> Iterator[Graph]:
    with councilgraph.open(store) as one:
        yield one


def rows(count: int, length: int = 10) -> Iterator[tuple[str, str, str]]:
    return (("Northmoor", f"{n} {'x' * length}", f"https://example.org/{n}") for n in range(1, count + 1))


def test_a_long_answer_ends_before_its_reader_is_full_and_counts_what_is_left(graph: Graph) -> None:
    answer = answers.table(graph, ROWS, rows(1_000, 1_900), most=answers.MOST_ROWS)
    assert len(json.dumps(answer["rows"])) < answers.MOST_CHARACTERS + 5_000
    assert 0 < answer["extent"]["last_row"] < answers.MOST_ROWS
    assert answer["extent"]["rows_in_all"] == 1_000 and answer["extent"]["complete"] is False


def test_the_parts_of_an_answer_are_the_whole_of_it(graph: Graph) -> None:
    seen: list[dict[str, object]] = []
    first = 1
    while len(seen) < 90:
        answer = answers.table(graph, ROWS, rows(90, 1_900), first=first)
        seen += answer["rows"]
        first = answer["extent"]["last_row"] + 1
    assert seen == [quoting.row(ROWS, row) for row in rows(90, 1_900)]
    assert answers.table(graph, ROWS, rows(90), first=91)["extent"]["note"].startswith("There is no row 91")


def test_one_row_is_given_whatever_it_costs(graph: Graph) -> None:
    columns = tuple(Column(f"c{n}", "string") for n in range(60))
    answer = answers.table(graph, columns, [("x" * 3_000,) * 60])
    assert answer["extent"]["complete"] is True


def test_reports_that_are_not_listed_are_counted(graph: Graph) -> None:
    sources = answers.table(graph, ROWS, rows(answers.MOST_REPORTS + 4))["sources"]
    assert (len(sources["reports"]), sources["reports_not_listed_here"]) == (answers.MOST_REPORTS, 4)


def test_a_report_without_an_address_is_a_source_all_the_same(graph: Graph) -> None:
    columns = (Column("authority", "string"), Column("published", "month"), Column("report", "iri"))
    answer = answers.table(graph, columns, [("Northmoor", "2025-05", None)])
    assert answer["sources"]["reports"] == [
        {"of": "Northmoor", "published": "2025-05", "address": "not known: read from a file"}
    ]


def test_an_answer_is_asked_once_however_many_parts_are_read(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = opened.Opened(str(store)).current()
    asked: list[str] = []
    original = graph.store.select_stored

    def select(text: str) -> object:
        asked.append(text)
        return original(text)

    monkeypatch.setattr(graph.store, "select_stored", select)
    parts = [
        asking.ask_question(graph, "Q38", {"authority": "saltmarsh"}, 2, first)["rows"] for first in (1, 3, 1)
    ]
    assert parts[0] == parts[2] != parts[1]
    assert len(asked) == 1
    asking.ask_question(graph, "Q38", {"authority": "saltmarsh", "limit": 2}, 2, 1)
    assert len(asked) == 2


def test_what_is_kept_in_memory_has_an_end(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = opened.Opened(str(store)).current()
    cells = len(graph.query("Q38", authority="saltmarsh")) * 17
    monkeypatch.setattr(opened, "MOST_CELLS", cells + 20)
    for limit in range(1, 9):
        asking.ask_question(graph, "Q38", {"authority": "saltmarsh", "limit": limit}, 25, 1)
    kept = graph._answers  # type: ignore[attr-defined]
    assert 0 < sum(len(rows) * 17 for rows in kept.values()) <= cells + 20
    monkeypatch.setattr(opened, "MOST_CELLS", 20)
    kept.clear()
    assert asking.ask_question(graph, "Q38", {"authority": "saltmarsh"}, 2, 1)["extent"]["last_row"] == 2
    assert not kept


def test_nothing_is_written_beside_the_build(store: Path) -> None:
    graph = opened.Opened(str(store)).current()
    folder = Path(graph.store.build)
    before = sorted(folder.rglob("*"))
    asking.ask_question(graph, "Q01", {"region": "E12000901", "limit": 77}, 2, 1)
    assert sorted(folder.rglob("*")) == before


def test_a_long_text_is_cut_and_says_so() -> None:
    cut = quoting.cleaned("x" * (quoting.LONGEST + 7))
    assert cut.endswith("[cut: 7 characters more in the report]")
    assert quoting.cleaned("x" * quoting.LONGEST) == "x" * quoting.LONGEST


@given(text=st.text() | st.text(st.characters(categories=["Cf", "Cc", "Mn", "Co", "Cs", "Zl"])))
def test_a_text_holds_nothing_that_is_not_seen_and_can_be_sent(text: str) -> None:
    sent = json.loads(json.dumps(quoting.cleaned(text), ensure_ascii=False).encode("utf-8"))
    unseen = ("Cf", "Cc", "Co", "Cs", "Cn", "Zl", "Zp")
    assert not [mark for mark in sent if unicodedata.category(mark) in unseen]
    assert not re.search("[\U000e0100-\U000e01ef\ufe00-\ufe0f]", sent)


def test_letters_of_every_script_stay() -> None:
    text = "Gofal cymdeithasol, ਦੇਖਭਾਲ, دیکھ بھال, 關懷, £5 – “so”"
    assert quoting.cleaned(text) == text


def test_a_new_column_is_quoted_until_it_is_known_to_be_ours() -> None:
    columns = (Column("something-new", "string"), Column("score", "integer"), Column("share", "decimal"))
    assert quoting.row(columns, ("words", 3, Decimal("2.5"))) == {
        "score": 3,
        "share": 2.5,
        "quoted": {"something-new": "words"},
    }
    assert quoting.row(columns, (None, None, Decimal("NaN"))) == {"share": "NaN"}


def test_columns_that_hold_a_report_s_words_are_quoted_and_no_name_is_a_dead_one() -> None:
    columns = [column for query in Catalogue(resources.path("queries")) for column in query.columns]
    texts = {column.name for column in columns if column.type == "string"}
    assert texts >= quoting.OURS
    words = {
        *("sentence", "text", "summary", "reading", "illustrates", "named", "named-as", "cited-as", "counts"),
        *("organisation", "strategy", "parties", "partners", "figures", "results", "verdict", "group"),
    }
    assert words <= texts and not words & quoting.OURS


def test_limits_fit_the_question() -> None:
    every = {
        query.id: notices.limits(query.tags) for query in Catalogue(resources.path("queries")).all("question")
    }
    assert all(every.values())
    assert every["Q01"] == list(notices.SCORES)
    assert set(notices.FINDINGS) < set(every["Q10"]) and set(notices.SCORES) < set(every["Q10"])
    assert notices.LINKS in every["Q29"] and notices.LINKS in every["Q44"]
