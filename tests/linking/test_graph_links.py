"""Links of the graph: names are close matches, identifiers identities, doubt is no link."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from councilgraph.linking.candidates import Memory
from councilgraph.linking.entry import Entry
from councilgraph.linking.graph import CERTAIN, Asked, answers, name_links, published_links
from councilgraph.linking.graph_iris import Naming, described
from councilgraph.linking.graph_registers import identities, identity_links, outward_links
from councilgraph.linking.joined import Joined
from councilgraph.model import Link, NamedBody, Organisation, ReferenceTable
from tests.linking.bodies import ENTRIES, NORTHMOOR, charity, company, official

SOURCE = Memory(ENTRIES)
NAMING = Naming(e for e in ENTRIES if e.register == "councils")
ID = "https://w3id.org/councilgraph/id/"
TRUST = next(e for e in ENTRIES if e.code == "RZ1")


def linked(name: str, kind: str, on: date = date(2025, 5, 30)) -> list[Link]:
    asked = Asked(NamedBody("local-NMR-2025-05-x", name, kind), "NMR", NORTHMOOR, on)
    return [link for link, _ in name_links(answers([asked], SOURCE), NAMING)]


def test_a_name_is_a_close_match_and_holds_while_the_body_exists() -> None:
    (link,) = linked("Moorland Partnership University NHS Foundation Trust", "nhs-trust")
    assert (link.relation, link.method, link.state) == ("closeMatch", "name-match", "machine")
    assert link.subject == f"{ID}organisation/local-NMR-2025-05-x"
    assert link.object == f"{ID}organisation/trusts-RZ1"
    assert link.key == ("local-NMR-2025-05-x", "trusts-RZ1")
    assert (link.valid_from, link.valid_until) == (date(2001, 4, 1), None)
    assert link.confidence >= CERTAIN


def test_a_doubt_is_seen_in_the_confidence_although_the_names_agree() -> None:
    # Such names recur, and the register does not say where this charity works.
    (link,) = _of(charity("1100009", "Vale Helpers"))
    assert link.confidence < CERTAIN


def _of(entry: Entry) -> list[Link]:
    asked = Asked(NamedBody("local-NMR-2025-05-x", entry.names[0].text, entry.kind), "NMR", NORTHMOOR, None)
    return [link for link, _ in name_links(answers([asked], Memory([*ENTRIES, entry])), NAMING)]


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Vale Friends", "vcfse"), ("the trust", "nhs-trust"), ("Nobody We Know", "vcfse")],
)
def test_nothing_is_linked_where_nobody_can_tell(name: str, kind: str) -> None:
    assert linked(name, kind) == []


def test_a_body_inferred_from_the_area_says_so() -> None:
    (link,) = linked("the ICB", "integrated-care-board")
    assert (link.object, link.method) == (f"{ID}organisation/boards-QZ1", "area-and-date")
    assert link.relation == "closeMatch" and link.confidence < CERTAIN


def test_the_day_of_the_report_decides_between_a_body_and_its_successor() -> None:
    name, kind = "Northmoor ICB", "integrated-care-board"
    (before,) = linked(name, kind, date(2026, 3, 31))
    (after,) = linked(name, kind, date(2026, 4, 1))
    assert before.object.endswith("/boards-QZ1")
    assert before.valid_until == date(2026, 3, 31)
    assert after.object.endswith("/boards-QZ3")
    assert after.valid_from == date(2026, 4, 1)
    assert after.confidence < CERTAIN


def test_two_published_records_of_one_host_are_two_links() -> None:
    same_as = ("http://www.wikidata.org/entity/Q1", "http://www.wikidata.org/entity/Q2")
    body = Organisation("ods-RZ1", "A Trust", "nhs-trust", same_as=same_as)
    found = list(published_links([ReferenceTable("nhs-trusts", organisations=(body,))]))
    assert [link.key for link in found] == [("ods-RZ1", "wikidata.org"), ("ods-RZ1", "wikidata.org", "Q2")]
    assert [link.object for link in found] == list(same_as)


# --- registers among each other -----------------------------------------------------------


def provider(code: str, *identifiers: tuple[str, str]) -> Entry:
    return Entry("cqc-providers", code, "care-provider", official("Other Words"), identifiers)


def pairs(*more: Entry, start: Entry = TRUST) -> list[tuple[str, str]]:
    source = Joined(SOURCE, Memory(more))
    return [(one.code, two.code) for one, two in identities([start], source, Naming([start]))]


def test_entries_of_two_registers_with_one_identifier_are_one_body() -> None:
    assert pairs(provider("1-1", ("ods", "RZ1"))) == [("RZ1", "1-1")]
    assert pairs(provider("1-1", ("ods", "RZ2"))) == []
    (link,) = identity_links([(TRUST, provider("1-1", ("ods", "RZ1")))], Naming([TRUST]))
    assert (link.relation, link.method, link.confidence) == ("sameAs", "register-identifier", Decimal(1))


def test_two_entries_of_a_register_with_one_identifier_are_linked_to_nobody() -> None:
    assert pairs(provider("1-1", ("ods", "RZ1")), provider("1-2", ("ods", "RZ1"))) == []


def test_one_of_two_charities_of_a_company_is_not_taken_for_it() -> None:
    first = replace(
        charity("1100091", "One"), identifiers=(("charity-commission", "1100091"), ("companies-house", "77"))
    )
    second = replace(
        charity("1100092", "Two"), identifiers=(("charity-commission", "1100092"), ("companies-house", "77"))
    )
    of_company = replace(company("77", "One Ltd"), register="companies")
    assert pairs(first, of_company, start=first) == [("1100091", "77")]
    assert pairs(first, second, of_company, start=first) == []


def test_an_entry_with_the_codes_of_two_bodies_is_linked_to_neither() -> None:
    other = next(e for e in ENTRIES if e.code == "RZ3")
    both = provider("1-1", ("ods", "RZ1"), ("ods", "RZ3"))
    source = Joined(SOURCE, Memory([both]))
    assert identities([TRUST, other], source, Naming([TRUST, other])) == []


def test_a_code_that_was_given_again_links_nobody() -> None:
    gone = replace(provider("1-1", ("ods", "RZ1")), until=date(1999, 1, 1))
    assert list(identity_links([(TRUST, gone)], Naming([TRUST]))) == []


def test_companies_and_charities_lead_to_their_own_addresses() -> None:
    found = list(
        outward_links(
            [
                replace(company("01100001", "Moorland Care Ltd"), register="companies-house"),
                replace(charity("1100001", "Moorland Carers"), register="charity-commission"),
                TRUST,
            ],
            NAMING,
        )
    )
    assert [(link.relation, link.object) for link in found] == [
        ("sameAs", "http://business.data.gov.uk/id/company/01100001"),
        ("exactMatch", "https://findthatcharity.uk/orgid/GB-CHC-1100001"),
    ]


# --- what things are called --------------------------------------------------------------------


def test_an_iri_leads_back_to_its_entry() -> None:
    ours = [
        Entry("local-authorities", "NMR", "local-authority", official("Northmoor")),
        Entry("ods-trusts", "RZ1", "nhs-trust", official("A Trust")),
        Entry("police-forces", "E23000901", "police", official("A Force")),
        Entry("national-bodies", "gor-PB9901", "regulator", official("A Body")),
    ]
    more = [
        Entry("local-authorities", "NMD", "district-council", official("Northmoor District")),
        Entry("national-bodies", "gor-PB9902", "national-body", official("B Body")),
        Entry("charity-commission", "1100001-1", "vcfse", official("C")),
    ]
    naming, source = Naming(ours), Memory([*ours, *more])
    iris = [naming.iri(entry).removeprefix(ID) for entry in (*ours, *more)]
    assert iris == [
        "council/NMR",
        "organisation/ods-RZ1",
        "organisation/gss-E23000901",
        "organisation/gor-PB9901",
        "organisation/lae-NMD",
        "organisation/gor-PB9902",
        "organisation/charity-commission-1100001-1",
    ]
    registers = ("charity-commission", "local-authorities", "national-bodies")
    for entry in (*ours, *more):
        assert naming.entry(naming.iri(entry), source, registers) == entry
    assert naming.entry(f"{ID}organisation/charity-commission-1", source, registers) is None
    assert naming.entry("http://www.wikidata.org/entity/Q1", source, registers) is None


def test_a_register_that_ends_a_body_before_it_began_gives_it_no_dates() -> None:
    body = replace(TRUST, since=date(2020, 1, 1), until=date(2019, 1, 1))
    told = described(body, NAMING)
    assert (told.valid_from, told.valid_until) == (None, None)


def test_our_tables_come_before_a_registry_that_has_the_same_entry() -> None:
    newer = replace(TRUST, names=official("New Name NHS Trust"))
    source = Joined(Memory([newer]), SOURCE)
    assert source.entry("trusts", "RZ1") == newer
    assert list(source.identified("ods", "RZ1")) == [newer]
    assert source.exact("moorland partnership university nhs foundation trust") == []
