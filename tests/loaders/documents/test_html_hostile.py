"""Pages made to break a reader, and bytes that are no page: a document or an error, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from councilgraph.errors import InputError
from loaders.documents.cleaning import clean
from loaders.documents.html import read_html
from loaders.documents.model import Document

PATH = Path("page.html")
TITLE = "Northmoor County Council: local authority assessment"
HEAD = f"<html><body><h1>{TITLE}</h1><p>It was quick.</p>"


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000,
        "<b>" * 100_000 + "</i>" * 100_000,
        "<ul><li>" * 100_000,
        "<table><tr><td>" * 100_000,
        HEAD + "<div>" * 100_000 + "<p>The end.</p>",
        HEAD + "<br>" * 200_001,
        HEAD + "<p " + " ".join(f"a{n}=1" for n in range(30_000)) + ">",
        HEAD + "<p " + " ".join(f"a{n}='>'" for n in range(30_000)) + ">",
        HEAD + "<a href='" * 100_000,
        HEAD + "<p>" + "x" * 11_000_000 + "</p><p>The end.</p>",
        "",
        "<!-- nothing -->",
        "<html><body><script>nothing()</script></body></html>",
    ],
    ids=range(13),
)
def test_a_page_beyond_bounds_or_without_text_is_refused(page: str) -> None:
    with pytest.raises(InputError) as error:
        read_html(page.encode(), PATH)
    assert str(PATH) in error.value.where
    assert error.value.cure


@pytest.mark.parametrize(
    "page",
    [
        HEAD + "<p>" * 100_000,
        HEAD + "</p>" * 100_000,
        HEAD + "<" * 100_000,
        HEAD + "&" * 100_000,
        HEAD + "<!--" * 100_000,
        HEAD + "<a href='" * 1_000,
        HEAD + "<p a='" + "x" * 100_000 + "'>",
        HEAD + "<img src='data:image/png;base64," + "A" * 12_000_000 + "'>",
        HEAD + "<p>" + "Score: 3<br>" * 20_000,
        HEAD + "<p>" + "<b>Score: 3</b>" * 20_000,
        HEAD + "<h2>Related content</h2>" * 5_000,
        HEAD + "<div class='footer'>" * 200 + "<p>It was kind.</p>" * 20_000,
        HEAD + "<h2>" * 200 + "<i>x</i>" * 20_000,
        HEAD + "<a href='/'>one</a> <span class='footer'>two</span>" * 20_000,
    ],
    ids=range(14),
)
def test_a_strange_page_within_bounds_is_read(page: str) -> None:
    lines = [line.text for line in read_html(page.encode(), PATH).lines]
    assert lines[:2] == [TITLE, "It was quick."]


def test_entities_of_the_page_s_own_are_not_expanded() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 30))
    page = (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "Not said."><!ENTITY f SYSTEM "file:///etc/hostname">'
        f"{bomb}]>{HEAD}<p>&e29;</p><p>&f;</p></body></html>"
    )
    lines = [line.text for line in read_html(page.encode(), PATH).lines]
    assert lines == [TITLE, "It was quick.", "&e29;", "&f;"]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("iso-8859-1", "cp1252"),
        ("windows-1252", "cp1252"),
        ("windows-1252", "utf-8"),
        ("iso-8859-15", "iso-8859-15"),
        ("hex", "utf-8"),
        ("utf-7", "cp1252"),
        ("", "cp1252"),
        ("", "utf-8"),
    ],
)
def test_the_encoding_is_told_by_the_bytes_before_the_page(declared: str, encoding: str) -> None:
    said = "A café’s £5." if encoding != "iso-8859-15" else "A café's £5."
    page = f"<html><head><meta charset='{declared}'></head><body><h1>{TITLE}</h1><p>{said}</p></body></html>"
    assert read_html(page.encode(encoding), PATH).lines[1].text == said


def test_a_damaged_byte_is_refused_with_its_line() -> None:
    page = f"<html><meta charset='utf-8'><h1>{TITLE}</h1>\n<p>One’s, two’s, three’s.</p>".encode() + b"\n\x9d"
    with pytest.raises(InputError) as error:
        read_html(page, PATH)
    assert error.value.where == f"{PATH}:3"


def read(data: bytes) -> Document | None:
    try:
        document = read_html(data, PATH)
    except InputError as error:
        assert str(PATH) in error.where
        assert error.cure
        return None
    assert document.lines
    for line in document.lines:
        assert line.number >= 1
        assert line.text
        assert line.text == clean(line.text)
        assert all(c.isprintable() or c == "\ufffd" for c in line.text if ord(c) < 0x300)
    return document


TAG_NAMES = """
html head body main article section div p h1 h2 h3 ul ol li dl dt dd table tr td th thead a span b q br hr
pre nav header footer aside form button script style noscript template svg details summary time sup title
meta link input x-y
"""
TAGS = TAG_NAMES.split()
ATTRIBUTES = st.sampled_from(
    [
        "",
        " hidden",
        " href='/a'",
        " aria-hidden=true",
        " class='footer'",
        " class=sr-only",
        " id=p",
        " aria-controls=p",
        " role=main",
        " role=tabpanel",
        " style='display:none'",
        " rel=canonical href='https://a'",
        " property=og:title content='x'",
        " datetime='2025-06-12T25:00'",
        " name=dcterms.issued content='2025-13-12'",
        " '\"=<",
    ]
)
WORDS = st.sampled_from(
    [
        TITLE,
        "Score: 3",
        "Good",
        "Published:",
        "12 June 2025",
        "It was quick.",
        "Related content",
        "Downloads",
        "© x",
        "cookies",
        "&nbsp;",
        "&#0;&#1;&#x202e;",
        "•",
        "[a](b)",
        "<!--",
        "-->",
        "]]>",
        "\x00",
        "\x01",
        "\n",
    ]
)
STARTS = st.tuples(st.sampled_from(TAGS), ATTRIBUTES).map(lambda t: f"<{t[0]}{t[1]}>")
ENDS = st.sampled_from(TAGS).map(lambda tag: f"</{tag}>")
SOUP = st.lists(st.one_of(STARTS, ENDS, WORDS, st.text(max_size=20)), max_size=60).map("".join)


@settings(max_examples=400)
@given(SOUP)
def test_any_soup_of_tags_gives_clean_lines_or_an_error(soup: str) -> None:
    read(soup.encode("utf-8", "replace"))
    read((HEAD + soup).encode("utf-8", "replace"))


@settings(max_examples=200)
@given(st.binary(max_size=300))
def test_any_bytes_give_clean_lines_or_an_error(data: bytes) -> None:
    read(data)
    read(HEAD.encode() + data)


@settings(max_examples=200)
@given(SOUP)
def test_scripts_comments_and_hidden_text_are_never_lines(soup: str) -> None:
    """The mark is in a script, a comment and a hidden element, and the soup is round them."""
    unseen = "<script>markx</script><!-- markx --><p hidden>markx</p><div style='display:none'>markx</div>"
    soup = (
        soup.replace("\x00", "")
        .replace("aria-controls=p", "")
        .replace("<!--", "")
        .replace("<script", "<p")
        .replace("<style", "<p")
    )
    document = read(f"{HEAD}{unseen}<p>{soup}</p>{unseen}".encode("utf-8", "replace"))
    assert document is not None
    assert not any("markx" in line.text for line in document.lines)
