"""The form of a correction: a control for each field, and what of it a person has changed.

Every control begins with what the machine said. Only what differs from that on its way back is
taken for a correction, so a field that nobody touched is never written down as one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from councilgraph.explorer.choosing import concepts
from councilgraph.explorer.review.form import Sent, one
from councilgraph.explorer.snapshot import Snapshot
from councilgraph.reviews.correcting import FIELDS, LONGEST, NEEDED, choices
from councilgraph.reviews.things import Thing

START: Final = "field."
_LABELS = {
    "text": "Words in the sentence",
    "polarity": "What it says",
    "voices": "Whose evidence it is",
    "themes": "Themes",
    "summary": "In your own words",
    "type": "What kind",
    "named": "Named itself",
    "full_name": "Full name",
    "name": "Name",
    "parties": "Parties",
    "since": "Since",
    "covers": "What it covers",
    "title": "Title",
    "start": "From",
    "end": "To",
    "co_produced": "Written together with people",
    "status": "State",
    "value": "Figure",
    "unit": "Unit",
    "qualifier": "Qualifier",
    "counts": "What is counted",
    "period": "Period",
    "comparison": "Beside the national average",
    "verdict": "The report's verdict",
    "act": "Act",
    "law_section": "Section of the Act",
}
_HINTS = {
    "summary": "No words of the report: they belong to its publisher.",
    "named": "No where the report speaks of such a body and does not name it.",
    "parties": "One on each line.",
    "since": "A year.",
    "start": "A year or a month, as in 2024-03.",
    "end": "A year or a month, as in 2024-03.",
}


@dataclass(frozen=True, slots=True)
class Control:
    """One field as a form shows it.

    ``form`` is "choice", "choices", "yes-no", "lines" or "words"; ``options`` are (value, label,
    chosen) of a choice, ``text`` the value of any other; ``optional``: it can be left empty.
    """

    name: str
    label: str
    hint: str
    form: str
    options: tuple[tuple[str, str, bool], ...] = ()
    text: str = ""
    optional: bool = False
    longest: int = LONGEST


def label_of(name: str) -> str:
    """What a field is called on pages."""
    return _LABELS.get(name, name.replace("_", " ").capitalize())


def controls(snapshot: Snapshot, thing: Thing, sent: Sent | None = None) -> list[Control]:
    """The fields of a thing, with what the machine said or, after a refusal, what was ``sent``."""
    forms = FIELDS[thing.kind].items()
    return [_control(snapshot, thing.kind, thing.reading, name, form, sent) for name, form in forms]


def blank(snapshot: Snapshot, kind: str, sent: Sent | None = None) -> list[Control]:
    """The fields of a thing that the machine missed, with what was ``sent`` after a refusal."""
    forms = _missed(kind).items()
    return [_control(snapshot, kind, {}, name, form, sent) for name, form in forms]


def given(kind: str, sent: Sent) -> dict[str, Any]:
    """What a person says of a thing that the machine missed: the fields that are not empty."""
    return _differing(_missed(kind), {}, sent)


def _missed(kind: str) -> dict[str, str]:
    # A mention is known by its words, which nobody corrects.
    forms = {**({"text": "words"} if kind == "mention" else {}), **FIELDS[kind]}
    needed = NEEDED[kind]
    return {
        name: form if name in needed or form.endswith(("*", "?")) else form + "?"
        for name, form in forms.items()
    }


def changed(thing: Thing, sent: Sent) -> dict[str, Any]:
    """The fields that are not as the machine said, in a form that a desk takes."""
    return _differing(FIELDS[thing.kind], thing.reading, sent)


def _differing(forms: Mapping[str, str], reading: Mapping[str, Any], sent: Sent) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, form in forms.items():
        if name not in sent.get("fields", ()):
            continue  # it stood in no control: to leave it out says nothing
        before, now = _given(form, reading.get(name)), _sent(form, name, sent)
        if now != before:
            found[name] = list(now) if form.endswith("*") else now[0] if now else ""
    return found


def told(snapshot: Snapshot, kind: str, reading: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A reading in words: label and value of each field that has one."""
    shown = {"text": "*", **FIELDS[kind]} if kind == "mention" else FIELDS[kind]
    rows = []
    for name, form in shown.items():
        values = _given(form, reading.get(name))
        labels = _names(snapshot, form)
        if values:
            label = label_of(name)
            rows.append((label, ", ".join(labels.get(value, value) for value in values)))
        elif form.endswith("*") and name != "parties":
            rows.append((label_of(name), "none found"))
    return rows


def _control(
    snapshot: Snapshot, kind: str, reading: Mapping[str, Any], name: str, form: str, sent: Sent | None
) -> Control:
    now = _given(form, reading.get(name))
    if sent is not None and name in sent.get("fields", ()):
        now = _sent(form, name, sent)
    hint, optional = _HINTS.get(name, ""), form.endswith(("?", "*"))
    if form.startswith("yes-no"):
        pairs = (("yes", "yes"), ("no", "no"))
        return Control(name, label_of(name), hint, "yes-no", tuple((v, w, v in now) for v, w in pairs))
    if name in FIELDS[kind] and (slugs := choices(kind, name)):
        labels = _names(snapshot, form)
        options = tuple((slug, labels.get(slug, slug), slug in now) for slug in _by_label(slugs, labels))
        many = form.endswith("*")
        return Control(name, label_of(name), hint, "choices" if many else "choice", options, "", optional)
    if form.endswith("*"):
        return Control(name, label_of(name), hint, "lines", (), "\n".join(now), optional, 10 * LONGEST)
    return Control(name, label_of(name), hint, "words", (), now[0] if now else "", optional)


def _by_label(slugs: tuple[str, ...], labels: Mapping[str, str]) -> list[str]:
    return sorted(slugs, key=lambda slug: labels.get(slug, slug).casefold())


def _names(snapshot: Snapshot, form: str) -> Mapping[str, str]:
    scheme = form.rstrip("*?")
    return concepts(snapshot, scheme) if scheme not in ("words", "year", "month", "number", "") else {}


def _given(form: str, value: Any) -> tuple[str, ...]:
    """A value of a reading as the texts that a form sends for it."""
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    if isinstance(value, list | tuple):
        return _ordered(form, [" ".join(str(part).split()) for part in value])
    return () if value is None or not str(value).strip() else (" ".join(str(value).split()),)


def _sent(form: str, name: str, sent: Sent) -> tuple[str, ...]:
    values = sent.get(START + name, ()) if form.endswith("*") else (one(sent, START + name),)
    lines = [" ".join(line.split()) for value in values for line in value.split("\n")]
    if not form.endswith("*"):
        lines = [" ".join(lines).strip()]
    return _ordered(form, [line for line in lines if line])


def _ordered(form: str, values: list[str]) -> tuple[str, ...]:
    """Each once; several have no order that says anything."""
    kept = dict.fromkeys(values)
    return tuple(sorted(kept) if form.endswith("*") else kept)
