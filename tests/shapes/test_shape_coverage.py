"""No shape is silent: each can fire, says why, and has a case that proves it."""

from __future__ import annotations

import re

import pyshacl
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import SH

from tests.shapes import shape_lint as lint
from tests.shapes.case_files import CG, CGSH, ROOT, SHAPES, Expected, case_files, expectations

PREFIXES = f"""
@prefix cg: <{CG}> .
@prefix cgsh: <{CGSH}> .
@prefix sh: <{SH}> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix qualifier: <https://w3id.org/councilgraph/scheme/qualifier/> .
"""
ONTOLOGY = "cg:Act a owl:Class . cg:Area a owl:Class . cg:year a owl:DatatypeProperty ."
GOOD = """
cgsh:ActShape a sh:NodeShape ; sh:targetClass cg:Act ; sh:closed true ; rdfs:label "Act"@en ;
    sh:message "Wrong. Do this."@en ; sh:severity sh:Violation ; sh:property cgsh:Act-year .
cgsh:Act-year a sh:PropertyShape ; sh:path cg:year ; sh:name "year"@en ;
    sh:message "Wrong. Do this."@en ; sh:severity sh:Violation .
"""


def graph(text: str) -> Graph:
    return Graph().parse(data=PREFIXES + text, format="turtle")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return lint.read(SHAPES.glob("*.ttl"))


@pytest.fixture(scope="module")
def ontology() -> Graph:
    return lint.read((ROOT / "ontology").glob("*.ttl"))


@pytest.fixture(scope="module")
def schemes() -> Graph:
    return lint.read((ROOT / "ontology" / "schemes").glob("*.ttl"))


# --- the shapes of this project ------------------------------------------------------


def test_shapes_use_only_words_of_shacl(shapes: Graph) -> None:
    assert lint.unknown_shacl_words(shapes) == []


def test_shapes_use_only_declared_classes_and_properties(shapes: Graph, ontology: Graph) -> None:
    assert lint.undeclared_terms(shapes, ontology) == []


def test_every_shape_is_reached(shapes: Graph) -> None:
    assert lint.unreachable(shapes) == []


def test_every_shape_meets_a_node_in_a_case(shapes: Graph) -> None:
    assert lint.without_focus(shapes, lint.read(case_files())) == []


def test_every_shape_has_a_failing_case(shapes: Graph) -> None:
    expected = [one for file in case_files() for one in expectations(file)]
    assert lint.without_failing_case(shapes, expected) == []


def test_every_shape_has_message_name_and_severity(shapes: Graph) -> None:
    assert lint.without_texts(shapes) == []


def test_every_declared_class_has_a_closed_shape(shapes: Graph, ontology: Graph) -> None:
    assert lint.open_or_missing(shapes, ontology) == []


def test_lists_of_concepts_are_those_of_the_schemes(shapes: Graph, schemes: Graph) -> None:
    assert lint.out_of_step(shapes, schemes) == []


def test_shapes_stay_within_what_both_engines_do(shapes: Graph) -> None:
    assert lint.beyond_an_engine(shapes) == []


def test_shapes_are_well_formed_shacl(shapes: Graph) -> None:
    conforms, _, told = pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, told


def test_the_rule_uses_the_bands_of_the_rating_scheme(shapes: Graph, schemes: Graph) -> None:
    lowest = {int(str(n)) for n in schemes.objects(None, URIRef(CG + "lowestPercentage"))}
    queries = [str(q) for q in shapes.objects(None, SH.select) if "rating:inadequate" in str(q)]
    assert len(queries) == 2
    for query in queries:
        # The lowest band has no lower bound in the rule: nine scores of 1 already make 25.
        assert {int(n) for n in re.findall(r"\?percentage < (\d+)", query)} == lowest - {min(lowest)}


def test_each_case_folder_is_called_after_a_node_shape(shapes: Graph) -> None:
    names = {str(s).removeprefix(CGSH) for s in lint.node_shapes(shapes)}
    assert {file.parent.name for file in case_files()} == names


@pytest.mark.parametrize("kind", ["pass", "fail"])
def test_each_node_shape_has_passing_and_failing_cases(shapes: Graph, kind: str) -> None:
    folders = {file.parent.name for file in case_files() if file.stem.startswith(kind)}
    names = {str(s).removeprefix(CGSH) for s in lint.node_shapes(shapes)}
    assert names - folders == set()


# --- proof that the checks catch a bad shape file ------------------------------------


def test_a_good_shape_file_has_no_fault() -> None:
    good, declared = graph(GOOD), graph("cg:Act a owl:Class . cg:year a owl:DatatypeProperty .")
    assert lint.unknown_shacl_words(good) == []
    assert lint.undeclared_terms(good, declared) == []
    assert lint.unreachable(good) == []
    assert lint.without_texts(good) == []
    assert lint.open_or_missing(good, declared) == []
    assert lint.beyond_an_engine(good) == []


@pytest.mark.parametrize("word", ["sh:minCuont", "sh:shape", "sh:Violaton"])
def test_a_misspelt_word_of_shacl_is_caught(word: str) -> None:
    bad = graph(f"cgsh:Act-year {word} 1 ; sh:severity {word} .")
    assert lint.unknown_shacl_words(bad) == [word.replace("sh:", str(SH))]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("cgsh:ActShape sh:targetClass cg:Akt .", f"class {CG}Akt"),
        ("cgsh:ActShape sh:targetClass owl:Act .", "class http://www.w3.org/2002/07/owl#Act"),
        ("cgsh:Act-year sh:class cg:Akt .", f"class {CG}Akt"),
        ("cgsh:Act-year sh:path cg:yaer .", f"property {CG}yaer"),
        ("cgsh:Act-year sh:path ( cg:year cg:yaer ) .", f"property {CG}yaer"),
        ("cgsh:Act-year sh:path [ sh:inversePath cg:yaer ] .", f"property {CG}yaer"),
        ("cgsh:Act-year sh:lessThan cg:yaer .", f"property {CG}yaer"),
        ("cgsh:Act-year sh:path skos:altlabel .", "property http://www.w3.org/2004/02/skos/core#altlabel"),
        ('cgsh:q sh:select "SELECT $this { $this cg:yaer ?y }" .', f"in a query: {CG}yaer"),
    ],
)
def test_an_undeclared_term_is_caught(text: str, fault: str) -> None:
    assert lint.undeclared_terms(graph(text), graph(ONTOLOGY)) == [fault]


def test_shapes_that_nothing_reaches_are_caught() -> None:
    bad = graph(
        "cgsh:A a sh:NodeShape ; sh:property cgsh:Gone . cgsh:Act-year a sh:PropertyShape ; sh:path cg:year ."
    )
    assert lint.unreachable(bad) == [
        f"in no node shape: {CGSH}Act-year",
        f"never described: {CGSH}Gone",
        f"no target: {CGSH}A",
    ]


def test_a_shape_without_focus_node_is_caught() -> None:
    assert lint.without_focus(graph(GOOD), graph("cg:x a cg:Area .")) == [CGSH + "ActShape"]
    assert lint.without_focus(graph(GOOD), graph("cg:x a cg:Act .")) == []


def test_a_shape_without_failing_case_is_caught() -> None:
    told = [Expected("https://x.example/", "", "", CGSH + "Act-year", "Violation")]
    assert lint.without_failing_case(graph(GOOD), told) == [CGSH + "ActShape"]


@pytest.mark.parametrize(
    ("cut", "fault"),
    [
        ('sh:name "year"@en ;', "Act-year name"),
        ('rdfs:label "Act"@en ;', "ActShape label"),
        ("@en ; sh:severity sh:Violation .", "Act-year message"),
    ],
)
def test_a_missing_text_is_caught(cut: str, fault: str) -> None:
    keep = "; sh:severity sh:Violation ." if cut.startswith("@en") else ""
    assert lint.without_texts(graph(GOOD.replace(cut, keep))) == [CGSH + fault]


def test_a_missing_severity_and_a_silent_query_are_caught() -> None:
    bad = GOOD.replace("sh:severity sh:Violation ; sh:property", "sh:sparql cgsh:q ; sh:property")
    assert lint.without_texts(graph(bad)) == [CGSH + "ActShape severity", CGSH + "q message"]


def test_a_class_with_an_open_shape_or_none_is_caught() -> None:
    assert lint.open_or_missing(graph(GOOD), graph(ONTOLOGY)) == [CG + "Area"]
    bad = graph(GOOD.replace("sh:closed true", "sh:closed false"))
    assert lint.open_or_missing(bad, graph(ONTOLOGY)) == [CG + "Act", CG + "Area"]


def test_lists_that_differ_from_their_scheme_are_caught() -> None:
    schemes = graph("qualifier:within a skos:Concept . qualifier:about a skos:Concept .")
    bad = graph("cgsh:S-q a sh:PropertyShape ; sh:in ( qualifier:within qualifier:over ) .")
    place = "https://w3id.org/councilgraph/scheme/qualifier/"
    assert lint.out_of_step(bad, schemes) == [
        f"{CGSH}S-q: lacks {place}about",
        f"{CGSH}S-q: no concept {place}over",
    ]
    assert lint.out_of_step(graph("cgsh:S sh:hasValue qualifier:over ."), schemes) == [
        f"no concept {place}over"
    ]
    assert lint.out_of_step(graph('cgsh:S sh:pattern "/scheme/mood/" .'), schemes) == ["no scheme mood"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('cgsh:S sh:pattern "^(?!x)" .', "look-around: ^(?!x)"),
        ("cgsh:S a sh:PropertyShape ; sh:path ( cg:year cg:year ) .", f"compound path: {CGSH}S"),
        ("cgsh:S a sh:PropertyShape ; sh:datatype xsd:gYear .", f"year without pattern: {CGSH}S"),
        (
            'cgsh:S a sh:PropertyShape ; sh:datatype xsd:gYear ; sh:pattern "^2" ; sh:lessThan cg:year .',
            f"years compared: {CGSH}S",
        ),
        ('cgsh:q sh:select "SELECT $this { VALUES ?x { 1 } }" .', "in a query: VALUES"),
    ],
)
def test_what_an_engine_does_not_do_is_caught(text: str, fault: str) -> None:
    assert lint.beyond_an_engine(graph(text)) == [fault]
