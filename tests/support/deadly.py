"""An extractor that ends its process at one report, as a crash in another's library would."""

from __future__ import annotations

import os
from pathlib import Path

from councilgraph.extraction.extractor import RuleExtractor
from councilgraph.model import Council, Evidence, ReferenceTable, Report

WORDS = "the report that ends whoever reads it"
NAME = f"{__name__}:Deadly"


class Deadly:
    """Ours, but for that one report."""

    version = "1"

    def __init__(self, tables: tuple[ReferenceTable, ...], schemes: Path) -> None:
        self._ours = RuleExtractor.of(tables, schemes)

    def read(self, report: Report, council: Council) -> Evidence:
        if any(WORDS in paragraph.text for paragraph in report.paragraphs):
            os._exit(1)
        return self._ours.read(report, council)
