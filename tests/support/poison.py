"""A store in which every name, sentence and web address is hostile.

Whatever way a text takes to a page, a file or a picture, it brings this along: where one of
them is not escaped, an element or an attribute appears that nobody wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph

from councilgraph.iris import DEF
from councilgraph.search.index import write_index
from councilgraph.store.embedded import open_embedded
from councilgraph.store.newbuild import NewBuild, writing
from councilgraph.terms import DCTERMS, OA, RDFS, SKOS

# Attribute, element, comment, template and terminal; right-to-left, bell and a character that XML forbids.
HEAD = '=HYPERLINK("http://evil.example/","open")'
TAIL = (
    "\" onxss=\"1\" ' onxss='1' </title></textarea></style></script></svg>]]>--><xss-mark onxss=1>"
    "<img src=x onerror=alert(1)><script>alert(2)</script>{{ 7*1911 }}{% raw %}${7*1911}"
    "&lt;xss-mark&gt;\u202egnp.\u2066\x07\x1b[31m\ufffe\r\nSet-Cookie: a=b"
)
# What text becomes of a template that runs twice.
COMPUTED = str(7 * 1911)
ELEMENT, ATTRIBUTE = "xss-mark", "onxss"
SCRIPT = "javascript:alert(document.domain)//"

_TEXTS = frozenset(
    (
        *(RDFS + name for name in ("label", "comment")),
        *(SKOS + name for name in ("prefLabel", "altLabel", "definition", "note", "editorialNote")),
        *(DCTERMS + name for name in ("title", "description", "bibliographicCitation")),
        *(DEF + name for name in ("shortName", "fullName", "exactText", "counts", "givenBy")),
        OA + "exact",
        "https://schema.org/keywords",
    )
)
_TOLD = frozenset(("message", "text", "title", "where", "value", "what"))
_ADDRESSES = frozenset(
    (
        "http://xmlns.com/foaf/0.1/homepage",
        "http://www.w3.org/ns/dcat#landingPage",
        DEF + "reportPage",
        RDFS + "seeAlso",
    )
)


def poisoned(store: Path, place: Path) -> Path:
    """A copy of a store, poisoned, at ``place``: its source files, database, index and manifest."""
    manifest = open_embedded(str(store)).manifest()
    with writing(str(place)):
        files = []
        for source in manifest["sources"]:
            files.append(place / "sources" / source["file"])
            quads = pyoxigraph.parse(
                path=str(store / "sources" / source["file"]), format=pyoxigraph.RdfFormat.N_QUADS
            )
            with files[-1].open("wb") as out:
                pyoxigraph.serialize(map(_poison, quads), out, pyoxigraph.RdfFormat.N_QUADS)
        build = NewBuild(str(place), "poisoned")
        _fill(build, files)
        build.publish(_words(manifest))
    return place


def _words(told: Any) -> Any:
    """The warnings in a manifest, and the titles and addresses of files, poisoned too."""
    if isinstance(told, dict):
        return {
            name: HEAD + value + TAIL if name in _TOLD and isinstance(value, str) else _words(value)
            for name, value in told.items()
        }
    return [_words(one) for one in told] if isinstance(told, list) else told


def _fill(build: NewBuild, files: list[Path]) -> None:
    """In a function of its own: who still holds the database keeps it from being published."""
    build.load_all(map(str, files))
    graph = build.graph
    assert graph is not None
    graphs = sorted(one.value for one in graph.named_graphs())
    write_index(build.search_index, lambda sparql: _select(graph, sparql), graphs)


def _poison(quad: pyoxigraph.Quad) -> pyoxigraph.Quad:
    what, by, value, graph = quad.subject, quad.predicate, quad.object, quad.graph_name
    if isinstance(value, pyoxigraph.Literal) and by.value in _TEXTS:
        text = HEAD + value.value + TAIL
        spoken = {"language": value.language} if value.language else {"datatype": value.datatype}
        return pyoxigraph.Quad(what, by, pyoxigraph.Literal(text, **spoken), graph)  # type: ignore[arg-type]
    if isinstance(value, pyoxigraph.NamedNode) and by.value in _ADDRESSES:
        return pyoxigraph.Quad(what, by, pyoxigraph.NamedNode(SCRIPT), graph)
    return quad


def _select(graph: pyoxigraph.Store, sparql: str) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    solutions = graph.query(sparql)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return [v.value for v in solutions.variables], (tuple(one) for one in solutions)
