"""What several parts work on: the report files, the same reports as evidence objects, and a store.

    python -m benchmarks.prepare FILE REPORTS SEED

Made once for all parts of a run, when the first of them asks, in a folder beside theirs.
"""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path

from benchmarks.generator import FOLDER, generate_evidence
from benchmarks.measure import Options, execute, run_module

SENTENCES = 250


def reports(work: Path, options: Options) -> Path:
    """The folder of the report files; ``work`` is the folder of the part that asks.

    Raises:
        NotMeasuredError: they cannot be made.
    """
    done = _beside(work) / "reports"
    if not done.is_dir():
        part = done.with_suffix(f".{work.name}")  # what is begun and fails is nobody's
        generate(part, options.reports, SENTENCES, options.seed)
        part.rename(done)
    return done / FOLDER


def generate(out: Path, number: int, sentences: int, seed: int) -> None:
    """Reports, and tables for them where they need any, in a process of its own.

    Raises:
        NotMeasuredError: they cannot be made.
    """
    numbers = ("--reports", str(number), "--sentences", str(sentences), "--seed", str(seed))
    execute([sys.executable, "-m", "benchmarks.generator", *numbers, str(out)])


def evidence(work: Path, options: Options) -> Path:
    """The file of the pickled evidence objects.

    Raises:
        NotMeasuredError: they cannot be made.
    """
    done = _beside(work) / "evidence.pickle"
    if not done.is_file():
        part = done.with_suffix(".part")
        run_module("benchmarks.prepare", str(part), str(options.reports), str(options.seed))
        part.rename(done)
    return done


def store(work: Path, options: Options) -> Path:
    """A store of the report files.

    Raises:
        NotMeasuredError: it cannot be built.
    """
    done = _beside(work) / "store"
    if not (done / "CURRENT").is_file():
        run_module("benchmarks.builds", str(done), str(reports(work, options)))
    return done


def _beside(work: Path) -> Path:
    folder = work.parent / "prepared"
    folder.mkdir(exist_ok=True)
    return folder


def main(arguments: list[str]) -> int:
    """Write the evidence objects."""
    file, number, seed = Path(arguments[0]), int(arguments[1]), int(arguments[2])
    made = generate_evidence(number, seed, SENTENCES)
    with file.open("wb") as out:
        pickle.dump(made, out)
    print(json.dumps({"reports": len(made)}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
