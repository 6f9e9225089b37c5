"""A picture as a page of its own: the drawing, its note and its table in one file.

The file asks nobody for anything: its policy allows its own style and nothing else, so that
it can be sent by mail, opened from a disk and put on any server.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html import escape

from councilgraph.catalogue import Column
from councilgraph.pictures.model import Picture
from councilgraph.pictures.sheet import SOURCE, day
from councilgraph.pictures.text import clean
from councilgraph.results.values import Value, shown

STYLE = """
body{margin:0 auto;max-width:90rem;padding:1rem;color:#1b1b1b;background:#fff;line-height:1.5;
font-family:"DejaVu Sans",Verdana,Arial,sans-serif}
h1{font-size:1.4rem;line-height:1.25}
p{max-width:50rem}
figure{margin:1rem 0}
.scroll{overflow-x:auto;margin:1rem 0}
svg{max-width:max(100%,60rem);height:auto}
:focus-visible{outline:3px solid #1b1b1b;outline-offset:2px}
table{border-collapse:collapse;font-size:.85rem}
caption{text-align:left;font-weight:bold;padding:.5rem 0}
th,td{padding:.3rem .7rem .3rem 0;text-align:left;vertical-align:top;border-bottom:1px solid #b9b9b9}
thead th{vertical-align:bottom;border-bottom:2px solid #1b1b1b}
tbody th{font-weight:normal;min-width:12rem}
.n{text-align:right}
a{color:#0b4f8f}
footer{margin-top:2rem;border-top:1px solid #b9b9b9;font-size:.9rem}
@media print{.scroll{overflow:visible}}
"""
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
# What a server must send with the page; frame-ancestors means nothing inside a page.
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'"
_NUMBERS = ("integer", "decimal")


def as_page(picture: Picture) -> bytes:
    """The page, in UTF-8."""
    return "".join(_parts(picture)).encode()


def _parts(picture: Picture) -> Iterator[str]:
    title, table = escape(clean(picture.title)), picture.table
    yield (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="generator" content="councilgraph">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n<p>{escape(clean(picture.note))}</p>\n"
        '<figure>\n<div class="scroll" tabindex="0" role="region" aria-label="The picture">'
        f"{picture.svg}</div>\n"
        "</figure>\n<h2>The numbers of this picture</h2>\n"
        '<div class="scroll" tabindex="0" role="region" aria-label="The table">\n<table>\n'
        f"<caption>{escape(clean(table.title))} ({len(table.rows):,} rows)</caption>\n<thead><tr>"
    )
    # The name of a thing stands beside its address, which is for programs.
    shown_at = [at for at, column in enumerate(table.columns) if not column.name.endswith("-iri")]
    for at in shown_at:
        column = table.columns[at]
        yield f'<th scope="col"{_class(column)} title="{escape(column.help)}">{escape(_heading(column))}</th>'
    yield "</tr></thead>\n<tbody>\n"
    for row in table.rows:
        yield "<tr>"
        for place, at in enumerate(shown_at):
            column, cell = table.columns[at], _cell(table.columns[at], row[at])
            yield f'<th scope="row">{cell}</th>' if place == 0 else f"<td{_class(column)}>{cell}</td>"
        yield "</tr>\n"
    yield f"</tbody>\n</table>\n</div>\n</main>\n<footer><p>{escape(SOURCE)}</p></footer>\n</body>\n</html>\n"


def _heading(column: Column) -> str:
    words = column.name.replace("-", " ")
    return words[:1].upper() + words[1:]


def _class(column: Column) -> str:
    return ' class="n"' if column.type in _NUMBERS else ""


def _cell(column: Column, value: Value) -> str:
    text = clean(shown(value))
    if column.type == "iri":
        # An address of a report becomes a link only if it leads to a web page and runs nothing.
        web = re.fullmatch(r"https?://[^\s\"'<>\\]+", text)
        return f'<a href="{escape(text)}" rel="noreferrer">{escape(column.name)}</a>' if web else escape(text)
    return escape(day(text) if column.type in ("date", "month") else text)
