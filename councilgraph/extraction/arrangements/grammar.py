"""The pieces that the patterns of arrangements are built of, and the rows that hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass

FLAGS = re.IGNORECASE

# "Joint visits with the safeguarding team" is no joint team: between the word that says it is
# shared and the thing that is shared stand no prepositions, verbs or articles.
STOP = (
    r"(?:of|in|at|to|with|within|from|for|by|on|through|across|between|was|were|is|are|had|has"
    r"|have|be|been|that|which|who|where|when|while|the|a|an|their|its|our|this|these|as|but|or|so|if|than"
    r"|working|work|worked|also|not|could|would|should|can|may|need|needs|us|them|they|it|we)"
)
MID = rf"(?:(?!{STOP}\s)\(?[\w&'’/-]{{1,30}}\)?,?\s)"
"""One word between a modifier and its head, with the space behind it."""
WORD = r"(?:\(?[\w&'/-]{1,30}\)?\s)"
"""Any one word, with the space behind it."""

BODY = (
    r"(?:organisations?|providers?|charit(?:y|ies)|partners?|trusts?|compan(?:y|ies)|contractors?"
    r"|agenc(?:y|ies)|voluntary|vcfse|vcse|vcs|enterprises?|consultanc(?:y|ies)|associations?"
    r"|healthwatch|hospices?|nhs|authorit(?:y|ies)|councils?|federations?|firms?|suppliers?"
    r"|groups?|colleges?|universit(?:y|ies)|interests?)"
)
"""The last word of a kind of body."""
SERVICE = (
    r"(?:services?|support|advoca\w+|care|homecare|beds?|schemes?|offer|hubs?|training"
    r"|programmes?|helplines?|equipment|reablement|respite|contracts?|accommodation|surveys?"
    r"|reviews?|projects?|pilots?|adaptations|telecare|assessments?|places|breaks)"
)
"""The last word of what is run for the council."""
RUN = (
    r"(?:provided|delivered|run|operated|managed|undertaken|carried\sout|hosted|completed|supplied"
    r"|administered|led|overseen|kept\sup\sto\sdate|maintained|facilitated|co-?ordinated|answered"
    r"|conducted|offered|fulfilled|performed|staffed|held)"
)
RUNS = (
    r"(?:provid|deliver|run|ran\b|operat|carr(?:y|ied|ies)\s|offer|manag|conduct|undert"
    r"|complet|host|suppl)"
)


KNOWN = r"(?:information|data|intelligence|records?|insights?|knowledge)"
"""What is shared by those who share information."""


@dataclass(frozen=True, slots=True)
class Row:
    """A pattern of a type, tried only at words that begin as one of ``starts``.

    ``needs`` are beginnings of words, one of which stands in the text too. Looking at the words
    of a text is far cheaper than running every pattern over it; without ``starts`` the whole
    text is searched once the needs are met.
    ``strong`` tells an arrangement by itself; any other pattern does so only with a partner.
    ``close`` says that the partner stands right behind the pattern ("worked with ...").
    """

    type: str
    strong: bool
    starts: tuple[str, ...]
    needs: tuple[str, ...]
    pattern: str
    close: bool = False
