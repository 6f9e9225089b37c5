"""Many things are read with few queries, and are the same as read one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from councilgraph.api import Graph, open_graph
from councilgraph.errors import UsageError
from councilgraph.reviews import nodes, things
from councilgraph.reviews.queue import Wanted, waiting
from councilgraph.reviews.things import Things


@pytest.fixture
def graph(store: Path) -> Iterator[Graph]:
    with open_graph(store) as opened:
        yield opened


@pytest.fixture
def iris(graph: Graph) -> list[str]:
    return [one.iri for one in waiting(graph.store.select, Wanted())]


@pytest.mark.parametrize("at_once", [1, 3, 200])
def test_a_list_holds_what_is_read_one_by_one_in_its_order(
    graph: Graph, iris: list[str], monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    alone = [Things(graph.store.select).read(iri) for iri in iris]
    monkeypatch.setattr(things, "AT_ONCE", at_once)
    monkeypatch.setattr(nodes, "AT_ONCE", at_once)
    assert list(Things(graph.store.select).read_all(iris)) == alone
    assert {one.kind for one in alone} == {"finding", "mention", "statistic", "citation", "partnership"}
    assert all(one.sentence for one in alone)


def test_a_list_does_not_ask_thing_by_thing(graph: Graph, iris: list[str]) -> None:
    asked: list[str] = []

    def select(text: str) -> Any:
        asked.append(text)
        return graph.store.select(text)

    assert len(list(Things(select).read_all(iris))) == len(iris)
    once = len(asked)
    asked.clear()
    many = iris * (nodes.AT_ONCE // len(iris))
    assert len(list(Things(select).read_all(many))) == len(many) > 2 * once
    # 153 councils have a hundred thousand things; a query for each took minutes.
    assert len(asked) == once


def test_files_are_let_go_of_when_there_are_too_many(
    graph: Graph, iris: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = list(Things(graph.store.select).read_all(iris))
    monkeypatch.setattr(nodes, "_KEPT", 1)
    reader = Things(graph.store.select)
    assert list(reader.read_all(iris)) == kept
    assert len(reader._paragraphs._files) == 1


def test_what_the_store_does_not_hold_is_told_where_it_stands_in_the_list(
    graph: Graph, iris: list[str]
) -> None:
    gone = iris[1].rpartition("/")[0] + "/0000000000"
    reading = Things(graph.store.select).read_all([iris[0], gone])
    assert next(reading).iri == iris[0]
    with pytest.raises(UsageError, match="no such evidence"):
        next(reading)
