"""What a page says of itself in schema.org terms, for search engines: JSON-LD inside the HTML.

It stands in a ``script`` element of a type that no browser runs, so the page's policy lets
it pass; every sign that could end that element is written as an escape.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from councilgraph.explorer.naming import names_of
from councilgraph.explorer.page import Page
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import DEF, IRIS
from councilgraph.notice import LICENCE
from councilgraph.terms import OWL, SKOS
from councilgraph.version import __version__
from councilgraph.writing.catalog import ABOUT, TITLE

_TYPES = {
    DEF + "Council": "GovernmentOrganization",
    DEF + "Organisation": "Organization",
    DEF + "Strategy": "CreativeWork",
    DEF + "Assessment": "Report",
    DEF + "Act": "Legislation",
    DEF + "ActSection": "Legislation",
    SKOS + "Concept": "DefinedTerm",
    SKOS + "ConceptScheme": "DefinedTermSet",
}
_MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# "<" could end the script element, and the separators end a line in JavaScript of old.
_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}

Link = Callable[..., str]


def markup(page: Page, snapshot: Snapshot, address: str, link: Link, live: bool) -> Markup:
    """The page as JSON-LD, ready to stand in a ``script`` element.

    Addresses in it are relative as those of the page are: a reader takes them from where the
    page stands, on a server or as a file.
    """
    graph = [_page(page, snapshot, address, link)]
    if page.crumbs:
        graph.append(_crumbs(page, address, link))
    if address == "/":
        graph.append(_whole(link))
    elif page.tables and not page.about:
        graph.append(_data(page, address, link, live))
    if page.about:
        graph.append(_about(page.about, snapshot))
    return script_data({"@context": "https://schema.org", "@graph": graph})


def script_data(value: Any) -> Markup:
    """A value as JSON that cannot leave the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_ESCAPES))


def _page(page: Page, snapshot: Snapshot, address: str, link: Link) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "WebSite" if address == "/" else "WebPage",
        "name": page.title,
        "url": link(address),
        "inLanguage": "en-GB",
        "license": LICENCE,
        "version": f"{snapshot.version}, councilgraph {__version__}",
        "isBasedOn": "https://www.cqc.org.uk/",
    }
    if page.description:
        found["description"] = page.description
    if page.about:
        found["about"] = {"@id": page.about}
    return found


def _crumbs(page: Page, address: str, link: Link) -> dict[str, Any]:
    steps = [*page.crumbs, (page.title, address)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": label, "item": link(to)}
            for place, (label, to) in enumerate(steps, 1)
        ],
    }


def _data(page: Page, address: str, link: Link, live: bool) -> dict[str, Any]:
    """The tables of the page as a data set: search engines for data list such pages."""
    forms = _MEDIA if live else {form: media for form, media in _MEDIA.items() if form != "xlsx"}
    return {
        "@type": "Dataset",
        "name": page.title,
        # Data set search wants at least fifty characters.
        "description": page.description if len(page.description) >= 50 else _described(page),
        "url": link(address),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "isPartOf": {"@id": IRIS.thing("dataset", "councilgraph")},
        "creator": {"@type": "Organization", "name": "The councilgraph contributors"},
        "variableMeasured": list(
            dict.fromkeys(c.help or c.name for table in page.tables for c in table.columns)
        )[:40],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": media, "contentUrl": link(address, form)}
            for form, media in forms.items()
        ],
    }


def _whole(link: Link) -> dict[str, Any]:
    """The graph itself as a data set."""
    return {
        "@type": "Dataset",
        "@id": IRIS.thing("dataset", "councilgraph"),
        "name": TITLE,
        "description": ABOUT,
        "url": link("/"),
        "license": LICENCE,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": "The councilgraph contributors"},
        "version": __version__,
        "spatialCoverage": "England",
    }


def _described(page: Page) -> str:
    tables = "; ".join(table.title for table in page.tables)
    return f"{page.title}. Tables from the assessments of English councils' adult social care: {tables}."


def _about(iri: str, snapshot: Snapshot) -> dict[str, Any]:
    names = names_of(snapshot)
    kinds = [_TYPES[one] for one, _ in names.types(iri) if one in _TYPES]
    found: dict[str, Any] = {"@type": kinds[0] if kinds else "Thing", "@id": iri, "name": names.of(iri)}
    if same := sorted(names.values(iri, OWL + "sameAs")):
        found["sameAs"] = same
    return found
