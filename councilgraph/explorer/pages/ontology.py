"""The pages of the ontology and its vocabularies, made from the ontology of the build."""

from __future__ import annotations

from collections.abc import Iterable

from councilgraph.catalogue import Column
from councilgraph.explorer.examples import examples
from councilgraph.explorer.filters import page_of
from councilgraph.explorer.links import address_of
from councilgraph.explorer.page import Asked, Kind, Page, Table
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.explorer.vocabulary import Concept, Scheme, Term, Vocabulary, short, vocabulary
from councilgraph.iris import BASE, DEF, SCHEME

_CRUMBS = (("Home", "/"), ("Ontology", "/ontology"))
_KINDS = {"class": "class", "link": "property that leads to a thing", "value": "property with a value"}
_TERMS = (
    Column("term", "string", "name of the class or property"),
    Column("term-iri", "iri", "its IRI"),
    Column("kind", "string", "class, property that leads to a thing, or property with a value"),
    Column("label", "string", "what it is called"),
    Column("definition", "string", "what it means"),
    Column("used-on", "string", "classes whose things have it"),
    Column("leads-to", "string", "classes or types of its values"),
    Column("module", "string", "module of the ontology that declares it"),
    Column("things", "integer", "things of the class in this graph"),
)
_SCHEMES = (
    Column("vocabulary", "string", "what the vocabulary is called"),
    Column("vocabulary-iri", "iri", "its IRI"),
    Column("definition", "string", "what it is of"),
    Column("concepts", "integer", "how many concepts it has"),
)
_CONCEPTS = (
    Column("concept", "string", "preferred label"),
    Column("concept-iri", "iri", "its IRI"),
    Column("notation", "string", "its code"),
    Column("definition", "string", "what it means"),
    Column("part-of", "string", "wider concepts"),
    Column("other-labels", "string", "other names, parted by semicolons"),
    Column("words-looked-for", "string", "words that reports are searched for, parted by semicolons"),
    Column("uses", "integer", "statements in this graph that use it"),
)


def make(snapshot: Snapshot, asked: Asked) -> Page:
    """All classes, properties and vocabularies; each term has its name as anchor."""
    held = vocabulary(snapshot)
    counts = _things(snapshot)
    terms = Table(
        "terms",
        "Classes and properties",
        _TERMS,
        [_term_row(held, one, counts) for one in held.terms.values()],
    )
    schemes = Table(
        "vocabularies",
        "Vocabularies",
        _SCHEMES,
        [(one.label, one.iri, one.definition, len(one.concepts)) for one in held.schemes.values()],
    )
    content = {
        "classes": [one for one in held.terms.values() if one.kind == "class"],
        "properties": [one for one in held.terms.values() if one.kind != "class"],
        "schemes": schemes,
        "counts": counts,
        "kinds": _KINDS,
        "own": held.version,
        "namespace": DEF,
        "word": lambda iri: _word(held, iri),
    }
    return Page(
        "ontology.html",
        "Ontology",
        content,
        (terms, schemes),
        "The classes, properties and vocabularies in which the assessments are told as data.",
        BASE + "ontology",
        (("Home", "/"),),
    )


def make_term(snapshot: Snapshot, asked: Asked) -> Page:
    """One class or property, with examples.

    Raises:
        NotFoundError: there is none of that name; the cure names the nearest.
    """
    held = vocabulary(snapshot)
    term = held.term(asked.path["name"])
    counts = _things(snapshot)
    having = [one for one in held.terms.values() if term.iri in one.domains]
    leading = [one for one in held.terms.values() if term.iri in one.ranges]
    content = {
        "term": term,
        "kind": _KINDS[term.kind],
        "things": counts.get(term.iri),
        "having": having,
        "leading": leading,
        "examples": [(one, one.part(term.name)) for one in examples(snapshot).get(term.name, ())[:3]],
        "word": lambda iri: _word(held, iri),
        "short": short,
        "aligned": [(short(by), other) for by, other in term.aligned],
    }
    table = Table("term", f"cg:{term.name}", _TERMS, [_term_row(held, term, counts)])
    return Page(
        "term.html", f"{term.label} (cg:{term.name})", content, (table,), term.definition, term.iri, _CRUMBS
    )


def make_scheme(snapshot: Snapshot, asked: Asked) -> Page:
    """One vocabulary with all its concepts.

    Raises:
        NotFoundError: there is none of that name; the cure names the nearest.
    """
    held = vocabulary(snapshot)
    scheme = held.scheme(asked.path["scheme"])
    uses = _uses(snapshot)
    rows = [_concept_row(held, one, uses) for one in scheme.concepts]
    table = Table("concepts", f"Concepts of the vocabulary {scheme.label}", _CONCEPTS, rows)
    content = {
        "scheme": scheme,
        "uses": uses,
        "tree": _tree(scheme),
        "pages": {one.iri: at for one in scheme.concepts if (at := _own_page(one.iri))},
    }
    return Page("scheme.html", scheme.label, content, (table,), scheme.definition, scheme.iri, _CRUMBS)


def make_concept(snapshot: Snapshot, asked: Asked) -> Page:
    """One concept: its labels, what is above and below it, and how often it is used.

    Raises:
        NotFoundError: there is none of that name; the cure names the nearest.
    """
    held = vocabulary(snapshot)
    scheme = held.scheme(asked.path["scheme"])
    one = held.concept(scheme.slug, asked.path["concept"])
    used = [
        (str(row["property"]), row["property-iri"], row["uses"])
        for row in snapshot.records("uses-of-concepts")
        if row["concept-iri"] == one.iri
    ]
    content = {
        "concept": one,
        "scheme": scheme,
        "used": used,
        "word": lambda iri: _word(held, iri),
        "page_of_it": _own_page(one.iri),
        "data": address_of("scheme", scheme.slug, one.slug),
    }
    table = Table("concept", one.label, _CONCEPTS, [_concept_row(held, one, _uses(snapshot))])
    crumbs = (*_CRUMBS, (scheme.label, address_of("scheme", scheme.slug)))
    return Page("concept.html", one.label, content, (table,), one.definition, one.iri, crumbs)


def _word(held: Vocabulary, iri: str) -> tuple[str, str]:
    """What a term is called and the address of its page here, "" where it has none."""
    if iri.startswith(DEF):
        name = iri.removeprefix(DEF)
        return name, address_of("ontology", name) if name in held.terms else ""
    if iri.startswith(SCHEME):
        return held.label(iri), address_of("scheme", *iri.removeprefix(SCHEME).split("/"))
    return short(iri), ""


def _own_page(iri: str) -> str:
    """The page that tells what reports say of a concept: those of themes and quality statements."""
    address = page_of(iri)
    return "" if address.startswith("/scheme/") else address


def _things(snapshot: Snapshot) -> dict[str, int]:
    return {str(row["class-iri"]): int(str(row["things"])) for row in snapshot.records("things-by-class")}


def _uses(snapshot: Snapshot) -> dict[str, int]:
    uses: dict[str, int] = {}
    for row in snapshot.records("uses-of-concepts"):
        iri = str(row["concept-iri"])
        uses[iri] = uses.get(iri, 0) + int(str(row["uses"]))
    return uses


def _term_row(held: Vocabulary, term: Term, counts: dict[str, int]) -> tuple[str | int | None, ...]:
    return (
        *(term.name, term.iri, _KINDS[term.kind], term.label, term.definition),
        ", ".join(_word(held, iri)[0] for iri in term.domains) or None,
        ", ".join(_word(held, iri)[0] for iri in term.ranges) or None,
        *(term.module, counts.get(term.iri, 0) if term.kind == "class" else None),
    )


def _concept_row(held: Vocabulary, one: Concept, uses: dict[str, int]) -> tuple[str | int | None, ...]:
    return (
        *(one.label, one.iri, one.notation or None, one.definition or None),
        ", ".join(held.label(iri) for iri in one.broader) or None,
        *("; ".join(one.other) or None, "; ".join(one.hidden) or None, uses.get(one.iri, 0)),
    )


def _tree(scheme: Scheme) -> list[tuple[Concept, list[Concept]]]:
    """The concepts under those that are above them; a scheme without levels is a list."""
    own = {one.iri: one for one in scheme.concepts}
    tops = [one for one in scheme.concepts if not any(iri in own for iri in one.broader)]
    return [(top, [own[iri] for iri in top.narrower if iri in own]) for top in tops]


def term_addresses(snapshot: Snapshot) -> Iterable[str]:
    """One page for each class and property."""
    return (address_of("ontology", name) for name in vocabulary(snapshot).terms)


def scheme_addresses(snapshot: Snapshot) -> Iterable[str]:
    """One page for each vocabulary."""
    return (address_of("scheme", slug) for slug in vocabulary(snapshot).schemes)


def concept_addresses(snapshot: Snapshot) -> Iterable[str]:
    """One page for each concept."""
    for scheme in vocabulary(snapshot).schemes.values():
        yield from (address_of("scheme", scheme.slug, one.slug) for one in scheme.concepts)


KINDS = (
    Kind("ontology", "/ontology", make, lambda snapshot: ["/ontology"], "Ontology"),
    Kind("term", "/ontology/{name}", make_term, term_addresses),
    Kind("vocabulary", "/scheme/{scheme}", make_scheme, scheme_addresses),
    Kind("concept", "/scheme/{scheme}/{concept}", make_concept, concept_addresses),
)
