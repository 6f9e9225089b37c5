"""Whether words for a kind of body are used for bodies at the place where they stand."""

from __future__ import annotations

from councilgraph.extraction.bodies.kind_tables import LEADS, LEADS_ANY, OTHER_PROVIDERS
from councilgraph.extraction.bodies.words import Words, word_set

_NONE: frozenset[str] = frozenset()
# What may follow "provider" or "NHS" where a body is meant; a noun would make it an adjective
# ("provider forum", "NHS services").
_FOLLOWERS = word_set(
    "told said was is had has to and or that who which for of in with could can would may did if when at by "
    "described felt reported on from as where so but about were are have staff through via"
)
_DETERMINERS = frozenset({"a", "one", "another", "each", "every", "main", "the", "lead"})
_WHERE_PEOPLE_ARE = frozenset({"in", "from", "to", "into", "leaving", "left", "entering", "of"})
_PERSONS = frozenset({"their", "his", "her", "my", "your", "person's", "'s"})
_SPEAKERS = word_set("partners colleagues agencies organisations representatives professionals")


def first_word(words: Words, start: int, floor: int, kind: str) -> int:
    """Where a mention begins whose kind stands at ``start``: "local" and the like belong to it."""
    leads = LEADS.get(kind, _NONE)
    k = start
    while k > floor:
        key = words.keys[k - 1]
        if not (key in leads or key in LEADS_ANY) or (words.capital(k - 1) and k > 1):
            break
        k -= 1
    while k < start and words.keys[k] == "and":
        k += 1
    return k


def stands(words: Words, first: int, start: int, end: int) -> bool:
    """Whether the words from ``start`` to ``end`` (with leads from ``first``) mean a body."""
    if end < len(words) and words.capital(end - 1) and not _shouted(words, end - 1) and words.capital(end):
        return False
    test = _TESTS.get(" ".join(words.keys[start:end]))
    return test is None or test(words, first, start, end)


def _shouted(words: Words, i: int) -> bool:
    return words.raw(i).rstrip("s").isupper()


def _before(words: Words, i: int) -> str:
    return words.keys[i - 1] if i > 0 else ""


def _after(words: Words, end: int) -> str:
    return words.keys[end] if end < len(words) else "."


def _followed(words: Words, end: int) -> bool:
    after = _after(words, end)
    return (not after[0].isalnum() and after != "(") or after in _FOLLOWERS


def _provider(words: Words, first: int, start: int, end: int) -> bool:
    led = first < start or _before(words, start) in _DETERMINERS
    return led and _followed(words, end) and _before(words, first) not in OTHER_PROVIDERS


def _providers(words: Words, first: int, start: int, end: int) -> bool:
    before = _before(words, first)
    # "as key providers of support" says what somebody else is.
    predicate = before in ("key", "as", "main") and _after(words, end) == "of"
    return before not in OTHER_PROVIDERS and not predicate


def _nhs(words: Words, first: int, start: int, end: int) -> bool:
    return _before(words, start) in ("the", "and", "with", ",") and _followed(words, end)


def _prison(words: Words, first: int, start: int, end: int) -> bool:
    return _before(words, first) not in _WHERE_PEOPLE_ARE


def _gp(words: Words, first: int, start: int, end: int) -> bool:
    return _before(words, start) not in _PERSONS


def _charity(words: Words, first: int, start: int, end: int) -> bool:
    return not _after(words, end).startswith("shop")


def _listed(words: Words, first: int, start: int, end: int) -> bool:
    """ "partners from housing", "police, housing and health partners": bodies by their field."""
    if _before(words, start) in ("from", "including", "as", "in"):
        return not _SPEAKERS.isdisjoint(words.keys[max(0, start - 4) : start])
    if _before(words, start) not in (",", "and") or _after(words, end) not in (",", "and"):
        return False
    return not _SPEAKERS.isdisjoint(words.keys[max(0, start - 6) : end + 6])


def _university(words: Words, first: int, start: int, end: int) -> bool:
    return first < start or _before(words, start) in ("a", "the")


def _police(words: Words, first: int, start: int, end: int) -> bool:
    # "Police and Crime Plan", "Police and Crime Panel": a document, a committee.
    return not (words.capital(start) and words.keys[end : end + 2] == ["and", "crime"])


def _trust(words: Words, first: int, start: int, end: int) -> bool:
    return words.capital(start) and _before(words, start) == "the"


def _branded(words: Words, first: int, start: int, end: int) -> bool:
    return words.capital(start)


_TESTS = {
    "police": _police,
    "trust": _trust,
    "healthwatch": _branded,
    "care homes": _prison,
    "nursing homes": _prison,
    "residential homes": _prison,
    "residential care homes": _prison,
    "residential and nursing homes": _prison,
    "university": _university,
    "provider": _provider,
    "providers": _providers,
    "nhs": _nhs,
    "prison": _prison,
    "prisons": _prison,
    "gp": _gp,
    "gps": _gp,
    "charity": _charity,
    "housing": _listed,
    "education": _listed,
}
