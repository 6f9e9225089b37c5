"""What a request of the SPARQL 1.1 Protocol asks for, in each of the ways it can be sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl

from councilgraph.errors import QueryError
from councilgraph.explorer.negotiation import Form, choose
from councilgraph.service.failures import update_refused

_JSON = Form("json", "application/sparql-results+json", "JSON", ("application/json",))
_XML = Form("xml", "application/sparql-results+xml", "XML", ("application/xml", "text/xml"))
_CSV = Form("csv", "text/csv", "CSV", ("text/plain",))
_TSV = Form("tsv", "text/tab-separated-values", "TSV")
_TURTLE = Form("turtle", "text/turtle", "Turtle", ("application/x-turtle",))
_NT = Form("nt", "application/n-triples", "N-Triples", ("text/plain",))
_JSONLD = Form("jsonld", "application/ld+json", "JSON-LD", ("application/json",))
_RDFXML = Form("rdfxml", "application/rdf+xml", "RDF/XML", ("application/xml", "text/xml"))
_NQ = Form("nq", "application/n-quads", "N-Quads")
_TRIG = Form("trig", "application/trig", "TriG", ("application/x-trig",))
TABLES = (_JSON, _XML, _CSV, _TSV)
GRAPHS = (_TURTLE, _NT, _JSONLD, _RDFXML, _NQ, _TRIG)
# What clients write in the parameter "format" (or "output", or "results").
_NAMES = {
    **{form.suffix: form for form in (*TABLES, *GRAPHS)},
    **{"ttl": _TURTLE, "n3": _TURTLE, "ntriples": _NT, "nquads": _NQ},
    **{"json-ld": _JSONLD, "rdf+xml": _RDFXML, "rdf": _RDFXML},
}
_MOST_VALUES = 1000  # a thousand graphs; more is no query
FORM_BODY, QUERY_BODY = "application/x-www-form-urlencoded", "application/sparql-query"


class MediaTypeError(QueryError):
    """The body is of a type that the protocol does not know."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query of the protocol. ``query`` is None where there is none: the service is to describe itself.

    The graphs are None where the request names none at all.
    """

    query: str | None
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None
    format: str

    def forms(self, accept: str | None) -> dict[str, str]:
        """For each kind of answer the name of its form.

        A format in the request wins over the Accept header where it fits the answer: a link
        and a form in a page cannot set a header.
        """
        table, graph = _pick(TABLES, self.format, accept), _pick(GRAPHS, self.format, accept)
        # The standard defines CSV and TSV for tables only; clients take a "true" for a heading.
        yes_or_no = _pick(TABLES[:2], self.format, accept)
        return {"solutions": table.suffix, "boolean": yes_or_no.suffix, "graph": graph.suffix}


def read(method: str, query_string: bytes, content_type: str, body: bytes) -> Asked:
    """The request as the protocol means it.

    Raises:
        RefusedError: it wants to change the graph.
        MediaTypeError: the body is neither a form nor a query.
        QueryError: it cannot be read, or holds more than one query.
    """
    pairs = _pairs(query_string)
    if method == "POST":
        kind, _, options = content_type.partition(";")
        kind = kind.strip().lower()
        if kind == "application/sparql-update":
            raise update_refused()
        if kind not in (FORM_BODY, QUERY_BODY):
            raise MediaTypeError(
                f"A query cannot be sent as {kind[:80]!r}." if kind else "The request names no Content-Type.",
                cure=f"Send a form ({FORM_BODY}) with the field 'query', or the query as {QUERY_BODY}.",
            )
        charset = options.lower().partition("charset=")[2].strip(" \"';")
        if charset and charset not in ("utf-8", "utf8", "us-ascii"):
            raise QueryError(f"A query cannot be sent in {charset[:40]!r}.", cure="Send it in UTF-8.")
        pairs += _pairs(body) if kind == FORM_BODY else [("query", _text(body))]
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in pairs):
        raise update_refused()
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) > 1:
        raise QueryError("The request holds more than one query.", cure="Send one at a time.")
    if not queries and method == "POST":
        raise QueryError("The request holds no query.", cure="Send it in the field 'query'.")
    wanted = [value for name, value in pairs if name in ("format", "output", "results")]
    return Asked(
        queries[0] if queries else None,
        *_graphs(pairs),
        format=wanted[0].strip().lower() if wanted else "",
    )


def preferred(accept: str | None, forms: tuple[Form, ...]) -> Form:
    """The form that a client likes best, or the first.

    Clients are known that ask for JSON of a table whatever their query gives; HTTP lets a
    server answer them in another form, which they read, instead of refusing.
    """
    return choose(accept, forms) or forms[0]


def _pick(forms: tuple[Form, ...], named: str, accept: str | None) -> Form:
    found = _NAMES.get(named)
    return found if found in forms and found is not None else preferred(accept, forms)


def media_type(form: str) -> str:
    """The Content-Type of a form."""
    return next(one.content_type for one in (*TABLES, *GRAPHS) if one.suffix == form)


def _graphs(
    pairs: Iterable[tuple[str, str]],
) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    default = tuple(value for name, value in pairs if name == "default-graph-uri" and value)
    named = tuple(value for name, value in pairs if name == "named-graph-uri" and value)
    return (default, named) if default or named else (None, None)


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            _text(encoded),
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=_MOST_VALUES,
        )
    except UnicodeDecodeError:
        raise _not_utf8() from None
    except ValueError:
        raise QueryError(
            f"The request holds more than {_MOST_VALUES} values.", cure="Send one query."
        ) from None


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise _not_utf8() from None


def _not_utf8() -> QueryError:
    return QueryError("The request is not UTF-8.", cure="Send the query in UTF-8.")
