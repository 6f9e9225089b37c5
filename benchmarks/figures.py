"""Figures: one side divided by another, units a second, or a limit; and how they are printed.

A row of the table of figures is a dictionary with ``key``, ``title``, ``over``, ``under`` (None where
nothing is divided), ``target`` (None where the figure is for comparison only), ``at_least`` (more is
better), ``value`` (None where it was not measured, for the ``reason`` given) and ``met`` (None where
there is no target). ``rounds`` are the lowest and the highest ratio of one round.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

Row = dict[str, Any]
SUMMARIES = dict[str, dict[str, Any]]
NOT_MEASURED = "not measured"


@dataclass(frozen=True, slots=True)
class Figure:
    """The median of one side divided by that of another."""

    key: str
    title: str
    over: str
    under: str
    target: float | None = None
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Rate:
    """Units a second of processor time, on so many cores; this one depends on the machine."""

    key: str
    title: str
    over: str
    target: float
    cores: int = 1


@dataclass(frozen=True, slots=True)
class Memory:
    """Peak memory of a side in MiB, and the most that it may be."""

    key: str
    title: str
    over: str
    limit: int


def row(  # noqa: PLR0913  (a row has that many columns)
    key: str,
    title: str,
    value: float | None,
    *,
    over: str,
    under: str | None = None,
    target: float | None = None,
    at_least: bool = False,
    rounds: list[float] | None = None,
    reason: str = NOT_MEASURED,
) -> Row:
    """A row of the table; ``reason`` says why there is no value."""
    found: Row = {"key": key, "title": title, "over": over, "under": under, "target": target}
    found |= {"at_least": at_least, "value": None, "met": None}
    if value is None:
        return {**found, "reason": reason}
    if target is not None:
        found["met"] = bool(value >= target if at_least else value <= target)
    return {**found, "value": round(value, 4), **({"rounds": rounds} if rounds else {})}


def evaluate(
    sides: SUMMARIES, figures: Iterable[Figure], rates: Iterable[Rate] = (), limits: Iterable[Memory] = ()
) -> list[Row]:
    """Each figure with its value and whether the target is met."""
    rows = [_ratio(figure, sides) for figure in figures]
    rows += [_rate(rate, sides.get(rate.over)) for rate in rates]
    for limit in limits:
        peak = sides.get(limit.over, {}).get("rss_mib")
        rows.append(row(limit.key, limit.title, peak, over=limit.over, target=limit.limit))
    return rows


def _ratio(figure: Figure, sides: SUMMARIES) -> Row:
    over, under = sides.get(figure.over), sides.get(figure.under)
    return row(
        figure.key,
        figure.title,
        over["median"] / under["median"] if over and under else None,
        over=figure.over,
        under=figure.under,
        target=figure.target,
        at_least=figure.at_least,
        rounds=_rounds(over, under) if over and under else None,
    )


def _rate(rate: Rate, side: dict[str, Any] | None) -> Row:
    told: dict[str, Any] = {"over": rate.over, "target": rate.target, "at_least": True}
    if not side:
        return row(rate.key, rate.title, None, **told)
    units = side["units"] * rate.cores
    rounds = [round(units / side["highest"], 4), round(units / side["lowest"], 4)]
    told["rounds"] = rounds if side["runs"] > 1 else None
    return row(rate.key, rate.title, units / side["median"], **told)


def _rounds(over: dict[str, Any], under: dict[str, Any]) -> list[float] | None:
    """The lowest and the highest ratio of one round: how far the figure can be trusted."""
    pairs = zip(over.get("seconds", ()), under.get("seconds", ()), strict=False)
    ratios = [first / second for first, second in pairs]
    return [round(min(ratios), 4), round(max(ratios), 4)] if len(ratios) > 1 else None


def verdict(row: Row) -> str:
    """ "met", by how much a target is missed, or why there is no figure."""
    if row["value"] is None:
        return f"not measured: {row['reason']}"
    if row["met"] is None:
        return ""
    low, high = row.get("rounds") or (row["value"], row["value"])
    if row["met"]:
        worst = low if row["at_least"] else high
        return "met" if worst == row["value"] or _meets(row, worst) else "met, not in every round"
    best = high if row["at_least"] else low
    if not row["target"]:
        return "missed"
    short = f"missed by {abs(1 - row['value'] / row['target']):.0%}"
    return f"{short}, met in some rounds" if _meets(row, best) else short


def _meets(row: Row, value: float) -> bool:
    return bool(value >= row["target"] if row["at_least"] else value <= row["target"])


def rounds_shown(row: Row) -> str:
    """The range of the rounds as it is printed."""
    found = row.get("rounds")
    return f"{found[0]:.3g} to {found[1]:.3g}" if found else "-"


def shown(row: Row) -> tuple[str, str]:
    """Value and target as they are printed."""
    if row["value"] is None:
        value = "-"
    else:
        value = f"{row['value']:,.0f}" if row["value"] >= 100 else f"{row['value']:.3g}"
    if row["target"] is None:
        return value, "-"
    return value, f"{'≥' if row['at_least'] else '≤'} {row['target']:g}"
