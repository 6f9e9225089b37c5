"""A correction as a person writes it: fields and values, checked against the schemes.

``polarity=mixed; themes=respite, unpaid-carers`` on the keyboard and in a column of a table; an
object of fields in JSON Lines and on a page. A value that no scheme has would keep the whole
report out of the graph at the next build, so it is refused here, with what is near.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from councilgraph import resources
from councilgraph.errors import InputError, UsageError
from councilgraph.extraction.vocabulary import load_vocabulary
from councilgraph.model import ADDED, Reviewed
from councilgraph.reviews.readings import number

# Field -> what it holds: a scheme (several values where it ends in "*"), or a form of text.
FIELDS: Final[dict[str, dict[str, str]]] = {
    "finding": {"polarity": "polarity", "voices": "voice*", "themes": "theme*", "summary": "words?"},
    "mention": {"type": "organisation-kind", "named": "yes-no", "full_name": "words?"},
    "partnership": {
        "type": "partnership-type",
        "name": "words?",
        "parties": "words*",
        "since": "year?",
        "covers": "words?",
    },
    "strategy": {
        "title": "words",
        "start": "month?",
        "end": "month?",
        "co_produced": "yes-no",
        "status": "strategy-status",
        "parties": "words*",
    },
    "statistic": {
        "value": "number",
        "unit": "unit",
        "qualifier": "qualifier?",
        "counts": "words",
        "period": "words?",
        "comparison": "comparison?",
        "verdict": "words?",
        "voices": "voice*",
    },
    "citation": {"act": "words", "law_section": "words?"},
}
# What has to be said of a thing that the machine missed; a mention by its words in the sentence.
NEEDED: Final[dict[str, tuple[str, ...]]] = {
    "mention": ("text", "type"),
    "partnership": ("type", "parties"),
    "strategy": ("title",),
    "statistic": ("value", "unit", "counts"),
    "citation": ("act",),
}
# Fields of what is added by which it is found again, and that nobody corrects.
_FOUND_BY: Final[dict[str, dict[str, str]]] = {
    "mention": {"text": "words", "start": "number", "end": "number"},
    "citation": {"path": "words"},
}
LONGEST: Final = 500  # characters of one value
_YEAR = re.compile(r"[12][0-9]{3}")
_MONTH = re.compile(r"[12][0-9]{3}(?:-(?:0[1-9]|1[0-2]))?")
_TRUTH = {"yes": True, "true": True, "no": False, "false": False}


def fields_in(text: str) -> dict[str, str]:
    """``field=value; field=value`` taken apart.

    Raises:
        UsageError: a part has no "=".
    """
    found = {}
    for part in filter(None, map(str.strip, text.split(";"))):
        name, equals, value = part.partition("=")
        if not equals:
            raise UsageError(f"'{part[:60]}' is no correction.", cure="Write field=value; field=value.")
        found[name.strip()] = value.strip()
    return found


def corrected(kind: str, machine: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """What the correction changes, each value in the form of the records.

    ``given`` has text or the values themselves; an empty text takes a value away. What is as the
    machine read it is left out.

    Raises:
        UsageError: there is no such field, a value is none of its scheme, or nothing is changed.
    """
    changed = {}
    for name, now in values(kind, given).items():
        before = machine.get(name)
        same = sorted(now) == sorted(before or ()) if isinstance(now, list) else now == before
        if not same:
            changed[name] = now
    if not changed:
        raise UsageError(
            "The correction changes nothing.", cure="Accept it, or say which field has to be another."
        )
    return changed


def added(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """All that a person says of a thing that the machine missed, in the form of the records.

    Raises:
        UsageError: such a thing cannot be added, it lacks a field, or a value is none of its scheme.
    """
    if kind not in NEEDED:
        raise UsageError(
            f"A {kind[:40]} cannot be added." if kind else "What is missing?",
            cure=f"Say what was missed: {', '.join(NEEDED)}. The finding of a sentence is corrected.",
        )
    told = {name: one for name, one in values(kind, given, adding=True).items() if one not in (None, [])}
    if missing := [name for name in NEEDED[kind] if name not in told]:
        raise UsageError(f"The {kind} lacks '{missing[0]}'.", cure=f"It needs: {', '.join(NEEDED[kind])}.")
    return told


def values(kind: str, given: Mapping[str, Any], *, adding: bool = False) -> dict[str, Any]:
    """Each value in the form of the records; ``adding``: of a thing that the machine missed.

    Raises:
        UsageError: there is no such field, or a value is none of its scheme.
    """
    forms = {**(_FOUND_BY.get(kind, {}) if adding else {}), **FIELDS[kind]}
    for name in given:
        if name not in forms:
            raise UsageError(f"A {kind} has no field '{name}'.", cure=f"It has: {', '.join(forms)}.")
    return {name: _value(name, forms[name], value) for name, value in given.items()}


def choices(kind: str, field: str) -> tuple[str, ...]:
    """The slugs that a field can have; none for free text."""
    scheme = FIELDS[kind][field].rstrip("*?")
    return tuple(slug for slug in _slugs(scheme) if not slug.startswith("group-"))


def _value(name: str, form: str, given: Any) -> Any:
    if form.endswith("*"):
        parts = given.replace("|", ",").split(",") if isinstance(given, str) else list(given or ())
        values = [_one(name, form[:-1], part) for part in parts if str(part).strip()]
        return list(dict.fromkeys(values))
    if form.endswith("?") and (given is None or not str(given).strip()):
        return None
    return _one(name, form.rstrip("?"), given)


def _one(name: str, form: str, given: Any) -> Any:
    text = str(given if given is not None else "").strip()
    if len(text) > LONGEST:
        raise UsageError(f"'{name}' is longer than {LONGEST} characters.", cure="Put it in fewer words.")
    if form in _FORMS:
        right, what = _FORMS[form]
        try:
            return right(text)
        except (KeyError, ValueError, InvalidOperation):
            raise UsageError(f"'{text[:60]}' is no value for '{name}'.", cure=f"Give {what}.") from None
    slugs = _slugs(form)
    wanted = " ".join(text.casefold().replace("-", " ").split())
    for slug, label in slugs.items():
        if wanted in (slug.replace("-", " "), label.casefold().replace("-", " ")):
            return slug
    near = get_close_matches(text.casefold(), slugs, n=3, cutoff=0.5) or list(slugs)[:12]
    raise UsageError(f"'{text[:60]}' is no value for '{name}'.", cure=f"Such as: {', '.join(near)}.")


def _words(text: str) -> str:
    if not text:
        raise ValueError
    return " ".join(text.split())


def _year(text: str) -> str:
    if not _YEAR.fullmatch(text):
        raise ValueError
    return text


def _month(text: str) -> str:
    if not _MONTH.fullmatch(text):
        raise ValueError
    return text


def _number(text: str) -> int | float | str:
    value = Decimal(text.replace(",", ""))
    if not value.is_finite():
        raise ValueError
    return number(value)


_FORMS: Final[dict[str, tuple[Callable[[str], Any], str]]] = {
    "words": (_words, "some words"),
    "year": (_year, "a year such as 2024"),
    "month": (_month, "a year or a month such as 2024 or 2024-03"),
    "number": (_number, "a number such as 62 or 0.5"),
    "yes-no": (lambda text: _TRUTH[text.casefold()], "yes or no"),
}


def _slugs(scheme: str) -> dict[str, str]:
    """Slug to label; none for a form of text, which is no scheme."""
    concepts = load_vocabulary(Path(resources.path("ontology", "schemes"))).concepts
    return {slug: concept.pref for slug, concept in concepts.get(scheme, {}).items()}


def check_decisions(reviewed: Reviewed) -> None:
    """Whether every correction of the review files could have been made here.

    Raises:
        InputError: with file and line; a slug of no scheme would keep the report out of the graph,
            and the message of the shape would not say which line to look at.
    """
    for one in reviewed.decisions:
        try:
            values(one.of, one.person, adding=one.decision == ADDED)
        except UsageError as error:
            raise InputError(error.what, where=one.where, cure=f"Correct the line. {error.cure}") from None
