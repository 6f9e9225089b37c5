"""What a command does not use it does not import: start-up is what people wait for most."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

HEAVY = {
    "rdflib", "pyshacl", "shacl", "SPARQLWrapper", "networkx", "pandas", "numpy", "rich", "xlsxwriter",
    "sentencex", "filelock", "loaders", "dataclasses", "sqlite3", "concurrent", "asyncio", "json", "decimal",
    "councilgraph.build", "councilgraph.model", "councilgraph.validation", "councilgraph.writing",
}  # fmt: skip


@pytest.mark.parametrize(
    "arguments", [["--help"], ["query", "Q01", "--store", "{store}"], ["query", "--help"]]
)
def test_a_command_imports_only_what_it_uses(arguments: list[str], store: Path) -> None:
    given = [a.format(store=store) for a in arguments]
    script = (
        "import sys\nfrom councilgraph.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print('\\nMODULES', *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *given], capture_output=True, text=True, check=True, cwd=ROOT
    )
    imported = set(done.stdout.rsplit("MODULES", 1)[1].split())
    assert not imported & HEAVY
    assert "councilgraph.cli" in imported
