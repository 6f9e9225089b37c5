"""What the queries on the evidence of the reports must keep to, counted anew from the mini graph."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from typing import Any

import pyoxigraph
import pytest

from councilgraph.catalogue import Query
from tests.queries.answers import CASES, CATALOGUE, answer, mini_graph, text

PREFIXES = """PREFIX cg: <https://w3id.org/councilgraph/def#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX scheme: <https://w3id.org/councilgraph/scheme/>
"""
VOICES = (
    *("people", "carers", "staff", "leaders", "partners", "providers"),
    *("vcfse", "healthwatch", "national-data", "local-data", "assessor"),
)
PLACE = ["sentence", "section", "paragraph", "sentence-number", "review-state", "finding", "report"]
EARLIER = {"Q01", "Q02", "Q04", "Q05", "Q06", "Q07", "Q08", "Q09", "Q38", "Q42"}
OUTSIDE = {"Q03", "Q14", "Q28", "Q35", "Q36"}  # they need other publishers' tables: test_outside_queries.py
RECORDS = {"Q41", "Q44"}  # they tell of files and of links, not of what a report says
EVIDENCE = [q for q in CATALOGUE.all("questions") if q.id not in EARLIER | OUTSIDE | RECORDS]
LISTS = [query for query in EVIDENCE if query.id != "Q39"]
each_list = pytest.mark.parametrize("query", LISTS, ids=lambda query: query.name)


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    return mini_graph()


def table(query: Query, store: pyoxigraph.Store, **given: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(answer(store, query, given)))))


def every_row(query: Query, store: pyoxigraph.Store) -> list[dict[str, str]]:
    return [row for given in CASES[query.name].values() for row in table(query, store, **given)]


def values(store: pyoxigraph.Store, pattern: str, *names: str) -> list[tuple[str, ...]]:
    """The rows of a plain pattern over the mini graph, to count by hand what a query counts."""
    found: Any = store.query(
        f"{PREFIXES} SELECT {' '.join('?' + name for name in names)} WHERE {{ {pattern} }}",
        use_default_graph_as_union=True,
    )
    return [tuple(value.value if value else "" for value in row) for row in found]


def test_the_questions_are_all_here() -> None:
    wanted = [10, 11, 12, 13, *range(15, 28), *range(29, 35), 37, 39, 40, 43]
    assert [query.id for query in EVIDENCE] == [f"Q{number}" for number in wanted]
    assert all(len(CASES[query.name]) > 1 for query in EVIDENCE), "a plain case and one with a parameter"


@each_list
def test_a_claim_shows_its_sentence_and_place(query: Query, store: pyoxigraph.Store) -> None:
    assert [column.name for column in query.columns][-len(PLACE) :] == PLACE
    pattern = (
        "?finding cg:passage ?passage ; cg:polarity ?any . ?passage cg:paragraphNumber ?paragraph ;"
        " cg:sentenceNumber ?n . OPTIONAL { ?passage oa:hasSelector/oa:exact ?words }"
    )
    places = {row[0]: row[1:] for row in values(store, pattern, "finding", "paragraph", "n", "words")}
    rows = every_row(query, store)
    assert rows
    for row in rows:
        if row["finding"]:
            shown = row["sentence"].removeprefix("'") if row["sentence"][:2] == "'=" else row["sentence"]
            assert (row["paragraph"], row["sentence-number"], shown) == places[row["finding"]]
            assert row["section"]
            assert row["review-state"]
        else:
            assert row["state"] in ("not found in the text", "text not at hand")
            assert not any(row[name] for name in PLACE[:-1])
        assert row["report"].startswith("https://example.org/reports/")


@each_list
def test_what_a_person_rejected_is_never_shown(query: Query, store: pyoxigraph.Store) -> None:
    for row in every_row(query, store):
        assert row["review-state"] != "Rejected"
        assert not any(
            "rejected" in value.lower() or "Nothing of the kind" in value for value in row.values()
        )


@pytest.mark.parametrize("query", EVIDENCE, ids=lambda query: query.name)
def test_a_pilot_is_marked_as_indicative(query: Query, store: pyoxigraph.Store) -> None:
    for row in every_row(query, store):
        assert row["status"] == ("indicative" if row["published"] == "2024-05-17" else "formal")


def test_pilots_are_compared_only_when_asked_for(store: pyoxigraph.Store) -> None:
    for name in ("Q10", "Q11"):
        query = CATALOGUE.get(name)
        formal = table(query, store, statement="assessing-needs")
        everything = table(query, store, statement="assessing-needs", pilots="yes")
        assert int(everything[0]["low-reports"]) == int(formal[0]["low-reports"]) + 1


def test_praise_and_criticism_count_reports_and_not_sentences(store: pyoxigraph.Store) -> None:
    pattern = (
        "?judgement cg:score ?score ; cg:indicative false ; cg:inAssessment ?in ;"
        " cg:qualityStatement scheme:quality-statement\\/assessing-needs ."
        " ?finding cg:inAssessment ?in ; cg:qualityStatement scheme:quality-statement\\/assessing-needs ;"
        " cg:polarity ?polarity ; cg:theme ?theme ; cg:reviewState ?state ."
    )
    said: dict[tuple[str, str], set[str]] = defaultdict(set)
    read: dict[str, set[str]] = defaultdict(set)
    present: dict[str, set[str]] = defaultdict(set)
    sentences: Counter[str] = Counter()
    for score, report, polarity, theme, state in values(
        store, pattern, "score", "in", "polarity", "theme", "state"
    ):
        high = "high" if int(score) > 2 else "low"
        read[high].add(report)
        if state.endswith("/rejected"):
            continue
        sentences[theme] += 1
        if high == "low":
            present[theme].add(report)
        kinds = {"strength": "praised", "improvement": "criticised"}
        slug = polarity.rsplit("/", 1)[-1]
        for kind in kinds.values() if slug == "mixed" else [kinds[slug]] if slug in kinds else []:
            said[theme, f"{kind}-in-{high}"].add(report)
    rows = table(CATALOGUE.get("Q10"), store, statement="assessing-needs")
    assert {row["theme-iri"] for row in rows} == {theme for theme, what in said if what == "praised-in-high"}
    for row in rows:
        theme = row["theme-iri"]
        for column in ("praised-in-high", "criticised-in-high", "praised-in-low", "criticised-in-low"):
            assert int(row[column]) == len(said[theme, column]), (theme, column)
        assert (int(row["high-reports"]), int(row["low-reports"])) == (len(read["high"]), len(read["low"]))
        assert int(row["not-found-in-low"]) == len(read["low"]) - len(present[theme])
    carers = next(row for row in rows if row["theme"] == "Unpaid carers")
    assert sentences[carers["theme-iri"]] > sum(
        int(carers[k]) for k in carers if "-in-" in k and k[:3] != "not"
    )
    contrasts = [float(row["contrast"]) for row in rows]
    assert contrasts == sorted(contrasts, reverse=True)


def test_a_shortfall_that_recurs_in_more_reports_comes_first(store: pyoxigraph.Store) -> None:
    rows = table(CATALOGUE.get("Q11"), store, statement="assessing-needs")
    per_theme: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        per_theme[row["theme"]].add(row["report"])
        assert row["polarity"] in ("Improvement", "Mixed")
        assert int(row["score"]) < 3
    assert all(int(row["reports"]) == len(per_theme[row["theme"]]) for row in rows)
    assert Counter(row["theme"] for row in rows) == {row["theme"]: int(row["sentences"]) for row in rows}
    assert [int(row["reports"]) for row in rows] == sorted((int(r["reports"]) for r in rows), reverse=True)


def test_shared_partners_and_those_named_once(store: pyoxigraph.Store) -> None:
    rows = {row["organisation"]: row for row in table(CATALOGUE.get("Q33"), store)}
    for row in rows.values():
        assert row["state"] == ("shared" if int(row["councils"]) > 1 else "named once")
        assert len(row["named-by"].split(", ")) == int(row["councils"])
    trust = rows["Fellside Community NHS Trust"]
    assert (trust["councils"], trust["reports"], trust["mentions"]) == ("2", "2", "3")
    hands = rows["Eastvale Hands"]
    assert (hands["state"], hands["organisation-iri"]) == ("shared", ""), "told by its name in any case"
    assert "Kingsfell City Council" not in rows, "a report that names its own council names no partner"
    assert not [name for name in rows if name == "board"], "a kind that is not resolved is no body"


def test_repeated_sentences_stand_in_two_reports_word_for_word(store: pyoxigraph.Store) -> None:
    rows = table(CATALOGUE.get("Q40"), store)
    reports: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        reports[row["sentence"]].add(row["report"])
    assert {sentence: len(where) for sentence, where in reports.items()} == {
        "Staff felt supported by their managers.": 2,
        "The region holds 9 councils.": 2,
    }
    assert all(row["reports"] == row["councils"] == "2" for row in rows)
    assert {row["sentence"]: row["likely"] for row in rows} == {
        "Staff felt supported by their managers.": "standard phrasing",
        "The region holds 9 councils.": "shared fact",
    }


@pytest.mark.parametrize("council", ["EVB", "SLM", "KNG", "TRN"])
def test_all_that_is_not_reviewed_and_nothing_else(council: str, store: pyoxigraph.Store) -> None:
    pattern = (
        f"?in cg:assessedCouncil <https://w3id.org/councilgraph/id/council/{council}> ."
        " ?thing cg:inAssessment ?in ; cg:reviewState ?state ."
    )
    wanted = {
        thing
        for thing, state in values(store, pattern, "thing", "state")
        if state.rsplit("/", 1)[-1] in ("machine", "open")
    }
    rows = table(CATALOGUE.get("Q43"), store, authority=council)
    assert {row["evidence-iri"] for row in rows} == wanted
    assert {row["review-state"] for row in rows} <= {"Read by the machine", "Open"}
    sure = [float(row["confidence"]) for row in rows]
    assert sure == sorted(sure), "least sure first"
    assert all(row["reading"] for row in rows)


def test_one_arrangement_in_two_paragraphs_is_one_with_two_rows(store: pyoxigraph.Store) -> None:
    rows = [row for row in table(CATALOGUE.get("Q30"), store) if row["type"] == "Section 75 agreement"]
    assert len(rows) == 2
    assert len({row["arrangement-iri"] for row in rows}) == 1
    assert [row["paragraph"] for row in rows] == ["1", "3"]
    assert {row["reports-with"] for row in rows} == {"1"}


def test_silence_is_worded_as_what_was_not_found(store: pyoxigraph.Store) -> None:
    for name, heard in (("Q24", {"found"}), ("Q25", {"found"}), ("Q31", {"heard", "named"})):
        rows = table(CATALOGUE.get(name), store)
        assert {row["state"] for row in rows} == heard | {"not found in the text", "text not at hand"}
        silent = [row for row in rows if row["state"] not in heard]
        assert len({row["report"] for row in silent}) == len(silent), "once for each report"
        assert not {row["report"] for row in silent} & {row["report"] for row in rows if row["finding"]}
        # The report whose words are not at hand is not accused of silence.
        assert [row["authority"] for row in silent if row["state"] == "text not at hand"] == [
            'Fenholm, Wick and "Sea" Council'
        ]


def test_a_strategy_is_out_of_date_by_the_year_that_is_asked_for(store: pyoxigraph.Store) -> None:
    query = CATALOGUE.get("Q32")
    states = {row["strategy"]: row["state"] for row in table(query, store)}
    assert states == {
        "Eastvale Workforce Plan": "in development",
        "Kingsfell Housing Strategy": "in force",
        "Older Housing Strategy": "superseded",
        "Saltmarsh Carers Strategy": "out of date",
    }
    later = {row["strategy"]: row["state"] for row in table(query, store, year="2030")}
    assert later["Kingsfell Housing Strategy"] == "out of date"
    earlier = {row["strategy"]: row["state"] for row in table(query, store, year="2023")}
    assert earlier["Saltmarsh Carers Strategy"] == "in force"


def test_voices_are_counted_by_sentence(store: pyoxigraph.Store) -> None:
    pattern = (
        "?finding cg:voice ?voice ; cg:qualityStatement ?statement ; cg:inAssessment ?in ;"
        " cg:reviewState ?state . ?in cg:reportPage ?report ."
        " FILTER(?state != scheme:review-state\\/rejected)"
    )
    wanted = Counter(
        (report, statement, voice.rsplit("/", 1)[-1])
        for report, statement, voice in values(store, pattern, "report", "statement", "voice")
    )
    query = CATALOGUE.get("Q39")
    names = [name for name in (c.name for c in query.columns) if name in VOICES]
    found: Counter[tuple[str, str, str]] = Counter()
    for row in table(query, store):
        for name in names:
            found[row["report"], row["statement-iri"], name] = int(row[name])
        silent = [name for name in names if name != "assessor" and row[name] == "0"]
        assert row["not-found"] == ", ".join(silent)
        assert int(row["voices-found"]) == len(names) - 1 - len(silent)
    assert +found == wanted


def test_the_england_figure_stands_beside_the_figure_it_is_set_against(store: pyoxigraph.Store) -> None:
    rows = table(CATALOGUE.get("Q34"), store, theme="direct-payments")
    assert [(row["value"], row["england-figure"]) for row in rows] == [("28.5", "25.1"), ("25.1", "")]


def test_a_body_is_found_by_name_and_as_a_party(store: pyoxigraph.Store) -> None:
    rows = table(CATALOGUE.get("Q29"), store, organisation="Fellside Community NHS Trust")
    assert [(row["role"], bool(row["named-as"])) for row in rows] == [
        ("Section 75 agreement", True),
        ("Section 75 agreement", False),
        ("named", True),
        ("Network", True),
    ]
    own = table(CATALOGUE.get("Q29"), store, organisation="eastvale borough council")
    assert own == [], "a council is not named by being a party to its own arrangements"
