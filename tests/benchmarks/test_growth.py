"""What is told of growth is what was measured: steps, sizes, memory, charts, arithmetic."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from benchmarks import builds, growth, plots
from benchmarks.chart import Line, Plot, svg
from benchmarks.measure import NotMeasuredError, Options, Sample, found_of
from benchmarks.page import page
from benchmarks.scale import GIB, constants, cost
from benchmarks.scale_page import page as scale_page
from tests.benchmarks import invented
from tests.conftest import ROOT

SVG = "{http://www.w3.org/2000/svg}"
RESULT = json.loads((ROOT / "benchmarks" / "results.json").read_text(encoding="utf-8"))


def test_the_parts_of_filling_are_told_apart() -> None:
    watch = builds.Stopwatch()
    watch.start("Reading reports", 2)
    watch.advance()
    watch.advance()
    watch.start(builds.FILLING, 4)
    for _ in builds.PARTS:
        watch.advance()
    watch.stop()
    filling = [
        f"{builds.FILLING}: {part}" for part in ("load or patch", "checks", "text index", "publishing")
    ]
    assert list(watch.steps) == list(watch.processor) == ["Starting", "Reading reports", *filling]
    assert all(seconds >= 0 for seconds in (*watch.steps.values(), *watch.processor.values()))


def sample(processor: float, **parts: float) -> Sample:
    told = {f"{builds.FILLING}: {name.replace('_', ' ')}": value for name, value in parts.items()}
    memory = {"own_mib": 90.0, "helper_mib": 120.4}
    return Sample(1.0, 1.0, {"parts": told, "processor": told, **memory}, processor)


def test_the_swap_is_what_follows_the_checks() -> None:
    first = sample(9.0, load_or_patch=4.0, checks=2.0, text_index=1.0, publishing=0.5)
    second = sample(8.0, load_or_patch=4.0, checks=2.0, text_index=0.5, publishing=0.25)
    told = growth.summary([first, second])
    assert (told["swaps"], told["processors"]) == ([1.5, 0.75], [9.0, 8.0])
    assert (told["own_mib"], told["helper_mib"]) == (90, 120)


def test_the_largest_number_of_reports_is_compared_with_the_smallest() -> None:
    rows = {row["key"]: row for row in growth.rows(invented.GROWTH)}
    assert rows["j-first-short"]["value"] == 1.0
    assert rows["j-memory-full"]["value"] == pytest.approx(150 / 105, abs=1e-4)
    # Without the swap, which grows with the reports, both cost the same.
    assert rows["j-changed-short"]["value"] == 1.0
    assert "1,000 short reports / 100" in rows["j-first-short"]["title"]


def test_one_size_alone_shows_no_growth() -> None:
    rows = growth.rows({"sizes": [invented.size(100, 13)]})
    assert [row["value"] for row in rows] == [None, None]


def test_a_change_of_one_report_is_read_and_put_back(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("As it was.\n")
    with builds.one_changed(tmp_path, 1):
        assert (tmp_path / "a.txt").read_text() == "As it was.\n"
        assert "round was numbered 1" in (tmp_path / "b.txt").read_text()
    assert (tmp_path / "b.txt").read_text() == "As it was.\n"


def test_a_size_that_fails_leaves_the_others_and_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def size(folder: Path, reports: int, sentences: int, options: Options) -> dict[str, Any]:
        folder.mkdir()
        if reports == 20:
            raise NotMeasuredError("the disk is full")
        return invented.size(reports, sentences)

    monkeypatch.setattr(growth, "_size", size)
    found = growth.measure(tmp_path, Options(sizes=(10, 20, 4000)))
    told = [(one["reports"], one["sentences"], one.get("reason")) for one in found["sizes"]]
    assert told == [
        *((10, 13, None), (10, 250, None), (20, 13, "the disk is full"), (20, 250, "the disk is full")),
        (4000, 13, None),
    ]
    assert list(tmp_path.iterdir()) == []
    assert "20 reports of 13 sentences: not measured, the disk is full." in "\n".join(growth.section(found))
    with pytest.raises(NotMeasuredError, match="the disk is full"):
        growth.measure(tmp_path, Options(sizes=(20,)))


def test_bytes_on_disk_are_those_of_the_build_in_force(store: Path, tmp_path: Path) -> None:
    place = tmp_path / "store"
    shutil.copytree(store, place)
    before = growth.on_disk(place)
    assert before["database_bytes"] > before["index_bytes"] > 0
    assert before["nquads_bytes"] == sum(file.stat().st_size for file in (place / "sources").glob("*.nq"))
    (place / "builds" / "other").mkdir()
    (place / "builds" / "other" / "search.sqlite").write_bytes(b"x" * 1000)
    assert growth.on_disk(place) == before


# --- charts ---------------------------------------------------------------------------


def charts() -> list[Plot]:
    return list(plots.of_all(invented.result(growth=invented.GROWTH)))


def test_a_chart_is_well_formed_and_the_same_each_time() -> None:
    assert {plot.name for plot in charts()} == {"growth-first", "growth-memory", "growth-changed"}
    for plot in charts():
        root = ET.fromstring(svg(plot))
        assert svg(plot) == svg(plot)
        assert root.findtext(f"{SVG}title") == plot.title
        assert root.findtext(f"{SVG}desc") == plot.told()
        assert not list(root.iter(f"{SVG}style"))
        assert all("style" not in node.attrib and "class" not in node.attrib for node in root.iter())


def test_points_and_labels_lie_inside_the_picture_and_no_label_covers_another() -> None:
    lines = tuple(Line(f"line {n}", ((10.0, 1.0 + n / 100), (1000.0, 5.0 + n / 100))) for n in range(4))
    root = ET.fromstring(svg(Plot("p", "A title", "reports", "", lines)))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    texts = [node for node in root.iter(f"{SVG}text") if (node.text or "").startswith("line ")]
    heights = sorted(float(node.attrib["y"]) for node in texts)
    assert len(heights) == 4
    assert all(later - earlier >= 12 for earlier, later in pairwise(heights))
    for node in root.iter():
        x, y = (float(node.attrib.get(name, node.attrib.get(f"c{name}", 0))) for name in "xy")
        assert 0 <= x <= width and 0 <= y <= height


def test_lines_are_told_apart_without_colour() -> None:
    lines = tuple(Line(f"line {n}", ((10.0, 1.0 + n), (1000.0, 5.0 + n))) for n in range(4))
    root = ET.fromstring(svg(Plot("p", "A title", "reports", "", lines)))
    thick = [node for node in root.iter(f"{SVG}line") if node.attrib["stroke-width"] == "2"]
    assert len({node.attrib.get("stroke-dasharray", "") for node in thick}) == 4


def test_in_proportion_is_a_straight_line_twice_the_height_for_the_square() -> None:
    points = tuple((10.0**n, 10.0**n) for n in range(1, 4))
    root = ET.fromstring(svg(Plot("p", "A title", "reports", "", (Line("one", points),))))
    marks = [(float(n.attrib["cx"]), float(n.attrib["cy"])) for n in root.iter(f"{SVG}circle")]
    (x0, y0), (x1, y1), (x2, y2) = marks
    assert x1 - x0 == pytest.approx(x2 - x1, abs=0.2)
    assert y1 - y0 == pytest.approx(y2 - y1, abs=0.2) and y1 < y0


def test_queries_grow_by_size_where_two_were_measured() -> None:
    def at(triples: int, *milliseconds: float) -> dict[str, Any]:
        queries = {f"question Q{n}": {"processor_ms": ms, "rows": 1} for n, ms in enumerate(milliseconds)}
        return {
            "triples": triples,
            "reports": 1,
            "sides": {"memory": {"queries": queries}, "disk": {"reason": "-"}},
        }

    (plot,) = plots.of_queries({"small": at(1000, 1, 2, 3), "large": at(9000, 10, 20, 30)})
    told = {line.name: line.points for line in plot.lines}
    assert told == {
        "median in memory": ((1000.0, 2.0), (9000.0, 20.0)),
        "slowest in memory": ((1000.0, 3.0), (9000.0, 30.0)),
    }
    assert plots.of_queries({"small": at(1000, 1, 2, 3)}) == []


def test_a_query_that_was_not_waited_for_is_drawn_nowhere() -> None:
    def at(triples: int, ended: str) -> dict[str, Any]:
        queries = {f"Q{n}": {"processor_ms": 10.0 * n, "rows": 1} for n in range(1, 4)}
        queries |= {ended: {"processor_ms": 5.0, "over": True}} if ended else {}
        return {"triples": triples, "reports": 1, "sides": {"memory": {"queries": queries}}}

    found = {"small": at(1000, ""), "middle": at(2000, ""), "large": at(3000, "Q3")}
    (plot,) = plots.of_queries(found)
    told = {line.name: [x for x, _ in line.points] for line in plot.lines}
    assert told == {"median in memory": [1000.0, 2000.0, 3000.0], "slowest in memory": [1000.0, 2000.0]}


def test_charts_of_an_earlier_run_go(tmp_path: Path) -> None:
    file, folder = tmp_path / "r.json", tmp_path / "plots"
    file.write_text(json.dumps(invented.result(growth=invented.GROWTH)))
    folder.mkdir()
    (folder / "old.svg").write_text("")
    assert plots.main([str(file), str(folder)]) == 0
    assert {one.stem for one in folder.iterdir()} == {plot.name for plot in charts()}


def test_the_charts_of_the_pages_are_those_of_the_results() -> None:
    drawn = {f"{plot.name}.svg": svg(plot) for plot in plots.of_all(RESULT)}
    folder = ROOT / "docs" / "plots"
    assert {file.name: file.read_bytes() for file in folder.glob("*.svg")} == drawn


# --- arithmetic -----------------------------------------------------------------------


def test_a_larger_graph_costs_each_constant_times_its_size() -> None:
    of = constants(invented.GROWTH)
    assert of is not None
    assert (of.reports, of.triples_a_report) == (1000, 1000)
    found = cost(of, 10_000_000)
    assert found.reports == 10_000
    assert found.nquads == pytest.approx(10_000_000 * 200 / GIB)
    assert found.disk == pytest.approx(10_000_000 * (200 + 2 * 110) / GIB)
    assert found.memory == pytest.approx(10_000_000 * 400 / GIB, rel=1e-3)
    # Three quarters of 0.4 s a report are read by all cores, a quarter is filled by one.
    assert found.reading == pytest.approx(10_000 * 0.3 / 3600)
    assert found.filling == pytest.approx(100 / 1_020_000 * 10_000_000 / 3600)
    assert found.hours(4) == pytest.approx(found.reading / 4 + found.filling)
    # 105 MiB at 100 reports and 150 at 1,000: a twentieth of a MiB for each further one.
    assert found.builder == pytest.approx((150 + 9_000 / 20) / 1024)


def test_there_is_no_arithmetic_on_one_size() -> None:
    assert constants({"sizes": [invented.size(100, 250)]}) is None


def test_the_page_on_scale_says_what_was_not_measured() -> None:
    text = scale_page(invented.result())
    assert text.count("Not measured.") == 6
    assert "growth not measured" in text
    assert "What a second worker gains was not measured." in text


def test_the_page_on_scale_has_figures_from_the_results_alone() -> None:
    text = scale_page(invented.result(growth=invented.GROWTH, cluster=invented.CLUSTER))
    assert "| 1,000 | 250 | 1,020,000 | 400 | 400 | 150 | 3.0 | 2.0 | 0.50 |" in text
    assert "| 1,000,000,000 | 1,000,000 |" in text
    assert "two workers were 1.8 times as fast as one" in text
    assert "(plots/growth-first.svg)" in text
    assert "{" not in text.replace("SELECT ?council (COUNT(?finding) AS ?findings) WHERE {", "").replace(
        "VALUES ?region {", ""
    ).replace("SERVICE ?region {", "")


def test_the_page_shows_the_charts_that_there_are() -> None:
    assert "![First build, peak memory in MiB: " in page(invented.result(growth=invented.GROWTH))
    assert "plots/" not in page(invented.result())
    assert found_of(RESULT, "unheard-of") is None
