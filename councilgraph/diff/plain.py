"""A comparison as text for a terminal, as Markdown, and as the notes of a release."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from councilgraph.diff.changes import (
    HOW,
    KINDS,
    QUIET,
    Change,
    Comparison,
    CouncilChanges,
    SideTold,
    because,
    counted,
    counts_in_words,
)

ELSEWHERE = "Tables, registers and links of no one council"
# What a release note tells one by one; of sentences and what hangs on them it gives the number.
_TOLD = frozenset({"assessment", "score", "partnership", "strategy", "link", "register entry", "term"})
_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~])")


def text(found: Comparison, *, quiet: bool = False) -> str:
    """For people at a terminal; ``quiet`` also lists what only moved or was regraded."""
    lines = [*_sides(found), ""]
    if found.same:
        return "\n".join([*lines, "Both hold the same statements.", ""])
    lines += [f"{_councils(found)}: {counts_in_words(found.changes)}.", ""]
    for council in found.councils:
        lines += [council.name or ELSEWHERE, f"  {counts_in_words(council.changes)}"]
        for change in shown(council, quiet=quiet):
            lines += [f"  {line}" for line in _entry(change)]
        lines.append("")
    lines.append("Graphs whose statements differ")
    for graph in found.graphs:
        lines.append(
            f"  {graph.name}: {graph.how}, {graph.added:,} statements new, {graph.removed:,} gone; "
            f"because of: {because(graph.causes)}"
        )
        lines += [f"    {line}" for line in _documents(graph.documents)]
    return "\n".join([*lines, ""])


def markdown(found: Comparison, *, quiet: bool = False) -> str:
    """The same as a Markdown page."""
    lines = ["# What changed", "", *_side_table(found), ""]
    if found.same:
        return "\n".join([*lines, "Both hold the same statements.", ""])
    lines += [f"{_councils(found)}.", "", *_counts_table(found.changes), ""]
    for council in found.councils:
        lines += [f"## {escaped(council.name or ELSEWHERE)}", "", f"{counts_in_words(council.changes)}.", ""]
        lines += _list(shown(council, quiet=quiet))
        lines.append("")
    lines += ["## Graphs whose statements differ", ""]
    lines += ["| graph | | new | gone | because of |", "|---|---|---:|---:|---|"]
    for graph in found.graphs:
        cells = (graph.name, graph.how, f"{graph.added:,}", f"{graph.removed:,}", because(graph.causes))
        lines.append(f"| {' | '.join(escaped(cell) for cell in cells)} |")
    return "\n".join([*lines, ""])


def notes(found: Comparison) -> str:
    """Release notes: what a reader of the last release should know; give it ``wordless`` changes.

    Scores, assessments, arrangements, strategies, links and register entries are told one by one, all
    else in numbers.
    """
    lines = [f"# Changes {_span(found)}", ""]
    if found.same:
        return "\n".join([*lines, "No statement has changed.", ""])
    lines += [f"{_councils(found)}.", "", *_counts_table(found.changes), ""]
    for council in found.councils:
        lines += [f"## {escaped(council.name or ELSEWHERE)}", "", f"{counts_in_words(council.changes)}."]
        lines += ["", f"Because of: {because(council.causes)}.", ""]
        told = [c for c in shown(council, quiet=False) if c.kind in _TOLD]
        lines += [*_list(told), *([""] if told else [])]
    rules = [set(side.rules) for side in (found.old, found.new)]
    if rules[0] != rules[1]:
        before, after = (", ".join(sorted(one)) or "none" for one in rules)
        told_rules = f"Reports were read by rules {escaped(before)} and are now read by {escaped(after)}."
        lines += ["## Rules", "", told_rules, ""]
    return "\n".join(lines)


def side_rows(found: Comparison) -> tuple[tuple[str, str, str], ...]:
    """What the two builds say of themselves, side by side."""
    old, new = found.old, found.new
    return (
        ("place", old.place, new.place),
        ("version", old.version, new.version),
        ("rules", ", ".join(old.rules), ", ".join(new.rules)),
        ("reports up to", old.newest, new.newest),
        ("reports", f"{old.reports:,}", f"{new.reports:,}"),
        ("statements", f"{old.statements:,}", f"{new.statements:,}"),
    )


def shown(council: CouncilChanges, *, quiet: bool) -> list[Change]:
    """The changes that are listed one by one."""
    return [change for change in council.changes if quiet or change.how not in QUIET]


def escaped(value: str) -> str:
    """Words from outside in Markdown: no mark of theirs is taken for one of ours."""
    return _MARKS.sub(r"\\\1", " ".join(value.split()))


def field_lines(change: Change) -> Iterator[str]:
    """The properties that differ: "polarity: strength → mixed"; of a new thing its properties."""
    for field in change.fields:
        old, new = ", ".join(field.old), ", ".join(field.new)
        if change.how == "changed":
            yield f"{field.name}: {old or 'none'} → {new or 'none'}"
        else:
            yield f"{field.name}: {old or new}"


def heading(change: Change) -> str:
    """ "finding changed: Equity, paragraph 2, sentence 1"."""
    where = f" ({change.place})" if change.place and change.place != change.label else ""
    like = f" (reworded, {change.alike} % alike)" if 0 < change.alike < 100 else ""
    return f"{change.kind} {change.how}: {change.label}{where}{like}"


def _entry(change: Change) -> Iterator[str]:
    head = f"{heading(change)}; because of: {because(change.causes)}"
    yield f"  {change.assessment + ' ' if change.assessment else ''}{head}"
    if change.sentence and not any(f.name == "sentence" for f in change.fields):
        yield f"      “{change.sentence}”"
    for line in field_lines(change):
        yield f"      {line}"


def _list(changes: Iterable[Change]) -> list[str]:
    lines = []
    for change in changes:
        head, *rest = _entry(change)
        lines += [f"- {escaped(head)}", *(f"  - {escaped(line)}" for line in rest)]
    return lines


def _sides(found: Comparison) -> list[str]:
    return [f"{name}: {_told(side)}" for name, side in (("old", found.old), ("new", found.new))]


def _told(side: SideTold) -> str:
    parts = [side.place, f"councilgraph {side.version}" if side.version else ""]
    parts += [f"rules {', '.join(side.rules)}" if side.rules else ""]
    parts += [f"reports up to {side.newest}" if side.newest else "", f"{side.statements:,} statements"]
    return ", ".join(part for part in parts if part) + ("" if side.manifest else ", no manifest")


def _side_table(found: Comparison) -> list[str]:
    rows = (" | ".join(escaped(cell) for cell in row) for row in side_rows(found))
    return ["| | old | new |", "|---|---|---|", *(f"| {row} |" for row in rows)]


def _counts_table(changes: Iterable[Change]) -> list[str]:
    rows = counted(changes)
    lines = [f"| | {' | '.join(HOW)} |", f"|---|{'---:|' * len(HOW)}"]
    for kind, row in rows.items():
        cells = " | ".join(f"{row.get(how, 0):,}" for how in HOW)
        lines.append(f"| {KINDS[kind]} | {cells} |")
    return lines if rows else []


def _span(found: Comparison) -> str:
    old, new = (side.newest or side.version or "an earlier build" for side in (found.old, found.new))
    return f"from {old} to {new}" if old != new else f"within {new}"


def _councils(found: Comparison) -> str:
    n = sum(bool(council.code) for council in found.councils)
    return f"{n:,} {'council' if n == 1 else 'councils'} changed"


def _documents(documents: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    for name, old, new in documents:
        if old and new:
            yield f"{name}: SHA-256 {old[:16]} → {new[:16]}"
        else:
            yield f"{name}: {'no longer given' if old else 'new'}, SHA-256 {(old or new)[:16]}"
