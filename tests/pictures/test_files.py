"""Pictures as files: SVG, PNG and a page of its own."""

from __future__ import annotations

import base64
import hashlib
import re
import struct
import zlib
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from councilgraph.api import Graph
from councilgraph.errors import InputError, UsageError
from councilgraph.pictures import FORMATS, Picture, draw, format_of, png, write_file
from councilgraph.pictures.writing import as_bytes
from tests.pictures.conftest import HOSTILE, Invented, assessment


@pytest.fixture(scope="module")
def picture(graph: Graph) -> Picture:
    return draw(graph, "heat-map", {})


def chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    """The parts of a PNG; each checksum is checked."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    found, at = [], 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(name + body)
        found.append((name, body))
        at += 12 + length
    return found


def test_a_png_has_the_size_and_the_dots_that_were_asked_for(picture: Picture) -> None:
    for scale in (1, 2.5):
        parts = dict(chunks(as_bytes(picture, "png", scale=scale)))
        wide, high = struct.unpack(">II", parts[b"IHDR"][:8])
        assert (wide, high) == tuple(pytest.approx(side * scale, abs=2) for side in picture.size)
        assert struct.unpack(">II", parts[b"pHYs"][:8])[0] == round(96 * scale / 0.0254)


def test_title_and_source_travel_inside_a_png(picture: Picture) -> None:
    words = b"".join(body for name, body in chunks(as_bytes(picture, "png")) if name == b"iTXt").decode()
    assert picture.title in words
    assert "Contains Care Quality Commission information." in words
    assert f"Font: {png.find_font().family}." in words


def test_words_are_drawn_in_a_png(picture: Picture) -> None:
    """Without a font resvg draws no letter and says nothing."""
    mute = replace(picture, svg=re.sub(r"<text[^>]*>[^<]*</text>", "", picture.svg))
    with_words, without = (dict(chunks(as_bytes(one, "png", scale=1)))[b"IDAT"] for one in (picture, mute))
    assert len(with_words) > 3 * len(without)


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_picture_gives_the_same_file(picture: Picture, graph: Graph, format: str) -> None:
    assert as_bytes(picture, format) == as_bytes(draw(graph, "heat-map", {}), format)


def test_a_png_drawn_apart_is_the_same(picture: Picture) -> None:
    assert as_bytes(picture, "png", apart=True) == as_bytes(picture, "png")


def test_a_drawing_apart_that_fails_or_lasts_is_an_error(
    picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = replace(picture, svg="<svg")
    with pytest.raises(InputError, match="could not be drawn as PNG"):
        as_bytes(broken, "png", apart=True)
    monkeypatch.setattr(png, "SECONDS", 0.01)
    with pytest.raises(InputError, match="took longer than"):
        as_bytes(picture, "png", apart=True)


@pytest.mark.parametrize("scale", [0.1, 7, float("nan"), -1])
def test_a_scale_out_of_bounds_is_refused(picture: Picture, scale: float) -> None:
    with pytest.raises(UsageError, match="out of bounds"):
        as_bytes(picture, "png", scale=scale)


def test_a_png_that_would_take_all_memory_is_refused() -> None:
    rows = [assessment(n) for n in range(900)]
    tall = draw(Invented(scores_of_councils=rows), "heat-map", {"panels": "1"})
    with pytest.raises(UsageError) as caught:
        as_bytes(tall, "png", scale=6)
    assert "Choose a scale of at most" in caught.value.cure


def test_without_a_font_the_error_says_what_to_install(
    picture: Picture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(png, "_FOLDERS", (str(tmp_path),))
    png.find_font.cache_clear()
    try:
        with pytest.raises(InputError) as caught:
            as_bytes(picture, "png")
        assert "fonts-dejavu-core" in caught.value.cure or "font-dejavu" in caught.value.cure
        assert as_bytes(picture, "svg")
    finally:
        png.find_font.cache_clear()


def test_a_folder_of_fonts_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("Verdana.ttf", "Verdana Bold.ttf"):
        (tmp_path / name).write_bytes(b"font")
    monkeypatch.setattr(png, "_FOLDERS", ())
    monkeypatch.setenv(png.VARIABLE, str(tmp_path))
    png.find_font.cache_clear()
    try:
        found = png.find_font()
    finally:
        png.find_font.cache_clear()
    assert (found.family, found.files[0]) == ("Verdana", str(tmp_path / "Verdana.ttf"))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def read(page: bytes) -> _Reader:
    reader = _Reader()
    reader.feed(page.decode())
    return reader


def test_a_page_of_its_own_asks_nobody_for_anything(picture: Picture) -> None:
    page = as_bytes(picture, "html")
    for tag, attributes in read(page).tags:
        assert tag not in ("script", "link", "img", "iframe", "object", "base", "form")
        assert not {"src", "style", "srcset"} & set(attributes)
        assert not [name for name in attributes if name.startswith("on")]
        assert "href" not in attributes or tag == "a"


def test_the_policy_of_the_page_allows_its_own_style_and_nothing_else(picture: Picture) -> None:
    page = as_bytes(picture, "html").decode()
    (policy,) = [
        attributes["content"]
        for tag, attributes in read(page.encode()).tags
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style and "@import" not in style


def test_the_page_holds_every_row_of_the_table(picture: Picture) -> None:
    page = read(as_bytes(picture, "html"))
    rows = [attributes for tag, attributes in page.tags if tag == "th" and attributes.get("scope") == "row"]
    assert len(rows) == len(picture.table.rows) == 6
    assert "6 rows" in " ".join(page.words)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_in_the_page(text: str) -> None:
    row = assessment(1, authority=text, region=text, report=f"javascript:{text}")
    page = read(as_bytes(draw(Invented(scores_of_councils=[row]), "heat-map", {}), "html"))
    assert {tag for tag, _ in page.tags} <= {
        *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "figure", "div"),
        *("table", "caption", "thead", "tbody", "tr", "th", "td", "footer"),
        *("svg", "desc", "rect", "text", "path", "line", "g"),
    }
    assert any(text[:3] in words for words in page.words)


def test_the_title_is_text_in_the_page(picture: Picture) -> None:
    page = read(as_bytes(replace(picture, title="<script>x</script>", note="<b>"), "html"))
    assert not {"script", "b"} & {tag for tag, _ in page.tags}
    assert page.words.count("<script>x</script>") == 2


def test_only_a_web_address_becomes_a_link() -> None:
    rows = [assessment(1, report="https://example.org/a?b=1&c=2"), assessment(2, report="file:///etc/passwd")]
    page = read(as_bytes(draw(Invented(scores_of_councils=rows), "heat-map", {}), "html"))
    assert [a["href"] for tag, a in page.tags if tag == "a"] == ["https://example.org/a?b=1&c=2"]


def test_the_ending_of_a_file_chooses_the_format(picture: Picture, tmp_path: Path) -> None:
    starts = {"svg": b"<?xml", "png": b"\x89PNG", "html": b"<!doctype"}
    for format, start in starts.items():
        path = tmp_path / f"picture.{format.upper()}"
        assert format_of(path) == format
        assert write_file(picture, path) == path.stat().st_size
        assert path.read_bytes().startswith(start)
    with pytest.raises(UsageError, match="names no picture format"):
        write_file(picture, tmp_path / "picture.gif")
    with pytest.raises(UsageError, match="no picture format 'gif'"):
        write_file(picture, tmp_path / "picture.svg", "gif")


def test_a_picture_that_cannot_be_drawn_leaves_the_old_file(picture: Picture, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"of last month")
    with pytest.raises(UsageError):
        write_file(picture, path, scale=99)
    assert path.read_bytes() == b"of last month"
    assert list(tmp_path.iterdir()) == [path]
