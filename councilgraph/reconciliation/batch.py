"""What a client asks: a batch of names as JSON, each with what else is known of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from councilgraph.errors import UsageError
from councilgraph.linking.asked import day_of, kind_of

MOST = 50  # questions in a batch, as the manifest says
MOST_KINDS = 5
_LONGEST_KEY = 200
# The type that means any kind of body.
ANY = "organisation"
PROPERTIES = {
    "area": "Area in which it is active: a council's name or a GSS code",
    "date": "Day of writing: a body that had ended by then gives way to its successor",
    "identifier": "Identifier of any register that stands beside the name",
}
_FIELDS = {"query", "type", "limit", "properties", "type_strict"}


class TooManyError(UsageError):
    """The batch holds more questions than the manifest allows."""


@dataclass(frozen=True, slots=True)
class Question:
    """One name; ``kinds`` are slugs of ``organisation-kind``, none for any; ``limit`` at least 1."""

    name: str
    kinds: tuple[str, ...] = ()
    area: str = ""
    day: date | None = None
    identifier: str = ""
    limit: int = MOST


def parse(text: str) -> dict[str, Question]:
    """The questions by the keys that the client gave them.

    Raises:
        TooManyError: there are more than ``MOST``.
        UsageError: it is no batch; the error names the question at fault.
    """
    try:
        batch = json.loads(text)
    except (ValueError, RecursionError):
        raise UsageError(
            "The queries are not JSON.", cure='Send an object such as {"q0": {"query": "Kent"}}.'
        ) from None
    if not isinstance(batch, dict):
        raise UsageError("The queries are no JSON object.", cure='Write {"q0": {"query": "Kent"}}.')
    if len(batch) > MOST:
        raise TooManyError(
            f"The batch holds {len(batch):,} questions; the most is {MOST}.", cure="Send it in parts."
        )
    return {key: _question(one, key[:_LONGEST_KEY]) for key, one in batch.items()}


def _question(given: Any, key: str) -> Question:
    if not isinstance(given, dict):
        raise _wrong(key, "it is no JSON object")
    if unknown := sorted(set(given) - _FIELDS):
        raise _wrong(key, f"it holds {unknown[0][:40]!r}, which is not known")
    name = given.get("query", "")
    if not isinstance(name, str):
        raise _wrong(key, "its query is no text")
    properties = _properties(given.get("properties"), key)
    if not name.strip() and not properties:
        raise _wrong(key, "it has neither query nor properties")
    limit = given.get("limit", MOST)
    if isinstance(limit, bool) or not isinstance(limit, (int, float)) or not 1 <= limit <= 1e6:
        raise _wrong(key, "its limit is no whole number above 0")
    try:
        kinds, day = _kinds(given.get("type"), key), day_of(properties.get("date"))
    except UsageError as error:
        raise UsageError(error.what, where=f"query {key}", cure=error.cure) from None
    return Question(
        name.strip(), kinds, properties.get("area", ""), day, properties.get("identifier", ""), int(limit)
    )


def _kinds(given: Any, key: str) -> tuple[str, ...]:
    listed = [given] if isinstance(given, str) else given
    if listed is None:
        return ()
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise _wrong(key, "its type is neither a text nor a list of texts")
    kinds = dict.fromkeys(one.strip() for one in listed if one.strip())
    if ANY in kinds:
        return ()
    if len(kinds) > MOST_KINDS:
        raise _wrong(key, f"it has more than {MOST_KINDS} types")
    return tuple(found for one in kinds if (found := kind_of(one)))


def _properties(given: Any, key: str) -> dict[str, str]:
    """The first value of each property that we know; others do not help to match, and are left out."""
    if given is None:
        return {}
    if not isinstance(given, list):
        raise _wrong(key, "its properties are no list")
    found: dict[str, str] = {}
    for one in given:
        if not isinstance(one, dict) or not isinstance(one.get("pid"), str) or "v" not in one:
            raise _wrong(key, "one of its properties has no pid or no v")
        values = one["v"] if isinstance(one["v"], list) else [one["v"]]
        texts = [text for value in values if (text := _text(value))]
        if one["pid"] in PROPERTIES and texts:
            found.setdefault(one["pid"], texts[0])
    return found


def _text(value: Any) -> str:
    if isinstance(value, Mapping):
        # A thing that was matched before: its identifier says more than its name.
        value = value.get("id") or value.get("name")
    return str(value).strip() if isinstance(value, (str, int, float)) and not isinstance(value, bool) else ""


def _wrong(key: str, why: str) -> UsageError:
    return UsageError(
        f"A query of the batch cannot be read: {why}.",
        where=f"query {key}",
        cure="See the Reconciliation Service API 0.2.",
    )
