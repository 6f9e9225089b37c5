"""Accept headers as clients really send them, and as nobody should."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councilgraph.explorer.negotiation import HTML, JSON_LD, N_TRIPLES, TURTLE, choose

FORMS = (HTML, TURTLE, JSON_LD, N_TRIPLES)
CHROMIUM = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7"
)
RDFLIB = "application/rdf+xml, text/rdf+n3, application/xhtml+xml;q=0.5, application/ld+json;q=0.3"


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        (None, HTML),
        ("", HTML),
        ("*/*", HTML),
        (CHROMIUM, HTML),
        (RDFLIB, TURTLE),
        ("text/turtle", TURTLE),
        ("application/ld+json", JSON_LD),
        ("application/n-triples", N_TRIPLES),
        ("text/turtle;q=0.5, application/ld+json", JSON_LD),
        ("text/html;q=0, */*", TURTLE),
        ("application/*", JSON_LD),
        ("application/xhtml+xml", HTML),
        ("TEXT/TURTLE", TURTLE),
        ("text/turtle; charset=utf-8; q=0.4, application/n-triples;q=0.3", TURTLE),
        ("*", HTML),
        ("text/turtle;q=nan, application/ld+json;q=0.9", TURTLE),
        ("text/turtle;q=much, application/ld+json;q=0.9", TURTLE),
    ],
)
def test_the_form_that_is_liked_best_is_given(accept: str | None, form: object) -> None:
    assert choose(accept, FORMS) is form


def test_what_the_client_refuses_is_not_forced_on_it() -> None:
    assert choose("image/png", FORMS) is None
    assert choose("text/html;q=0", FORMS) is None


def test_a_range_that_is_more_exact_counts_more_than_a_wider_one() -> None:
    assert choose("text/*;q=0.9, text/html;q=0.1, application/ld+json;q=0.5", FORMS) is TURTLE


def test_no_more_ranges_are_read_than_a_client_needs() -> None:
    many = ",".join(f"x/{number}" for number in range(10_000))
    assert choose(f"{many},text/turtle", FORMS) is None


@given(st.text(max_size=200))
def test_no_header_breaks_the_choice(accept: str) -> None:
    assert choose(accept, FORMS) in (*FORMS, None)
