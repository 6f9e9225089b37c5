"""A build on a Dask cluster: the same bytes, whoever dies on the way."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from councilgraph.build.progress import Silent
from councilgraph.build.run import Builder
from councilgraph.errors import StoreError, UsageError
from loaders import peek_files, read_group
from tests.conftest import Run
from tests.support import deadly
from tests.support.cluster import Processes, cluster

MONTHS = ("March", "April", "June", "July", "August", "September")
COUNCILS = ("Northmoor County Council", "Eastvale Borough Council")


@pytest.fixture(scope="module")
def two_workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Processes]:
    with cluster(tmp_path_factory.mktemp("cluster")) as processes:
        for _ in range(2):
            processes.add_worker()
        yield processes


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A dozen small reports of their own."""
    folder = tmp_path / "many"
    folder.mkdir()
    for council in COUNCILS:
        for n, month in enumerate(MONTHS):
            (folder / f"{council.split()[0]}-{n}.txt").write_text(report(council, f"12 {month} 2025"))
    return folder


def report(council: str, day: str, words: str = "Carers were heard") -> str:
    return (
        f"{council}: local authority assessment\n\nPublished: {day} Page last updated: {day}\n\n"
        f"Assessing needs\n\nScore: 3\n\n3 - Evidence shows a good standard\n\n"
        f"Key findings for this quality statement\n\n{words} in {day.split()[1]}. Staff told us that they "
        "felt supported.\n"
    )


class At(Silent):
    """Does something once so many reports have been read."""

    def __init__(self, number: int, action: Callable[[], object]) -> None:
        self._number, self._action, self._label = number, action, ""

    def start(self, label: str, total: int) -> None:
        self._label = label

    def advance(self) -> None:
        if self._label == "Reading reports":
            self._number -= 1
            if self._number == 0:
                self._action()


def files(place: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (place / "sources").iterdir()}


def test_workers_that_share_no_folder_make_the_bytes_that_this_machine_makes(
    tmp_path: Path, data: Path, reports: Path, many: Path, two_workers: Processes
) -> None:
    keys, _ = peek_files(sorted((reports / "northmoor").glob("*.txt")))
    equity = next(p for p in read_group(keys).paragraphs if p.section == "equity")
    record = {
        "kind": "finding", "section": "equity", "paragraph": equity.n, "sentence": 1,
        "digest": equity.sentences[0].digest, "polarity": "improvement", "voices": ["staff"], "themes": [],
        "summary": "In our own words", "illustrates": None, "review": "reviewed",
    }  # fmt: skip
    reviewed = data / "assessments" / "evidence" / "NMR-2025-05.jsonl"
    reviewed.parent.mkdir()
    reviewed.write_text(json.dumps(record) + "\n")
    here = Builder(str(tmp_path / "here"), data, jobs=1).build([reports, many])
    there = Builder(str(tmp_path / "there"), data, cluster=two_workers.address).build([reports, many])
    assert not here.refused and here.sources == there.sources
    assert there.read == 2 + len(COUNCILS) * len(MONTHS)
    assert files(tmp_path / "here") == files(tmp_path / "there")
    (judged,) = (data for name, data in files(tmp_path / "there").items() if "NMR-2025-05" in name)
    assert b"In our own words" in judged


def test_a_worker_of_another_version_takes_no_part(
    tmp_path: Path, run: Run, invented_data: Path, many: Path, two_workers: Processes
) -> None:
    done = run(
        "build", "--store", tmp_path / "store", "--data", invented_data, "--reports", many,
        "--cluster", two_workers.address, COUNCILGRAPH_BASE="https://example.org/other/",
    )  # fmt: skip
    assert done.returncode == 2
    assert "would make other graphs" in done.stderr and "same version" in done.stderr
    assert not (tmp_path / "store" / "CURRENT").exists()


def test_a_report_that_a_worker_refuses_is_listed_as_it_is_here(
    tmp_path: Path, invented_data: Path, many: Path, two_workers: Processes
) -> None:
    (many / "double.txt").write_text(report(COUNCILS[0], "12 May 2025").replace("3 - ", "2 - "))
    (many / "known.txt").write_text(report(COUNCILS[0], "12 November 2025").replace("Score: 3", "Score: 7"))
    here = Builder(str(tmp_path / "here"), invented_data, jobs=1).build([many])
    there = Builder(str(tmp_path / "there"), invented_data, cluster=two_workers.address).build([many])
    assert here.refused
    assert [(r.files, str(r.error)) for r in here.refused] == [(r.files, str(r.error)) for r in there.refused]


def test_a_worker_that_dies_half_way_costs_its_reports_a_second_reading_and_nothing_else(
    tmp_path: Path, invented_data: Path, many: Path, two_workers: Processes
) -> None:
    victim = two_workers.add_worker()
    Builder(str(tmp_path / "here"), invented_data, jobs=1).build([many])
    outcome = Builder(
        str(tmp_path / "there"), invented_data, cluster=two_workers.address, progress=At(4, victim.kill)
    ).build([many])
    assert victim.wait(10) != 0 and not outcome.refused
    assert files(tmp_path / "here") == files(tmp_path / "there")


def test_a_report_that_ends_its_workers_is_left_out_and_all_others_are_built(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, invented_data: Path, many: Path
) -> None:
    (many / "deadly.txt").write_text(report(COUNCILS[0], "12 May 2025", f"Here is {deadly.WORDS}"))
    here = Builder(str(tmp_path / "here"), invented_data, jobs=2, extractor=deadly.NAME).build([many])
    with cluster(
        tmp_path_factory.mktemp("cluster"), DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="0"
    ) as processes:
        processes.add_worker(nanny=True)
        there = Builder(
            str(tmp_path / "there"), invented_data, extractor=deadly.NAME, cluster=processes.address
        ).build([many])
    for outcome in (here, there):
        (refusal,) = outcome.refused
        assert refusal.files == (str(many / "deadly.txt"),)
        assert "ended the process" in refusal.error.what
        assert len(outcome.reports) == len(COUNCILS) * len(MONTHS)
    assert files(tmp_path / "here") == files(tmp_path / "there")


def test_a_scheduler_that_goes_is_told_and_the_store_in_force_is_whole(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, invented_data: Path, reports: Path, many: Path
) -> None:
    place = tmp_path / "store"
    Builder(str(place), invented_data, jobs=1).build([reports])
    before = (place / "CURRENT").read_text()
    with cluster(tmp_path_factory.mktemp("cluster")) as processes:
        processes.add_worker()
        builder = Builder(
            str(place), invented_data, cluster=processes.address, progress=At(3, processes.scheduler.kill)
        )
        with pytest.raises(StoreError, match="scheduler of the cluster is gone") as caught:
            builder.build([reports, many])
    assert "build again" in caught.value.cure
    assert (place / "CURRENT").read_text() == before
    again = Builder(str(place), invented_data, jobs=1).build([reports, many])
    assert len(again.reports) == 2 + len(COUNCILS) * len(MONTHS)


def test_an_address_where_no_scheduler_is_says_how_to_start_one(
    tmp_path: Path, invented_data: Path, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("councilgraph.build.clusterclient.CONNECTING", 1)
    with pytest.raises(StoreError, match="No Dask scheduler") as caught:
        Builder(str(tmp_path / "a"), invented_data, cluster="tcp://127.0.0.1:9").build([many])
    assert "dask scheduler" in caught.value.cure
    with pytest.raises(UsageError, match="no address"):
        Builder(str(tmp_path / "b"), invented_data, cluster="nonsense://").build([many])
