"""A release is there whole or not at all, and what is not whole is not released."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from councilgraph.build.progress import Silent
from councilgraph.build.run import Builder
from councilgraph.build.sources import Source
from councilgraph.errors import InputError, StoreError, UsageError, ValidationError
from councilgraph.release import check_release, sums, whole, writing
from councilgraph.release.reading import ReleaseReader
from councilgraph.release.whole import finished_sources, must_conform
from councilgraph.store.embedded import open_embedded
from councilgraph.terms import cg
from tests.conftest import INVENTED
from tests.release.conftest import Make, contents, loaded


@pytest.fixture
def copy(released: Path, tmp_path: Path) -> Path:
    """A copy of the release, to damage."""
    return Path(shutil.copytree(released, tmp_path / "copy"))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_sha256sum_finds_every_file_as_it_was_made(released: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", sums.SUMS],
        cwd=released,
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, b"")
    listed = {line[66:] for line in (released / sums.SUMS).read_text().splitlines()}
    assert listed == contents(released).keys() - {sums.SUMS}
    assert check_release(str(released)) == []


def test_missing_changed_and_extra_files_are_each_named(copy: Path) -> None:
    (copy / "README.md").unlink()
    with (copy / "tables" / "scores.csv").open("ab") as file:
        file.write(b"\n")
    (copy / "tables" / ".DS_Store").write_bytes(b"")
    (copy / "ontology" / "bodies.ttl").unlink()
    (copy / "ontology" / "bodies.ttl").symlink_to(copy / "manifest.json")
    (copy / "more").symlink_to(copy / "ontology", target_is_directory=True)
    assert [str(problem) for problem in check_release(str(copy))] == [
        "missing: README.md",
        "extra: more",
        "changed: ontology/bodies.ttl",
        "extra: tables/.DS_Store",
        "changed: tables/scores.csv",
    ]


@pytest.mark.parametrize(
    "line", ["", "abc  README.md", f"{'0' * 64}  ../outside", f"{'0' * 64}  /etc/passwd"]
)
def test_a_damaged_list_of_checksums_is_no_release(copy: Path, line: str) -> None:
    (copy / sums.SUMS).write_text(line and line + "\n")
    with pytest.raises(InputError, match="damaged"):
        check_release(str(copy))
    with pytest.raises(InputError, match="no release"):
        check_release(str(copy / "tables"))


def test_the_same_release_is_left_as_it_is_and_another_is_refused(
    make: Make, copy: Path, tmp_path: Path
) -> None:
    before = {path: path.stat().st_mtime_ns for path in copy.rglob("*")}
    make("copy")
    assert before == {path: path.stat().st_mtime_ns for path in copy.rglob("*")}
    with pytest.raises(InputError, match="another release"):
        make("copy", version="2")
    (copy / "README.md").unlink()
    with pytest.raises(InputError, match=r"not as it was made \(missing: README.md\)"):
        make("copy")
    assert names(tmp_path) == ["copy"]


def test_a_folder_or_file_with_other_things_is_left_alone(make: Make, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear Sir")
    (tmp_path / "file").write_text("Dear Madam")
    for name in ("mine", "file"):
        with pytest.raises(InputError, match="other things"):
            make(name)
    assert names(tmp_path) == ["file", "mine"] and names(tmp_path / "mine") == ["letter.txt"]


def test_a_disk_that_is_full_at_the_end_leaves_nothing_nor_what_was_left_before(
    make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bytes:
        raise OSError(28, "No space left on device")

    (tmp_path / "release.4194304.part" / "tables").mkdir(parents=True)  # of a process that was killed
    monkeypatch.setattr(writing, "description", full)
    with pytest.raises(InputError, match="No space left"):
        make()
    assert names(tmp_path) == []


def test_a_build_that_left_reports_out_is_not_released(make: Make, tmp_path: Path, reports: Path) -> None:
    (reports / "recipe.txt").write_text("Soup\n\nBoil the water.\n")
    place = tmp_path / "store"
    Builder(str(place), INVENTED / "data", jobs=1).build([reports])
    with pytest.raises(StoreError, match="1 report could not be read"):
        make(store=place)


def test_a_build_by_other_rules_is_not_released(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "rules_digest", lambda: "other")
    with pytest.raises(StoreError, match="other rules"):
        make()


def test_a_store_whose_files_are_damaged_or_gone_is_not_released(
    make: Make, built: Path, tmp_path: Path
) -> None:
    place = Path(shutil.copytree(built, tmp_path / "damaged"))
    (file,) = (place / "sources").glob("report_NMR*.nq")
    whole_file = file.read_bytes()
    file.write_bytes(whole_file.replace(b"strength", b"weakness", 1))
    with pytest.raises(StoreError, match="not as it was built"):
        make(store=place)
    file.write_bytes(whole_file[:-400])
    with pytest.raises(StoreError, match="not as it was built"):
        make(store=place)
    file.unlink()
    with pytest.raises(StoreError, match="not there any more"):
        make(store=place)
    assert names(tmp_path) == ["damaged"]


class Endpoint:
    """What an endpoint says of itself."""

    place = "https://sparql.example/"

    def __init__(self, manifest: dict[str, Any], digests: dict[str, str]) -> None:
        self.manifest = lambda: manifest
        self.content_digests = lambda: digests


def test_an_endpoint_that_is_half_written_or_not_ours_is_not_released(built: Path) -> None:
    manifest = {k: v for k, v in open_embedded(str(built)).manifest().items() if k != "format"}
    digests = {source.graph: source.digest for source in map(Source.from_json, manifest["sources"])}
    assert len(finished_sources(Endpoint(manifest, digests))) == len(digests)
    late = {graph: digest for graph, digest in digests.items() if "/report/NMR" not in graph}
    with pytest.raises(StoreError, match=r"cut off: 1 graphs .*report/NMR-2025-05"):
        finished_sources(Endpoint(manifest, late))
    with pytest.raises(StoreError, match="what this store was made from"):
        finished_sources(Endpoint({}, {}))
    with pytest.raises(StoreError, match="another version"):
        finished_sources(Endpoint({**manifest, "format": 1}, digests))


def test_a_graph_that_breaks_a_rule_is_not_released(released: Path, built: Path) -> None:
    sources = [Source.from_json(one) for one in open_embedded(str(built)).manifest()["sources"]]
    (report,) = (source for source in sources if source.name == "report/NMR-2025-05")
    graph = loaded(released)
    polarity, where = pyoxigraph.NamedNode(cg("polarity")[1:-1]), pyoxigraph.NamedNode(report.graph)
    finding = next(iter(graph.quads_for_pattern(None, polarity, None, where)))
    graph.add(pyoxigraph.Quad(finding.subject, finding.predicate, finding.subject, finding.graph_name))
    reader = ReleaseReader(graph, "here", "")
    with pytest.raises(ValidationError, match="break a rule") as refused:
        must_conform(reader, [report], Silent(), reviewed_only=False)
    assert finding.subject.value in str(refused.value)


def test_reviewed_only_refuses_what_nobody_has_looked_at(make: Make, tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="councilgraph review") as refused:
        make(reviewed_only=True)
    assert "validate --reviewed-only" in refused.value.cure
    assert names(tmp_path) == []


def test_the_release_before_must_be_whole_and_of_another_name(make: Make, copy: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"is called 20.* too"):
        make(previous=str(copy))
    with pytest.raises(UsageError, match="words of the reports"):
        make(previous=str(copy), sentences=False, version="2")
    with pytest.raises(InputError, match="no such release"):
        make(previous=str(tmp_path / "none"))
    (copy / "LICENCE.md").unlink()
    with pytest.raises(InputError, match=r"missing: LICENCE\.md"):
        make(previous=str(copy), version="2")


def test_a_measurement_that_is_none_is_refused(make: Make, tmp_path: Path) -> None:
    for text in ("", "[]", '{"rules": "1"}'):
        (tmp_path / "accuracy.json").write_text(text)
        with pytest.raises(InputError, match="measurement"):
            make(accuracy=str(tmp_path / "accuracy.json"))


def test_no_day_is_made_up(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "newest_day", lambda _: None)
    with pytest.raises(UsageError, match="when it was published"):
        make()


@pytest.mark.parametrize(
    "choices", [{"version": "a/b"}, {"version": "../x"}, {"doi": "zenodo"}, {"base": "data/"}]
)
def test_choices_that_cannot_be_are_refused(choices: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        replace(writing.Wanted(), **choices)
