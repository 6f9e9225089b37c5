"""Taking a decision about one thing: checked before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Any

from councilgraph.errors import UsageError
from councilgraph.model import ADDED, DECISIONS, Act, Decision
from councilgraph.reviews.correcting import added, corrected, fields_in
from councilgraph.reviews.readings import cut
from councilgraph.reviews.things import Thing
from councilgraph.textdigest import straighten

LONGEST_NOTE = 500  # characters
LONGEST_ROLE = 60
# So many words of a report in a row are its text, and that belongs to its publisher.
_WORDS_OF_THE_REPORT = 8
# Fields that the machine fills with words of the sentence.
_TEXT = ("covers", "counts")
# What people write for a decision.
_NAMES = {
    "accept": "accepted",
    "correct": "corrected",
    "reject": "rejected",
    "note": "open",
    "undo": "withdrawn",
} | {name: name for name in DECISIONS if name != ADDED}


def take(
    thing: Thing,
    decision: str,
    *,
    role: str,
    on: date,
    correction: str | Mapping[str, Any] = "",
    note: str = "",
) -> Decision:
    """What a person decided about a thing of the store.

    ``decision`` is one of ``DECISIONS`` or its verb ("accept", "note"); ``correction`` is
    ``field=value; field=value`` or an object of fields, for a correction alone.

    Raises:
        UsageError: there is no such decision, a correction changes nothing or has a value of no
            scheme, the role or the note is none to be kept, or words of the report are in it.
    """
    said = _NAMES.get(decision.strip().casefold())
    if said is None:
        raise UsageError(
            f"There is no decision '{decision[:40]}'.", cure=f"Give one of: {', '.join(_NAMES)}."
        )
    given = fields_in(correction) if isinstance(correction, str) else dict(correction)
    if bool(given) != (said == "corrected"):
        raise UsageError(
            "A correction says which field is to be what." if not given else "Only a correction has fields.",
            cure="Give: correct, with field=value.",
        )
    person = corrected(thing.kind, thing.reading, given) if given else {}
    note = _checked_note(note, thing)
    if said == "open" and not note:
        raise UsageError("The note is empty.", cure="Say what has to be looked at, or skip it.")
    _refuse_fields(person, thing)
    return Decision(
        of=thing.kind,
        place=thing.place,
        digest=thing.digest,
        rules=thing.rules,
        machine={k: cut(v) if k in _TEXT and v else v for k, v in thing.reading.items()},
        decision=said,
        on=on,
        role=checked_role(role),
        person=person,
        note=note,
        confidence=thing.confidence,
    )


def add(
    thing: Thing,
    of: str,
    given: str | Mapping[str, Any],
    *,
    role: str,
    on: date,
    note: str = "",
    acts: Iterable[Act] = (),
) -> Decision:
    """What the machine missed in the sentence of a thing, of the kind ``of``; ``given`` as for a correction.

    ``acts`` are the laws that can be cited.

    Raises:
        UsageError: as ``take``, and where the words of a mention are not in the sentence or an Act
            is none of the tables.
    """
    person = added(of, fields_in(given) if isinstance(given, str) else given)
    if of == "mention":
        person = {**person, **_span(thing, person["text"])}
    if of == "citation":
        person = {**person, **_act(person["act"], acts)}
    _refuse_fields(person, thing)
    return Decision(
        of=of,
        place=thing.place,
        digest=thing.digest,
        rules=thing.rules,
        machine={},
        decision=ADDED,
        on=on,
        role=checked_role(role),
        person=person,
        note=_checked_note(note, thing),
        confidence=thing.confidence,
    )


def checked_role(role: str) -> str:
    """A role that can be kept: who decided is not to be told, and not found out.

    Raises:
        UsageError: it is empty, too long, or an address of somebody.
    """
    role = " ".join(role.split())
    if not role or len(role) > LONGEST_ROLE or "@" in role:
        raise UsageError(
            f"'{role[:LONGEST_ROLE]}' is no role.",
            cure="Say as what you decide, such as 'performance analyst'; no name and no address.",
        )
    return role


def _checked_note(note: str, thing: Thing) -> str:
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise UsageError(f"The note is longer than {LONGEST_NOTE} characters.", cure="Put it in fewer words.")
    _refuse_text(note, thing)
    return note


def _span(thing: Thing, text: str) -> dict[str, int]:
    """Where the words of a mention stand in the paragraph; a build looks for them there first."""
    sentence, words = straighten(thing.sentence), straighten(text)
    if not sentence:
        raise UsageError(
            "The words of the report are not at hand, so a mention cannot be found in them.",
            cure="Build with the report, and try again.",
        )
    if words not in sentence:
        raise UsageError(f"'{text[:60]}' is not in the sentence.", cure="Give the words as they stand there.")
    before = sum(len(one) + 1 for n, one in thing.paragraph if n < thing.place.sentence)
    start = before + sentence.index(words)
    return {"start": start, "end": start + len(words)}


def _act(given: str, acts: Iterable[Act]) -> dict[str, str]:
    """The Act by its title, and the path by which a citation is known again."""
    titles = {title.casefold(): act for act in acts for title in (act.title, *act.other_titles)}
    act = titles.get(given.casefold())
    if act is None:
        near = get_close_matches(given.casefold(), titles, n=3, cutoff=0.5)
        names = ", ".join(dict.fromkeys(titles[name].title for name in near))
        raise UsageError(
            f"'{given[:60]}' is no Act of the tables.",
            cure=f"Such as: {names}." if names else "Add it to data/reference/acts.csv.",
        )
    return {"act": act.title, "path": act.path}


def _refuse_fields(person: Mapping[str, Any], thing: Thing) -> None:
    for field in ("summary", *_TEXT):
        _refuse_text(str(person.get(field) or ""), thing)


def _refuse_text(words: str, thing: Thing) -> None:
    given = re.findall(r"\w+", words.casefold())
    report = re.findall(r"\w+", " ".join(text for _, text in thing.paragraph).casefold())
    n = _WORDS_OF_THE_REPORT
    runs = {tuple(report[i : i + n]) for i in range(len(report) - n + 1)}
    if any(tuple(given[i : i + n]) in runs for i in range(len(given) - n + 1)):
        raise UsageError(
            "These are words of the report, and its text belongs to its publisher.",
            cure="Say it in your own words; the place and the digest lead to the sentence.",
        )
