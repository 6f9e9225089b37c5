"""Answers as a piece of HTML for a notebook: a look at them, never the whole of a long one.

A report's text is somebody else's: nothing in it may become mark-up, a link, a script or a
formula. There is no style and no script in what is written, so a notebook shows it in its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from councilgraph.catalogue import Column
from councilgraph.results.values import HIDDEN, Iri, Value, shown

MOST_ROWS, MOST_LINES = 20, 40
# Notebooks set what stands between two "$" as a formula, and a formula can hold a link with a
# script in it; these two names of classes tell both generations of their typesetter to keep off.
_PLAIN = '<div class="tex2jax_ignore mathjax_ignore">'
_ADDRESS = re.compile(r"https?://[^\s\"'<>`\\]+")


def table(title: str, columns: Sequence[Column], rows: Sequence[tuple[Value, ...]], *, held: str = "") -> str:
    """The first rows as a table, with the number of all.

    ``held`` says where the rows are that are not shown. A thing's IRI becomes the link of its
    name; a page's address becomes a link that is called like its column.
    """
    names = [column.name for column in columns]
    shown_columns = [
        n
        for n, name in enumerate(names)
        if not (name.endswith("-iri") and name.removesuffix("-iri") in names)
    ]
    head = "".join(f'<th scope="col">{_text(names[n])}</th>' for n in shown_columns)
    lines = [_PLAIN, "<table>", f"<caption>{_text(title)}</caption>" if title else ""]
    lines.append(f"<thead><tr>{head}</tr></thead>")
    lines.append("<tbody>")
    for row in rows[:MOST_ROWS]:
        cells = "".join(f"<td>{_cell(names, row, columns[n], n)}</td>" for n in shown_columns)
        lines.append(f"<tr>{cells}</tr>")
    lines += ["</tbody>", "</table>", f"<p>{_counted(len(rows), MOST_ROWS, 'row', held)}</p>", "</div>"]
    return "\n".join(line for line in lines if line) + "\n"


def text(title: str, content: str, *, count: int, unit: str, held: str = "") -> str:
    """The first lines of a text as they are, under a title; ``count`` of ``unit`` are in the whole."""
    lines = content.splitlines()
    left = len(lines) - MOST_LINES
    more = f" The first {MOST_LINES} lines are shown. {held}" if left > 0 else ""
    body = "\n".join(lines[:MOST_LINES])
    return (
        f"{_PLAIN}\n<p>{_text(title)}</p>\n<pre>{_text(body, keep=chr(10))}</pre>\n"
        f"<p>{count} {unit}{'' if count == 1 else 's'}.{escape(more.rstrip())}</p>\n</div>\n"
    )


def drawing(svg: str, note: str) -> str:
    """A drawing of ours, which is an element that can stand in a page as it is, and its note."""
    return f"{_PLAIN}\n{svg}\n<p>{_text(note)}</p>\n</div>\n"


def _cell(names: list[str], row: tuple[Value, ...], column: Column, at: int) -> str:
    value = row[at]
    if value is None or value == "":
        return ""
    own = f"{column.name}-iri"
    if own in names:
        return _link(row[names.index(own)], shown(value))
    if isinstance(value, str) and (column.type == "iri" or isinstance(value, Iri)):
        # A column of one's own query has no label beside it, so its IRI is all there is to read.
        return _link(value, column.name if column.type == "iri" else str(value))
    return _text(shown(value))


def _link(address: Value, label: str) -> str:
    if not isinstance(address, str) or not _ADDRESS.fullmatch(address):
        return _text(label or shown(address))
    return (
        f'<a href="{escape(address)}" rel="noopener noreferrer" target="_blank">{_text(label or address)}</a>'
    )


def _text(text: str, *, keep: str = "") -> str:
    hidden = {mark: put for mark, put in HIDDEN.items() if chr(mark) not in keep}
    return escape(text.translate(hidden))


def _counted(count: int, most: int, unit: str, held: str) -> str:
    whole = f"{count} {unit}{'' if count == 1 else 's'}."
    return escape(f"{whole} The first {most} are shown. {held}".strip() if count > most else whole)
