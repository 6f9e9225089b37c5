"""Where a sentence ends, in the language of these reports."""

from __future__ import annotations

import pytest

from loaders.cqc_report.sentences import split_sentences


@pytest.mark.parametrize(
    ("paragraph", "sentences"),
    [
        ("The answer was no. Staff said it would change.", 2),
        ("He said “no.” Then he left.", 2),
        ("See no. 5 and No. 7 of the list. It is long.", 2),
        ("Dr. Moor of St. Bede's spoke. We listened.", 2),
        ("Enquiries under s. 42 took approx. 28 days. That was long.", 2),
        ("It cost £1.5m in 2023. It was 3.5 times the price.", 2),
        ("People were content, e.g. with the van. So were carers.", 2),
        ("36 complaints were made (of which 19 were upheld). None was late.", 2),
    ],
)
def test_sentences_survive_abbreviations_numbers_and_quotations(paragraph: str, sentences: int) -> None:
    found = split_sentences(paragraph)
    assert len(found) == sentences, [one.text for one in found]
    assert " ".join(one.text for one in found) == paragraph
