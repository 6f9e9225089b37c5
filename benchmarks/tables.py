"""The Markdown that the sections of several parts have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any


def table(
    columns: Sequence[str], rows: Iterable[Sequence[object]], *, left: int = 1, words: bool = False
) -> Iterator[str]:
    """A table and the empty line after it.

    All columns but the first ``left`` ones hold numbers, but for the last one where ``words`` is set.
    """
    last = len(columns) - 1
    yield f"| {' | '.join(columns)} |"
    yield f"|{'|'.join('---' if n < left or (words and n == last) else '---:' for n in range(len(columns)))}|"
    for cells in rows:
        yield f"| {' | '.join(map(str, cells))} |"
    yield ""


def sides_table(sides: Mapping[str, Any], what: Mapping[str, str]) -> Iterator[str]:
    """The sides of a part, with what each does; then the parts of those that tell of them."""
    yield from table(
        ("side", "what it does", "median s", "lowest to highest", "runs", "peak MiB"),
        (
            (
                f"`{name}`",
                what[name],
                f"{side['median']:.3f}",
                f"{side['lowest']:.3f} to {side['highest']:.3f}",
                side["runs"],
                side.get("rss_mib", ""),
            )
            for name, side in sides.items()
        ),
        left=2,
    )
    steps = [
        (f"`{name}`", step.replace("_", " "), f"{seconds:.3f}")
        for name, side in sides.items()
        for step, seconds in side.get("parts", {}).items()
    ]
    if steps:
        yield from table(("side", "of which", "median s"), steps, left=2)
