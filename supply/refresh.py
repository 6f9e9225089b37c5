"""Make the pins, the list of licences and the bill of materials anew. This uses the network.

  pip install --group supply        once: uv, cyclonedx-bom, pip-licenses
  python -m supply.refresh          keeps the versions that are pinned, where pyproject.toml allows
  python -m supply.refresh --upgrade

The three files of requirements/ hold one version of every package: ci.txt for the tests, run.txt
for the wheel alone, extras.txt for the wheel with every extra. supply/licences.csv and
supply/sbom.cdx.json are of what extras.txt installs on Python 3.11 and Linux.

Exit codes: 0 done; 2 could not run.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from councilgraph.errors import CouncilgraphError, UsageError
from supply.licences import by_hand, licensed, problems, write_list
from supply.pins import CI, EXTRAS, ROOT, RUN

PYTHON = "3.11"  # the oldest that we support: what is pinned for it installs on all
INDEX = "https://pypi.org/simple"
SBOM = Path(__file__).parent / "sbom.cdx.json"
COMMAND = "python -m supply.refresh"
_TOOLS = ("uv", "cyclonedx-py", "pip-licenses")


def main(arguments: Sequence[str] | None = None) -> int:
    """Refresh; the exit code."""
    parser = argparse.ArgumentParser(
        prog=COMMAND, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-U", "--upgrade", action="store_true", help="take the newest of everything")
    parser.add_argument("--pins-only", action="store_true", help="only requirements/; takes seconds")
    options = parser.parse_args(arguments)
    try:
        tools = _tools()
        pin(tools["uv"], upgrade=options.upgrade)
        if not options.pins_only:
            describe(tools)
    except CouncilgraphError as error:
        print(f"supply.refresh: {error}", file=sys.stderr)
        return 2
    return 0


def pin(uv: str, *, upgrade: bool) -> None:
    """Write ``requirements/``; ``upgrade``: the newest versions, not those that are pinned."""
    CI.parent.mkdir(exist_ok=True)
    # Everything first; the other two take their versions from it, so that CI tests what is run.
    _compile(uv, CI, "--all-extras", "--group", "dev", *(["--upgrade"] if upgrade else []))
    _compile(uv, EXTRAS, "--all-extras", "--constraint", _name(CI), "--upgrade")
    _compile(uv, RUN, "--constraint", _name(CI), "--upgrade")


def describe(tools: dict[str, str]) -> None:
    """Write the list of licences and the bill of materials, from an environment made for it."""
    with tempfile.TemporaryDirectory(prefix="councilgraph-supply-") as folder:
        python = Path(folder, "bin", "python")
        _run(tools["uv"], "venv", "--quiet", "--python", PYTHON, folder)
        _run(
            *(tools["uv"], "pip", "install", "--quiet", "--python", str(python)),
            *("--require-hashes", "--default-index", INDEX, "-r", _name(EXTRAS)),
        )
        told = _run(
            *(
                tools["pip-licenses"],
                f"--python={python}",
                "--from=all",
                "--with-urls",
                "--with-system",
                "--format=json",
            )
        )
        packages = [licensed(one, by_hand()) for one in json.loads(told)]
        write_list(packages)
        _run(
            *(tools["cyclonedx-py"], "environment", "--pyproject", "pyproject.toml"),
            *("--mc-type", "application", "--sv", "1.6", "--of", "JSON", "--output-reproducible"),
            *("-o", str(SBOM), str(python)),
        )
    for problem in problems(packages):
        print(problem, file=sys.stderr)


def _compile(uv: str, path: Path, *options: str) -> None:
    _run(
        *(uv, "pip", "compile", "pyproject.toml", "--quiet", "--universal", "--python-version", PYTHON),
        *("--generate-hashes", "--default-index", INDEX, "--custom-compile-command", COMMAND),
        *(*options, "--output-file", _name(path)),
    )


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _run(*command: str) -> str:
    # Other indexes and folders of wheels of this machine would change what is pinned.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("UV_", "PIP_"))}
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**kept, "UV_NO_CONFIG": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise UsageError(
            f"{Path(command[0]).name} could not do it: {done.stderr.strip()[-2000:]}",
            where=" ".join(command[1:3]),
            cure="Check the connection to the package index and the bounds in pyproject.toml.",
        )
    return done.stdout


def _tools() -> dict[str, str]:
    """The programs, beside this Python or on the PATH.

    Raises:
        UsageError: one of them is missing.
    """
    beside = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", "")))
    found = {name: shutil.which(name, path=beside) for name in _TOOLS}
    missing = [name for name, path in found.items() if path is None]
    if missing:
        raise UsageError(
            f"{', '.join(missing)}: not installed.", cure="Run: python -m pip install --group supply"
        )
    return {name: path for name, path in found.items() if path is not None}


if __name__ == "__main__":
    sys.exit(main())
