"""The files of ``requirements/``: one version of every package, and the digests of its files.

uv writes them, pip reads them with ``--require-hashes``; this reads them for the audit, for
the list of licences and for the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import NormalizedName, canonicalize_name
from packaging.version import Version

from councilgraph.errors import InputError

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = ROOT / "requirements"
CI, RUN, EXTRAS = (REQUIREMENTS / f"{name}.txt" for name in ("ci", "run", "extras"))
# The interpreter that the list of licences and the bill of materials are of: that of CI.
LINUX = {
    "implementation_name": "cpython",
    "implementation_version": "3.11.9",
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_python_implementation": "CPython",
    "platform_release": "",
    "platform_system": "Linux",
    "platform_version": "",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
    "sys_platform": "linux",
    "extra": "",
}
_HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Pin:
    """One package at one version; ``hashes`` are those of its files ("sha256:..."), ``line`` is from 1."""

    name: NormalizedName
    version: Version
    requirement: Requirement
    hashes: frozenset[str]
    line: int

    def applies(self, environment: Mapping[str, str] | None = None) -> bool:
        """Is it for this interpreter, or for the one that ``environment`` describes?"""
        marker = self.requirement.marker
        return marker is None or marker.evaluate(dict(environment) if environment is not None else None)


def read_pins(path: Path) -> tuple[Pin, ...]:
    """The pins of a file, in its order.

    Raises:
        InputError: there is no such file, or a line of it is no ``name==version`` with a hash.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"The pins cannot be read: {error}.",
            where=str(path),
            cure="Run 'python -m supply.refresh', which writes them.",
        ) from None
    pins = []
    for number, line in _lines(text):
        try:
            requirement = Requirement(line.partition(" --hash=")[0].strip())
            (specifier,) = requirement.specifier
            version = Version(specifier.version)
        except (InvalidRequirement, ValueError):
            raise _refused(path, number, "is no 'name==version'") from None
        hashes = frozenset(_HASH.findall(line))
        if specifier.operator != "==" or requirement.url:
            raise _refused(path, number, "pins no version")
        if not hashes:
            raise _refused(path, number, "has no hash")
        pins.append(Pin(canonicalize_name(requirement.name), version, requirement, hashes, number))
    return tuple(pins)


def _lines(text: str) -> Iterable[tuple[int, str]]:
    """The lines without comments, those that go on joined, each with the number of its first."""
    joined, start = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        bare = line.partition("#")[0].strip() if line.lstrip().startswith("#") else line.strip()
        start = start or number
        joined += " " + bare.removesuffix("\\").strip()
        if bare.endswith("\\"):
            continue
        if joined.strip():
            yield start, joined.strip()
        joined, start = "", 0
    if joined.strip():
        yield start, joined.strip()


def _refused(path: Path, line: int, problem: str) -> InputError:
    return InputError(
        f"Line {line} {problem}.",
        where=f"{path}:{line}",
        cure="Do not edit the file; run 'python -m supply.refresh', which writes it anew.",
    )
