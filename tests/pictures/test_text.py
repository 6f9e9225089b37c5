"""Text in a picture: clean, and never wider than its room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from councilgraph.pictures.svg import Drawing
from councilgraph.pictures.text import clean, counted, fit, listed, width, wrap

anything = st.text(st.characters(), max_size=60)


@given(anything)
def test_any_text_can_stand_in_a_drawing(text: str) -> None:
    drawing = Drawing(100, "x")
    drawing.text(1, 1, text)
    drawing.rect(1, 1, 2, 2, text)
    read = etree.fromstring(drawing.finish(10, text, text).encode())
    (element,) = read.iter("{*}text")
    assert (element.text or "") == clean(text)


@given(anything)
def test_clean_text_is_one_line_in_its_own_order(text: str) -> None:
    line = clean(text)
    assert clean(line) == line
    assert line.isprintable() or all(c.isprintable() or ord(c) > 0x7F for c in line)
    assert not any(c in line for c in "\n\r\t\u202e\u2067\u200f\ufeff")


@given(anything, st.floats(20, 400), st.floats(8, 20), st.booleans())
def test_a_fitted_line_is_no_wider_than_its_room(text: str, room: float, size: float, bold: bool) -> None:
    line = fit(text, room, size, bold=bold)
    assert width(line, size, bold=bold) <= room or line == "…"
    if width(clean(text), size, bold=bold) <= room:
        assert line == clean(text)


@given(anything, st.floats(60, 400), st.integers(0, 3))
def test_wrapped_lines_fit_and_lose_no_word_that_has_room(text: str, room: float, most: int) -> None:
    lines = wrap(text, room, 12, most=most)
    assert all(width(line, 12) <= room for line in lines)
    assert not most or len(lines) <= most
    if not any("…" in line for line in lines):
        assert " ".join(lines) == clean(text)


def test_lists_and_numbers_read_as_english() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a", "b", "c", "d"], 2) == "a, b and 2 more"
    assert counted(1, "council") == "1 council"
    assert counted(1204, "area for improvement", "areas for improvement") == "1,204 areas for improvement"
