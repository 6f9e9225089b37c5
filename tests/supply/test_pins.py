"""What CI installs is pinned with hashes, covers what pyproject.toml asks for, and is one set."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from councilgraph.errors import InputError
from supply.pins import CI, EXTRAS, LINUX, RUN, Pin, read_pins
from tests.conftest import ROOT

REFRESH = "run 'python -m supply.refresh'"
ASKED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = ASKED["project"]
EXTRA = [one for extra in PROJECT["optional-dependencies"].values() for one in extra]
INTERPRETERS = {
    "3.11 on Linux": LINUX,
    "3.13 on Linux": {**LINUX, "python_version": "3.13", "python_full_version": "3.13.1"},
    "3.12 on Windows": {
        **LINUX,
        **{"python_version": "3.12", "python_full_version": "3.12.4", "os_name": "nt"},
        **{"sys_platform": "win32", "platform_system": "Windows", "platform_machine": "AMD64"},
    },
}


def uncovered(asked: list[str], pins: tuple[Pin, ...], environment: dict[str, str]) -> list[str]:
    """The requirements that no pin meets, each with what is pinned."""
    pinned = {pin.name: pin for pin in pins if pin.applies(environment)}
    found = []
    for text in asked:
        one = Requirement(text)
        pin = pinned.get(canonicalize_name(one.name))
        if one.marker and not one.marker.evaluate(environment):
            continue
        if pin is None or not one.specifier.contains(pin.version, prereleases=True):
            found.append(f"{text} (pinned: {pin.version if pin else 'nothing'})")
    return found


@pytest.mark.parametrize("interpreter", INTERPRETERS)
@pytest.mark.parametrize(
    ("path", "asked"),
    [
        (RUN, PROJECT["dependencies"]),
        (EXTRAS, [*PROJECT["dependencies"], *EXTRA]),
        (CI, [*PROJECT["dependencies"], *EXTRA, *ASKED["dependency-groups"]["dev"]]),
        (CI, ASKED["build-system"]["requires"]),
    ],
    ids=["run", "extras", "ci", "build"],
)
def test_the_pins_meet_what_the_project_asks_for(path: Path, asked: list[str], interpreter: str) -> None:
    missing = uncovered(asked, read_pins(path), INTERPRETERS[interpreter])
    assert not missing, f"{path.name} does not meet {missing}: {REFRESH}"


def test_a_dependency_that_was_not_pinned_is_told() -> None:
    pins = read_pins(RUN)
    assert uncovered(["left-pad>=1", "rdflib>=99"], pins, LINUX) == [
        "left-pad>=1 (pinned: nothing)",
        f"rdflib>=99 (pinned: {next(pin.version for pin in pins if pin.name == 'rdflib')})",
    ]


@pytest.mark.parametrize("path", [CI, EXTRAS, RUN], ids=lambda path: path.stem)
def test_no_package_has_two_versions_for_one_interpreter(path: Path) -> None:
    for environment in INTERPRETERS.values():
        names = [pin.name for pin in read_pins(path) if pin.applies(environment)]
        assert len(names) == len(set(names)), REFRESH


def test_ci_tests_the_versions_that_are_run() -> None:
    tested = {(pin.name, pin.version): pin.hashes for pin in read_pins(CI)}
    extras = read_pins(EXTRAS)
    for pin in (*extras, *read_pins(RUN)):
        assert tested.get((pin.name, pin.version)) == pin.hashes, f"{pin.name}: {REFRESH}"
    everything = {pin.name for pin in extras}
    assert {pin.name for pin in read_pins(RUN)} < everything < {pin.name for pin in read_pins(CI)}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("rdflib==7.6.0\n", "Line 1 has no hash"),
        (f"# x\nrdflib>=7.6.0 --hash=sha256:{'a' * 64}\n", "Line 2 pins no version"),
        (f"rdflib --hash=sha256:{'a' * 64}\n", "Line 1 is no 'name==version'"),
        (f"rdflib @ https://example.org/a.whl --hash=sha256:{'a' * 64}\n", "Line 1 is no 'name==version'"),
        ("rdflib==7.6.0 \\\n    --hash=sha256:cafe\n", "Line 1 has no hash"),
        ("rdflib==7.6.0 \\\n    --hash=md5:00\n", "Line 1 has no hash"),
    ],
)
def test_a_pin_that_pins_nothing_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "pins.txt"
    path.write_text(text)
    with pytest.raises(InputError, match=problem):
        read_pins(path)


def test_markers_and_many_hashes_are_read(tmp_path: Path) -> None:
    path = tmp_path / "pins.txt"
    path.write_text(
        "# made\nPy_Win==3.1 ; sys_platform == 'win32' \\\n"
        f"    --hash=sha256:{'a' * 64} \\\n    --hash=sha256:{'b' * 64}\n    # via somebody\n"
    )
    (pin,) = read_pins(path)
    assert (pin.name, str(pin.version), pin.line, len(pin.hashes)) == ("py-win", "3.1", 2, 2)
    assert not pin.applies(LINUX) and pin.applies(INTERPRETERS["3.12 on Windows"])
