"""Searching: words, filters that narrow, counts that agree, and odd input."""

from __future__ import annotations

from urllib.parse import quote_plus

import pytest
from starlette.testclient import TestClient

from councilgraph.errors import UsageError
from councilgraph.explorer.findings import findings
from councilgraph.explorer.page import Asked
from councilgraph.explorer.pages import search
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.search.words import MOST_TERMS, expression, terms_of


def found(held: Snapshot, **query: str) -> list[str]:
    page = search.make(held, Asked({}, {name: (value,) for name, value in query.items()}))
    return [str(row["finding"]) for table in page.tables for row in table.records()]


def test_words_are_found_in_any_form_and_phrases_as_they_stand(held: Snapshot) -> None:
    carers = found(held, q="carer")
    assert carers
    sentences = findings(held).show([e for e in findings(held).entries if e.iri in set(carers)])
    assert all("carer" in one.sentence.lower() for one in sentences)
    assert found(held, q="carers") == carers
    assert set(found(held, q='"staff felt"')) < set(found(held, q="staff"))
    assert set(found(held, q="sta*")) >= set(found(held, q="staff"))


def test_filters_alone_list_all_that_fits(held: Snapshot) -> None:
    wanted = {e.iri for e in findings(held).entries if e.council == "EVB" and e.polarity == "improvement"}
    assert set(found(held, council="EVB", polarity="improvement")) == wanted
    voices = {e.iri for e in findings(held).entries if "carers" in e.voices}
    assert set(found(held, voice="carers")) == voices
    group = {e.iri for e in findings(held).entries if {"unpaid-carers", "respite"} & set(e.themes)}
    assert set(found(held, theme="group-carers")) >= group


def test_every_count_of_a_facet_is_what_its_link_finds(held: Snapshot, visitor: TestClient) -> None:
    page = search.make(held, Asked({}, {"council": ("EVB",)}))
    options = [(facet, one) for facet in page.content["facets"] for one in facet.options]
    assert {facet.name for facet, _ in options} == {"theme", "statement", "polarity", "voice"}
    for _, option in options:
        rows = visitor.get(option.address.replace("/search?", "/search.json?")).json()
        assert rows["tables"]["findings"]["count"] == option.count


def test_a_choice_can_be_taken_back(held: Snapshot) -> None:
    page = search.make(held, Asked({}, {"q": ("staff",), "polarity": ("strength",), "council": ("NMR",)}))
    chosen = {facet.name: facet.without for facet in page.content["facets"] if facet.chosen}
    assert chosen.keys() == {"polarity", "council"}
    assert "polarity" not in chosen["polarity"]
    assert "q=staff" in chosen["polarity"]


def test_nothing_asked_is_a_form_and_no_list(visitor: TestClient) -> None:
    answer = visitor.get("/search")
    assert answer.status_code == 200
    assert "<blockquote" not in answer.text
    assert 'type="search"' in answer.text


@pytest.mark.parametrize(
    "words",
    [
        'van" OR tags:"x',
        "NEAR(a b)",
        "text : *",
        "a AND",
        "(",
        "*",
        "'",
        "^x",
        "-x",
        "x -y",
        "{text} : x",
        "\\",
    ],
)
def test_no_input_is_an_operator(visitor: TestClient, words: str) -> None:
    answer = visitor.get(f"/search?q={quote_plus(words)}")
    assert answer.status_code in (200, 400)
    assert "damaged" not in answer.text


def test_markup_in_the_words_is_text(visitor: TestClient) -> None:
    answer = visitor.get("/search?q=" + quote_plus("<script>alert(1)</script>"))
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text


@pytest.mark.parametrize("words", ["\x00\x01", "a\x00b", "\ud800 x", "\u202eabc", "a" * 10_000])
def test_control_characters_and_long_words_do_no_harm(words: str) -> None:
    try:
        assert expression(words).isprintable() or "\u202e" in words
    except UsageError as error:
        assert "no word" in error.what


def test_too_many_words_are_refused_with_the_number() -> None:
    assert len(terms_of("a " * MOST_TERMS)) == MOST_TERMS
    with pytest.raises(UsageError, match=str(MOST_TERMS + 1)):
        terms_of("a " * (MOST_TERMS + 1))


def test_the_most_words_that_are_taken_can_be_looked_for(held: Snapshot) -> None:
    assert found(held, q=" ".join(f"w{n}" for n in range(MOST_TERMS))) == []


@pytest.mark.parametrize(
    ("query", "hint"),
    [("council=ZZZ", "council"), ("theme=unpaid-carer", "unpaid-carers"), ("polarity=good", "strength")],
)
def test_an_unknown_filter_names_what_there_is(visitor: TestClient, query: str, hint: str) -> None:
    answer = visitor.get(f"/search?{query}")
    assert answer.status_code == 404
    assert hint in answer.text


def test_pages_turn_and_end(held: Snapshot, visitor: TestClient) -> None:
    first = visitor.get("/search?region=north-vale")
    assert "page=2" in first.text
    second = visitor.get("/search?region=north-vale&page=2")
    assert second.status_code == 200
    assert visitor.get("/search?region=north-vale&page=9").status_code == 404
