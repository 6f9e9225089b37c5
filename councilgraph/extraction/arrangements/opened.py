"""An arrangement while its paragraph is read: what a later sentence adds to it, and how it ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from councilgraph.extraction.arrangements import details
from councilgraph.extraction.arrangements.cues import Cue
from councilgraph.extraction.arrangements.parties import (
    BARE,
    PEOPLE,
    Bodies,
    Body,
    joined,
    told,
    without_anybody,
)
from councilgraph.model import Paragraph, Partnership, Party

SECTION_75 = "ukpga/2006/41/section/75"
_GOES_ON = re.compile(
    r"(?:(?i:this|these|it|they|its|both\b|through\s(?:this|these)|as\sa\sresult|the\s(?:two|team|teams|service"
    r"|services|board|programme|project|agreement|partnership|hub|scheme|pilot|forum|panel|group|committee|contract"
    r"|arrangement|network|alliance|protocol|strategy|post|role|pathway|funding|fund)"
    r"|staff\s(?:in|from|at)\s(?:the|this)\s(?:team|hub|service|scheme)|staff\sthere)|(?:The\s)?[A-Z]{3,8})\b"
)
_NO_HEAD = frozenset(
    {"with", "and", "the", "for", "from", "between", "together", "alongside", "local", "own", "authority"}
)
_SUPPLIER = re.compile(
    r"\b(?:agency|company|organisation|charity|provider|contractor|consultancy)\b", re.IGNORECASE
)
_GROUP_NEXT = re.compile(
    r"\s(?:\w+\s)?(?:forums?|boards?|networks?|alliances?|panels?|committees?|groups?|meetings?)\b",
    re.IGNORECASE,
)
_GAP = 2  # sentences between which two tellings can be of one arrangement


@dataclass(slots=True)
class Open:
    """An arrangement and what has been read of it so far; ``head`` is the noun it is told by."""

    type: str
    sentences: list[int]
    parties: tuple[Party, ...]
    name: str | None
    covers: str | None
    since: int | None
    strong: bool
    head: str = ""
    laws: list[str] = field(default_factory=list)

    def tells_on(self, text: str) -> bool:
        """Whether a sentence that tells no arrangement of its own speaks of this one."""
        if goes_on(text):
            return True
        low = text.lower()
        return bool(self.head) and (f"the {self.head} " in low or f"this {self.head} " in low)

    def go_on(self, n: int, text: str, bodies: Bodies, generic: tuple[Body, ...]) -> None:
        """Take a sentence as evidence; it may tell who else is in it."""
        self.sentences.append(n)
        others = tuple(b for b in generic if not BARE.fullmatch(b.party.name))
        if self.type == "board":
            self.parties = joined((*self.parties, *told(text, bodies, others)))
        elif not self.parties[1:]:
            self.parties = joined((*self.parties, *told(text, bodies, outside(others))))

    def is_told_by(self, cue: Cue, parties: tuple[Party, ...], n: int, text: str) -> bool:
        """Whether a cue in sentence ``n`` tells this arrangement again."""
        if self.type != cue.type or n - self.sentences[-1] > _GAP:
            return False
        if (
            cue.type in ("joint-strategy", "board")
            and cue.name
            and self.name
            and details.level_name(cue.name) != details.level_name(self.name)
        ):
            return False
        if n == self.sentences[-1]:
            return True
        # One paragraph has one Better Care Fund, whatever each of its sentences says of it.
        if cue.type in ("pooled-budget", "section-75-agreement") and not (
            any(p.organisation for p in parties) and any(p.organisation for p in self.parties)
        ):
            return True
        mine, theirs = {p.name.lower() for p in parties}, {p.name.lower() for p in self.parties}
        return goes_on(text) or not mine or not theirs or bool(mine & theirs)

    def closed(self, own: Party, paragraph: Paragraph) -> Partnership:
        """The finished entry; ``own`` is the assessed council."""
        parties = without_anybody(self.parties)
        if self.type == "board" and len(parties) > 1:
            # Where its members are told, a board is no member of itself.
            parties = tuple(p for p in parties if p.name != self.name)
        parties = joined((own, *parties))
        if len(parties) == 1:
            parties = (*parties, Party("partners"))
        law = next(iter(self.laws), None) if self.strong else None
        if self.type == "section-75-agreement":
            law = SECTION_75
        return Partnership(
            self.type,
            details.key(self.type, parties, self.name, paragraph, self.sentences[0]),
            paragraph.section,
            paragraph.n,
            tuple(dict.fromkeys(sorted(self.sentences))),
            parties,
            self.name,
            law,
            self.since,
            self.covers,
        )


def goes_on(text: str) -> bool:
    """Whether a sentence begins as one that speaks of what was told before."""
    return bool(_GOES_ON.match(text))


def head_of(words: str) -> str:
    """The noun of a cue ("hub"): a later sentence speaks of it as "the hub"."""
    last = words.lower().rstrip(" ,.)").rsplit(" ", 1)[-1]
    return last if last.isalpha() and len(last) > 2 and last not in _NO_HEAD else ""


def outside(generic: tuple[Body, ...]) -> tuple[Body, ...]:
    """The bodies without the people who draw on care, who are party to boards only."""
    return tuple(b for b in generic if b.party.kind != PEOPLE)


def supplier_in(words: str) -> tuple[Party, ...]:
    """Whom a cue tells as the supplier without a word more ("asked an agency to ...")."""
    match = _SUPPLIER.search(words)
    return (Party(match[0]),) if match else ()


def names_group(text: str, end: int) -> bool:
    """Whether the word that ends there only says what sort of group it is ("provider forum")."""
    return bool(_GROUP_NEXT.match(text, end))


def members(bodies: Bodies, cue: Cue, text: str) -> Bodies:
    """Who sits on a board: "partnership boards" is what the arrangement is, not who is in it."""
    inside = [b for b in bodies.parties if cue.start < b.end and b.start < cue.end]
    others = tuple(b for b in bodies.parties if b not in inside)
    # A board that is named stands for its members where none of them is told.
    named = tuple(b for b in inside if b.named or b.party.organisation)
    if others and not re.match(r"\s?(?:such\sas|like)", text[cue.end : cue.end + 10]):
        return Bodies(others, bodies.witnesses)
    return Bodies(tuple(sorted((*named, *others), key=lambda b: b.start)), bodies.witnesses)
