"""Pages of statements, themes, bodies, strategies and laws, on evidence of every kind."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Any

import pytest
from starlette.testclient import TestClient

from councilgraph.explorer.entries import _indexed, _scanned
from councilgraph.explorer.findings import findings
from councilgraph.explorer.good_practice import CRITICISM, good_practice
from councilgraph.explorer.page import Asked, NotFoundError, Page
from councilgraph.explorer.pages import laws, organisations, statements, strategies, themes
from councilgraph.explorer.scores import LOW, scores_of
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import IRIS
from councilgraph.statements import STATEMENTS


def asked(path: dict[str, str] | None = None, **query: str) -> Asked:
    return Asked(path or {}, {name: (value,) for name, value in query.items()})


def records(page: Page, name: str) -> list[dict[str, Any]]:
    return next(table for table in page.tables if table.name == name).records()


def test_the_index_says_of_every_finding_what_the_graph_says(held: Snapshot) -> None:
    indexed = _indexed(f"{held.build}/search.sqlite")
    scanned = _scanned(held.graph.store.graph)
    assert len(indexed) == 47
    assert sorted(indexed, key=lambda one: one.iri) == sorted(scanned, key=lambda one: one.iri)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_what_good_looks_like_is_counted_as_the_stored_questions_count_it(
    held: Snapshot, statement: str
) -> None:
    good = good_practice(findings(held), scores_of(held), statement)
    names = {
        "praised-in-high": "praised_high",
        "criticised-in-high": "criticised_high",
        "praised-in-low": "praised_low",
        "criticised-in-low": "criticised_low",
        "not-found-in-low": "not_found_low",
        "contrast": "contrast",
    }
    rows = held.records("Q10", statement=statement)
    assert [one.theme.iri for one in good.contrasts] == [row["theme-iri"] for row in rows]
    for one, row in zip(good.contrasts, rows, strict=True):
        assert {name: getattr(one, field) for name, field in names.items()} == {n: row[n] for n in names}
        assert (good.high, good.low) == (row["high-reports"], row["low-reports"])
    shortfalls = {
        row["theme-iri"]: (row["reports"], row["share"], row["sentences"], row["low-reports"])
        for row in held.records("Q11", statement=statement)
    }
    ours = {one.theme.iri: (one.reports, one.share, one.sentences, good.low) for one in good.shortfalls}
    assert ours == shortfalls


def test_examples_of_shortfalls_are_weak_sentences_of_low_reports(held: Snapshot) -> None:
    scores = scores_of(held)
    for one in good_practice(findings(held), scores, "assessing-needs").shortfalls:
        assert one.examples
        assert {entry.polarity for entry in one.examples} <= set(CRITICISM)
        assert {scores.of(entry) for entry in one.examples} <= set(LOW)


def test_a_statement_shows_its_examples_with_their_place(held: Snapshot, visitor: TestClient) -> None:
    page = statements.make(held, asked({"slug": "assessing-needs"}))
    examples = page.content["examples"] + page.content["weak_examples"]
    assert examples
    assert len({shown.iri for _, shown in examples}) == len(examples), "no sentence is shown twice"
    text = visitor.get("/statements/assessing-needs").text
    for _, shown in examples:
        assert f"paragraph {shown.paragraph}, sentence {shown.number}" in text
    assert text.count("<blockquote") == sum(bool(shown.sentence) for _, shown in examples)


def test_a_statement_is_narrowed_to_a_region(held: Snapshot) -> None:
    everything = statements.make(held, asked({"slug": "assessing-needs"}))
    north = statements.make(held, asked({"slug": "assessing-needs"}, region="north-vale"))
    councils = {row["authority"] for row in records(north, "councils")}
    assert councils < {row["authority"] for row in records(everything, "councils")}
    assert {row["authority"] for row in records(north, "findings")} <= councils
    with pytest.raises(NotFoundError, match="no region"):
        statements.make(held, asked({"slug": "equity"}, region="atlantis"))


def test_the_list_of_statements_holds_nine_with_their_scores(held: Snapshot) -> None:
    rows = records(statements.make_list(held, asked()), "statements")
    assert [str(row["statement-iri"]).rsplit("/", 1)[-1] for row in rows] == list(STATEMENTS)
    for row in rows:
        assert sum(row[f"score-{n}"] for n in (1, 2, 3, 4)) == row["assessments"]


def test_a_theme_counts_what_the_graph_says_of_it(held: Snapshot) -> None:
    page = themes.make(held, asked({"slug": "unpaid-carers"}))
    wanted = Counter(e.polarity for e in findings(held).entries if "unpaid-carers" in e.themes)
    assert {named.slug: n for named, n in page.content["polarities"]} == wanted
    for name in ("statements", "councils"):
        assert sum(row["findings"] for row in records(page, name)) == sum(wanted.values())
    assert len(records(page, "findings")) == sum(wanted.values())


def test_a_group_of_themes_holds_those_below_it(held: Snapshot) -> None:
    group = themes.make(held, asked({"slug": "group-carers"}))
    below = themes.make(held, asked({"slug": "unpaid-carers"}))
    told = {row["finding"] for row in records(group, "findings")}
    assert told > {row["finding"] for row in records(below, "findings")}
    assert "unpaid-carers" in {iri.rsplit("/", 1)[-1] for iri, _ in group.content["below"]}


def test_findings_of_a_theme_are_narrowed_and_the_counts_stay(held: Snapshot) -> None:
    page = themes.make(
        held, asked({"slug": "waiting-times"}, polarity="improvement", statement="assessing-needs")
    )
    rows = records(page, "findings")
    assert rows
    assert {(row["polarity"], row["statement"]) for row in rows} == {
        ("Area for improvement", "Assessing needs")
    }
    assert page.content["total"] == 6


def test_silence_is_told_of_read_reports_only(held: Snapshot) -> None:
    silent = {
        council.code for council in themes.make(held, asked({"slug": "unpaid-carers"})).content["silent"]
    }
    telling = {e.council for e in findings(held).entries if "unpaid-carers" in e.themes}
    assert silent == {e.council for e in findings(held).entries} - telling
    assert "LUD" not in silent, "no report of it was read"


def test_what_a_reviewer_rejected_is_told_by_no_page(held: Snapshot, visitor: TestClient) -> None:
    rejected = [e for e in _scanned(held.graph.store.graph) if e.state == "rejected"]
    assert len(rejected) == 1
    assert rejected[0].iri not in {entry.iri for entry in findings(held).entries}
    theme = rejected[0].themes[0]
    assert rejected[0].iri not in visitor.get(f"/themes/{theme}.csv?table=findings").text


def test_an_organisation_names_every_report_and_role(held: Snapshot) -> None:
    page = organisations.make(held, asked({"key": "ods-RX1"}))
    rows = held.records("Q29", organisation="RX1")
    assert records(page, "sentences") == rows
    reports = records(page, "reports")
    assert {row["authority"] for row in reports} == {row["authority"] for row in rows}
    for report in reports:
        own = [row for row in rows if row["authority-iri"] == report["authority-iri"]]
        assert report["sentences"] == len({row["finding"] for row in own})
        said = Counter(findings(held).get(iri).polarity for iri in {str(row["finding"]) for row in own})  # type: ignore[union-attr]
        assert report["strengths"] == said["strength"] + said["mixed"]
        assert report["improvements"] == said["improvement"] + said["mixed"]
        assert all(str(row["role"]).split(", ")[0] in report["roles"] for row in own)
    assert page.about == IRIS.organisation("ods-RX1")


def test_links_of_an_organisation_say_how_sure_they_are(visitor: TestClient) -> None:
    text = visitor.get("/organisations/ods-QX9").text
    assert "https://northmoor.example/board" in text
    assert "accepted in a review" in text
    assert "Great Fells Integrated Care Board" in text, "the board that followed it"


def test_an_arrangement_is_told_once(held: Snapshot) -> None:
    rows = records(organisations.make(held, asked({"key": "ods-RX1"})), "arrangements")
    iris = [row["arrangement-iri"] for row in rows]
    assert len(iris) == len(set(iris)) == 2


def test_organisations_are_found_by_words_and_kind(held: Snapshot) -> None:
    by_words = records(organisations.make_list(held, asked(q="care NORTHMOOR")), "organisations")
    assert [row["organisation"] for row in by_words] == ["Northmoor and Fells Integrated Care Board"]
    by_kind = records(organisations.make_list(held, asked(kind="nhs-trust")), "organisations")
    assert [row["organisation"] for row in by_kind] == ["Fellside Community NHS Trust"]
    assert records(organisations.make_list(held, asked(q="zeppelin")), "organisations") == []


@pytest.mark.parametrize("key", ["RX1", "ods-RX", "fellside-community-nhs-trust"])
def test_an_unknown_organisation_names_the_nearest(held: Snapshot, key: str) -> None:
    with pytest.raises(NotFoundError) as caught:
        organisations.make(held, asked({"key": key}))
    assert "ods-RX1" in caught.value.cure


def test_strategies_are_those_of_the_stored_question(held: Snapshot) -> None:
    page = strategies.make_list(held, asked())
    assert records(page, "strategies") == held.records("Q32")
    late = strategies.make_list(held, asked(state="out-of-date"))
    assert [row["strategy"] for row in records(late, "strategies")] == ["Saltmarsh Carers Strategy"]
    words = strategies.make_list(held, asked(q="housing older"))
    assert [row["strategy"] for row in records(words, "strategies")] == ["Older Housing Strategy"]


def test_a_strategy_shows_its_sentence_and_the_others_of_its_council(visitor: TestClient) -> None:
    text = visitor.get("/strategies/KNG-2025-03/housing-strategy").text
    assert "<h1>Kingsfell Housing Strategy</h1>" in text
    assert "Older Housing Strategy" in text
    assert "paragraph" in text
    missing = visitor.get("/strategies/KNG-2025-03/housing-plan")
    assert missing.status_code == 404
    assert "KNG-2025-03/housing-strategy" in missing.text


def test_a_section_counts_for_its_act(held: Snapshot) -> None:
    path = {"type": "ukpga", "year": "2014", "number": "23"}
    whole = laws.make(held, asked(path))
    section = laws.make(held, asked({**path, "section": "42"}))
    assert {row["finding"] for row in records(section, "findings")} < {
        row["finding"] for row in records(whole, "findings")
    }
    cited = {row["finding"] for row in held.records("Q37") if str(row["act"]) == "Care Act 2014"}
    assert {row["finding"] for row in records(whole, "findings")} == cited
    assert records(section, "words") == [
        {"cited-as": "Section 42", "times": 1},
        {"cited-as": "s42", "times": 1},
    ]
    assert [law.label for law in whole.content["parts"]] == [
        "Care Act 2014, section 42",
        "Care Act 2014, section 9",
    ]


def test_a_law_that_nobody_cites_is_not_found(visitor: TestClient) -> None:
    answer = visitor.get("/laws/ukpga/2014/24")
    assert answer.status_code == 404
    assert "ukpga/2014/23" in answer.text


def test_the_csv_of_a_page_holds_the_sentences_with_their_place(visitor: TestClient) -> None:
    answer = visitor.get("/themes/unpaid-carers.csv?table=findings")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == 7
    assert all(row["finding"].startswith(IRIS.id + "finding/") and row["paragraph"] for row in rows)
    assert any(row["score"] for row in rows)
    assert {row["review-state"] for row in rows} >= {"Read by machine, not yet reviewed"}
