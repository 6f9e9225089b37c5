"""Reference tables to triples: bodies, places, identifiers, succession, law."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from councilgraph.iris import IRIS, act, area, concept
from councilgraph.model import (
    Act,
    Area,
    Council,
    Coverage,
    Identifier,
    Organisation,
    ReferenceTable,
    Succession,
)
from councilgraph.terms import FOAF, ORG, RDF, RDFS, SKOS, cg, slug
from councilgraph.writing.ntriples import Triples, decimal, iri, plain, text, typed

TYPE, LABEL, ALT = f"<{RDF}type>", f"<{RDFS}label>", f"<{SKOS}altLabel>"


def write_reference(table: ReferenceTable, described: Collection[Identifier] = ()) -> str:
    """One table as N-Triples.

    ``described`` are identifiers that another graph describes: no statement may stand in two.
    """
    out = Triples()
    for place in table.areas:
        _area(out, place)
    for council in table.councils:
        _council(out, council, described)
    for organisation in table.organisations:
        _organisation(out, organisation, described)
    for coverage in table.coverages:
        _coverage(out, coverage)
    for succession in table.successions:
        _succession(out, succession)
    for law in table.acts:
        _act(out, law)
    return out.ntriples()


def _area(out: Triples, place: Area) -> None:
    out.add(
        f"<{area(place.gss)}>",
        (TYPE, cg("Area")),
        (LABEL, text(place.name)),
        (cg("gssCode"), plain(place.gss)),
        (cg("withinArea"), f"<{area(place.within)}>" if place.within else None),
    )


def _council(out: Triples, council: Council, described: Collection[Identifier]) -> None:
    subject = IRIS.council(council.code)
    out.add(
        f"<{subject}>",
        (TYPE, cg("Council")),
        (LABEL, text(council.name)),
        (cg("shortName"), text(council.short_name)),
        (cg("code"), plain(council.code)),
        (cg("councilType"), slug("council-type", council.kind)),
        (cg("organisationKind"), slug("organisation-kind", "local-authority")),
        (cg("area"), f"<{area(council.area)}>"),
    )
    _body(out, subject, council, described)


def _organisation(out: Triples, organisation: Organisation, described: Collection[Identifier]) -> None:
    subject = IRIS.organisation(organisation.key)
    lead = organisation.commissioned_by
    out.add(
        f"<{subject}>",
        (TYPE, cg("Organisation")),
        (LABEL, text(organisation.name)),
        (cg("organisationKind"), slug("organisation-kind", organisation.kind)),
        (cg("commissionedBy"), f"<{IRIS.organisation(lead)}>" if lead else None),
    )
    _body(out, subject, organisation, described)


def _body(
    out: Triples, subject: str, body: Council | Organisation, described: Collection[Identifier]
) -> None:
    """What councils and other bodies have alike."""
    for name in dict.fromkeys(body.other_names):
        out.add(f"<{subject}>", (ALT, text(name)))
    out.add(
        f"<{subject}>",
        (f"<{FOAF}homepage>", iri(body.homepage) if body.homepage else None),
        *_validity(body.valid_from, body.valid_until),
    )
    for identifier in dict.fromkeys(body.identifiers):
        out.add(f"<{subject}>", (cg("hasIdentifier"), _identifier(out, identifier, described)))


def _identifier(out: Triples, identifier: Identifier, described: Collection[Identifier]) -> str:
    subject = f"<{IRIS.thing('identifier', identifier.scheme, identifier.value)}>"
    if identifier in described:
        return subject
    out.add(
        subject,
        (TYPE, cg("Identifier")),
        (f"<{SKOS}notation>", plain(identifier.value)),
        (cg("identifierScheme"), f"<{concept('identifier-scheme', identifier.scheme)}>"),
    )
    return subject


def _coverage(out: Triples, coverage: Coverage) -> None:
    out.add(
        f"<{IRIS.thing('coverage', coverage.organisation, coverage.area)}>",
        (TYPE, cg("Coverage")),
        (cg("coveringOrganisation"), f"<{IRIS.organisation(coverage.organisation)}>"),
        (cg("coveredArea"), f"<{area(coverage.area)}>"),
        (cg("share"), decimal(coverage.share) if coverage.share is not None else None),
        *_validity(coverage.valid_from, coverage.valid_until),
    )


def _succession(out: Triples, succession: Succession) -> None:
    out.add(
        f"<{IRIS.thing('succession', f'{succession.original}-{succession.resulting}')}>",
        (TYPE, cg("Succession")),
        (f"<{ORG}originalOrganization>", f"<{IRIS.organisation(succession.original)}>"),
        (f"<{ORG}resultingOrganization>", f"<{IRIS.organisation(succession.resulting)}>"),
        (cg("changedOn"), typed(succession.on.isoformat(), "date")),
        (cg("successionKind"), slug("succession-kind", succession.kind)),
    )


def _act(out: Triples, law: Act) -> None:
    subject = f"<{act(law.path)}>"
    out.add(
        subject,
        (TYPE, cg("Act")),
        (LABEL, text(law.title)),
        (cg("year"), typed(law.year, "gYear")),
        (cg("actNumber"), typed(law.number, "integer")),
        *((ALT, text(title)) for title in dict.fromkeys(law.other_titles)),
    )


def _validity(start: date | None, end: date | None) -> tuple[tuple[str, str | None], ...]:
    return (
        (cg("validFrom"), typed(start.isoformat(), "date") if start else None),
        (cg("validUntil"), typed(end.isoformat(), "date") if end else None),
    )
