"""Citations of law: invented sentences, each with all that it cites."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from councilgraph.extraction.law import find_citations
from councilgraph.model import Act, Report
from tests.support.reports import make_report, sentences_of

ACTS = (
    Act("ukpga/1983/20", "Mental Health Act 1983", 1983, 20),
    Act("ukpga/2007/12", "Mental Health Act 2007", 2007, 12),
    Act("ukpga/2005/9", "Mental Capacity Act 2005", 2005, 9),
    Act("ukpga/2006/41", "National Health Service Act 2006", 2006, 41, ("NHS Act 2006",)),
    Act("ukpga/2008/14", "Health and Social Care Act 2008", 2008, 14),
    Act("ukpga/2010/15", "Equality Act 2010", 2010, 15),
    Act("ukpga/2012/7", "Health and Social Care Act 2012", 2012, 7),
    Act("ukpga/2014/23", "Care Act 2014", 2014, 23),
)


def report_of(*paragraphs: str, published: date | None = date(2025, 5, 1)) -> Report:
    """A report of Northmoor: each text is a paragraph, and its sentences end in ". "."""
    return make_report({"partnerships": [sentences_of(text) for text in paragraphs]}, published=published)


def cited(*texts: str) -> list[str]:
    return [
        f"{c.title} s{c.section}" if c.section else c.title for c in find_citations(report_of(*texts), ACTS)
    ]


CASES = [
    ("They met Care Act duties.", ["Care Act 2014"]),
    ("They met the Care Act (2014) and the Care Act, 2014.", ["Care Act 2014"]),
    ("People were Care Act eligible.", ["Care Act 2014"]),
    ("All s42 enquiries were quick.", ["Care Act 2014 s42"]),
    ("All S.42(2) enquiries were quick.", ["Care Act 2014 s42"]),
    ("Section 42 (s42) enquiries under the Care Act 2014.", ["Care Act 2014 s42"]),
    ("Their Care Act duties were met and a s42 enquiry was held.", ["Care Act 2014", "Care Act 2014 s42"]),
    ("They had a Section 75 agreement.", ["NHS Act 2006 s75"]),
    ("A Section 75 agreement of Eastvale and the trust under the NHS Act 2006.", ["NHS Act 2006 s75"]),
    ("A section 75 agreement helped meet needs under the Care Act.", ["NHS Act 2006 s75", "Care Act 2014"]),
    ("Section 117 aftercare was shared.", ["Mental Health Act 1983 s117"]),
    ("Sections 9 and 10 of the Care Act.", ["Care Act 2014 s9", "Care Act 2014 s10"]),
    ("Care Act 2014 section 18 was met.", ["Care Act 2014 s18"]),
    ("It had regard to its Public Sector Equality Duty (Equality Act 2010).", ["Equality Act 2010 s149"]),
    ("It had regard to the Public Sector Equality Duty.", ["Equality Act 2010 s149"]),
    ("The Mental Capacity Act (MCA) 2005 and the MCA.", ["Mental Capacity Act 2005"]),
    ("The Mental Health Act was used.", ["Mental Health Act 1983"]),
    ("The Mental Health Act 2007 was used.", ["Mental Health Act 2007"]),
    ("The Health & Social Care Act 2012 applied.", ["Health and Social Care Act 2012"]),
    ("The Moor Grazing Act 1893 applied.", ["Moor Grazing Act 1893"]),
    ("The Health and Social Care Act applied.", []),  # two Acts, no year
    ("Deprivation of Liberty Safeguards were in place.", []),
    ("MCA training was given.", []),  # may be an assessment
    ("The council’s 42 staff read section 3 of the plan, and s75m was spent.", []),
    ("Section 12 of it was read. They should act with care.", []),
    ("The Care Act 1999 applied.", ["Care Act 1999"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_is_cited(text: str, expected: list[str]) -> None:
    assert cited(text) == expected


def test_a_citation_has_path_words_and_place() -> None:
    (one,) = find_citations(report_of("Nothing here.", "First. A Section 75 agreement held."), ACTS)
    assert (one.act, one.year, one.section, one.text) == ("ukpga/2006/41", 2006, "75", "Section 75")
    assert (one.place.paragraph, one.place.sentence) == (2, 2)
    (one,) = find_citations(report_of("The Duty: Public Sector Equality Duty (Equality Act 2010)."), ACTS)
    assert one.text == "Public Sector Equality Duty (Equality Act 2010)"


def test_an_act_that_no_table_has_is_cited_without_a_path() -> None:
    (one,) = find_citations(report_of("The Moor Grazing Act 1893 applied."), ACTS)
    assert (one.act, one.title, one.year) == ("", "Moor Grazing Act 1893", 1893)


def test_an_abbreviation_counts_where_the_report_names_the_act() -> None:
    assert cited("The Mental Capacity Act was known.", "MCA training was given.") == [
        "Mental Capacity Act 2005",
        "Mental Capacity Act 2005",
    ]


def test_without_acts_only_dated_titles_are_cited() -> None:
    report = report_of("The Care Act 2014 and s42, the Care Act and the Public Sector Equality Duty.")
    assert [(c.act, c.title) for c in find_citations(report, ())] == [("", "Care Act 2014")]


WORDS = """
    Section section s42 s.75 S117 42 75 , and of the under Care Act NHS 2014 2006 (2014) ( ) Health & Mental
    Public Sector Equality Duty MCA Grazing (Moor) 's – - 9, 10"""
PIECES = st.sampled_from(WORDS.split())


@settings(max_examples=150)
@given(st.lists(st.one_of(st.lists(PIECES, max_size=30).map(" ".join), st.text(max_size=60)), max_size=4))
def test_any_text_is_read(texts: list[str]) -> None:
    report = report_of(*texts)
    for one in find_citations(report, ACTS):
        sentence = report.paragraphs[one.place.paragraph - 1].sentences[one.place.sentence - 1]
        assert one.text and one.text in sentence.text
        assert one.title.endswith(str(one.year))


def test_work_grows_with_the_text_only() -> None:
    assert cited("Moor (Grazing) and Marsh of the " * 3000 + "Care Act 2014")[-1].endswith("Act 2014")
