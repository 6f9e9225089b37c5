"""Hold the pins against the table of advisories. No network is used.

  python -m supply.audit                    the pins of requirements/*.txt
  python -m supply.audit --refresh all.zip  the table anew, from an OSV export that you have fetched

Exit codes: 0 nothing is known against what is pinned; 1 something is; 2 could not run.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from councilgraph.errors import CouncilgraphError
from supply.advisories import ABOUT, TABLE, Advisory, as_of, read_table, write_table
from supply.osv import from_export
from supply.pins import CI, EXTRAS, RUN, Pin, read_pins

EXPORT = "https://osv-vulnerabilities.storage.googleapis.com/PyPI/all.zip"


@dataclass(frozen=True, slots=True)
class Found:
    """A pinned version that an advisory is about."""

    pin: Pin
    advisory: Advisory

    def __str__(self) -> str:
        one = self.advisory
        cure = f"take {one.package} {one.fixed} or later" if one.fixed else f"do without {one.package}"
        names = ", ".join(one.aliases.split())
        return (
            f"{self.pin.name} {self.pin.version}: {one.id}{f' ({names})' if names else ''}\n"
            f"  where: {one.source}\n"
            f"  what to do: {cure}: raise its bound in pyproject.toml and run 'python -m supply.refresh'"
        )


def judged(pins: Iterable[Pin], advisories: Iterable[Advisory]) -> list[Found]:
    """Each pin that is affected, with the advisory, once for each of its ranges that hold it."""
    by_name: dict[str, list[Advisory]] = {}
    for one in advisories:
        by_name.setdefault(one.package, []).append(one)
    unique = {(pin.name, pin.version): pin for pin in pins}
    return [
        Found(pin, one)
        for _, pin in sorted(unique.items())
        for one in by_name.get(pin.name, ())
        if one.affects(pin.version)
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Audit, or make the table anew; the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m supply.audit",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="pinned requirements (default: ours)"
    )
    parser.add_argument("--advisories", type=Path, default=TABLE, metavar="CSV", help="another table")
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="ID", help="an advisory that does not concern us"
    )
    parser.add_argument(
        "--refresh", type=Path, metavar="EXPORT", help=f"make the table anew from this file; it is {EXPORT}"
    )
    options = parser.parse_args(arguments)
    try:
        pins = [pin for path in options.files or (CI, EXTRAS, RUN) for pin in read_pins(path)]
        if options.refresh:
            names = frozenset(pin.name for pin in pins)
            about = ABOUT if options.advisories == TABLE else options.advisories.with_suffix(".toml")
            write_table(from_export(options.refresh, names), EXPORT, options.advisories, about)
        return _tell(pins, options.advisories, frozenset(options.ignore))
    except CouncilgraphError as error:
        print(f"supply.audit: {error}", file=sys.stderr)
        return 2


def _tell(pins: Sequence[Pin], table: Path, ignored: frozenset[str]) -> int:
    advisories = read_table(table)
    day, _ = as_of(table.with_suffix(".toml"))
    found = judged(pins, (one for one in advisories if not ignored & {one.id, *one.aliases.split()}))
    for one in found:
        print(one)
    packages = len({pin.name for pin in pins})
    known = len({one.id for one in advisories})
    print(
        f"{packages} packages, {known} advisories (newest: {day}): "
        f"{len({(one.pin.name, one.advisory.id) for one in found})} found.",
        file=sys.stderr,
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
