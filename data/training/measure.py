"""How well labels learned from some passages fit others: the figures of the project's scorer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from examples import Example, Passage, without_echoes
from fitting import as_models, learn

from councilgraph.extraction.labels import Models, label_paragraph
from councilgraph.extraction.vocabulary import Vocabulary
from councilgraph.model import Finding

UNSCORED = {
    "partnership-working",
    "safeguarding",
    "access-and-first-contact",
    "continuity-of-care",
    "occupational-therapy",
}
SHORTFALL = ("improvement", "mixed")
Tally = Counter[tuple[str, str, str]]


def tally(passages: Iterable[Passage], vocabulary: Vocabulary, learned: Models) -> Tally:
    """Counts of (label, given, found) over passages; labels that were a close call are left out."""
    counts: Tally = Counter()
    for p in passages:
        for e, f in zip(p.examples, label_paragraph(p.paragraph(), vocabulary, learned), strict=True):
            _count(counts, e, f)
    return counts


def _count(counts: Tally, e: Example, f: Finding) -> None:
    if "polarity" not in e.close:
        counts["polarity", e.polarity, str(f.polarity)] += 1
    for name, a, b in (("voice", e.voices, f.voices), ("themes", e.themes, f.themes)):
        if name not in e.close:
            want, have = set(a) - UNSCORED, set(b) - UNSCORED
            counts[name, "both", ""] += len(want & have)
            counts[name, "given", ""] += len(want)
            counts[name, "found", ""] += len(have)


def _f1(both: int, given: int, found: int) -> float:
    return 2 * both / (given + found) if given + found else 0.0


def figures(counts: Tally) -> dict[str, float]:
    """Polarity macro-F1 and accuracy, shortfall, voice and theme F1, each 0..1."""
    conf = {(a, b): n for (name, a, b), n in counts.items() if name == "polarity"}
    classes = sorted({a for a, _ in conf})
    each = {
        c: _f1(
            conf.get((c, c), 0),
            sum(n for (a, _), n in conf.items() if a == c),
            sum(n for (_, b), n in conf.items() if b == c),
        )
        for c in classes
    }
    bad = sum(n for (a, b), n in conf.items() if a in SHORTFALL and b in SHORTFALL)
    given = sum(n for (a, _), n in conf.items() if a in SHORTFALL)
    found = sum(n for (_, b), n in conf.items() if b in SHORTFALL)
    out = {
        "macro": sum(each.values()) / max(1, len(each)),
        "accuracy": sum(n for (a, b), n in conf.items() if a == b) / max(1, sum(conf.values())),
        **each,
        "shortfall": _f1(bad, given, found),
        "shortfall-P": bad / max(1, found),
        "shortfall-R": bad / max(1, given),
    }
    for name in ("voice", "themes"):
        both, given, found = (counts[name, k, ""] for k in ("both", "given", "found"))
        out |= {
            name: _f1(both, given, found),
            name + "-P": both / max(1, found),
            name + "-R": both / max(1, given),
        }
    return out


def cross_validate(
    passages: Sequence[Passage], vocabulary: Vocabulary, teach: Callable[..., dict[str, Any]] = learn
) -> Iterator[tuple[str, Tally]]:
    """Counts for each source, read by weights that had not seen it: (name, counts).

    A page of a real report is left out whole, and with it all sentences of ours that echo it;
    the real pages are counted together. So is each file of our own writing left out, since its
    sentences resemble one another more than they do those of a report.
    """
    real: Tally = Counter()
    for page in sorted({p.page for p in passages if not p.own}):
        real += _left_out(page, passages, vocabulary, teach)
    if real:
        yield "real pages", real
    for page in sorted({p.page for p in passages if p.own}):
        yield page, _left_out(page, passages, vocabulary, teach)


def _left_out(
    page: str, passages: Sequence[Passage], vocabulary: Vocabulary, teach: Callable[..., dict[str, Any]]
) -> Tally:
    tested = [p for p in passages if p.page == page]
    rest = without_echoes([p for p in passages if p.page != page], tested)
    return tally(tested, vocabulary, as_models(teach(rest, vocabulary)))
