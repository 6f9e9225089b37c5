"""Every stored query on both servers: the answers of the embedded store.

Oxigraph is asked each of its cases. Virtuoso, which takes a second for some, is asked the one with
the longest answer, where most can go wrong; all of them where it is known to go wrong.

Where an engine does not give them, ``differences.toml`` says so and why, and the command line
refuses what would be wrong (``councilgraph.store.engines``). The list is strict: a query that
is answered rightly after all, and one that is not listed and is not, both fail.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pyoxigraph
import pytest

from benchmarks.servers import ENGINES, Oxigraph, Server
from councilgraph.catalogue import Query, bind
from councilgraph.errors import CouncilgraphError, QueryError
from councilgraph.parameters import resolve
from councilgraph.results import Result, Triples
from councilgraph.store.dialect import portable
from councilgraph.store.embedded import OxigraphReader
from councilgraph.store.endpoint import Endpoint
from councilgraph.store.engines import WRONG
from tests.queries.answers import CATALOGUE, cases, expected, mini_graph, text

# engine to query id to [kind, reason]: "wrong" rows, "error" that says so, or "hangs" the server.
DIFFERENCES: dict[str, dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "differences.toml").read_text("utf-8")
)


@pytest.fixture(scope="module", params=list(ENGINES))
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    one = ENGINES[request.param](tmp_path_factory.mktemp(request.param))
    one.start()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in one.settings.items():
            patch.setenv(name, value)
        try:
            fill(Endpoint(one.place))
            yield one
        finally:
            one.stop()


def fill(endpoint: Endpoint) -> None:
    """Send the mini graph as a build would."""
    graph = OxigraphReader(mini_graph(), "")
    names = sorted({quad.graph_name.value for quad in graph.quads()})  # type: ignore[union-attr]
    lines = {name: graph.graph_ntriples(name).decode().splitlines(keepends=True) for name in names}
    endpoint.publish(
        {name: sha256(name.encode()).hexdigest() for name in names},
        {},
        {name: (len(told), lambda told=told: iter(told)) for name, told in lines.items()},  # type: ignore[misc]
        lambda: None,
    )


def answer(endpoint: Endpoint, query: Query, given: dict[str, str]) -> str:
    """As the command line answers, but for the refusals: these are what is proved here."""
    terms, limit = resolve(query, given, lambda sparql: endpoint.select(sparql)[1])
    sparql = portable(bind(query, terms, limit)).replace("#+ id:", "# ")
    if query.form == "CONSTRUCT":
        return text(Triples(endpoint.construct(sparql), query.name))
    names, rows = endpoint.select(sparql)
    return text(Result.of_terms(names, rows, query.columns, query.name))


def asked(server: Server, name: str, *, all_of_them: bool) -> list[tuple[Query, str, dict[str, str]]]:
    """The cases of a query that this server is asked."""
    own = [one for one in cases() if one[0].id == name]
    if all_of_them or isinstance(server, Oxigraph):
        return own
    return [max(own, key=lambda one: expected(one[0], one[1]).stat().st_size)]


@pytest.mark.parametrize("name", [query.id for query in CATALOGUE])
def test_a_server_answers_as_the_embedded_store_does(server: Server, name: str) -> None:
    listed = DIFFERENCES.get(type(server).__name__.lower(), {}).get(name)
    if listed and listed[0] == "hangs":
        with pytest.raises(QueryError, match=name):  # it is refused before it is sent
            Endpoint(server.place).select_stored(f"#+ id: {name}\nSELECT * {{}}")
        return
    endpoint = Endpoint(server.place)
    other = []
    for query, case, given in asked(server, name, all_of_them=bool(listed)):
        try:
            found = answer(endpoint, query, given)
        except CouncilgraphError as error:
            found = str(error)
        if found != expected(query, case).read_text("utf-8"):
            other.append(f"{name} {case}: {found[:600]}")
    assert bool(other) == bool(listed), other or f"{name} is right now: take it off the list"


def test_a_parameter_is_sent_as_bind_and_a_value_that_looks_like_one_stays() -> None:
    stored = '#+ id: Q01\nSELECT * { VALUES ?_a { UNDEF } VALUES ?_b { <urn:x> } VALUES ?_c { "a}b" } }'
    assert portable(stored).endswith('{  BIND(<urn:x> AS ?_b) VALUES ?_c { "a}b" } }')
    assert portable(stored[1:]) == stored[1:]


def test_what_an_engine_answers_wrongly_is_refused_by_its_name() -> None:
    wrong = {name: one for name, one in DIFFERENCES["virtuoso"].items() if one[0] in ("wrong", "hangs")}
    assert {name: one[1] for name, one in wrong.items()} == WRONG["Virtuoso/07.20"]
    assert "oxigraph" not in DIFFERENCES


def test_literals_come_back_as_they_were_but_for_what_is_listed(server: Server) -> None:
    iri = "https://w3id.org/councilgraph/graph/literals"
    xsd = "http://www.w3.org/2001/XMLSchema#"
    kept = [
        f'"2025-01-24"^^<{xsd}date>', f'"2025-03"^^<{xsd}gYearMonth>', f'"2025"^^<{xsd}gYear>',
        f'"2025-01-24T10:00:00Z"^^<{xsd}dateTime>', '"carers"@en', '"soignants"@fr', '""',
        '" spaces \\t and\\n lines \\"quoted\\" \\\\ "', '"é € 𐐀"', f'"{"long " * 12_000}"',
        "<https://example.org/é/ü>", f'"62.5"^^<{xsd}decimal>', f'"7"^^<{xsd}integer>',
    ]  # fmt: skip
    boolean = "1" if type(server).__name__ == "Virtuoso" else "true"
    changed = {
        f'"true"^^<{xsd}boolean>': boolean,
        f'"007"^^<{xsd}integer>': "7",
        f'"1.50"^^<{xsd}decimal>': "1.5",
    }
    lines = [f"<urn:s:{n}> <urn:p> {term} .\n" for n, term in enumerate([*kept, *changed])]
    endpoint = Endpoint(server.place)
    before = endpoint.content_digests()
    endpoint.publish({**before, iri: "x"}, {}, {iri: (len(lines), lambda: iter(lines))}, lambda: None)
    rows = endpoint.select(f"SELECT ?s ?o {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}")[1]
    held = {row[0].value: row[1] for row in rows}
    sent = {
        q.subject.value: q.object
        for q in pyoxigraph.parse("".join(lines), format=pyoxigraph.RdfFormat.N_TRIPLES)
    }
    assert len(held) == len(sent)
    for n in range(len(kept)):
        assert held[f"urn:s:{n}"] == sent[f"urn:s:{n}"]
    for n, value in enumerate(changed.values(), len(kept)):
        assert held[f"urn:s:{n}"].value == value
    endpoint.publish(before, {}, {}, lambda: None)
