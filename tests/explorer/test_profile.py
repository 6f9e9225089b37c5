"""Scores beside other councils: the page counts what the stored question counts."""

from __future__ import annotations

from collections.abc import Iterable

from councilgraph.explorer.directory import Council, directory
from councilgraph.explorer.profile import groups
from councilgraph.explorer.snapshot import Snapshot


def compared(snapshot: Snapshot, councils: Iterable[Council]) -> int:
    """Compares the two ways of counting; returns the number of groups and statements compared."""
    count = 0
    for one in councils:
        if not one.latest or one.latest.indicative:
            continue
        mine = {}
        for group in groups(snapshot, one):
            label = group.label if group.kind == "England" else f"{group.kind.capitalize()}: {group.label}"
            for statement, score in one.latest.scores.items():
                if score is None:
                    continue
                beside = group.beside(statement, score)
                name = directory(snapshot).statements[statement]
                counts = (beside.assessed, beside.lower, beside.same, beside.higher)
                mine[name, label] = (*counts, beside.average)
        theirs = {
            (row["statement"], row["compared-with"]): (
                *(row["assessed"], row["lower"], row["same"], row["higher"]),
                row["average"],
            )
            for row in snapshot.records("Q03", authority=one.iri)
            if row["compared-with"] != "Neighbours: no list in the graph"
        }
        assert mine == theirs
        count += len(theirs)
    return count


def test_the_groups_of_a_council_are_counted_as_the_stored_question_counts_them(
    rich_snapshot: Snapshot,
) -> None:
    assessed = [one for one in directory(rich_snapshot).all if one.state == "Assessed"]
    of_types = {one.type: one for one in assessed}
    some = {one.code: one for one in (*of_types.values(), *assessed[::20])}.values()
    assert compared(rich_snapshot, some) > 200


def test_neighbours_are_counted_as_the_stored_question_counts_them(snapshot: Snapshot) -> None:
    every = directory(snapshot).all
    assert any(group.kind == "neighbours" for one in every for group in groups(snapshot, one))
    assert compared(snapshot, every) > 10
