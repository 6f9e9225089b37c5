"""Which expected items were given: bodies, arrangements, strategies, figures, laws."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any

from councilgraph.accuracy.names import number, same_name, words
from councilgraph.accuracy.sentences import Key, Read

Item = Mapping[str, Any]
Same = Callable[[Any, Any], bool]


class Places:
    """Where given items stand in the numbering of the expected ones, which may differ."""

    def __init__(self, pairs: Mapping[Key, Read]) -> None:
        self._golds: dict[Key, set[Key]] = {}
        for gold, given in pairs.items():
            self._golds.setdefault(given.key, set()).add(gold)

    def of(self, key: Key) -> set[Key]:
        """The expected sentences that the given sentence is; itself where there is none."""
        return self._golds.get(key) or {key}

    def near(self, gold: Item, given: Item) -> bool:
        """Do both stand in one sentence? An expected item may name its section alone."""
        if key_of(gold) in self.of(key_of(given)):
            return True
        return gold.get("section") == given.get("section") and gold.get("sentence") is None

    def same_mention(self, gold: Item, given: Item) -> bool:
        """The same words in the same sentence."""
        return self.near(gold, given) and same_name(gold["text"], given["text"])

    def same_figure(self, gold: Item, given: Item) -> bool:
        """The same value and unit in the same sentence."""
        return (
            self.near(gold, given)
            and number(gold["value"]) == number(given["value"])
            and bool(gold["unit"] == given["unit"])
        )

    def same_arrangement(self, gold: Item, given: Item) -> bool:
        """The same type, or the other one that would be right, with a sentence in common."""
        if not same_type(gold, given) or gold.get("section") != given.get("section"):
            return False
        spots = {(gold["section"], gold["paragraph"], n) for n in gold.get("sentences", ())}
        where: set[Key] = set()
        for n in given.get("sentences", ()):
            where |= self.of((given["section"], given["paragraph"], n))
        return bool(spots & where)


def key_of(item: Item) -> Key:
    """The sentence that an item stands in."""
    return item.get("section"), item.get("paragraph"), item.get("sentence")


def same_type(gold: Item, given: Item) -> bool:
    """The type of the item, or the other one that would be right."""
    return given["type"] in (gold["type"], gold.get("alt_type"))


def same_title(gold: Item, given: Item) -> bool:
    """The same title, but for slips and variants."""
    return same_name(gold["title"], given["title"])


def same_law(gold: Item, given: Item) -> bool:
    """The same section of the same Act."""
    return law(gold) == law(given)


def law(item: Item) -> tuple[str, str, str]:
    """Act, year and section of a citation, in whichever of the two fields the section stands."""
    section = item.get("section_of_act")
    if not section and str(item.get("section") or "").isdigit():
        section = item["section"]
    year = str(item.get("year") or "")
    return " ".join(words(item["act"])).replace(year, "").strip(), year, str(section or "")


def years(item: Item) -> tuple[str, str]:
    """First and last year of a strategy."""
    start, end = (str(item.get(f"{name}_year", item.get(name)))[:4] for name in ("start", "end"))
    return start, end


def match(golds: Iterable[Any], givens: Iterable[Any], same: Same) -> list[tuple[Any, Any]]:
    """Each expected item with the first given one that is the same, each used once."""
    left, pairs = list(givens), []
    for gold in golds:
        for n, given in enumerate(left):
            if same(gold, given):
                pairs.append((gold, given))
                del left[n]
                break
    return pairs


def settle(
    golds: Iterable[Item], givens: Iterable[Item], same: Same
) -> tuple[list[tuple[Item, Item]], int, int]:
    """The pairs, how many items were expected and how many given.

    What only an optional item explains is not counted as given: it is neither right nor wrong.
    """
    golds, givens = list(golds), list(givens)
    needed = [gold for gold in golds if not gold.get("close")]
    optional = [gold for gold in golds if gold.get("close")]
    pairs = match(needed, givens, same)
    used = {id(given) for _, given in pairs}
    explained = sum(id(given) not in used and any(same(gold, given) for gold in optional) for given in givens)
    return pairs, len(needed), len(givens) - explained


def once(items: Iterable[Item], key: Callable[[Item], Hashable]) -> list[Item]:
    """What is told again counts once."""
    kept: dict[Hashable, Item] = {}
    for item in items:
        kept.setdefault(key(item), item)
    return list(kept.values())
