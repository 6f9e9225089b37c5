"""The sides that link: a register of a million rows into a registry, and names matched against it.

    python -m benchmarks.linking NAME WORK_DIR      (after the run has made the register there)

The register is an invented one in the form of the Companies House file, which is the largest that
is read: seeded, written as a stream, made before the clock starts. The names asked for are what
reports and lists hold: exact, in other spelling, shortened, with a slip, and of no body at all.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from itertools import accumulate, islice
from pathlib import Path
from random import Random
from typing import Any

from benchmarks import figures, tables
from benchmarks.figures import Memory, Rate
from benchmarks.measure import Options, processor_time
from benchmarks.reading import Result, main, measure_sides
from councilgraph import resources
from councilgraph.commands.asking_many import Question, Setting, answers
from councilgraph.linking.registry_build import build
from loaders.registers import read_register
from loaders.source import Reading

ROWS, NAMES, QUICK_ROWS = 1_000_000, 10_000, 20_000
REGISTER = "BasicCompanyDataAsOneFile.csv"
_COLUMNS = (
    *("CompanyName", "CompanyNumber", "RegAddress.PostCode", "CompanyCategory", "CompanyStatus"),
    *("DissolutionDate", "IncorporationDate", "PreviousName_1.CompanyName", "PreviousName_1.CONDATE"),
)
_TRADES = (
    *("CARE", "HOMECARE", "SERVICES", "SUPPORT", "TRUST", "HOUSING", "COMMUNITY", "HEALTH", "CARERS"),
    *("ADVOCACY", "LIVING", "PROPERTIES", "CONSULTING", "TRANSPORT", "FOODS", "BUILDERS", "PARTNERSHIP"),
)
_FORMS = ("LIMITED", "LIMITED", "LIMITED", "LTD", "CIC", "PLC", "LLP")
_WORDS = 60_000  # distinct words; how often each comes falls as with words of a language
_FORMER = 0.06  # share of companies with a former name

NAME = "linking"
WHAT = {
    "register_rows": "councilgraph: an invented register of a million rows, from its CSV to a registry",
    "register_names": "councilgraph: 10,000 names, in all spellings, matched against it in one process",
}
RATES = (
    Rate(
        "h-names",
        "names matched against a million register rows, a second on two cores",
        "register_names",
        1000.0,
        2,
    ),
)
LIMITS = (
    Memory("h-memory", "peak memory of indexing a register of a million rows, MiB", "register_rows", 500),
)


def measure(work: Path, options: Options) -> dict[str, Any]:
    """Both sides, of one register."""
    _make_register(work, QUICK_ROWS if options.quick else ROWS)
    return {"sides": measure_sides("benchmarks.linking", SIDES, work, min(3, options.repetitions))}


def rows(found: dict[str, Any]) -> list[figures.Row]:
    """Names a second, and the memory."""
    return figures.evaluate(found["sides"], (), RATES, LIMITS)


def section(found: dict[str, Any]) -> Iterator[str]:
    """The sides."""
    yield "## Registers and names"
    yield ""
    yield (
        "Processor time of one process. Names a second are no ratio: they are what this machine did; on two "
        "cores stands for twice what one does, as names are matched apart."
    )
    yield ""
    yield from tables.sides_table(found["sides"], WHAT)


def register_rows(work: Path) -> Result:
    """councilgraph: a register of a million rows, streamed out of its CSV and indexed."""
    file = work / REGISTER
    start = processor_time()
    # The bound on the number of rows is that of the whole of the United Kingdom.
    entries = read_register("companies-house", [file], _data(), Reading(force=True))
    report = build(work / "registry.sqlite", entries, replacing={"companies-house"})
    return {"seconds": processor_time() - start, "units": report.counts["companies-house"]}


def register_names(work: Path) -> Result:
    """councilgraph: ten thousand names matched against that register and our tables, one process."""
    registry = work / "registry.sqlite"
    if not registry.is_file():
        register_rows(work)
    questions = [Question(name, "", "") for name in _asked(work / REGISTER)]
    start = processor_time()
    setting = Setting(registry, str(_data()), None, None)
    states = [answer.state for answer in answers(setting, questions, jobs=1)]
    taken = processor_time() - start
    found = len(states) - states.count("unresolved")
    if found < len(states) // 2:
        # A matcher that finds nothing is fast: such a figure would say nothing.
        raise SystemExit(f"only {found} of {len(states)} names were found")
    return {"seconds": taken, "units": len(states)}


def _data() -> Path:
    return Path(resources.path("data"))


def _make_register(work: Path, number: int) -> None:
    with (work / REGISTER).open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(_COLUMNS)
        rows.writerows(_companies(Random(1), number))


def _companies(random: Random, number: int) -> Iterator[tuple[str, ...]]:
    words = _vocabulary(random)
    weights = list(accumulate(1 / (rank + 50) for rank in range(len(words))))
    for n in range(1, number + 1):
        own = random.choices(words, cum_weights=weights, k=random.choice((1, 2, 2, 3)))
        trade, form = random.choice(_TRADES), random.choice(_FORMS)
        former = (" ".join((own[-1], random.choice(_TRADES), form)), "01/04/2015")
        yield (
            " ".join((*own, trade, form)),
            f"{n:08}",
            f"ZZ{n % 90 + 1} {n % 9}QX",
            "Private Limited Company",
            "Active",
            "",
            f"{n % 28 + 1:02}/{n % 12 + 1:02}/{1970 + n % 55}",
            *(former if random.random() < _FORMER else ("", "")),
        )


def _vocabulary(random: Random) -> list[str]:
    """Invented words, pronounceable, the commonest first."""
    first = ("B", "BR", "CH", "D", "F", "G", "GR", "H", "K", "L", "M", "N", "P", "R", "SH", "ST", "T", "W")
    vowel, last = ("A", "E", "I", "O", "EA", "OO"), ("N", "R", "L", "M", "ND", "RT", "CK", "S", "TH", "LD")
    found: dict[str, None] = {}
    while len(found) < _WORDS:
        middle = "".join(random.choice(vowel) + random.choice(last) for _ in range(random.choice((1, 2))))
        found[random.choice(first) + middle + random.choice(("", "E", "Y", "FORD", "LEY"))] = None
    return list(found)


def _asked(register: Path) -> list[str]:
    """Names as people write them, of every hundredth company of the register."""
    random = Random(2)
    with register.open(encoding="utf-8", newline="") as file:
        names = [row["CompanyName"] for row in islice(csv.DictReader(file), None, None, ROWS // NAMES)]
    ways: tuple[Callable[[str], str], ...] = (
        str,
        str.title,
        lambda name: name.replace("LIMITED", "Ltd").title(),
        lambda name: name.rpartition(" ")[0].title(),
        lambda name: _slip(name, random),
        lambda name: name.title().replace(" Care ", " Nursing "),
    )
    return [random.choice(ways)(name) for name in names]


def _slip(name: str, random: Random) -> str:
    place = random.randrange(3, len(name) - 3)
    return (name[:place] + name[place + 1 :]).title()


SIDES: dict[str, Callable[[Path], Result]] = {side.__name__: side for side in (register_rows, register_names)}


if __name__ == "__main__":
    sys.exit(main(SIDES, sys.argv[1:]))
