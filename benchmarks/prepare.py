"""What all sides work on: the report files, and the same reports as pickled evidence objects.

python -m benchmarks.prepare WORK_DIR REPORTS SEED
"""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path

from benchmarks.generator import FOLDER, generate_evidence, write_reports
from benchmarks.sides import evidence_file

SENTENCES = 250


def main(arguments: list[str]) -> int:
    """Write both."""
    work, reports, seed = Path(arguments[0]), int(arguments[1]), int(arguments[2])
    files = write_reports(work / FOLDER, reports, SENTENCES, seed)
    with evidence_file(work).open("wb") as file:
        pickle.dump(generate_evidence(reports, seed, SENTENCES), file)
    print(json.dumps({"files": len(files)}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
