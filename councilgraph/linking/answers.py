"""Answers of other people's endpoints, kept on disk with their date and digest.

An answer is a CSV file, so that ``councilgraph refresh`` reads it like any publisher's file
and a person can look at it; a small JSON file beside it says where and when it was had.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from councilgraph.errors import InputError
from councilgraph.outfile import whole_file


@dataclass(frozen=True, slots=True)
class Answer:
    """A kept answer: ``asked`` is the SHA-256 of address and query, ``sha256`` that of the file."""

    address: str
    asked: str
    on: date
    rows: int
    sha256: str
    path: Path


def fingerprint(address: str, sparql: str) -> str:
    """What makes two questions the same question."""
    return hashlib.sha256(f"{address}\n{sparql}".encode()).hexdigest()


class AnswerFolder:
    """Answers below one folder, each under the name of its query."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def kept(self, name: str, asked: str, since: date) -> Answer | None:
        """The answer to that question, if there is one that was had on or after ``since``.

        A file that was changed or cut off since is no answer.
        """
        path = self._path(name)
        try:
            told = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
            found = Answer(**{**told, "on": date.fromisoformat(told["on"]), "path": path})
            with path.open("rb") as file:
                whole = hashlib.file_digest(file, "sha256").hexdigest() == found.sha256
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None
        return found if whole and found.asked == asked and found.on >= since else None

    def keep(
        self,
        name: str,
        address: str,
        asked: str,
        on: date,
        header: Sequence[str],
        rows: Iterable[Sequence[str]],
    ) -> Answer:
        """Write an answer; the one before it stands until the new one is whole.

        Raises:
            InputError: the folder cannot be written, or what ``rows`` raises.
        """
        path = self._path(name)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(
                f"The folder of answers cannot be made: {error.strerror}.",
                where=str(self.folder),
                cure="Name another with COUNCILGRAPH_CACHE.",
            ) from error
        count = 0
        with whole_file(str(path)) as out:
            text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
            writer = csv.writer(text, lineterminator="\n")
            writer.writerow(header)
            for row in rows:
                writer.writerow(row)
                count += 1
            text.flush()
            text.detach()
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        answer = Answer(address, asked, on, count, sha256, path)
        told = {k: str(v) if k == "on" else v for k, v in asdict(answer).items() if k != "path"}
        with whole_file(str(path.with_suffix(".json"))) as out:
            out.write(json.dumps(told, indent=1).encode() + b"\n")
        return answer

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.csv"
