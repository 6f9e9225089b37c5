"""How judgements are worded: the patterns that ``polarity`` weighs.

All are tried on levelled text (small letters, straight quotes). Every repetition is bounded,
so that a pasted page costs no more than its length. A pattern is tried only where one of its
words stands in the sentence. What a council does well or badly is no pattern: such cues are
hidden labels of the scheme ``polarity``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from councilgraph.extraction.vocabulary import word_set

_AVERAGE = r"(?:national|england|average|regional|similar|comparable|target)"
# name: (words that are enough by themselves, words that call for the pattern, the pattern)
_RULES = {
    "contrast": ("however although but while whilst whereas despite though nevertheless yet", "", ""),
    "need": (
        "must should",
        "need needs needed require requires required could",
        r"need(?:s|ed)? (?:to|for|further|more)|require[sd]? (?:improvement|further|more)|could (?:be|do"
        r"|have)",
    ),
    "further": (
        "further still remain remained remains",
        "more continue continued continuing",
        r"more widely|continu(?:e|ed|ing) to|more (?:to do|work|could)",
    ),
    "underway": (
        "underway ongoing",
        "work working way train",
        r"work(?:ing)? (?:was|is|were) (?:being |under|in train|on ?going)|(?:was|were) working|under way"
        r"|in train",
    ),
    "plan": (
        "plan plans planned will intend intends intended aim aims aimed",
        "due development being was",
        r"due to|in development|being (?:developed|rolled|written)|was to",
    ),
    "right": (
        "",
        "addressed resolved cleared right address",
        r"had (?:been )?(?:addressed|resolved|cleared)|put (?:this )?right|plan in place to address",
    ),
    "better": ("", "better", r"better (?:\w+ ){0,3}than"),
    "worse": ("", "worse weaker poorer", r"(?:worse|weaker|poorer) (?:\w+ ){0,3}than"),
    "higher": ("", "higher greater above more", rf"(?:higher|greater|above|more) (?:\w+ ){{0,3}}{_AVERAGE}"),
    "lower": (
        "",
        "lower fewer below less smaller",
        rf"(?:lower|fewer|below|less|smaller) (?:\w+ ){{0,3}}{_AVERAGE}",
    ),
    "in-line": (
        "",
        "line similar same close significant comparable consistent tending",
        r"in line with|similar to|same as|close to the|no significant|comparable to|consistent with the"
        r"|tending towards",
    ),
    "only": (
        "",
        "only just few barely fewer less under",
        r"(?:only|just|as few as|barely|fewer than|less than|under) (?:a|one|two|half|\d[\d,.]{0,12})",
    ),
    "grew": (
        "",
        "risen grown increased gone doubled worsened climbed",
        r"(?:had|has|have) (?:risen|grown|increased|gone up|doubled|worsened|climbed)",
    ),
    "fell": (
        "",
        "fallen dropped reduced decreased halved come cut declined",
        r"(?:had|has|have) (?:fallen|dropped|reduced|decreased|halved|come down|been cut|been reduced"
        r"|declined)",
    ),
    "so-could": (
        "",
        "meant so which",
        r"(?:meant|so that|so|which) (?:that )?(?:people|they|carers|staff|families|those)(?: \w+)?"
        r" (?:could|were able|did not have|had)",
    ),
    "could-not": (
        "cannot",
        "not never",
        r"(?:could|can|was|were|did|had|do|does|is|are|would|has|have) (?:not|never)",
    ),
    "waiting": (
        "",
        "waiting awaiting outstanding overdue unallocated",
        r"(?:people|carers|adults|applications|reviews|assessments) (?:were |was )?(?:waiting|awaiting"
        r"|outstanding|overdue|unallocated)",
    ),
    "risk": ("", "risk risks risked", r"risk(?:ed|s)? \w+ing"),
    "good-end": (
        "",
        "outcome outcomes experience experiences impact feedback",
        r"(?:positive|good|better|improved?|timely) (?:outcomes?|experiences?|impact|feedback)",
    ),
    "ensured": (
        "ensure ensured enabled enables enabling allowed allows allowing supported helped meant",
        "so led",
        r"so that|led to",
    ),
    "set-up": (
        "",
        "provided delivered carried made based employed commissioned hosted located",
        r"(?:was|were|is|are) (?:\w+ )?(?:provided|delivered|carried out|made up|based|employed|commissioned"
        r"|hosted|located)",
    ),
    "there-were": ("", "there", r"^there (?:was|were|is|are)"),
    "in-place": ("processes arrangements", "place", r"in place"),
    "some-people": ("", "some", r"^some|some (?:people|carers|staff|partners|providers)"),
}
_Check = tuple[str, re.Pattern[str] | None]


def _by_word() -> dict[str, list[_Check]]:
    table: dict[str, list[_Check]] = {}
    for name, (alone, triggers, pattern) in _RULES.items():
        for word in alone.split():
            table.setdefault(word, []).append((name, None))
        compiled = re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")
        for word in triggers.split():
            table.setdefault(word, []).append((name, compiled))
    return table


_BY_WORD = _by_word()


def rules_of(low: str, tokens: Iterable[str]) -> list[str]:
    """The names of the patterns that a levelled sentence of these words shows, in alphabetical order."""
    found: set[str] = set()
    for word in _BY_WORD.keys() & tokens:
        for name, pattern in _BY_WORD[word]:
            if name not in found and (pattern is None or pattern.search(low)):
                found.add(name)
    return sorted(found)


# Words of which one up to three words before a cue turns it round.
NOT = word_set(
    "not no never without nor nobody none neither rarely hardly few cannot lack less limited little"
)
# Subjects that deny what follows, however far: 'No one in the senior team had a clear ...'.
NOBODY = word_set("nobody none neither few one little")
PUT_RIGHT = word_set(
    "no not without nobody never fewer few reduce reduced reducing reduction cleared resolved addressed"
    " overcome overcame remove removed removing prevent prevented preventing avoid avoided avoiding avoids"
    " minimise minimised minimising tackle tackled tackling understand understood identify respond"
    " responded free shorter"
)
NEGATIONS = word_set("not no never without nor nobody none nothing neither cannot")
DENYING = NEGATIONS | word_set("little few fewer less rarely seldom")
STOP_PAIR = word_set("the of and a to in for on was were is")

CONTRAST = re.compile(
    r"(?<!\w)(?:but|however|although|though|while|whilst|whereas|despite|yet(?= \w+ (?:was|were|had|did"
    r"|could))|albeit|except|nevertheless|in contrast)(?!\w)|;| - "
)
WHILE = re.compile(r"\W{0,2}(?:while|whilst|although|though|despite)\b")
START = re.compile(
    r"\W{0,2}(?:(?P<however>however|but|nevertheless)|(?P<while>while|whilst|although|though|despite)"
    r"|(?P<carry>for example|for instance|this|these|they|also|additionally|in addition|it|as a result|others"
    r"|such|similarly|there (?:was|were) also))\b"
)
# Said in so many words, which nothing else in the sentence outweighs.
SAYS_MIXED = re.compile(
    r"(?<!\w)mixed (?:views|feedback|experiences?|picture|response|reviews|opinions|results)(?!\w)"
    r"|(?<!\w)(?:was|were|is|are) (?:\w+ )?mixed(?!\w)"
    r"|(?<!\w)(?:views|opinions|feedback|accounts|experiences of [\w' ]{1,40}) (?:\w+ ){0,3}?(?:varied"
    r"|differed|diverged|were divided)(?!\w)"
)
MIXED_WORDS = word_set("mixed varied differed diverged divided")
