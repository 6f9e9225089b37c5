"""docs/pictures.md is true: its commands run, its Python runs, its choices are those that there are."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from councilgraph.pictures import PICTURES
from tests.conftest import ROOT, Run

PAGE = (ROOT / "docs" / "pictures.md").read_text("utf-8")


@pytest.fixture(scope="module")
def real_store(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    place = tmp_path_factory.mktemp("pictures") / "store"
    done = run("build", "--store", place)
    assert done.returncode == 0, done.stderr
    return place


def test_the_commands_of_the_page_draw_what_they_say(run: Run, real_store: Path, tmp_path: Path) -> None:
    commands = [shlex.split(line, comments=True) for line in re.findall(r"^councilgraph (.+)$", PAGE, re.M)]
    assert len(commands) == 4
    for command in commands:
        done = run(*command, cwd=tmp_path, COUNCILGRAPH_STORE=str(real_store))
        assert done.returncode == 0, done.stderr
        if "-o" in command:
            assert (tmp_path / command[-1]).stat().st_size > 2000
        else:
            assert all(name in done.stdout for name in PICTURES)


def test_the_python_of_the_page_runs(
    real_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (code,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.M | re.S)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COUNCILGRAPH_STORE", str(real_store))
    exec(compile(code, "docs/pictures.md", "exec"), {})
    assert capsys.readouterr().out.startswith("Scores on the nine quality statements: West Midlands")
    assert (tmp_path / "scores.png").exists()


def test_the_table_names_every_picture_with_its_choices() -> None:
    rows = dict(re.findall(r"^\| `([a-z-]+)` \|.*\| (.+) \|$", PAGE, re.M))
    assert set(rows) == set(PICTURES)
    for name, kind in PICTURES.items():
        words = re.findall(r"`([a-z0-9]+)`", rows[name])
        known = {one.name for one in kind.settings}
        values = {value for one in kind.settings for value, _ in one.choices}
        assert known <= set(words) <= known | values
        for setting in kind.settings:
            if setting.type == "integer" and setting.default:
                assert f"`{setting.name}` ({setting.default}, at most {setting.most})" in rows[name]
