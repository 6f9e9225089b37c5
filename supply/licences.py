"""Which licences our dependencies stand under, and which of them this project takes.

The list is made by pip-licenses from what packages say of themselves (``supply.refresh``) and
kept in ``licences.csv``; the policy is ``ALLOWED``. What a package does not say is entered in
``licences.toml`` by a person who has read its licence file.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from councilgraph.errors import InputError

FOLDER = Path(__file__).parent
TABLE = FOLDER / "licences.csv"
READ = FOLDER / "licences.toml"
UNKNOWN = "UNKNOWN"

# SPDX identifiers. Permissive ones ask for a notice, weak copyleft for the changes to their own
# files: both leave a council free to build on us. GPL and AGPL would bind what it builds.
PERMISSIVE = frozenset(
    {
        *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "CC0-1.0", "FTL", "HPND", "IJG"),
        *("ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Python-2.0", "Unicode-3.0", "Unlicense", "W3C"),
        *("W3C-20150513", "Zlib", "libpng-2.0", "libtiff"),
    }
)
WEAK_COPYLEFT = frozenset(
    {"LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later", "MPL-2.0"}
)
ALLOWED = PERMISSIVE | WEAK_COPYLEFT

# Names that packages use beside SPDX, each of one licence only. "BSD License" is one of several,
# all of them permissive: it is taken for the strictest that people mean by it.
_NAMES = {
    "apache 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "python software foundation license": "PSF-2.0",
    "w3c license": "W3C",
    "w3c software notice and license": "W3C",
}
_LONGEST = 120  # characters: what is longer is the text of a licence, not its name


@dataclass(frozen=True, slots=True)
class Licensed:
    """A package at a version. ``licence`` is an SPDX expression or UNKNOWN; ``told`` says by what."""

    name: str
    version: str
    licence: str
    told: str
    address: str


COLUMNS = tuple(field.name for field in fields(Licensed))


def licensed(told: Mapping[str, str], read: Mapping[str, Mapping[str, Any]]) -> Licensed:
    """One package as pip-licenses tells of it (``--from=all --with-urls``), and as people read it.

    What a person read goes before what the package says; then its SPDX expression, its licence
    field, its classifiers.
    """
    from packaging.utils import canonicalize_name

    name, version, address = canonicalize_name(told["Name"]), told["Version"], told.get("URL", UNKNOWN)
    address = "" if address == UNKNOWN else address
    if by_person := read.get(name):
        return Licensed(name, version, str(by_person["licence"]), str(by_person["told"]), address)
    for field in ("License-Expression", "License-Metadata", "License-Classifier"):
        value = " ".join(told.get(field, UNKNOWN).split())
        if value != UNKNOWN and len(value) <= _LONGEST and (expression := spdx(value)):
            return Licensed(name, version, expression, field, address)
    return Licensed(name, version, UNKNOWN, "", address)


def spdx(text: str) -> str:
    """A licence as packages name it, as an SPDX expression; "" where it is none that is known.

    >>> spdx("BSD License"), spdx("MIT OR Apache-2.0"), spdx("Apache Software License; MIT License")
    ('BSD-3-Clause', 'MIT OR Apache-2.0', 'Apache-2.0 AND MIT')
    """
    from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

    parts = [_NAMES.get(part.strip().lower(), part.strip()) for part in text.split(";")]
    try:
        # Several classifiers may mean either or both; both is the stricter reading.
        return str(canonicalize_license_expression(" AND ".join(parts)))
    except InvalidLicenseExpression:
        return ""


def problems(packages: Iterable[Licensed]) -> list[str]:
    """What this project does not take, each with the package and what to do."""
    found = []
    for one in packages:
        if one.licence == UNKNOWN:
            found.append(
                f"{one.name} {one.version} does not say under which licence it stands.\n"
                f"  what to do: read its licence file ({one.address or 'in its wheel'}) and enter what it "
                "says in supply/licences.toml, or do without the package."
            )
        elif not allowed(one.licence):
            found.append(
                f"{one.name} {one.version} stands under {one.licence}, which this project does not take.\n"
                "  what to do: use another package, or a version under another licence. Is the licence "
                "permissive, or copyleft for its own files only? Then add its SPDX identifier to "
                "supply/licences.py, and say why in the commit."
            )
    return found


def allowed(expression: str) -> bool:
    """May a dependency stand under this SPDX expression? Of an OR one side is enough, of an AND none."""
    from license_expression import ExpressionError, Licensing  # type: ignore[import-untyped]

    try:
        parsed = Licensing().parse(expression, strict=False)
    except (ExpressionError, ValueError):
        return False
    return parsed is not None and _holds(parsed)


def _holds(term: Any) -> bool:
    from license_expression import LicenseWithExceptionSymbol

    operator = getattr(term, "operator", "").strip().upper()
    if operator == "OR":
        return any(_holds(one) for one in term.args)
    if operator == "AND":
        return all(_holds(one) for one in term.args)
    if isinstance(term, LicenseWithExceptionSymbol):
        return term.license_symbol.key in ALLOWED  # an exception only ever grants more
    return getattr(term, "key", None) in ALLOWED


def by_hand(path: Path = READ) -> dict[str, dict[str, Any]]:
    """What people have read: package to ``licence`` and ``told``."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def read_list(path: Path = TABLE) -> tuple[Licensed, ...]:
    """The list.

    Raises:
        InputError: it is not there, or is damaged.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise _damaged(path, str(error)) from None
    if not rows or tuple(rows[0]) != COLUMNS or any(len(row) != len(COLUMNS) for row in rows):
        raise _damaged(path, f"each row needs {', '.join(COLUMNS)}")
    return tuple(Licensed(*row) for row in rows[1:])


def _damaged(path: Path, problem: str) -> InputError:
    return InputError(
        f"The list of licences is damaged: {problem}.",
        where=str(path),
        cure="Run 'python -m supply.refresh', which writes it.",
    )


def write_list(packages: Iterable[Licensed], path: Path = TABLE) -> None:
    """Write the list, sorted by name."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(
            [getattr(one, name) for name in COLUMNS] for one in sorted(packages, key=lambda one: one.name)
        )
