"""A measurement as text for a terminal and as Markdown for a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from councilgraph.accuracy.record import TARGETS, Row
from councilgraph.errors import InputError

BEGIN, END = (
    "<!-- accuracy: made by `councilgraph bench accuracy --page`; do not edit -->",
    "<!-- /accuracy -->",
)
_HEADINGS = ("precision", "recall", "F1", "right/expected/given")
_EXPLAINED = (
    "A sentence whose label was a close call is left out for that label; an item that may be entered or "
    "not counts as neither found nor missed. Where one figure stands, it is the share that is right."
)


def table(result: Mapping[str, Any]) -> str:
    """Aligned columns: what was measured on, the labels, the themes."""
    out = [*_measured(result), ""]
    for title, rows in _tables(result):
        widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
        out.append(f"{title}:")
        for row in rows:
            cells = [row[0].ljust(widths[0])]
            cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
            out.append("  ".join(cells).rstrip())
        out.append("")
    return "\n".join(out)


def markdown(result: Mapping[str, Any]) -> str:
    """The same for a page; the long table of themes is folded."""
    out = [f"Measured with rules {result['rules']}, the machine alone, each file by itself:", ""]
    out += [f"- {line}" for line in _measured(result)]
    out += ["", _EXPLAINED, ""]
    labels, themes = _tables(result)
    out += [*_markdown_table(labels[1]), "", "<details>", f"<summary>{themes[0]}</summary>", ""]
    out += [*_markdown_table(themes[1]), "", "</details>", ""]
    return "\n".join(out)


def _markdown_table(rows: Sequence[Sequence[str]]) -> list[str]:
    head, *body = ["| " + " | ".join(row) + " |" for row in rows]
    return [head, "|---|" + "---:|" * (len(rows[0]) - 1), *body]


def renewed(page: str, result: Mapping[str, Any], where: str) -> str:
    """The text of a page with the tables between its two marks made anew.

    Raises:
        InputError: the page lacks the marks.
    """
    before, mark, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not mark or not end:
        raise InputError(
            "The page has no place for the accuracy tables.",
            where=where,
            cure=f"Put these two lines where they shall stand:\n{BEGIN}\n{END}",
        )
    return f"{before}{BEGIN}\n{markdown(result)}{END}{after}"


def _measured(result: Mapping[str, Any]) -> Iterator[str]:
    for name in result["parts"]:
        pages = [page for page in result["measured_on"] if name in (page["part"], "all")]
        total = sum(page["sentences"] for page in pages)
        told = "; ".join(
            f"{page['authority']}, {', '.join(page['sections'])} ({page['sentences']})" for page in pages
        )
        yield f"{name}: {total} annotated sentences: {told}"


def _tables(result: Mapping[str, Any]) -> Iterator[tuple[str, list[list[str]]]]:
    parts = result["parts"]
    yield "By label", _rows(parts, "labels", targets=True)
    yield "By theme, those that occur most first", _rows(parts, "themes", targets=False)


def _rows(parts: Mapping[str, Mapping[str, Sequence[Row]]], kind: str, *, targets: bool) -> list[list[str]]:
    head = ["label" if targets else "theme", *(["to reach"] if targets else [])]
    for name in parts:
        head += [f"{name}: {_HEADINGS[0]}", *_HEADINGS[1:]]
    found = {name: {row["label"]: row for row in part[kind]} for name, part in parts.items()}
    labels = _order([[row["label"] for row in part[kind]] for part in parts.values()])
    if not targets:  # most told first, whichever part tells it
        told = {one: sum(f[one]["expected"] for f in found.values() if one in f) for one in labels}
        labels.sort(key=lambda one: (-told[one], one))
    rows = [head]
    for label in labels:
        row = [label, *([_target(label)] if targets else [])]
        for name in parts:
            row += _cells(found[name].get(label))
        rows.append(row)
    return rows


def _order(lists: Sequence[Sequence[str]]) -> list[str]:
    """All labels; one that only a later list has stands behind the one before it there."""
    out: list[str] = []
    for names in lists:
        at = 0
        for name in names:
            if name in out:
                at = out.index(name) + 1
            else:
                out.insert(at, name)
                at += 1
    return out


def _target(label: str) -> str:
    if label not in TARGETS:
        return ""
    figure, value = TARGETS[label]
    return f"{value:.2f}" if figure == "precision" else f"{'F1' if figure == 'f1' else figure} {value:.2f}"


def _cells(row: Row | None) -> list[str]:
    if row is None:
        return ["", "", "", ""]
    figures = ["" if row[name] is None else f"{row[name]:.3f}" for name in ("precision", "recall", "f1")]
    counts = "" if row["right"] is None else f"{row['right']}/{row['expected']}/{row['given']}"
    return [*figures, counts]
