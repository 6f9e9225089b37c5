"""What users type for parameters: what is found, what is refused, and that nothing is injected."""

from __future__ import annotations

from typing import Any

import pyoxigraph
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from councilgraph.catalogue import Query, bind
from councilgraph.errors import UsageError
from councilgraph.parameters import resolve, term_of
from tests.queries.answers import CATALOGUE, HERE, mini_graph, runner

RUN = runner(mini_graph())
ID = "https://w3id.org/councilgraph/id/"
SCHEME = "https://w3id.org/councilgraph/scheme/"
ECHO = """#+ id: T01
#+ parameters:
#+   - authority: authority | optional | any
#+   - theme: theme | optional | any
SELECT ?_authority ?_theme WHERE { VALUES ?_authority { UNDEF } VALUES ?_theme { UNDEF } }
"""


@pytest.mark.parametrize(
    ("type", "typed", "found"),
    [
        *[
            ("authority", typed, ID + "council/NMR")
            for typed in (
                "northmoor", "Northmoor County Council", "NORTHMOOR COUNTY", "northmoor-county-council",
                "Northmoor Council", "E10009901", "nmr", ID + "council/NMR", " northmoor ",
            )
        ],
        ("authority", "Eastvale Metropolitan Borough Council", ID + "council/EVB"),
        ("authority", "fenholm wick & sea", ID + "council/FWS"),
        ("authority", "tarn", ID + "council/TRN"),
        ("region", "south-vale", "http://statistics.data.gov.uk/id/statistical-geography/E12009902"),
        ("region", "E12009901", "http://statistics.data.gov.uk/id/statistical-geography/E12009901"),
        ("statement", "equity", SCHEME + "quality-statement/equity"),
        ("statement", "care provision integration & continuity", SCHEME
         + "quality-statement/care-provision"),
        ("statement", "7", SCHEME + "quality-statement/safeguarding"),
        ("statement", "supporting people to live healthier lives", SCHEME
         + "quality-statement/healthier-lives"),
        ("type", "county", SCHEME + "council-type/county"),
        ("theme", "Unpaid Carers", SCHEME + "theme/unpaid-carers"),
        ("voice", "staff", SCHEME + "voice/staff"),
        ("organisation", "Saltmarsh", ID + "council/SLM"),
    ],
)  # fmt: skip
def test_found(type: str, typed: str, found: str) -> None:
    assert term_of(type, typed, RUN) == pyoxigraph.NamedNode(found)


@pytest.mark.parametrize(
    ("type", "typed", "hint"),
    [
        ("authority", "northmor", "Northmoor County Council (NMR)"),
        ("authority", "Moor", "Oldmoor County Council (OLD)"),
        ("authority", "council", "Eastvale Borough Council (EVB)"),
        ("authority", "", "Eastvale Borough Council (EVB)"),
        ("statement", "safegarding", "Safeguarding (safeguarding)"),
        ("polarity", "praise", "Improvement (improvement)"),
        ("region", "Wales", "North Vale (E12009901)"),
        ("authority", "http://evil.example/> } #", ""),
    ],
)
def test_unknown_lists_the_nearest(type: str, typed: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        term_of(type, typed, RUN)
    assert "not known" in caught.value.what
    assert hint in caught.value.cure


def test_ambiguous_lists_the_candidates() -> None:
    store = mini_graph()
    store.update(
        "PREFIX cg: <https://w3id.org/councilgraph/def#> "
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> INSERT DATA { GRAPH <urn:x> { "
        f'<{ID}council/NMC> a cg:Council ; rdfs:label "Northmoor City Council"@en ; '
        'cg:shortName "Northmoor"@en } }'
    )
    with pytest.raises(UsageError) as caught:
        term_of("authority", "northmoor", runner(store))
    assert "2 things" in caught.value.what
    assert "Northmoor City Council (NMC); Northmoor County Council (NMR)" in caught.value.cure
    assert term_of("authority", "NMC", runner(store)).value == ID + "council/NMC"


def test_an_empty_store_is_named_as_the_cause() -> None:
    with pytest.raises(UsageError, match="reference data"):
        term_of("authority", "northmoor", runner(pyoxigraph.Store()))


@pytest.mark.parametrize("typed", ["2025", "2025-03", "2025-03-20", "2024-02-29"])
def test_months(typed: str) -> None:
    assert term_of("month", typed, RUN) == pyoxigraph.Literal(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "25",
        "2025-3",
        "2025-13",
        "2025-00",
        "2025-02-29",
        "March 2025",
        "2025-03-20T00:00",
        "0000",
        "²⁰²⁵",
        "",
    ],
)
def test_no_months(typed: str) -> None:
    with pytest.raises(UsageError, match="no year, month or day"):
        term_of("month", typed, RUN)


@pytest.mark.parametrize("typed", ["0", "-1", "1.5", "ten", "1e3", "٣", "10 } #", "9" * 30])
def test_no_limits(typed: str) -> None:
    with pytest.raises(UsageError, match="not a whole number above 0"):
        resolve(CATALOGUE.get("Q01"), {"limit": typed}, RUN)


def test_unknown_parameter_lists_those_of_the_query() -> None:
    with pytest.raises(UsageError) as caught:
        resolve(CATALOGUE.get("Q01"), {"council": "northmoor"}, RUN)
    assert "no parameter 'council'" in caught.value.what
    assert "region, type, since, until, pilots, limit" in caught.value.cure


def test_missing_parameter_shows_a_command() -> None:
    with pytest.raises(UsageError) as caught:
        resolve(CATALOGUE.get("Q06"), {"statement": "equity"}, RUN)
    assert "needs a value for authority" in caught.value.what
    assert "councilgraph query Q06 authority=staffordshire statement=safeguarding" in caught.value.cure
    with pytest.raises(UsageError, match="needs a value for region"):
        resolve(CATALOGUE.get("Q01"), {"region": " "}, RUN)


def test_default_is_used() -> None:
    text = (
        "#+ parameters:\n#+   - since: month | default=2025 | any\n#+   - limit: integer | default=3 | any\n"
    )
    query = Query("questions/list-x.rq", text + "SELECT ?x { VALUES ?_since { UNDEF } }")
    assert resolve(query, {}, RUN) == ({"since": pyoxigraph.Literal("2025")}, 3)
    assert resolve(query, {"limit": "7"}, RUN)[1] == 7


def echo(**terms: Any) -> tuple[Any, ...]:
    text = bind(Query("questions/list-x.rq", ECHO), terms)
    found: Any = pyoxigraph.Store().query(text)
    (row,) = found
    return tuple(row)


# Surrogates are no characters and cannot stand in a literal; every other string can.
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT, TEXT)
@example('"} SELECT', "\\u0022 } # \\")
@example("VALUES ?_theme { UNDEF }", "}")
@example("\\1 \\g<0> \n\r\t\x00", "'''\"\"\"")
def test_any_string_comes_back_as_the_same_term(one: str, other: str) -> None:
    first, second = pyoxigraph.Literal(one), pyoxigraph.Literal(other, language="en")
    assert echo(authority=first, theme=second) == (first, second)
    assert echo(theme=first) == (None, first)


def test_raw_text_is_never_bound() -> None:
    with pytest.raises(TypeError, match="raw text"):
        echo(authority="<urn:x> } #")
    with pytest.raises(UsageError, match="no parameter 'limit"):
        echo(limit=pyoxigraph.Literal(1))


@given(TEXT)
def test_whatever_is_typed_is_found_or_refused(typed: str) -> None:
    for type in ("authority", "statement", "month", "integer"):
        try:
            term = term_of(type, typed, RUN)
        except UsageError:
            continue
        assert isinstance(term, (pyoxigraph.NamedNode, pyoxigraph.Literal))


def test_every_concept_of_the_ontology_is_found_by_slug_and_label() -> None:
    store = pyoxigraph.Store()
    for path in sorted((HERE.parent.parent / "ontology" / "schemes").glob("*.ttl")):
        store.load(path=path, format=pyoxigraph.RdfFormat.TURTLE)
    run = runner(store)
    types = {"statement": "quality-statement", "type": "council-type", "kind": "organisation-kind"}
    for type in ("statement", "type", "kind", "theme", "polarity", "voice"):
        base = SCHEME + types.get(type, type)
        rows = list(
            run(
                "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
                f"SELECT ?c ?label {{ ?c skos:inScheme <{base}> ; skos:prefLabel ?label }}"
            )
        )
        assert rows, f"no concept in {base}"
        for concept, label in rows:
            for typed in (concept.value.rsplit("/", 1)[-1], label.value, concept.value):
                assert term_of(type, typed, run) == concept, typed


@pytest.mark.parametrize(("typed", "meant"), [("yes", True), ("No", False), ("TRUE", True), ("false", False)])
def test_truth(typed: str, meant: bool) -> None:
    terms, _ = resolve(CATALOGUE.get("Q01"), {"pilots": typed}, RUN)
    assert str(terms["pilots"]).startswith(f'"{str(meant).lower()}"')


def test_what_is_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(UsageError, match="neither yes nor no"):
        resolve(CATALOGUE.get("Q01"), {"pilots": "perhaps"}, RUN)


def test_an_iri_is_found_without_reading_every_name() -> None:
    asked: list[str] = []
    store = mini_graph()

    def run(sparql: str) -> Any:
        asked.append(sparql)
        return runner(store)(sparql)

    trust = "https://w3id.org/councilgraph/id/organisation/ods-RX1"
    assert term_of("organisation", trust, run) == pyoxigraph.NamedNode(trust)
    assert len(asked) == 1
    assert f"VALUES ?thing {{ <{trust}> }}" in asked[0]
    for wrong in (trust + "X", "https://x> } UNION { ?thing ?p ?label ; ?q ?name "):
        with pytest.raises(UsageError, match="is not known"):
            term_of("organisation", wrong, run)
