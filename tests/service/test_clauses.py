"""No spelling of SERVICE gets past, and words that only look like it do no harm."""

from __future__ import annotations

import contextlib

import pyoxigraph
import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from councilgraph.service.clauses import asks_others, check_others, names_its_graphs
from councilgraph.service.failures import RefusedError
from tests.service.conftest import Other

HOST = "HOST"  # stands for the other endpoint in the queries below

ASKS = [
    f"SELECT * {{ SERVICE <http://{HOST}/> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ service<http://{HOST}/>{{ ?s ?p ?o }} }}",
    f"SELECT * {{ SeRvIcE SILENT <http://{HOST}/> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICESILENT<http://{HOST}/>{{ ?s ?p ?o }} }}",
    f"SELECT * {{ SERVICE # a comment }}\n <http://{HOST}/> # another\n {{ ?s ?p ?o }} }}",
    f"PREFIX e: <http://{HOST}/> SELECT * {{ SERVICE e: {{ ?s ?p ?o }} }}",
    f"PREFIX : <http://{HOST}/> SELECT * {{ SERVICE:x{{ ?s ?p ?o }} }}",
    f"BASE <http://{HOST}/> SELECT * {{ SERVICE <x> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ VALUES ?e {{ <http://{HOST}/> }} SERVICE ?e {{ ?s ?p ?o }} }}",
    f"SELECT * {{ {{ {{ OPTIONAL {{ SERVICE <http://{HOST}/> {{ ?s ?p ?o }} }} }} }} }}",
    f"SELECT * {{ {{}} UNION {{ SERVICE <http://{HOST}/> {{ ?s ?p ?o }} }} }}",
    f"SELECT * {{ {{ SELECT * {{ SERVICE <http://{HOST}/> {{ ?s ?p ?o }} }} }} }}",
    f"ASK {{ FILTER EXISTS {{ SERVICE <http://{HOST}/> {{ ?s ?p ?o }} }} }}",
    f"CONSTRUCT {{ ?s ?p ?o }} {{ SERVICE <http://{HOST}/> {{ ?s ?p ?o }} }}",
    f"DESCRIBE ?o {{ SERVICE <http://{HOST}/> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ BIND('#' AS ?x) SERVICE <http://{HOST}/> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ BIND('\\'' AS ?x) SERVICE <http://{HOST}/> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ BIND('''it's''' AS ?x) SERVICE <http://{HOST}/> {{ ?s ?p ?o }} }}",
    f'SELECT * {{ BIND("""a"b""" AS ?x) SERVICE <http://{HOST}/> {{ ?s ?p ?o }} }}',
    f"PREFIX e: <http://e/> SELECT * {{ VALUES ?x {{ e:a\\'b }} SERVICE <http://{HOST}/> {{ ?s ?p 'o' }} }}",
    f"PREFIX e: <http://e/> SELECT * {{ VALUES ?x {{ e:a\\#b }} SERVICE <http://{HOST}/> {{ ?s ?p ?o }} }}",
    f"SELECT * {{ VALUES ?x {{ 1 }} FILTER(?x<2)SERVICE<http://{HOST}/>{{ ?s ?p ?o }} }}",
    "SELECT * { SERVICE <http://\\u0031\\u0032\\u0037.0.0.1:9/> { ?s ?p ?o } }",
]
ASKS_NOBODY = [
    "SELECT * { ?s ?p 'SERVICE <http://h/> { }' }",
    'SELECT * { ?s ?p """SERVICE <http://h/> {""" }',
    "SELECT * { ?s ?p ?o } # SERVICE <http://h/> {",
    "SELECT ?service { ?service ?p ?o }",
    "SELECT * { ?s <http://h/service> ?o }",
    "PREFIX e: <http://e/> SELECT * { ?s e:service ?o }",
    "PREFIX e: <http://e/> SELECT * { ?s e:service ?x { ?s ?p ?o } }",
    "PREFIX service: <http://e/> SELECT * { GRAPH service:x { ?s ?p ?o } }",
    'SELECT * { ?s ?p ?o FILTER(CONTAINS(?o, "social service")) }',
]


@pytest.mark.parametrize("query", ASKS)
def test_every_spelling_of_service_is_seen(query: str) -> None:
    assert asks_others(query)
    assert asks_others(query, strictly=True)
    with pytest.raises(RefusedError):
        check_others(query, ["allowed.example"])


@pytest.mark.parametrize("query", ASKS_NOBODY)
def test_words_that_only_look_like_service_are_let_through(query: str) -> None:
    pyoxigraph.Store().query(query)  # it is SPARQL
    assert not asks_others(query)


def test_the_engine_reads_words_without_their_borders_and_so_do_we(other: Other) -> None:
    query = f"SELECT * {{ VALUES ?n {{ 1 }} FILTER(?n = 1service<http://{other.host}/>{{ ?s ?p ?o }} ) }}"
    glued = f"SELECT * {{ {{}}OPTIONAL{{}}SERVICESILENT<http://{other.host}/>{{ ?s ?p ?o }} }}"
    list(pyoxigraph.Store().query(glued))  # type: ignore[arg-type]
    assert other.visits, "the engine has become stricter: this case can go"
    assert asks_others(glued) and asks_others(query, strictly=True)


def test_the_engine_resolves_no_escapes_outside_addresses_and_texts() -> None:
    # If it did, SERVICE could be written without its letters.
    for query in ("SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> {} }", "\\u0041SK {}"):
        with pytest.raises(SyntaxError):
            pyoxigraph.Store().query(query)


# What may stand around a clause in a pattern, and what might hide it from a careless reader.
_AROUND = st.lists(
    st.sampled_from(
        [
            *(
                "{}",
                "OPTIONAL{}",
                "?s ?p 'a'.",
                '?s ?p """a"b""".',
                "?s ?p '\\''.",
                "?s ?p e:a\\'b.",
                "?s ?p e:\\#.",
            ),
            *(
                "BIND(1AS?b)",
                "FILTER(1<2)",
                "FILTER(?s<?p||?p>?s)",
                "#'\n",
                "# \\u000A",
                "\n",
                " ",
                "?s ?p true.",
            ),
            *(
                "?s ?p service:a.",
                "?s e:service ?o.",
                "?s ?p <http://e/service>.",
                "VALUES ?e{<http://HOST/v>}",
                "'",
                "<",
            ),
        ]
    ),
    max_size=4,
).map("".join)
_WORDS = st.sampled_from(
    ["SERVICE", "service", "SeRvIcE ", "SERVICE\n", "SERVICE#<http://e/>\n", "SERVICE\t#'\n"]
)
_SILENT = st.sampled_from(["", "SILENT", " silent ", "SILENT#'\n"])
_PLACES = st.sampled_from(
    ["<http://HOST/>", "<http://HOST/?a=b#c>", "e:", "e:x", ":", ":x", "service:", "?e", "<x>"]
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=_AROUND, word=_WORDS, silent=_SILENT, place=_PLACES, after=_AROUND)
def test_whatever_makes_the_engine_ask_another_host_is_refused(
    other: Other, before: str, word: str, silent: str, place: str, after: str
) -> None:
    """The engine itself, with its connections, is the judge."""
    prologue = "BASE <http://HOST/> PREFIX e: <http://HOST/e> PREFIX : <http://HOST/> PREFIX service: <http://HOST/s>"
    query = f"{prologue} SELECT * {{ {before}{word}{silent}{place}{{?s ?p ?o}}{after} }}".replace(
        "HOST", other.host
    )
    other.visits.clear()
    with contextlib.suppress(SyntaxError, OSError, RuntimeError, ValueError):
        list(pyoxigraph.Store().query(query))  # type: ignore[arg-type]
    if other.visits:
        event("asked")
        assert asks_others(query, strictly=True)
        with pytest.raises(RefusedError):
            check_others(query, ["allowed.example"])


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <https://allowed.example/sparql> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://ALLOWED.example:80/x?y=z> { ?s ?p ?o } }",
        "SELECT * { SERVICE <http://other.example:7878/query> { ?s ?p ?o } }",
        "SELECT * { SERVICE <https://allowed.example/service> { ?s <http://h/service> ?o } }",
    ],
)
def test_a_plain_clause_to_an_allowed_host_is_let_through(query: str) -> None:
    check_others(query, ["allowed.example", "other.example:7878"])


@pytest.mark.parametrize(
    "clause",
    [
        "SERVICE <http://other.example/>",
        "SERVICE <http://allowed.example:8080/>",
        "SERVICE <http://allowed.example.evil.example/>",
        "SERVICE <http://evil.example/allowed.example>",
        "SERVICE <http://allowed.example@evil.example/>",
        "SERVICE <http://allowed.example:80@evil.example/>",
        "SERVICE <http://evil.example#allowed.example>",
        "SERVICE <http://evil.example\\u002fallowed.example/>",
        "SERVICE <file:///etc/passwd>",
        "SERVICE <//allowed.example/>",
        "SERVICE ?where",
        "SERVICE e:x",
        "SERVICE # <https://allowed.example/>\n <http://evil.example/>",
        "SERVICE <https://allowed.example/> { } SERVICE ?where",
    ],
)
def test_anything_but_an_allowed_host_in_full_is_refused(clause: str) -> None:
    with pytest.raises(RefusedError):
        check_others(
            f"PREFIX e: <https://allowed.example/> SELECT * {{ {clause} {{ ?s ?p ?o }} }}",
            ["allowed.example"],
        )


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("SELECT * FROM <http://g> { ?s ?p ?o }", True),
        ("SELECT*FROM<http://g>{ ?s ?p ?o }", True),
        ("SELECT (1AS?x)FROM<http://g>{ ?s ?p ?o }", True),
        ("ASK from named <http://g> { ?s ?p ?o }", True),
        ("PREFIX e: <http://e/> DESCRIBE e:x FROM e:g", True),
        ("CONSTRUCT { ?s ?p ?o } FROM <http://g> WHERE { ?s ?p ?o }", True),
        ("SELECT * { ?s ?p ?o }", False),
        ("SELECT ?from { ?s ?p ?from }", False),
        ("SELECT * { ?s ?p 'FROM <http://g>' }", False),
        ("SELECT * { ?s ?p ?o } # FROM <http://g>", False),
        ("PREFIX e: <http://e/> SELECT * { ?s e:from <http://g> }", False),
        ("PREFIX from: <http://e/> SELECT * { ?s from:x <http://g> }", False),
    ],
)
def test_the_graphs_that_a_query_names_are_seen(query: str, named: bool) -> None:
    pyoxigraph.Store().query(query)
    assert names_its_graphs(query) is named


@pytest.mark.parametrize(
    "query",
    [
        *("service" + " " * 300_000, "from" + "\n" * 300_000, "a" * 900_000, "'''" * 300_001, "a:" * 400_000),
        *("<a" * 400_000, "<http://service/>" * 60_000, "SERVICE <https://allowed.example/> {}" * 20_000),
    ],
    ids=range(8),
)
def test_a_text_that_is_made_to_be_slow_is_read_as_fast_as_any(query: str) -> None:
    # Read in steps that grow with the square of its length, each of these would take hours.
    asks_others(query)
    names_its_graphs(query)
    with contextlib.suppress(RefusedError):
        check_others(query, ["allowed.example"])
