"""What docs/sparql.md shows works when it is typed."""

from __future__ import annotations

import contextlib
import io
import re

import httpx

from councilgraph.explorer.settings import Limits
from councilgraph.explorer.sparql import QUEUE
from tests.conftest import ROOT

TEXT = (ROOT / "docs" / "sparql.md").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8090/sparql"


def test_the_python_examples_run(endpoint: str) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2 and all(ADDRESS in block for block in blocks)
    said = io.StringIO()
    names: dict[str, object] = {}
    with contextlib.redirect_stdout(said):
        for block in blocks:
            exec(block.replace(ADDRESS, endpoint), names)
    assert "Northmoor County Council" in said.getvalue()
    assert len(names["graph"]) > 100  # type: ignore[arg-type]


def test_the_curl_example_asks_what_the_service_takes(endpoint: str, client: httpx.Client) -> None:
    asked = re.search(rf"^curl {ADDRESS} --data-urlencode 'query=(.*)'$", TEXT, re.MULTILINE)
    assert asked
    found = client.post(endpoint, data={"query": asked[1]}).json()
    assert int(found["results"]["bindings"][0]["n"]["value"]) > 100


def test_the_limits_are_those_of_the_program() -> None:
    limits = Limits()
    for shown in (
        f"{limits.query_seconds:g} seconds",
        f"{limits.query_memory >> 20} MiB",
        f"{limits.result_rows:,}",
        f"{limits.result_bytes >> 20} MiB",
        f"{QUEUE} more wait",
        f"up to {limits.address_bytes >> 10} KiB",
        f"over {limits.request_bytes >> 20} MiB",
    ):
        assert shown in TEXT
