"""The forms in which a comparison can be had."""

from __future__ import annotations

import io
import os
from datetime import date

from councilgraph.diff.changes import Comparison, wordless
from councilgraph.errors import UsageError

FORMS = {
    "text": (".txt",),
    "json": (".json",),
    "markdown": (".md",),
    "html": (".html", ".htm"),
    "csv": (".csv",),
    "tsv": (".tsv",),
    "xlsx": (".xlsx",),
    "notes": (),
    "atom": (".atom", ".xml"),
}
"""Each form with the endings of file names that mean it."""
PUBLISHED = frozenset({"notes", "atom"})
"""Forms that never hold a word of a report."""


def form_of(path: str | None) -> str:
    """The form that the ending of a file name asks for; text where it asks for none."""
    ending = os.path.splitext(path or "")[1].casefold()
    return next((name for name, endings in FORMS.items() if ending in endings), "text")


def written(
    found: Comparison,
    form: str,
    *,
    sentences: bool = True,
    quiet: bool = False,
    day: date | None = None,
    earlier: str | None = None,
) -> bytes:
    """The comparison in one of ``FORMS``, as bytes (UTF-8 where it is text).

    ``sentences`` shows the words of the reports; ``quiet`` also lists what only moved or was
    regraded (JSON and tables have it always); ``day`` and ``earlier`` are those of ``feed``.

    Raises:
        UsageError: there is no such form, or a feed has no day. InputError: as ``feed``.
    """
    if form in PUBLISHED or not sentences:
        found = wordless(found)
    # Each form imports its own library only.
    if form == "atom":
        from councilgraph.diff.feed import feed

        return feed(found, day, earlier)
    if form == "html":
        from councilgraph.diff.page import page

        return _safe(page(found, quiet=quiet))
    if form in ("json", "csv", "tsv", "xlsx"):
        from councilgraph.diff.records_out import as_json, as_table
        from councilgraph.results import write

        if form == "json":
            return as_json(found).encode()
        out = io.BytesIO()
        write(as_table(found), form, out)
        return out.getvalue()
    from councilgraph.diff import plain

    if form == "notes":
        return _safe(plain.notes(found))
    if form in ("text", "markdown"):
        told = plain.text if form == "text" else plain.markdown
        return _safe(told(found, quiet=quiet))
    raise UsageError(f"There is no form '{form}'.", cure=f"Choose one of: {', '.join(FORMS)}.")


def _safe(text: str) -> bytes:
    """Without control characters: a page from outside must not command a terminal."""
    return "".join(c if c == "\n" or c.isprintable() else " " for c in text).encode()
