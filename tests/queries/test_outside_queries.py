"""What the queries on other publishers' tables must keep to, counted anew from the invented tables."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from typing import Any

import pyoxigraph
import pytest

from councilgraph.catalogue import Query
from tests.queries.answers import CASES, CATALOGUE, answer, mini_graph, text

PREFIX = "PREFIX cg: <https://w3id.org/councilgraph/def#> "
STATES = {"not found in the text", "text not at hand"}
NO_REPORT = {"Q14": "no later report", "Q28": "no report"}
PLACE = ["sentence", "section", "paragraph", "sentence-number", "review-state", "finding", "report"]


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    return mini_graph()


def table(query: Query, store: pyoxigraph.Store, **given: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(answer(store, query, given)))))


def values(store: pyoxigraph.Store, pattern: str, *names: str) -> list[tuple[str, ...]]:
    found: Any = store.query(
        f"{PREFIX} SELECT {' '.join('?' + name for name in names)} WHERE {{ {pattern} }}",
        use_default_graph_as_union=True,
    )
    return [tuple(value.value for value in row) for row in found]


def latest_scores(store: pyoxigraph.Store, statement: str) -> dict[str, int]:
    """The score of each council's latest formal assessment, by council IRI."""
    pattern = (
        "?judgement cg:score ?score ; cg:indicative false ; cg:qualityStatement"
        f" <https://w3id.org/councilgraph/scheme/quality-statement/{statement}> ; cg:inAssessment ?in ."
        " ?in cg:assessedCouncil ?council ; cg:publishedMonth ?month"
    )
    rows = sorted(values(store, pattern, "month", "council", "score"))
    return {council: int(score) for _, council, score in rows}


def test_a_council_is_compared_with_the_others_and_not_with_itself(store: pyoxigraph.Store) -> None:
    scores = latest_scores(store, "learning")
    for council, own in scores.items():
        rows = table(CATALOGUE.get("Q03"), store, authority=council, statement="learning")
        england = next(row for row in rows if row["compared-with"] == "England")
        others = [score for other, score in scores.items() if other != council]
        assert int(england["score"]) == own
        assert int(england["assessed"]) == len(others)
        assert float(england["average"]) == round(sum(others) / len(others), 2)
        assert [int(england[name]) for name in ("lower", "same", "higher")] == [
            sum(score < own for score in others),
            sum(score == own for score in others),
            sum(score > own for score in others),
        ]


def test_every_group_keeps_its_row_even_where_nobody_is_in_it(store: pyoxigraph.Store) -> None:
    rows = table(CATALOGUE.get("Q03"), store, authority="eastvale", statement="safeguarding")
    assert [(row["compared-with"], row["councils"], row["average"]) for row in rows] == [
        ("England", "6", "3"),
        ("Region: North Vale", "2", "3.5"),
        ("Type: Metropolitan borough", "0", ""),
        ("Neighbours: no list in the graph", "0", ""),
    ]


def test_a_council_that_ended_is_in_no_group(store: pyoxigraph.Store) -> None:
    # Oldmoor is a county of the same region.
    rows = table(CATALOGUE.get("Q03"), store, authority="northmoor", statement="equity")
    assert [row["councils"] for row in rows] == ["6", "2", "1", "3"]


def test_nearest_keeps_only_the_nearest_of_a_list(store: pyoxigraph.Store) -> None:
    for nearest in (1, 2, 3):
        rows = table(CATALOGUE.get("Q03"), store, authority="NMR", statement="equity", nearest=str(nearest))
        assert rows[-1]["compared-with"] == "Neighbours: Invented neighbours"
        assert int(rows[-1]["councils"]) == nearest
        assert rows[0]["councils"] == "6", "the other groups stay whole"


def test_places_are_counted_among_councils_with_both_figures(store: pyoxigraph.Store) -> None:
    rows = table(CATALOGUE.get("Q35"), store, measure="quality-of-life")
    assert {row["authority"] for row in rows}.isdisjoint({"Ludmere County Council"}), "it has no score"
    for row in rows:
        better = sum(float(other["value"]) > float(row["value"]) for other in rows)
        higher = sum(int(other["percentage"]) > int(row["percentage"]) for other in rows)
        assert (int(row["measure-place"]), int(row["score-place"])) == (1 + better, 1 + higher)
        assert int(row["difference"]) == better - higher
        assert row["scored"] == ("above" if better > higher else "below" if better < higher else "level")
        assert int(row["councils"]) == len(rows)
    by_region = defaultdict(list)
    for row in rows:
        by_region[row["region"]].append(row)
    for found in by_region.values():
        mean = sum(int(row["difference"]) for row in found) / len(found)
        assert {float(row["region-difference"]) for row in found} == {round(mean, 2)}
        assert {int(row["region-councils"]) for row in found} == {len(found)}


def test_the_better_end_of_a_measure_is_the_one_that_its_table_tells(store: pyoxigraph.Store) -> None:
    rows = table(CATALOGUE.get("Q35"), store, measure="delayed-days")
    first = min(rows, key=lambda row: float(row["value"]))
    assert (first["measure-place"], first["direction"]) == ("1", "lower is better")
    told = {row["direction"] for row in table(CATALOGUE.get("Q35"), store, measure="population")}
    assert told == {"not stated, read as higher is better"}


def test_places_are_those_in_england_whatever_is_shown(store: pyoxigraph.Store) -> None:
    for name in ("Q35", "Q36"):
        whole = {
            row["authority"]: row for row in table(CATALOGUE.get(name), store, measure="quality-of-life")
        }
        part = table(CATALOGUE.get(name), store, measure="quality-of-life", region="South Vale")
        assert 0 < len(part) < len(whole)
        assert all(whole[row["authority"]] == row for row in part)


@pytest.mark.parametrize("name", ["Q35", "Q36"])
def test_the_latest_period_of_a_measure_is_used_for_every_council(name: str, store: pyoxigraph.Store) -> None:
    # Fenholm has an older figure too, Northmoor an older population.
    periods = {row["period"] for row in table(CATALOGUE.get(name), store, measure="quality-of-life")} | {
        row["period"] for row in table(CATALOGUE.get(name), store, measure="population")
    }
    assert periods == {"2023/24", "2024"}


def test_what_is_no_number_is_shown_as_printed_and_counted_nowhere(store: pyoxigraph.Store) -> None:
    rows = table(CATALOGUE.get("Q36"), store, measure="population")
    odd = next(row for row in rows if row["as-printed"])
    assert (odd["as-printed"], odd["value"], odd["place"]) == ("2I0,000", "", "")
    assert rows[-1] == odd, "it stands last"
    numbers = {row["authority"]: float(row["value"]) for row in rows if row["value"]}
    assert all(int(row["councils"]) == len(numbers) for row in rows)
    for row in rows:
        alike = [numbers[other["authority"]] for other in rows
                 if other["rating"] == row["rating"] and other["value"]]  # fmt: skip
        assert int(row["same-rating"]) == len(alike)
        assert float(row["average-of-rating"]) == round(sum(alike) / len(alike), 2)


def test_a_council_without_rating_has_no_average_of_its_rating(store: pyoxigraph.Store) -> None:
    rows = table(CATALOGUE.get("Q36"), store, measure="quality-of-life")
    row = next(row for row in rows if not row["rating"])
    assert (row["same-rating"], row["average-of-rating"], row["percentage"]) == ("", "", "67")


@pytest.mark.parametrize("name", ["Q14", "Q28"])
def test_a_finding_shows_its_sentence_and_place_and_absence_says_only_what_was_read(
    name: str, store: pyoxigraph.Store
) -> None:
    query = CATALOGUE.get(name)
    assert [column.name for column in query.columns][-len(PLACE) :] == PLACE
    pattern = "?finding cg:passage ?passage . ?passage cg:paragraphNumber ?paragraph ; cg:sentenceNumber ?n"
    places = {row[0]: row[1:] for row in values(store, pattern, "finding", "paragraph", "n")}
    rows = [row for given in CASES[query.name].values() for row in table(query, store, **given)]
    states = {row["state"] for row in rows}
    assert states > {*STATES, NO_REPORT[name]}
    for row in rows:
        assert row["review-state"] != "Rejected"
        if row["finding"]:
            assert row["state"] in ("found", "named")
            assert places[row["finding"]] == (row["paragraph"], row["sentence-number"])
            assert row["section"] and row["polarity"]
        else:
            assert row["state"] in {*STATES, NO_REPORT[name]}
            assert not any(row[column] for column in PLACE[:-1])
        assert bool(row["report"]) == (row["state"] != NO_REPORT[name])
        assert row["status"] == (
            "" if not row["published"] else "indicative" if row["published"] == "2024-05-17" else "formal"
        )


def test_only_reports_after_the_peer_challenge_are_set_beside_it(store: pyoxigraph.Store) -> None:
    rows = table(CATALOGUE.get("Q14"), store)
    for row in rows:
        if row["published"]:
            assert row["published"] >= row["recommended"][: len(row["published"])]
    respite = next(row for row in rows if row["theme"] == "Respite")
    assert respite["state"] == "no later report", "it was made the day after the report"


def test_a_recommendation_meets_findings_on_its_theme_and_below_it(store: pyoxigraph.Store) -> None:
    themes = defaultdict(set)
    for finding, theme in values(store, "?finding cg:theme ?theme ; cg:polarity ?any", "finding", "theme"):
        themes[finding].add(theme)
    below = dict(
        values(store, "?theme <http://www.w3.org/2004/02/skos/core#broader> ?group", "theme", "group")
    )
    rows = table(CATALOGUE.get("Q14"), store)
    for row in rows:
        if row["finding"]:
            own = themes[row["finding"]]
            assert row["theme-iri"] in own | {below.get(theme) for theme in own}
    assert [row for row in rows if row["theme"] == "Carers" and row["finding"]], "a group finds what is in it"


def test_a_board_is_answered_for_the_area_of_the_board_before_it(store: pyoxigraph.Store) -> None:
    rows = {row["authority"]: row for row in table(CATALOGUE.get("Q28"), store, organisation="QX9")}
    assert rows["Kingsfell City Council"]["area"] == "that of a board before it"
    assert rows["Northmoor County Council"]["area"] == "its own and that of a board before it"
    assert rows["Northmoor County Council"]["share"] == "1", "0.6 of its own and 0.4 of the other's"
    assert rows["Ludmere County Council"]["share"] == "0.25"
    follower = table(CATALOGUE.get("Q28"), store, organisation="ods-QX7")
    named = [row for row in follower if row["state"] == "named"]
    assert [row["authority"] for row in named] == ["Eastvale Borough Council"]
    assert "Kingsfell City Council" not in {row["authority"] for row in follower}, "one step back, not two"


def test_every_council_of_the_area_is_there_with_or_without_report(store: pyoxigraph.Store) -> None:
    pattern = (
        "?coverage cg:coveringOrganisation <https://w3id.org/councilgraph/id/organisation/ods-QX9> ;"
        " cg:coveredArea ?area . ?council cg:area ?area"
    )
    covered = {row[0] for row in values(store, pattern, "council")}
    rows = table(CATALOGUE.get("Q28"), store, organisation="QX9")
    assert covered < {row["authority-iri"] for row in rows}
    assert [row["authority"] for row in rows if row["state"] == "no report"] == ["Ludmere County Council"]
