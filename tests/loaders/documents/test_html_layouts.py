"""A saved page gives the same evidence as the text of it, however it is marked up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from benchmarks.grammar import Grammar
from benchmarks.layouts import EXPERIENCES, STRENGTHS, Assessment, make_facts, render
from councilgraph.statements import STATEMENTS
from loaders.cqc_report.page import Page
from loaders.cqc_report.page_reader import read_page
from loaders.cqc_report.reader import make_report
from loaders.documents.html import read_html
from loaders.documents.text import read_text
from tests.loaders.documents.html.pages import STYLES, split_pages

MONTHS = {"A": date(2023, 11, 17), "B": date(2024, 5, 17), "C": date(2024, 10, 4), "D": date(2025, 6, 12)}
PATH = Path("report")


@cache
def report_text(layout: str) -> str:
    rng = Random(layout)
    council = "Northmoor County Council"
    scores = {statement: rng.randint(1, 4) for statement in STATEMENTS}
    grammar = Grammar(rng, "Northmoor")
    narrative = {
        section: [[grammar.sentence(section, 2) for _ in range(4)] for _ in range(3)]
        for section in (EXPERIENCES, STRENGTHS, *STATEMENTS)
    }
    facts = make_facts(rng) if layout != "D" else {}
    made = Assessment("E10000099", council, layout, MONTHS[layout], scores, narrative, facts)
    return render(made).replace("'", "’")


def evidence(pages: list[Page]) -> dict[str, Any]:
    """All that a report states, without where it stands in the files."""
    report = make_report(pages)
    return {
        "council": report.authority,
        "dates": (report.published, report.started, report.last_updated),
        "rating": (report.rating, report.percentage, report.indicative, report.layout),
        "scores": report.scores,
        "facts": report.facts,
        "paragraphs": [(p.section, p.n, p.text, p.sentences) for p in report.paragraphs],
    }


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("layout", "ABCD")
def test_a_saved_whole_report_states_what_its_text_states(layout: str, style: Callable[[str], bytes]) -> None:
    text = report_text(layout)
    plain = evidence([read_page(read_text(text.encode(), PATH))])
    assert plain["paragraphs"]
    assert len(plain["scores"]) == 9
    assert evidence([read_page(read_html(style(text), PATH))]) == plain


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("layout", "ABCD")
def test_saved_pages_of_one_report_state_what_their_texts_state(
    layout: str, style: Callable[[str], bytes]
) -> None:
    pages = split_pages(report_text(layout))
    assert len(pages) == 11
    plain = [read_page(read_text(text.encode(), Path(name))) for name, text in pages.items()]
    saved = [read_page(read_html(style(text), Path(name))) for name, text in pages.items()]
    for one, other in zip(plain, saved, strict=True):
        assert other.role == one.role
        assert other.content() == one.content()
    assert evidence(saved) == evidence(plain)


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@pytest.mark.parametrize("layout", "ABCD")
def test_nothing_of_the_site_is_read_as_a_line(layout: str, style: Callable[[str], bytes]) -> None:
    for text in split_pages(report_text(layout)).values():
        lines = [line.text for line in read_html(style(text), PATH).lines]
        said = [line.text.removeprefix("• ") for line in read_text(text.encode(), PATH).lines if line.text]
        assert [line.removeprefix("• ") for line in lines] == said
