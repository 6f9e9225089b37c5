"""The comparison for a terminal, for a page, and as one table for a spreadsheet."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from councilgraph.accuracy.agreement.kappa import ONE_VALUE
from councilgraph.accuracy.agreement.rows import COLUMNS, Row
from councilgraph.catalogue import Column
from councilgraph.results import Result, write

_BY: Final = {
    "confidence": "how sure the machine was",
    "day": "day of the decision",
    "month": "month of the decision",
    "rules": "version of the rules",
    "role": "reader",
    "council": "council",
}
_HEAD: Final = ("kind", "label", "agreed", "of", "share", "95%")
_SAID: Final = ("machine", "reviewers", "both", "precision", "recall")
_KAPPA: Final = ("kappa", "95%")
_UNDEFINED: Final = "undefined"
NOTHING: Final = "Nobody has decided about anything here yet: 'councilgraph review' is how."


def table(result: Mapping[str, Any]) -> str:
    """Aligned columns, the cautions above them."""
    out = [*_told(result), ""]
    for title, rows in _tables(result):
        widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
        numbers = _first_number(rows[0])
        out.append(f"{title}:")
        for row in rows:
            cells = [
                cell.rjust(width) if n >= numbers else cell.ljust(width)
                for n, (cell, width) in enumerate(zip(row, widths, strict=True))
            ]
            out.append("  ".join(cells).rstrip())
        out += [*_footnote(rows), ""]
    return "\n".join(out)


def markdown(result: Mapping[str, Any]) -> str:
    """The same for a page."""
    out = [f"- {_escaped(line)}" for line in _told(result)]
    for title, rows in _tables(result):
        numbers = _first_number(rows[0])
        head, *body = ["| " + " | ".join(map(_escaped, row)) + " |" for row in rows]
        out += ["", f"### {_escaped(title)}", "", head]
        out += ["|" + "---|" * numbers + "---:|" * (len(rows[0]) - numbers), *body]
        if note := _footnote(rows):
            out += ["", *note]
    return "\n".join(out) + "\n"


def as_csv(result: Mapping[str, Any]) -> str:
    """Every line of every table, one under the other; ``first``, ``second`` and ``by`` tell them apart."""
    rows = (
        tuple(Decimal(str(cell)) if isinstance(cell, float) else cell for cell in row.values())
        for name in ("machine", "machine_by", "pairs")
        for row in result[name]
    )
    out = io.BytesIO()
    write(Result([Column(name, "any") for name in COLUMNS], rows), "csv", out)
    return out.getvalue().decode("utf-8")


def _told(result: Mapping[str, Any]) -> Iterator[str]:
    decided = result["decided"]
    if not decided["readers"]:
        yield NOTHING
        return
    yield (
        f"{decided['things']} things decided about in reports of {decided['councils']} councils; "
        f"{decided['left open']} left open; "
        f"{decided['missed by the machine']} put in that the machine had missed."
    )
    for one in decided["readers"]:
        days = f", {one['first_day']} to {one['last_day']}" if one["first_day"] else ""
        yield f"{one['reader']}: {one['things']} things{days}"
    yield from result["cautions"]


def _tables(result: Mapping[str, Any]) -> Iterator[tuple[str, list[list[str]]]]:
    if rows := result["machine"]:
        head = [*_HEAD[:2], "value", *_HEAD[2:], *_SAID]
        yield (
            "Machine and reviewers",
            [head, *([*_begin(row, value=True), *_measured(row), *_said(row)] for row in rows)],
        )
    if rows := [row for row in result["machine_by"] if not row["value"]]:
        head = [_BY[result["by"]], *_HEAD]
        yield (
            f"Machine and reviewers by {_BY[result['by']]}",
            [head, *([str(row["by"]), *_begin(row), *_measured(row)] for row in rows)],
        )
    for names, rows in _by_pair(result["pairs"]):
        head = [*_HEAD[:2], "value", *_HEAD[2:], *_KAPPA]
        yield (
            f"{names[0]} and {names[1]}",
            [head, *([*_begin(row, value=True), *_measured(row), *_kappa(row)] for row in rows)],
        )


def _footnote(rows: Iterable[Sequence[str]]) -> list[str]:
    return [f"{_UNDEFINED}: {ONE_VALUE}."] if any(_UNDEFINED in row for row in rows) else []


def _by_pair(rows: Iterable[Row]) -> Iterator[tuple[tuple[str, str], list[Row]]]:
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        found.setdefault((str(row["first"]), str(row["second"])), []).append(row)
    yield from found.items()


def _begin(row: Row, *, value: bool = False) -> list[str]:
    return [str(row["kind"]), str(row["label"]), *([str(row["value"])] if value else [])]


def _measured(row: Row) -> list[str]:
    shown = [_figure(row["agreement"]), _interval(row["agreement_low"], row["agreement_high"])]
    return [str(row["agreed"]), str(row["compared"]), *shown]


def _said(row: Row) -> list[str]:
    counts = [
        "" if row[name] is None else str(row[name]) for name in ("first_said", "second_said", "both_said")
    ]
    return [*counts, _figure(row["precision"]), _figure(row["recall"])]


def _kappa(row: Row) -> list[str]:
    if row["kappa"] is None:
        return [_UNDEFINED, ""]
    return [_figure(row["kappa"]), _interval(row["kappa_low"], row["kappa_high"])]


def _figure(value: object) -> str:
    return "" if value is None else f"{value:.3f}"


def _interval(low: object, high: object) -> str:
    return "" if low is None else f"{low:.3f} to {high:.3f}"


def _first_number(head: Sequence[str]) -> int:
    return head.index("agreed")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
