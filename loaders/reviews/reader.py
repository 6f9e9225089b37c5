"""Review files to plain objects: JSON Lines, one record a line.

A record names its place (section, paragraph, sentence) and what a person settled there.
The record of a finding also carries the digest of its sentence, by which it is found again
when the report is at hand. What its reviewer was unsure of stands in ``close`` and ``alt``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from councilgraph.errors import InputError
from councilgraph.model import Act, Doubt, Place, Reviewed
from loaders.reviews import records

FOLDER = Path("assessments") / "evidence"
MAKERS: Final[dict[str, Callable[[records.Record], Any]]] = {
    "finding": records.finding,
    "mention": records.mention,
    "partnership": records.partnership,
    "strategy": records.strategy,
    "statistic": records.statistic,
}
KINDS = (*MAKERS, "citation")
# Council and month of publication: the key of the assessment.
_KEY = re.compile(r"[A-Z]{3}-\d{4}-(?:0[1-9]|1[0-2])")


def read_reviews(data: Path, acts: tuple[Act, ...]) -> list[Reviewed]:
    """Every review file of the data folder, by assessment; none is no error.

    Raises:
        InputError: for a file that is not named by council and month of publication; with file
            and line, for a line that is no record, a record of an unknown
            kind or without a review, a missing field, a second finding of one sentence, and a
            record of a sentence that has no finding.
    """
    folder = data / FOLDER
    return [_Reader(path, acts).read() for path in sorted(folder.glob("*.jsonl"))]


class _Reader:
    """Reads one file; ``line`` is the one that an error is about."""

    def __init__(self, path: Path, acts: tuple[Act, ...]) -> None:
        self.path = path
        self.line = 0
        self.acts = {name.lower(): act for act in acts for name in (act.title, *act.other_titles)}

    def read(self) -> Reviewed:
        """The reviews of one assessment."""
        if not _KEY.fullmatch(self.path.stem):
            raise InputError(
                "The review file is not named by council and month of publication.",
                where=str(self.path),
                cure="Name it like STS-2025-05.jsonl.",
            )
        try:
            data = self.path.read_bytes()
            lines = data.decode("utf-8").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(
                f"The review file cannot be read: {error}.", where=str(self.path), cure="Restore the file."
            ) from None
        digests: dict[Place, str] = {}
        doubts: dict[Any, Doubt] = {}
        found: dict[str, list[Any]] = {kind: [] for kind in KINDS}
        places: list[tuple[int, Place]] = []
        for self.line, text in enumerate(lines, start=1):
            if not text.strip():
                continue
            record = self._record(text)
            try:
                one = self._make(record)
                doubt = records.doubt_of(record)
                if record["kind"] == "finding":
                    if one.place in digests:
                        raise self._problem("The sentence has two findings.")
                    digests[one.place] = str(record["digest"])
                else:
                    places += ((self.line, place) for place in records.places_of(record))
                found[record["kind"]].append(one)
                if doubt and one is not None:
                    doubts[one] = doubt
            except (AttributeError, KeyError, TypeError, ValueError, ArithmeticError) as error:
                raise self._problem(f"The record lacks or misuses {error}.") from None
        for self.line, place in places:
            if place not in digests:
                raise self._problem("The record is of a sentence that has no finding.")
        return Reviewed(
            key=self.path.stem,
            path=self.path,
            sha256=hashlib.sha256(data).hexdigest(),
            digests=digests,
            findings=tuple(found["finding"]),
            mentions=tuple(found["mention"]),
            partnerships=tuple(found["partnership"]),
            strategies=tuple(found["strategy"]),
            statistics=tuple(found["statistic"]),
            citations=tuple(one for one in found["citation"] if one is not None),
            doubts=doubts,
        )

    def _make(self, record: records.Record) -> Any:
        if record["kind"] == "citation":
            return records.citation(record, self.acts)
        return MAKERS[record["kind"]](record)

    def _record(self, text: str) -> records.Record:
        try:
            record = json.loads(text)
        except ValueError as error:
            raise self._problem(f"The line is no JSON: {error}.") from None
        if not isinstance(record, dict):
            raise self._problem("The line is no record.")
        if record.get("review") != "reviewed":
            raise self._problem("The record does not say that it was reviewed.")
        return record

    def _problem(self, what: str) -> InputError:
        return InputError(what, where=f"{self.path}:{self.line}", cure="Correct the line, or take it out.")
