"""The data folder, read once: tables, scores, and what was reviewed.

A build, ``extract`` and the measure of accuracy stand on the same tables; read in each of
them anew, they would sooner or later be read in different ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from councilgraph import resources
from councilgraph.councils import CouncilIndex
from councilgraph.errors import InputError
from councilgraph.extraction.extractor import Extractor
from councilgraph.extraction.plugins import make_extractor
from councilgraph.extraction.register import Register
from councilgraph.extraction.vocabulary import load_vocabulary
from councilgraph.model import Act, AssessmentHeader, ReferenceTable, Reviewed
from councilgraph.reviews import check_decisions, resolved
from loaders import REFERENCE_LOADERS, read_pilots, read_reviews, read_scores

SCHEMES = Path(resources.path("ontology", "schemes"))


@dataclass(frozen=True)
class DataFolder:
    """What lies in ``path``; each part is read when it is first asked for, and then kept.

    ``decided`` are folders of review files of the user's own, beside that of the data folder.
    Reading raises InputError, with file and line, for a table that cannot be used.
    """

    path: Path
    decided: tuple[Path, ...] = ()

    @cached_property
    def tables(self) -> tuple[ReferenceTable, ...]:
        """The reference tables of all loaders."""
        return tuple(table for load in REFERENCE_LOADERS for table in load(self.path))

    @cached_property
    def councils(self) -> CouncilIndex:
        """The councils of the tables."""
        return CouncilIndex(council for table in self.tables for council in table.councils)

    @cached_property
    def acts(self) -> tuple[Act, ...]:
        """The Acts of the tables."""
        return tuple(act for table in self.tables for act in table.acts)

    @cached_property
    def scores(self) -> tuple[AssessmentHeader, ...]:
        """The formal assessments of the score table."""
        return tuple(row.header() for row in read_scores(self.path))

    @cached_property
    def pilots(self) -> tuple[AssessmentHeader, ...]:
        """The pilot assessments."""
        return tuple(read_pilots(self.path))

    @cached_property
    def reviews(self) -> dict[str, Reviewed]:
        """What was reviewed, by assessment; the bodies that it names are those of the tables."""
        for folder in self.decided:
            if not folder.is_dir():
                raise InputError(
                    "There is no such folder of review files.",
                    where=str(folder),
                    cure="Check --reviews and COUNCILGRAPH_REVIEWS; make it if nothing is reviewed yet.",
                )
        found = read_reviews(self.path, self.acts, self.decided)
        if not found:
            return {}
        for one in found:
            check_decisions(one)
        councils = {council.code: council for table in self.tables for council in table.councils}
        register, vocabulary = Register.of(self.tables), load_vocabulary(SCHEMES)
        return {
            one.key: resolved(one, councils[code], register, vocabulary)
            if (code := one.key.partition("-")[0]) in councils
            else one
            for one in found
        }

    def extractor(self, name: str = "") -> Extractor:
        """The extractor of that name (``extraction.plugins``) for these tables."""
        return make_extractor(name, self.tables, SCHEMES)
