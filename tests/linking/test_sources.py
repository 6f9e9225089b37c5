"""The register in memory and the registry file answer matching alike."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councilgraph.linking.candidates import Memory
from councilgraph.linking.matching import match
from councilgraph.linking.registry_build import build
from councilgraph.linking.registry_sharing import SharingRegistry
from tests.linking.bodies import EASTVALE, ENTRIES

MEMORY = Memory(ENTRIES)
WORDS = sorted({w.casefold() for e in ENTRIES for n in e.names for w in n.text.split()})


@pytest.fixture(scope="module")
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharingRegistry]:
    path = tmp_path_factory.mktemp("registry") / "registry.sqlite"
    build(path, ENTRIES)
    with SharingRegistry(path) as opened:
        yield opened


@given(words=st.lists(st.sampled_from([*WORDS, "northmor", "hospital", "none"]), max_size=4))
def test_both_find_the_entries_that_have_all_words(registry: SharingRegistry, words: list[str]) -> None:
    assert list(registry.sharing(words, 50)) == list(MEMORY.sharing(words, 50))


def test_every_word_counts() -> None:
    found = {e.code for e in MEMORY.sharing(["vale", "care"], 50)}
    assert found == {"RZ4", "RZ5"}
    assert [e.code for e in MEMORY.sharing(["moorlands", "partnerships"], 50)] == ["RZ1"]
    assert [e.code for e in MEMORY.sharing(["moorlnd"], 1)] == ["1100001"]
    assert MEMORY.sharing(["vale", "nothing"], 50) == []
    assert MEMORY.sharing([], 50) == []


@given(
    name=st.sampled_from([n.text for e in ENTRIES for n in e.names]),
    place=st.integers(0, 20),
    area=st.sampled_from([None, EASTVALE]),
)
def test_both_mean_the_same_body(registry: SharingRegistry, name: str, place: int, area: str | None) -> None:
    spoilt = name[:place] + name[place + 1 :]
    for text in (name, spoilt):
        assert match(text, area=area, source=registry) == match(text, area=area, source=MEMORY)
