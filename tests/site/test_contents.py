"""The list of all pages that a static site has instead of a search."""

from __future__ import annotations

from councilgraph.site.contents import contents
from councilgraph.site.links import INDEX


def test_a_short_list_stands_whole_and_in_order() -> None:
    ((address, page),) = contents({"Councils": [("Wirral", "/councils/WRL"), ("Ealing", "/councils/EAL")]})
    assert address == INDEX
    (group,) = page.content["groups"]
    assert group["entries"] == [("Ealing", "/councils/EAL"), ("Wirral", "/councils/WRL")]


def test_a_long_list_is_parted_by_letter_and_nothing_is_lost() -> None:
    entries = [(f"{chr(65 + n % 26)} body {n}", f"/organisations/{n}") for n in range(1000)]
    pages = dict(contents({"Organisations": [*entries, ("Ärzte", "/organisations/x"), ("3 Oaks", "/o/3")]}))
    (group,) = pages[INDEX].content["groups"]
    assert group["count"] == 1002
    assert [name for name, _ in group["parts"]][:3] == ["0-9", "A", "B"]
    held = [entry for _, at in group["parts"] for entry in pages[at].content["groups"][0]["entries"]]
    assert len(held) == 1002
    first = dict(group["parts"])["A"]
    assert ("Ärzte", "/organisations/x") in pages[first].content["groups"][0]["entries"]
