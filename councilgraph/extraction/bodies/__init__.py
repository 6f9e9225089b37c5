"""The bodies that a report names: proper names and kinds, with what they are in the registers."""

from __future__ import annotations

from councilgraph.extraction.abbreviations import Introductions
from councilgraph.extraction.bodies.context import first_word, stands
from councilgraph.extraction.bodies.found import Found
from councilgraph.extraction.bodies.lexicon import Lexicon, capitals, lexicon_of
from councilgraph.extraction.bodies.resolving import Resolver
from councilgraph.extraction.bodies.shapes import shape_at
from councilgraph.extraction.bodies.words import Words
from councilgraph.extraction.register import Register
from councilgraph.extraction.vocabulary import Vocabulary
from councilgraph.model import Council, Mention, Place, Report


def find_mentions(
    report: Report, council: Council | None, register: Register, vocabulary: Vocabulary
) -> tuple[Mention, ...]:
    """All mentions in reading order; none overlaps another, none crosses a sentence.

    ``council`` is the assessed one: kinds of which its area has one body resolve by it.
    """
    lexicon = lexicon_of(register, vocabulary)
    day = report.published or report.last_updated or report.started
    found: list[tuple[Place, Found]] = []
    introductions = Introductions()
    for paragraph in report.paragraphs:
        in_paragraph: list[tuple[Place, Found]] = []
        for sentence in paragraph.sentences:
            place = Place(paragraph.section, paragraph.n, sentence.n)
            words = Words(paragraph.text, sentence.start, sentence.end)
            in_paragraph += ((place, f) for f in _in_sentence(lexicon, words))
        introductions.read(paragraph.text, [f for _, f in in_paragraph])
        found += in_paragraph
    resolver = Resolver(register, council, day, (f for _, f in found))
    found = introductions.carry(report, found)
    return tuple(resolver.mention(place, one) for place, one in found)


def _in_sentence(lexicon: Lexicon, words: Words) -> list[Found]:
    found: list[Found] = []
    floor, starts, small = 0, lexicon.starts, lexicon.small
    for i in [i for i, key in enumerate(words.keys) if key in starts]:
        if i < floor or not (words.keys[i] in small or words.capital(i)):
            continue
        if one := _longest(lexicon, words, i, floor):
            found.append(one)
            floor = one.last
    return found


def _longest(lexicon: Lexicon, words: Words, i: int, floor: int) -> Found | None:
    best = _registered(lexicon, words, i)
    shape = shape_at(lexicon, words, i, floor) if words.capital(i) else None
    # A registered name inside a longer one of a known shape is only a part of it.
    if shape and (best is None or shape.end > best.last):
        best = Found.of(words, shape.start, shape.end, shape.kind, named=True)
    kind = _kind(lexicon, words, i, floor)
    if kind and (best is None or kind.last > best.last):
        return kind
    return best


def _registered(lexicon: Lexicon, words: Words, i: int) -> Found | None:
    for end, rows in lexicon.registered.at(words, i):
        text = words.part(i, end)
        fitting = [r for r in rows if (text == r.name.text if r.short else capitals(words, i, end))]
        if fitting:
            names = tuple(r.name for r in fitting)
            return Found.of(words, i, end, "", named=True, names=names)
    return None


def _kind(lexicon: Lexicon, words: Words, i: int, floor: int) -> Found | None:
    for end, (phrase, *_) in lexicon.kinds.at(words, i):
        if all(words.raw(i + n).rstrip("s").isupper() for n in phrase.capitals):
            # A label in capitals that ends in the head of a name is that name.
            for k in range(i + 1, end) if words.capital(i) and words.capital(end - 1) else ():
                shape = shape_at(lexicon, words, k, floor)
                if shape and shape.start <= i and shape.end == end:
                    return Found.of(words, shape.start, end, shape.kind, named=True)
            if phrase.proper and not capitals(words, i, end):
                continue
            first = first_word(words, i, floor, phrase.kind)
            if stands(words, first, i, end):
                return Found.of(words, first, end, phrase.kind, named=phrase.proper)
    return None
