"""Pages as HTML: Jinja2 with everything escaped and nothing undefined.

What a template is given, beside the page's own ``content``: ``page``, ``address`` (of this
page, as the pages know it), ``link(address, suffix, table)``, ``has(address)``, ``live`` (is
there a server behind it?), ``menu`` and ``version``. Text of reports reaches HTML through autoescaping
only; ``|safe`` is for the SVG that we build ourselves.
"""

from __future__ import annotations

import os
from functools import cache
from typing import Any

import jinja2
from markupsafe import Markup

from councilgraph.errors import CouncilgraphError
from councilgraph.explorer.filters import FILTERS
from councilgraph.explorer.links import Links
from councilgraph.explorer.markup import markup
from councilgraph.explorer.page import Page, Table
from councilgraph.explorer.pages import menu
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.explorer.thing_page import local
from councilgraph.iris import DEF
from councilgraph.version import __version__

FOLDER = os.path.dirname(os.path.abspath(__file__))
STATIC = os.path.join(FOLDER, "static")
# A table with more rows is cut in the page, which says so and offers the whole as a file.
MOST_ROWS_SHOWN = 200


@cache
def environment() -> jinja2.Environment:
    """The templates, compiled once."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(os.path.join(FOLDER, "templates")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters.update(FILTERS)
    made.globals["most_rows"] = MOST_ROWS_SHOWN
    return made


def render(page: Page, snapshot: Snapshot, links: Links, live: bool, *, address: str = "/") -> str:
    """The page as a whole HTML document.

    ``address`` is where the page stands, as the pages know it ("/councils?region=..."): its
    downloads and page turns are made from it.
    """
    return _document(
        page.template,
        links,
        live,
        {
            "page": page,
            "address": address,
            "version": snapshot.version,
            "markup": markup(page, snapshot, address, links.to, live),
            # A term of the ontology is no file of its own: it stands in that of /def.
            "entity": local(page.about) if live and not page.about.startswith(DEF) else "",
            **page.content,
        },
    )


def render_error(
    error: CouncilgraphError, title: str, links: Links, *, status: int, version: str = ""
) -> str:
    """An error as a page: what is wrong, where, and what to do."""
    page = Page("error.html", title)
    content = {
        **{"page": page, "address": "/", "version": version, "error": error, "status": status},
        **{"markup": "", "entity": ""},
    }
    return _document("error.html", links, True, content)


def _document(template: str, links: Links, live: bool, content: dict[str, Any]) -> str:
    def link(address: str, suffix: str = "", table: str = "") -> str:
        return links.to(address, suffix, table)

    def svg(text: str) -> Markup:
        """SVG that `councilgraph.pictures` made: its text was escaped when it was built."""
        return Markup(text)

    common = {
        **{"link": link, "svg": svg, "live": live, "has": links.has, "software": __version__},
        "menu": (*menu(), *links.also),
    }
    return environment().get_template(template).render({**common, **content})


def shown_rows(table: Table) -> int:
    """How many rows of a table stand in the page."""
    return min(len(table.rows), MOST_ROWS_SHOWN)
