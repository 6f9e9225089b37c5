"""Questions as forms: what can be chosen comes from the data, and the answer is that of the query."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from lxml import html
from starlette.testclient import TestClient

from councilgraph.catalogue import EXAMPLES
from councilgraph.errors import StoreError, UsageError
from councilgraph.explorer import asking, chart
from councilgraph.explorer.page import Asked, NotFoundError, Table
from councilgraph.explorer.pages import questions
from councilgraph.explorer.question_form import fields
from councilgraph.explorer.snapshot import Snapshot

GIVEN = {
    **EXAMPLES,
    "authority": "northmoor",
    "organisation": "RZ1",
    "region": "moorland",
    "measure": "population",
}


def needed(query: object) -> dict[str, str]:
    return {one.name: GIVEN[one.type] for one in query.parameters if one.required}  # type: ignore[attr-defined]


def page_of(snapshot: Snapshot, name: str, **query: str) -> dict[str, object]:
    asked = Asked({"id": name}, {k: (v,) for k, v in query.items()})
    return dict(questions.question(snapshot, asked).content)


def test_every_stored_question_has_a_page_and_an_answer(client: TestClient, snapshot: Snapshot) -> None:
    assert len(asking.stored(snapshot)) > 50
    for query in asking.stored(snapshot):
        empty = client.get(f"/questions/{query.id}")
        assert empty.status_code == 200, query.id
        assert query.question in unescape(empty.text)
        answered = client.get(f"/questions/{query.id}", params={**needed(query), "ask": "yes"})
        assert answered.status_code == 200, query.id
        assert 'id="answer"' in answered.text, query.id
        assert len(answered.content) < 100_000, query.id


def test_the_downloads_hold_the_rows_of_the_stored_query(client: TestClient, snapshot: Snapshot) -> None:
    text = client.get("/questions/Q01.csv", params={"region": "moorland"}).text
    rows = list(csv.DictReader(io.StringIO(text)))
    expected = snapshot.records("Q01", region="moorland")
    assert [row["authority"] for row in rows] == [row["authority"] for row in expected] != []
    records = client.get("/questions/Q01.json", params={"region": "moorland"}).json()["tables"]
    (table,) = records.values()
    assert table["count"] == len(expected)


def test_the_form_offers_what_the_data_holds(snapshot: Snapshot) -> None:
    query = asking.find(snapshot, "Q38")
    made = {field.name: field for field in fields(snapshot, query, {})}
    councils = [label for group in made["authority"].groups for _, label in group.options]
    assert councils == ["Eastvale Borough Council", "Northmoor County Council", "Saltmarsh Council"]
    assert made["authority"].required
    themes = [label for group in made["theme"].groups for _, label in group.options]
    assert "Unpaid carers" in themes
    months = [value for group in made["since"].groups for value, _ in group.options]
    assert months == ["2025-05", "2024-08", "2023-11"]


def test_every_choice_of_a_form_is_understood(snapshot: Snapshot) -> None:
    types = {p.type: (query, p) for query in asking.stored(snapshot) for p in query.parameters}
    assert {"authority", "theme", "region", "kind", "polarity", "voice", "statement"} <= set(types)
    for query, parameter in types.values():
        (field,) = [one for one in fields(snapshot, query, {}) if one.name == parameter.name]
        for value in [value for group in field.groups for value, _ in group.options]:
            given = {**needed(query), parameter.name: value}
            assert asking.sparql(snapshot, query, given)


def test_the_form_shows_what_was_asked_however_it_was_written(client: TestClient) -> None:
    for written in ("NMR", "Northmoor County Council", "https://w3id.org/councilgraph/id/council/NMR"):
        document = html.fromstring(client.get("/questions/Q04", params={"authority": written}).content)
        assert document.xpath("//select[@name='authority']/option[@selected]/@value") == ["NMR"]


def test_a_wrong_value_is_explained_beside_the_form(client: TestClient) -> None:
    answer = client.get("/questions/Q04", params={"authority": "Nordmoor"})
    assert answer.status_code == 200
    document = html.fromstring(answer.content)
    (alert,) = document.xpath("//*[@role='alert']")
    assert "Northmoor County Council" in alert.text_content()
    assert document.xpath("//form[contains(@action, 'Q04')]")
    assert not document.xpath("//*[@id='answer']")


def test_a_wrong_value_is_an_error_to_a_program(client: TestClient) -> None:
    answer = client.get("/questions/Q04.json", params={"authority": "Nordmoor"})
    assert answer.status_code == 400
    assert "Northmoor" in answer.json()["cure"]


def test_a_misspelt_parameter_is_not_passed_over(client: TestClient) -> None:
    assert client.get("/questions/Q01.csv", params={"regoin": "moorland"}).status_code == 400
    assert "no parameter" in unescape(client.get("/questions/Q01", params={"regoin": "moorland"}).text)


def test_a_dear_question_waits_until_it_is_asked(snapshot: Snapshot) -> None:
    assert page_of(snapshot, "Q15")["table_shown"] is None
    assert page_of(snapshot, "Q15", ask="yes")["table_shown"] is not None
    assert page_of(snapshot, "Q01")["table_shown"] is not None


def test_what_a_visitor_typed_is_shown_as_text(client: TestClient) -> None:
    sent = '"><script>alert(1)</script>'
    for path in ("/questions", "/questions/Q04"):
        text = client.get(path, params={"q": sent} if path == "/questions" else {"authority": sent}).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text or "\\u003cscript" in text


def test_the_list_is_searched_by_words(client: TestClient) -> None:
    found = client.get("/questions.json", params={"q": "unpaid carers"}).json()
    ids = [row["id"] for row in found["tables"]["questions"]["rows"]]
    assert "Q15" in ids
    assert "Q42" not in ids
    assert client.get("/questions.json", params={"q": "zzzz"}).json()["tables"]["questions"]["count"] == 0


def test_a_question_that_is_not_there_names_the_nearest(snapshot: Snapshot) -> None:
    with pytest.raises(NotFoundError) as caught:
        asking.find(snapshot, "compare-score")
    assert "Q01" in caught.value.cure
    assert asking.find(snapshot, "q1").id == asking.find(snapshot, "compare-scores").id == "Q01"


def test_questions_to_other_endpoints_are_not_offered(snapshot: Snapshot) -> None:
    assert all(query.kind != "link" for query in asking.stored(snapshot))
    with pytest.raises(NotFoundError):
        asking.find(snapshot, "wikidata-nhs-trusts")


def test_the_sparql_of_a_page_gives_its_answer(snapshot: Snapshot) -> None:
    content = page_of(snapshot, "Q01", region="moorland")
    _, rows = snapshot.graph.store.select(content["sparql"])
    assert len(list(rows)) == len(snapshot.records("Q01", region="moorland"))


def test_the_command_of_a_page_cannot_be_made_to_run_another(snapshot: Snapshot) -> None:
    content = page_of(snapshot, "Q29", organisation="RZ1", until="2025")
    assert content["command"] == "councilgraph query Q29 organisation=RZ1 until=2025"
    assert questions._quoted("x; rm -rf ~") == "'x; rm -rf ~'"


def test_long_answers_are_turned_page_by_page_without_loss(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "_ROOM", 1)
    table = snapshot.table("Q38", authority="northmoor")
    at = [column.name for column in table.columns].index("finding")
    whole = [row[at] for row in table.rows]
    found: list[object] = []
    for number in range(1, -(-len(whole) // 5) + 1):
        content = page_of(snapshot, "Q38", authority="northmoor", page=str(number))
        found += [row["finding"] for row in content["table_shown"].records()]  # type: ignore[attr-defined]
    assert len(whole) > 5
    assert found == whole


def test_the_sentence_stands_where_it_is_seen_and_each_value_under_its_heading(snapshot: Snapshot) -> None:
    shown = page_of(snapshot, "Q38", authority="northmoor")["table_shown"]
    assert [column.name for column in shown.columns].index("sentence") == 1  # type: ignore[attr-defined]
    assert shown.records() == snapshot.records("Q38", authority="northmoor")[: len(shown.rows)]  # type: ignore[attr-defined]


def test_too_many_questions_at_once_are_sent_away(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    gate = threading.BoundedSemaphore(1)
    monkeypatch.setattr(asking, "_gate", gate)
    monkeypatch.setattr(asking, "WAIT", 0.01)
    query = asking.find(snapshot, "Q05")
    with gate, pytest.raises(StoreError):
        asking.answer(snapshot, query, {})
    asking.answer(snapshot, query, {})
    with pytest.raises(UsageError):  # a failed question gives its place back
        asking.answer(snapshot, query, {"region": "nowhere"})
    assert gate.acquire(blocking=False)


def test_charts_name_columns_that_the_questions_have(snapshot: Snapshot) -> None:
    for name, (label, number, _) in chart._CHARTS.items():
        columns = {column.name: column.type for column in asking.find(snapshot, name).columns}
        assert label in columns
        assert columns[number] in ("integer", "decimal")


def test_a_chart_says_what_it_leaves_out_and_holds_text_as_text(snapshot: Snapshot) -> None:
    columns = asking.find(snapshot, "Q42").columns
    at = {column.name: place for place, column in enumerate(columns)}

    def row(name: str, days: int | None) -> tuple[object, ...]:
        cells: list[object] = [None] * len(columns)
        cells[at["authority"]], cells[at["days"]] = name, days
        return tuple(cells)

    rows = [row(f"<b>Council\u202e {n}</b>", n) for n in range(40)] + [row("Silent", None)]
    made = chart.chart_of("Q42", Table("days", "Days", columns, tuple(rows)))  # type: ignore[arg-type]
    assert made is not None
    assert "30 of 40" in made.note
    assert "1 rows without" in made.note
    assert "<b>" not in made.svg
    assert "\u202e" not in made.svg
    assert "style" not in made.svg
    assert len(re.findall("<rect", made.svg)) == chart.MOST
    assert chart.chart_of("Q42", Table("days", "Days", columns, (rows[0],))) is None  # type: ignore[arg-type]
