"""Whose evidence a sentence says it is: who tells, reports, feels or is surveyed.

The subject of a sentence is not its voice: "Leaders had oversight" is what the assessors saw.
So a group of people counts only where a verb of saying is theirs, feedback comes from
them, or a cue of the scheme ``voice`` names them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from councilgraph.extraction import voice_words as say
from councilgraph.extraction.vocabulary import HIDDEN, Hit, Vocabulary, level, word_set
from councilgraph.extraction.voice_data import LOCAL, NATIONAL, with_data

ASSESSOR = "assessor"
_TOKEN = re.compile(r"[a-z]+")
_REVIEWING = word_set("ombudsman peer inspectorate inspectorates auditors regulator ofsted cqc")
_DATA = frozenset([LOCAL, NATIONAL])
_LONGEST = 4000  # characters looked at: no sentence of a report is longer, a pasted page may be

_LEADING = re.compile(
    r"(?:for example|for instance|however|additionally|also|in addition|similarly|overall)?,?\s*"
)
_THEY = re.compile(r"(?:they|others?|some|many|most|one|another|those|these staff|these people)\b(?! of the)")
_FOLLOWS_DATA = re.compile(
    r"(?:the (?:key |main )?(?:themes?|areas for|results|findings|survey|respondents|waiting|median|average|"
    r"longest)|of these|this was|a further|these (?:results|figures)|it (?:also )?(?:showed|found))"
)
_FIGURE = re.compile(r"\d|survey|theme|findings|areas for|results")
_HEALTHWATCH = re.compile(
    r"(?:[\w']{1,20} ){0,3}healthwatch (?:\w+ )?(?:had|has|told|said|felt|found|reported|described|raised"
    r"|thought|were|was) "
)
_THEY_SAID = re.compile(r"(?<!\w)they (?:also |all )?(?:said|told us|felt|reported|described)(?!\w)")
_WITH = re.compile(r"\bwith (?:the |some |many |most |other )?$")
_PEER = re.compile(
    r"(?<!\w)(?:ombudsman(?:'s [\w ]{1,40})?|peer (?:review|challenge)|inspectorates?(?:'s [\w' ]{1,40})?"
    r"|external auditors|regulator"
    r"|ofsted|cqc inspection)(?: had| has| also| each){0,2} (?:found|upheld|noted|commended|investigated"
    r"|identified|highlighted|reported|praised|concluded|was below|rated|recognised)(?!\w)"
)
_GENERIC = re.compile(
    r"(?:even so,? )?(?:another|others|one|some|several|a few|the few|many|most|few|members|workers"
    r"|those)(?: [\w']{1,20}){0,5}? "
    r"(?:told us|said|felt|described|found|welcomed|complained|thought|explained|spoke)(?!\w)"
)
_ACCOUNTS = re.compile(
    r"(?P<who>people|carers|unpaid carers|staff|partners|providers|families)'s? (?:own )?(?:experiences?"
    r"|views|accounts|feedback|satisfaction)\b"
)
_WHOSE = {
    "people": "people",
    "families": "people",
    "carers": "carers",
    "unpaid carers": "carers",
    "staff": "staff",
    "partners": "partners",
    "providers": "providers",
}
_SAID_WHO = re.compile(r" (?:one |a |an |some |several )")
_OPENING = re.compile(
    r"(?:(?:for example|for instance|however|additionally|also|in addition|similarly|overall|although|while"
    r"|whilst)?,? ?)"
    r"(?:(?:the|a|an|some|many|most|several|all|other|others|one|both|few|local authority|no|nobody|of"
    r"|majority) ){0,4}"
)
_SPEECH = re.compile(
    r"(?<!\w)(?:the local authority|the council) (?:told us|acknowledged|explained|reported to us|said)(?!\w)"
)


class Voiced(NamedTuple):
    """Voices of a sentence, in alphabetical order, and the words that say so."""

    voices: tuple[str, ...]
    rule: str


class Chunk(NamedTuple):
    """People named together ("staff, leaders and partners"): where, and whose voices they would be."""

    start: int
    end: int
    who: frozenset[str]
    governed: bool  # "support for people" says nothing that people say


def _chunks(low: str) -> list[Chunk]:
    chunks: list[Chunk] = []
    for noun in say.SOURCE.finditer(low):
        who = frozenset([noun.lastgroup or ASSESSOR])
        if chunks and say.JOINED.fullmatch(low, chunks[-1].end, noun.start()):
            last = chunks.pop()
            chunks.append(Chunk(last.start, noun.end(), last.who | who, last.governed))
        else:
            governed = bool(say.GOVERNED.search(low, max(0, noun.start() - 30), noun.start()))
            chunks.append(Chunk(noun.start(), noun.end(), who, governed))
    return chunks


def _subject(low: str, chunks: list[Chunk]) -> Chunk | None:
    """The people whom the sentence is about from its first words."""
    if chunks and not chunks[0].governed and _OPENING.fullmatch(low, 0, chunks[0].start):
        return chunks[0]
    return None


def _speakers(low: str, chunks: list[Chunk]) -> tuple[set[str], str]:
    """Those whose verb of saying it is, with the words; a governed group is not."""
    found: set[str] = set()
    rule = ""
    at, after = 0, 0  # first chunk not yet passed; where the clause begins
    subject = _subject(low, chunks)
    for verb in say.SAYING.finditer(low):
        begin = max(after, low.rfind(";", after, verb.start()) + 1, low.rfind(". ", after, verb.start()) + 1)
        inside = []
        while at < len(chunks) and chunks[at].end <= verb.start():
            if chunks[at].start >= begin:
                inside.append(chunks[at])
            at += 1
        after = verb.end()
        free = [c for c in inside if not c.governed]
        chosen = None
        if free and free[-1] is inside[-1] and say.ADVERBS.fullmatch(low, free[-1].end, verb.start()):
            chosen = free[-1]
        elif free and (
            say.MODIFIER.match(low, free[0].end) or say.ADVERBS.fullmatch(low, free[0].end, verb.start())
        ):
            chosen = free[0]
        elif subject and say.GOES_ON.search(low, max(0, verb.start() - 30), verb.start()):
            chosen = subject
        elif verb[0] in ("said", "told") and (m := _SAID_WHO.match(low, verb.end())):
            chosen = next((c for c in chunks if c.start == m.end()), None)
        elif say.GIVING.match(verb[0]):
            after_with = inside and _WITH.search(low, max(0, inside[-1].start - 25), inside[-1].start)
            chosen = inside[-1] if after_with else subject
        if chosen and verb[0] in say.FEELING and chosen is not subject:
            chosen = None
        if chosen and not (
            verb[0] in ("found", "indicated", "understood from") and chosen.who <= {"leaders"}
        ):
            found |= chosen.who
            rule = rule or low[chosen.start : chosen.end] + " … " + verb[0]
    return found, rule


def _cues(low: str, hits: list[Hit], chunks: list[Chunk]) -> list[Hit]:
    """Cues of the scheme that hold where they stand: 'staff told us' in 'prison staff told us' does not."""
    kept = []
    gathered = [m.span() for m in say.GATHERED.finditer(low)] if hits else []
    for hit in hits:
        within = next((c for c in chunks if c.start <= hit.start < c.end), None)
        if hit.slug == ASSESSOR or any(a <= hit.start < b for a, b in gathered):
            continue
        if within is None or (hit.slug in within.who and not (within.governed and within.start == hit.start)):
            kept.append(hit)
    return kept


def _named(low: str, hits: list[Hit], chunks: list[Chunk]) -> tuple[set[str], str]:
    """The voices that the sentence itself names, figures apart, and which rule found them."""
    cues = _cues(low, hits, chunks)
    found = {h.slug for h in cues}
    rule = f"cue '{cues[0].label}'" if cues else ""
    spoken, speaking = _speakers(low, chunks)
    found |= spoken
    rule = rule or (f"speaker '{speaking}'" if spoken else "")
    gathered = bool(say.GATHERED.search(low))
    for chunk in chunks:
        fed_back = say.FEEDBACK.search(low, max(0, chunk.start - 60), chunk.start)
        if not gathered and (fed_back or (say.OWN_FEEDBACK.match(low, chunk.end) and not chunk.governed)):
            found |= chunk.who
            rule = rule or f"feedback of '{low[chunk.start : chunk.end]}'"
    if "healthwatch" in low and _HEALTHWATCH.match(low):
        found, rule = {"healthwatch"}, "what Healthwatch did"
    if not found and (account := _ACCOUNTS.match(low)):
        found, rule = {_WHOSE[account["who"]]}, f"'{account[0]}'"
    if _SPEECH.search(low):
        found, rule = found | {"leaders"}, rule or "the authority told us"
    return found, rule


def _carried(low: str, found: set[str], chunks: list[Chunk], before: tuple[str, ...]) -> Voiced | None:
    """The voices that the sentence takes over from the one before it, or from those named earlier in it."""
    opening = _LEADING.match(low)
    head = low[opening.end() if opening else 0 :]
    human = any(v not in _DATA and v != ASSESSOR for v in before)
    if not found and human and (_THEY.match(head) or _THEY_SAID.search(low) or _GENERIC.match(head)):
        return Voiced(before, "pronoun of the sentence before")
    if not found and chunks and _THEY_SAID.search(low):
        return Voiced(tuple(sorted(chunks[-1].who)), "pronoun of those named before it")
    if not found & _DATA and set(before) & _DATA and _FOLLOWS_DATA.match(head) and _FIGURE.search(head):
        return Voiced(before, "goes on with the data before")
    return None


def find_voices(
    text: str,
    vocabulary: Vocabulary,
    before: tuple[str, ...] = (),
    illustrates: bool = False,
) -> Voiced:
    """The voices of a sentence.

    ``before`` are those of the sentence before it in the paragraph; "They" and an
    illustration that names nobody speak with them. Work grows with the sentence's length.
    """
    text = text[:_LONGEST]
    low = level(text)
    tokens = frozenset(_TOKEN.findall(low))
    hits = vocabulary.finder("voice", [HIDDEN]).find(text)
    telling = bool(hits) or not tokens.isdisjoint(say.TELLING)
    chunks = _chunks(low) if telling else []
    found, rule = _named(low, hits, chunks) if telling else (set(), "")
    if not found and not tokens.isdisjoint(_REVIEWING) and _PEER.search(low):
        found, rule = {"partners"}, "what a reviewing body found"
    found, rule = with_data(low, tokens, found, [c.who for c in chunks], rule)
    if carried := _carried(low, found, chunks, before):
        return carried
    if found:
        return Voiced(tuple(sorted(found)), rule)
    if illustrates and before and before != (ASSESSOR,):
        return Voiced(before, "illustrates the sentence before")
    return Voiced((ASSESSOR,), "no source named")
