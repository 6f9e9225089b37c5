"""All readers of the narrative put together behind one interface."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, Self

from councilgraph.extraction.arrangements import find_partnerships
from councilgraph.extraction.bodies import find_mentions
from councilgraph.extraction.figures import find_statistics, malformed_numbers
from councilgraph.extraction.labels import label_findings
from councilgraph.extraction.law import find_citations
from councilgraph.extraction.register import Register
from councilgraph.extraction.strategies import find_strategies
from councilgraph.extraction.vocabulary import Vocabulary, load_vocabulary
from councilgraph.model import Act, Council, Evidence, ReferenceTable, Report


class Extractor(Protocol):
    """Anything that reads a report into evidence; a model behind an address can be one.

    ``version`` stands in the graph with what it read; a build reads again when it changes.
    """

    version: str

    def read(self, report: Report, council: Council | None) -> Evidence:
        """The evidence of one report; ``council`` is None where its name is unknown."""
        ...


class RuleExtractor:
    """The extractor that comes along: vocabulary, registers, patterns and a small linear model.

    Its rules are versioned with the package, so ``version`` is empty.
    """

    version = ""

    def __init__(self, vocabulary: Vocabulary, register: Register, acts: tuple[Act, ...]) -> None:
        self.vocabulary = vocabulary
        self.register = register
        self.acts = acts

    @classmethod
    def of(cls, tables: Iterable[ReferenceTable], schemes: Path) -> Self:
        """The extractor for these registers and the schemes of this folder."""
        tables = list(tables)
        acts = tuple(act for table in tables for act in table.acts)
        return cls(load_vocabulary(schemes), Register.of(tables), acts)

    def read(self, report: Report, council: Council | None) -> Evidence:
        """As ``Extractor.read``."""
        findings = label_findings(report, self.vocabulary)
        mentions = find_mentions(report, council, self.register, self.vocabulary)
        citations = find_citations(report, self.acts)
        statistics = find_statistics(report, findings, self.vocabulary)
        return Evidence(
            report=report,
            council=council,
            findings=findings,
            mentions=mentions,
            partnerships=find_partnerships(report, council, mentions, citations, self.vocabulary),
            strategies=find_strategies(report, council, mentions, self.vocabulary),
            statistics=statistics,
            citations=citations,
            warnings=malformed_numbers(report, statistics),
        )
