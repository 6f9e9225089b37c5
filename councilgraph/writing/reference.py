"""Reference tables to triples: bodies, places, identifiers, succession, law."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

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
from councilgraph.terms import FOAF, ORG, OWL, RDF, RDFS, SKOS, cg, slug
from councilgraph.writing.ntriples import Triples, decimal, iri, plain, text, typed

TYPE, LABEL, ALT = f"<{RDF}type>", f"<{RDFS}label>", f"<{SKOS}altLabel>"


def write_reference(table: ReferenceTable) -> str:
    """One table as N-Triples."""
    out = Triples()
    for place in table.areas:
        _area(out, place)
    for council in table.councils:
        _council(out, council)
    for organisation in table.organisations:
        _organisation(out, organisation)
    for coverage in table.coverages:
        _coverage(out, coverage)
    for succession in table.successions:
        _succession(out, succession)
    for law in table.acts:
        _act(out, law)
    return out.ntriples()


def write_links(tables: list[ReferenceTable]) -> str:
    """The links of councils and bodies to other datasets, each with its method.

    They stand in a graph of their own so that they can be left out: a link is somebody's
    judgement, an identifier is a fact.
    """
    out = Triples()
    same_as = f"<{OWL}sameAs>"
    for table in tables:
        bodies: list[tuple[str, str, Council | Organisation]] = [
            (IRIS.council(council.code), council.code, council) for council in table.councils
        ]
        bodies += [(IRIS.organisation(body.key), body.key, body) for body in table.organisations]
        for subject, key, body in bodies:
            for target in body.same_as:
                host = target.split("/")[2].removeprefix("www.")
                out.add(f"<{subject}>", (same_as, iri(target)))
                out.add(
                    f"<{IRIS.thing('link', key, host)}>",
                    (TYPE, cg("Link")),
                    (cg("linkSubject"), f"<{subject}>"),
                    (cg("linkRelation"), same_as),
                    (cg("linkObject"), iri(target)),
                    (cg("linkMethod"), slug("link-method", "published-lookup")),
                    (cg("confidence"), decimal(Decimal(1))),
                    (cg("reviewState"), slug("review-state", "machine")),
                )
    return out.ntriples()


def _area(out: Triples, place: Area) -> None:
    out.add(
        f"<{area(place.gss)}>",
        (TYPE, cg("Area")),
        (LABEL, text(place.name)),
        (cg("gssCode"), plain(place.gss)),
        (cg("withinArea"), f"<{area(place.within)}>" if place.within else None),
    )


def _council(out: Triples, council: Council) -> None:
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
    _body(out, subject, council)


def _organisation(out: Triples, organisation: Organisation) -> None:
    subject = IRIS.organisation(organisation.key)
    lead = organisation.commissioned_by
    out.add(
        f"<{subject}>",
        (TYPE, cg("Organisation")),
        (LABEL, text(organisation.name)),
        (cg("organisationKind"), slug("organisation-kind", organisation.kind)),
        (cg("commissionedBy"), f"<{IRIS.organisation(lead)}>" if lead else None),
    )
    _body(out, subject, organisation)


def _body(out: Triples, subject: str, body: Council | Organisation) -> None:
    """What councils and other bodies have alike."""
    for name in dict.fromkeys(body.other_names):
        out.add(f"<{subject}>", (ALT, text(name)))
    out.add(
        f"<{subject}>",
        (f"<{FOAF}homepage>", iri(body.homepage) if body.homepage else None),
        *_validity(body.valid_from, body.valid_until),
    )
    for identifier in dict.fromkeys(body.identifiers):
        out.add(f"<{subject}>", (cg("hasIdentifier"), _identifier(out, identifier)))


def _identifier(out: Triples, identifier: Identifier) -> str:
    subject = f"<{IRIS.thing('identifier', identifier.scheme, identifier.value)}>"
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
