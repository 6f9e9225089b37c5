"""The pages of the review: what they show, and that a decision on them is one like any other."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from httpx import Response
from starlette.testclient import TestClient

from councilgraph.build.run import Builder
from councilgraph.cli import main
from councilgraph.errors import UsageError
from councilgraph.explorer.app import create_app
from councilgraph.explorer.review.highlight import highlighted, line_in_source
from councilgraph.explorer.settings import Reviewing, Settings
from councilgraph.explorer.snapshot import Snapshots
from councilgraph.reviews.queue import Wanted, waiting
from councilgraph.reviews.things import Things
from tests.conftest import INVENTED, REPORTS

HERE = "http://127.0.0.1:8090"
DAY = date(2026, 11, 20)
Fields = dict[str, Any]
Open = Callable[..., TestClient]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "own"


@pytest.fixture
def opened(store: Path, own: Path) -> Iterator[Open]:
    """Explorers with the review over the shared store, decisions in a folder of their own."""
    held: list[TestClient] = []

    def call(place: Path = store, role: str = "analyst") -> TestClient:
        review = Reviewing(data=str(INVENTED / "data"), own=str(own), role=role, on=DAY)
        app = create_app(Settings(store=str(place), review=review, memory=False))
        held.append(TestClient(app, base_url=HERE, follow_redirects=False).__enter__())
        return held[-1]

    yield call
    for one in held:
        one.__exit__(None, None, None)


@pytest.fixture
def reviewer(opened: Open) -> TestClient:
    return opened()


def page(answer: Response) -> Any:
    return lxml.html.document_fromstring(answer.text)


def first(client: TestClient, **chosen: str) -> str:
    """The address of the first thing of the queue."""
    return str(client.get("/review/next", params=chosen).headers["location"])


def form_of(client: TestClient, address: str, which: str = "Accept") -> Fields:
    """What the form with that button sends when nothing is changed in it."""
    tree = page(client.get(address))
    (button,) = [b for b in tree.iter("button") if b.text_content().strip() == which]
    form = next(button.iterancestors("form"))
    fields: Fields = {}
    for name, value in form.form_values():
        fields.setdefault(name, []).append(value)
    return fields | ({"decision": [button.get("value")]} if button.get("value") else {})


def send(client: TestClient, fields: Mapping[str, Any], to: str = "decide", **headers: str) -> Response:
    return client.post(f"/review/{to}", data=dict(fields), headers={"origin": HERE, **headers})


def records(own: Path) -> list[dict[str, Any]]:
    lines = [line for path in sorted(own.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    return [json.loads(line) for line in lines]


def total(client: TestClient, **chosen: str) -> int:
    lead = page(client.get("/review", params=chosen)).xpath("//main/p[@class='lead']")[-1].text_content()
    found = re.match(r"\s*([\d,]+) things? wait", lead)
    assert found, lead
    return int(found[1])


def test_the_queue_is_that_of_the_command_line_least_sure_first(reviewer: TestClient, store: Path) -> None:
    select = Snapshots(str(store), memory=False).current().graph.store.select
    wanted = waiting(select, Wanted())
    assert total(reviewer) == len(wanted) > 20
    links = [
        a.get("href")
        for n in (1, 2)
        for a in page(reviewer.get(f"/review?page={n}")).xpath("//ol[@class='queue']//a")
    ]
    shown = [link.partition("thing=")[2].replace("%2F", "/") for link in links]
    assert shown == [one.iri.partition("/id/")[2] for one in wanted]


def test_the_queue_is_narrowed_by_council_theme_kind_and_state(reviewer: TestClient, own: Path) -> None:
    everything = total(reviewer)
    council = total(reviewer, council="NMR")
    assert 0 < total(reviewer, council="NMR", kind="finding") < council < everything
    assert 0 < total(reviewer, theme="respite") < everything
    assert total(reviewer, state="machine") == everything and "Nothing of this choice" in (
        reviewer.get("/review?state=open").text
    )
    fields = form_of(reviewer, first(reviewer, council="NMR"), "Leave open with the note")
    assert send(reviewer, fields | {"note": "whose?"}).status_code == 303
    assert (total(reviewer, state="open"), total(reviewer, state="machine")) == (1, everything - 1)
    for wrong in ("council=XXX", "theme=nothing", "kind=thing", "state=done", "page=99"):
        assert reviewer.get("/review?" + wrong).status_code == 404
    assert len(records(own)) == 1


def test_a_thing_is_shown_with_all_that_a_decision_needs(reviewer: TestClient) -> None:
    tree = page(reviewer.get(first(reviewer, council="NMR", kind="finding")))
    (sentence,) = tree.xpath("//*[@id='words']//strong")
    assert "gaps in" in [one.text_content() for one in sentence.xpath(".//mark")]
    assert len(tree.xpath("//*[@id='words']/p")[0].text_content()) > len(sentence.text_content())
    facts = {dt.text_content(): dt.getnext().text_content() for dt in tree.xpath("//dl[@class='facts']/dt")}
    assert facts["How sure"].startswith("0.4") and "gaps in" in facts["Why"]
    assert facts["Rules"].startswith("version 0.1.0+") and facts["Themes"] == "Respite"
    (source,) = [a for a in tree.xpath("//a") if a.text_content() == "Read it in the report"]
    assert source.get("href").startswith("https://www.example.org/northmoor-0525#:~:text=Senior%20managers")
    (record,) = [a for a in tree.xpath("//a") if a.text_content() == "All that the graph says of it"]
    assert reviewer.get(record.get("href")).status_code == 303  # to its page


def test_reading_changes_nothing(reviewer: TestClient, own: Path) -> None:
    address = first(reviewer)
    for one in ("/review", address, "/review/next?after=finding/x", "/review/decide", "/review/undo"):
        reviewer.get(one, params={"decision": "accept", "thing": address.partition("thing=")[2]})
        reviewer.head(one)
    assert not own.exists()


@pytest.mark.parametrize(
    ("button", "changes", "typed"),
    [
        ("Accept", {"note": "as read"}, "a as read"),
        ("Reject", {}, "r"),
        ("Leave open with the note", {"note": "whose board?"}, "n whose board?"),
        (
            "Save the correction",
            {"field.polarity": "mixed", "field.themes": ["rurality", "respite"]},
            "c polarity=mixed; themes=respite, rurality",
        ),
    ],
)
def test_the_record_is_the_one_that_the_keyboard_writes(
    reviewer: TestClient,
    own: Path,
    store: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    button: str,
    changes: Fields,
    typed: str,
) -> None:
    address = first(reviewer, council="NMR", kind="finding")
    answer = send(reviewer, form_of(reviewer, address, button) | changes)
    assert answer.status_code == 303, answer.text
    import io

    for name in [name for name in os.environ if name.startswith("COUNCILGRAPH_")]:
        monkeypatch.delenv(name)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\nq\n"))
    by_hand = tmp_path / "by-hand"
    told = ("--data", INVENTED / "data", "--reviews", by_hand, "--on", DAY, "--role", "analyst")
    chosen = ("--authority", "northmoor", "--kind", "finding", "--store", store)
    assert main(["review", *map(str, (*told, *chosen))]) == 0
    assert [p.read_bytes() for p in own.glob("*.jsonl")] == [p.read_bytes() for p in by_hand.glob("*.jsonl")]
    assert len(records(own)) == 1


@pytest.mark.parametrize("kind", ["mention", "partnership", "statistic", "citation"])
def test_a_correction_has_the_fields_that_were_changed_and_no_others(
    reviewer: TestClient, own: Path, kind: str
) -> None:
    changed = {
        "mention": {"field.full_name": "Another  Board"},
        "partnership": {"field.parties": "Saltmarsh Council\r\nA trust"},
        "statistic": {"field.value": "20"},
        "citation": {"field.law_section": ""},
    }[kind]
    wanted = {
        "mention": {"full_name": "Another Board"},
        "partnership": {"parties": ["A trust", "Saltmarsh Council"]},
        "statistic": {"value": 20},
        "citation": {"law_section": None},
    }[kind]
    address = first(reviewer, kind=kind)
    fields = form_of(reviewer, address, "Save the correction")
    untouched = send(reviewer, fields)
    assert untouched.status_code == 400 and "changes nothing" in untouched.text and not records(own)
    assert send(reviewer, fields | changed).status_code == 303
    assert [one["person"] for one in records(own)] == [wanted]


def test_what_the_machine_missed_is_put_in_and_can_be_taken_out(reviewer: TestClient, own: Path) -> None:
    address = first(reviewer, council="NMR", kind="finding")
    fields = form_of(reviewer, address + "&of=strategy", "Put it in")
    refused = send(reviewer, fields)
    assert refused.status_code == 400 and "lacks" in refused.text and not records(own)
    assert send(reviewer, fields | {"field.title": "Respite plan"}).headers["location"] == address
    shown = reviewer.get(address).text
    assert "What people have put in here" in shown and "Respite plan" in shown
    assert send(reviewer, fields | {"field.title": "Another"}).status_code == 409
    out = form_of(reviewer, address, "Take the last of yours out again")
    assert send(reviewer, out, "undo").status_code == 303
    assert "Respite plan" not in reviewer.get(address).text
    assert [r["decision"] for r in records(own)] == ["added", "withdrawn"]
    assert reviewer.get(address + "&of=finding").status_code == 404


def test_what_cannot_be_taken_comes_back_with_what_was_typed(reviewer: TestClient, own: Path) -> None:
    address = first(reviewer, council="NMR", kind="finding")
    empty = send(reviewer, form_of(reviewer, address, "Leave open with the note"))
    assert empty.status_code == 400 and "The note is empty" in empty.text
    fields = form_of(reviewer, address, "Save the correction")
    wrong = send(reviewer, fields | {"field.polarity": "lovely", "note": "<b>mine</b>"})
    assert wrong.status_code == 400 and "&#39;lovely&#39; is no value" in wrong.text
    tree = page(wrong)
    assert tree.xpath("//details[@class='correct']")[0].get("open") is not None
    assert tree.xpath("//*[@id='note-2']")[0].text_content().strip() == "<b>mine</b>"
    words = " ".join(
        page(reviewer.get(address)).xpath("//*[@id='words']//strong")[0].text_content().split()[2:-5]
    )
    quoting = send(reviewer, form_of(reviewer, address) | {"note": words})
    assert quoting.status_code == 400 and "belongs to its publisher" in quoting.text
    assert not records(own)


def test_after_a_decision_comes_the_next_thing_and_it_can_be_undone(reviewer: TestClient, own: Path) -> None:
    address = first(reviewer, council="NMR")
    before = total(reviewer, council="NMR")
    after = send(reviewer, form_of(reviewer, address)).headers["location"]
    assert after != address and "council=NMR" in after
    assert total(reviewer, council="NMR") == before - 1
    assert "accepted" in page(reviewer.get(after)).xpath("//*[@role='status']")[0].text_content()
    back = send(reviewer, form_of(reviewer, after, "Undo"), "undo").headers["location"]
    assert "Taken back" in reviewer.get(back).text
    assert total(reviewer, council="NMR") == before
    assert [one["decision"] for one in records(own)] == ["accepted", "withdrawn"]
    again = page(reviewer.get(back))
    assert not [b for b in again.iter("button") if "Undo" in b.text_content()]


def test_skipping_writes_nothing_and_leads_through_the_queue_to_its_end(
    reviewer: TestClient, own: Path
) -> None:
    address, seen = first(reviewer, council="NMR", kind="finding"), []
    while "/item" in address:
        seen.append(address)
        (skip,) = [a for a in page(reviewer.get(address)).iter("a") if a.text_content() == "Skip"]
        address = reviewer.get(skip.get("href")).headers["location"]
    assert len(seen) == len(set(seen)) == total(reviewer, council="NMR", kind="finding")
    assert "What you skipped still waits" in reviewer.get(address).text
    assert not own.exists()


def test_two_tabs_cannot_decide_about_the_same_thing(reviewer: TestClient, own: Path) -> None:
    address = first(reviewer, council="NMR", kind="finding")
    one, other = form_of(reviewer, address), form_of(reviewer, address, "Reject")
    assert send(reviewer, one).status_code == 303
    late = send(reviewer, other | {"note": "not so"})
    assert late.status_code == 409 and len(records(own)) == 1
    assert "Somebody has decided" in late.text and "Accepted" in late.text and "not so" in late.text
    assert send(reviewer, form_of_text(late, "Reject")).status_code == 303
    assert [r["decision"] for r in records(own)] == ["accepted", "rejected"]


def form_of_text(answer: Response, which: str) -> Fields:
    (button,) = [b for b in page(answer).iter("button") if b.text_content().strip() == which]
    return {**dict(next(button.iterancestors("form")).form_values()), "decision": button.get("value")}


def test_a_decision_at_the_keyboard_is_seen_by_the_open_page(
    opened: Open, own: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = opened()
    fields = form_of(client, first(client, council="NMR", kind="finding"))
    other = opened(role="carers lead")
    assert send(other, form_of(other, first(other, council="NMR", kind="finding"))).status_code == 303
    assert send(client, fields).status_code == 409
    assert [r["role"] for r in records(own)] == ["carers lead"]


def test_a_sentence_that_has_changed_is_not_decided_about_unseen(reviewer: TestClient, own: Path) -> None:
    fields = form_of(reviewer, first(reviewer))
    late = send(reviewer, fields | {"digest": ["0" * 64]})
    assert late.status_code == 409 and "not the one that you saw" in late.text
    gone = send(reviewer, fields | {"thing": ["finding/NMR-2025-05/equity/0000000000"]})
    assert gone.status_code == 404
    assert not records(own)


def test_a_second_reader_does_not_see_what_the_first_has_said(opened: Open, own: Path) -> None:
    one = opened()
    fields = form_of(one, first(one, council="NMR", kind="finding"), "Save the correction")
    assert send(one, fields | {"field.polarity": "mixed", "note": "both sides"}).status_code == 303
    other = opened(role="second reader")
    assert total(other, state="again") == 1
    address = first(other, state="again")
    shown = other.get(address).text
    assert "both sides" not in shown and "What people have decided" not in shown
    assert send(other, form_of(other, address)).status_code == 303
    assert "Nothing of this choice waits" in other.get("/review?state=again").text
    assert [(r["role"], r["decision"]) for r in records(own)] == [
        ("analyst", "corrected"),
        ("second reader", "accepted"),
    ]


def test_a_decision_survives_the_next_build(opened: Open, own: Path, tmp_path: Path) -> None:
    client = opened()
    address = first(client, council="NMR", kind="finding")
    fields = form_of(client, address, "Save the correction")
    assert send(client, fields | {"field.polarity": "mixed"}).status_code == 303
    place = tmp_path / "rebuilt"
    builder = Builder(str(place), INVENTED / "data", jobs=1, reviews=[own])
    builder.build([REPORTS])
    rebuilt = opened(place)
    thing = rebuilt.get(address)
    assert thing.status_code == 200 and "This does not wait any more" in thing.text
    finding = rebuilt.get("/" + fields["thing"][0].join(("id/", ".json"))).text
    assert "corrected" in finding or "corrected" in rebuilt.get("/id/" + fields["thing"][0]).text
    assert total(rebuilt) == total(client)


def test_a_damaged_review_file_is_told_and_not_touched(reviewer: TestClient, own: Path) -> None:
    address = first(reviewer, council="NMR", kind="finding")
    one, other = form_of(reviewer, address), form_of(reviewer, first(reviewer, council="SLM"))
    assert send(reviewer, one).status_code == 303
    (file,) = own.glob("*.jsonl")
    damaged = file.read_bytes() + b'{"kind": "decision", "of": '
    file.write_bytes(damaged)
    for answer in (reviewer.get("/review"), reviewer.get(address), send(reviewer, other)):
        assert answer.status_code == 500
        assert f"{file.name}:2" in answer.text and "no decision is lost" in answer.text
    assert file.read_bytes() == damaged and len(list(own.glob("*.jsonl"))) == 1
    assert reviewer.get("/councils").status_code == 200
    file.write_bytes(damaged[: damaged.rindex(b'{"kind"')])
    assert reviewer.get("/review").status_code == 200


def test_a_folder_that_cannot_be_written_is_told(reviewer: TestClient, own: Path) -> None:
    fields = form_of(reviewer, first(reviewer))
    own.write_text("a file is in the way", encoding="utf-8")
    answer = send(reviewer, fields)
    assert answer.status_code == 500 and "Nothing was written" in answer.text


def test_words_of_a_report_are_shown_as_words(store: Path) -> None:
    snapshot = Snapshots(str(store), memory=False).current()
    select = snapshot.graph.store.select
    thing = Things(select).read(waiting(select, Wanted(kinds=("mention",)))[0].iri)
    shown = highlighted(thing)
    marked = [words for one in shown for words, own in one.pieces if own]
    assert marked and {words.casefold() for words in marked} == {thing.reading["text"].casefold()}
    assert ["".join(words for words, _ in one.pieces) for one in shown] == [w for _, w in thing.paragraph]
    assert line_in_source(thing).startswith(thing.page + "#:~:text=")


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "example.org"])
def test_the_review_is_for_this_machine_only(host: str) -> None:
    review = Reviewing(data="data")
    for told in ({"host": host}, {"base": "https://example.org"}, {"root_path": "/evidence"}):
        with pytest.raises(UsageError, match="this machine only"):
            Settings(store="s", review=review, **told)  # type: ignore[arg-type]
    for here in ("127.0.0.1", "127.0.0.2", "::1", "localhost"):
        assert Settings(store="s", host=here, review=review).review is review


def test_the_command_refuses_to_serve_the_review_to_others(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["serve", "--review", "--host", "0.0.0.0", "--store", str(store)])
    assert code == 2 and "this machine only" in capsys.readouterr().err


def test_without_the_option_there_is_no_such_page(client: TestClient) -> None:
    for address in ("/review", "/review/item", "/review/next", "/review/decide", "/review/undo"):
        assert client.get(address).status_code == 404
        assert client.post(address, data={"decision": "accept"}).status_code == 404
    assert "/review" not in client.get("/").text
