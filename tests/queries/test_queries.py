"""Every stored query: its header, its columns, its answer, and what each answer must keep to."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pyoxigraph
import pytest
import yaml

from councilgraph.catalogue import Query, parse_header
from councilgraph.queryguide import readme
from councilgraph.results import Result
from tests.queries.answers import (
    CASES,
    CATALOGUE,
    EXPECTED,
    QUERIES,
    answer,
    cases,
    expected,
    fault,
    mini_graph,
    text,
)
from tests.queries.lint import lint

ALL = list(CATALOGUE)
CHECKS = [query for query in ALL if query.kind == "check"]
TABLES = [query for query in ALL if query.form == "SELECT"]
each_query = pytest.mark.parametrize("query", ALL, ids=lambda query: query.name)
each_table = pytest.mark.parametrize("query", TABLES, ids=lambda query: query.name)
each_check = pytest.mark.parametrize("query", CHECKS, ids=lambda query: query.name)


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    return mini_graph()


def table(query: Query, store: pyoxigraph.Store, **given: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(answer(store, query, given)))))


@each_query
def test_header_keeps_the_rules(query: Query) -> None:
    assert lint(query) == []


@each_query
def test_header_is_yaml_that_says_the_same(query: Query) -> None:
    lines = [line[3:] for line in query.text.split("\n") if line.startswith("#+")]
    ours: dict[str, Any] = {
        key: [dict([item]) if isinstance(item, tuple) else item for item in value]
        if isinstance(value, list)
        else value
        for key, value in parse_header(query.text).items()
    }
    assert yaml.safe_load("\n".join(lines)) == ours


def test_ids_and_names_are_given_once() -> None:
    for values in ([query.id for query in ALL], [query.name for query in ALL]):
        assert len(values) == len(set(values))


@each_table
def test_columns_are_the_projected_variables(query: Query, store: pyoxigraph.Store) -> None:
    # Run as any editor runs it: unbound, over the union of the graphs.
    found: Any = store.query(query.text, use_default_graph_as_union=True)
    assert [one.value for one in found.variables] == [column.variable for column in query.columns]


@each_table
def test_a_council_is_named_where_its_iri_stands(query: Query) -> None:
    names = [column.name for column in query.columns]
    for name in names:
        if name.endswith("-iri"):
            assert name.removesuffix("-iri") in names


@each_table
def test_values_are_of_the_declared_types(query: Query, store: pyoxigraph.Store) -> None:
    kinds = {"integer": "int", "decimal": "Decimal", "boolean": "bool"}
    for case in CASES.get(query.name, {"": {}}).values():
        found = answer(store, query, case)
        assert isinstance(found, Result)
        for row in found.rows:
            for column, value in zip(query.columns, row, strict=True):
                if value is not None:
                    assert type(value).__name__ == kinds.get(column.type, "str"), (column.name, value)
                if value and column.type == "iri":
                    assert ":" in str(value)
                if value and column.type in ("date", "month"):
                    assert 7 <= len(str(value)) <= 10


@pytest.mark.parametrize(
    ("query", "case", "given"), [pytest.param(*one, id=f"{one[0].name}.{one[1]}") for one in cases()]
)
def test_answer(query: Query, case: str, given: dict[str, str], store: pyoxigraph.Store) -> None:
    file = expected(query, case)
    assert file.exists(), f"no expected answer: run python -m tests.queries.answers, then read {file}"
    assert text(answer(store, query, given)) == file.read_text("utf-8")


def test_no_expected_file_without_its_case() -> None:
    wanted = {expected(query, case).name for query, case, _ in cases()}
    wanted |= {expected(query, "fault").name for query in CHECKS}
    assert {path.name for path in EXPECTED.iterdir()} == wanted
    assert set(CASES) <= {query.name for query in ALL}


@each_check
def test_check_finds_nothing_in_the_clean_graph(query: Query, store: pyoxigraph.Store) -> None:
    assert table(query, store) == []


@each_check
def test_check_finds_its_fault(query: Query) -> None:
    found = text(answer(mini_graph(fault(query)), query, {}))
    assert found.count("\n") > 1, "the check does not see the graph that triggers it"
    assert found == expected(query, "fault").read_text("utf-8")


@each_query
def test_order_is_total(query: Query) -> None:
    """The same triples loaded the other way round give the same answer."""
    turned = pyoxigraph.Store()
    for quad in sorted(mini_graph(), key=str, reverse=True):
        turned.add(quad)
    for _, case, given in (one for one in cases() if one[0].name == query.name):
        assert text(answer(turned, query, given)) == expected(query, case).read_text("utf-8")


def check_ranks(rows: list[dict[str, str]], better: Callable[[dict[str, str]], float]) -> None:
    """A rank is 1 plus the number of rows strictly better, so equal rows share it."""
    assert rows
    by_rank: dict[str, set[float]] = defaultdict(set)
    for row in rows:
        ahead = sum(better(other) > better(row) for other in rows)
        assert int(row["rank"]) == 1 + ahead, row
        by_rank[row["rank"]].add(better(row))
    assert all(len(values) == 1 for values in by_rank.values())


def test_ranks_are_shared(store: pyoxigraph.Store) -> None:
    shares = table(CATALOGUE.get("Q02"), store)
    check_ranks(shares, lambda row: float(row["share-3-or-4"]))
    assert len({row["rank"] for row in shares}) < len(shares), "the mini graph holds a tie"
    outliers = table(CATALOGUE.get("Q07"), store)
    check_ranks(outliers, lambda row: abs(float(row["difference"])))
    assert [row["rank"] for row in outliers[:3]] == ["1", "1", "3"]
    similar = table(CATALOGUE.get("Q06"), store, authority="kingsfell", statement="assessing-needs")
    check_ranks(similar, lambda row: -int(row["distance"]))


def test_matrix_columns_are_fixed() -> None:
    scores = (
        "assessing-needs healthier-lives equity care-provision partnerships safe-pathways safeguarding "
        "governance learning"
    )
    names = f"authority gss region type published rating percentage {scores} report"
    assert [column.name for column in CATALOGUE.get("Q01").columns] == names.split()


def test_matrix_percentage_follows_the_rule_unless_published(store: pyoxigraph.Store) -> None:
    found = table(CATALOGUE.get("Q01"), store, pilots="yes")
    rows = {(row["authority"], row["published"]): row for row in found}
    assert rows["Eastvale Borough Council", "2025-01-24"]["percentage"] == "62"
    assert rows["Kingsfell City Council", "2025-03-02"]["percentage"] == "57", "published wins"
    pilot = rows["Northmoor County Council", "2024-05-17"]
    assert pilot["rating"] == "Requires improvement (indicative)"
    assert rows["Saltmarsh Council", "2025-03"]["rating"] == "Requires improvement"


def test_pilots_are_in_the_matrix_only_when_asked_for(store: pyoxigraph.Store) -> None:
    formal = table(CATALOGUE.get("Q01"), store)
    assert not [row for row in formal if "indicative" in row["rating"]]
    everything = table(CATALOGUE.get("Q01"), store, pilots="yes")
    assert len([row for row in everything if "indicative" in row["rating"]]) == 1
    assert len(everything) == len(formal) + 1


def test_missing_scores_leave_cells_empty_and_no_percentage() -> None:
    store = mini_graph(fault(CATALOGUE.get("C02")))
    row = next(r for r in table(CATALOGUE.get("Q01"), store, since="2025-09") if r["published"] == "2025-09")
    assert (row["equity"], row["learning"], row["percentage"]) == ("3", "", "")


def test_a_month_counts_for_every_day_in_it(store: pyoxigraph.Store) -> None:
    query = CATALOGUE.get("Q01")
    for since in ("2025-03", "2025-03-15", "2025-03-31"):
        published = {row["published"] for row in table(query, store, since=since)}
        assert "2025-03" in published
    assert "2025-03" not in {row["published"] for row in table(query, store, since="2025-04")}
    assert "2025-03" in {row["published"] for row in table(query, store, until="2025-03-01")}


def test_limit_is_the_only_limit(store: pyoxigraph.Store) -> None:
    for query in TABLES:
        if query.parameter("limit"):
            given = next(iter(CASES.get(query.name, {"": {}}).values()))
            rows = table(query, store, **given)
            assert len(table(query, store, **{**given, "limit": "1"})) == min(1, len(rows))


def test_readme_is_current() -> None:
    path = QUERIES / "README.md"
    assert path.read_text("utf-8") == readme(CATALOGUE), (
        "run: python -m councilgraph.queryguide > queries/README.md"
    )
