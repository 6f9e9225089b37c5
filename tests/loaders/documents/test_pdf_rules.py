"""What a print does to a text, one thing at a time, and how it is undone."""

from __future__ import annotations

import doctest
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from councilgraph.errors import InputError
from loaders.documents import Document
from loaders.documents.pdf import checks, hyphens, read_pdf
from tests.support.printing import Print, print_pdf

PATH = Path("northmoor.pdf")
Draw = Callable[[Canvas], None]
NAMES = [
    a + b
    for a in ("North", "South", "East", "West", "Mid", "Over", "Nether")
    for b in ("moor", "by", "ham", "ton", "ley")
]
SENTENCES = " ".join(f"Carers of ward {n} were asked what they thought of it." for n in range(9))


def drawn(*pages: Draw, size: tuple[float, float] = (595, 842)) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def lines(*texts: str, left: float = 72, top: float = 770, font: str = "Helvetica") -> Draw:
    """Lines of a text, fourteen points apart; an empty one makes a gap."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, 11)
        for n, text in enumerate(texts):
            canvas.drawString(left, top - 14 * n, text)

    return draw


def both(*draws: Draw) -> Draw:
    return lambda canvas: [draw(canvas) for draw in draws] and None


def read(data: bytes) -> list[str]:
    return texts(read_pdf(data, PATH))


def texts(document: Document) -> list[str]:
    return [line.text for line in document.lines]


def report(paragraphs: int) -> str:
    """Paragraphs of some lines, no two alike."""
    return "\n".join(
        " ".join(f"Carers of {a} and of {b} were asked what they thought of it." for b in NAMES[n : n + 7])
        for n, a in enumerate(NAMES[:paragraphs])
    )


def wide(text: str) -> str:
    """A line that is as long as those of the tests' column."""
    return f"{text} and so on to the far edge of the column of text"


@pytest.mark.parametrize("pages", [1, 2, 7])
def test_running_heads_and_feet_go(pages: int) -> None:
    text = report(pages * 6 - 2)
    style = Print(head="A report of Northmoor", foot="Page {page} of {pages}")
    document = read_pdf(print_pdf(text, style), PATH)
    kept = set(texts(document)) - set(text.splitlines())
    # One page alone does not show what a running head is; its page number does.
    assert kept == ({"A report of Northmoor"} if pages == 1 else set())


@pytest.mark.parametrize("foot", ["{page}", "Page {page}", "{page} / {pages}", "– {page} –", "p. {page}"])
def test_page_numbers_go_in_whatever_words(foot: str) -> None:
    text = report(20)
    assert read(print_pdf(text, Print(foot=foot))) == text.splitlines()


def test_the_same_first_line_on_many_pages_is_no_running_head() -> None:
    pages = [lines(f"Statement {name}", "Score: 3", "", SENTENCES[:60]) for name in ("A", "B", "C", "D")]
    assert read(drawn(*pages)).count("Score: 3") == 4


def test_a_running_head_that_names_the_assessment_is_the_title() -> None:
    head = "Northmoor County Council: local authority assessment"
    document = read_pdf(print_pdf(report(20), Print(head=head)), PATH)
    assert document.title == head


def test_day_of_printing_is_no_date_of_publication() -> None:
    document = read_pdf(print_pdf(SENTENCES), PATH)
    assert document.published is None
    assert document.last_updated is None
    assert document.address is None


@pytest.mark.parametrize(
    ("first", "second", "elsewhere", "whole"),
    [
        ("respons-", "ible people", "responsible", "responsible people"),
        ("respons-", "ible people", "", "responsible people"),
        ("multi-", "agency work", "", "multi-agency work"),
        ("co-", "ordinated care", "co-ordinated", "co-ordinated care"),
        ("co-", "ordinated care", "coordinated", "coordinated care"),
        ("well-", "being", "", "well-being"),
        ("2023-", "2024", "", "2023-2024"),
        ("respons\xad", "ible people", "", "responsible people"),
    ],
)
def test_words_broken_at_the_end_of_a_line(first: str, second: str, elsewhere: str, whole: str) -> None:
    said = f"They said {elsewhere}." if elsewhere else "They said so."
    page = lines(
        wide("These people of the town were in every way") + f" {first}", f"{second} in it.", "", said
    )
    assert read(drawn(page))[0].endswith(f" {whole} in it.")


def test_ligatures_are_their_letters() -> None:
    pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
    assert read(drawn(lines("The oﬃce of a ﬂat ﬁrm".replace("ﬃ", "fﬁ"), font="Vera"))) == [
        "The office of a flat firm"
    ]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = lines(*(f"Left line {n} of the page, running on and" for n in range(20)), left=60)
    right = lines(*(f"right line {n} of the page, running on and" for n in range(20)), left=310)
    (text,) = read(drawn(both(left, right)))
    assert text.index("Left line 19") < text.index("right line 0")


def test_a_line_across_two_columns_parts_them() -> None:
    def band(top: float, name: str) -> Draw:
        left = lines(*(f"{name} left {n} of the page, running on" for n in range(8)), left=60, top=top)
        right = lines(*(f"{name} right {n} of the page, running on" for n in range(8)), left=310, top=top)
        return both(left, right)

    across = lines(wide("Across the whole page there runs one line of text"), left=60, top=600)
    whole = " ".join(read(drawn(both(band(770, "upper"), across, band(560, "lower")))))
    order = ["upper left 7", "upper right 0", "upper right 7", "Across", "lower left 0", "lower right 7"]
    assert [whole.index(part) for part in order] == sorted(whole.index(part) for part in order)


def test_a_table_is_read_by_rows() -> None:
    names = lines(*(f"Statement number {n} of them" for n in range(9)), left=72)
    scores = lines(*(f"Score: {n}" for n in range(9)), left=400)
    found = read(drawn(both(names, scores)))
    assert found[:4] == ["Statement number 0 of them", "Score: 0", "Statement number 1 of them", "Score: 1"]


def test_items_of_a_list_are_apart_and_hang() -> None:
    page = both(
        lines("•", "", "•"),
        lines("a first item that is long and runs over", "two lines", "a second item", left=90),
        lines("A paragraph below.", top=728),
    )
    assert read(drawn(page)) == [
        "• a first item that is long and runs over two lines",
        "• a second item",
        "A paragraph below.",
    ]


def test_a_dash_within_a_sentence_is_no_item() -> None:
    page = lines(
        wide("Boards of the county included people of every kind"),
        "– and were led by – people.",
        "",
        SENTENCES[:50],
    )
    assert read(drawn(page))[0].endswith("text – and were led by – people.")


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    text = " ".join([SENTENCES] * 25)
    document = read_pdf(print_pdf(text, Print(foot="{page}", head="Northmoor")), PATH)
    assert texts(document) == [text]
    assert document.lines[0].page == 1


def test_a_bookmark_confirms_a_heading() -> None:
    def page(canvas: Canvas) -> None:
        lines(wide("A heading as long as a line of the text that stands"), "and text below it.")(canvas)
        canvas.bookmarkPage("x")
        canvas.addOutlineEntry(wide("A heading as long as a line of the text that stands"), "x")

    assert len(read(drawn(page))) == 2


def test_text_printed_askew_is_named_in_a_warning() -> None:
    def stamp(canvas: Canvas) -> None:
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.drawString(0, 0, "DRAFT")

    document = read_pdf(drawn(both(lines("A line of text that stays."), stamp)), PATH)
    assert texts(document) == ["A line of text that stays."]
    assert [w.code for w in document.warnings] == ["turned-text"]


def test_text_beyond_the_page_is_named_in_a_warning() -> None:
    page = both(lines("A line of text that stays."), lines("Nobody sees this.", left=700))
    document = read_pdf(drawn(page), PATH)
    assert texts(document) == ["A line of text that stays."]
    assert [w.code for w in document.warnings] == ["hidden-text"]


def picture(canvas: Canvas) -> None:
    from PIL import Image

    canvas.drawImage(ImageReader(Image.new("L", (8, 8), 128)), 0, 0, 595, 842)


def test_a_scan_is_refused_with_the_advice_to_run_ocr() -> None:
    with pytest.raises(InputError, match="holds no text") as error:
        read_pdf(drawn(picture, picture), PATH)
    assert "ocrmypdf" in error.value.cure


def test_a_print_without_any_text_is_not_called_a_scan() -> None:
    with pytest.raises(InputError, match=r"^The PDF holds no text\.") as error:
        read_pdf(drawn(lambda canvas: canvas.line(0, 0, 9, 9)), PATH)
    assert error.value.where == "northmoor.pdf"


def test_a_scanned_page_among_others_is_refused_by_its_number() -> None:
    with pytest.raises(InputError, match="on page 2") as error:
        read_pdf(drawn(lines("One."), picture, lines("Three.")), PATH)
    assert error.value.where == "northmoor.pdf page 2"


def test_a_cover_without_text_is_a_warning() -> None:
    document = read_pdf(drawn(picture, lines("Two."), lines("Three.")), PATH)
    assert texts(document) == ["Two.", "Three."]
    assert [(w.code, w.where) for w in document.warnings] == [("page-without-text", "northmoor.pdf page 1")]


def test_a_blank_page_says_nothing() -> None:
    document = read_pdf(drawn(lines("One."), lambda _: None, lines("Three.")), PATH)
    assert [(line.text, line.page) for line in document.lines] == [("One.", 1), ("Three.", 3)]
    assert document.warnings == ()


@pytest.mark.parametrize("module", [hyphens, checks])
def test_examples_in_docstrings_hold(module: object) -> None:
    done = doctest.testmod(module)  # type: ignore[arg-type]
    assert done.attempted
    assert not done.failed
