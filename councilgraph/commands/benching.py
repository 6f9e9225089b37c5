"""Agreement out of review files, as ``bench reviews`` prints it."""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from councilgraph.accuracy.agreement import agreement, collect
from councilgraph.accuracy.agreement.page import as_csv, markdown, table
from councilgraph.datafolder import DataFolder
from councilgraph.errors import InputError
from councilgraph.model import Reviewed
from councilgraph.resources import data_folder
from loaders import review_folder
from loaders.reviews import read_folder

_DATA = "data"


def reviews(options: argparse.Namespace) -> str:
    """The comparison in the form that was asked for.

    Raises:
        InputError: there is no such folder, a review file is damaged, or there is no such council.
    """
    data = DataFolder(Path(options.data or data_folder()))
    code = data.councils.require(options.council, "--council").code if options.council else ""
    things = collect(_sources(data, options.reviews or _by_default(), code))
    result = agreement(things, options.by or "confidence")
    forms = {"table": table, "markdown": markdown, "csv": as_csv}
    if options.format in forms:
        return forms[options.format](result)
    return json.dumps(result, indent=1, ensure_ascii=False) + "\n"


def _by_default() -> list[str]:
    given = os.environ.get("COUNCILGRAPH_REVIEWS")
    return [given] if given else []


def _sources(data: DataFolder, given: Sequence[str], code: str) -> Iterator[tuple[str, Sequence[Reviewed]]]:
    """The folder of the data folder and those of the user, each with its name where roles are not enough."""
    own = review_folder(data.path)
    folders = {own.resolve(): (_DATA, own)}
    names = [Path(folder).name for folder in given]
    for folder in map(Path, given):
        if not folder.is_dir():
            raise InputError(
                "There is no such folder of review files.",
                where=str(folder),
                cure="Check --reviews and COUNCILGRAPH_REVIEWS; make it if nothing is reviewed yet.",
            )
        name = folder.name if names.count(folder.name) == 1 and folder.name else str(folder)
        folders.setdefault(folder.resolve(), (name, folder))
    apart = len(given) > 1
    for name, folder in folders.values():
        found = read_folder(folder, data.acts)
        yield (
            name if apart else "",
            [one for one in found if not code or one.key.partition("-")[0] == code],
        )
