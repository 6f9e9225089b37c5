"""Which themes a sentence is about: labels of the scheme as candidates, and whether they carry it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from councilgraph.extraction.model_linear import Linear, Topics, load_model, load_topics
from councilgraph.extraction.vocabulary import Hit, Vocabulary, level, word_set

MOST = 4
_LONGEST = 4000  # characters looked at; see voices
_CARRIES = re.compile(
    r"\W{0,2}(?:(?:for example|for instance|additionally|however|also|as a result|in addition"
    r"|through (?:this|these)|in turn)"
    r"[, ]{1,2})?(?:this|these|they|it|its|such|others|the (?:team|service|approach|scheme|programme"
    r"|strategy|pathway"
    r"|plan|report|board|project|work|hub|pilot|survey|key themes|areas for|aims|group|process|model"
    r"|waiting list)|some|many|one)\b"
)
_EXAMPLE = re.compile(
    r"\W{0,2}(?:for (?:example|instance)|as a result|through (?:this|these)|in turn|additionally|also)\b"
)
_VERB = re.compile(
    r"(?<!\w)(?:was|were|is|are|had|has|have|told|said|felt|showed|shows|found|could|did|worked|used|reported"
    r"|described|spoke|ensured|provided|enabled|understood|acknowledged|recognised|needed|led|meant|made"
    r"|supported)(?!\w)"
)
_LISTED = (" such as ", " including ", " for example", " e.g.", " as well as ", " like ")
_PREPOSITIONS = word_set("of for with from by to in on about through between and their the")
_HOME = {
    "assessing-needs": ("assessment-and-review",),
    "healthier-lives": ("prevention",),
    "equity": ("equality-and-inclusion",),
    "care-provision": ("commissioning-and-market-shaping",),
    "partnerships": ("health-integration", "vcfse-sector"),
    "safe-pathways": ("hospital-discharge", "transition-to-adulthood"),
    "safeguarding": ("safeguarding-enquiries",),
    "governance": ("governance-and-scrutiny", "leadership-and-culture"),
    "learning": ("training-and-development", "research-and-innovation"),
}


_WORD = re.compile(r"(?<!\w)(?:[a-z]{2,}(?:'[a-z]+)?|\d\d?(?!\w))")
_COMMON = word_set(
    "the of and to in for on with was were is are be been had has have that this their they it its by from as"
    " at or an not which who"
)
_GIVEN = 0.55  # the chance from which a theme is given; of two doubtful ones, leaving out costs more
_RANKED = 5  # themes that the words go with best
_BY_SCORE = itemgetter(1)
_HARDLY = -0.2  # a topic score below which what went before alone gives no theme
_LIKELY = 0.25  # a topic score from which a theme without a label in the sentence is considered


def topic_words(low: str) -> list[str]:
    """The words of a levelled sentence, each once, that topics are learned from, and pairs of them."""
    words = [
        w[:-1] if len(w) > 4 and w[-1] == "s" and w[-2] not in "su" else w
        for w in _WORD.findall(low)[:300]
        if w not in _COMMON
    ]
    return list(dict.fromkeys([*words, *(f"{a} {b}" for a, b in pairwise(words))]))


class Themed(NamedTuple):
    """Themes in alphabetical order, how sure of them (0..1), and the words that gave them."""

    slugs: tuple[str, ...]
    sure: float
    rules: tuple[str, ...]


class Candidate(NamedTuple):
    """A theme that may be given, what the model weighs, and where it comes from."""

    slug: str
    features: tuple[str, ...]
    why: str


class _Sentence(NamedTuple):
    """What the features of every candidate theme of a sentence share."""

    section: str
    length: int
    start: str  # how it opens: "carry" ('This ...'), "example" or "own"
    verb: int  # where its first common verb stands
    listed: int  # where a list of examples begins
    scores: dict[str, float]
    ranks: dict[str, int]
    before: Sequence[str]
    paragraph: Sequence[str]
    found: int  # themes whose label stands in it


def candidates(
    text: str,
    section: str,
    vocabulary: Vocabulary,
    before: Sequence[str] = (),
    paragraph: Sequence[str] = (),
    topics: Topics | None = None,
) -> list[Candidate]:
    """Themes whose label stands in the sentence, those of the sentence before, and the section's own.

    ``before`` are the themes of the sentence before, ``paragraph`` those of the paragraph's
    first sentence. Themes that the words of the sentence go with are candidates too.
    """
    text = text[:_LONGEST]
    low = level(text)
    of: dict[str, list[Hit]] = {}
    for hit in vocabulary.finder("theme").find(text):
        of.setdefault(hit.slug, []).append(hit)
    verb = _VERB.search(low)
    scores = (topics or load_topics()).scores(topic_words(low))
    best = sorted(scores.items(), key=_BY_SCORE, reverse=True)
    shared = _Sentence(
        section,
        max(1, len(low)),
        "carry" if _CARRIES.match(low) else "example" if _EXAMPLE.match(low) else "own",
        verb.start() if verb else len(low),
        min((at for phrase in _LISTED if (at := low.find(phrase)) >= 0), default=len(low)),
        scores,
        {slug: rank for rank, (slug, _) in enumerate(best[:_RANKED])},
        before,
        paragraph,
        len(of),
    )
    home = _HOME.get(section, ())
    out = []
    for slug in sorted({*of, *before, *paragraph, *home, *(t for t, v in best[:_RANKED] if v >= _LIKELY)}):
        hits = of.get(slug, [])
        carried = slug in before or slug in paragraph
        if not hits and scores.get(slug, 0.0) < (_HARDLY if carried else _LIKELY):
            continue
        features = _features(slug, shared, bool(hits), slug in home)
        if hits:
            features += _label_features(hits, low, shared)
            why = f"label '{hits[0].label}'"
        elif slug in before or slug in paragraph:
            why = "goes on from before"
        else:
            why = "section" if slug in home else "words that go with it"
        out.append(Candidate(slug, tuple(features), why))
    return out


def _features(slug: str, s: _Sentence, found: bool, home: bool) -> list[str]:
    """What speaks for a theme but its labels; ``found`` says whether one of them stands in the sentence."""
    is_found = "1" if found else "0"
    was = slug in s.before
    topic = max(-1, min(9, int(s.scores.get(slug, 0.0) * 10)))
    features = [
        f"theme:{slug}",
        f"crowd:{min(s.found, 4)}:{is_found}",
        f"home:{home:d}",
        f"section:{s.section}:{is_found}",
        f"start:{s.start}:{is_found}:{was:d}",
        f"topic:{topic}:{is_found}",
        f"topic:{slug}:{min(topic // 2, 3)}",
        f"rank:{s.ranks.get(slug, _RANKED)}:{is_found}",
    ]
    if was:
        features += [
            "before",
            f"before:topic:{min(topic, 5)}",
            f"before:{min(len(s.before), 3)}:{is_found}:{s.found > 0:d}",
            f"before:{slug}:{is_found}",
        ]
    if slug in s.paragraph:
        features += [f"paragraph:{is_found}", f"paragraph:{s.start}:{s.found > 0:d}:{is_found}"]
    if not found:
        features += [f"absent:{slug}", f"absent:home:{home:d}:{s.section}"]
    return features


def _label_features(hits: list[Hit], low: str, s: _Sentence) -> list[str]:
    """Which labels of a theme were found, how specific they are, and where the first stands."""
    first = hits[0]
    labels = sorted({h.label for h in hits})
    preposition = low[max(0, first.start - 12) : first.start].rstrip(" -\"'(").rpartition(" ")[2]
    return [
        *(f"label:{label}" for label in labels),
        f"hits:{min(len(hits), 3)}",
        f"words:{min(3, max(h.count(' ') + h.count('-') for h in labels))}",
        f"subject:{first.start < s.verb:d}",
        f"place:{min(3, 4 * first.start // s.length)}",
        f"listed:{first.start > s.listed:d}",
        f"after:{preposition if preposition in _PREPOSITIONS else '-'}",
    ]


def find_themes(
    text: str,
    section: str,
    vocabulary: Vocabulary,
    before: Sequence[str] = (),
    paragraph: Sequence[str] = (),
    model: Linear | None = None,
    topics: Topics | None = None,
) -> Themed:
    """The themes of a sentence: candidates that are more likely right than not, the likeliest first."""
    weigh = model or load_model("theme")
    ranked = []
    for c in candidates(text, section, vocabulary, before, paragraph, topics):
        chance = weigh.probabilities(c.features)["given"]
        if chance >= _GIVEN:
            ranked.append((-chance, c.slug, c.why))
    ranked.sort()
    kept = sorted(ranked[:MOST], key=lambda r: r[1])
    sure = min((-chance for chance, _, _ in kept), default=0.6)
    return Themed(tuple(s for _, s, _ in kept), sure, tuple(f"theme {s}: {why}" for _, s, why in kept))
