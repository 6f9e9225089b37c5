"""A field with more councils than England has: the data folder, with invented ones added.

The growth of a cost cannot be seen within 153 councils. Every ten assessments need one council,
so that a council has a history as long as ten inspections and the tables grow with the reports.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from itertools import islice, product
from math import ceil
from pathlib import Path
from string import ascii_uppercase

from councilgraph import resources

ASSESSMENTS_EACH = 10
# fmt: off
_FIRST = (
    "Ash", "Barn", "Birch", "Brack", "Cold", "Crow", "Dun", "Elm", "Fern", "Fox", "Gorse", "Hazel", "Heather",
    "Holm", "Kest", "Lark", "Linden", "Marl", "Nettle", "Oak", "Otter", "Pine", "Quarry", "Raven", "Rush",
    "Sedge", "Sorrel", "Teasel", "Thistle", "Willow",
)
_SECOND = (
    "beck", "bourne", "bridge", "brook", "bury", "cliffe", "combe", "cote", "cross", "dale", "den", "fell",
    "ford", "gate", "ham", "hurst", "ley", "low", "mere", "mouth", "ness", "ridge", "shaw", "stead", "thorpe",
    "ton", "wade", "well", "wick", "worth",
)
_THIRD = (
    "Vale", "Moor", "Sands", "Levels", "Heath", "Forest", "Downs", "Marches", "Wolds", "Fens", "Edge",
    "Water", "Weald", "Chase", "Head", "Carr", "Holt",
)
# fmt: on
MOST = len(_FIRST) * len(_SECOND) * len(_THIRD)


def councils_needed(assessments: int, real: int) -> int:
    """How many councils so many assessments stand for; all real ones come first."""
    return max(min(assessments, real), ceil(assessments / ASSESSMENTS_EACH))


def write_data(out: Path, councils: int) -> Path:
    """A copy of the data folder whose tables hold that many councils; its path.

    Scores and reviews stay those of the real ones. An invented council takes its region, board and
    police force from a real one, so that joins over them meet as many rows as they would.

    Raises:
        ValueError: so many names cannot be invented.
    """
    shutil.copytree(resources.path("data"), out)
    reference = out / "reference"
    rows = _read(reference / "authorities.csv")
    added = list(islice(_invented(rows), max(0, councils - len(rows))))
    if len(rows) + len(added) < councils:
        raise ValueError(f"at most {len(rows) + MOST} councils can be had")
    _append(reference / "authorities.csv", added)
    areas = {row["gss"]: rows[n % len(rows)]["gss"] for n, row in enumerate(added)}
    for name in ("authority-icb.csv", "authority-police.csv"):
        known: dict[str, list[dict[str, str]]] = {}
        for row in _read(reference / name):
            known.setdefault(row["authority_gss"], []).append(row)
        _append(
            reference / name,
            [row | {"authority_gss": gss} for gss, like in areas.items() for row in known.get(like, [])],
        )
    return out


def _invented(rows: list[dict[str, str]]) -> Iterator[dict[str, str]]:
    names = product(_THIRD, _SECOND, _FIRST)
    taken = {row["code"] for row in rows}
    codes = (
        code for letters in product(ascii_uppercase, repeat=3) if (code := "".join(letters)) not in taken
    )
    for n, ((third, second, first), code) in enumerate(zip(names, codes, strict=False)):
        name = f"{first}{second} {third}"
        yield dict.fromkeys(rows[0], "") | {
            "code": code,
            "name": f"{name} Council",
            "short_name": name,
            "type": "unitary",
            "gss": f"E06{500000 + n}",
            "region_gss": rows[n % len(rows)]["region_gss"],
            "valid_from": "2023-04-01",
        }


def _read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _append(file: Path, rows: list[dict[str, str]]) -> None:
    if not rows:
        return
    with file.open("a", encoding="utf-8", newline="") as target:
        csv.DictWriter(target, list(rows[0]), lineterminator="\n").writerows(rows)
