"""Review files to plain objects: JSON Lines, one record a line.

A file is of one assessment and holds two forms of record. Either settles what a person said: one
of a whole sentence with all that stands in it, made by reading a report; one of a single thing
that the machine read, made in ``councilgraph review`` (``decisions``).

A record names its place (section, paragraph, sentence). That of a finding or a decision also
carries the digest of its sentence, by which it is found again when the report is at hand. What
the reviewer of a sentence was unsure of stands in ``close`` and ``alt``.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from councilgraph.errors import InputError
from councilgraph.model import Act, Decision, Doubt, Place, Reviewed
from loaders.reviews import decisions, records

FOLDER = Path("assessments") / "evidence"
MAKERS: Final[dict[str, Callable[[records.Record], Any]]] = {
    "finding": records.finding,
    "mention": records.mention,
    "partnership": records.partnership,
    "strategy": records.strategy,
    "statistic": records.statistic,
}
KINDS = (*MAKERS, "citation")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
# Council and month of publication: the key of the assessment.
_KEY = re.compile(r"[A-Z]{3}-\d{4}-(?:0[1-9]|1[0-2])")


def review_folder(data: Path) -> Path:
    """Where the review files of a data folder lie."""
    return data / FOLDER


def read_reviews(data: Path, acts: tuple[Act, ...], more: Iterable[Path] = ()) -> list[Reviewed]:
    """Every review file of the data folder, by assessment; none is no error.

    ``more`` are further folders of review files; their records come after those of the data
    folder where both are of one assessment.

    Raises:
        InputError: for a file that is not named by council and month of publication; with file
            and line, for a line that is no record, a record of an unknown
            kind or without a review, a missing field, a second finding of one sentence, and a
            record of a sentence that has no finding, and where two files settle one sentence.
    """
    found: dict[str, Reviewed] = {}
    folders = {folder.resolve(): folder for folder in (*more, review_folder(data))}
    for folder in reversed(folders.values()):
        for one in read_folder(folder, acts):
            found[one.key] = _together(found[one.key], one) if one.key in found else one
    return [found[key] for key in sorted(found)]


def read_folder(folder: Path, acts: tuple[Act, ...]) -> list[Reviewed]:
    """Every review file of one folder by itself; none is no error.

    Raises: as ``read_reviews``.
    """
    return [read_review_file(path, acts) for path in sorted(folder.glob("*.jsonl"))]


def read_review_file(path: Path, acts: tuple[Act, ...]) -> Reviewed:
    """One review file.

    Raises: as ``read_reviews``.
    """
    return _Reader(path, acts).read()


def _together(first: Reviewed, second: Reviewed) -> Reviewed:
    """Two files that are of one assessment, the second one's decisions last."""
    for place in second.digests.keys() & first.digests.keys():
        raise InputError(
            f"Two review files settle the sentence {place.section} {place.paragraph}.{place.sentence}.",
            where=f"{first.path} and {second.path}",
            cure="Keep its record in one of them, or write what differs as a decision.",
        )
    return replace(
        first,
        digests=first.digests | second.digests,
        findings=first.findings + second.findings,
        mentions=first.mentions + second.mentions,
        partnerships=first.partnerships + second.partnerships,
        strategies=first.strategies + second.strategies,
        statistics=first.statistics + second.statistics,
        citations=first.citations + second.citations,
        doubts=first.doubts | second.doubts,
        decisions=_in_time((*first.decisions, *second.decisions)),
        also=(*first.also, (second.path, second.sha256), *second.also),
    )


def _in_time(made: Iterable[Decision]) -> tuple[Decision, ...]:
    """By day; of one day in the order of the lines (two branches joined in Git leave them mixed)."""
    return tuple(sorted(made, key=lambda one: one.on))


class _Reader:
    """Reads one file; ``line`` is the one that an error is about."""

    def __init__(self, path: Path, acts: tuple[Act, ...]) -> None:
        self.path = path
        self.line = 0
        self.decisions: list[Decision] = []
        self.acts = {name.lower(): act for act in acts for name in (act.title, *act.other_titles)}
        self.makers = decisions.makers_of(self.acts)

    def read(self) -> Reviewed:
        """The reviews of one assessment."""
        if not _KEY.fullmatch(self.path.stem):
            raise InputError(
                "The review file is not named by council and month of publication.",
                where=str(self.path),
                cure="Name it like STS-2025-05.jsonl.",
            )
        data, lines = self._lines()
        digests: dict[Place, str] = {}
        doubts: dict[Any, Doubt] = {}
        found: dict[str, list[Any]] = {kind: [] for kind in KINDS}
        places: list[tuple[int, Place]] = []
        for self.line, text in enumerate(lines, start=1):
            if not text.strip():
                continue
            record = self._record(text)
            try:
                if record.get("kind") == decisions.KIND:
                    where = f"{self.path}:{self.line}"
                    self.decisions.append(decisions.decision(record, self.makers, where))
                    continue
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
            decisions=_in_time(self.decisions),
        )

    def _lines(self) -> tuple[bytes, list[str]]:
        try:
            data = self.path.read_bytes()
            return data, data.decode("utf-8").split("\n")
        except UnicodeDecodeError as error:
            self.line = data.count(b"\n", 0, error.start) + 1
            raise self._problem(
                "The line is no text in UTF-8.", "Take the file from Git again, or correct the line."
            ) from None
        except OSError as error:
            raise InputError(
                f"The review file cannot be read: {error}.", where=str(self.path), cure="Restore the file."
            ) from None

    def _make(self, record: records.Record) -> Any:
        if record["kind"] == "citation":
            return records.citation(record, self.acts)
        return MAKERS[record["kind"]](record)

    def _record(self, text: str) -> records.Record:
        try:
            record = json.loads(text)
        except (ValueError, RecursionError) as error:
            if text.startswith(_CONFLICT):
                raise self._problem(
                    "Two versions of the file were joined in Git and not yet made one.",
                    "Keep the records of both sides and take out the lines of marks.",
                ) from None
            raise self._problem(f"The line is no JSON: {error}.") from None
        if not isinstance(record, dict):
            raise self._problem("The line is no record.")
        if record.get("kind") != decisions.KIND and record.get("review") != "reviewed":
            raise self._problem("The record does not say that it was reviewed.")
        return record

    def _problem(self, what: str, cure: str = "Correct the line, or take it out.") -> InputError:
        return InputError(what, where=f"{self.path}:{self.line}", cure=cure)
