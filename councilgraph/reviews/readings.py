"""What is read of one thing as fields: how a decision tells it, and how it is known again.

The fields are those of the stand-off records. A thing has no number of its own that outlives
new rules; it is known again in its sentence by what it is: a mention by its words, an
arrangement by its key, a strategy by its title, a figure by value and unit, a citation by what
it cites. A sentence has one finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from councilgraph.iris import slugify
from councilgraph.model import Citation, Finding, Mention, Partnership, Place, Statistic, Strategy
from councilgraph.model.evidence import Item
from councilgraph.textdigest import straighten

Fields = Mapping[str, Any]


def kind_of(item: Item) -> str:
    """The kind of evidence: "finding", "mention" and so on."""
    return type(item).__name__.lower()


def place_of(item: Item) -> Place:
    """Where it stands; of an arrangement the first sentence of its evidence."""
    if isinstance(item, Partnership):
        return Place(item.section, item.paragraph, min(item.sentences))
    return item.place


def fields_of(item: Item) -> dict[str, Any]:
    """What is read, by field; only what the graph can give back as well.

    A strategy's months and the names by which a report calls the parties are not in the graph.
    """
    match item:
        case Finding():
            return {"polarity": item.polarity, "voices": list(item.voices), "themes": list(item.themes)}
        case Mention():
            return {
                "start": item.start,
                "end": item.end,
                "text": item.text,
                "type": item.kind,
                "named": item.named,
                "full_name": item.full_name,
            }
        case Partnership():
            return {
                "key": slugify(item.key),
                "sentences": list(item.sentences),
                "type": item.type,
                "name": item.name,
                "parties": [party.name for party in item.parties],
                "since": str(item.since) if item.since else None,
                "covers": item.covers,
            }
        case Strategy():
            return {
                "title": item.title,
                "start": item.start[:4] if item.start else None,
                "end": item.end[:4] if item.end else None,
                "co_produced": item.co_produced,
                "status": item.status,
                "parties": [party.name for party in item.parties],
            }
        case Statistic():
            return {
                "value": number(item.value),
                "unit": item.unit,
                "qualifier": item.qualifier if isinstance(item.value, Decimal) else None,
                "counts": item.counts,
                "period": item.period,
                "comparison": item.comparison,
                "verdict": item.verdict,
                "voices": list(item.voices),
            }
        case Citation():
            return {"act": item.title, "year": item.year, "law_section": item.section, "path": item.act}


_FEW, _CUT = 7, " …"
# What two readings of one thing are compared by. Offsets move with their paragraph, and the
# registers call a party otherwise than the report does.
_TELLING = {
    "finding": ("polarity", "voices", "themes"),
    "mention": ("text", "type", "named", "full_name"),
    "partnership": ("type", "since", "covers"),
    "strategy": ("title", "start", "end", "co_produced", "status"),
    "statistic": ("value", "unit", "qualifier", "counts", "period", "comparison", "verdict", "voices"),
    "citation": ("path", "law_section"),
}


def alike(kind: str, first: Fields, second: Fields, also: Iterable[str] = ()) -> bool:
    """Whether two readings say the same, as far as both tell; ``also`` are further fields that count."""
    return all(
        _same(_level(first[name]), _level(second[name]))
        for name in (*_TELLING[kind], *also)
        if name in first and name in second
    )


def cut(words: str) -> str:
    """So few words that they are not the report's text: a decision is published with its file."""
    given = words.split()
    return words if len(given) <= _FEW else " ".join(given[:_FEW]) + _CUT


def _same(first: object, second: object) -> bool:
    if isinstance(first, str) and isinstance(second, str) and _CUT in (first[-2:], second[-2:]):
        return cut(first) == cut(second)
    return first == second


def identity(kind: str, fields: Fields) -> str:
    """By what a thing is known again within its sentence."""
    match kind:
        case "finding":
            return ""
        case "mention":
            return straighten(str(fields["text"]))
        case "partnership":
            return str(fields["key"] if "key" in fields else added_key(fields))
        case "strategy":
            return slugify(str(fields["title"]))
        case "statistic":
            return f"{fields['value']} {fields['unit']}"
        case _:
            return f"{fields.get('path') or slugify(str(fields['act']))} {fields.get('law_section') or ''}"


def added_key(fields: Fields) -> str:
    """The key of an arrangement that a person put in: the one that a record of it would have."""
    known = fields.get("name") or ", ".join(sorted(str(one).lower() for one in fields.get("parties") or ()))
    return slugify(f"{fields['type']} {known}")


def number(value: Decimal | str) -> int | float | str:
    """A figure as JSON has it, 9 and not 9.0; what is printed wrongly as it stands."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _level(value: object) -> object:
    if isinstance(value, str):
        return straighten(value)
    return sorted(value) if isinstance(value, list) else value
