"""Every address has a file of its own, and no address can name a file elsewhere."""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from councilgraph.explorer.links import address_of
from councilgraph.site.names import Names, plain, relative


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/", "index"),
        ("/councils", "councils"),
        ("/councils/STS", "councils/STS"),
        ("/laws/ukpga/2014/23", "laws/ukpga/2014/23"),
        ("/councils/STS?page=2", "councils/STS--page-2"),
    ],
)
def test_an_address_becomes_a_path_that_reads_like_it(address: str, name: str) -> None:
    assert plain(address) == name


@given(st.lists(st.text(max_size=150), min_size=1, max_size=4), st.text(max_size=40))
def test_no_address_leads_out_of_the_folder(parts: list[str], value: str) -> None:
    name = plain(address_of(*parts, page=value))
    assert re.fullmatch(r"[A-Za-z0-9._~/-]+", name)
    assert os.path.normpath(name) == name and not name.startswith("/")
    assert all(0 < len(part) < 140 and part[0] not in ".-" for part in name.split("/"))


@given(st.lists(st.text(min_size=1, max_size=30), min_size=2, max_size=6, unique=True))
def test_two_addresses_never_share_a_file(keys: list[str]) -> None:
    names = Names()
    addresses = {address_of("organisations", key) for key in keys}
    assert len({names.of(address).casefold() for address in addresses}) == len(addresses)


def test_addresses_that_differ_in_case_only_get_two_files() -> None:
    names = Names()
    first, second = names.of("/organisations/a-b"), names.of("/organisations/A-b")
    assert first.casefold() != second.casefold()
    assert names.of("/organisations/A-b") == second


@pytest.mark.parametrize("device", ["con", "NUL", "com1", "aux"])
def test_names_of_devices_are_avoided(device: str) -> None:
    assert plain(f"/organisations/{device}").rpartition("/")[2].casefold() != device.casefold()


def test_links_are_relative() -> None:
    assert relative("councils/STS.html", "index.html") == "councils/STS.html"
    assert relative("static/style.css", "laws/ukpga/2014/23.html") == "../../../static/style.css"
    assert relative("councils/STS.html", "councils/LIN.html") == "STS.html"
