"""Every part has the same shape; one that is measured alone leaves the others as they were."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks import builds, cluster, explorer, linking, objects, reading, run, startup, validating
from benchmarks.figures import Figure, Rate, evaluate, verdict
from benchmarks.generator import generate_evidence
from benchmarks.measure import NotMeasuredError, Options, execute
from benchmarks.page import page
from benchmarks.parts import BY_NAME, PARTS, rows
from benchmarks.rdflib_sides import RULES
from benchmarks.scale_page import page as scale_page
from benchmarks.sides import SIDES
from councilgraph.writing.report import write_report
from tests.benchmarks import invented
from tests.conftest import ROOT

RESULT = json.loads((ROOT / "benchmarks" / "results.json").read_text(encoding="utf-8"))
COLUMNS = {"key", "title", "over", "under", "target", "at_least", "value", "met"}


def part(name: str, measure: Any) -> Any:
    return SimpleNamespace(NAME=name, measure=measure, rows=lambda found: [], section=lambda found: iter(()))


@pytest.mark.parametrize("module", PARTS)
def test_a_part_has_a_name_a_measurement_rows_and_a_section(module: Any) -> None:
    assert isinstance(module.NAME, str)
    assert all(callable(getattr(module, name)) for name in ("measure", "rows", "section"))


def test_no_two_parts_share_a_name() -> None:
    assert len(BY_NAME) == len(PARTS) > 10


@pytest.mark.parametrize("name", invented.PARTS)
def test_rows_have_the_columns_of_the_table_and_the_section_a_heading(name: str) -> None:
    found = invented.PARTS[name]
    made = BY_NAME[name].rows(found)
    assert made
    assert all(row.keys() >= COLUMNS for row in made)
    assert next(iter(BY_NAME[name].section(found))).startswith("## ")


def test_no_two_figures_share_a_key() -> None:
    keys = [row["key"] for row in rows(RESULT)]
    assert len(keys) == len(set(keys))


def test_a_ratio_and_its_rounds_are_those_of_the_sides() -> None:
    (row,) = validating.rows(invented.VALIDATING)
    assert (row["value"], row["met"]) == (100, True)
    assert row["rounds"] == [80, 125]
    (row,) = cluster.rows(invented.CLUSTER)
    assert (row["value"], verdict(row)) == (1.8, "met")


def test_a_part_that_was_not_measured_has_a_row_that_says_why() -> None:
    told = invented.result()
    told["parts"]["cluster"] = {"measured": "2026-11-20", "load_average": 1.0, "reason": "no Dask"}
    verdicts = {row["key"]: verdict(row) for row in rows(told)}
    assert verdicts["cluster"] == "not measured: no Dask"
    assert verdicts["objects"] == "not measured: not asked for"
    assert "| `cluster` | 2026-11-20 | 1.0 | not measured: no Dask |" in page(told)


def test_a_missed_target_says_by_how_much() -> None:
    figure = Figure("a", "a title", "theirs", "ours", 7.0, True)
    rate = Rate("r", "another", "ours", 25.0)
    sides = {"theirs": invented.side(6.3), "ours": invented.side(1.0, units=30)}
    assert [verdict(row) for row in evaluate(sides, [figure], [rate])] == ["missed by 10%", "met"]
    assert verdict(evaluate({}, [figure])[0]) == "not measured: not measured"


def test_a_target_that_only_some_rounds_meet_is_said_to_be_so() -> None:
    sides = {"theirs": invented.side(8.0, 6.0, 9.0), "ours": invented.side(1.0, 1.0, 1.0)}
    more, less = (
        evaluate(sides, [Figure("a", "a title", "theirs", "ours", target, up)])[0]
        for target, up in ((7.0, True), (7.0, False))
    )
    assert verdict(more) == "met, not in every round"
    assert verdict(less) == "missed by 14%, met in some rounds"


def test_a_store_is_compared_with_a_strict_load_at_no_less_than_0_6_times_its_speed() -> None:
    sides = {"ours": invented.side(1.66), "bare_load": invented.side(1.0)}
    row = next(row for row in evaluate(sides, objects.FIGURES) if row["key"] == "b")
    assert (row["met"], "0.6" in row["title"]) == (True, True)


def test_every_side_of_a_figure_is_described() -> None:
    for module in (objects, builds, cluster, reading, linking, startup, validating):
        found: Any = module
        figures = (
            *getattr(found, "FIGURES", ()),
            *getattr(found, "RATES", ()),
            *getattr(found, "LIMITS", ()),
        )
        used = {getattr(one, name) for one in figures for name in ("over", "under") if hasattr(one, name)}
        assert used and used <= found.WHAT.keys(), found.NAME
        assert getattr(found, "SIDES", {}).keys() - {"agreement"} <= found.WHAT.keys()
    assert SIDES.keys() == objects.WHAT.keys()
    assert explorer.NAME == "pages"


def test_what_one_part_found_is_put_beside_the_others(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    file.write_text(json.dumps(RESULT), encoding="utf-8")
    run.keep(file, "growth", {"measured": "2026-11-24", "load_average": 0.0, "found": invented.GROWTH})
    now = run.read(file)["parts"]
    assert now.pop("growth")["found"] == invented.GROWTH
    assert now == {name: told for name, told in RESULT["parts"].items() if name != "growth"}


def test_a_measurement_is_not_lost_to_a_later_failure(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    first = {"measured": "2026-11-23", "load_average": 0.0, "found": invented.CLUSTER}
    run.keep(file, "cluster", {"measured": "2026-11-22", "load_average": 0.0, "reason": "no Dask"})
    run.keep(file, "cluster", first)
    run.keep(file, "cluster", {"measured": "2026-11-24", "load_average": 0.0, "reason": "no Dask"})
    assert run.read(file)["parts"] == {"cluster": first}


def test_a_part_that_fails_says_why_and_leaves_no_folder(tmp_path: Path) -> None:
    def measure(work: Path, options: Options) -> dict[str, Any]:
        (work / "left").write_text("")
        raise NotMeasuredError("no server")

    told = run.measured(part("p", measure), tmp_path, Options(quick=True))
    assert (told["reason"], told["quick"], list(tmp_path.iterdir())) == ("no server", True, [])


def test_only_names_parts_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run.main(["--only", "objects,unheard-of"])
    assert "no part 'unheard-of'" in capsys.readouterr().err


@pytest.mark.parametrize("only", ["startup", "cluster,startup"])
def test_only_measures_what_it_names(
    only: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def noting(name: str) -> Any:
        def measure(work: Path, options: Options) -> dict[str, Any]:
            asked.append(name)
            return {"options": options.repetitions}

        return part(name, measure)

    monkeypatch.setattr(run, "PARTS", [noting(one.NAME) for one in PARTS])
    monkeypatch.setattr(run, "rows", lambda result: iter(()))
    file = tmp_path / "r.json"
    inside = str(tmp_path / "work")
    assert run.main(["--quick", "--only", only, "--json", str(file), "--inside", inside]) == 0
    assert sorted(asked) == sorted(only.split(","))
    assert run.read(file)["parts"].keys() == set(asked)


def test_a_quick_run_is_not_put_among_real_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "results.json"
    file.write_text(json.dumps(invented.result(cluster=invented.CLUSTER)), encoding="utf-8")
    with pytest.raises(SystemExit):
        run.main(["--quick", "--json", str(file)])
    assert "quick ones are not put among them" in capsys.readouterr().err


def test_a_command_that_fails_is_told_with_its_last_line() -> None:
    with pytest.raises(NotMeasuredError, match="no such thing"):
        execute(["/bin/sh", "-c", "echo first >&2; echo no such thing >&2; exit 3"])


def test_what_a_child_of_a_command_took_of_the_processor_is_counted() -> None:
    loop = "i=0; while [ $i -lt 30000 ]; do i=$((i+1)); done"
    done = execute(["/bin/sh", "-c", f"sh -c '{loop}'; echo told"])
    assert (done.output, done.processor > 0.001) == ("told\n", True)


@pytest.fixture(scope="module")
def report() -> Iterator[bytes]:
    (one,) = generate_evidence(1, 1, sentences=11)
    yield write_report(one, RULES).encode()


def test_damaged_reports_break_the_rules_that_the_faults_are_about(report: bytes) -> None:
    told = validating.agreement([report])
    assert told["results"] >= len(validating.FAULTS)
    assert len(told["components"]) > 2


def test_engines_that_differ_give_no_figure(report: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(validating, "FastEngine", lambda shapes: Blind())
    with pytest.raises(SystemExit, match="the engines differ on a damaged report"):
        validating.agreement([report])


class Blind:
    """An engine that sees nothing."""

    def validate(self, graph: bytes) -> Any:
        return SimpleNamespace(results=())


def test_the_page_is_that_of_the_results() -> None:
    assert (ROOT / "docs" / "performance.md").read_text(encoding="utf-8") == page(RESULT)


def test_the_page_on_scale_is_that_of_the_results() -> None:
    assert (ROOT / "docs" / "scale.md").read_text(encoding="utf-8") == scale_page(RESULT)
