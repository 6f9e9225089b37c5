"""Links that lead nowhere are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from councilgraph.site.checking import check_links


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "a").mkdir()
    (tmp_path / "style.css").write_text("p{}", encoding="utf-8")
    (tmp_path / "a" / "other.html").write_text('<p id="here">é</p>', encoding="utf-8")
    return tmp_path


def why(site: Path, body: str) -> list[str]:
    (site / "a" / "page.html").write_text(f"<!doctype html><h1 id=top>x</h1>{body}", encoding="utf-8")
    return [one.why for one in check_links(str(site), ["a/page.html", "a/other.html"])]


@pytest.mark.parametrize(
    "link",
    [
        *("other.html", "other.html#here", "#top", "../style.css", "page.html", "oth%65r.html"),
        *("https://www.example.org/x", "mailto:a@example.org", ""),
    ],
)
def test_links_that_lead_somewhere_are_not_complained_of(link: str, site: Path) -> None:
    assert why(site, f'<a href="{link}">x</a>') == []


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("gone.html", "there is no such file"),
        ("/a/other.html", "it leaves the site's folder"),
        ("../../etc/passwd", "it leaves the site's folder"),
        ("other.html#gone", "the page has no such place"),
        ("#gone", "the page has no such place"),
        ("other.html?page=2", "a file cannot be asked anything"),
        ("..", "there is no such file"),
    ],
)
def test_links_that_lead_nowhere_are_named_with_the_reason(link: str, reason: str, site: Path) -> None:
    assert why(site, f'<a href="{link}">x</a>') == [reason]


def test_pictures_and_forms_are_followed_too(site: Path) -> None:
    assert why(site, '<img src="gone.svg"><form action="/search"></form>') == [
        "there is no such file",
        "it leaves the site's folder",
    ]
