"""Citations of Acts of Parliament, also where the text leaves the Act or its year out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from councilgraph.extraction.law_table import (
    ACT_OF_SECTION,
    DUTIES,
    NO_ACT,
    SHORT_ACTS,
    UNDATED,
    WITHIN_CARE_ACT,
)
from councilgraph.model import Act, Citation, Place, Report

# "section 42", "sections 9 and 10", "s42", "s.117", "S75", "sec 42"; a subsection is passed over.
_SECTION = re.compile(
    r"(?<!['’\w])(?:[Ss](?:ections?|ecs?\.?)[ \u00a0]?|[Ss]s?\.? ?(?=[1-9][0-9]{0,2}))"
    r"([1-9][0-9]{0,2}[A-Z]{0,2})s?(?![\w%£]|[.,][0-9])(?:\([0-9a-z]{1,3}\)){0,3}"
    r"((?:(?:, | and |/| or | & |,)(?:[Ss]ection )?[1-9][0-9]{0,2}(?![\w%£]|[.,][0-9])){0,4})"
)
_DIGIT = re.compile(r"[0-9]")
_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
# The shape of any short title: capitals, then Act and a year.
_SHAPE = re.compile(
    r"\b((?:[A-Z][A-Za-z'’]{0,30}(?: \([A-Z][A-Za-z ]{0,40}\))?"
    r"(?:,? (?:and|of|for|the|in|to|on) |,? |-)){1,9})"
    r"Act[ ,]{1,2}\(?((?:1[89]|20)[0-9]{2})\)?"
)
_YEAR = r"(?: \([A-Z]{2,6}\))?(?:,? \(?((?:1[89]|20)[0-9]{2})\)?)?"
# Between a section and the Act it is of: "of the", "under the", "(", "agreement ... under the".
_OF = re.compile(r"(?:\b(?:of|under|in|within|by|from)(?: the)?|\(|,) ?(?:the )?$")
_NEAR = re.compile(r"^[ ,(]{0,3}(?:the )?$")


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    path: str
    title: str
    year: int
    section: str | None = None


class _Acts:
    """The Acts by every form of their titles, as one pattern."""

    def __init__(self, acts: tuple[Act, ...]) -> None:
        self.by_title: dict[str, dict[int, Act]] = {}
        for act in acts:
            for title in (act.title, *act.other_titles):
                self.by_title.setdefault(_bare(title), {})[act.year] = act
        self.short: dict[str, Act] = {}
        for short, (title, year) in SHORT_ACTS.items():
            if found := self.find(title, year):
                self.short[short] = found
        titles = sorted(self.by_title, key=lambda t: (-len(t), t))
        forms = "|".join(_form(t) for t in titles) or "(?!)"
        shorts = "|".join(sorted(map(re.escape, self.short), key=lambda t: (-len(t), t))) or "(?!)"
        duties = "|".join(map(re.escape, sorted(DUTIES, key=lambda d: (-len(d), d))))
        self.pattern = re.compile(
            rf"(?<![\w])(?:(?P<title>(?i:{forms}))(?![\w]){_YEAR}|(?P<short>{shorts})(?![\w])"
            rf"|(?P<duty>(?i:{duties})|PSED)(?![\w]))"
        )

    @staticmethod
    def hinted(text: str, shorts: Iterable[str]) -> bool:
        """Whether a text may name an Act in another way than by its title."""
        low = text.lower()
        return any(s in text for s in shorts) or "PSED" in text or any(d in low for d in DUTIES)

    def find(self, title: str, year: int | None) -> Act | None:
        """The Act with that title; without a year the only one, or the one usually meant."""
        found = self.by_title.get(_bare(title), {})
        if year is None:
            year = UNDATED.get(_bare(title)) if len(found) != 1 else next(iter(found))
        return found.get(year) if year is not None else None


def find_citations(report: Report, acts: Iterable[Act]) -> tuple[Citation, ...]:
    """All citations in reading order.

    An Act that the tables lack is cited with its title and year and the empty path: it can be
    shown, but has no place in the graph. An Act whose title fits several years is left out
    where the text gives no year and none is usually meant.
    """
    known = _acts(tuple(acts))
    # "MCA" is also an assessment: it is the Act where the report names the Act somewhere.
    whole = "\n".join(p.text for p in report.paragraphs)
    low = whole.lower()
    spelt = {s for s, act in known.short.items() if s in whole and _bare(act.title) in low}
    out = []
    for paragraph in report.paragraphs:
        text = paragraph.text
        # Nearly all paragraphs cite nothing, and a few quick looks tell.
        if not (
            "Act" in text or known.hinted(text, spelt) or (_DIGIT.search(text) and _SECTION.search(text))
        ):
            continue
        for sentence in paragraph.sentences:
            place = Place(paragraph.section, paragraph.n, sentence.n)
            for hit in _in_sentence(known, text, sentence.start, sentence.end, spelt):
                out.append(
                    Citation(hit.path, hit.title, hit.year, place, text[hit.start : hit.end], hit.section)
                )
    return tuple(out)


@lru_cache(maxsize=4)
def _acts(acts: tuple[Act, ...]) -> _Acts:
    return _Acts(acts)


def _bare(title: str) -> str:
    return (
        re.sub(r"\s+", " ", re.sub(r",? \(?[0-9]{4}\)?$", "", title.strip())).lower().replace(" & ", " and ")
    )


def _form(title: str) -> str:
    spaced = re.escape(title).replace(r"\ and\ ", r"\ (?:and|&)\ ")
    return spaced.replace(r"\ ", "[ \u00a0]")


def short_title(act: Act) -> str:
    """The title in everyday use: "NHS Act 2006", not "National Health Service Act 2006"."""
    return next((t for t in act.other_titles if t.startswith("NHS ")), act.title)


def _in_sentence(known: _Acts, text: str, start: int, end: int, spelt: set[str]) -> list[_Hit]:
    named = _named_acts(known, text, start, end, spelt)
    used: set[int] = set()
    hits = []
    for match in _SECTION.finditer(text, start, end):
        for section in (match[1], *_NUMBER.findall(match[2])):
            at = _act_of(named, text, match.start(), match.end(), section, known)
            if isinstance(at, int):
                used.add(at)
                act = named[at]
                span = (match.start(), match.end())
                if _beside(text, match.end(), act.start) or _beside(text, act.end, match.start()):
                    span = (min(match.start(), act.start), max(match.end(), act.end))
                hits.append(_Hit(*span, act.path, act.title, act.year, section))
            elif at:
                hits.append(_Hit(match.start(), match.end(), at.path, short_title(at), at.year, section))
    rest = [h for i, h in enumerate(named) if i not in used]
    found = sorted((*hits, *_joined(rest, text)), key=lambda h: (h.start, h.end))
    # "Section 42 (s42)", "the Act (MCA)": one sentence cites a thing once.
    return list({(h.path, h.title, h.section): h for h in reversed(found)}.values())[::-1]


def _named_acts(known: _Acts, text: str, start: int, end: int, spelt: set[str]) -> list[_Hit]:
    hits: list[_Hit] = []
    for match in known.pattern.finditer(text, start, end):
        section = None
        if duty := match["duty"]:
            title, year, section = DUTIES.get(duty.lower(), DUTIES["public sector equality duty"])
            act = known.find(title, year)
        elif short := match["short"]:
            if short not in spelt:
                continue
            act = known.short[short]
        else:
            if not match["title"][0].isupper():
                continue
            written = match[2]
            act = known.find(match["title"], int(written) if written else None)
        if act:
            span_end = match.end() - (1 if match[0].endswith(")") and "(" not in match[0] else 0)
            hits.append(_Hit(match.start(), span_end, act.path, short_title(act), act.year, section))
    for match in _SHAPE.finditer(text, start, end):
        begin = match.start() + len(match[1]) - len(_trimmed(match[1]))
        if not any(h.start < match.end() and begin < h.end for h in hits):
            title = _trimmed(match[1]).rstrip(" ,-")
            if title:
                hits.append(_Hit(begin, match.end(), "", f"{title} Act {match[2]}", int(match[2])))
    return sorted(hits, key=lambda h: h.start)


def _beside(text: str, end: int, start: int) -> bool:
    """Whether what ends at ``end`` and what starts at ``start`` stand side by side."""
    return end <= start and _NEAR.match(text[end:start]) is not None


def _trimmed(words: str) -> str:
    """The words before "Act" without those that begin a sentence."""
    parts = words.split(" ")
    while parts and parts[0].strip(",") in NO_ACT:
        parts.pop(0)
    return " ".join(parts)


def _act_of(
    named: list[_Hit], text: str, start: int, end: int, section: str, known: _Acts
) -> int | Act | None:
    """The Act whose section it is: one of the sentence (its number), or the one it is known by."""
    plain = [i for i, h in enumerate(named) if h.section is None]
    for i in plain:
        if _beside(text, end, named[i].start) or _beside(text, named[i].end, start):
            return i
    usual = ACT_OF_SECTION.get(section)
    act = known.find(*usual) if usual else None
    for i in plain:
        far = named[i].start - end
        # "Section 75 agreement ... under the Care Act" is two citations, whatever stands between.
        own = act is None or act.path == named[i].path or far < 12
        if far >= 0 and own and _OF.search(text[max(end, named[i].start - 20) : named[i].start]):
            return i
    if act is None and len(section) < 3 and not section.startswith("0"):
        care = [i for i in plain if named[i].title.startswith(WITHIN_CARE_ACT)]
        return care[0] if care else None
    return act


def _joined(hits: list[_Hit], text: str) -> list[_Hit]:
    """A duty and its Act beside it ("... Duty (Equality Act 2010)") are one citation."""
    out: list[_Hit] = []
    for hit in hits:
        last = out[-1] if out else None
        if last and last.path == hit.path and hit.section is None and last.section:
            between = text[last.end : hit.start]
            if _beside(text, last.end, hit.start) or _OF.search(between[-20:] if len(between) < 30 else ""):
                closing = 1 if "(" in between and text[hit.end : hit.end + 1] == ")" else 0
                out[-1] = _Hit(last.start, hit.end + closing, last.path, last.title, last.year, last.section)
                continue
        elif (
            last
            and last.path == hit.path
            and last.section is None
            and hit.section
            and _beside(text, last.end, hit.start)
        ):
            out[-1] = _Hit(last.start, hit.end, hit.path, hit.title, hit.year, hit.section)
            continue
        out.append(hit)
    return out
