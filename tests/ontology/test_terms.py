"""The ontology, its schemes and its examples hold together.

Each check is a function that returns the problems it finds, so that it can be tried on the real
files (no problems) and on a small graph with the fault in it (a problem): a check that cannot
fail protects nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS, XSD

ONTOLOGY = Path(__file__).resolve().parents[2] / "ontology"
BASE = "https://w3id.org/councilgraph/"
CG = BASE + "def#"
VERSION = "0.1.0"
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
# Pages of the project itself that terms name as their source.
PAGES = {BASE + "docs/annotation-guide"}

MODULES = sorted(ONTOLOGY.glob("*.ttl"))
SCHEMES = sorted((ONTOLOGY / "schemes").glob("*.ttl"))
EXAMPLES = sorted((ONTOLOGY / "examples").glob("*.ttl"))
TERM_MODULES = ("assessments", "bodies", "evidence", "observations", "provenance")

THEMES = re.findall(
    r"\S+",
    """
access-and-first-contact advocacy assessment-and-review autism-and-neurodiversity
charging-and-financial-assessment co-production commissioning-and-market-shaping
complaints-and-feedback contingency-planning continuity-of-care day-opportunities
deprivation-of-liberty digital-inclusion direct-payments eligibility equality-and-inclusion
equipment-and-adaptations finance governance-and-scrutiny health-integration homecare homelessness
hospital-discharge information-and-advice information-sharing leadership-and-culture
learning-disability mental-health occupational-therapy older-people-and-dementia
out-of-area-placements out-of-hours-and-emergency partnership-boards partnership-working
performance-data physical-and-sensory-disability pooled-funding prevention prisons provider-quality
reablement research-and-innovation residential-and-nursing-care respite risk-management rurality
safeguarding safeguarding-adults-reviews safeguarding-enquiries seldom-heard-groups
supported-living-and-housing technology-enabled-care training-and-development
transition-to-adulthood unpaid-carers vcfse-sector waiting-times workforce young-carers
""",
)
NOT_SCORED = {
    "access-and-first-contact",
    "continuity-of-care",
    "occupational-therapy",
    "partnership-working",
    "safeguarding",
}
# Slugs that the annotation guide and the graph contract fix, scheme by scheme.
SLUGS = {
    "comparison": "above-national-average below-national-average in-line",
    "council-type": "city-corporation county london-borough metropolitan-borough unitary",
    "evidence-category": "observation outcomes partners-feedback peoples-experience processes "
    "staff-and-leaders-feedback",
    "framework-theme": "ensuring-safety leadership providing-support working-with-people",
    "framework-version": "formal-2024 pilot-2023",
    "identifier-scheme": "charity-commission companies-house cqc-slug gor gss lae ods "
    "opendatacommunities wikidata",
    "link-method": "area-and-date manual name-match published-lookup register-identifier",
    "measure": "adult-social-care-actual adult-social-care-difference adult-social-care-estimated "
    "adult-social-care-share communities-of-interest deprivation-decile districts "
    "ethnic-diversity long-term-support population population-over-65 precept-raised "
    "rurality-rank short-term-support total-budget-actual total-budget-difference "
    "total-budget-estimated",
    "mention-kind": "generic named",
    "organisation-kind": "advocacy-provider care-provider commercial district-council education "
    "fire-and-rescue health-and-wellbeing-board healthwatch housing integrated-care-board "
    "integrated-care-system local-authority national-body nhs-trust partnership-board police "
    "primary-care prison-and-probation regulator safeguarding-adults-board vcfse",
    "page-role": "landing statement summary whole-report",
    "partnership-type": "board co-location commissioned-service information-sharing "
    "integrated-team joint-post joint-programme joint-strategy network pooled-budget "
    "section-75-agreement",
    "polarity": "context improvement mixed strength",
    "qualifier": "approximately less-than more-than within",
    "quality-statement": "assessing-needs care-provision equity governance healthier-lives "
    "learning partnerships safe-pathways safeguarding",
    "rating": "good inadequate outstanding requires-improvement",
    "report-layout": "cqc-2024 cqc-2024-flat cqc-2025 cqc-pilot-2023",
    "report-section": "about-demographics about-financial assessing-needs care-provision equity "
    "governance healthier-lives learning partnerships people-experience-summary safe-pathways "
    "safeguarding strengths-summary",
    "review-state": "accepted added corrected machine open rejected",
    "score": "1 2 3 4",
    "strategy-status": "in-development in-force superseded",
    "succession-kind": "acquisition merger rename split",
    "unit": "count days gbp hours months percent rank score weeks years",
    "voice": "assessor carers healthwatch leaders local-data national-data partners people "
    "providers staff vcfse",
}
# Schemes whose labels are what the software looks for in a report.
READ_FROM_TEXT = ("comparison", "organisation-kind", "partnership-type", "polarity", "qualifier",
                  "strategy-status", "unit", "voice")  # fmt: skip


def read(*paths: Path) -> Graph:
    """Read Turtle files into one graph."""
    graph = Graph()
    for path in paths:
        graph.parse(path, format="turtle")
    return graph


def turtle(text: str) -> Graph:
    """Read a snippet of Turtle with our prefixes, for the counter-examples."""
    prefixes = (
        f"@base <{BASE}> . @prefix cg: <{CG}> . @prefix owl: <{OWL}> . @prefix rdfs: <{RDFS}> . "
        f"@prefix skos: <{SKOS}> . @prefix dcterms: <{DCTERMS}> .\n"
    )
    return Graph().parse(data=prefixes + text, format="turtle")


@pytest.fixture(scope="module")
def modules() -> Graph:
    return read(*MODULES)


@pytest.fixture(scope="module")
def schemes() -> Graph:
    return read(*SCHEMES)


@pytest.fixture(scope="module")
def everything() -> Graph:
    return read(*MODULES, *SCHEMES, *EXAMPLES)


# --- the checks ----------------------------------------------------------------------


def declared_terms(graph: Graph) -> set[URIRef]:
    return {
        term
        for kind in KINDS
        for term in graph.subjects(RDF.type, kind)
        if isinstance(term, URIRef) and term.startswith(CG)
    }


def incomplete_terms(graph: Graph) -> list[str]:
    """Terms without exactly one English label and definition, a module and a source."""
    problems = []
    for term in sorted(declared_terms(graph)):
        for predicate in (RDFS.label, SKOS.definition):
            values = list(graph.objects(term, predicate))
            if len(values) != 1 or getattr(values[0], "language", None) != "en":
                problems.append(f"{term} {predicate}: {values}")
        for predicate in (RDFS.isDefinedBy, DCTERMS.source):
            values = list(graph.objects(term, predicate))
            if len(values) != 1 or not isinstance(values[0], URIRef):
                problems.append(f"{term} {predicate}: {values}")
    return problems


def unclear_definitions(graph: Graph) -> list[str]:
    """Definitions that are not one sentence."""
    return [
        f"{subject}: {text}"
        for subject, text in graph.subject_objects(SKOS.definition)
        if not re.fullmatch(r"[^\s].*[^.\s]\.", str(text)) or re.search(r"[a-z]\. [A-Z]", str(text))
    ]


def incomplete_concepts(graph: Graph) -> list[str]:
    """Concepts without label, definition, notation, scheme, place in it, or source."""
    problems = []
    for concept in sorted(graph.subjects(RDF.type, SKOS.Concept)):
        scheme, _, slug = str(concept).rpartition("/")
        if list(graph.objects(concept, SKOS.inScheme)) != [URIRef(scheme)]:
            problems.append(f"{concept}: not in the scheme of its IRI")
        if (URIRef(scheme), RDF.type, SKOS.ConceptScheme) not in graph:
            problems.append(f"{concept}: its scheme is not declared")
        for predicate in (SKOS.prefLabel, SKOS.definition):
            values = list(graph.objects(concept, predicate))
            if len(values) != 1 or getattr(values[0], "language", None) != "en":
                problems.append(f"{concept} {predicate}: {values}")
        if not list(graph.objects(concept, DCTERMS.source)):
            problems.append(f"{concept}: no source")
        if not list(graph.objects(concept, SKOS.topConceptOf)) and not any(
            str(other).startswith(scheme + "/") for other in graph.objects(concept, SKOS.broader)
        ):
            problems.append(f"{concept}: neither at the top nor below another concept")
        notations = list(graph.objects(concept, SKOS.notation))
        if len(notations) != 1:
            problems.append(f"{concept}: notations {notations}")
        elif notations[0].datatype != XSD.integer and notations[0] != Literal(slug):
            problems.append(f"{concept}: notation {notations[0]!r} is neither number nor slug")
    return problems


def labels(graph: Graph, concept: URIRef) -> list[Literal]:
    return [
        value
        for predicate in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
        for value in graph.objects(concept, predicate)
        if isinstance(value, Literal)
    ]


def shared_labels(graph: Graph) -> list[str]:
    """Labels that stand twice in one scheme, whatever their case and kind."""
    problems = []
    for scheme in sorted(graph.subjects(RDF.type, SKOS.ConceptScheme)):
        found = Counter(
            str(label).casefold()
            for concept in graph.subjects(SKOS.inScheme, scheme)
            for label in labels(graph, concept)  # type: ignore[arg-type]
        )
        problems += [f"{scheme}: {label!r}" for label, times in found.items() if times > 1]
    return problems


def unreadable_labels(graph: Graph) -> list[str]:
    """Labels that software could not find in a text as they are written."""
    return [
        f"{concept}: {str(label)!r}"
        for concept in sorted(graph.subjects(RDF.type, SKOS.Concept))
        for label in labels(graph, concept)  # type: ignore[arg-type]
        if label.language != "en"
        or re.search(r"[\u2018\u2019\u201c\u201d\u00a0]|\s\s|^\s|\s$|^$", str(label))
    ]


def undeclared_iris(graph: Graph, vocabulary: Graph) -> list[str]:
    """IRIs in our namespaces that are used and neither declared nor described."""
    known = {str(term) for term in declared_terms(vocabulary)} | PAGES
    known |= {str(s) for s in vocabulary.subjects(RDF.type, SKOS.Concept)}
    known |= {str(s) for s in vocabulary.subjects(RDF.type, SKOS.ConceptScheme)}
    known |= {str(s) for s in vocabulary.subjects(RDF.type, OWL.Ontology)}
    known |= {str(o) for o in vocabulary.objects(None, OWL.versionIRI)}
    used = {node for triple in graph for node in triple if isinstance(node, URIRef)}
    things = {s for s in graph.subjects(RDF.type) if str(s).startswith(BASE + "id/")}
    return sorted(
        str(node)
        for node in used
        if str(node).startswith(BASE) and str(node) not in known | {CG} and node not in things
    )


def version_faults(graph: Graph, subjects: set[URIRef]) -> list[str]:
    """Modules and schemes whose version IRI or version is not the common one."""
    problems = []
    for subject in sorted(subjects):
        if list(graph.objects(subject, OWL.versionInfo)) != [Literal(VERSION)]:
            problems.append(f"{subject}: versionInfo")
        if list(graph.objects(subject, OWL.versionIRI)) != [URIRef(f"{subject}/{VERSION}")]:
            problems.append(f"{subject}: versionIRI")
        if (URIRef(f"{subject}/{VERSION}"), RDF.type, SKOS.Concept) in graph:
            problems.append(f"{subject}: a concept has the version IRI")
        for predicate in (DCTERMS.created, DCTERMS.modified):
            if [getattr(v, "datatype", None) for v in graph.objects(subject, predicate)] != [XSD.date]:
                problems.append(f"{subject}: {predicate}")
        for predicate in (DCTERMS.license, DCTERMS.title, DCTERMS.description, DCTERMS.source):
            if not list(graph.objects(subject, predicate)):
                problems.append(f"{subject}: no {predicate}")
    return problems


# --- terms ---------------------------------------------------------------------------


def test_every_term_says_what_it_means_and_where_it_comes_from(modules: Graph) -> None:
    assert len(declared_terms(modules)) > 80
    assert incomplete_terms(modules) == []


def test_every_definition_is_one_sentence(modules: Graph, schemes: Graph) -> None:
    assert unclear_definitions(modules) == []
    assert unclear_definitions(schemes) == []


def test_every_term_is_declared_once_and_in_the_module_it_names() -> None:
    places: dict[URIRef, list[str]] = {}
    for name in TERM_MODULES:
        graph = read(ONTOLOGY / f"{name}.ttl")
        for term in declared_terms(graph):
            places.setdefault(term, []).append(name)
            assert graph.value(term, RDFS.isDefinedBy) == URIRef(f"{BASE}ontology/{name}"), term
            assert len([k for k in KINDS if (term, RDF.type, k) in graph]) == 1, term
    assert {term: where for term, where in places.items() if len(where) > 1} == {}


def test_only_the_alignments_lead_to_other_vocabularies() -> None:
    graph = read(*(ONTOLOGY / f"{name}.ttl" for name in TERM_MODULES))
    meaning = (RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty)
    outside = [(s, o) for p in meaning for s, o in graph.subject_objects(p) if not o.startswith(CG)]
    assert outside == []
    assert not set(graph.predicates()) & {RDFS.domain, RDFS.range}


def test_every_alignment_says_why() -> None:
    graph = read(ONTOLOGY / "alignments.ttl")
    aligned = {s for s in graph.subjects() if str(s).startswith(CG)}
    assert len(aligned) > 40
    silent = {s for s in aligned if not any(str(n).startswith("Alignment: ") for n in graph[s : SKOS.note])}
    assert silent == set()


# --- schemes -------------------------------------------------------------------------


def test_every_concept_is_complete_and_in_its_scheme(schemes: Graph) -> None:
    assert len(set(schemes.subjects(RDF.type, SKOS.Concept))) > 200
    assert incomplete_concepts(schemes) == []


def test_every_scheme_has_a_file_of_its_name_that_declares_only_it() -> None:
    for path in SCHEMES:
        scheme = URIRef(f"{BASE}scheme/{path.stem}")
        graph = read(path)
        assert set(graph.subjects(RDF.type, SKOS.ConceptScheme)) == {scheme}
        assert set(graph.objects(None, SKOS.inScheme)) == {scheme}


def test_a_slug_names_one_concept_of_a_scheme() -> None:
    for path in SCHEMES:
        text = path.read_text(encoding="utf-8")
        subjects = re.findall(rf"^<{BASE}scheme/{path.stem}/([^>]+)>$", text, re.MULTILINE)
        assert [slug for slug, times in Counter(subjects).items() if times > 1] == [], path
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in subjects), path


@pytest.mark.parametrize("scheme", sorted(SLUGS))
def test_a_scheme_holds_exactly_the_concepts_of_the_guide(schemes: Graph, scheme: str) -> None:
    found = {str(c).rpartition("/")[2] for c in schemes[: SKOS.inScheme : URIRef(f"{BASE}scheme/{scheme}")]}
    assert found == set(SLUGS[scheme].split())


def test_no_scheme_goes_untested() -> None:
    assert {path.stem for path in SCHEMES} == {*SLUGS, "theme"}


def test_the_theme_scheme_holds_exactly_the_themes_of_the_guide(schemes: Graph) -> None:
    scheme = URIRef(f"{BASE}scheme/theme")
    found = {str(c).rpartition("/")[2] for c in schemes[: SKOS.inScheme : scheme]}
    groups = {slug for slug in found if slug.startswith("group-")}
    assert found - groups == set(THEMES)
    assert 8 <= len(groups) <= 12
    noted = {slug for slug in found if list(schemes[URIRef(f"{scheme}/{slug}") : SKOS.note])}
    assert noted == NOT_SCORED


def test_every_theme_is_in_one_group_and_no_group_is_empty(schemes: Graph) -> None:
    scheme = f"{BASE}scheme/theme/"
    above = [schemes.value(URIRef(scheme + slug), SKOS.broader, any=False) for slug in THEMES]
    groups = {c for c in schemes.subjects(RDF.type, SKOS.Concept) if f"{scheme}group-" in str(c)}
    assert set(above) == groups


def test_every_theme_can_be_found_by_six_to_twenty_five_labels(schemes: Graph) -> None:
    counts = {slug: len(labels(schemes, URIRef(f"{BASE}scheme/theme/{slug}"))) - 1 for slug in THEMES}
    assert {slug: n for slug, n in counts.items() if not 6 <= n <= 25} == {}


@pytest.mark.parametrize("scheme", READ_FROM_TEXT)
def test_concepts_that_are_read_from_text_have_labels_to_find_them_by(schemes: Graph, scheme: str) -> None:
    for slug in SLUGS[scheme].split():
        concept = URIRef(f"{BASE}scheme/{scheme}/{slug}")
        assert len(labels(schemes, concept)) >= 4, concept


def test_no_two_concepts_of_a_scheme_share_a_label(schemes: Graph) -> None:
    assert shared_labels(schemes) == []


def test_labels_are_written_as_software_reads_them(schemes: Graph) -> None:
    assert unreadable_labels(schemes) == []


def test_quality_statements_are_numbered_and_stand_under_a_framework_theme(schemes: Graph) -> None:
    statements = set(schemes[: SKOS.inScheme : URIRef(f"{BASE}scheme/quality-statement")])
    assert sorted(schemes.value(s, SKOS.notation).toPython() for s in statements) == list(range(1, 10))
    for statement in statements:
        theme = schemes.value(statement, SKOS.broader)
        assert (theme, SKOS.inScheme, URIRef(f"{BASE}scheme/framework-theme")) in schemes


def test_the_acts_sections_are_named_in_the_form_of_identifiers(schemes: Graph) -> None:
    form = r"http://www\.legislation\.gov\.uk/id/ukpga/2014/23/section/\d+"
    assert [o for o in schemes.objects(None, DCTERMS.references) if not re.fullmatch(form, str(o))] == []
    found = set(schemes[URIRef(f"{BASE}scheme/quality-statement/safeguarding") : DCTERMS.references])
    assert {str(o).rpartition("/")[2] for o in found} == {"1", "6", "7", "42", "43", "68"}


def test_rating_bands_meet_without_gap_or_overlap(schemes: Graph) -> None:
    bands = sorted(
        (low.toPython(), schemes.value(rating, URIRef(CG + "highestPercentage")).toPython())
        for rating, low in schemes.subject_objects(URIRef(CG + "lowestPercentage"))
    )
    assert bands == [(25, 38), (39, 62), (63, 87), (88, 100)]


# --- versions ------------------------------------------------------------------------


def test_modules_and_schemes_carry_one_common_version(modules: Graph, schemes: Graph) -> None:
    ontologies = set(modules.subjects(RDF.type, OWL.Ontology))
    assert len(ontologies) == len(MODULES)
    assert version_faults(modules, ontologies) == []  # type: ignore[arg-type]
    found = set(schemes.subjects(RDF.type, SKOS.ConceptScheme))
    assert version_faults(schemes, found) == []  # type: ignore[arg-type]


def test_the_whole_imports_every_module_by_version_and_names_every_scheme(modules: Graph) -> None:
    whole = URIRef(f"{BASE}ontology")
    parts = {p.stem for p in MODULES} - {"councilgraph"}
    assert set(modules[whole : OWL.imports]) == {URIRef(f"{BASE}ontology/{p}/{VERSION}") for p in parts}
    assert set(modules[whole : DCTERMS.hasPart]) == {URIRef(f"{BASE}scheme/{p.stem}") for p in SCHEMES}


def test_the_changelog_names_the_version_and_every_term(modules: Graph) -> None:
    text = (ONTOLOGY / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## {VERSION} " in text
    words = set(re.findall(r"\w+", text))
    assert {str(t).removeprefix(CG) for t in declared_terms(modules)} - words == set()


# --- use -----------------------------------------------------------------------------


def test_nothing_undeclared_is_used(everything: Graph) -> None:
    assert undeclared_iris(everything, everything) == []


def test_every_example_describes_all_that_it_speaks_of(modules: Graph, schemes: Graph) -> None:
    vocabulary = modules + schemes
    assert {p.name: u for p in EXAMPLES if (u := undeclared_iris(read(p), vocabulary))} == {}


def test_every_class_has_an_example(modules: Graph) -> None:
    shown = {o for path in EXAMPLES for o in read(path).objects(None, RDF.type)}
    assert set(modules.subjects(RDF.type, OWL.Class)) - shown == set()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_an_example_opens_with_the_question_it_answers(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# ") and "?" in first


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_examples_speak_of_invented_councils_only(path: Path) -> None:
    codes = set(read(path).objects(None, URIRef(CG + "code")))
    assert codes <= {Literal("NMR"), Literal("EVB"), Literal("SLM")}


@pytest.mark.parametrize("path", [*MODULES, *SCHEMES, *EXAMPLES], ids=lambda p: p.stem)
def test_a_file_is_strict_turtle_that_says_nothing_twice_and_has_no_blank_nodes(path: Path) -> None:
    triples = [t.triple for t in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE)]
    assert triples
    assert [t for t, times in Counter(map(str, triples)).items() if times > 1] == []
    assert not any(isinstance(node, BNode) for triple in read(path) for node in triple)


def test_no_triple_stands_in_two_files_of_the_ontology_graph() -> None:
    seen = Counter(triple for path in [*MODULES, *SCHEMES] for triple in read(path))
    assert [triple for triple, times in seen.items() if times > 1] == []


@pytest.mark.parametrize("path", [*MODULES, *SCHEMES, *EXAMPLES], ids=lambda p: p.stem)
def test_terms_and_concepts_are_in_order(path: Path) -> None:
    """A sorted file gives small diffs; numbered concepts stand by number."""
    text = path.read_text(encoding="utf-8")
    if path in EXAMPLES:
        assert re.findall(r"^@prefix (\w+):", text, re.MULTILINE) == sorted(
            re.findall(r"^@prefix (\w+):", text, re.MULTILINE)
        )
        return
    for part in re.split(r"^# \w+$", text, flags=re.MULTILINE):
        names = re.findall(r"^cg:(\w+)$", part, re.MULTILINE)
        assert names == sorted(names)
    slugs = re.findall(rf"^<{BASE}scheme/{path.stem}/([^>]+)>$", text, re.MULTILINE)
    if path.stem not in ("quality-statement", "rating", "score"):
        assert slugs == sorted(slugs, key=lambda slug: (not slug.startswith("group-"), slug))


# --- the checks catch what they are for ----------------------------------------------

GOOD_CONCEPT = (
    "<scheme/x> a skos:ConceptScheme . <scheme/x/a> a skos:Concept ; skos:inScheme <scheme/x> ; "
    'skos:topConceptOf <scheme/x> ; skos:notation "a" ; skos:prefLabel "A"@en ; '
    'skos:definition "An a."@en ; dcterms:source <docs/annotation-guide> .'
)


def test_the_checks_are_silent_on_a_sound_concept() -> None:
    graph = turtle(GOOD_CONCEPT)
    assert incomplete_concepts(graph) == shared_labels(graph) == undeclared_iris(graph, graph) == []


FAULTS: list[tuple[str, Callable[[Graph], list[str]], str]] = [
    ("term without definition", incomplete_terms, 'cg:x a owl:Class ; rdfs:label "X"@en .'),
    ("label without language", incomplete_terms, 'cg:x a owl:Class ; rdfs:label "X" .'),
    ("definition of two sentences", unclear_definitions, 'cg:x skos:definition "One. Two."@en .'),
    ("definition without full stop", unclear_definitions, 'cg:x skos:definition "One"@en .'),
    ("concept without definition", incomplete_concepts, GOOD_CONCEPT.replace('skos:definition "An a."@en ;', "")),
    ("concept outside its scheme", incomplete_concepts, GOOD_CONCEPT.replace("inScheme <scheme/x>", "inScheme <scheme/y>")),
    ("notation that is not the slug", incomplete_concepts, GOOD_CONCEPT.replace('notation "a"', 'notation "b"')),
    ("concept that hangs nowhere", incomplete_concepts, GOOD_CONCEPT.replace("skos:topConceptOf <scheme/x> ;", "")),
    ("label of two concepts", shared_labels, GOOD_CONCEPT + '<scheme/x/b> skos:inScheme <scheme/x> ; skos:hiddenLabel "a"@en .'),
    ("curly apostrophe", unreadable_labels, GOOD_CONCEPT + '<scheme/x/a> skos:altLabel "carer\u2019s"@en .'),
    ("misspelt property", lambda g: undeclared_iris(g, g), "<id/council/A> a owl:Thing ; cg:shrotName 1 ."),
    ("unknown concept", lambda g: undeclared_iris(g, g), GOOD_CONCEPT + "<id/finding/A> a skos:Thing ; skos:x <scheme/x/zz> ."),
    ("thing that is not described", lambda g: undeclared_iris(g, g), "<id/finding/A> a owl:Thing ; owl:x <id/run/B> ."),
    ("version that differs", lambda g: version_faults(g, {URIRef(BASE + "scheme/x")}), '<scheme/x> owl:versionInfo "0.2.0" .'),
]  # fmt: skip


@pytest.mark.parametrize(("check", "text"), [f[1:] for f in FAULTS], ids=[f[0] for f in FAULTS])
def test_a_check_catches_the_fault_it_is_for(check: Callable[[Graph], list[str]], text: str) -> None:
    assert check(turtle(text)) != []
