"""The figures: which side is divided by which, and what was aimed at."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

SUMMARIES = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Figure:
    """The median of one side divided by that of another.

    ``target`` is None where a figure is shown for comparison only. ``at_least``: more is better.
    """

    key: str
    title: str
    over: str
    under: str
    target: float | None = None
    at_least: bool = False

    def reached(self, value: float) -> bool | None:
        """Is the target met? None where there is none."""
        if self.target is None:
            return None
        return value >= self.target if self.at_least else value <= self.target


FIGURES = (
    Figure(
        "a", "objects to queryable store: rdflib `Graph.add` / councilgraph", "rdflib_add", "ours", 7.0, True
    ),
    Figure("a-tuned", "the same against tuned rdflib (cached terms)", "rdflib_add_cached", "ours"),
    Figure("b", "objects to store / plain `Store.load` of the ready text", "ours", "bare_load", 1.7),
    Figure("b-lenient", "the same against the lenient load", "ours", "bare_load_lenient"),
    Figure("b-at-once", "the same against one plain load of all text at once", "ours", "bare_load_at_once"),
    Figure(
        "c",
        "objects to validated and loaded: rdflib + pySHACL / councilgraph",
        "rdflib_pyshacl",
        "ours_validated",
        15.0,
        True,
    ),
    Figure(
        "c-tuned",
        "the same against pySHACL with its queries parsed once",
        "rdflib_pyshacl_tuned",
        "ours_validated",
        15.0,
        True,
    ),
    Figure("d-unchanged", "build with nothing changed / first build", "build_unchanged", "build_first", 0.10),
    Figure(
        "d-changed", "build with one report changed / first build", "build_one_changed", "build_first", 0.10
    ),
    Figure(
        "f-growth",
        "reading reports of 250 sentences / of 125 sentences",
        "extract",
        "extract_half",
        2.2,
    ),
    Figure("e-help", "`councilgraph --help` / `import pyoxigraph`", "help", "import_pyoxigraph", 3.0),
    Figure(
        "e-query", "`councilgraph query Q01` / `import pyoxigraph`", "query_q01", "import_pyoxigraph", 3.0
    ),
    Figure("e-opening", "the same / opening that store with bare pyoxigraph", "query_q01", "open_store"),
)


@dataclass(frozen=True, slots=True)
class Rate:
    """Units a second of processor time, on so many cores; this one depends on the machine."""

    key: str
    title: str
    over: str
    target: float
    cores: int = 1


RATES = (
    Rate("f-extract", "reports of 250 sentences to evidence, a second on two cores", "extract", 25.0, 2),
    Rate("f-html", "saved web pages read, a second on one core", "html_pages", 200.0),
    Rate(
        "h-names",
        "names matched against a million register rows, a second on two cores",
        "register_names",
        1000.0,
        2,
    ),
    Rate("f-pdf", "printed PDF pages read, a second on one core", "pdf_pages", 20.0),
)
# Peak memory of a side in MiB, and the most that it may be.
MEMORY = (
    ("b-memory", "peak memory of objects to store, MiB", "ours", 1024),
    ("h-memory", "peak memory of indexing a register of a million rows, MiB", "register_rows", 500),
    ("f-memory", "peak memory of reading reports into evidence, MiB", "extract", 500),
)


# What is measured of the explorer: key, title, where the value stands, and the most that it may be.
# They depend on the machine; the times are those of the server's processor, on one core.
PAGES = (
    ("g-median", "a page for the first time, median, ms of one core", ("all", "first_processor_ms"), 50),
    ("g-p95", "the same, 95th percentile", ("all", "first_processor_p95_ms"), 200),
    ("g-wall-median", "the same on the clock, median, ms", ("all", "first_wall_ms"), 50),
    ("g-wall-p95", "the same on the clock, 95th percentile", ("all", "first_wall_p95_ms"), 200),
    ("g-size", "largest page of HTML, kB", ("all", "largest_kb"), 100),
    ("g-errors", "failed requests of 100 readers at once", ("crowd", "errors"), 0),
)


def of_pages(pages: dict[str, Any]) -> list[dict[str, Any]]:
    """The figures of the explorer's pages."""
    rows = []
    for key, title, (part, name), limit in PAGES:
        value = pages[part][name]
        row = {"key": key, "title": title, "over": "pages", "under": None, "target": limit}
        rows.append({**row, "at_least": False, "value": value, "met": value <= limit})
    return rows


def evaluate(sides: SUMMARIES, reasons: dict[str, str]) -> list[dict[str, Any]]:
    """Each figure with its value and whether the target is met; ``reasons`` tell of sides not run."""
    rows: list[dict[str, Any]] = []
    for figure in FIGURES:
        row: dict[str, Any] = asdict(figure)
        missing = [side for side in (figure.over, figure.under) if side not in sides]
        if missing:
            row |= {"value": None, "met": None, "reason": reasons.get(missing[0], "not measured")}
        else:
            value = sides[figure.over]["median"] / sides[figure.under]["median"]
            row |= {"value": round(value, 4), "met": figure.reached(value)}
            row["rounds"] = _rounds(sides[figure.over], sides[figure.under])
        rows.append(row)
    rows += [_rate(rate, sides[rate.over]) for rate in RATES if rate.over in sides]
    rows += [_memory(*limit, sides[limit[2]]["rss_mib"]) for limit in MEMORY if limit[2] in sides]
    return rows


def _rate(rate: Rate, side: dict[str, Any]) -> dict[str, Any]:
    units = side["units"] * rate.cores
    value = units / side["median"]
    slowest, fastest = units / side["highest"], units / side["lowest"]
    return {
        "key": rate.key,
        "title": rate.title,
        "over": rate.over,
        "under": None,
        "target": rate.target,
        "at_least": True,
        "value": round(value, 4),
        "met": value >= rate.target,
        "rounds": [round(slowest, 4), round(fastest, 4)] if side["runs"] > 1 else None,
    }


def _memory(key: str, title: str, side: str, limit: int, peak: int) -> dict[str, Any]:
    return {
        "key": key,
        "title": title,
        "over": side,
        "under": None,
        "target": limit,
        "at_least": False,
        "value": peak,
        "met": peak <= limit,
    }


def _rounds(over: dict[str, Any], under: dict[str, Any]) -> list[float] | None:
    """The lowest and the highest ratio of one round: how far the figure can be trusted."""
    pairs = zip(over.get("seconds", ()), under.get("seconds", ()), strict=False)
    ratios = [first / second for first, second in pairs]
    return [round(min(ratios), 4), round(max(ratios), 4)] if len(ratios) > 1 else None


def verdict(row: dict[str, Any]) -> str:
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


def _meets(row: dict[str, Any], value: float) -> bool:
    return bool(value >= row["target"] if row["at_least"] else value <= row["target"])


def rounds_shown(row: dict[str, Any]) -> str:
    """The range of the rounds as it is printed."""
    found = row.get("rounds")
    return f"{found[0]:.3g} to {found[1]:.3g}" if found else "-"


def shown(row: dict[str, Any]) -> tuple[str, str]:
    """Value and target as they are printed."""
    if row["value"] is None:
        value = "-"
    else:
        value = f"{row['value']:,.0f}" if row["value"] >= 100 else f"{row['value']:.3g}"
    if row["target"] is None:
        return value, "-"
    return value, f"{'≥' if row['at_least'] else '≤'} {row['target']:g}"
