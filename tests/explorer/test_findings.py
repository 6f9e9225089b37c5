"""Findings by what they are filtered by: the same as a query would give."""

from __future__ import annotations

import pytest

from councilgraph.explorer import findings as module
from councilgraph.explorer.findings import Entry, Findings, findings
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.iris import concept


@pytest.fixture(scope="module")
def known(rich_snapshot: Snapshot) -> Findings:
    return findings(rich_snapshot)


def of(snapshot: Snapshot, council: str, **filters: str) -> set[object]:
    rows = snapshot.records("Q38", authority=council, **filters)
    return {row["finding"] for row in rows}


@pytest.mark.parametrize("by", ["statement", "theme", "polarity", "voice"])
def test_filters_find_what_the_stored_question_finds(
    rich_snapshot: Snapshot, known: Findings, by: str
) -> None:
    council = known.count(known.entries, "council")[0][0].slug
    mine = known.select(council=council)
    for named, count in known.count(mine, by)[:4]:
        found = known.select(council=council, **{by: named.slug})
        assert {one.iri for one in found} == of(rich_snapshot, council, **{by: named.iri})
        # A theme is found with those below it, and counted without them.
        assert len(found) >= count if by == "theme" else len(found) == count


def test_a_theme_is_found_with_those_below_it(rich_snapshot: Snapshot, known: Findings) -> None:
    above = "group-carers"
    assert rich_snapshot.has(concept("theme", above))
    found = {one.iri for one in known.select(theme=above)}
    below = {one.iri for one in known.select(theme="unpaid-carers")}
    assert below
    assert below <= found


def test_what_is_found_is_in_the_order_of_the_reports(known: Findings) -> None:
    found = known.select(council=known.entries[0].council)
    places = [(one.assessment, one.section, one.paragraph, one.number) for one in found]
    assert len(set(places)) == len(places)
    in_section = [place[2:] for place in places if place[:2] == places[0][:2]]
    assert in_section == sorted(in_section)


def test_filters_that_no_finding_fits_give_nothing(known: Findings) -> None:
    assert known.select(council="XXX") == []
    assert known.select(theme="none-such") == []
    assert known.get("https://example.org/none") is None


def test_a_finding_without_a_person_s_check_says_so(known: Findings) -> None:
    machine = known.show(known.select(state="machine")[:1])[0]
    assert not machine.reviewed
    assert machine.state_words == "Read by machine, not yet reviewed"
    assert machine.sentence
    assert machine.council.address == f"/councils/{machine.entry.council}"


def test_what_a_person_rejected_is_counted_nowhere(
    rich_snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(snapshot: Snapshot) -> tuple[Entry, ...]:
        made = (("a", "rejected"), ("b", "accepted"))
        return tuple(
            Entry(iri, "", "STS", "equity", "equity", 1, 1, "strength", ("advocacy",), (), state)
            for iri, state in made
        )

    monkeypatch.setattr(module, "read_entries", read)
    some = Findings(rich_snapshot)
    assert [one.iri for one in some.entries] == ["b"]
    assert [one.iri for one in some.select(theme="advocacy")] == ["b"]
    assert some.get("a") is None
