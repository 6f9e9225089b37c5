"""Finding stored queries, reading their headers, and refusing what is wrong in them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from councilgraph.catalogue import Catalogue, Query, bind
from councilgraph.errors import QueryError, UsageError
from tests.queries.answers import CATALOGUE
from tests.queries.lint import lint

GOOD = CATALOGUE.get("Q08")


@pytest.mark.parametrize(
    "name", ["Q01", "q01", "q1", "compare-scores", "compare_scores", "Compare-Scores.rq"]
)
def test_get(name: str) -> None:
    assert CATALOGUE.get(name).name == "compare-scores"


def test_get_reads_one_query_only(tmp_path: Path) -> None:
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "list-good.rq").write_text(GOOD.text)
    (tmp_path / "questions" / "list-bad.rq").write_text("#+ a broken header\n")
    assert Catalogue(tmp_path).get("list-good").id == "Q08"
    assert Catalogue(tmp_path).get("Q08").name == "list-good"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("compare-score", "Q01 (compare-scores)"),
        ("Q99", "Q39"),
        ("zzz", "councilgraph questions"),
        ("", "List"),
    ],
)
def test_unknown_lists_the_nearest(name: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        CATALOGUE.get(name)
    assert hint in caught.value.cure


def test_a_folder_without_queries_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no stored queries"):
        Catalogue(tmp_path).get("Q01")


def test_search() -> None:
    assert [query.id for query in CATALOGUE.search("publication days")] == ["Q42"]
    assert {query.kind for query in CATALOGUE.search(kind="checks")} == {"check"}
    assert len(CATALOGUE.search()) == len(CATALOGUE.all())
    assert CATALOGUE.search("zebra crossing") == []


def test_questions_come_first_and_in_order() -> None:
    ids = [query.id for query in CATALOGUE]
    assert ids[:3] == ["Q01", "Q02", "Q03"]
    letters = [one[0] for one in ids]
    assert letters == sorted(letters, key="QCVL".index)


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("#+ id: Q08\n", "", "keys are"),
        ("#+ id: Q08", "#+ id: eight", "id 'eight'"),
        ("over time?", "over time.", "question mark"),
        ("parameters:\n", "parameters:\n#+   - since: month | maybe | When\n", "'maybe' is not"),
        ("statement: statement |", "statement: claim |", "unknown type claim"),
        ("quarter: string", "quarter: text", "unknown type text"),
        ("VALUES ?_region { UNDEF }", "", "differ from VALUES"),
        ("ORDER BY ?month ?status", "", "no ORDER BY"),
        ("ORDER BY ?month ?status", "ORDER BY ?month\nLIMIT 100", "hidden limit"),
        ("PREFIX fv:", "PREFIX fw:", "prefix fv: is not declared"),
        ("#+ summary: Scores", "#+ summary: Scores: all", "not a plain YAML value"),
        ("#+ summary: Scores by", "#+ summary: [Scores by", "not a plain YAML value"),
    ],
)
def test_lint_sees(old: str, new: str, wrong: str) -> None:
    assert old in GOOD.text
    broken = Query(GOOD.path, GOOD.text.replace(old, new, 1))
    assert any(wrong in one for one in lint(broken)), lint(broken)


def test_lint_sees_names_and_severities() -> None:
    assert any("start with one of" in one for one in lint(Query("questions/scores.rq", GOOD.text)))
    assert any("kebab" in one for one in lint(Query("questions/list-Scores_2.rq", GOOD.text)))
    check = CATALOGUE.get("C01")
    assert any("severity" in one for one in lint(Query(check.path, check.text.replace(": error", ": bad"))))


@pytest.mark.parametrize("line", ["#+ nonsense", "#+id: Q01", "#+ two words: x", "#+   - item", "#+ id: Q09"])
def test_a_header_that_cannot_be_read_names_its_line(line: str) -> None:
    with pytest.raises(QueryError) as caught:
        Query("questions/list-x.rq", f"#+ id: Q01\n{line}\nSELECT * {{}}")
    assert caught.value.where == "questions/list-x.rq, line 2"


def test_a_parameter_without_help_is_refused() -> None:
    with pytest.raises(QueryError, match="cannot be read"):
        Query("questions/list-x.rq", "#+ parameters:\n#+   - since: month | required\nSELECT * {}")


def test_limit_is_appended_and_checked() -> None:
    assert bind(GOOD, {}, 5).endswith("\nLIMIT 5\n")
    assert bind(GOOD, {}) == GOOD.text
    for limit in (0, -1, True):
        with pytest.raises(UsageError):
            bind(GOOD, {}, limit)


def test_nothing_heavy_is_imported() -> None:
    """The query path must start in three times a bare interpreter."""
    heavy = "typing dataclasses pathlib inspect json csv decimal rich xlsxwriter difflib yaml pyoxigraph"
    code = (
        "import sys, argparse, councilgraph.catalogue, councilgraph.parameters, councilgraph.results;"
        f"print([m for m in {heavy.split()} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout.strip() == "[]"


def test_the_readme_is_printed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "councilgraph.queryguide"],
        capture_output=True, text=True, encoding="utf-8", check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.stdout.startswith("# Stored queries\n")
