"""What a page says of itself beside its text, and what of that is believed."""
# ruff: noqa: E501 - a case on each line reads best

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from loaders.documents.html import read_html
from loaders.documents.html.metadata import read_stamp
from loaders.documents.model import Document

TITLE = "Northmoor County Council: local authority assessment"


def read(head: str, body: str = "<p>One.</p>", before: str = "") -> Document:
    return read_html(f"{before}<html><head>{head}</head><body>{body}</body></html>".encode(), Path("p"))


def test_the_title_is_the_one_that_names_the_assessment() -> None:
    assert read(f"<title>{TITLE} - Invented Inspectorate</title>").title == TITLE
    assert read(f"<meta property='og:title' content='{TITLE}'><title>Summary</title>").title == TITLE
    assert read("<title>Summary</title>", f"<h1>{TITLE}</h1>").title == TITLE
    assert read("<title>A  page</title>").title == "A page"
    assert read("").title is None


@pytest.mark.parametrize(
    ("head", "published", "updated"),
    [
        (
            "<meta property='article:published_time' content='2025-06-12T09:00:00+01:00'>"
            "<meta property='article:modified_time' content='2025-07-01'>",
            date(2025, 6, 12),
            date(2025, 7, 1),
        ),
        ("<meta name='DCTERMS.issued' content='2025-06-12'>", date(2025, 6, 12), None),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": ["WebPage"], "datePublished": "2025-06-12",'
            ' "dateModified": "2025-06-13", "mentions": {"@type": "WebPage", "datePublished": "2024-01-01"}}]}'
            "</script>",
            date(2025, 6, 12),
            date(2025, 6, 13),
        ),
        ('<script type="application/ld+json">{"@type": "Event", "datePublished": "2025-06-12"}</script>', None, None),
        ('<script type="application/ld+json">{"@type": "WebPage", "datePubl</script>', None, None),
        (f'<script type="application/ld+json">{"[" * 100_000}</script>', None, None),
        ("<meta name='dcterms.issued' content='12/06/2025'>", None, None),
        ("<meta name='dcterms.issued' content='2025-02-31'>", None, None),
        ("<meta name='dcterms.issued' content='1970-01-01'>", None, None),
        ("<meta name='dcterms.issued' content='2025-06-12; DROP'>", None, None),
        (
            "<meta name='dcterms.issued' content='2025-06-12'><meta name='dcterms.modified' content='2024-06-12'>",
            date(2025, 6, 12),
            None,
        ),
    ],
)  # fmt: skip
def test_dates_come_from_metadata_if_they_can_be(
    head: str, published: date | None, updated: date | None
) -> None:
    document = read(head)
    assert (document.published, document.last_updated) == (published, updated)


def test_a_time_is_a_date_of_the_page_where_words_say_so() -> None:
    body = (
        "<p>Published: <time datetime='2025-06-12'>a Thursday</time>"
        " Page last updated: <time datetime='2025-06-13T10:00'>Friday</time></p>"
        "<p>They met on <time datetime='2024-01-01'>1 January</time>.</p>"
    )
    document = read("", body)
    assert (document.published, document.last_updated) == (date(2025, 6, 12), date(2025, 6, 13))


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("2025-06-11T23:01:00Z", date(2025, 6, 12)),
        ("2025-12-11T23:01:00Z", date(2025, 12, 11)),
        ("2025-03-30T00:59:00Z", date(2025, 3, 30)),
        ("2025-10-25T23:30:00+00:00", date(2025, 10, 26)),
        ("2025-10-26T23:30:00+00:00", date(2025, 10, 26)),
        ("2025-06-12T00:30:00+01:00", date(2025, 6, 12)),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_a_moment_is_the_day_that_it_was_in_england(stamp: str, day: date | None) -> None:
    assert read_stamp(stamp) == day


@pytest.mark.parametrize(
    ("head", "before", "address"),
    [
        ("<link rel='canonical' href='https://a.example/n#top'>", "", "https://a.example/n"),
        ("<meta property='og:url' content='http://a.example/n'>", "", "http://a.example/n"),
        ("", "<!-- saved from url=(0019)https://a.example/n -->", "https://a.example/n"),
        ("", "<!--\n Page saved with SingleFile \n url: https://a.example/n \n-->", "https://a.example/n"),
        ("<link rel='canonical' href='/n'>", "", None),
        ("<link rel='canonical' href='javascript:alert(1)'>", "", None),
        ("<link rel='canonical' href='file:///etc/passwd'>", "", None),
        ("<link rel='canonical' href='https://me:word@a.example/n'>", "", None),
        ("<link rel='canonical' href='https://a.example/<n>'>", "", None),
        ("<link rel='canonical' href='https://[a/n'>", "", None),
    ],
)
def test_the_address_is_one_of_the_web_or_none(head: str, before: str, address: str | None) -> None:
    assert read(head, before=before).address == address
