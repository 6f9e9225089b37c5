"""From sentences to arrangements: cues, parties, and the sentences that go on telling one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from councilgraph.extraction.arrangements import details
from councilgraph.extraction.arrangements.cues import Cue
from councilgraph.extraction.arrangements.generic import generic_bodies
from councilgraph.extraction.arrangements.opened import (
    Open,
    head_of,
    members,
    names_group,
    outside,
    supplier_in,
)
from councilgraph.extraction.arrangements.parties import Bodies, Body, assessed, bodies_of, joined, told
from councilgraph.extraction.arrangements.signs import Signs
from councilgraph.extraction.arrangements.table import words_of
from councilgraph.extraction.dates import find_dates
from councilgraph.extraction.strategies.titles import find_titles
from councilgraph.extraction.vocabulary import Vocabulary, straight
from councilgraph.model import Citation, Council, Mention, Paragraph, Partnership, Party, Place, Report

_I = re.IGNORECASE
_EXAMPLE = re.compile(r"(?:for\s(?:example|instance)|such\sas)\b", _I)
_NAMED_BY_LAW = "section-75-agreement"  # says by itself which arrangement is meant
_SHARED_WORK = re.compile(
    r"\b(?:partner|joint|integrat|together|collaborat|shared|multi-?\s?agency|commission)", _I
)
# A "multi-agency approach" that the next sentence calls a team is one.
_APPROACH = re.compile(r"\bmulti-?\s?agency\s(?:approach|model|response|support)\b", _I)
_TEAM_NEXT = re.compile(r"\b(?:this|the)\s(?:[\w-]+\s)?team\b", _I)


def find_partnerships(
    report: Report,
    council: Council | None,
    mentions: Iterable[Mention],
    citations: Iterable[Citation],
    vocabulary: Vocabulary,
) -> tuple[Partnership, ...]:
    """The arrangements of a report in reading order, one entry for each paragraph that tells one."""
    by_place: dict[Place, list[Mention]] = {}
    for mention in mentions:
        by_place.setdefault(mention.place, []).append(mention)
    laws: dict[Place, list[Citation]] = {}
    for citation in citations:
        laws.setdefault(citation.place, []).append(citation)
    reader = _Reader(assessed(report, council), council, by_place, laws, Signs(vocabulary))
    return tuple(p for paragraph in report.paragraphs for p in reader.read(paragraph))


@dataclass(slots=True)
class _Read:
    """A sentence with straight quotes, its words and the bodies it names."""

    place: Place
    text: str
    words: Sequence[str]
    bodies: Bodies
    found: tuple[Body, ...] | None = None

    def generic(self, *, board: bool = False) -> tuple[Body, ...]:
        if self.found is None:
            self.found = generic_bodies(self.text, self.bodies)
        return self.found if board else outside(self.found)

    def told(self) -> tuple[Party, ...]:
        return told(self.text, self.bodies, self.generic())


_Pending = tuple[int, tuple[Party, ...]]  # number and parties of a sentence that an example follows


@dataclass(slots=True)
class _Reader:
    own: Party
    council: Council | None
    mentions: dict[Place, list[Mention]]
    laws: dict[Place, list[Citation]]
    signs: Signs

    def read(self, paragraph: Paragraph) -> list[Partnership]:
        """The arrangements of one paragraph."""
        opened: list[Open] = []
        pending: _Pending | None = None
        texts = [straight(s.text) for s in paragraph.sentences]
        words = [words_of(text) for text in texts]
        for i, sentence in enumerate(paragraph.sentences):
            place = Place(paragraph.section, paragraph.n, sentence.n)
            mentions = self.mentions.get(place, [])
            bodies = bodies_of(texts[i], sentence.start, mentions, self.council)
            read = _Read(place, texts[i], words[i], bodies)
            following = texts[i + 1] if i + 1 < len(texts) else ""
            spans = tuple((m.start - sentence.start, m.end - sentence.start) for m in mentions)
            cues = self._cues(read, spans, following)
            example = bool(_EXAMPLE.match(following)) and self.signs.tells(following, words[i + 1])
            named = any(cue.type == _NAMED_BY_LAW for cue in cues)
            if example and not named and (cues or _SHARED_WORK.search(read.text)):
                # The example tells what this sentence says in general: one arrangement, not two.
                pending = (sentence.n, read.told())
                continue
            if (
                not cues
                and opened
                and opened[-1].sentences[-1] == sentence.n - 1
                and opened[-1].tells_on(read.text)
            ):
                opened[-1].go_on(sentence.n, read.text, bodies, read.generic(board=True))
            for cue in cues:
                self._enter(opened, cue, read, pending)
            pending = None
        return [o.closed(self.own, paragraph) for o in opened]

    def _cues(self, read: _Read, spans: tuple[tuple[int, int], ...], following: str) -> list[Cue]:
        found = self.signs.candidates(read.text, read.words, find_titles(read.text, spans), read.bodies)
        if found:
            found = self.signs.holding(read.text, found, read.bodies, read.generic())
        if not found and (match := _APPROACH.search(read.text)) and _TEAM_NEXT.search(following):
            return [Cue("integrated-team", match.start(), match.end(), True)]
        return found

    def _enter(self, opened: list[Open], cue: Cue, read: _Read, pending: _Pending | None) -> None:
        text, n = read.text, read.place.sentence
        board = cue.type == "board"
        bodies, generic = read.bodies, read.generic(board=board)
        if cue.type in ("board", "network"):
            bodies = members(read.bodies, cue, text)
            generic = tuple(b for b in generic if not names_group(text, b.end))
        parties = told(text, bodies, generic)
        if not parties and cue.type == "commissioned-service":
            parties = supplier_in(text[cue.start : cue.end])
        parties = joined((*(pending[1] if pending else ()), *parties))
        for other in opened:
            if other.is_told_by(cue, parties, n, text):
                other.sentences.append(n)
                other.parties = joined((*other.parties, *parties))
                other.name = other.name or details.name_of(cue, text)
                other.covers = other.covers or details.covers(text, cue)
                return
        if not parties and board:
            # "Providers told us that the forum heard them": who speaks of a board sits on it.
            parties = joined(b.party for b in bodies.witnesses)
        if not parties and opened and opened[-1].sentences[-1] >= n - 1:
            # "Data was shared each week": with whom, the sentence before says.
            parties = opened[-1].parties
        opened.append(
            Open(
                cue.type,
                [pending[0], n] if pending else [n],
                parties,
                details.name_of(cue, text),
                details.covers(text, cue),
                details.since(text, find_dates(text)),
                cue.strong,
                head_of(text[cue.start : cue.end]),
                self._laws(read),
            )
        )

    def _laws(self, read: _Read) -> list[str]:
        """The laws that something is done under in the sentence; any other is no legal basis."""
        return [
            c.act + (f"/section/{c.section}" if c.section else "")
            for c in self.laws.get(read.place, [])
            if re.search(rf"\bunder\s(?:the\s)?{re.escape(straight(c.text))}", read.text, _I)
        ]
