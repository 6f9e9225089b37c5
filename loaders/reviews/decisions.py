"""Records of decisions: one line for what a person said of one thing that the machine read.

They stand in the same files as the records of sentences, in the order in which they were made.
The fields of ``machine`` and ``person`` are those of the records of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from councilgraph.model import ADDED, DECISIONS, EVIDENCE_KINDS, Act, Partnership
from councilgraph.model import Decision as Decided
from loaders.reviews import records

KIND = "decision"
# Fields that a record of a sentence must have and that the machine has no word for.
_OWN = {"summary": None, "name": None, "since": None, "covers": None, "year": ""}
# What a person who puts a thing in need not say.
_UNSAID: dict[str, records.Record] = {
    "mention": {"start": 0, "end": 0, "named": True, "full_name": None},
    "partnership": {"parties": []},
    "strategy": {"start": None, "end": None, "co_produced": False, "status": "in-force"},
    "statistic": {"qualifier": None, "period": None, "comparison": None, "verdict": None, "voices": []},
    "citation": {"law_section": None},
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_PATH = re.compile(r"[a-z]+/([12][0-9]{3})/[0-9]+")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def decision(
    record: records.Record, makers: Mapping[str, Callable[[records.Record], Any]], where: str
) -> Decided:
    """The decision of a record; ``makers`` make the evidence objects of its readings.

    Raises:
        ValueError: what is wrong with the record; KeyError: the field that it lacks.
    """
    of, said = str(record["of"]), str(record["decision"])
    if of not in EVIDENCE_KINDS:
        raise ValueError(f"'of': '{of}' is none of {', '.join(EVIDENCE_KINDS)}")
    if said not in DECISIONS:
        raise ValueError(f"'decision': '{said}' is none of {', '.join(DECISIONS)}")
    machine, person = _object(record, "machine"), _object(record, "person")
    if bool(person) != (said in ("corrected", ADDED)):
        raise ValueError("'person': what a correction changes or adds, and nothing in any other decision")
    if bool(machine) == (said == ADDED):
        raise ValueError("'machine': what was read; nothing of what the machine missed, and only of that")
    if said == ADDED and of == "finding":
        raise ValueError("'of': a sentence has its finding already; correct it")
    if not _DIGEST.fullmatch(str(record["digest"])):
        raise ValueError("'digest': 64 small hexadecimal digits")
    role = str(record["role"]).strip()
    if not role:
        raise ValueError("'role': in which role it was decided")
    confidence = record.get("confidence")
    return Decided(
        of=of,
        place=records.place_of(record),
        digest=str(record["digest"]),
        rules=str(record["rules"]),
        machine=machine,
        decision=said,
        on=_day(record["on"]),
        role=role,
        person=person,
        note=str(record.get("note") or ""),
        confidence=Decimal(str(confidence)) if confidence is not None else None,
        where=where,
        reading=_reading(of, record, {**machine, **person}, makers),
    )


def record_of(one: Decided) -> records.Record:
    """The record of a decision, its fields in the order in which they are read best."""
    place = {"section": one.place.section, "paragraph": one.place.paragraph, "sentence": one.place.sentence}
    told: records.Record = {"kind": KIND, "of": one.of, **place, "digest": one.digest, "rules": one.rules}
    if one.confidence is not None:
        told["confidence"] = float(one.confidence)
    told |= {"machine": dict(one.machine), "decision": one.decision}
    if one.person:
        told["person"] = dict(one.person)
    if one.note:
        told["note"] = one.note
    return {**told, "on": one.on.isoformat(), "role": one.role}


def makers_of(acts: Mapping[str, Act]) -> dict[str, Callable[[records.Record], Any]]:
    """What makes an evidence object out of a record of each kind."""

    def cited(record: records.Record) -> Any:
        if one := records.citation(record, acts):
            return one
        path = _PATH.fullmatch(str(record.get("path") or ""))
        if path is None:
            raise ValueError(f"'act': '{record['act']}' is no Act of the tables")
        # The tables of that day had it, and a decision outlives a table.
        known = Act(path[0], str(record["act"]), int(path[1]), 0, ())
        return records.citation(record, {known.title.lower(): known})

    def figure(record: records.Record) -> Any:
        if not isinstance(record["value"], str):
            return records.statistic(record)
        # A number that is printed wrongly is kept as it stands.
        return replace(records.statistic({**record, "value": 0}), value=record["value"], text=record["value"])

    return {
        "finding": records.finding,
        "mention": records.mention,
        "partnership": records.partnership,
        "strategy": records.strategy,
        "statistic": figure,
        "citation": cited,
    }


def _reading(
    of: str,
    record: records.Record,
    fields: records.Record,
    makers: Mapping[str, Callable[[records.Record], Any]],
) -> Any:
    place = {name: record[name] for name in ("section", "paragraph", "sentence")}
    changed = record["decision"] != ADDED and "act" in (record.get("person") or {})
    own = {"path": None} if changed else {}
    if record["decision"] in (ADDED, "withdrawn"):  # what was added may be taken back
        fields = {**_UNSAID.get(of, {}), "sentences": [record["sentence"]], **fields}
    made = makers[of]({**_OWN, **fields, **own, **place, "kind": of})
    # One arrangement keeps its name in the graph, however it is corrected.
    kept = isinstance(made, Partnership) and "key" in fields
    return replace(made, key=str(fields["key"])) if kept else made


def _object(record: records.Record, name: str) -> records.Record:
    given = record.get(name)
    if given is None and name == "person":
        return {}
    if not isinstance(given, dict):
        raise ValueError(f"'{name}': fields and what they hold")
    return given


def _day(given: object) -> date:
    if isinstance(given, str) and _DAY.fullmatch(given):
        return date.fromisoformat(given)
    raise ValueError("'on': the day of the decision, as 2026-11-20")
