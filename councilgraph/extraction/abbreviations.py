"""Abbreviations that a report introduces: "Full Name (ABC)", and ABC ever after."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from councilgraph.extraction.bodies.found import Found
from councilgraph.model import Place, Report

_BRACKET = re.compile(r" ?\(['\"‘“]?([A-Z][A-Za-z&]{1,9})['\"’”]?\)")
_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset({"and", "of", "the", "for", "in", "on", "upon", "to", "with", "s"})


class Introductions:
    """What the abbreviations of one report stand for."""

    def __init__(self) -> None:
        self._bodies: dict[str, Found] = {}
        self._others: set[str] = set()
        self._brackets: set[tuple[str, int]] = set()

    def read(self, text: str, found: list[Found]) -> None:
        """Takes in the brackets of a paragraph; ``found`` are its bodies in reading order."""
        ends = {one.end: one for one in found}
        starts = [one.start for one in found]
        for match in _BRACKET.finditer(text):
            short, begin = match[1], match.start()
            if not _shortened(short):
                continue
            body = ends.get(begin)
            at = bisect_right(starts, begin) - 1
            if body and short_for(short, body.text):
                self._brackets.add((text, match.start(1)))
                if short not in self._bodies or (body.named and not self._bodies[short].named):
                    self._bodies[short] = body
            elif (at < 0 or found[at].end <= begin) and short_for(
                short, text[max(0, begin - 90) : begin], at_end=True
            ):
                # The words before it are no body, so its letters are none either.
                self._others.add(short)

    def carry(self, report: Report, found: list[tuple[Place, Found]]) -> list[tuple[Place, Found]]:
        """``found`` with the introduced abbreviations, without those that stand for other things.

        The abbreviation in the bracket that introduces it is no mention of its own.
        """
        texts = {(p.section, p.n): p for p in report.paragraphs}
        out: list[tuple[Place, Found]] = []
        for place, one in found:
            text = texts[place.section, place.paragraph].text
            if (text, one.start) in self._brackets:
                continue
            if body := self._bodies.get(one.text):
                out.append((place, replace(one, kind=body.kind, named=body.named, stands_for=body)))
                continue
            if one.text.rstrip("s") in self._others and not one.names and one.kind != "vcfse":
                continue
            out.append((place, one))
        if not self._bodies:
            return out
        names = sorted(self._bodies, key=lambda n: (-len(n), n))
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)")
        taken: dict[Place, list[Found]] = {}
        for place, one in out:
            taken.setdefault(place, []).append(one)
        for paragraph in report.paragraphs:
            for sentence in paragraph.sentences:
                place = Place(paragraph.section, paragraph.n, sentence.n)
                for match in pattern.finditer(paragraph.text, sentence.start, sentence.end):
                    start, end = match.span()
                    if (paragraph.text, start) in self._brackets:
                        continue
                    if any(one.start < end and start < one.end for one in taken.get(place, ())):
                        continue
                    body = self._bodies[match[0]]
                    out.append((place, replace(body, start=start, end=end, text=match[0], stands_for=body)))
        order = {(p.section, p.n): i for i, p in enumerate(report.paragraphs)}
        return sorted(out, key=lambda f: (order[f[0].section, f[0].paragraph], f[1].start))


def _shortened(short: str) -> bool:
    return sum(c.isupper() for c in short) > 1


def short_for(short: str, full: str, *, at_end: bool = False) -> bool:
    """Whether the capitals of ``short`` are initials of words of ``full``, in order.

    One capital may be missing ("the Vale Partnership Trust (VPFT)"). ``at_end``: the last words
    alone must spell it, for where the phrase begins is not known.
    """
    letters = [c for c in short if c.isupper()]
    words = _WORD.findall(full)
    if at_end:
        plain = [w for w in words if w.lower() not in _SMALL]
        return any(
            [w[0].upper() for w in some[-len(letters) :]] == letters for some in (words, plain) if some
        )
    missed, at = 0, 0
    for letter in letters:
        place = next((i for i in range(at, len(words)) if words[i][0].upper() == letter), None)
        if place is None:
            missed += 1
        else:
            at = place + 1
    return missed <= (1 if len(letters) > 2 else 0)
