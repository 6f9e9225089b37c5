"""Make the tables of this folder from the folder of open registers, all from nothing.

    python data/make_tables.py ../shared/reference

Needs no network. The same registers give the same bytes, on any day. The registers are not
part of the repository (data/README.md says where each can be had); a single table is
brought up to date with ``councilgraph refresh TABLE FILE...``. Tables kept by hand
(``curated/``) and those made from other files (Acts, Wikidata) are read, never written.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

# Run as a script, Python looks for modules in data/ only.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from councilgraph.errors import InputError
from loaders.recipes import TABLE_ORDER
from loaders.refresh import RefreshReport, refresh
from loaders.tidy import TABLES

DATA = Path(__file__).resolve().parent

FILES = {
    "regions": ("local-authorities/ltla24-to-region24.csv",),
    "authorities": (
        "local-authorities/uk_local_authorities.csv",
        "local-authorities/lookup_name_to_registry.csv",
        "local-authorities/digital-land-local-authority.csv",
        "local-authorities/ltla23-to-utla23.csv",
        "local-authorities/ltla24-to-region24.csv",
    ),
    "icb-successions": ("nhs-icb/icb-succession-2026-04-01.csv",),
    "icbs": ("nhs-icb/icb24.csv", "nhs-icb/icb-succession-2026-04-01.csv"),
    "authority-icb": ("nhs-icb/utla23-to-icb24.csv",),
    # Oldest first: names come from the newest, boards of trusts from the oldest.
    "nhs-trusts": ("nhs-trusts/etr-2025-07.csv", "nhs-trusts/etr-2026-07.csv"),
    "police-forces": ("police-forces/pfa24.csv",),
    "authority-police": (
        "police-forces/ltla24-csp24-pfa24.csv",
        "local-authorities/ltla23-to-utla23.csv",
    ),
    "national-bodies": ("government-organisations/government-organisation-register.csv",),
    "scores": ("cqc-scores-2025-10.csv",),
}


def make_tables(registers: Path, by_hand: Path, into: Path) -> list[RefreshReport]:
    """Make every table below ``into``, with the hand-kept tables of ``by_hand``."""
    for table in TABLES.values():
        # Of Acts and Wikidata the folder has no files: their tables stay as they were made last.
        if table.by_hand or table.name not in FILES:
            target = into / table.path
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(by_hand / table.path, target)
    return [
        refresh(table, [registers / file for file in FILES[table]], into, afresh=True)
        for table in TABLE_ORDER
        if table in FILES
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the tables in a folder of their own, and put them in place when all are good."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("registers", type=Path, help="the folder of open registers")
    registers = parser.parse_args(arguments).registers
    with tempfile.TemporaryDirectory(dir=DATA, prefix=".tables-") as folder:
        made = Path(folder)
        try:
            reports = make_tables(registers, DATA, made)
        except InputError as error:
            print(error, file=sys.stderr)
            return 2
        for report in reports:
            target = DATA / TABLES[report.table].path
            target.parent.mkdir(parents=True, exist_ok=True)
            (made / TABLES[report.table].path).replace(target)
            print(f"{report.table}: {report.rows} rows")
            for note in report.notes:
                print(f"  note: {note}")
        if reports[-1].follow_up:
            print(f"still to do: {reports[-1].follow_up}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
