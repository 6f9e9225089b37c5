"""`councilgraph link` over a store: publishers' files into the registry, counts, and links."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from councilgraph.linking.registry import Registry
from councilgraph.linking.registry_sharing import SharingRegistry
from loaders.web.download import FileLimits, download
from loaders.web.errors import FetchError
from tests.conftest import REPORTS, TESTS, Run
from tests.support.server import HOST, Reply, Server

CASES = TESTS / "loaders" / "registers" / "cases"
CHARITIES = CASES / "charities-tabs" / "publicextract.charity.txt"
OTHER_NAMES = CASES / "charities-tabs" / "publicextract.charity_other_names.txt"
COMPANIES = CASES / "companies" / "BasicCompanyDataAsOneFile-2026-11-01.csv"


@pytest.fixture
def place(tmp_path: Path, run: Run, invented_data: Path) -> Path:
    """A store whose report names a charity of the register's files."""
    reports = Path(shutil.copytree(REPORTS, tmp_path / "reports"))
    page = reports / "northmoor" / "equity.txt"
    page.write_text(page.read_text() + "\nHealthwatch Northmoor told us that people waited.\n")
    store = tmp_path / "store"
    done = run("build", "--store", store, "--data", invented_data, "--reports", reports)
    assert done.returncode == 0, done.stderr
    return store


def test_files_are_read_into_the_registry_of_the_store_and_the_counts_are_told(
    place: Path, run: Run, invented_data: Path
) -> None:
    given = ("--store", place, "--data", invented_data, "--force")
    done = run("link", "--from", CHARITIES, OTHER_NAMES, COMPANIES, *given, "--verbose")
    assert done.returncode == 0, done.stderr
    with Registry(place / "registry.sqlite") as registry:
        assert set(registry.counts()) == {"charity-commission", "companies-house"}
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    assert rows[0] == ["kind", "certain", "probable", "unresolved"]
    counts = {row[0]: row[1:] for row in rows[1:] if len(row) == 4 and row[0] != "unresolved"}
    assert counts["healthwatch"] == ["0", "0", "1"]
    assert counts["all"] == [str(sum(int(counts[k][n]) for k in counts if k != "all")) for n in range(3)]
    assert [row[1] for row in rows if row[0] == "unresolved"] == ["Healthwatch Northmoor", "NHS trust"]
    assert "charity-commission: " in done.stderr and "links" in done.stderr
    # One register anew; the other stays.
    done = run("link", "charity-commission", "--from", CHARITIES, *given, "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    with Registry(place / "registry.sqlite") as registry:
        assert set(registry.counts()) == {"charity-commission", "companies-house"}
    assert run("link", *given).stdout.splitlines()[0] == "\t".join(rows[0])


def test_explain_finds_what_the_stores_registry_has(place: Path, run: Run, invented_data: Path) -> None:
    given = ("--store", place, "--data", invented_data)
    asked = ("link", "--explain", "Northmoor Carers Together", "--kind", "vcfse", *given)
    assert "result: unresolved" in run(*asked).stdout
    assert run("link", "--from", CHARITIES, *given, "--force", "-q").returncode == 0
    assert "GB-CHC-9900001" in run(*asked).stdout
    # Our own tables are asked beside it.
    assert "E10009901" in run("link", "--explain", "Northmoor County Council", *given).stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["charities"], "Registers are: charity-commission"),
        (["charity-commission"], "Give --from FILE. They are to be had here"),
        (["--from", "none.csv"], "no file none.csv"),
        (["--from", TESTS / "linking" / "names.csv"], "no file of a register known here"),
        (["charity-commission", "--from", COMPANIES], "no file of this register"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_registry_stays(
    place: Path, run: Run, invented_data: Path, arguments: list[object], words: str
) -> None:
    given = ("--store", place, "--data", invented_data)
    assert run("link", "--from", CHARITIES, *given, "--force", "-q").returncode == 0
    before = (place / "registry.sqlite").read_bytes()
    done = run("link", *arguments, *given)
    assert done.returncode == 2
    assert words in done.stderr and "Traceback" not in done.stderr
    assert (place / "registry.sqlite").read_bytes() == before


def test_linking_without_a_store_says_what_to_do(tmp_path: Path, run: Run, invented_data: Path) -> None:
    done = run("link", "--store", tmp_path / "none", "--data", invented_data)
    assert done.returncode == 2 and "councilgraph build" in done.stderr


# --- files by their address -----------------------------------------------------------------


@pytest.fixture
def site() -> Iterator[Server]:
    with Server({}).running() as server:
        yield server


def test_a_file_is_fetched_by_its_address(place: Path, run: Run, invented_data: Path, site: Server) -> None:
    site.replies["/data/charity.txt"] = Reply(CHARITIES.read_bytes(), kind="application/octet-stream")
    given = ("--store", place, "--data", invented_data, "--force", "-q")
    refused = run("link", "--from", site.address("/data/charity.txt"), *given)
    assert refused.returncode == 2 and "private" in refused.stderr
    done = run("link", "--from", site.address("/data/charity.txt"), *given, "--allow-host", HOST)
    assert done.returncode == 0, done.stderr
    with SharingRegistry(place / "registry.sqlite") as registry:
        assert registry.entry("charity-commission", "9900001") is not None


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(b"<html>moved</html>"), "web page"),
        (Reply(b"", status=404), "answers 404"),
        (Reply(b"half", kind="text/csv", length=99), "cannot be had"),
        (Reply(b"x" * 2000, kind="text/csv"), "larger than"),
        (Reply(b"", kind="text/csv", length=900, drip=True), "cannot be had"),
        (Reply(status=302, headers={"Location": "https://elsewhere.example/a.csv"}), "another site"),
        (Reply(status=302, headers={"Location": "/a.csv"}), "without an end"),
    ],
    ids=["page", "gone", "half", "large", "slow", "away", "circle"],
)
def test_a_hostile_site_leaves_no_file(tmp_path: Path, site: Server, reply: Reply, words: str) -> None:
    site.replies["/a.csv"] = reply
    limits = FileLimits(file_seconds=2, step_seconds=1, file_bytes=1000, redirects=3)
    with pytest.raises(FetchError) as caught:
        download(site.address("/a.csv"), tmp_path, allowed=[HOST], limits=limits)
    assert words in caught.value.what and caught.value.cure
    assert list(tmp_path.iterdir()) == []


def test_the_name_of_a_file_cannot_lead_out_of_its_folder(tmp_path: Path, site: Server) -> None:
    site.replies["/x/..%2F..%2Fetc"] = Reply(b"a,b\n", kind="text/csv")
    path = download(site.address("/x/..%2F..%2Fetc"), tmp_path, allowed=[HOST])
    assert path.parent == tmp_path and path.read_bytes() == b"a,b\n"
