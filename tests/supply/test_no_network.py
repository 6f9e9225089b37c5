"""No command uses the network but where its help says so, and then only when it is asked to."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from councilgraph.cli import COMMANDS, main
from tests.conftest import INVENTED, PATHS, REPORTS, ROOT, TESTS
from tests.support.sealed import REACHED

DATA = str(INVENTED / "data")
REGISTERS = TESTS / "loaders" / "registers" / "cases"
ICBS = TESTS / "loaders" / "cases" / "icbs-ons-lookup"
# Nobody's address: the commands are stopped on the way to it, by its name or by its number.
AWAY, NUMBER = "http://councils.example/page", "http://192.0.2.1:9/page"

# What stands in the variables of people who also ask endpoints and registers with a key.
SECRET = "kestrel-4471"
SECRETS = {
    "COUNCILGRAPH_USER": "analyst-kestrel",
    "COUNCILGRAPH_PASSWORD": SECRET,
    "COMPANIES_HOUSE_API_KEY": SECRET,
    "CQC_SUBSCRIPTION_KEY": SECRET,
    "https_proxy": f"http://analyst-kestrel:{SECRET}@127.0.0.1:9",
}

# Each command as people use it with files alone. STORE, COPY and WORK are put in by the fixture.
QUIET: dict[str, list[str]] = {
    "build": ["--reports", str(REPORTS), "--observations", str(INVENTED / "observations"), "--jobs", "2"],
    "load": [str(REPORTS / "northmoor"), "--jobs", "1"],
    "extract": [str(REPORTS / "saltmarsh-pilot.txt"), "--data", DATA],
    "questions": ["carers"],
    "query": ["Q01", "--format", "json"],
    "sparql": ["SELECT * { ?s ?p ?o } LIMIT 3"],
    "search": ["equipment"],
    "validate": [],
    "check": [],
    "diff": ["STORE", "STORE", "--format", "json"],
    "release": ["WORK/release"],
    "export-rdf": ["rdf", "-o", "WORK/graph.trig"],
    "export-network": ["network", "councils-to-themes", "-o", "WORK/themes.gexf"],
    "export-tables": ["tables", "-o", "WORK/tables.xlsx"],
    "export-picture": ["picture", "heat-map", "-o", "WORK/scores.svg"],
    "export-site": ["site", "WORK/site"],
    "link": ["--data", DATA],
    "link-registers": [
        *("--from", str(REGISTERS / "companies" / "BasicCompanyDataAsOneFile-2026-11-01.csv")),
        *("--data", DATA, "--force", "--verbose"),
    ],
    "link-explain": ["--explain", "Northmoor County Council", "--data", DATA],
    "review": ["--list", "--data", DATA],
    "reconcile": ["WORK/list.csv", "--column", "Name", "--data", DATA],
    "refresh": [
        "icbs",
        str(ICBS / "loc-icb.csv"),
        str(ICBS / "successions.csv"),
        "--data",
        "COPY",
        "--force",
    ],
    "mcp": [],
    "bench": ["reviews", "--data", DATA],
}
FOUND = {"validate"}  # 1, something was found, is an answer of this one
NO_STORE = {"extract", "questions", "diff", "reconcile", "refresh", "bench"}

# Each way in which a command can be told to use the network.
ASKED: dict[str, list[str]] = {
    "build": ["--reports", AWAY, "--data", DATA],
    "build-cluster": [
        "--reports",
        str(REPORTS),
        "--data",
        DATA,
        "--cluster",
        "tcp://192.0.2.1:8786",
        "--store",
        "WORK/new",
    ],
    "build-store": ["--store", AWAY, "--data", DATA],
    "load": [NUMBER, "--data", DATA],
    "extract": [AWAY, "--data", DATA],
    "watch": [AWAY, "--data", DATA],
    "watch-default": ["--data", DATA],
    "refresh": ["wikidata", "--fetch", "--data", DATA],
    "link": ["--from", AWAY, "--data", DATA, "--registry", "WORK/registry"],
    "link-store": ["--store", NUMBER, "--data", DATA],
    "diff": [AWAY, "STORE"],
    "query": ["Q01", "--store", NUMBER],
    "sparql": ["ASK {}", "--store", AWAY],
    "search": ["support", "--store", AWAY],
    "validate": ["--store", AWAY],
    "release": ["WORK/release-away", "--store", AWAY],
    "export": ["rdf", "--store", AWAY],
    "review": ["--list", "--store", AWAY, "--data", DATA],
}
USES_NETWORK = {name.partition("-")[0] for name in ASKED} | {
    "serve",  # listens, and asks the hosts of --allow-service
    "mcp",  # with a store at an address, at its first question
}


@dataclass(frozen=True)
class Ran:
    """What became of the commands."""

    codes: Mapping[str, int | str]
    folder: Path

    def told(self, name: str) -> str:
        return "".join(
            (self.folder / f"{name}.{end}").read_text("utf-8", "replace") for end in ("out", "err")
        )


Sealed = Callable[[Mapping[str, list[str]]], Ran]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for what the commands read and write."""
    folder = tmp_path_factory.mktemp("sealed")
    shutil.copytree(INVENTED / "data", folder / "data")
    (folder / "list.csv").write_text("Name\nNorthmoor County Council\n")
    return folder


@pytest.fixture(scope="module")
def sealed(work: Path, tmp_path_factory: pytest.TempPathFactory) -> Sealed:
    """Runs commands that end where they reach for the network."""

    def run(asked: Mapping[str, list[str]]) -> Ran:
        folder = tmp_path_factory.mktemp("told")
        done = subprocess.run(
            [sys.executable, "-m", "tests.support.sealed", str(folder)],
            input=json.dumps({name: command(name, rest, work) for name, rest in asked.items()}),
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            env={**environment(work), "PYTHONPATH": PATHS.rpartition(":")[2]},
        )
        assert done.returncode == 0, done.stderr
        return Ran(json.loads((folder / "codes.json").read_text()), folder)

    return run


def environment(work: Path) -> dict[str, str]:
    """A user's surroundings: a home of their own, and secrets in variables."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "HOME": str(work),
        "COUNCILGRAPH_CACHE": str(work / "cache"),
        "PYTHONUTF8": "1",
        **SECRETS,
    }


def command(name: str, rest: list[str], work: Path) -> list[str]:
    """The arguments, with the places put in."""
    first = name.partition("-")[0]
    given = [first, *rest]
    if "--store" not in rest and name not in NO_STORE and first not in NO_STORE | {"watch"}:
        given += ["--store", "STORE"]
    if first in ("build", "load") and "--data" not in rest:
        given += ["--data", DATA]
    places = {"STORE": str(work / "store"), "WORK": str(work), "COPY": str(work / "data")}
    return [re.sub("STORE|WORK|COPY", lambda found: places[found[0]], one) for one in given]


@pytest.fixture(scope="module")
def quiet(sealed: Sealed) -> Ran:
    """Every command that works on files alone, one after the other on one store."""
    return sealed(QUIET)


def test_every_command_is_tried() -> None:
    tried = {name.partition("-")[0] for name in (*QUIET, *ASKED)}
    missing = set(COMMANDS) - tried - {"serve"}  # it has a test of its own
    assert not missing, f"add an invocation of {missing}, and say in its help if it uses the network"


@pytest.mark.parametrize("name", QUIET)
def test_a_command_with_files_alone_asks_nobody(quiet: Ran, name: str) -> None:
    code = quiet.codes[name]
    assert code != REACHED, quiet.told(name)
    assert code in ({0, 1} if name in FOUND else {0}), quiet.told(name)


@pytest.fixture(scope="module")
def asked(sealed: Sealed, quiet: Ran) -> Ran:
    """Every way to the network, on the same store."""
    return sealed(ASKED)


@pytest.mark.parametrize("name", ASKED)
def test_a_command_that_is_told_to_use_the_network_is_stopped_by_the_seal(asked: Ran, name: str) -> None:
    # This is what proves that the seal of the test above would have caught the others.
    assert asked.codes[name] == REACHED, asked.told(name)


def contents(path: Path) -> bytes:
    """What a file holds, unpacked."""
    if path.suffix == ".gz":
        return gzip.decompress(path.read_bytes())
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return b"".join(book.read(name) for name in book.namelist())
    return path.read_bytes()


def test_no_secret_of_the_surroundings_is_told_or_written(quiet: Ran, asked: Ran, work: Path) -> None:
    files = [path for place in (work, quiet.folder, asked.folder) for path in place.rglob("*")]
    files = [path for path in files if path.is_file()]
    names = {path.name for path in files}
    assert {"manifest.json", "query.out", "build.err", "tables.xlsx", "SHA256SUMS"} <= names
    assert any(name.endswith(".nq.gz") for name in names)
    assert [path for path in files if b"kestrel" in contents(path)] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_says_whether_a_command_uses_the_network(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main([name, "--help"])
    told = capsys.readouterr().out
    assert ("network" in told) is (name in USES_NETWORK), told
