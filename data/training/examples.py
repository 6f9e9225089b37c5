"""Annotated sentences to learn from and to measure with, put into paragraphs.

Two kinds: ``sentences*.jsonl`` beside this file are our own writing about invented councils;
findings of published reports come from the stand-off records of the data folder, whose text
is found again by digest in a folder of reports. Only their development pages are learned from.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from councilgraph.model import Paragraph, Sentence  # noqa: E402
from councilgraph.textdigest import digest  # noqa: E402

_WORD = re.compile(r"[a-z]{3,}")


class Example(NamedTuple):
    """One annotated sentence; ``close`` names the labels that the annotator was unsure of."""

    section: str
    text: str
    polarity: str
    voices: tuple[str, ...]
    themes: tuple[str, ...]
    close: frozenset[str] = frozenset()


class Passage(NamedTuple):
    """A paragraph of examples, and the page that it comes from."""

    page: str
    examples: tuple[Example, ...]
    own: bool

    def paragraph(self) -> Paragraph:
        """As the readers of a report want it: the text joined with spaces, with offsets."""
        sentences, at = [], 0
        for n, e in enumerate(self.examples, 1):
            sentences.append(Sentence(n, e.text, at, at + len(e.text), digest(e.text)))
            at += len(e.text) + 1
        text = " ".join(e.text for e in self.examples)
        return Paragraph(self.examples[0].section, 1, text, tuple(sentences), self.page, 1)


def _example(row: dict[str, Any]) -> Example:
    close = ("voice" if c == "voices" else c for c in row.get("close") or ())
    return Example(
        row["section"],
        row["text"],
        row["polarity"],
        tuple(row["voices"]),
        tuple(row["themes"]),
        frozenset(close),
    )


def own_passages(path: Path) -> Iterator[Passage]:
    """Our own sentences; ``follows`` means that a line goes on from the line above."""
    run: list[Example] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if run and not (row["follows"] and row["section"] == run[0].section):
            yield Passage(path.stem, tuple(run), True)
            run = []
        run.append(_example(row))
    if run:
        yield Passage(path.stem, tuple(run), True)


def real_passages(page: str, rows: Iterable[dict[str, Any]]) -> Iterator[Passage]:
    """Findings in reading order, paragraph by paragraph."""
    run: list[Example] = []
    place: tuple[str, int] | None = None
    for row in rows:
        if run and (row["section"], row["paragraph"]) != place:
            yield Passage(page, tuple(run), False)
            run = []
        place = (row["section"], row["paragraph"])
        run.append(_example(row))
    if run:
        yield Passage(page, tuple(run), False)


def finding_rows(path: Path, reports: Path) -> Iterator[dict[str, Any]]:
    """Stand-off findings of development pages, with the text that their digest finds in the reports."""
    from councilgraph.accuracy.split import DEVELOPMENT, read_split
    from loaders import read_one

    split = read_split(ROOT / "data")
    text: dict[str, str] = {}
    for file in sorted(reports.glob("*.txt")):
        try:
            report = read_one([file])
        except Exception as error:  # a stray file must not stop a training run
            print(f"left out {file.name}: {error}", file=sys.stderr)
            continue
        text |= {s.digest: s.text for p in report.paragraphs for s in p.sentences}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        learned = row["kind"] == "finding" and split.holds(DEVELOPMENT, path.stem, row["section"])
        if learned and row["digest"] in text:
            yield {**row, "text": text[row["digest"]]}


def content(text: str) -> frozenset[str]:
    """The longer words of a sentence, by which an echo of it is known."""
    return frozenset(_WORD.findall(text.lower()))


def without_echoes(
    passages: Iterable[Passage], tested: Iterable[Passage], most: float = 0.45
) -> list[Passage]:
    """Passages none of whose sentences shares more than ``most`` of its words with a tested one.

    Our own sentences were written with the annotated pages in mind; a page measured after
    learning from its own echo would flatter.
    """
    seen = [content(e.text) for p in tested for e in p.examples]
    kept = []
    for passage in passages:
        mine = [content(e.text) for e in passage.examples]
        if not any(len(a & b) > most * max(1, len(a | b)) for a in mine for b in seen):
            kept.append(passage)
    return kept
