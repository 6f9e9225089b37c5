"""Other publishers' tables in a build: what becomes of them, and of the store when they change."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import pytest

from councilgraph.build.run import Builder, Outcome
from councilgraph.errors import InputError
from councilgraph.store.embedded import open_embedded
from tests.conftest import INVENTED, REPORTS, ROOT, Run

CG = "https://w3id.org/councilgraph/"
TABLES = INVENTED / "observations"
PREFIX = f"PREFIX cg: <{CG}def#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """A copy of the invented tables, to change."""
    return Path(shutil.copytree(TABLES, tmp_path / "tables"))


def build(place: Path, data: Path, *observations: Path, reports: tuple[Path, ...] = ()) -> Outcome:
    return Builder(str(place), data, jobs=1, observations=observations).build(reports)


def ask(place: Path, where: str, *names: str) -> list[tuple[str, ...]]:
    wanted = " ".join(f"?{name}" for name in names)
    _, rows = open_embedded(str(place)).select(
        f"{PREFIX} SELECT {wanted} WHERE {{ {where} }} ORDER BY {wanted}"
    )
    return [tuple(term.value if term else "" for term in row) for row in rows]


def statements(place: Path) -> list[str]:
    return sorted(str(quad) for quad in open_embedded(str(place)).quads())


def test_figures_stand_in_the_graph_as_decimals_with_measure_unit_and_source(
    tmp_path: Path, data: Path
) -> None:
    outcome = build(tmp_path / "store", data, TABLES)
    assert [check for check in outcome.checks if check.check == "triple-in-two-graphs"] == []
    rows = ask(
        tmp_path / "store",
        "?o a cg:Observation ; cg:ofArea/cg:gssCode ?gss ; cg:measure/skos:prefLabel ?measure ;"
        " cg:period ?period ; cg:value ?value ; cg:unit/skos:prefLabel ?unit ;"
        " cg:inTable/cg:publisherName ?publisher ."
        " BIND(STR(DATATYPE(?value)) AS ?type)",
        *("gss", "measure", "period", "value", "unit", "type", "publisher"),
    )
    decimal, string = (f"http://www.w3.org/2001/XMLSchema#{name}" for name in ("decimal", "string"))
    office = "Office of Invented Numbers"
    assert ("E10009901", "Population", "2024", "312000", "Count", decimal, office) in rows
    assert ("E10009901", "Spending per adult", "2023/24", "412.5", "Pounds", decimal, office) in rows
    points = ("E10009901", "Deprivation score", "2019", "18.4", "Points of the index", decimal, office)
    assert points in rows
    slip = (
        "E06009903",
        "Independence after reablement (ASCOF)",
        "2023/24",
        "6O.1%",
        "Per cent",
        string,
        office,
    )
    assert slip in rows
    assert len(rows) == 10


def test_what_was_left_out_is_told_with_its_table(tmp_path: Path, data: Path) -> None:
    outcome = build(tmp_path / "store", data, TABLES)
    told = [(w.code, Path(w.where).name) for source in outcome.sources for w in source.warnings]
    assert told == [
        ("unknown-area", "area-figures.csv"),
        ("no-value", "area-figures.csv"),
        ("malformed-number", "outcomes.csv"),
        ("unnamed-measure", "outcomes.csv"),
    ]


def test_no_statement_of_the_tables_stands_in_two_graphs(tmp_path: Path, data: Path, tables: Path) -> None:
    # A second table with a measure, a unit and a list of its own that the first has too.
    for name in ("area-figures", "neighbours"):
        text = (
            (tables / f"{name}.csv")
            .read_text()
            .replace("\nE10009901", "\nE08009902")
            .replace("Northmoor", "Eastvale")
        )
        (tables / f"more-{name}.csv").write_text(text.replace("E06009903", "E12000902"))
        shutil.copy(tables / f"{name}.toml", tables / f"more-{name}.toml")
    build(tmp_path / "store", data, tables)
    twice = Counter(str(quad.triple) for quad in open_embedded(str(tmp_path / "store")).quads())
    assert [triple for triple, n in twice.items() if n > 1] == []
    assert ("Spending per adult",) in ask(
        tmp_path / "store", "?m a skos:Concept ; skos:prefLabel ?label", "label"
    )


def test_the_same_tables_give_the_same_statements_in_any_order(tmp_path: Path, data: Path) -> None:
    files = sorted(TABLES.glob("*.csv"))
    build(tmp_path / "one", data, TABLES)
    build(tmp_path / "two", data, *reversed(files))
    assert statements(tmp_path / "one") == statements(tmp_path / "two")


def test_tables_of_the_data_folder_are_loaded_without_being_named(
    tmp_path: Path, data: Path, tables: Path
) -> None:
    shutil.move(tables, data / "observations")
    build(tmp_path / "store", data)
    build(tmp_path / "named", data, data / "observations")
    assert statements(tmp_path / "store") == statements(tmp_path / "named")
    assert len(ask(tmp_path / "store", "?o a cg:Observation", "o")) == 10


def test_a_new_table_is_seen_and_no_report_is_read_anew_for_it(
    tmp_path: Path, data: Path, tables: Path, reports: Path
) -> None:
    first = build(tmp_path / "store", data, tables, reports=(reports,))
    assert first.read == 2
    assert build(tmp_path / "store", data, tables, reports=(reports,)).unchanged
    table = tables / "area-figures.csv"
    table.write_text(table.read_text().replace("312,000", "313,000"))
    second = build(tmp_path / "store", data, tables, reports=(reports,))
    assert (second.unchanged, second.read) == (False, 0)
    assert ask(
        tmp_path / "store", "?o a cg:Observation ; cg:measure/skos:notation 'population' ; cg:value ?v", "v"
    ) == [
        ("98500",),
        ("313000",),
    ]


def test_loading_a_report_keeps_the_tables_and_a_build_without_them_drops_them(
    tmp_path: Path, data: Path, reports: Path
) -> None:
    place = tmp_path / "store"
    build(place, data, TABLES)
    Builder(str(place), data, jobs=1).load([reports])
    assert len(ask(place, "?o a cg:Observation", "o")) == 10
    build(place, data, reports=(reports,))
    assert ask(place, "?o a cg:Observation", "o") == []


def test_a_table_that_cannot_be_used_leaves_the_store_as_it_was(
    tmp_path: Path, data: Path, tables: Path, reports: Path
) -> None:
    build(tmp_path / "store", data, tables, reports=(reports,))
    before = statements(tmp_path / "store")
    (tables / "area-figures.csv").write_text("moved\n")
    with pytest.raises(InputError):
        build(tmp_path / "store", data, tables, reports=(reports,))
    assert statements(tmp_path / "store") == before


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('label = "Spending per adult"', 'label = "Spend"', "the measure spend-per-adult differently"),
        ('better = "lower"', 'better = "higher"', "the measure deprivation-score differently"),
        ("Points of the index", "Points", "deprivation-score differently"),
        ("title", "title", "Two tables give population of E10009901 for 2024."),
    ],
)
def test_two_tables_that_contradict_each_other_are_refused(
    tmp_path: Path, data: Path, tables: Path, old: str, new: str, what: str
) -> None:
    second = tables / "second.toml"
    second.write_text((tables / "area-figures.toml").read_text().replace(old, new))
    (tables / "second.csv").write_text((tables / "area-figures.csv").read_text().replace("[c]", "[x]"))
    with pytest.raises(InputError) as caught:
        build(tmp_path / "store", data, tables)
    assert what in caught.value.what
    assert "area-figures" in caught.value.where and "second" in caught.value.where


def test_one_unit_has_one_label(tmp_path: Path, data: Path, tables: Path) -> None:
    (tables / "second.csv").write_text("gss,value\nE10009901,1\n")
    (tables / "second.toml").write_text(
        (tables / "area-figures.toml").read_text().partition("rows =")[0]
        + '[measures.other]\nlabel = "Other"\nunit = "index-points"\nunit_label = "Marks"\nperiod = "2024"\n'
    )
    with pytest.raises(InputError, match="the unit index-points differently"):
        build(tmp_path / "store", data, tables)


@pytest.mark.parametrize(
    ("name", "cure"),
    [("nowhere.csv", "CSV file with a TOML file"), ("nowhere", "CSV file with a TOML file")],
)
def test_a_path_that_is_not_there_is_an_error(tmp_path: Path, data: Path, name: str, cure: str) -> None:
    with pytest.raises(InputError) as caught:
        build(tmp_path / "store", data, tmp_path / name)
    assert cure in caught.value.cure


def test_one_table_under_two_names_is_refused_and_one_named_twice_is_read_once(
    tmp_path: Path, data: Path, tables: Path
) -> None:
    build(tmp_path / "store", data, tables, tables / "neighbours.csv", tables / "neighbours.toml")
    assert len(ask(tmp_path / "store", "?n a cg:Neighbour", "n")) == 2
    for ending in ("csv", "toml"):
        shutil.copy(tables / f"neighbours.{ending}", tables / f"again.{ending}")
    with pytest.raises(InputError, match="given twice"):
        build(tmp_path / "store", data, tables)


def test_the_command_takes_tables_and_says_what_it_left_out(tmp_path: Path, run: Run, data: Path) -> None:
    done = run(
        *(
            "build",
            "--store",
            tmp_path / "store",
            "--data",
            data,
            "--observations",
            TABLES,
            "--reports",
            REPORTS,
        )
    )
    assert done.returncode == 0, done.stderr
    assert "4 warnings (1 malformed-number, 1 no-value, 1 unknown-area, 1 unnamed-measure)" in done.stderr
    bad = run("build", "--store", tmp_path / "store", "--data", data, "--observations", tmp_path / "none.csv")
    assert bad.returncode == 2
    assert "what to do:" in bad.stderr and "Traceback" not in bad.stderr


def test_the_example_of_the_readme_works_as_it_is_pasted(tmp_path: Path, run: Run) -> None:
    readme = (ROOT / "data" / "observations" / "README.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"```(\w+)\n(.*?)```", readme, re.DOTALL))
    for ending in ("csv", "toml"):
        (tmp_path / f"figures.{ending}").write_text(blocks[ending], encoding="utf-8")
    commands = [line.split() for line in blocks["sh"].splitlines()]
    assert [command[1] for command in commands] == ["build", "query", "query"]
    for command in commands:
        done = run(*command[1:], cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        if command[1] == "query":
            assert "Staffordshire County Council" in done.stdout
