"""The demographic and financial figures of the 'About' part.

The financial block is worded alike in every report, the demographic one freely, so what
no pattern reads is a warning: a figure that was skipped in silence would look like a
council without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from councilgraph.model import Fact, LoadWarning, Place, Sentence
from loaders.cqc_report.fact_patterns import ACTUAL, DIFFERENCE, ORDINALS, PATTERNS, YEAR, Pattern
from loaders.cqc_report.page import Block, Page
from loaders.cqc_report.sentences import split_sentences

_GROUPS = re.compile(r"^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d+(?:\.\d+)?$")


class FactReader:
    """Reads the 'About' blocks of one page; ``warnings`` grows as it goes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.warnings: list[LoadWarning] = []
        self._lines: dict[Place, int] = {}

    def line_of(self, fact: Fact) -> int:
        """The line of the file in which a fact of this page stands."""
        return self._lines[fact.place]

    def read(self) -> tuple[Fact, ...]:
        """All facts of the page, in reading order."""
        facts: list[Fact] = []
        numbers: dict[str, int] = {}
        for block in self.page.blocks:
            if block.section.startswith("about-"):
                numbers[block.section] = numbers.get(block.section, 0) + 1
                facts.extend(self._block(block, numbers[block.section]))
        return tuple(facts)

    def _block(self, block: Block, paragraph: int) -> Iterator[Fact]:
        budget: str | None = None
        for sentence in split_sentences(block.text):
            place = Place(block.section, paragraph, sentence.n)
            self._lines[place] = block.line
            period = self._period(sentence.text) or self._period(block.text)
            found: list[Fact] = []
            for pattern in PATTERNS:
                match = pattern.regex.search(sentence.text) if pattern.section == block.section else None
                if match is None:
                    continue
                if pattern.measure.endswith("-estimated"):
                    budget = pattern.measure.removesuffix("-estimated")
                found.extend(self._facts(pattern, match, sentence, period, place, block.line))
            if budget and block.section == "about-financial":
                found.extend(self._spend(budget, sentence, period, place, block.line))
            if not found and any(c.isdigit() for c in sentence.text):
                self._warn("fact-not-read", f"No known figure in '{sentence.text[:80]}'.", block.line)
            yield from found

    def _facts(
        self,
        pattern: Pattern,
        match: re.Match[str],
        sentence: Sentence,
        period: str | None,
        place: Place,
        line: int,
    ) -> Iterator[Fact]:
        if pattern.measure == "precept-raised":
            for year in YEAR.findall(match["periods"]):
                yield Fact(pattern.measure, match["value"].lower(), None, _level(year), sentence, place)
            return
        if pattern.unit == "rank":
            rank = ORDINALS[match["value"].lower().split()[0]]
            yield Fact(pattern.measure, Decimal(rank), "rank", None, sentence, place)
            return
        # Only money and care have a financial year; a population has none.
        of_a_year = period if pattern.section == "about-financial" else None
        yield Fact(
            pattern.measure, self._number(match["value"], line), pattern.unit, of_a_year, sentence, place
        )

    def _spend(
        self, budget: str, sentence: Sentence, period: str | None, place: Place, line: int
    ) -> Iterator[Fact]:
        if match := ACTUAL.search(sentence.text):
            yield Fact(f"{budget}-actual", self._number(match["value"], line), "gbp", period, sentence, place)
        if match := DIFFERENCE.search(sentence.text):
            value = self._number(match["value"], line)
            if isinstance(value, Decimal) and match["sign"].lower() == "less":
                value = -value
            yield Fact(f"{budget}-difference", value, "gbp", period, sentence, place)

    def _number(self, printed: str, line: int) -> Decimal | str:
        printed = printed.rstrip(",.")
        if _GROUPS.match(printed):
            return Decimal(printed.replace(",", ""))
        # A group of two or four digits is a slip whose right value nobody can know.
        self._warn(
            "malformed-number", f"'{printed}' is kept as printed: its groups are not of three digits.", line
        )
        return printed

    def _period(self, text: str) -> str | None:
        match = YEAR.search(text)
        return _level(match[0]) if match else None

    def _warn(self, code: str, message: str, line: int) -> None:
        self.warnings.append(LoadWarning(code, message, self.page.place(line)))


def _level(year: str) -> str:
    """ "2022/2023", "2022-23" and "2022/23" are one financial year: "2022/23"."""
    first, last = re.split(r"\s?[-/–]\s?", year)
    return f"{first}/{last[-2:]}"
