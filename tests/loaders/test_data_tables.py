"""The committed tables: complete, sorted, unique, whole. Curated data is tested like code.

A message of a failing test names the command that mends the table.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from loaders.reference import read_reference
from loaders.scores import read_scores
from loaders.source import Reading, read_form, read_source
from loaders.tidy import TABLES, read_table

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data"
REGISTERS = ROOT.parent / "shared" / "reference"
MEND = "run: python data/make_tables.py ../shared/reference"

COUNTS = {
    "regions": 9,
    "authorities": 153,
    "icb-successions": 16,
    "icbs": 48,
    "authority-icb": 166,
    "nhs-trusts": 274,
    "police-forces": 39,
    "authority-police": 153,
    "national-bodies": 57,
    "acts": 41,
    "scores": 72,
}


@pytest.mark.parametrize("name", COUNTS)
def test_row_count(name: str) -> None:
    assert len(read_table(DATA, name)) == COUNTS[name], MEND


@pytest.mark.parametrize("name", TABLES)
def test_sorted_by_key_and_plain_text(name: str) -> None:
    table = TABLES[name]
    keys = [tuple(row[column] for column in table.key) for row in read_table(DATA, name)]
    assert keys == sorted(keys), f"{table.path} is not sorted by {table.key}; {MEND}"
    content = (DATA / table.path).read_bytes()
    assert b"\r" not in content, f"{table.path} has Windows line ends; {MEND}"
    assert not content.startswith(b"\xef\xbb\xbf"), f"{table.path} has a byte-order mark; {MEND}"
    assert content.endswith(b"\n"), f"{table.path} does not end with a line end; {MEND}"


@pytest.mark.parametrize("form", read_source("reference").forms)
def test_tables_meet_their_expectations(form: str) -> None:
    reading = Reading()
    path = DATA / TABLES[form].path
    assert list(read_form(read_source("reference").forms[form], path, reading))
    assert not reading.notes, "correct loaders/reference/source.toml only for a real change"


def test_every_reference_resolves() -> None:
    assert len(read_reference(DATA)) == 7, MEND


def test_councils_by_type() -> None:
    assert Counter(row["type"] for row in read_table(DATA, "authorities")) == {
        "county": 21,
        "unitary": 63,
        "metropolitan-borough": 36,
        "london-borough": 32,
        "city-corporation": 1,
    }, MEND


def test_councils_have_all_identifiers() -> None:
    rows = read_table(DATA, "authorities")
    assert all(row["wikidata"] and row["website"] for row in rows), MEND
    without = {row["code"] for row in rows if not row["opendatacommunities"]}
    assert without == {"CBD", "NNT", "NYE", "SMT", "WAF", "WNT"}, MEND


def test_no_other_name_means_two_councils() -> None:
    names = Counter(
        name.casefold()
        for council in read_reference(DATA)[0].councils
        for name in {council.name, council.short_name, *council.other_names}
    )
    assert not [name for name, count in names.items() if count > 1], MEND


def test_staffordshire_leads_to_its_bodies() -> None:
    areas, _, boards, trusts, police, *_ = read_reference(DATA)
    council = next(council for council in areas.councils if council.code == "STS")
    assert (council.area, council.kind) == ("E10000028", "county")
    assert council.same_as == (
        "http://www.wikidata.org/entity/Q6386295",
        "http://opendatacommunities.org/id/county-council/staffordshire",
    )
    of_area = [coverage for coverage in boards.coverages if coverage.area == council.area]
    assert [coverage.organisation for coverage in of_area] == ["ods-QNC"]
    force = [c.organisation for c in police.coverages if c.area == council.area]
    assert force == ["gss-E23000015"]
    partner = next(trust for trust in trusts.organisations if trust.key == "ods-RRE")
    assert partner.name == "Midlands Partnership University NHS Foundation Trust"
    assert partner.commissioned_by == "ods-QNC"


def test_ten_councils_lie_in_more_than_one_board() -> None:
    counts = Counter(row["authority_gss"] for row in read_table(DATA, "authority-icb"))
    names = {row["gss"]: row["short_name"] for row in read_table(DATA, "authorities")}
    assert set(counts) == set(names), MEND
    assert sorted(names[gss] for gss, count in counts.items() if count > 1) == [
        "Buckinghamshire",
        "Cumberland",
        "Essex",
        "Hampshire",
        "Hertfordshire",
        "North Yorkshire",
        "Oxfordshire",
        "Suffolk",
        "Surrey",
        "Westmorland and Furness",
    ], MEND


def test_shares_of_each_council_make_a_whole() -> None:
    sums: Counter[str] = Counter()
    for row in read_table(DATA, "authority-icb"):
        sums[row["authority_gss"]] += round(float(row["share"]) * 10_000)
    assert {gss: total for gss, total in sums.items() if abs(total - 10_000) > 2} == {}, MEND


def test_boards_that_ended_and_began() -> None:
    boards = read_reference(DATA)[2]
    first = date(2022, 7, 1)
    assert sum(board.valid_from == first for board in boards.organisations) == 42, MEND
    ended = [board for board in boards.organisations if board.valid_until]
    assert len(ended) == 12, MEND
    assert {board.valid_until for board in ended} == {date(2026, 3, 31)}, MEND
    begun = [board for board in boards.organisations if board.valid_from == date(2026, 4, 1)]
    assert len(begun) == 6, MEND
    assert {s.original for s in boards.successions} == {board.key for board in ended}, MEND
    new = {s.resulting for s in boards.successions if s.kind != "acquisition"}
    assert new == {board.key for board in begun}, MEND


def test_every_council_has_one_police_force_of_england() -> None:
    rows = read_table(DATA, "authority-police")
    assert len({row["authority_gss"] for row in rows}) == 153, MEND
    forces = read_table(DATA, "police-forces")
    assert {row["gss"] for row in forces} == {row["police_gss"] for row in rows}, MEND
    assert all(row["gss"].startswith("E23") for row in forces), MEND


def test_trust_names_are_in_running_text() -> None:
    for row in read_table(DATA, "nhs-trusts"):
        words = row["name"].replace("NHS", "").split()
        assert not [word for word in words if len(word) > 1 and word.isupper()], row["name"]
        assert "NHS" in row["name"].split(), row["name"]


def test_seven_trusts_changed_their_name() -> None:
    renamed = {row["ods"] for row in read_table(DATA, "nhs-trusts") if row["former_names"]}
    assert renamed == {"RA2", "RA7", "RRF", "RWH", "RWW", "RXY", "RY3"}, MEND


def test_no_two_bodies_have_one_key_or_area() -> None:
    tables = read_reference(DATA)
    keys = [body.key for table in tables for body in table.organisations]
    assert len(keys) == len(set(keys)), MEND
    areas = [area.gss for table in tables for area in table.areas]
    assert len(areas) == len(set(areas)) == 162, MEND


def test_scores_of_known_councils() -> None:
    scores = {row.authority: row for row in read_scores(DATA)}
    assert len(scores) == 72, MEND
    staffordshire = scores["STS"]
    assert set(staffordshire.scores.values()) == {3}, MEND
    assert (staffordshire.rating, staffordshire.percentage) == ("good", 75), MEND
    assert scores["DUR"].rating is None, MEND
    assert [row.authority for row in scores.values() if row.rating is None] == ["DUR"], MEND
    published = {row.authority: row.percentage for row in scores.values() if row.percentage}
    assert published == {"CMD": 89, "HPL": 70, "HRT": 78, "HRY": 56, "SFT": 70, "STS": 75}, MEND


def test_ratings_follow_the_published_bands() -> None:
    bands = (("inadequate", 38), ("requires-improvement", 62), ("good", 87), ("outstanding", 100))
    for row in read_scores(DATA):
        percentage = -(-sum(row.scores.values()) * 100 // 36)  # rounded up, as published
        by_rule = next(rating for rating, highest in bands if percentage <= highest)
        assert row.rating in (by_rule, None), f"{row.authority}: {percentage}; {MEND}"
        assert row.percentage in (percentage, None), f"{row.authority}: {percentage}; {MEND}"


def test_read_me_names_every_table_with_its_row_count() -> None:
    text = (DATA / "README.md").read_text(encoding="utf-8")
    for name, table in TABLES.items():
        rows = len(read_table(DATA, name))
        assert f"`{table.path}` ({rows} rows)" in text, f"correct {table.path} in data/README.md"
        for column in table.columns:
            assert f"`{column}`" in text, f"describe column {column} in data/README.md"


@pytest.mark.skipif(
    not REGISTERS.is_dir(),
    reason=f"the open registers are not at {REGISTERS}: data/README.md says where to get them",
)
def test_tables_can_be_made_again_byte_for_byte(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, 'data'); import make_tables; "
        "make_tables.make_tables(*map(Path, sys.argv[1:]))"
    )
    subprocess.run(
        [sys.executable, "-c", script, str(REGISTERS), str(DATA), str(tmp_path)],
        cwd=ROOT,
        check=True,
    )
    for table in TABLES.values():
        made = (tmp_path / table.path).read_bytes()
        assert made == (DATA / table.path).read_bytes(), f"{table.path} differs; {MEND}"


def test_make_tables_without_registers_says_what_is_missing(tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in DATA.rglob("*.csv")}
    done = subprocess.run(
        [sys.executable, str(DATA / "make_tables.py"), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "There is no file ltla24-to-region24.csv" in done.stderr
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in DATA.rglob("*.csv")} == before
