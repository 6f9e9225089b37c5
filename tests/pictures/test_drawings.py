"""Every picture: well formed, safe to stand in a page, the same each time, nothing outside its edges."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pyoxigraph
import pytest

from councilgraph.api import Graph
from councilgraph.pictures import PICTURES, Picture, PictureKind, draw
from councilgraph.pictures.text import width
from councilgraph.statements import STATEMENTS
from councilgraph.store.embedded import OxigraphReader
from tests.pictures.conftest import HOSTILE, IRI, SVG, Invented, assessment, drawn, parsed, texts
from tests.queries.answers import mini_graph

CHOICES = {
    "heat-map": {"pilots": "yes", "order": "rating"},
    "council-scores": {"authority": "northmoor"},
    "themes": {"most": "5"},
    "partners": {"authority": "eastvale"},
    "timeline": {},
}
# Presentation only: no link, no script, no style, nothing that is fetched.
ELEMENTS = {"svg", "title", "desc", "defs", "pattern", "g", "rect", "circle", "line", "path", "text"}
each = pytest.mark.parametrize("kind", PICTURES.values(), ids=lambda kind: kind.name)


def of(graph: Graph, kind: PictureKind, **more: str) -> Picture:
    return draw(graph, kind.name, {**CHOICES[kind.name], **more})


def check_safe(picture: Picture) -> None:
    root = parsed(picture)
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in ELEMENTS
        for name, value in element.attrib.items():
            assert name != "style" and not name.startswith("on") and "href" not in name
            assert "url(" not in value or value.startswith(f"url(#{root.find(SVG + 'title').get('id')[:-6]}")


def check_inside(picture: Picture) -> None:
    wide, high = picture.size
    for element in drawn(picture, "text"):
        words, size = "".join(element.itertext()), float(element.get("font-size", 13))
        places = [float(x) for x in element.get("x").split()]
        assert 0 < float(element.get("y")) < high
        if element.get("transform") or len(places) > 1:
            assert all(0 < x < wide for x in places)
            continue
        long = width(words, size, bold=element.get("font-weight") == "bold")
        left = places[0] - {"middle": long / 2, "end": long}.get(element.get("text-anchor", ""), 0)
        assert left >= -0.5, words
        assert left + long <= wide + 0.5, words


@each
def test_a_picture_is_read_aloud_by_its_title_and_description(graph: Graph, kind: PictureKind) -> None:
    picture = of(graph, kind)
    root = parsed(picture)
    assert root.get("role") == "img"
    by_id = {one.get("id"): one.text for one in root.iter() if one.get("id")}
    assert [by_id[name] for name in root.get("aria-labelledby").split()] == [
        picture.title,
        picture.description,
    ]
    assert len(picture.description) > 60


@each
def test_a_picture_stands_in_a_page_with_a_strict_policy(graph: Graph, kind: PictureKind) -> None:
    check_safe(of(graph, kind))


@each
def test_nothing_is_drawn_beyond_the_edges(graph: Graph, kind: PictureKind) -> None:
    check_inside(of(graph, kind))


@each
def test_the_same_build_gives_the_same_bytes(graph: Graph, kind: PictureKind) -> None:
    turned = pyoxigraph.Store()
    for quad in sorted(mini_graph(), key=str, reverse=True):
        turned.add(quad)
    other = Graph(OxigraphReader(turned, "turned"))
    assert of(graph, kind).svg == of(other, kind).svg


@each
def test_the_source_travels_with_the_drawing(graph: Graph, kind: PictureKind) -> None:
    picture = of(graph, kind)
    drawn_words = " ".join(texts(picture))
    assert "Contains Care Quality Commission information." in drawn_words
    assert picture.title in drawn_words
    assert picture.note.split(". ")[0] in drawn_words


@each
def test_two_drawings_in_one_page_have_no_identifier_in_common(graph: Graph, kind: PictureKind) -> None:
    more = {"since": "2024"} if kind.setting("since") else {"pilots": "yes"}
    ids = [
        {one.get("id") for one in parsed(picture).iter() if one.get("id")}
        for picture in (of(graph, kind), of(graph, kind, **more))
    ]
    assert ids[0] and not ids[0] & ids[1]


@each
def test_choices_that_nothing_fits_say_so(kind: PictureKind) -> None:
    empty = Invented()
    chosen = {"authority": "C001"} if kind.required else {}
    picture = draw(empty, kind.name, chosen)
    assert "Nothing was found for these choices." in texts(picture)
    assert picture.table.rows == ()


def hostile_rows(text: str) -> dict[str, list[dict[str, Any]]]:
    council = {"authority": text, "authority-iri": f"{IRI}council/C001", "published": "2025-03-20"}
    counts = {"findings": 3, "strengths": 1, "improvements": 1, "mixed": 1, "context": 0, "councils": 1}
    statements = [
        {
            **council,
            **{"statement": text, "statement-iri": IRI, "score": 2, "compared-with": f"Region: {text}"},
            **{"councils": 4, "assessed": 3, "lower": 1, "same": 1, "higher": 1},
        }
    ]
    theme = {"theme": text, "theme-iri": IRI, **counts}
    partner = {
        **{
            "organisation": text,
            "organisation-iri": None,
            "kind": text,
            "kind-iri": IRI,
            "arrangements": text,
        },
        **counts,
    }
    named = {"authority": text, "short-name": text, "region": text, "type": text, "rating": text}
    return {
        "scores_of_councils": [assessment(1, **named), assessment(2, **named, status="indicative")],
        "compare_with_neighbours": statements,
        "themes_by_polarity": [theme],
        "partners_by_findings": [partner],
        "list_new_and_missing_reports": [{**council, "state": "no report found"}],
    }


@pytest.mark.parametrize("text", HOSTILE)
@each
def test_hostile_text_is_drawn_as_text(kind: PictureKind, text: str) -> None:
    source = Invented(**hostile_rows(text))
    chosen = {"authority": "C001"} if kind.required else {}
    picture = draw(source, kind.name, chosen)
    check_safe(picture)
    check_inside(picture)
    whole = "".join(parsed(picture).itertext())
    assert not any(ord(c) < 32 or c in "\u202e\u2066\u200f\ufffe" or "\ud800" <= c <= "\udfff" for c in whole)
    assert any(text[:3] in one for one in texts(picture))


def test_shades_of_scores_keep_their_order_in_grey() -> None:
    from councilgraph.pictures.sheet import SCORES

    grey = [_luminance(SCORES[score].fill) for score in (1, 2, 3, 4)]
    assert grey == sorted(grey, reverse=True)
    assert all(before / after > 1.25 for before, after in pairwise(grey))


def test_numbers_can_be_read_on_every_shade() -> None:
    from councilgraph.pictures.sheet import SCORES
    from councilgraph.pictures.svg import FAINT, INK, PAPER

    for ground in (*(one.fill for one in SCORES.values()), PAPER):
        assert (_luminance(ground) + 0.05) / (_luminance(INK) + 0.05) >= 4.5
    assert (_luminance(PAPER) + 0.05) / (_luminance(FAINT) + 0.05) >= 7


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_hundred_and_fifty_councils_fit_on_a_sheet() -> None:
    rows = [assessment(n, **dict.fromkeys(STATEMENTS, n % 4 + 1)) for n in range(153)]
    picture = draw(Invented(scores_of_councils=rows), "heat-map", {})
    check_inside(picture)
    wide, high = picture.size
    assert 1.2 < wide / high < 1.9, "the shape of a sheet of paper on its side"
    assert len(picture.svg) < 120_000
    assert {f"Place {n:03}" for n in range(153)} <= set(texts(picture))
