"""The documentation is true: its commands run and print what it says.

``COUNCILGRAPH_REWRITE_README=1 pytest tests/test_docs.py`` writes the transcripts anew.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest

from councilgraph.cli import COMMANDS
from councilgraph.version import __version__
from tests.conftest import ROOT, Run

README = ROOT / "README.md"


@pytest.fixture(scope="module")
def real_store(tmp_path_factory: pytest.TempPathFactory, run: Run) -> Path:
    place = tmp_path_factory.mktemp("readme") / "store"
    done = run("build", "--store", place)
    assert done.returncode == 0, done.stderr
    return place


def transcript(block: str, run: Run, store: Path) -> str:
    out = []
    for line in block.splitlines():
        if line.startswith("$ councilgraph "):
            arguments = shlex.split(line[2:])[1:]
            done = run(*arguments, "--format", "table", COUNCILGRAPH_STORE=str(store), COLUMNS="120")
            assert done.returncode == 0, done.stderr
            shown = [*done.stdout.splitlines(), *done.stderr.splitlines()]
            out += [line, *(text.rstrip() for text in shown)]
    return "\n".join(out) + "\n"


def test_the_transcripts_of_the_readme_are_what_the_commands_print(run: Run, real_store: Path) -> None:
    text = README.read_text(encoding="utf-8")
    blocks = re.findall(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert blocks
    for block in blocks:
        now = transcript(block, run, real_store)
        if os.environ.get("COUNCILGRAPH_REWRITE_README"):
            README.write_text(README.read_text(encoding="utf-8").replace(block, now), encoding="utf-8")
        else:
            assert block == now


def test_the_main_command_prints_the_matrix_and_answers_about_two_councils(
    run: Run, real_store: Path
) -> None:
    text = README.read_text(encoding="utf-8")
    command = re.search(r"<!-- main-command -->\n```sh\n(.*?)```", text, re.DOTALL)
    assert command
    asked = re.findall(r"councilgraph (query [^&\n\\]+)", command[1])
    assert len(asked) == 3
    for arguments in asked:
        done = run(*arguments.split(), COUNCILGRAPH_STORE=str(real_store))
        assert done.returncode == 0, done.stderr
        rows = done.stdout.splitlines()[1:]
        assert len(rows) == (72 if "Q01" in arguments else 9)


def test_every_command_is_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    assert all(f"`councilgraph {command}" in text for command in COMMANDS)


def test_every_link_of_the_documentation_leads_somewhere() -> None:
    for page in (README, *ROOT.glob("*/README.md"), *ROOT.glob("docs/*.md")):
        for target in re.findall(r"\]\((?!https?://)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_there_is_one_version() -> None:
    assert f"version: {__version__}\n" in (ROOT / "CITATION.cff").read_text()
    modules = [p.read_text() for p in (ROOT / "ontology").glob("*.ttl")]
    assert all(f'owl:versionInfo "{__version__}"' in text for text in modules if "a owl:Ontology" in text)
