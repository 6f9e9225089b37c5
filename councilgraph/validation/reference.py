"""The reference engine: pySHACL on an rdflib graph in memory.

Never on a graph that Oxigraph keeps: pySHACL then compares a plain string of ``sh:in`` with the
store's ``xsd:string`` and reports good data.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Any

from councilgraph.errors import InputError, ValidationError
from councilgraph.validation.results import ValidationReport, ValidationResult, severity_of
from councilgraph.validation.shapes import SH, Shapes

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node


@contextmanager
def quiet_rdflib() -> Iterator[None]:
    """Keep rdflib from logging a traceback for an ill-typed literal: a shape reports it in words."""
    logger = logging.getLogger("rdflib.term")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def read_graph(ntriples: bytes) -> Graph:
    """Read N-Triples into an rdflib graph, every literal with the very letters it was written in.

    rdflib's own reader rewrites "01.50" to "1.50", so a result would name a value that is not in
    the data, and the two engines would disagree.

    Raises:
        InputError: the bytes are no N-Triples.
    """
    import pyoxigraph as ox
    from rdflib import BNode, Graph, Literal, URIRef

    def node(term: Any) -> Node:
        if isinstance(term, ox.NamedNode):
            return URIRef(term.value)
        if isinstance(term, ox.BlankNode):
            return BNode(term.value)
        if term.language:
            return Literal(term.value, lang=term.language)
        plain = term.datatype.value == "http://www.w3.org/2001/XMLSchema#string"
        datatype = None if plain else URIRef(term.datatype.value)
        return Literal(term.value, datatype=datatype, normalize=False)

    graph = Graph(bind_namespaces="none")
    try:
        with quiet_rdflib():
            for quad in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES):
                graph.add((node(quad.subject), node(quad.predicate), node(quad.object)))
    except (SyntaxError, ValueError) as error:
        raise InputError(
            f"The graph is no N-Triples: {error}.",
            cure="Write the graph again; one triple a line, each ended by a full stop.",
        ) from error
    return graph


def ntriples_term(term: Node) -> str:
    """A term of rdflib in N-Triples syntax, the same letters as the fast engine gives."""
    import pyoxigraph as ox
    from rdflib import BNode, Literal

    if isinstance(term, Literal):
        if term.language:
            return str(ox.Literal(str(term), language=term.language))
        datatype = ox.NamedNode(str(term.datatype)) if term.datatype else None
        return str(ox.Literal(str(term), datatype=datatype))
    return f"_:{term}" if isinstance(term, BNode) else f"<{term}>"


class ReferenceEngine:
    """Parses the shapes once; each graph costs some tenths of a second."""

    name = "reference"

    def __init__(self, shapes: Shapes) -> None:
        self._shapes = shapes
        self._graph: Graph | None = None
        self._queries: dict[str, Any] = {}
        # pySHACL keeps what it reads on the shapes graph, so two validations take turns.
        self._lock = Lock()

    def _shapes_graph(self) -> Graph:
        if self._graph is None:
            from rdflib import Graph

            try:
                self._graph = Graph().parse(data=self._shapes.turtle, format="turtle")
            except Exception as error:  # rdflib's BadSyntax is no subclass of a public error
                raise ValidationError(
                    f"The shapes are no Turtle: {error}.",
                    where=", ".join(map(str, self._shapes.files)),
                    cure="Correct the shapes file.",
                ) from error
        return self._graph

    def _remember_queries(self, graph: Graph) -> None:
        """Let a graph parse each query once, not once for each node (most of pySHACL's time)."""
        from rdflib.plugins.sparql import prepareQuery

        plain = graph.query

        def query(text: Any, *args: Any, **kwargs: Any) -> Any:
            if isinstance(text, str):
                if text not in self._queries:
                    self._queries[text] = prepareQuery(text)
                text = self._queries[text]
            return plain(text, *args, **kwargs)

        graph.query = query  # type: ignore[method-assign, assignment]

    def validate(self, ntriples: bytes) -> ValidationReport:
        """As ``Engine.validate``."""
        import pyshacl
        from pyshacl.errors import ValidationFailure
        from rdflib import Graph

        data = read_graph(ntriples)
        with self._lock:
            shapes = self._shapes_graph()
            self._remember_queries(data)
            try:
                _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
            except Exception as error:
                # pySHACL lets through what rdflib raises: TypeError where it compares an ill-typed
                # date with a good one, SPARQLTypeError where it sums text. None of it may reach a
                # user as a traceback.
                raise ValidationError(
                    f"The reference engine stops: {error}.",
                    cure="Use the fast engine to see what is wrong with the graph.",
                ) from error
        if isinstance(report, ValidationFailure) or not isinstance(report, Graph):
            raise ValidationError(
                f"The reference engine cannot run these shapes: {report}.",
                where=", ".join(map(str, self._shapes.files)),
                cure="Correct the shapes file.",
            )
        return ValidationReport.of(self._results(report), engine=self.name)

    def _results(self, report: Graph) -> list[ValidationResult]:
        from rdflib import RDF, URIRef

        found = []
        for result in report.subjects(RDF.type, URIRef(f"{SH}ValidationResult")):
            terms = {
                str(predicate).removeprefix(SH): term for predicate, term in report.predicate_objects(result)
            }
            shape = str(terms["sourceShape"])
            own = self._shapes.message(shape)
            # Where a query has a message of its own, pySHACL gives both; the query's, which names
            # the value, is the one that the fast engine gives.
            told = {str(text) for text in report.objects(result, URIRef(f"{SH}resultMessage"))}
            focus = terms["focusNode"]
            path, value = terms.get("resultPath"), terms.get("value")
            found.append(
                ValidationResult(
                    focus=str(focus),
                    path=None if path is None else str(path),
                    value=None if value is None else ntriples_term(value),
                    component=str(terms["sourceConstraintComponent"]).removeprefix(SH),
                    shape=shape,
                    severity=severity_of(str(terms["resultSeverity"]).removeprefix(SH)),
                    message=min(told - {own}, default=own),
                )
            )
        return found
