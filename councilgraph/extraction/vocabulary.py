"""The labels of the ontology's schemes, and finders that look for them in text.

What is looked for in a report stands in ``ontology/schemes/*.ttl``: an editor who adds a
hidden label there changes what is found, and no code has to be touched.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from councilgraph.errors import InputError
from councilgraph.extraction.trie import pattern
from councilgraph.iris import SCHEME

PREF, ALT, HIDDEN = "pref", "alt", "hidden"
KINDS = (PREF, ALT, HIDDEN)
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_KIND_OF = {_SKOS + "prefLabel": PREF, _SKOS + "altLabel": ALT, _SKOS + "hiddenLabel": HIDDEN}
_BROADER = _SKOS + "broader"

# One character for one character: an offset into the levelled text is an offset into the text.
_MARKS = {
    **dict.fromkeys(map(ord, "‘’‚‛′`´"), "'"),
    **dict.fromkeys(map(ord, "“”„‟″«»"), '"'),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    **dict.fromkeys(map(ord, "\u00a0\u2007\u202f\t\r\n\f\v"), " "),
}
_LOWER = {**_MARKS, **{ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}}
_JOIN = re.compile(r"[ -]+")
_SENTENCE = 4000  # characters
_MAX_LABEL = 120  # a longer "label" is a sentence pasted by mistake, and would deepen the pattern


def level(text: str) -> str:
    """The text in small ASCII letters, straight quotes, plain hyphens; same length, same offsets."""
    return _level_sentence(text) if len(text) <= _SENTENCE else text.translate(_LOWER)


@lru_cache(maxsize=256)
def _level_sentence(text: str) -> str:
    # Each reader levels the same sentence again, which took a sixth of the time; longer texts
    # are not kept, or a folder of reports would stay in memory.
    return text.translate(_LOWER)


def straight(text: str) -> str:
    """The text with straight quotes and plain hyphens in its own case; same length, same offsets."""
    return text.translate(_MARKS)


def word_set(words: str) -> frozenset[str]:
    """A set of words that are written with spaces between them."""
    return frozenset(words.split())


@dataclass(frozen=True, slots=True)
class Hit:
    """A label found: ``start`` and ``end`` are offsets into the text that was searched."""

    slug: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme: its labels by kind (``pref``, ``alt``, ``hidden``)."""

    slug: str
    labels: Mapping[str, tuple[str, ...]]
    broader: tuple[str, ...] = ()

    @property
    def pref(self) -> str:
        """The name that people see; the slug where the scheme gives none."""
        return next(iter(self.labels.get(PREF, ())), self.slug)


def _key(text: str) -> str:
    return _JOIN.sub(" ", level(text)).strip()


def _plurals(key: str) -> Iterator[str]:
    """The plural of a label by its last letters; none where it seems to be one already."""
    if len(key) > 2 and key[-1].isalpha() and key[-1] not in "s":
        if key[-1] == "y" and key[-2] not in "aeiou":
            yield key[:-1] + "ies"
        elif key.endswith(("x", "ch", "sh")):
            yield key + "es"
        else:
            yield key + "s"


def _is_abbreviation(label: str) -> bool:
    """All capitals (``SAR``, ``LGBTQ+``): only found in capitals, or 'sar' and 'tec' would be."""
    return label.rstrip("s").isupper() and sum(c.isupper() for c in label) > 1 and " " not in label


class Finder:
    """Finds the labels of one scheme in one pass; the longest label at a place wins."""

    def __init__(self, labels: Iterable[tuple[str, str]]) -> None:
        """``labels`` are (slug, label) pairs; the first of two equal labels wins."""
        own: dict[str, tuple[str, str]] = {}
        for slug, label in labels:
            if key := _key(label):
                own.setdefault(key, (slug, label))
        # A plural that is another concept's own label stays with that concept.
        self._of = {p: found for key, found in own.items() for p in _plurals(key)} | own
        self._capitals = frozenset(k for k, (_, label) in self._of.items() if _is_abbreviation(label))
        self._all = re.compile(pattern(self._of))
        self._small = re.compile(pattern(k for k in self._of if k not in self._capitals))

    def find(self, text: str) -> list[Hit]:
        """All labels in reading order, none overlapping another."""
        low, hits, at = level(text), [], 0
        while match := self._all.search(low, at):
            key = _JOIN.sub(" ", match[0])
            if key in self._capitals and not text[match.start() : match.end()].rstrip("s").isupper():
                # Small letters of an abbreviation: perhaps a shorter or equal label in small ones.
                match = self._small.match(low, match.start()) or match
                key = _JOIN.sub(" ", match[0])
                if key in self._capitals:
                    at = match.start() + 1
                    continue
            slug, label = self._of[key]
            hits.append(Hit(slug, label, match.start(), match.end()))
            at = match.end()
        return hits


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The schemes of a folder: ``concepts[scheme][slug]``, in alphabetical order.

    ``digest`` is the SHA-256 of the files it was read from: what was found depends on it.
    """

    concepts: Mapping[str, Mapping[str, Concept]]
    digest: str = ""
    _finders: dict[tuple[str, tuple[str, ...]], Finder] = field(
        default_factory=dict, repr=False, compare=False
    )

    def finder(self, scheme: str, labels: Iterable[str] = KINDS) -> Finder:
        """A finder of the labels of those kinds; groups, which are for browsing, are left out.

        Raises:
            KeyError: the folder has no such scheme.
        """
        kinds = tuple(labels)
        if (scheme, kinds) not in self._finders:
            self._finders[scheme, kinds] = Finder(
                (slug, label)
                for slug, concept in self.concepts[scheme].items()
                if not slug.startswith("group-")
                for kind in kinds
                for label in concept.labels.get(kind, ())
            )
        return self._finders[scheme, kinds]


def load_vocabulary(folder: Path) -> Vocabulary:
    """All schemes ``*.ttl`` of a folder; read again only when a file's content has changed.

    Raises:
        InputError: the folder holds no scheme, or a file is no Turtle.
    """
    files = tuple((path.name, path.read_bytes()) for path in sorted(folder.glob("*.ttl")))
    if not files:
        raise InputError(
            "no concept schemes are there", where=str(folder), cure="give the folder ontology/schemes"
        )
    digest = hashlib.sha256(b"".join(n.encode() + b"\0" + t + b"\0" for n, t in files)).hexdigest()
    return _read(str(folder), digest, files)


@lru_cache(maxsize=8)
def _read(folder: str, digest: str, files: tuple[tuple[str, bytes], ...]) -> Vocabulary:
    from pyoxigraph import Literal, NamedNode, RdfFormat, parse

    labels: dict[str, dict[str, dict[str, set[str]]]] = {}
    broader: dict[tuple[str, str], set[str]] = {}
    for name, content in files:
        try:
            for quad in parse(content, format=RdfFormat.TURTLE):
                subject, predicate, value = quad.subject, quad.predicate.value, quad.object
                if not isinstance(subject, NamedNode) or not subject.value.startswith(SCHEME):
                    continue
                scheme, _, slug = subject.value[len(SCHEME) :].partition("/")
                if not slug:
                    continue
                of_concept = labels.setdefault(scheme, {}).setdefault(slug, {})
                if (kind := _KIND_OF.get(predicate)) and isinstance(value, Literal):
                    if 0 < len(value.value.strip()) <= _MAX_LABEL:
                        of_concept.setdefault(kind, set()).add(value.value)
                elif predicate == _BROADER and isinstance(value, NamedNode):
                    broader.setdefault((scheme, slug), set()).add(value.value.rpartition("/")[2])
        except SyntaxError as error:
            raise InputError(
                f"the file is no Turtle: {error}",
                where=f"{folder}/{name}",
                cure="correct it; see ontology/README.md",
            ) from error
    concepts = {
        scheme: {
            slug: Concept(
                slug,
                {k: tuple(sorted(v)) for k, v in sorted(kinds.items())},
                tuple(sorted(broader.get((scheme, slug), ()))),
            )
            for slug, kinds in sorted(slugs.items())
        }
        for scheme, slugs in sorted(labels.items())
    }
    return Vocabulary(concepts, digest)
