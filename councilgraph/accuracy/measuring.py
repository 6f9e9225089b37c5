"""Reports read by the machine alone, against everything that was annotated of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from councilgraph.accuracy.comparing import compare
from councilgraph.accuracy.reviewed import only, reviewed_object, sections_in
from councilgraph.accuracy.split import read_split
from councilgraph.accuracy.tally import Tally
from councilgraph.datafolder import DataFolder
from councilgraph.errors import CouncilgraphError, InputError
from councilgraph.evidence_json import evidence_object
from councilgraph.model import Council, Report
from councilgraph.reviews import find_again, reviews_of


@dataclass(frozen=True, slots=True)
class Page:
    """What was measured on: ``sentences`` annotated ones in ``sections`` of one file."""

    source: str
    authority: str
    part: str
    sections: tuple[str, ...]
    sentences: int
    annotation: str


@dataclass(slots=True)
class Measurement:
    """What was counted in each part, on which pages, and what could not be measured.

    ``version`` is that of the extractor, empty for the one that comes along.
    """

    parts: dict[str, Tally] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    version: str = ""


def measure(reports: Iterable[Path], golds: Iterable[Path], data: Path, extractor: str = "") -> Measurement:
    """Measure on the review files of ``data`` and on gold files (evidence JSON, by ``source``).

    ``reports`` and ``golds`` are files and folders, ``extractor`` the name of another extractor
    than the one that comes along (``extraction.plugins``). Each report file is read on its own, as
    ``extract FILE --no-reviews`` reads it; where a gold file covers a section, the reviews of
    that section are not used too.

    Raises:
        UsageError: there is no such extractor.
        InputError: a path that does not exist, a gold or review file that cannot be read, and
            where no annotated report is at hand.
    """
    return _Measuring(data, extractor).of(reports, golds)


class _Measuring:
    """All that stays the same from file to file."""

    def __init__(self, data: Path, extractor: str) -> None:
        folder = DataFolder(data)
        self.councils = folder.councils
        self.extractor = folder.extractor(extractor)
        self.reviews = folder.reviews.values()
        self.headers = {header.key: header for header in (*folder.scores, *folder.pilots)}
        self.split = read_split(data)
        self.result = Measurement(version=self.extractor.version)

    def of(self, reports: Iterable[Path], golds: Iterable[Path]) -> Measurement:
        """As ``measure``."""
        from loaders import find_files, read_one

        waiting = _read_golds(golds)
        for file in find_files(reports):
            own = waiting.pop(file.name, [])
            try:
                self._file(file, read_one([file]), own)
            except CouncilgraphError as error:
                self.result.problems.append(f"{file.name}: not measured: {error.what}")
        for source, files in waiting.items():
            names = ", ".join(path.name for path, _ in files)
            self.result.problems.append(f"{names}: not measured: no report file '{source}' is at hand.")
        if not self.result.pages:
            raise InputError(
                "None of these reports is annotated.",
                where=", ".join(map(str, reports)),
                cure="Give reports that data/assessments/evidence/ has reviews of, or --gold FILES.",
            )
        return self.result

    def _file(self, file: Path, report: Report, golds: Sequence[tuple[Path, dict[str, Any]]]) -> None:
        council = self.councils.find(report.authority)
        # as it is printed: what JSON makes of a value is what others compare
        given = json.loads(json.dumps(evidence_object(self.extractor.read(report, council))))
        reviewed = council and reviews_of(self.reviews, council.code, report.published, report)
        key = reviewed.key if reviewed else _key(council, report)
        text = file.read_text(encoding="utf-8", errors="replace") if golds else None
        covered: set[str] = set()
        for path, gold in golds:
            covered.update(sections_in(gold))
            self._parts(given, gold, key, report, path.name, text=text)
        if reviewed:
            rest = only(reviewed_object(reviewed, report), lambda section: section not in covered)
            self._parts(given, rest, key, report, reviewed.path.name)
            if gone := len(find_again(reviewed, report).warnings):
                self.result.problems.append(
                    f"{file.name}: {gone} reviewed sentences have changed and were left out."
                )

    def _parts(
        self,
        given: dict[str, Any],
        gold: dict[str, Any],
        key: str,
        report: Report,
        annotation: str,
        *,
        text: str | None = None,
    ) -> None:
        """Compare one annotation, the sections of each part by themselves.

        A gold file (its source ``text`` is given) is of a whole page, header and all, and all
        that the machine found there is counted; reviews are of the sections that they name.
        """
        parts: dict[str, list[str]] = {}
        for section in sections_in(gold):
            parts.setdefault(self.split.part(key, section), []).append(section)
        for part, sections in parts.items():
            expected, told = gold, given
            if text is None:
                expected = {**only(gold, sections.__contains__), **self._header(key, sections)}
                told = only(given, sections.__contains__)
            elif len(parts) > 1:
                here = partial(self.split.holds, part, key)
                expected, told = only(gold, here), only(given, here)
            self.result.parts.setdefault(part, Tally()).add(compare(expected, told, text))
            self.result.pages.append(
                Page(
                    ", ".join(document.name for document in report.documents),
                    report.authority,
                    part,
                    tuple(sections),
                    sum(len(paragraph["sentences"]) for paragraph in expected["paragraphs"]),
                    annotation,
                )
            )

    def _header(self, key: str, sections: Iterable[str]) -> dict[str, Any]:
        """What the tables know of the header: the council, and the scores of these statements."""
        council = self.councils.get(key.partition("-")[0])
        known = self.headers[key].scores if key in self.headers else {}
        scores = {section: known[section] for section in sections if section in known}
        return {"authority": {"name": council.name}, "assessment": {"scores": scores}}


def _key(council: Council | None, report: Report) -> str:
    month = f"{report.published:%Y-%m}" if report.published else ""
    return f"{council.code if council else report.authority}-{month}"


def _read_golds(paths: Iterable[Path]) -> dict[str, list[tuple[Path, dict[str, Any]]]]:
    """Gold annotations by the name of the report file that they are of."""
    found: dict[str, list[tuple[Path, dict[str, Any]]]] = {}
    for path in paths:
        for file in sorted(path.glob("*.json")) if path.is_dir() else [path]:
            try:
                gold = json.loads(file.read_text(encoding="utf-8"))
                source = Path(gold["source"]).name
                sections_in(gold)
            except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
                raise InputError(
                    f"The file is no gold annotation: {type(error).__name__}: {error}.",
                    where=str(file),
                    cure="Give evidence JSON with its 'source' and 'paragraphs'.",
                ) from None
            found.setdefault(source, []).append((file, gold))
    return found
