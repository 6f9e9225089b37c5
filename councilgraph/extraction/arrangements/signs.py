"""Which cues of a sentence hold: with their partners, not denied, at most one of a type."""

from __future__ import annotations

import re
from collections.abc import Sequence

from councilgraph.extraction.arrangements.cues import Cue, denied, labelled, patterned
from councilgraph.extraction.arrangements.named import SUPPLIERS, named_cues
from councilgraph.extraction.arrangements.parties import BARE, PEOPLE, Bodies, Body
from councilgraph.extraction.strategies.titles import Title
from councilgraph.extraction.vocabulary import Vocabulary

_I = re.IGNORECASE
# A service that says what it is, where nobody is named who runs it.
_SERVICE = re.compile(
    r"\b(?:advoca\w+|carers?'?|reablement|homecare|equipment|helpline|hub|wellbeing|respite|advice"
    r"|befriending|day|sensory|autism|dementia|prevention|housing|telecare|beds|breaks"
    r"|agency|company|organisation|charity|provider)\b",
    _I,
)
_WITH = re.compile(
    r"\b(?:partnership|work(?:ed|ing|s)?|developed|agreed|together|collaborat\w+"
    r"|closely)\swith\s(?:the\s)?(?:\w+\s){0,3}$",
    _I,
)
# A board that hears of something, or whose paper or officer is spoken of, is not the arrangement told.
_HEARS = re.compile(
    r"\b(?:(?:report|present|escalat|refer|submit|shar|feed|fed|link|accountab|return)\w*\s(?:[\w-]+\s){0,4}?(?:to|with|into)"
    r"|chair\sof|manager\sof|members?\sof\sthe\spublic\son)\s(?:the\s|its\s|their\s)?(?:\w+\s)?$",
    _I,
)
_PAPER = re.compile(
    r"^(?:\s\([A-Z]{2,8}\))?(?:'s?)?\s(?:annual|business|report|polic|procedure|website|chair\b|manager|priorit|training"
    r"|guidance|told|said|felt|described|website|newsletter)",
    _I,
)
_BY = re.compile(r"\bby\s(?:the\s)?(?:\w+\s)?$", _I)
_PROJECT = re.compile(r"\b(?:programme|project|pilot|initiative|scheme)\b", _I)
_PURPOSE = re.compile(
    r"\b(?:to|on|in|regarding|through|around|for|so\sthat|about|where|which|ensured|facilitated"
    r"|supported|enabled|across|under|who|had|led|offered|brought)\b",
    _I,
)
_COUNCIL_NEXT = re.compile(r"\s(?:the\s)?(?:local\sauthority|council)\b", _I)
_ORDER = (
    "board",
    "joint-strategy",
    "information-sharing",
    "network",
    "integrated-team",
    "commissioned-service",
    "joint-programme",
)
# Of these in one sentence the first is the arrangement, the others tell more of it.
_HEADS: dict[str, frozenset[str]] = {
    "section-75-agreement": frozenset({"pooled-budget", "commissioned-service", "joint-programme"}),
    "integrated-team": frozenset({"joint-programme", "information-sharing"}),
    "joint-post": frozenset({"joint-programme", "pooled-budget"}),
    "pooled-budget": frozenset({"joint-programme"}),
    "board": frozenset({"joint-programme", "information-sharing"}),
}
# "A jointly funded director" is a post, "a jointly funded team" a team: the money for it is no pool.
_FUNDED_HEAD = re.compile(
    r"\s(?:[\w'&-]{1,20}\s){0,4}?(?:(?P<post>posts?|roles?|director|manager|head\sof|lead|officers?|workers?|coordinator)"
    r"|(?P<team>teams?|hub)|(?P<programme>programmes?|projects?|training|pilot))\b",
    _I,
)
# "The service was delivered in partnership with ...": what is done stands before.
_DONE = re.compile(
    r"(?:pilots?|project|trial|joint|services?|research|study|academy|course|agreement|run|ran|delivered|provided|developed|led|launched|set|designed|created|commissioned|agreed"
    r"|established|held)\b",
    _I,
)
# Praise of how people get on tells no arrangement.
_PRAISE = re.compile(
    r"\b(?:spoke\s(?:positively|highly|well)|(?:good|strong|positive|effective|close|excellent|constructive|productive)"
    r"\s(?:working\s|partnership\s|and\s\w+\s){0,2}relationships?|relationships?\swith)\b",
    _I,
)
_REACH = 70  # characters in which a partner stands behind "worked with"
_STEM = 4  # letters that a plural shares with its singular
_AT_MOST = 3  # arrangements that one sentence tells


class Signs:
    """Finds the cues of a sentence: by the table, and by the labels of ``partnership-type``."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._labels = vocabulary.finder("partnership-type")
        self._beginnings = _beginnings(vocabulary)

    def bare(self, text: str, words: Sequence[str], *, weak: bool) -> list[Cue]:
        """The cues that words alone give, whoever is named; weak ones on demand."""
        found = patterned(text, words, weak=weak)
        if self._may_hold_label(words):
            cues = (labelled(hit.slug, text, hit.start, hit.end) for hit in self._labels.find(text))
            found += [cue for cue in cues if cue]
        return found

    def _may_hold_label(self, words: Sequence[str]) -> bool:
        """Whether two words follow each other that begin a label: far cheaper than to look for one."""
        for i, word in enumerate(words):
            head, _, rest = word.partition("-")
            if seconds := self._beginnings.get(head):
                after = rest or (words[i + 1] if i + 1 < len(words) else "")
                if "" in seconds or after.partition("-")[0][:_STEM] in seconds:
                    return True
        return False

    def tells(self, text: str, words: Sequence[str]) -> bool:
        """Whether a sentence tells an arrangement by its words alone."""
        return any(c.strong and not denied(text, c) for c in self.bare(text, words, weak=False))

    def candidates(
        self, text: str, words: Sequence[str], titles: tuple[Title, ...], bodies: Bodies
    ) -> list[Cue]:
        """The cues of a sentence in order, before it is asked who the partners are."""
        found = self.bare(text, words, weak=True)
        found += named_cues(text, titles, bodies)
        return sorted(found, key=lambda c: (c.start, -c.end, c.name is None))

    def holding(self, text: str, found: list[Cue], bodies: Bodies, generic: tuple[Body, ...]) -> list[Cue]:
        """Those of the candidates that hold, at most one of a type; strong ones, or else one weak."""
        real = tuple(b for b in generic if b.party.kind != PEOPLE and not BARE.fullmatch(b.party.name))
        partners = (*bodies.parties, *real)
        strong: dict[str, Cue] = {}
        weak: dict[str, Cue] = {}
        for candidate in found:
            cue = _headed(candidate, text)
            if not cue.strong and not (partners or (generic and cue.type == "board")):
                continue
            if cue.type == "commissioned-service" and not (
                partners or generic or _SERVICE.search(text[cue.start : cue.end])
            ):
                continue
            if denied(text, cue) or (cue.type == "board" and _aside(cue, text, told=bool(strong))):
                continue
            if cue.strong:
                key = cue.type if cue.type != "joint-strategy" else f"{cue.type}/{cue.name}"
                if key in strong and strong[key].name is None and cue.name:
                    strong[key] = cue
                strong.setdefault(key, cue)
            elif _partnered(cue, text, partners):
                if cue.type == "integrated-team":
                    strong.setdefault(cue.type, cue)
                weak.setdefault(cue.type, cue)
        if any(c.name for k, c in strong.items() if k.startswith("joint-strategy/")):
            strong.pop("joint-strategy/None", None)
        if strong:
            kept = _without_details(list(strong.values()))
            return sorted(kept, key=lambda c: c.start)[:_AT_MOST]
        return [_retyped(weak[kind], text, bodies) for kind in _ORDER if kind in weak][:1]


def _beginnings(vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """The first words of labels, each with the stems of second words, "" where it is alone."""
    found: dict[str, set[str]] = {}
    for concept in vocabulary.concepts["partnership-type"].values():
        for label in (text for labels in concept.labels.values() for text in labels):
            first, *rest = re.findall(r"[a-z0-9]+", label.lower())
            for form in (first, f"{first}s"):
                found.setdefault(form, set()).add(rest[0][:_STEM] if rest else "")
    return {first: frozenset(seconds) for first, seconds in found.items()}


def _without_details(cues: list[Cue]) -> list[Cue]:
    cues = [c for c in cues if not any(_covers(o, c) for o in cues)]
    types = {c.type for c in cues}
    drop = frozenset().union(*(_HEADS[t] for t in types if t in _HEADS))
    kept = [c for c in cues if c.type not in drop]
    # A team in one place is one arrangement, told by what comes first.
    if {"integrated-team", "co-location"} <= types:
        first = min((c for c in kept if c.type in ("integrated-team", "co-location")), key=lambda c: c.start)
        kept = [c for c in kept if c.type not in ("integrated-team", "co-location") or c is first]
    return kept


def _covers(other: Cue, cue: Cue) -> bool:
    """Whether one thing is told by both cues, and the other tells it first or in more words."""
    if other is cue or other.type == cue.type or other.end <= cue.start or cue.end <= other.start:
        return False
    if {other.type, cue.type} == {"pooled-budget", "joint-strategy"}:
        return other.type == "pooled-budget"  # the plan of the Better Care Fund is about the fund
    return (other.start, -other.end, other.type) < (cue.start, -cue.end, cue.type)


def _headed(cue: Cue, text: str) -> Cue:
    if cue.type != "pooled-budget" or not (match := _FUNDED_HEAD.match(text, cue.end)):
        return cue
    if not text[cue.start : cue.end].lower().startswith("joint"):
        return cue
    kind = "joint-post" if match["post"] else "integrated-team" if match["team"] else "joint-programme"
    return Cue(kind, cue.start, match.end(), True, None)


def _aside(cue: Cue, text: str, *, told: bool) -> bool:
    """Whether a board is only worked with, reported to, or named for its papers."""
    before = text[max(0, cue.start - 70) : cue.start]
    # What a board agreed or oversaw is told, not the board.
    if told and _BY.search(before):
        return True
    return bool(_WITH.search(before) or _HEARS.search(before) or _PAPER.match(text[cue.end : cue.end + 40]))


def _partnered(cue: Cue, text: str, partners: tuple[Body, ...]) -> bool:
    """Whether a weak cue has its partner, and says what is done together."""
    if not cue.close:
        told = cue.type in ("information-sharing", "board", "network", "integrated-team")
        return told or (bool(_PURPOSE.search(text, cue.end)) and not _is_praise(cue, text))
    behind = [b for b in partners if cue.end - 1 <= b.start <= cue.end + _REACH]
    if not behind:
        # "Health partners worked with the local authority to ..."
        return bool(_COUNCIL_NEXT.match(text, cue.end)) and any(b.end <= cue.start for b in partners)
    if cue.type == "board" or _is_praise(cue, text):
        return cue.type == "board"
    # What is done comes behind the partner, or, where the sentence begins with it, anywhere.
    return bool(
        _DONE.match(text, cue.start)
        or _PURPOSE.search(text, behind[0].end)
        or _PURPOSE.search(text[: cue.start])
    )


def _is_praise(cue: Cue, text: str) -> bool:
    return cue.type == "joint-programme" and bool(_PRAISE.search(text))


def _retyped(cue: Cue, text: str, bodies: Bodies) -> Cue:
    """An arrangement with a supplier is a commissioned service, unless a programme is told."""
    if cue.type == "commissioned-service" and text[cue.start :].lower().startswith(
        ("arrangement", "partnership")
    ):
        supplier = any(b.party.kind in SUPPLIERS for b in bodies.parties) and not _PROJECT.search(text)
        if not supplier:
            return Cue("joint-programme", cue.start, cue.end, False, cue.name)
    return cue
