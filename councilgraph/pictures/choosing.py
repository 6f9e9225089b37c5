"""What the choices of a picture mean: which assessments are drawn, and how that is said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from councilgraph.catalogue import Column
from councilgraph.errors import UsageError
from councilgraph.pictures.sheet import day
from councilgraph.pictures.source import Record, Source
from councilgraph.pictures.text import counted, listed
from councilgraph.statements import STATEMENTS

MOST_COUNCILS = 40  # that can be named one by one in an address

SCORE_COLUMNS = (
    Column("authority", "string", "official name of the council"),
    Column("authority-iri", "iri", "the council"),
    Column("region", "string", "region in which it lies"),
    Column("type", "string", "type of council"),
    Column("published", "month", "day of publication, or the month where the day is not known"),
    Column("status", "string", "formal, or indicative for a pilot"),
    Column("rating", "string", "published rating"),
    Column("percentage", "integer", "published percentage, or the sum of the scores out of 36 rounded up"),
    *(Column(slug, "integer", "score of the quality statement, 1 to 4") for slug in STATEMENTS),
    Column("report", "iri", "landing page of the report"),
)


def assessments(source: Source, chosen: Mapping[str, str]) -> list[Record]:
    """Every assessment that fits the choices, by council and date."""
    given = {name: chosen.get(name) for name in ("region", "type", "since", "until", "pilots")}
    found = source.records("scores-of-councils", **given)
    wanted = codes(source, chosen.get("authority", ""))
    return [row for row in found if row["code"] in wanted] if wanted else found


def codes(source: Source, councils: str) -> list[str]:
    """The register codes of councils that were given with commas between them.

    Raises:
        UsageError: one is unknown, or there are too many.
    """
    given = [one.strip() for one in councils.split(",") if one.strip()]
    if len(given) > MOST_COUNCILS:
        raise UsageError(
            f"{counted(len(given), 'council')} are too many to name one by one.",
            cure=f"Name at most {MOST_COUNCILS}, or choose a region or a type.",
        )
    if len(given) > 1:
        # One council has commas in its name.
        with suppress(UsageError):
            return [source.code(councils)]
    return list(dict.fromkeys(source.code(one) for one in given))


def only_one(source: Source, chosen: Mapping[str, str]) -> str:
    """The name of the one council that was chosen, "" where none was.

    Raises:
        UsageError: several were given, or a region or type beside it, which it may not lie in.
    """
    if "authority" not in chosen:
        return ""
    if len(codes(source, chosen["authority"])) != 1:
        raise UsageError("This picture is of one council.", cure="Give one, or choose a region or a type.")
    for other in ("region", "type"):
        if other in chosen:
            raise UsageError(
                f"A council and a {other} were chosen.", cure=f"Leave out the council or the {other}."
            )
    return source.label("authority", chosen["authority"].strip(" ,"))


def latest(found: Iterable[Record]) -> list[Record]:
    """The latest assessment of each council; the rows come in the order of their dates."""
    by_council: dict[object, Record] = {}
    for row in found:
        by_council[row["authority-iri"]] = row
    return list(by_council.values())


def scope(source: Source, chosen: Mapping[str, str]) -> str:
    """Of which councils and when: "West Midlands, County council, published since March 2025"."""
    parts = [
        source.label(name, chosen[name]) for name in ("statement", "region", "type", "kind") if name in chosen
    ]
    if "since" in chosen:
        parts.append(f"published since {day(chosen['since'])}")
    if "until" in chosen:
        parts.append(f"published until {day(chosen['until'])}")
    return ", ".join(parts)


def not_drawn(source: Source, chosen: Mapping[str, str], drawn: Iterable[Record]) -> list[str]:
    """Sentences on the councils that a picture of assessments cannot show.

    A council that is not drawn must not look like one that does not exist.
    """
    if chosen.get("authority"):
        return _named_in_vain(source, chosen["authority"], drawn)
    if chosen.get("since") or chosen.get("until"):
        return []
    place = {name: chosen.get(name) for name in ("region", "type")}
    rows = source.records("list-new-and-missing-reports", since="1900", **place)
    shown = {row["authority-iri"] for row in drawn}
    missing = [str(row["authority"]) for row in rows if row["state"] == "no report found"]
    left_out = {str(row["authority"]): None for row in rows if row["authority-iri"] not in shown}
    pilots = [name for name in left_out if name not in missing]
    sentences = []
    for names, why in ((missing, "no assessment in this graph"), (pilots, "only the pilot of 2023")):
        if names:
            has, is_ = ("has", "is") if len(names) == 1 else ("have", "are")
            sentences.append(
                f"{counted(len(names), 'council')} {has} {why} and {is_} not drawn: {listed(names, 8)}."
            )
    return sentences


def _named_in_vain(source: Source, councils: str, drawn: Iterable[Record]) -> list[str]:
    """Of councils that were named one by one, those without an assessment that fits."""
    shown = {row["code"] for row in drawn}
    names = [source.label("authority", code) for code in codes(source, councils) if code not in shown]
    if not names:
        return []
    has, is_ = ("has", "is") if len(names) == 1 else ("have", "are")
    return [
        f"{counted(len(names), 'council')} {has} no assessment for these choices and {is_} not drawn: "
        f"{listed(names, 8)}."
    ]
