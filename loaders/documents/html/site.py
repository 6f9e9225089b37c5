"""Blocks of a page that belong to the site: menus, pagers, downloads, notices of its foot.

What is a list of links and nothing else is a menu. What is left of a site is told by the words
that sites have in common, and only where they are the whole of a line or a notice's own.
"""

from __future__ import annotations

import re
from itertools import groupby

from lxml import etree

from loaders.documents.html.block import Block
from loaders.documents.html.wording import is_label, is_rating, is_score, is_sentence, is_title

_CONTROL = re.compile(
    r"(?:skip to .{3,30}"
    r"|(?:print|share|email|save|bookmark|download|listen to) (?:this|the) (?:page|report|document)"
    r"|print|share|share (?:on|via|by) \w{1,12}|back to (?:the )?top|return to (?:the )?top"
    r"|top of (?:the )?page|(?:previous|next)(?: page| section)?|menu|search|home|tweet|facebook"
    r"|twitter|linkedin|whatsapp|email"
    r"|close|hide this message|show all sections|hide all sections|open all|close all|show all|hide all"
    r"|you are here|breadcrumbs?|loading|save as pdf|copy link|report a problem with this page"
    r"|(?:is|was) this page (?:useful|helpful)|did you find this page (?:useful|helpful)"
    r"|accessibility tools|text size|change text size)\s?[:?.…]{0,3}",
    re.IGNORECASE,
)
_PAGER = re.compile(r"[‹«←<\s]{0,4}(?:previous|next)(?: page| section)?\b.{0,120}", re.IGNORECASE)
_RELATED = re.compile(
    r"(?:related(?: content| links| pages| information| documents| publications| reports)?|see also"
    r"|more in this section|in this section|explore (?:this|the) topic|latest news|follow us|quick links"
    r"|share this(?: page| report)?|you (?:may|might) also (?:like|be interested in)|stay up to date"
    r"|help us improve.{0,40}|(?:is|was) this page (?:useful|helpful)\??|support links|other reports)\s?:?",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(?:downloads?|(?:on|in) this page|page contents|contents|table of contents|jump to(?: section)?"
    r"|print|documents|related documents|attachments)\s?:?",
    re.IGNORECASE,
)
_COOKIES = re.compile(
    r"\bcookies?\b.{0,400}?\b(?:accept|reject|settings?|consent|preferences?|essential|analytics|website|site"
    r"|browser|policy|service)\b|\b(?:accept|reject|essential|analytics|website|site|manage|necessary"
    r"|we use|change your|about|service)\b.{0,200}?\bcookies?\b|^cookies(?: on .{2,40})?$",
    re.IGNORECASE,
)
_FOOT = re.compile(
    r"©|\(c\) |copyright\b|crown copyright|all content is available under"
    r"|registered (?:office|charity|company)\b",
    re.IGNORECASE,
)


def without_site(blocks: list[Block]) -> list[Block]:
    """The report's own blocks, from its title on."""
    blocks = blocks[_start(blocks) :]
    left_out = _menus(blocks) | _runs_of_links(blocks) | _parts(blocks)
    for place, block in enumerate(blocks):
        if _is_of_site(block, first=place == 0):
            left_out.add(place)
    left_out |= _foot(blocks, left_out)
    return [block for place, block in enumerate(blocks) if place not in left_out]


def _start(blocks: list[Block]) -> int:
    """The title's place: a heading before a line, a line before any heading of the first rank."""
    titles = [n for n, block in enumerate(blocks) if any(is_title(line) for line in block.lines)]
    choices = (
        [n for n in titles if blocks[n].level],
        [n for n in titles if not blocks[n].bullet],
        [n for n, block in enumerate(blocks) if block.level == 1],
    )
    return next((found[0] for found in choices if found), 0)


def _is_of_site(block: Block, *, first: bool) -> bool:
    text = block.text
    if len(text) > 700 or first:
        return False
    if (len(text) <= 60 and _CONTROL.fullmatch(text)) or ("cookie" in text.lower() and _COOKIES.search(text)):
        return True
    if not block.linked:
        return False
    # The title of another report, as a link to it, would make this one a report of two councils.
    return bool(_PAGER.fullmatch(text)) or is_title(text) or (block.links > 1 and _is_nameless(block))


def _is_nameless(block: Block) -> bool:
    """Several links side by side that state nothing."""
    return not block.level and not is_sentence(block.text) and not any(map(_is_value, block.lines))


def _is_value(text: str) -> bool:
    return is_score(text) or is_rating(text)


def _menus(blocks: list[Block]) -> set[int]:
    """Lists whose every item is a link and no sentence. One that ends a sentence is text."""
    left_out: set[int] = set()
    for outermost, group in groupby(enumerate(blocks), key=lambda p: p[1].lists[:1]):
        places = list(group)
        if not outermost or any(_states_value(block) for _, block in places):
            continue
        for _, inner in groupby(places, key=lambda p: p[1].lists):
            items = list(inner)
            before = items[0][0] - 1
            if all(block.linked and not is_sentence(block.text) for _, block in items) and not (
                before >= 0 and _leads_in(blocks[before])
            ):
                left_out.update(place for place, _ in items)
    return left_out


def _states_value(block: Block) -> bool:
    return any(map(_is_value, block.lines)) or bool(re.search(r"\bscore ?:? ?\d", block.text, re.IGNORECASE))


def _leads_in(block: Block) -> bool:
    text = block.text
    return text.endswith(":") and not block.level and not block.linked and not _LISTED.fullmatch(text)


def _runs_of_links(blocks: list[Block]) -> set[int]:
    """Three links on end or more, each a line of its own; what a score follows is its name."""
    left_out: set[int] = set()
    for plain, group in groupby(enumerate(blocks), key=lambda p: _is_plain_link(p[1])):
        places = [place for place, _ in group]
        if plain and len(places) >= 3:
            after = blocks[places[-1] + 1] if places[-1] + 1 < len(blocks) else None
            left_out.update(places[:-1] if after and _states_value(after) else places)
    return left_out


def _is_plain_link(block: Block) -> bool:
    return block.linked and not block.level and not block.lists and is_label(block.text)


def _parts(blocks: list[Block]) -> set[int]:
    """What stands under a heading of the site's, and the heading."""
    left_out: set[int] = set()
    for place, block in enumerate(blocks):
        text = block.text
        if place == 0 or place in left_out or len(text) > 80:
            continue
        related = bool(_RELATED.fullmatch(text))
        listed = bool(_LISTED.fullmatch(text))
        if not (related or listed) or (not block.level and not listed and not text.endswith(":")):
            continue
        below = _below(blocks, place, prose=related)
        # 'Downloads' without a list below it is a line of the published pages, and is known.
        if below or related:
            left_out.update((place, *below))
    return left_out


def _below(blocks: list[Block], place: int, *, prose: bool) -> list[int]:
    """The blocks under a heading, up to the next of its rank and within what holds it."""
    heading = blocks[place]
    scope = _scope(heading.element)
    found: list[int] = []
    for n in range(place + 1, len(blocks)):
        block = blocks[n]
        ends = block.level and (not heading.level or block.level <= heading.level)
        if ends or not (prose or block.linked) or scope not in block.element.iterancestors():
            break
        found.append(n)
    return found


def _scope(element: etree._Element) -> etree._Element | None:
    """The nearest element that holds the heading and something after it."""
    place: etree._Element | None = element
    while place is not None and place.getnext() is None:
        place = place.getparent()
    return place.getparent() if place is not None else None


def _foot(blocks: list[Block], left_out: set[int]) -> set[int]:
    """The notices at the foot of the site, and all below them unless a heading stands there."""
    places = {n for n, b in enumerate(blocks) if n and _is_notice(b.text)}
    last_heading = max((n for n, b in enumerate(blocks) if b.level and n not in left_out), default=-1)
    ends = [n for n in places if n > last_heading]
    return places | (set(range(min(ends), len(blocks))) if ends else set())


def _is_notice(text: str) -> bool:
    return len(text) < 400 and (bool(_FOOT.match(text)) or "open government licence" in text.lower())
