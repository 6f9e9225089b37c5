"""`councilgraph link` and `councilgraph reconcile` as a user meets them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from councilgraph.linking.registry_build import build
from loaders.registers import tables
from tests.conftest import Run

LIST = """Partner,Area,Code,Note
Northmoor County Council,,,=1+1
NPT,Northmoor,,"a, b"
Northmoor ICB,,,
nobody we know,,,007
,,GB-NHS-RZ1,

the ICB,Atlantis,,
"""
ADDED = ["identifier", "label", "kind", "state", "method", "score"]


@pytest.fixture
def partners(tmp_path: Path) -> Path:
    path = tmp_path / "partners.csv"
    path.write_text(LIST)
    return path


def records(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_explain_tells_the_steps_and_the_result(run: Run, invented_data: Path) -> None:
    done = run("link", "--explain", "Northmoor ICB", "--date", "2026-04-01", "--area", "Eastvale",
               "--data", invented_data)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "ended on 2026-03-31, before 2026-04-01" in done.stdout
    assert "result: probable" in done.stdout
    assert "NHS Vale and Marsh Integrated Care Board" in done.stdout
    assert "runner-up: NHS " in done.stdout


def test_explain_shows_every_candidate_of_an_unresolved_name(run: Run, invented_data: Path) -> None:
    done = run("link", "--explain", "Northmoor ICB", "--date", "2026-04-01", "--data", invented_data)
    assert done.returncode == 0
    assert "result: unresolved" in done.stdout
    assert done.stdout.count("candidate: ") == 3


def test_explain_as_json_has_the_whole_answer(run: Run, invented_data: Path) -> None:
    done = run("link", "--explain", "Care Checks Commission", "--kind", "Regulator", "--date", "2025-05",
               "--format", "json", "--data", invented_data)  # fmt: skip
    answer = json.loads(done.stdout)
    assert (answer["state"], answer["method"], answer["score"]) == ("certain", "name-match", 1.0)
    assert (answer["kind"], answer["date"]) == ("regulator", "2025-05-01")
    assert answer["entry"]["identifier"] == "GB-GOR-PB9901"
    assert answer["entry"]["identifiers"] == [{"scheme": "gor", "value": "PB9901"}]
    assert answer["runner_up"] is None
    assert answer["steps"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--area", "Northmoor"], "Give --explain NAME"),
        (["--explain", "x", "--from", "a.csv"], "Link first"),
        (["--explain", "x", "--kind", "regulater"], "Did you mean regulator"),
        (["--explain", "x", "--kind", "zzzz"], "Kinds are: advocacy-provider"),
        (["--explain", "x", "--date", "2025-02-30"], "no date"),
        (["--explain", "x", "--area", "Atlantis"], "no area that is known"),
        (["--explain", "x", "--registry", "none.sqlite"], "no registry none.sqlite"),
        (["--explain", "x", "--data", "none"], "what to do"),
    ],
)
def test_what_cannot_be_asked_is_told_with_a_cure(
    run: Run, invented_data: Path, arguments: list[str], words: str
) -> None:
    data = [] if "--data" in arguments else ["--data", str(invented_data)]
    done = run("link", *arguments, *data)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_reconcile_adds_columns_and_keeps_the_list(run: Run, invented_data: Path, partners: Path) -> None:
    done = run("reconcile", partners, "--column", "partner", "--area-column", "Area", "--identifier-column",
               "Code", "--date", "2025-05-01", "--data", invented_data)  # fmt: skip
    assert done.returncode == 0
    given, back = LIST.splitlines(), done.stdout.splitlines()
    assert all(new.startswith(old) for old, new in zip(given, back, strict=True))
    assert back[6] == ""
    found = records(done.stdout)
    assert list(found[0])[4:] == ADDED
    assert [row["state"] for row in found] == [
        "certain", "probable", "certain", "unresolved", "certain", "unresolved",
    ]  # fmt: skip
    assert [row["identifier"] for row in found] == ["E10009901", "RZ1", "E54000901", "", "RZ1", ""]
    assert [row["method"] for row in found] == [
        "name-match", "name-match", "name-match", "", "register-identifier", "",
    ]  # fmt: skip
    assert "6 rows: 3 certain, 1 probable, 2 unresolved." in done.stderr
    assert "left out of account: 'Atlantis'" in done.stderr


def test_a_sheet_of_an_old_spreadsheet_keeps_its_encoding_and_delimiter(
    run: Run, invented_data: Path, tmp_path: Path
) -> None:
    path = tmp_path / "old.csv"
    path.write_bytes(b'Organisation;Caf\xe9\r\nNorthmoor CC;"a;b"\r\n')
    done = run("reconcile", path, "--column", "organisation", "-o", path, "--data", invented_data)
    assert done.returncode == 0, done.stderr
    assert path.read_bytes() == (
        b"Organisation;Caf\xe9;identifier;label;kind;state;method;score\r\n"
        b'Northmoor CC;"a;b";E10009901;Northmoor County Council;local-authority;probable;name-match;0.90\r\n'
    )


def test_a_column_that_is_not_there_is_told_with_those_that_are(
    run: Run, invented_data: Path, partners: Path
) -> None:
    out = partners.with_name("out.csv")
    done = run("reconcile", partners, "--column", "Names", "-o", out, "--data", invented_data)
    assert done.returncode == 2
    assert "The columns are: Partner, Area, Code, Note." in done.stderr
    assert not out.exists()


def test_reconcile_again_names_the_new_columns_otherwise(
    run: Run, invented_data: Path, partners: Path
) -> None:
    for _ in range(2):
        done = run(
            "reconcile", partners, "--column", "Partner", "-o", partners, "-q", "--data", invented_data
        )
        assert (done.returncode, done.stderr) == (0, "")
    header = partners.read_text().splitlines()[0].split(",")
    assert header[4:] == [*ADDED, *(f"matched_{name}" for name in ADDED)]


def test_a_bad_row_leaves_the_last_result_as_it_was(run: Run, invented_data: Path, partners: Path) -> None:
    out = partners.with_name("out.csv")
    out.write_text("of last month\n")
    partners.write_text(LIST + "too,many,fields,in,this\n")
    done = run("reconcile", partners, "--column", "Partner", "-o", out, "--data", invented_data)
    assert done.returncode == 2
    assert f"{partners}:9" in done.stderr
    assert out.read_text() == "of last month\n"


def test_a_long_list_is_the_same_from_several_processes(
    run: Run, invented_data: Path, tmp_path: Path
) -> None:
    registry = tmp_path / "registry.sqlite"
    build(registry, tables(invented_data))
    long = tmp_path / "long.csv"
    body = LIST.partition("\n")[2]
    with long.open("w") as file:
        file.write("Partner,Area,Code,Note\n")
        for n in range(1700):
            file.write(body.replace("007", f"{n:03}"))
    assert long.stat().st_size > 200_000
    answers = [
        run("reconcile", long, "--column", "Partner", "--area-column", "Area", "--identifier-column", "Code",
            "--registry", registry, "--data", invented_data, "--jobs", jobs)
        for jobs in (1, 3)
    ]  # fmt: skip
    assert all(done.returncode == 0 for done in answers), answers[1].stderr
    assert answers[0].stdout == answers[1].stdout
    assert answers[0].stderr == answers[1].stderr
    assert "10200 rows: " in answers[0].stderr


def test_a_registry_answers_as_the_tables_do(
    run: Run, invented_data: Path, partners: Path, tmp_path: Path
) -> None:
    registry = tmp_path / "registry.sqlite"
    build(registry, tables(invented_data))
    asked = ("reconcile", partners, "--column", "Partner", "--area-column", "Area", "--data", invented_data)
    assert run(*asked).stdout == run(*asked, "--registry", registry).stdout
