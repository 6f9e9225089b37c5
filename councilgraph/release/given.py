"""What a release is given beside its store: a measurement of accuracy, and the release before it."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass

from councilgraph import resources
from councilgraph.accuracy.page import markdown
from councilgraph.errors import InputError
from councilgraph.release.folder import MANIFEST
from councilgraph.release.sums import SUMS, check_release
from councilgraph.store import is_address


@dataclass(frozen=True, slots=True)
class Measured:
    """A measurement: its file as it stands, the version of the rules measured, and a page made of it."""

    data: bytes
    rules: str
    page: str


@dataclass(frozen=True, slots=True)
class Before:
    """The release before: its version, whether it has the words of the reports, the SHA-256 of its seal."""

    version: str
    sentences: bool
    sha256sums: str


def measured_accuracy(path: str) -> Measured:
    """The measurement in a file; without a path that which comes along.

    Raises:
        InputError: the file is missing or holds no measurement.
    """
    path = path or resources.path("docs", "accuracy.json")
    try:
        with open(path, "rb") as file:
            data = file.read()
        told = json.loads(data)
        return Measured(data, str(told["rules"]), markdown(told))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(
            f"The measurement of accuracy cannot be read: {error}.",
            where=path,
            cure="Make one with 'councilgraph bench accuracy --reports FOLDER --format json -o FILE'.",
        ) from None


def release_before(place: str) -> Before | None:
    """The release before; None for a store or a build, of which the same is not known.

    Raises:
        InputError: it is not there, or it is a release that is not as it was made.
    """
    if place and not is_address(place) and not os.path.exists(place):
        raise InputError(
            "There is no such release or build to compare with.", where=place, cure="Check --previous."
        )
    if not place or not os.path.isfile(os.path.join(place, SUMS)):
        return None
    if problems := check_release(place):
        raise InputError(
            f"The release before is not as it was made ({problems[0]}).",
            where=os.path.abspath(place),
            cure="Fetch it again; 'councilgraph release --check' lists all that is wrong with it.",
        )
    try:
        with open(os.path.join(place, MANIFEST), encoding="utf-8") as file:
            held = json.load(file)["release"]
            version, sentences = str(held["version"]), bool(held["sentences"])
        with open(os.path.join(place, SUMS), "rb") as sums:
            seal = hashlib.file_digest(sums, "sha256").hexdigest()
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise InputError(
            f"The release before has no manifest that can be read: {error}.",
            where=os.path.abspath(place),
            cure="Name the folder of a release that 'councilgraph release' wrote.",
        ) from None
    return Before(version, sentences, seal)
