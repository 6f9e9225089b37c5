"""The evidence of one report on both sides: findings, and all that hangs on them."""

from __future__ import annotations

from collections.abc import Iterable

from councilgraph.diff.changes import Cause, Change
from councilgraph.diff.pool import Pool
from councilgraph.diff.records import SHARED, Name, Record, iri_of, kind_of
from councilgraph.diff.sentences import paired
from councilgraph.diff.sides import Lines
from councilgraph.diff.statements import Statements, touched
from councilgraph.diff.things import Teller
from councilgraph.diff.words import Words
from councilgraph.iris import DEF


def report_changes(
    key: str, old: Lines, new: Lines, causes: tuple[Cause, ...], words: Words, pool: Pool
) -> list[Change]:
    """What changed in the evidence of the assessment ``key``, and why.

    Its scores go to ``pool``: a score table may tell of them too.
    """
    pool.take(old, new, causes, SHARED)
    names = {name for name in touched(old, new) if kind_of(name) and name[0] not in SHARED}
    before, after = Statements(old), Statements(new)
    pairs = paired(_only(names, before, after), _only(names, after, before))
    renamed = before.rename({one: other for one, (other, _) in pairs.items()})
    names = {name for name in names if name in before or name in after} | renamed.keys()
    alike = dict(pairs.values())
    matched = _by_words(names, before, after)
    teller = Teller(words, before.record, after.record)
    found = []
    for name in sorted(names - set(matched.values())):
        one = matched.get(name, name)
        was = iri_of(renamed.get(one, one))
        change = teller.change(
            before.record(one),
            after.record(name),
            causes,
            was=was if was != iri_of(name) and one in before else "",
            alike=alike.get(name[1], 0) if name[0] == "finding" else 0,
            council=key.partition("-")[0],
            assessment=key,
        )
        if change is not None:
            found.append(change)
    return found


def _only(names: Iterable[Name], here: Statements, there: Statements) -> list[Record]:
    """The findings that stand on one side only."""
    held = (here.record(n) for n in names if n[0] == "finding" and n in here and n not in there)
    return [record for record in held if record is not None]


def _by_words(names: set[Name], before: Statements, after: Statements) -> dict[Name, Name]:
    """New mention to old: in a reworded sentence one stands a few letters further on.

    Mentions are named by their offset in the sentence; those of one sentence with the same
    words are the same, in their order.
    """
    waiting: dict[tuple[str, str], list[Name]] = {}
    mentions = sorted((n for n in names if n[0] == "mention"), key=_offset)
    for name in mentions:
        if name in before and name not in after and (record := before.record(name)):
            waiting.setdefault((_sentence(name), record.one(f"{DEF}exactText")), []).append(name)
    matched: dict[Name, Name] = {}
    for name in mentions:
        record = after.record(name) if name not in before else None
        if record and (held := waiting.get((_sentence(name), record.one(f"{DEF}exactText")))):
            matched[name] = held.pop(0)
    return matched


def _sentence(name: Name) -> str:
    return name[1].rpartition("/")[0]


def _offset(name: Name) -> tuple[str, int]:
    head, _, start = name[1].rpartition("/")
    return head, int(start)
