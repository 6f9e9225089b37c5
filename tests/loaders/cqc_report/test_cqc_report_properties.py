"""What holds of every text, invented by Hypothesis: nothing crashes and nothing is lost."""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from councilgraph.errors import InputError
from councilgraph.textdigest import digest
from loaders.cqc_report import read_one
from loaders.cqc_report.lookups import lookups
from loaders.cqc_report.sentences import split_sentences
from loaders.documents.cleaning import clean

TITLE = "Northmoor County Council: local authority assessment"
LINES = st.sampled_from(
    [
        TITLE,
        "Northmoor County Council assessment",
        "Eastvale Borough Council: local authority assessment",
        "Published: 12 June 2025 Page last updated: 1 July 2025",
        "Published: 31 June 2025",
        "Assessment start date: 4 May 2023",
        "Score: 3",
        "Score 2",
        "Indicative score:",
        "3 – Evidence shows a good standard",
        "• Northmoor County Council",
        "Good",
        "Overall rating for Northmoor County Council: 75%",
        "About Northmoor County Council",
        "Theme 1: Providing support",
        "- The total budget would be £1,234,5678 in 2023/24.",
        "The population is 200,100, with 20% aged 65 and over.",
        "I am heard.",
        "We listen.",
        "Carers were heard. They said so.",
        "and so it went on from there to the next",
        "A line that ends with the",
        "•",
        "",
        "* * *",
        "Page 3 of 9",
        *lookups().headings,
        *lookups().statements,
        *lookups().boilerplate,
    ]
)
PAGES = st.lists(st.one_of(LINES, st.text(max_size=60)), max_size=40).map("\n".join)
PROSE = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "Carers were heard.",
                "“It helped.”",
                "s. 42",
                "e.g.",
                "No.",
                "St.",
                "1.",
                "(See",
                "that.)",
                "...",
                "…",
                "'",
                "£5.2m",
                "?!",
            ]
        ),
        st.text(max_size=12),
    ),
    max_size=25,
).map(lambda words: clean(" ".join(words)))


def read_text(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.txt"
        file.write_text(text, encoding="utf-8", errors="replace", newline="")
        try:
            report = read_one([file])
        except InputError as error:
            assert str(file) in error.where
            assert error.cure
            return
    for paragraph in report.paragraphs:
        assert split_sentences(paragraph.text) == paragraph.sentences
        assert any(c.isalnum() for c in paragraph.text)


@settings(max_examples=300)
@given(PAGES)
def test_a_page_raises_nothing_but_input_errors(text: str) -> None:
    read_text(f"{TITLE}\n{text}")


@settings(max_examples=100)
@given(st.one_of(PAGES, st.text()))
def test_any_text_raises_nothing_but_input_errors(text: str) -> None:
    read_text(text)


@settings(max_examples=100)
@given(st.binary(max_size=300))
def test_any_bytes_raise_nothing_but_input_errors(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.txt"
        file.write_bytes(TITLE.encode() + b"\n" + data)
        try:
            read_one([file])
        except InputError as error:
            assert str(file) in error.where


@settings(max_examples=400)
@given(PROSE)
def test_every_character_stands_in_exactly_one_sentence(paragraph: str) -> None:
    sentences = split_sentences(paragraph)
    assert [s.n for s in sentences] == list(range(1, len(sentences) + 1))
    for sentence in sentences:
        assert paragraph[sentence.start : sentence.end] == sentence.text
        assert sentence.text == sentence.text.strip() != ""
        assert sentence.digest == digest(sentence.text)
    edges = [0, *itertools.chain.from_iterable((s.start, s.end) for s in sentences), len(paragraph)]
    assert edges == sorted(edges)
    assert all(not paragraph[a:b].strip() for a, b in zip(edges[::2], edges[1::2], strict=True))


LINK_MARKS = st.text(alphabet="[]()ae\u0301 \u00a0\u200b#x", max_size=40)


@settings(max_examples=400)
@given(st.one_of(st.text(), LINK_MARKS, LINK_MARKS.map(lambda t: f"[[[[[[{t}](a)](b)](c)](d)](e)](f)")))
def test_clean_changes_nothing_a_second_time(text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@settings(max_examples=200)
@given(st.text(alphabet="abc .'\"-"))
def test_digest_is_the_same_for_every_way_of_typing(text: str) -> None:
    curly = text.replace("'", "’").replace('"', "”").replace("-", "–").replace(" ", "\u00a0 ")
    assert digest(clean(curly)) == digest(clean(text))


# Lines that end in the middle would be joined to the next, and a warning quotes 80 characters.
WHOLE_LINES = LINES.filter(lambda line: not line.endswith((" the", " next")))
SHAPES = st.sampled_from(
    [
        "Carers of {} were heard.",
        "Carers of {}",
        "• {} rang back",
        "About {}",
        "Theme 1: {}",
        "{} assessment",
        "Score {}",
        "Published: {}",
        "Key findings {}",
        "The financial facts of {} were explained.",
        "This data is reproduced at the request of {}.",
        "{}",
    ]
)


@settings(max_examples=500)
@given(st.lists(st.one_of(SHAPES, WHOLE_LINES), min_size=1, max_size=25))
def test_nothing_is_lost_in_silence(lines: list[str]) -> None:
    """Wherever a line stands, its mark is in a finding, a figure's sentence or a warning."""
    marked = [line.format(f"mark{n}x") if "{}" in line else line for n, line in enumerate(lines)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.txt"
        file.write_text("\n\n".join([TITLE, "Overall summary", *marked]), encoding="utf-8")
        try:
            report = read_one([file])
        except InputError:
            return
    told = " ".join(
        [
            *(p.text for p in report.paragraphs),
            *(f.sentence.text for f in report.facts),
            *(w.message for w in report.warnings),
        ]
    )
    lost = [f"mark{n}x" for n, line in enumerate(lines) if "{}" in line and f"mark{n}x" not in told]
    assert not lost
