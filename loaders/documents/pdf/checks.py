"""What a PDF does not tell as text: pictures of pages, letters without a meaning.

A page that is only a picture would be left out without a word, and with it the findings on
it: a file with one is refused, or the page is named in a warning.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from councilgraph.errors import InputError
from councilgraph.model import LoadWarning
from loaders.documents.pdf.extract import PageText

_PICTURE = 0.25  # of the page: a smaller one is a logo
_LARGE_PICTURE = 0.5
_SHAPES = 200  # letters that were turned into outlines are as many shapes
_FEW = 200  # characters: a caption
_MOST_UNREAD = 0.02  # of all characters
_OCR = (
    "Make its text readable first (OCR), for instance with 'ocrmypdf report.pdf readable.pdf', "
    "and give the new file."
)


def checked(pages: Sequence[PageText], path: Path) -> tuple[LoadWarning, ...]:
    """What a person should know of pages that are read; their running heads are gone.

    Raises:
        InputError: pages are pictures of text, or their letters cannot be read.
    """
    lengths = {page.number: sum(len(span.text) for span in page.spans) for page in pages}
    if not any(lengths.values()):
        made = ": its pages are pictures, such as a scanner makes" if any(map(_is_picture, pages)) else ""
        raise InputError(
            f"The PDF holds no text{made}.",
            where=str(path),
            cure=_OCR,
        )
    pictures = [p.number for p in pages if not lengths[p.number] and _is_picture(p)]
    # The first and the last page of a print are often a cover.
    if inside := [n for n in pictures if n not in (1, len(pages))]:
        raise InputError(
            f"The PDF holds pictures of text instead of text on {_named(inside)}.",
            where=f"{path} page {inside[0]}",
            cure=_OCR,
        )
    unread = {p.number: p.unread for p in pages if p.unread}
    if sum(unread.values()) > _MOST_UNREAD * sum(lengths.values()):
        raise InputError(
            f"The letters on {_named(list(unread))} cannot be read as text: the PDF's fonts do not say what "
            "they stand for.",
            where=f"{path} page {next(iter(unread))}",
            cure=_OCR,
        )
    captions = [p.number for p in pages if 0 < lengths[p.number] < _FEW and p.picture >= _LARGE_PICTURE]
    return tuple(
        LoadWarning(code, f"{message} on {_named(numbers)}.", f"{path.name} page {numbers[0]}")
        for code, message, numbers in (
            ("page-without-text", "There is a picture and no text", pictures),
            ("picture-on-page", "There is a large picture, and text in it is not read,", captions),
            ("characters-not-read", "Characters could not be read", list(unread)),
            ("turned-text", "Text that stands askew is left out", [p.number for p in pages if p.turned]),
            ("hidden-text", "Text outside the page is left out", [p.number for p in pages if p.unseen]),
        )
        if numbers
    )


def _is_picture(page: PageText) -> bool:
    return page.picture >= _PICTURE or page.paths >= _SHAPES


def _named(pages: Sequence[int]) -> str:
    """The pages in words.

    >>> _named([4]), _named([1, 2, 9])
    ('page 4', 'pages 1, 2, 9')
    """
    more = f" and {len(pages) - 8} more" if len(pages) > 8 else ""
    return f"page{'s' if len(pages) > 1 else ''} {', '.join(map(str, pages[:8]))}{more}"
