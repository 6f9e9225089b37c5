"""Measure all parts, print the figures and, where asked, write the JSON that the pages are made from.

    python -m benchmarks.run [--quick] [--json FILE] [--only PART[,PART]] [--sizes N[,N]]

Every figure is a ratio of medians of one run on the same data. The sides run in turn, each in a
fresh process, from a copy of the checkout: a file that is edited meanwhile changes nothing. The JSON
is written after each part, and holds what other runs have measured of the other parts.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import figures
from benchmarks.measure import (
    QUICK,
    QUICK_SIZES,
    ROOT,
    SIZES,
    NotMeasuredError,
    Options,
    environment,
    found_of,
    machine,
    versions,
)
from benchmarks.parts import BY_NAME, PARTS, Part, rows

COPIED = ("benchmarks", "councilgraph", "loaders", "ontology", "queries", "data", "pyproject.toml")
Result = dict[str, Any]


def main(arguments: Sequence[str] | None = None) -> int:
    """Copy the checkout to a folder of its own and measure there.

    Exit codes: 0 all parts were measured; 1 not all of them; 2 the arguments are wrong.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help=f"{QUICK} reports, each side once: does it run at all?"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all medians and spreads here")
    parser.add_argument("--seed", type=int, default=1, help="seed of the generated reports (default: 1)")
    parser.add_argument("--repetitions", type=int, default=5, help="runs of each side (default: 5)")
    parser.add_argument(
        "--only",
        type=_parts,
        default=[part.NAME for part in PARTS],
        metavar="PART[,PART]",
        help=f"measure these alone; the JSON keeps the rest. Of: {', '.join(BY_NAME)}",
    )
    parser.add_argument(
        "--sizes",
        type=_sizes,
        metavar="N[,N]",
        help=f"numbers of reports of the part growth (default: {','.join(map(str, SIZES))})",
    )
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.inside:
        return _measure(options)
    if options.json:
        options.json = options.json.resolve()
        if options.quick and any(not found.get("quick") for found in read(options.json)["parts"].values()):
            parser.error(f"{options.json} holds real measurements: quick ones are not put among them")
    given = list(arguments) if arguments is not None else sys.argv[1:]
    return _elsewhere(given, options.json)


def _elsewhere(given: list[str], file: Path | None) -> int:
    with tempfile.TemporaryDirectory(prefix="councilgraph-benchmark-") as folder:
        copy = Path(folder) / "checkout"
        copy.mkdir()
        for name in COPIED:
            place = shutil.copytree if (ROOT / name).is_dir() else shutil.copyfile
            place(ROOT / name, copy / name)
        more = ["--json", str(file)] if file else []
        command = [sys.executable, "-m", "benchmarks.run", *given, *more, "--inside", f"{folder}/work"]
        env = environment() | {"PYTHONPATH": str(copy)}
        return subprocess.run(command, cwd=copy, env=env, check=False).returncode


def _parts(text: str) -> list[str]:
    names = text.split(",")
    if unknown := [name for name in names if name not in BY_NAME]:
        raise argparse.ArgumentTypeError(f"no part {unknown[0]!r}; there are {', '.join(BY_NAME)}")
    return names


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(sorted({int(number) for number in text.split(",")}))


def _measure(given: argparse.Namespace) -> int:
    options = Options(
        quick=given.quick,
        seed=given.seed,
        repetitions=1 if given.quick else given.repetitions,
        sizes=given.sizes or (QUICK_SIZES if given.quick else SIZES),
    )
    given.inside.mkdir()
    parts: dict[str, Result] = {}
    for part in PARTS:
        if part.NAME in given.only:
            print(f"measuring {part.NAME} ...", file=sys.stderr, flush=True)
            parts[part.NAME] = measured(part, given.inside, options)
            if given.json:
                keep(given.json, part.NAME, parts[part.NAME])
    _print(parts)
    return 1 if any("reason" in told for told in parts.values()) else 0


def measured(part: Part, root: Path, options: Options) -> Result:
    """What a part found, or why it could not, with the day and how busy the machine was."""
    work = root / part.NAME
    work.mkdir()
    told: Result = {"measured": date.today().isoformat(), "load_average": machine()["load_average"]}
    told |= {"quick": True} if options.quick else {}
    try:
        return {**told, "found": part.measure(work, options)}
    except NotMeasuredError as error:
        print(f"{part.NAME}: not measured: {error}", file=sys.stderr, flush=True)
        return {**told, "reason": str(error)}
    finally:
        shutil.rmtree(work, ignore_errors=True)


def read(file: Path) -> Result:
    """What earlier runs have measured; nothing where there is no such file yet."""
    if not file.exists():
        return {"parts": {}}
    result: Result = json.loads(file.read_text(encoding="utf-8"))
    return result


def keep(file: Path, name: str, told: Result) -> None:
    """Put what one part found among the rest; what was measured once is not lost to a failure."""
    result = read(file)
    before = result["parts"].get(name, {})
    if "found" in before and "reason" in told:
        print(f"{name}: the figures of {before['measured']} are kept", file=sys.stderr, flush=True)
        return
    told = {**result["parts"], name: told}
    parts = {part.NAME: told[part.NAME] for part in PARTS if part.NAME in told}
    whole = {"machine": machine(), "versions": versions(), "parts": parts}
    file.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _print(parts: Mapping[str, Result]) -> None:
    print(f"{'figure':74} {'value':>8} {'single rounds':>17} {'target':>8}  result")
    for row in rows({"parts": parts}):
        if row["over"] in BY_NAME and row["over"] not in parts:
            continue  # it was not asked for
        value, target = figures.shown(row)
        rounds = figures.rounds_shown(row)
        print(f"{row['title']:74} {value:>8} {rounds:>17} {target:>8}  {figures.verdict(row)}")
    for name in parts:
        for side, told in (found_of({"parts": parts}, name) or {}).get("sides", {}).items():
            if "median" in told:
                spread = f"{told['lowest']:.3f} to {told['highest']:.3f}"
                memory = f", {told['rss_mib']} MiB" if "rss_mib" in told else ""
                print(f"  {side:22} {told['median']:9.3f} s ({spread}, {told['runs']} runs{memory})")


if __name__ == "__main__":
    sys.exit(main())
