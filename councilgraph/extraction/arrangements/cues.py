"""The cues of arrangements in a sentence: patterns of the table, labels of the scheme, denials."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from councilgraph.extraction.arrangements.table import matches

_I = re.IGNORECASE
# A type whose label alone is no proof: the words are common ("steering group", "network").
_WEAK_LABELS = frozenset({"network", "information-sharing"})
# Words around a label that make it something else.
_NOT_NETWORK = re.compile(
    r"\b(?:primary\scare|support|social|family|own|community|natural|personal|informal|road"
    r"|transport)\s(?:and\s\w+\s)?networks?$",
    _I,
)

_DENIED = re.compile(
    r"\b(?:not|no|never|without|lack(?:ed|ing|s)?(?:\sof)?|absence\sof|neither|nor|previous"
    r"|previously|former|formerly|ended|no\slonger|could\s(?:have|be|do|improve|better)|should"
    r"|would|plan(?:s|ned|ning)?\s(?:to|for|a|the|(?:was|were|is|are)\s(?:\w+\s){0,3}(?:for|to))"
    r"|intend(?:s|ed)?\sto|intention\sto|explor(?:e|es|ed|ing)|consider(?:s|ed|ing)?|ambitions?"
    r"|aspir\w+|need(?:s|ed)?\s(?:to|for|a|more)|hop(?:e|ed|ing)\sto|looking\s(?:to|at)|propos\w+"
    r"|potential|scope\s(?:to|for)|discuss(?:ing|ions)\s(?:about|on)|early\sstages\sof"
    r"|(?<!used\s)(?<!took\s)opportunit(?:y|ies)\s(?:to|for)|future|yet\sto|aim(?:s|ed|ing)?\sto|wanted"
    r"|limited|more\s(?:to\sdo|work)|due\sto\s(?:start|begin|launch|be)|going\sto|will|welcome)"
    r"\b[^.;]{0,45}$",
    _I,
)
# What is said of joint work in these words is a shortfall, and tells no arrangement.
_FAILS = re.compile(
    r"^[^.;]{0,80}\b(?:was|were|is|are|could|did|had)\s(?:\w+\s){0,2}(?:not|poor|inconsistent"
    r"|limited|variable|challenging|difficult|weak|unclear|lacking|less|mixed|needed|required)\b",
    _I,
)
_DENIED_AFTER = re.compile(
    r"^[^.;,]{0,60}?\b(?:(?:had|has|have|was|were|is|are)\s(?:recently\s|now\s|since\s|all\s|both\s|been\s)*"
    r"(?:ended|ceased|stopped|closed|decommissioned|dissolved|disbanded|lapsed|withdrawn|paused|abolished"
    r"|expired|come\sto\san\send|planned|proposed|being\s(?:explored|considered|planned|discussed)"
    r"|not\s(?:in\splace|yet|established|been\s(?:filled|set\sup|established|agreed)))|no\slonger"
    r"|had\snot\s(?:yet\s)?been|did\snot\sexist|came\sto\san\send"
    r"|would\sbe\s(?:set|established|introduced|launched|put))\b",
    _I,
)
_BETTER = re.compile(
    r"\b(?:better|more|improv\w+|strengthen\w*|greater|further|stronger|closer)\s(?:the\s|its\s|their\s)?$",
    _I,
)
# A joint strategy in the making is one (its status says so), unless it is these.
_GONE = re.compile(r"(?:no|not|without|lack|absence|neither|former|previous|ended)", _I)
_NOT_ONLY = re.compile(r"not\sonly|no\s(?:matter|doubt)", _I)


@dataclass(frozen=True, slots=True)
class Cue:
    """A sign of an arrangement in a sentence: its type, its offsets, its name if it has one.

    ``close``: the partner has to stand right behind it.
    """

    type: str
    start: int
    end: int
    strong: bool
    name: str | None = None
    close: bool = False


def denied(text: str, cue: Cue) -> bool:
    """Whether the sentence denies the arrangement, or tells it as ended or as only planned."""
    before = text[max(0, cue.start - 70) : cue.start]
    if match := _DENIED.search(before):
        if cue.type == "joint-strategy" and not _GONE.match(match[0]):
            return False
        # "not only", "no different" deny nothing; a new clause is no longer denied.
        return not _NOT_ONLY.match(match[0]) and "," not in match[0] and " and " not in match[0]
    if not cue.strong and _BETTER.search(before):
        return True
    after = text[cue.end : cue.end + 120]
    return bool(_DENIED_AFTER.match(after)) or (not cue.strong and bool(_FAILS.match(after)))


def patterned(text: str, words: Sequence[str], *, weak: bool) -> list[Cue]:
    """The cues of the table in a sentence with straight quotes, be they denied or not.

    ``weak`` tries those too that hold only with a partner.
    """
    out = []
    for row, match in matches(text, words, weak=weak):
        if row.type == "network" and _NOT_NETWORK.search(match[0]):
            continue
        named = match.groupdict()
        name = named.get("name") or named.get("name2")
        out.append(Cue(row.type, match.start(), match.end(), row.strong, name, row.close))
    return out


def labelled(kind: str, text: str, start: int, end: int) -> Cue | None:
    """The cue of a label of the scheme, None for a label that means something else here."""
    if kind == "network" and _NOT_NETWORK.search(text[max(0, start - 30) : end]):
        return None
    return Cue(kind, start, end, kind not in _WEAK_LABELS)
