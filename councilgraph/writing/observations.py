"""Tables of other publishers to triples: figures, neighbours, recommendations.

Measures and units that a table brings along are written apart from the tables: two tables
may share one, and a statement stands in one named graph only.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from councilgraph.iris import IRIS, SCHEME, area, concept
from councilgraph.model import SourceDocument
from councilgraph.outside import Advice, Figure, Likeness, Measure, OutsideTable, Unit
from councilgraph.terms import DCTERMS, PROV, RDF, RDFS, SKOS, cg, slug
from councilgraph.textdigest import digest
from councilgraph.writing.assessments import add_document
from councilgraph.writing.ntriples import Triples, boolean, decimal, iri, plain, text, typed

TYPE, LABEL = f"<{RDF}type>", f"<{RDFS}label>"


def write_measures(measures: Iterable[Measure]) -> str:
    """The measures and units that our schemes lack, and which end of a measure is the better.

    ``measures`` holds no two that contradict each other.
    """
    out = Triples()
    seen: set[object] = set()
    for measure in measures:
        if measure.unit and measure.unit.label and measure.unit not in seen:
            seen.add(measure.unit)
            _concept(out, "unit", measure.unit.slug, measure.unit.label, None)
        if measure in seen:
            continue
        seen.add(measure)
        if measure.label:
            _concept(out, "measure", measure.slug, measure.label, measure.definition)
        better = measure.higher_is_better
        out.add(measure_iri(measure), (cg("higherIsBetter"), boolean(better) if better is not None else None))
    return out.ntriples()


def write_outside(table: OutsideTable) -> str:
    """One table with its rows; the areas, themes and measures stand in other graphs."""
    out = Triples()
    document = SourceDocument(table.path.name, table.sha256, "", None, table.path, format="text/csv")
    add_document(out, document, publisher=None, licence=table.licence)
    subject = f"<{IRIS.thing('table', table.name)}>"
    out.add(
        subject,
        (TYPE, cg("OutsideTable")),
        (LABEL, text(table.title)),
        (cg("publisherName"), plain(table.publisher)),
        (f"<{DCTERMS}license>", iri(table.licence)),
        (f"<{DCTERMS}source>", iri(table.address)),
        (f"<{PROV}wasDerivedFrom>", f"<{IRIS.document(document.key)}>"),
    )
    measures = {measure.slug: measure for measure in table.measures}
    for figure in table.figures:
        _figure(out, figure, measures[figure.measure], subject)
    for likeness in table.likenesses:
        _likeness(out, likeness, table.name, subject)
    for advice in table.advice:
        _advice(out, advice, table.name, subject)
    return out.ntriples()


def measure_iri(measure: Measure) -> str:
    """A measure of our scheme, or one that a table brought along; ready to be written."""
    return _of_scheme("measure", measure.slug, measure.label)


def _of_scheme(scheme: str, name: str, own_label: str | None) -> str:
    # What a user's table brings along is no concept of the project's: it stands below the
    # base of the graph, where nobody takes it for a published term.
    return f"<{IRIS.thing(scheme, name)}>" if own_label else slug(scheme, name)


def _unit_iri(unit: Unit) -> str:
    return _of_scheme("unit", unit.slug, unit.label)


def _concept(out: Triples, scheme: str, name: str, label: str, definition: str | None) -> None:
    out.add(
        f"<{IRIS.thing(scheme, name)}>",
        (TYPE, f"<{SKOS}Concept>"),
        # In the scheme, so that it is found by its name like any other measure.
        (f"<{SKOS}inScheme>", f"<{SCHEME}{scheme}>"),
        (f"<{SKOS}notation>", plain(name)),
        (f"<{SKOS}prefLabel>", text(label)),
        (f"<{SKOS}definition>", text(definition) if definition else None),
    )


def _figure(out: Triples, figure: Figure, measure: Measure, table: str) -> None:
    value = figure.value
    out.add(
        f"<{IRIS.thing('observation', *figure.key)}>",
        (TYPE, cg("Observation")),
        (cg("inTable"), table),
        (cg("ofArea"), f"<{area(figure.area)}>"),
        (cg("measure"), measure_iri(measure)),
        (cg("value"), decimal(value) if isinstance(value, Decimal) else plain(value)),
        (cg("unit"), _unit_iri(measure.unit) if measure.unit else None),
        (cg("period"), plain(figure.period)),
    )


def _likeness(out: Triples, likeness: Likeness, name: str, table: str) -> None:
    out.add(
        f"<{IRIS.thing('neighbour', name, likeness.area, likeness.neighbour)}>",
        (TYPE, cg("Neighbour")),
        (cg("inTable"), table),
        (cg("neighbourOf"), f"<{area(likeness.area)}>"),
        (cg("neighbour"), f"<{area(likeness.neighbour)}>"),
        (cg("rank"), typed(likeness.rank, "integer")),
    )


def _advice(out: Triples, advice: Advice, name: str, table: str) -> None:
    day = advice.made_on.isoformat()
    # The theme is part of the key: one recommendation can stand in two rows with two themes.
    key = digest(f"{advice.theme} {advice.text}")[:10]
    out.add(
        f"<{IRIS.thing('recommendation', name, advice.area, day, key)}>",
        (TYPE, cg("Recommendation")),
        (cg("inTable"), table),
        (cg("ofArea"), f"<{area(advice.area)}>"),
        (cg("madeOn"), typed(day, "date")),
        (cg("theme"), f"<{concept('theme', advice.theme)}>"),
        (cg("summary"), text(advice.text)),
        (cg("reportPage"), iri(advice.address) if advice.address else None),
    )
